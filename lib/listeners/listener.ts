/**
 * The shape that all listeners have.
 *
 * @module
 */

import type { Endpoint } from "../endpoint.ts";
import { reasonOf, UsageError } from "../errors.ts";
import type { Hub } from "../hub/hub.ts";

/** How a server shows who it is by TLS, and whom it asks for the same. */
export interface ServerTls {
  /** Its certificate, and those that lead to a root that its clients know, in PEM. */
  certPem: string;
  /** The private key that belongs to it, in PEM. */
  keyPem: string;
  /** Who issues certificates of clients, in PEM. With it every client has to show one. */
  clientCaPem?: string;
}

/** What a listener is bounded by. */
export interface ListenerOptions {
  /** Bytes in a frame's body. Default: `MAX_FRAME_BYTES`. */
  maxFrameBytes?: number;
  /** Time for a frame that was begun to be whole. Default: `FRAME_TIMEOUT_MS`. */
  frameTimeoutMs?: number;
  /** Time in which a peer must take some byte of its answers. Default: `STALL_TIMEOUT_MS`. */
  stallTimeoutMs?: number;
  /**
   * Time for a TLS handshake, to prove that a peer has the key, and by chat to say a name. Default:
   * `HANDSHAKE_TIMEOUT_MS`.
   */
  handshakeTimeoutMs?: number;
  /** Bytes of a file in the chat dialect. Default: `MAX_CHAT_FILE_BYTES`. */
  maxChatFileBytes?: number;
  /** What listeners by TLS need. Default: none, and they cannot listen. */
  tls?: ServerTls;
}

/** A listener that listens. */
export interface Bound {
  /** Where: the address and the port that were really bound. */
  readonly endpoint: Endpoint;
  /** Resolves when it has stopped and its last connection is closed. Never rejects. */
  readonly finished: Promise<void>;
}

/** Listens for peers that speak one dialect and brings them to the hub. */
export interface Listener {
  /**
   * Begins to listen, and stops when the hub does.
   *
   * @throws {UsageError} when it cannot listen there.
   */
  listen(endpoint: Endpoint, hub: Hub, options: ListenerOptions): Promise<Bound>;
}

/** The error that it is when a listener cannot listen on `url`. */
export function cannotListen(url: string, error: unknown): UsageError {
  if (error instanceof Deno.errors.AddrInUse) {
    return new UsageError(`Cannot listen on ${url}: the port is taken`, {
      cause: error,
      hint: "Stop the program that listens there, or name another port; 0 takes any free one.",
    });
  }
  return new UsageError(`Cannot listen on ${url}: ${reasonOf(error)}`, {
    cause: error,
    hint: "Name an address of this machine, and a port above 1023 unless you are root.",
  });
}
