/**
 * A member of the room over a connection whose other end is the test: what waits when, and what is
 * written with what, is exact here, and no time has to pass.
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Member } from "../../lib/hub/member.ts";
import { Peer } from "../../lib/hub/peer.ts";
import {
  EVENT_WRITE_BYTES,
  MAX_WAITING_BYTES,
  MAX_WAITING_EVENTS,
  MEMBER_STALL_TIMEOUT_MS,
} from "../../lib/limits/room.ts";
import { RefusalCode } from "../../lib/wire/messages.ts";
import { FakeOutlet } from "../helpers/fake_outlet.ts";
import { frames } from "../helpers/raw_client.ts";
import { FAST, LOCAL, sampleId, slow } from "../helpers/samples.ts";
import { type ServedPeer, servePeer, STALL_TIMEOUT_MS, stubNow } from "../helpers/served_peer.ts";
import { test } from "../helpers/strict.ts";
import { turn } from "../helpers/turn.ts";

test("tcp member: what waits while a write is under way goes with the next, some KiB at a time", async () => {
  const { made, say } = await serveMember();
  made.conn.isHolding = true;
  await say(1, "first");
  const text = "x".repeat(1000);
  for (let number = 2; number <= 40; number++) await say(number, text);
  assertEquals(made.conn.writes.length, 0);
  const sizes: number[] = [];
  while (made.conn.hasHeldWrite) {
    made.conn.takeWrite();
    sizes.push(made.conn.writes.at(-1)!.length);
    await turn();
  }
  assertEquals(numbersOf(made), Array.from({ length: 40 }, (_, i) => i + 1));
  assert(sizes.every((size) => size <= EVENT_WRITE_BYTES), `writes of ${sizes}`);
  assertEquals(sizes.length, 1 + Math.ceil(39 / Math.floor(EVENT_WRITE_BYTES / 1050)));
  made.conn.isHolding = false;
  await made.close();
});

test("tcp member: an answer is in the next write, however many events wait", async () => {
  const { made, say } = await serveMember();
  made.conn.isHolding = true;
  for (let number = 1; number <= 100; number++) await say(number, "x".repeat(1000));
  made.conn.push(frames(FAST, slow(0)));
  await turn();
  made.conn.takeWrite();
  await turn();
  made.conn.takeWrite();
  assertEquals(made.kinds().filter((kind) => kind !== "roomEvent"), [
    "fastResponse",
    "slowResponse",
  ]);
  assert(made.kinds().length < 50, "and not all events are");
  made.conn.isHolding = false;
  await turn();
  assertEquals(numbersOf(made).length, 100);
  await made.close();
});

test("tcp member: requests are read while events wait, and not while answers do", async () => {
  const { made, say } = await serveMember();
  made.conn.isHolding = true;
  for (let number = 1; number <= 3; number++) await say(number, "x");
  const { reads } = made.conn;
  made.conn.push(frames(FAST));
  await turn();
  assertEquals(made.conn.reads, reads, "the first answer waits behind the events' write");
  made.conn.takeWrite();
  await turn();
  made.conn.takeWrite();
  await turn();
  assertEquals(made.conn.reads, reads + 1);
  made.conn.isHolding = false;
  await made.close();
});

test("tcp member: one for whom MAX_WAITING_EVENTS wait is put out with the next", async () => {
  const { made, say, outlet } = await serveMember();
  made.conn.isHolding = true;
  // The first one is being written.
  for (let number = 1; number <= MAX_WAITING_EVENTS + 1; number++) await say(number, "x");
  assertEquals(made.events.of("memberDropped"), []);
  await say(MAX_WAITING_EVENTS + 2, "x");
  assertEquals(made.events.of("memberDropped").map(({ name }) => name), ["Slow"]);
  assertEquals(outlet.words.at(-1), "Slow left");
  assertEquals(made.hub.room.size, 1);
  // What is said now is not for it any more, and nor are answers.
  await say(MAX_WAITING_EVENTS + 3, "x");
  made.conn.push(frames(FAST));
  made.conn.isHolding = false;
  made.conn.takeWrite();
  await turn();
  assertEquals(made.kinds(), ["roomEvent", "refusal"]);
  const refusal = made.received().at(-1)!;
  assert(refusal.kind === "refusal");
  assertEquals(refusal.code, RefusalCode.tooSlow);
  assertEquals(made.conn.isWriteClosed, true);
  await made.close();
  assertEquals(made.reason(), "it took the room's events too slowly");
});

test("tcp member: one for whom MAX_WAITING_BYTES wait is put out with the next", async () => {
  const { made, say } = await serveMember();
  made.conn.isHolding = true;
  const text = "x".repeat(60_000);
  let said = 0;
  while (made.events.of("memberDropped").length === 0) await say(++said, text);
  // One is being written, and the last one was too much.
  const waiting = (said - 2) * text.length;
  assert(waiting <= MAX_WAITING_BYTES && waiting > MAX_WAITING_BYTES - 2 * text.length);
  made.conn.isHolding = false;
  made.conn.takeWrite();
  await made.close();
});

test("tcp member: one that takes nothing for a while is put out, sooner than others", async () => {
  let nowMs = 0;
  using _now = stubNow(() => nowMs);
  const { made, say, outlet } = await serveMember();
  const other = servePeer();
  for (const { conn } of [made, other]) conn.isHolding = true;
  other.conn.push(frames(FAST));
  await say(1, "x");
  for (nowMs = 1000; nowMs <= MEMBER_STALL_TIMEOUT_MS + 1000; nowMs += 1000) {
    for (const { connection } of [made, other]) connection.checkTimes(nowMs);
  }
  assertEquals(made.events.of("memberDropped"), []);
  for (const { connection } of [made, other]) connection.checkTimes(nowMs);
  const [dropped] = made.events.of("memberDropped");
  assertStringIncludes(dropped!.reason, `${MEMBER_STALL_TIMEOUT_MS} ms`);
  assertEquals(outlet.words.at(-1), "Slow left");
  assertEquals([made.conn.isClosed, other.conn.isClosed], [true, false]);
  await made.running;
  nowMs += STALL_TIMEOUT_MS;
  other.connection.checkTimes(nowMs);
  assertEquals(other.conn.isClosed, true);
  await other.running;
});

test("tcp member: one for whom nothing waits may be silent", async () => {
  let nowMs = 0;
  using _now = stubNow(() => nowMs);
  const { made, say } = await serveMember();
  for (nowMs = 1000; nowMs < 10 * STALL_TIMEOUT_MS; nowMs += STALL_TIMEOUT_MS / 2) {
    made.connection.checkTimes(nowMs);
  }
  await say(1, "still there?");
  assertEquals(numbersOf(made), [1]);
  await made.close();
});

test("tcp member: one whose connection breaks leaves the room, and nothing is kept for it", async () => {
  const { made, say, outlet } = await serveMember();
  made.conn.isHolding = true;
  await say(1, "x");
  made.conn.fail(new Deno.errors.ConnectionReset("reset"));
  await turn();
  assertEquals(outlet.words.at(-1), "Slow left");
  await say(2, "x");
  made.conn.isHolding = false;
  made.conn.takeWrite();
  await made.running;
  assertEquals(numbersOf(made), [1]);
});

test("tcp member: a server that stops sends what waits for it first", async () => {
  const { made, say } = await serveMember();
  made.conn.isHolding = true;
  for (let number = 1; number <= 60; number++) await say(number, "x".repeat(1000));
  made.connection.end("the server stopped");
  made.conn.isHolding = false;
  made.conn.takeWrite();
  await turn();
  assertEquals([numbersOf(made).length, made.conn.isWriteClosed], [60, true]);
  await made.close();
});

test("tcp member: a thousand that take nothing share what waits for them", async () => {
  const first = await serveMember();
  const members = [first.made];
  for (let i = 0; i < 999; i++) {
    members.push(servePeer({}, {}, LOCAL, first.made));
  }
  for (const { conn } of members.slice(1)) conn.push(frames({ kind: "join", name: "Slow" }));
  await turn();
  assertEquals(first.made.hub.room.size, 1001);
  for (const { conn } of members) {
    conn.writes.length = 0;
    conn.isHolding = true;
  }
  const text = "x".repeat(10_000);
  let said = 0;
  while (first.made.hub.room.size > 1) await first.say(++said, text);
  // All of them were put out by the same event; each holds what one write holds.
  assertEquals(first.made.events.of("memberDropped").length, 1000);
  assertEquals(said, 2 + Math.floor(MAX_WAITING_BYTES / 10_046));
  for (const { conn } of members) assert(conn.heldBytes <= EVENT_WRITE_BYTES);
  for (const { conn } of members) conn.isHolding = false;
  for (const { conn } of members) conn.takeWrite();
  for (const made of members) await made.close();
});

interface Served {
  made: ServedPeer;
  /** Another member says something; resolves when it is handed on. */
  say: (number: number, text: string) => Promise<void>;
  /** What that member hears. */
  outlet: FakeOutlet;
}

/** Serves a member with the name Slow, which has taken the answer to its Join. */
async function serveMember(): Promise<Served> {
  const made = servePeer();
  const outlet = new FakeOutlet();
  const peer = made.hub.connect(LOCAL);
  assert(peer instanceof Peer);
  const member = made.hub.room.enter(peer, "Ann", outlet);
  assert(member instanceof Member);
  made.conn.push(frames({ kind: "join", name: "Slow" }));
  await turn();
  assertEquals(made.kinds(), ["joined"]);
  made.conn.writes.length = 0;
  const say = async (number: number, text: string) => {
    assert("kind" in await member.say(sampleId(number), text));
  };
  return { made, say, outlet };
}

function numbersOf({ received }: ServedPeer): number[] {
  return received().flatMap((message) => message.kind === "roomEvent" ? [message.number] : []);
}
