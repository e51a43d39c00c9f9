import type { CommonSettings } from "../config/schema.ts";
import { DEFAULT_PORT, type Endpoint, parseEndpoint } from "../endpoint.ts";

/**
 * The server that a command talks to: the URL among its arguments, or else what is set, or else
 * the default port of this machine.
 *
 * @throws {UsageError} when the argument is no URL.
 */
export function serverEndpoint(url: string | undefined, settings: CommonSettings): Endpoint {
  if (url !== undefined) return parseEndpoint(url);
  return settings.server ?? { scheme: "tcp", host: "127.0.0.1", port: DEFAULT_PORT };
}
