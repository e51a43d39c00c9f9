/**
 * The shape that all listeners have.
 *
 * @module
 */

import type { Endpoint } from "../endpoint.ts";
import type { Hub } from "../hub/hub.ts";

/** What a listener is bounded by. */
export interface ListenerOptions {
  /** Bytes in a frame's body. Default: `MAX_FRAME_BYTES`. */
  maxFrameBytes?: number;
  /** Time for a frame that was begun to be whole. Default: `FRAME_TIMEOUT_MS`. */
  frameTimeoutMs?: number;
  /** Time in which a peer must take some byte of its answers. Default: `STALL_TIMEOUT_MS`. */
  stallTimeoutMs?: number;
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
