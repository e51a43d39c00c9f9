/**
 * The listener of system C's chat.
 *
 * @module
 */

import { chatForm } from "../chat_endpoint.ts";
import type { Endpoint } from "../endpoint.ts";
import type { Hub } from "../hub/hub.ts";
import { MAX_CHAT_FILE_BYTES, MAX_CHAT_TEXT_BYTES } from "../limits/chat.ts";
import { FRAME_TIMEOUT_MS, HANDSHAKE_TIMEOUT_MS, STALL_TIMEOUT_MS } from "../limits/connections.ts";
import { ChatFrames } from "./chat_frames.ts";
import { ChatPeer } from "./chat_peer.ts";
import type { Bound, Listener, ListenerOptions } from "./listener.ts";
import { servePeers } from "./serve_peers.ts";
import { listenTcp } from "./tcp_acceptor.ts";

/** Listens for system C's clients and brings them into the room. */
export const chat: Listener = {
  listen(endpoint: Endpoint, hub: Hub, options: ListenerOptions): Promise<Bound> {
    const form = {
      ...chatForm(endpoint),
      maxTextBytes: MAX_CHAT_TEXT_BYTES,
      maxFileBytes: options.maxChatFileBytes ?? MAX_CHAT_FILE_BYTES,
    };
    const times = {
      frameTimeoutMs: options.frameTimeoutMs ?? FRAME_TIMEOUT_MS,
      stallTimeoutMs: options.stallTimeoutMs ?? STALL_TIMEOUT_MS,
      nameTimeoutMs: options.handshakeTimeoutMs ?? HANDSHAKE_TIMEOUT_MS,
    };
    const frames = new ChatFrames(form);
    const { acceptor, bound } = listenTcp(endpoint);
    const finished = servePeers(acceptor, bound, hub, {
      serve: (conn, peer) => new ChatPeer(conn, peer, hub, frames, { ...form, ...times }),
      encodeRefusal: ({ text }) => frames.told(text, Date.now()),
      shortestTimeoutMs: Math.min(...Object.values(times)),
    });
    return Promise.resolve({ endpoint: bound, finished });
  },
};
