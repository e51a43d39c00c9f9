/**
 * The listener of system B's messages by HTTP and WebSocket.
 *
 * @module
 */

import type { Endpoint } from "../endpoint.ts";
import type { Hub } from "../hub/hub.ts";
import type { Bound, Listener, ListenerOptions } from "./listener.ts";

/** Listens for peers that post tokens, or talk by WebSocket. */
export const http: Listener = {
  needsKey: true,
  async listen(endpoint: Endpoint, hub: Hub, options: ListenerOptions): Promise<Bound> {
    // Loaded here: the runtime's HTTP takes its time, and servers without it start sooner.
    const { listenHttp } = await import("./http_server.ts");
    return await listenHttp(endpoint, hub, options);
  },
};
