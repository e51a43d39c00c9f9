import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import { cannotListen } from "./listener.ts";
import type { Acceptor } from "./serve_peers.ts";

/** Where connections by TCP come from, and the endpoint that was really bound. */
export interface TcpAcceptor {
  /** Gives the connections. */
  readonly acceptor: Acceptor;
  /** With the address and the port that were bound. */
  readonly bound: Endpoint;
}

/**
 * Begins to listen by TCP.
 *
 * @throws {UsageError} when it cannot listen there.
 */
export function listenTcp(endpoint: Endpoint): TcpAcceptor {
  const listener = open(endpoint);
  // The address that was bound, which a name like localhost does not tell.
  const { hostname, port } = listener.addr as Deno.NetAddr;
  return { acceptor: acceptorOf(listener), bound: { ...endpoint, host: hostname, port } };
}

function open(endpoint: Endpoint): Deno.TcpListener {
  try {
    return Deno.listen({ hostname: endpoint.host, port: endpoint.port });
  } catch (error) {
    throw cannotListen(formatEndpoint(endpoint), error);
  }
}

function acceptorOf(listener: Deno.TcpListener): Acceptor {
  return {
    async accept() {
      const conn = await listener.accept();
      const { hostname, port } = conn.remoteAddr;
      try {
        // Else an answer that follows another waits for its acknowledgement: 40 ms (RFC 896).
        conn.setNoDelay();
        // A peer whose machine is gone without a word must not hold its place for ever.
        conn.setKeepAlive();
      } catch {
        // It is gone already: the first read tells how.
      }
      return { conn, hostname, port };
    },
    close: () => listener.close(),
    finished: Promise.resolve(),
  };
}
