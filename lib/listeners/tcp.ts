/**
 * The listener of the protocol in proto/wagons.proto.
 *
 * @module
 */

import type { Endpoint } from "../endpoint.ts";
import type { Hub } from "../hub/hub.ts";
import type { Bound, Listener, ListenerOptions } from "./listener.ts";
import { listenTcp } from "./tcp_acceptor.ts";
import { serveWire } from "./wire_server.ts";

/** Listens for peers that speak varint-framed WrapperMessages. */
export const tcp: Listener = {
  listen(endpoint: Endpoint, hub: Hub, options: ListenerOptions): Promise<Bound> {
    const { acceptor, bound } = listenTcp(endpoint);
    const finished = serveWire(acceptor, bound, hub, options);
    return Promise.resolve({ endpoint: bound, finished });
  },
};
