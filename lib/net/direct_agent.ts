import { Agent, type AgentOptions } from "node:http";

/**
 * Makes connections for requests that go straight to their server, one for each, whatever the
 * environment says of proxies: what is sent to a yard's server is nobody else's business, and a
 * proxy would not find it.
 */
export function directAgent(): Agent {
  // Without an environment of its own an agent may take the process's.
  const options: AgentOptions & { proxyEnv: Record<string, string> } = {
    keepAlive: false,
    proxyEnv: {},
  };
  return new Agent(options);
}
