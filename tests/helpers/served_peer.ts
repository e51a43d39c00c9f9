/**
 * A server's connection whose other end is the test.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { Hub } from "../../lib/hub/hub.ts";
import type { HubOptions } from "../../lib/hub/hub_options.ts";
import { Peer, type PeerInfo } from "../../lib/hub/peer.ts";
import { PeerConnection, type PeerConnectionOptions } from "../../lib/listeners/peer_connection.ts";
import { decodeBody } from "../../lib/wire/codec.ts";
import { FrameDecoder } from "../../lib/wire/frame_decoder.ts";
import { FrameEncoder } from "../../lib/wire/frame_encoder.ts";
import type { Received } from "../../lib/wire/messages.ts";
import { EventLog } from "./events.ts";
import { FakeConn } from "./fake_conn.ts";
import { FakeStore } from "./fake_store.ts";
import { concat } from "./raw_client.ts";
import { LOCAL } from "./samples.ts";

/** Time for a frame to be whole, where a test names no other. */
export const FRAME_TIMEOUT_MS = 30_000;
/** Time to take some answer. */
export const STALL_TIMEOUT_MS = 60_000;
/** Time to prove that the peer has the key. */
export const PROOF_TIMEOUT_MS = 10_000;

/** What {@linkcode servePeer} has made. */
export interface ServedPeer {
  hub: Hub;
  peer: Peer;
  conn: FakeConn;
  connection: PeerConnection;
  encoder: FrameEncoder;
  running: Promise<void>;
  store: FakeStore;
  events: EventLog;
  /** All messages that were written. */
  received(): Received[];
  /** Their kinds. */
  kinds(): string[];
  /** Why it ended, as the hub was told. */
  reason(): string;
  /** The peer closes; resolves when the connection is closed too. */
  close(): Promise<void>;
}

/** Serves a peer of a hub of its own, or one more of the same listener as another. */
export function servePeer(
  hubOptions: Partial<HubOptions> = {},
  options: Partial<PeerConnectionOptions> = {},
  info: PeerInfo = LOCAL,
  other?: ServedPeer,
): ServedPeer {
  const [conn, store, events] = [new FakeConn(), new FakeStore(), new EventLog()];
  const hub = other?.hub ?? new Hub({ store, onEvent: events.take, ...hubOptions });
  const encoder = other?.encoder ?? new FrameEncoder();
  const peer = hub.connect(info);
  assert(peer instanceof Peer);
  const connection = new PeerConnection(conn.asTcp, peer, hub, encoder, {
    maxFrameBytes: 1024 * 1024,
    frameTimeoutMs: FRAME_TIMEOUT_MS,
    stallTimeoutMs: STALL_TIMEOUT_MS,
    proofTimeoutMs: PROOF_TIMEOUT_MS,
    ...options,
  });
  const running = connection.run();
  const received = () => {
    const messages: Received[] = [];
    const decoder = new FrameDecoder({ maxFrameBytes: 1024 * 1024 });
    decoder.decode(concat(...conn.writes), (bytes, start, end) => {
      messages.push(decodeBody(bytes, start, end));
    });
    assertEquals(decoder.pendingBytes, 0, "whole frames were written");
    return messages;
  };
  return {
    hub,
    peer,
    conn,
    connection,
    encoder,
    running,
    store,
    events,
    received,
    kinds: () => received().map(({ kind }) => kind),
    reason: () => events.of("disconnected")[0]!.reason,
    close: async () => {
      conn.push(null);
      await running;
    },
  };
}

/** Takes the place of `performance.now` until it is disposed. */
export function stubNow(now: () => number): Disposable {
  const real = performance.now;
  performance.now = now;
  return { [Symbol.dispose]: () => performance.now = real };
}
