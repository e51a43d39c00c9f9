/**
 * What the listeners of the protocol in proto/wagons.proto have in common, whatever carries it.
 *
 * @module
 */

import { type Endpoint, formatEndpoint, formatHostPort, isLoopback } from "../endpoint.ts";
import type { Hub } from "../hub/hub.ts";
import { Peer } from "../hub/peer.ts";
import {
  FRAME_TIMEOUT_MS,
  HANDSHAKE_TIMEOUT_MS,
  MAX_FRAME_BYTES,
  STALL_TIMEOUT_MS,
} from "../limits.ts";
import type { Conn } from "../net/conn.ts";
import { encodeFrame, FrameEncoder } from "../wire/frame_encoder.ts";
import { closeGently } from "./close_gently.ts";
import type { ListenerOptions } from "./listener.ts";
import { PeerConnection } from "./peer_connection.ts";

/** How long to wait when the system has no file descriptor left for a new connection. */
const ACCEPT_RETRY_MS = 100;

/** A connection that has come. */
export interface Accepted {
  /** The connection itself. */
  readonly conn: Conn;
  /** The address at its other end. */
  readonly hostname: string;
  /** The port at its other end. */
  readonly port: number;
  /** The name in the certificate that the other end has shown, if the server trusts it. */
  readonly identity?: string;
}

/** Where connections come from. */
export interface Acceptor {
  /** The next connection; rejects after {@linkcode close}. */
  accept(): Promise<Accepted>;
  /** Takes no more connections. */
  close(): void;
  /** Resolves when it is closed and holds nothing more. */
  readonly finished: Promise<void>;
}

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
  const connections = new Set<PeerConnection>();
  const running = new Set<Promise<void>>();

  // One timer for all connections: a timer for each frame would cost more than the frame.
  const sweep = setInterval(() => {
    const nowMs = performance.now();
    for (const connection of connections) connection.checkTimes(nowMs);
  }, Math.min(1000, frameTimeoutMs / 4, stallTimeoutMs / 4, proofTimeoutMs / 4));

  const track = (work: Promise<void>) => {
    running.add(work);
    work.finally(() => running.delete(work));
  };
  const welcome = async ({ conn, hostname, port, identity }: Accepted) => {
    const peer = hub.connect({
      dialect: endpoint.scheme,
      address: formatHostPort(hostname, port),
      host: hostname,
      isLoopback: isLoopback(hostname),
      ...(identity === undefined ? {} : { identity }),
    });
    if (!(peer instanceof Peer)) return await turnAway(conn, encodeFrame(peer));
    const connection = new PeerConnection(conn, peer, hub, encoder, connectionOptions);
    connections.add(connection);
    await connection.run();
    connections.delete(connection);
  };

  if (hub.draining.aborted) acceptor.close();
  else hub.draining.addEventListener("abort", () => acceptor.close());
  hub.stopped.addEventListener("abort", () => {
    for (const connection of connections) connection.end("the server stopped");
  });
  while (!hub.draining.aborted) {
    try {
      track(welcome(await acceptor.accept()));
    } catch (error) {
      if (hub.draining.aborted) break;
      // A peer that left before it was accepted is no fault; a lack of descriptors passes.
      if (error instanceof Deno.errors.ConnectionAborted) continue;
      hub.fault(`accept a connection on ${formatEndpoint(endpoint)}`, error);
      await new Promise((resolve) => setTimeout(resolve, ACCEPT_RETRY_MS));
    }
  }
  while (running.size > 0) await Promise.all(running);
  await acceptor.finished;
  clearInterval(sweep);
}

/** Tells a peer why it is not served. */
async function turnAway(conn: Conn, refusal: Uint8Array): Promise<void> {
  try {
    await conn.write(refusal);
  } catch {
    // It has left: there is nobody to tell, and nothing that was begun.
  }
  await closeGently(conn);
}
