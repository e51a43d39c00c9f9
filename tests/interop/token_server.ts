/**
 * The built server as the tests with system B's programs have it: with a key, by several dialects.
 *
 * @module
 */

import type { RunOptions, Server, Workspace } from "../e2e/workspace.ts";

/** A server and where it listens. */
export interface Served {
  readonly server: Server;
  /** The URL of each scheme that it listens by, with the port that was bound. */
  readonly urls: Readonly<Record<string, string>>;
}

/** The name that servers have here. */
export const SERVER_NAME = "Ёлки";

/** Starts `wagons serve` with that key, on any free port of each scheme. */
export async function serveTokens(
  space: Workspace,
  keyFile: string,
  schemes: readonly string[],
  options: RunOptions & { args?: readonly string[] } = {},
): Promise<Served> {
  const listen = schemes.map((scheme) => `${scheme}://127.0.0.1:0`);
  const server = await space.serve([
    ...["--listen", ...listen, "--key-file", keyFile, "--name", SERVER_NAME],
    ...options.args ?? [],
  ], options);
  const urls: Record<string, string> = { [schemes[0]!]: server.url };
  for (const scheme of schemes.slice(1)) {
    urls[scheme] = (await server.next("listening")).url as string;
  }
  return { server, urls };
}
