/**
 * The listener of the protocol in proto/wagons.proto.
 *
 * @module
 */

import { type Endpoint, formatEndpoint, formatHostPort, isLoopback } from "../endpoint.ts";
import { reasonOf, UsageError } from "../errors.ts";
import type { Hub } from "../hub/hub.ts";
import { Peer } from "../hub/peer.ts";
import { FRAME_TIMEOUT_MS, MAX_FRAME_BYTES, STALL_TIMEOUT_MS } from "../limits.ts";
import { encodeFrame, FrameEncoder } from "../wire/frame_encoder.ts";
import { closeGently } from "./close_gently.ts";
import type { Bound, Listener, ListenerOptions } from "./listener.ts";
import { TcpConnection } from "./tcp_connection.ts";

/** How long to wait when the system has no file descriptor left for a new connection. */
const ACCEPT_RETRY_MS = 100;

/** Listens for peers that speak varint-framed WrapperMessages. */
export const tcp: Listener = {
  listen(endpoint: Endpoint, hub: Hub, options: ListenerOptions): Promise<Bound> {
    const listener = open(endpoint);
    // The address that was bound, which a name like localhost does not tell.
    const { hostname, port } = listener.addr as Deno.NetAddr;
    const bound = { ...endpoint, host: hostname, port };
    return Promise.resolve({ endpoint: bound, finished: serve(listener, bound, hub, options) });
  },
};

function open(endpoint: Endpoint): Deno.TcpListener {
  try {
    return Deno.listen({ hostname: endpoint.host, port: endpoint.port });
  } catch (error) {
    const url = formatEndpoint(endpoint);
    if (error instanceof Deno.errors.AddrInUse) {
      throw new UsageError(`Cannot listen on ${url}: the port is taken`, {
        cause: error,
        hint: "Stop the program that listens there, or name another port; 0 takes any free one.",
      });
    }
    const why = reasonOf(error);
    throw new UsageError(`Cannot listen on ${url}: ${why}`, {
      cause: error,
      hint: "Name an address of this machine, and a port above 1023 unless you are root.",
    });
  }
}

async function serve(
  listener: Deno.TcpListener,
  endpoint: Endpoint,
  hub: Hub,
  options: ListenerOptions,
): Promise<void> {
  const encoder = new FrameEncoder();
  const frameTimeoutMs = options.frameTimeoutMs ?? FRAME_TIMEOUT_MS;
  const stallTimeoutMs = options.stallTimeoutMs ?? STALL_TIMEOUT_MS;
  const maxFrameBytes = options.maxFrameBytes ?? MAX_FRAME_BYTES;
  const connections = new Set<TcpConnection>();
  const running = new Set<Promise<void>>();

  // One timer for all connections: a timer for each frame would cost more than the frame.
  const sweep = setInterval(() => {
    const nowMs = performance.now();
    for (const connection of connections) connection.checkTimes(nowMs);
  }, Math.min(1000, frameTimeoutMs / 4, stallTimeoutMs / 4));

  const track = (work: Promise<void>) => {
    running.add(work);
    work.finally(() => running.delete(work));
  };
  const welcome = async (conn: Deno.TcpConn) => {
    const { hostname, port } = conn.remoteAddr;
    const peer = hub.connect({
      dialect: endpoint.scheme,
      address: formatHostPort(hostname, port),
      isLoopback: isLoopback(hostname),
    });
    if (!(peer instanceof Peer)) return await turnAway(conn, encodeFrame(peer));
    const connection = new TcpConnection(conn, peer, hub, encoder, {
      maxFrameBytes,
      frameTimeoutMs,
      stallTimeoutMs,
    });
    connections.add(connection);
    await connection.run();
    connections.delete(connection);
  };

  if (hub.draining.aborted) listener.close();
  else hub.draining.addEventListener("abort", () => listener.close());
  hub.stopped.addEventListener("abort", () => {
    for (const connection of connections) connection.end("the server stopped");
  });
  while (!hub.draining.aborted) {
    try {
      track(welcome(await listener.accept()));
    } catch (error) {
      if (hub.draining.aborted) break;
      // A peer that left before it was accepted is no fault; a lack of descriptors passes.
      if (error instanceof Deno.errors.ConnectionAborted) continue;
      hub.fault(`accept a connection on ${formatEndpoint(endpoint)}`, error);
      await new Promise((resolve) => setTimeout(resolve, ACCEPT_RETRY_MS));
    }
  }
  while (running.size > 0) await Promise.all(running);
  clearInterval(sweep);
}

/** Tells a peer why it is not served. */
async function turnAway(conn: Deno.TcpConn, refusal: Uint8Array): Promise<void> {
  try {
    await conn.write(refusal);
  } catch {
    // It has left: there is nobody to tell, and nothing that was begun.
  }
  await closeGently(conn);
}
