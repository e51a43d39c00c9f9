/**
 * `wagons shutdown`: stops a server.
 *
 * @module
 */

import type { Command } from "commander";
import { WireConnection } from "../client/wire_connection.ts";
import { resolveSettings } from "../config/resolve.ts";
import { formatEndpoint } from "../endpoint.ts";
import { ExitCode } from "../errors.ts";
import { ANSWER_TIMEOUT_MS, CONNECT_TIMEOUT_MS } from "../limits/client.ts";
import { DRAIN_TIMEOUT_MS } from "../limits/connections.ts";
import { counted } from "../units.ts";
import { type AddAction, addJsonOption, type Run } from "./command.ts";
import { addSecurityOptions, readSecurity } from "./security_options.ts";
import { serverEndpoint } from "./server_endpoint.ts";

/** Completes the command. */
export function define(command: Command, add: AddAction): void {
  add(addSecurityOptions(addJsonOption(command)), shutdown)
    .argument("[url]", "the server (default: WAGONS_SERVER, or tcp://127.0.0.1:7117)")
    .option("--timeout <duration>", "how long it may take to drain (default: 20s)")
    .option("--connect-timeout <duration>", "how long to wait for a connection (default: 5s)")
    .addHelpText("after", SHUTDOWN_HELP);
}

const SHUTDOWN_HELP = `
Requests that are running get 10 s (wagons serve --drain-timeout) to finish; new ones are refused.
A server that has a key is stopped by whoever has it too, or shows a certificate that it trusts; one
without only from its own machine, or with such a certificate.`;

async function shutdown({ args, flags, ui, sources }: Run): Promise<ExitCode> {
  const { settings } = resolveSettings("shutdown", sources);
  const endpoint = serverEndpoint(args[0], settings);
  const { timeout = DRAIN_TIMEOUT_MS + ANSWER_TIMEOUT_MS } = settings;
  using connection = await WireConnection.open(endpoint, {
    connectTimeoutMs: settings.connectTimeout ?? CONNECT_TIMEOUT_MS,
    ...await readSecurity(endpoint, settings, flags),
  });
  const report = await connection.request({ kind: "shutdown" }, "shutdownReport", timeout);
  const { connections, finished, abandoned, tookMs } = report;
  const url = formatEndpoint(endpoint);
  if (ui.json) ui.object({ event: "stopped", url, connections, finished, abandoned, tookMs });
  else {
    ui.text(
      `${url} has stopped after ${tookMs} ms: ${counted(connections, "connection")} closed, ` +
        `${counted(finished, "running request")} finished, ${abandoned} abandoned\n`,
    );
  }
  return ExitCode.ok;
}
