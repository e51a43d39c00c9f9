/**
 * What all listeners over connections have in common, whatever their peers speak.
 *
 * @module
 */

import { type Endpoint, formatEndpoint, formatHostPort, isLoopback } from "../endpoint.ts";
import type { Hub } from "../hub/hub.ts";
import { Peer } from "../hub/peer.ts";
import { ACCEPT_RETRY_MS } from "../limits/connections.ts";
import type { Conn } from "../net/conn.ts";
import type { Refusal } from "../wire/messages.ts";
import { closeGently } from "./close_gently.ts";

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

/** A peer that is being served. */
export interface Served {
  /** Serves it until either side ends it, closes, and tells the hub that it has left. Never rejects. */
  run(): Promise<void>;
  /** Sends what waits and closes, for a reason that is part of a sentence. */
  end(reason: string): void;
  /** Ends it if it takes too long over something. */
  checkTimes(nowMs: number): void;
}

/** What peers speak. */
export interface Dialect {
  /** Begins to serve a peer. */
  serve(conn: Conn, peer: Peer): Served;
  /** What a peer is sent that is not served. */
  encodeRefusal(refusal: Refusal): Uint8Array;
  /** The shortest time that {@linkcode Served.checkTimes} has to keep. */
  readonly shortestTimeoutMs: number;
}

/**
 * Serves all that come until the hub has stopped and the last connection is closed. Never rejects.
 */
export async function servePeers(
  acceptor: Acceptor,
  endpoint: Endpoint,
  hub: Hub,
  dialect: Dialect,
): Promise<void> {
  const connections = new Set<Served>();
  const running = new Set<Promise<void>>();

  // One timer for all connections: a timer for each frame would cost more than the frame.
  const sweepMs = Math.min(1000, dialect.shortestTimeoutMs / 4);
  let sweptMs = performance.now();
  const sweep = setInterval(() => {
    const nowMs = performance.now();
    const isHeldUp = nowMs - sweptMs > 2 * sweepMs;
    sweptMs = nowMs;
    // Something held the whole server up, and what has come since then was not read: nobody is late.
    if (isHeldUp) return;
    for (const connection of connections) connection.checkTimes(nowMs);
  }, sweepMs);

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
    if (!(peer instanceof Peer)) return await turnAway(conn, dialect.encodeRefusal(peer));
    const connection = dialect.serve(conn, peer);
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
