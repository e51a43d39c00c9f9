import { WireConnection } from "../client/wire_connection.ts";
import { RefusedError, WagonsError } from "../errors.ts";
import type { KeyMatch } from "./sighting.ts";

/** How to ask. */
export interface SealedOptions {
  /** Our key. */
  key: Uint8Array;
  /** Time for the connection, and for the proof of the key. */
  timeoutMs: number;
  /** Gives up. */
  signal: AbortSignal;
}

/**
 * Whether a server that speaks `tcp` has our key: by the proof that begins a sealed session. It is
 * unknown when the server cannot be reached.
 */
export async function askSealed(
  host: string,
  port: number,
  { key, timeoutMs, signal }: SealedOptions,
): Promise<KeyMatch> {
  try {
    using _connection = await WireConnection.open({ scheme: "tcp", host, port }, {
      key,
      connectTimeoutMs: timeoutMs,
      handshakeTimeoutMs: timeoutMs,
      signal,
    });
    return "opens";
  } catch (error) {
    if (error instanceof RefusedError) return "other";
    if (error instanceof WagonsError || signal.aborted) return "unknown";
    throw error;
  }
}
