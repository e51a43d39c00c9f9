/**
 * The listener of system B's messages by UDP.
 *
 * @module
 */

import type { Endpoint } from "../endpoint.ts";
import type { Hub } from "../hub/hub.ts";
import { type Bound, type Listener, type ListenerOptions, neededKey } from "./listener.ts";

/** Listens for datagrams that are tokens, and answers each with one. */
export const udp: Listener = {
  needsKey: true,
  async listen(endpoint: Endpoint, hub: Hub, options: ListenerOptions): Promise<Bound> {
    const seal = neededKey(endpoint, hub.seal);
    // Loaded here: the runtime's sockets take their time, and servers without it start sooner.
    const { listenUdp } = await import("./udp_server.ts");
    return await listenUdp(endpoint, seal, hub, options);
  },
};
