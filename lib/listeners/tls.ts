/**
 * The protocol of proto/wagons.proto by TLS 1.3.
 *
 * @module
 */

import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import { UsageError } from "../errors.ts";
import type { Hub } from "../hub/hub.ts";
import { HANDSHAKE_TIMEOUT_MS } from "../limits/connections.ts";
import type { TlsAcceptor } from "../net/tls_server.ts";
import { type Bound, cannotListen, type Listener, type ListenerOptions } from "./listener.ts";
import { serveWire } from "./wire_server.ts";

/** Listens for peers that speak varint-framed WrapperMessages by TLS. */
export const tls: Listener = {
  async listen(endpoint: Endpoint, hub: Hub, options: ListenerOptions): Promise<Bound> {
    const acceptor = await open(endpoint, hub, options);
    const { hostname, port } = acceptor.addr;
    const bound = { ...endpoint, host: hostname, port };
    return { endpoint: bound, finished: serveWire(acceptor, bound, hub, options) };
  },
};

async function open(endpoint: Endpoint, hub: Hub, options: ListenerOptions): Promise<TlsAcceptor> {
  const url = formatEndpoint(endpoint);
  if (options.tls === undefined) {
    throw new UsageError(`Cannot listen on ${url} without a certificate`, {
      hint: "Name one with --tls-cert and --tls-key; wagons cert new makes both.",
    });
  }
  // Loaded here: servers without it start sooner.
  const { LEFT_EARLY, listenTls } = await import("../net/tls_server.ts");
  try {
    return await listenTls({
      ...options.tls,
      hostname: endpoint.host,
      port: endpoint.port,
      handshakeTimeoutMs: options.handshakeTimeoutMs ?? HANDSHAKE_TIMEOUT_MS,
      onRefused: (address, why) => {
        // Whoever only looks who is there does no harm, and comes again to stay.
        if (why !== LEFT_EARLY) hub.turnedAway(endpoint.scheme, address, why);
      },
    });
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw cannotListen(url, error);
  }
}
