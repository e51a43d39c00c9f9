/**
 * A hub for the tests of its room, and those who come there.
 *
 * @module
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Hub } from "../../lib/hub/hub.ts";
import type { HubOptions } from "../../lib/hub/hub_options.ts";
import { Member } from "../../lib/hub/member.ts";
import { Peer, type PeerInfo } from "../../lib/hub/peer.ts";
import type { RefusalCode } from "../../lib/wire/messages.ts";
import { EventLog } from "./events.ts";
import { FakeOutlet } from "./fake_outlet.ts";
import { FakeStore } from "./fake_store.ts";
import { LOCAL } from "./samples.ts";

/** A hub, and what can be seen of it. */
export interface Made {
  /** The hub. */
  hub: Hub;
  /** Its store. */
  store: FakeStore;
  /** What it tells. */
  events: EventLog;
}

/** Somebody in the room. */
export interface Present {
  /** Who it is to the hub. */
  peer: Peer;
  /** Who it is in the room. */
  member: Member;
  /** What it hears. */
  outlet: FakeOutlet;
}

/** A hub with a store in memory. */
export function makeRoom(options: Partial<HubOptions> = {}): Made {
  const [store, events] = [new FakeStore(), new EventLog()];
  return { store, events, hub: new Hub({ store, onEvent: events.take, ...options }) };
}

/** A peer comes to the hub. */
export function connect(hub: Hub, info: PeerInfo = LOCAL): Peer {
  const peer = hub.connect(info);
  assert(peer instanceof Peer, "the hub takes the peer");
  return peer;
}

/** A peer comes to the hub and into the room. */
export function come(
  { hub }: Pick<Made, "hub">,
  name: string,
  outlet: FakeOutlet = new FakeOutlet(),
): Present {
  const peer = connect(hub);
  const member = hub.room.enter(peer, name, outlet);
  assert(member instanceof Member, `${name} may come`);
  return { peer, member, outlet };
}

/** Asserts that it is a denial with that code and a text that has that in it. */
export function assertDenied(answer: unknown, code: RefusalCode, text: string): void {
  assert(Array.isArray(answer), `the answer is ${JSON.stringify(answer)}`);
  assertEquals(answer[0], code);
  assertStringIncludes(answer[1], text);
}
