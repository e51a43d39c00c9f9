/**
 * The shape that all listeners have.
 *
 * @module
 */

import { type Endpoint, formatEndpoint } from "../endpoint.ts";
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
  /**
   * Time for a frame, or a request by HTTP, that was begun to be whole, and by dict for each MiB of
   * what comes. Default: `FRAME_TIMEOUT_MS`.
   */
  frameTimeoutMs?: number;
  /** Time in which a peer must take some byte of its answers. Default: `STALL_TIMEOUT_MS`. */
  stallTimeoutMs?: number;
  /**
   * Time for a TLS handshake, to prove that a peer has the key, by chat to say a name, by dict for the
   * first byte, and by HTTP for the headers of a request. Default: `HANDSHAKE_TIMEOUT_MS`.
   */
  handshakeTimeoutMs?: number;
  /**
   * By HTTP, time without a request before a connection is closed; by WebSocket, time without a byte.
   * Default: `IDLE_TIMEOUT_MS`.
   */
  idleTimeoutMs?: number;
  /** Bytes of a file in the chat dialect. Default: `MAX_CHAT_FILE_BYTES`. */
  maxChatFileBytes?: number;
  /** By UDP, answer datagrams that do not open, as system B does. Default: false. */
  answersJunk?: boolean;
  /** Give `/metrics` to other machines too. Default: false. */
  isMetricsPublic?: boolean;
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
   * Its peers have nothing but the server's key to prove who they are by, and are told nothing that
   * is not sealed with it: it cannot listen without a key. Default: false.
   */
  readonly needsKey?: boolean;
  /**
   * Begins to listen, and stops when the hub does.
   *
   * @throws {UsageError} when it cannot listen there.
   */
  listen(endpoint: Endpoint, hub: Hub, options: ListenerOptions): Promise<Bound>;
}

/**
 * What a listener cannot do without that {@linkcode Listener.needsKey}: the key, or what seals with
 * it.
 *
 * @throws {UsageError} when there is none.
 */
export function neededKey<Key>(endpoint: Endpoint, key: Key | undefined): Key {
  if (key !== undefined) return key;
  const url = formatEndpoint(endpoint);
  throw new UsageError(`Cannot listen on ${url}: all that is said there is sealed with a key`, {
    hint: "Make one with wagons key new, and name it with --key-file wagons.key.",
  });
}

/** The error that it is when a listener cannot listen on `url`. */
export function cannotListen(url: string, error: unknown): UsageError {
  const { code } = error as NodeJS.ErrnoException;
  if (error instanceof Deno.errors.AddrInUse || code === "EADDRINUSE") {
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
