/** Who counts as a peer by UDP, and for how long. */

import { assert, assertEquals } from "@std/assert";
import { Hub } from "../../lib/hub/hub.ts";
import type { HubOptions } from "../../lib/hub/hub_options.ts";
import { RefusalCode } from "../../lib/wire/messages.ts";
import { UdpPeer, UdpPeers, type UdpPeersOptions } from "../../lib/listeners/udp_peers.ts";
import { EventLog } from "../helpers/events.ts";
import { FakeStore } from "../helpers/fake_store.ts";
import { stop } from "../helpers/stopped.ts";

function make(options: UdpPeersOptions, hubOptions: Partial<HubOptions> = {}) {
  const events = new EventLog();
  const hub = new Hub({ store: new FakeStore(), onEvent: events.take, ...hubOptions });
  const peers = new UdpPeers(hub, "udp", options);
  const from = (port: number, nowMs: number) => peers.of({ host: "10.0.0.1", port }, nowMs);
  return { events, hub, peers, from };
}

function gone(events: EventLog): [address: string, reason: string][] {
  return events.of("disconnected").map(({ peer, reason }) => [peer.address, reason]);
}

Deno.test("a peer is the same as long as it is not silent for too long", () => {
  const { events, peers, from } = make({ idleMs: 1000 });
  const one = from(1, 0);
  assert(one instanceof UdpPeer);
  peers.checkTimes(1000);
  assertEquals(from(1, 1000), one);
  peers.checkTimes(2000);
  assertEquals(gone(events), []);
  peers.checkTimes(2001);
  assertEquals(gone(events), [["10.0.0.1:1", "it was silent for 1000 ms"]]);
  assert(from(1, 2002) !== one);
  assertEquals(events.of("connected").length, 2);
});

Deno.test("who was silent for longest makes room for another", () => {
  const { events, from } = make({ maxPeers: 2 });
  from(1, 0);
  from(2, 1);
  from(1, 2);
  from(3, 3);
  const reason = "it made room for another: 2 are served at once";
  assertEquals(gone(events), [["10.0.0.1:2", reason]]);
  from(4, 4);
  assertEquals(gone(events).at(-1), ["10.0.0.1:1", reason]);
  assertEquals(events.of("disconnected").at(-1)?.connections, 2);
});

Deno.test("only so many are new in a second, and those that are known are served", () => {
  const { from } = make({ maxNewPerSecond: 2 });
  const known = from(1, 0);
  assert(from(2, 1) instanceof UdpPeer);
  assertEquals(from(3, 2), undefined);
  assertEquals(from(1, 3), known);
  assert(from(3, 1000) instanceof UdpPeer);
});

Deno.test("only so many messages of one come in a second", () => {
  const { from } = make({ maxMessagesPerSecond: 2 });
  const peer = from(1, 0) as UdpPeer;
  const why = "too many messages came of it in a second";
  const all = [0, 1, 2, 999, 1000].map((nowMs) => peer.dropWhy(nowMs));
  assertEquals(all, [undefined, undefined, why, why, undefined]);
});

Deno.test("a peer of which too much was refused gets nothing until it was silent", () => {
  const { hub, peers, from } = make({ idleMs: 1000 }, { maxRefusals: 1 });
  const peer = from(1, 0) as UdpPeer;
  for (const nowMs of [0, 1]) {
    assertEquals(peer.dropWhy(nowMs), undefined);
    hub.refuse(peer.peer, RefusalCode.invalid, "This is wrong.");
  }
  peers.checkTimes(1000);
  assertEquals((from(1, 1000) as UdpPeer).dropWhy(1000), "too much of it was refused");
  peers.checkTimes(2001);
  assertEquals((from(1, 2001) as UdpPeer).dropWhy(2001), undefined);
});

Deno.test("nobody makes room for one that the hub turns away", () => {
  const { events, from } = make({ maxPeers: 2 }, { maxConnectionsPerAddress: 2 });
  from(1, 0);
  from(2, 1);
  assert(!(from(3, 2) instanceof UdpPeer));
  assertEquals(gone(events), []);
});

Deno.test("a peer that the hub turns away is none, and may try again", () => {
  const { events, from } = make({}, { maxConnectionsPerAddress: 1 });
  from(1, 0);
  const refusal = from(2, 1);
  assert(refusal !== undefined && "code" in refusal);
  assertEquals(events.of("connected").length, 1);
});

Deno.test("all leave at the end", async () => {
  const { events, hub, peers, from } = make({});
  from(1, 0);
  from(2, 0);
  peers.leaveAll("the server stopped");
  assertEquals(gone(events), [
    ["10.0.0.1:1", "the server stopped"],
    ["10.0.0.1:2", "the server stopped"],
  ]);
  assertEquals(events.of("disconnected").at(-1)?.connections, 0);
  await stop(hub);
});
