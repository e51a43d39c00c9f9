/**
 * What the listeners of the protocol in proto/wagons.proto have in common, whatever carries it.
 *
 * @module
 */

import type { Endpoint } from "../endpoint.ts";
import type { Hub } from "../hub/hub.ts";
import {
  FRAME_TIMEOUT_MS,
  HANDSHAKE_TIMEOUT_MS,
  MAX_FRAME_BYTES,
  STALL_TIMEOUT_MS,
} from "../limits/connections.ts";
import { encodeFrame, FrameEncoder } from "../wire/frame_encoder.ts";
import type { ListenerOptions } from "./listener.ts";
import { PeerConnection } from "./peer_connection.ts";
import { type Acceptor, servePeers } from "./serve_peers.ts";

/**
 * Serves all that come until the hub has stopped and the last connection is closed. Never rejects.
 */
export async function serveWire(
  acceptor: Acceptor,
  endpoint: Endpoint,
  hub: Hub,
  options: ListenerOptions,
): Promise<void> {
  const encoder = new FrameEncoder();
  const connectionOptions = {
    maxFrameBytes: options.maxFrameBytes ?? MAX_FRAME_BYTES,
    frameTimeoutMs: options.frameTimeoutMs ?? FRAME_TIMEOUT_MS,
    stallTimeoutMs: options.stallTimeoutMs ?? STALL_TIMEOUT_MS,
    proofTimeoutMs: options.handshakeTimeoutMs ?? HANDSHAKE_TIMEOUT_MS,
  };
  const { frameTimeoutMs, stallTimeoutMs, proofTimeoutMs } = connectionOptions;
  await servePeers(acceptor, endpoint, hub, {
    serve: (conn, peer) => new PeerConnection(conn, peer, hub, encoder, connectionOptions),
    encodeRefusal: encodeFrame,
    shortestTimeoutMs: Math.min(frameTimeoutMs, stallTimeoutMs, proofTimeoutMs),
  });
}
