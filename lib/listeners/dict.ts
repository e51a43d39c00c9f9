/**
 * The listener of system E's dictionaries and files.
 *
 * @module
 */

import type { Endpoint } from "../endpoint.ts";
import type { Hub } from "../hub/hub.ts";
import { FRAME_TIMEOUT_MS, HANDSHAKE_TIMEOUT_MS } from "../limits/connections.ts";
import { MAX_DICT_PENDING_BYTES, MAX_DICT_TOKEN_BYTES } from "../limits/dict.ts";
import { refusedLine } from "./dict_lines.ts";
import { DictPeer } from "./dict_peer.ts";
import type { Bound, Listener, ListenerOptions } from "./listener.ts";
import { PendingShare } from "./pending_bytes.ts";
import { servePeers } from "./serve_peers.ts";
import { listenTcp } from "./tcp_acceptor.ts";

/** Listens for system E's clients and keeps what they send. */
export const dict: Listener = {
  listen(endpoint: Endpoint, hub: Hub, options: ListenerOptions): Promise<Bound> {
    const times = {
      stepTimeoutMs: options.frameTimeoutMs ?? FRAME_TIMEOUT_MS,
      firstTimeoutMs: options.handshakeTimeoutMs ?? HANDSHAKE_TIMEOUT_MS,
    };
    const peerOptions = {
      ...times,
      maxBytes: MAX_DICT_TOKEN_BYTES,
      isHeld: hub.seal !== undefined,
      pending: new PendingShare(MAX_DICT_PENDING_BYTES),
    };
    const { acceptor, bound } = listenTcp(endpoint);
    const finished = servePeers(acceptor, bound, hub, {
      serve: (conn, peer) => new DictPeer(conn, peer, hub, peerOptions),
      encodeRefusal: ({ text }) => refusedLine(text),
      shortestTimeoutMs: Math.min(...Object.values(times)),
    });
    return Promise.resolve({ endpoint: bound, finished });
  },
};
