/**
 * The listener of the protocol in proto/wagons.proto.
 *
 * @module
 */

import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import type { Hub } from "../hub/hub.ts";
import { type Bound, cannotListen, type Listener, type ListenerOptions } from "./listener.ts";
import { type Acceptor, serveWire } from "./wire_server.ts";

/** Listens for peers that speak varint-framed WrapperMessages. */
export const tcp: Listener = {
  listen(endpoint: Endpoint, hub: Hub, options: ListenerOptions): Promise<Bound> {
    const listener = open(endpoint);
    // The address that was bound, which a name like localhost does not tell.
    const { hostname, port } = listener.addr as Deno.NetAddr;
    const bound = { ...endpoint, host: hostname, port };
    const finished = serveWire(acceptorOf(listener), bound, hub, options);
    return Promise.resolve({ endpoint: bound, finished });
  },
};

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
