/**
 * A client for each dialect that the server speaks, for the tests that are the same for all.
 *
 * @module
 */

import type { Endpoint } from "../../lib/endpoint.ts";
import type { Manifest, Received } from "../../lib/wire/messages.ts";
import { RawClient } from "./raw_client.ts";
import { FAST, slow } from "./samples.ts";

/** What all dialects can say. An answer is as the hub gave it, or null when the server closed. */
export interface DialectClient extends Disposable {
  /** Its own address, as the server's events name it. */
  readonly address: string;
  /** Asks for the time. */
  fast(): Promise<Received | null>;
  /** Asks for the number of clients, after that many seconds. */
  slow(seconds: number): Promise<Received | null>;
  /** Sends a manifest. */
  manifest(manifest: Manifest): Promise<Received | null>;
  /** Asks the server to stop. */
  shutdown(): Promise<Received | null>;
  /** What comes without being asked for. */
  receive(): Promise<Received | null>;
}

/** How to connect, by the scheme of the listener. */
export const DIALECT_CLIENTS: ReadonlyMap<
  string,
  (endpoint: Endpoint) => Promise<DialectClient>
> = new Map([
  ["tcp", connectRaw],
  ["tls", connectRaw],
]);

async function connectRaw(endpoint: Endpoint): Promise<DialectClient> {
  const client = await RawClient.connect(endpoint);
  const ask = async (message: Parameters<RawClient["send"]>[0]) => {
    await client.send(message);
    return await client.receive();
  };
  return {
    address: client.address,
    fast: () => ask(FAST),
    slow: (seconds) => ask(slow(seconds)),
    manifest: ask,
    shutdown: () => ask({ kind: "shutdown" }),
    receive: () => client.receive(),
    [Symbol.dispose]: () => client.close(),
  };
}
