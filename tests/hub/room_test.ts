import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { setImmediate } from "node:timers";
import { Hub } from "../../lib/hub/hub.ts";
import { Member, type Said } from "../../lib/hub/member.ts";
import type { PeerInfo } from "../../lib/hub/peer.ts";
import {
  EVENT_WRITE_BYTES,
  MAX_ANNOUNCED_MEMBERS,
  MAX_LISTED_MEMBERS,
  MAX_SAY_BYTES,
  MAX_SAYING,
  MAX_SAYING_BYTES,
  MAX_TOLD_UNREADABLE,
  OFFERS_PER_TURN,
} from "../../lib/limits/room.ts";
import type { FileInfo } from "../../lib/wire/file_messages.ts";
import { RefusalCode } from "../../lib/wire/messages.ts";
import type { RoomEvent } from "../../lib/wire/room_messages.ts";
import { FakeOutlet } from "../helpers/fake_outlet.ts";
import { assertDenied, come, connect, type Made, makeRoom } from "../helpers/made_room.ts";
import { LOCAL, REMOTE, sampleFile, sampleId } from "../helpers/samples.ts";
import { stop } from "../helpers/stopped.ts";
import { test } from "../helpers/strict.ts";
import { turn } from "../helpers/turn.ts";

test("room: what one says comes to all others, and the one gets a receipt", async () => {
  const made = makeRoom();
  const [ann, bob, cem] = ["Ann", "Bob", "Cem"].map((name) => come(made, name));
  assertEquals(await ann!.member.say(sampleId(1), "hello"), {
    kind: "receipt",
    id: sampleId(1),
    storedAtMs: 2000,
    duplicate: false,
  });
  const event: RoomEvent = {
    kind: "roomEvent",
    number: 1,
    atMs: 2000,
    name: "Ann",
    dialect: "test",
    id: sampleId(1),
    what: { type: "text", text: "hello" },
  };
  for (const { outlet } of [bob!, cem!]) assertEquals(outlet.events.at(-1), event);
  assertEquals(ann!.outlet.texts, []);
});

test("room: who comes and who leaves is told to the others", () => {
  const made = makeRoom();
  const ann = come(made, "Ann");
  const bob = come(made, "Bob");
  bob.member.leave("went home");
  bob.member.leave("went home again");
  assertEquals(ann.outlet.words, ["Bob came", "Bob left"]);
  const { what, number, dialect } = ann.outlet.events[1]!;
  assertEquals([what, number, dialect], [{ type: "left", reason: "went home" }, 0, "test"]);
  assertEquals(bob.outlet.events, []);
  const peer = LOCAL;
  assertEquals(made.events.all.filter(({ event }) => event !== "connected"), [
    { event: "came", peer, name: "Ann", members: 1 },
    { event: "came", peer, name: "Bob", members: 2 },
    { event: "left", peer, name: "Bob", reason: "went home", members: 1 },
  ]);
});

test("room: an event that cannot be read is left out of the history, and told once", async () => {
  const made = makeRoom();
  const { member } = come(made, "Ann");
  for (let number = 1; number <= MAX_TOLD_UNREADABLE + 3; number++) {
    await member.say(sampleId(number), "text");
    if (number > 1) made.store.damagedNumbers.add(number);
  }
  for (let i = 0; i < 3; i++) {
    const history = made.hub.room.history({ kind: "historyRequest", after: 0, limit: 10 });
    assertEquals(history.events.map(({ number }) => number), [1]);
  }
  const faults = made.events.of("fault").map(({ doing }) => doing);
  assertEquals(faults.length, MAX_TOLD_UNREADABLE);
  assertEquals(faults[0], "read the event 2 of the room");
});

test("room: a name that is taken gets a number, and is free again afterwards", () => {
  const made = makeRoom();
  const members = ["Анна", "АННА", "анна "].map((name) => come(made, name).member);
  assertEquals(members.map(({ name }) => name), ["Анна", "АННА 2", "анна 3"]);
  members[0]!.leave("tested");
  assertEquals(come(made, "Анна").member.name, "Анна");
});

test("room: nobody has the name that the server speaks by", () => {
  const made = makeRoom();
  const members = ["wagons", " Wagons", "ｗａｇｏｎｓ", "wagons 1"].map((name) =>
    come(made, name).member
  );
  assertEquals(members.map(({ name }) => name), [
    "wagons 2",
    "Wagons 3",
    "ｗａｇｏｎｓ 4",
    "wagons 1",
  ]);
});

test("room: a name that cannot be used is refused, and another one may be tried", () => {
  const made = makeRoom();
  const peer = connect(made.hub);
  const outlet = new FakeOutlet();
  assertDenied(made.hub.room.enter(peer, "a\u202eb", outlet), RefusalCode.invalid, "not seen");
  assert(made.hub.room.enter(peer, "ab", outlet) instanceof Member);
});

test("room: a connection joins once, also after it has left", () => {
  const made = makeRoom();
  const { member, peer, outlet } = come(made, "Ann");
  const again = () => made.hub.room.enter(peer, "Ann", outlet);
  assertDenied(again(), RefusalCode.invalid, "already");
  member.leave("tested");
  assertDenied(again(), RefusalCode.invalid, "already");
});

test("room: is open to whom manifests are taken from", () => {
  const remote = makeRoom();
  const deniedBy = ({ hub }: Made, info: PeerInfo) =>
    hub.room.enter(connect(hub, info), "Ann", new FakeOutlet());
  assertDenied(deniedBy(remote, REMOTE), RefusalCode.forbidden, "own machine");
  const sealed = makeRoom({ key: new Uint8Array(32) });
  assertDenied(deniedBy(sealed, LOCAL), RefusalCode.sealRequired, "sealed session");
  const proven = connect(sealed.hub);
  sealed.hub.prove(proven);
  assert(sealed.hub.room.enter(proven, "Ann", new FakeOutlet()) instanceof Member);
  assert(deniedBy(makeRoom({ isOpen: true }), REMOTE) instanceof Member);
});

test("room: what is said again is receipted again, and comes to nobody again", async () => {
  const made = makeRoom();
  const [ann, bob] = [come(made, "Ann"), come(made, "Bob")];
  // Also while the first one is on its way to the disk.
  made.store.isHoldingEvents = true;
  const said = [1, 2].map(() => ann.member.say(sampleId(1), "hello"));
  made.store.releaseEvents();
  made.store.isHoldingEvents = false;
  said.push(ann.member.say(sampleId(1), "hello"));
  // A member that connects again may have got another name.
  said.push(come(made, "Ann").member.say(sampleId(1), "hello"));
  const duplicates = (await Promise.all(said)).map((it) => "kind" in it && it.duplicate);
  assertEquals(duplicates, [false, true, true, true]);
  assertEquals(bob.outlet.texts, ["hello"]);
  const other = await ann.member.say(sampleId(1), "good bye");
  assertDenied(other, RefusalCode.invalid, sampleId(1));
  assertEquals(bob.outlet.texts, ["hello"]);
});

test("room: what cannot be stored comes to nobody, and why is not told to the member", async () => {
  const made = makeRoom();
  const [ann, bob] = [come(made, "Ann"), come(made, "Bob")];
  made.store.isHoldingEvents = true;
  const said = ann.member.say(sampleId(1), "hello");
  const error = new Error("the disk is on fire");
  made.store.heldEvents.splice(0)[0]!.reject(error);
  const denial = await said;
  assertDenied(denial, RefusalCode.failed, "Try again later");
  assertEquals(made.events.of("fault"), [
    { event: "fault", doing: `store what was said as ${sampleId(1)}`, error },
  ]);
  assertEquals(bob.outlet.texts, []);
});

test("room: nothing comes to anybody before it is stored", async () => {
  const made = makeRoom();
  const [ann, bob] = [come(made, "Ann"), come(made, "Bob")];
  made.store.isHoldingEvents = true;
  const said = ann.member.say(sampleId(1), "hello");
  await turn();
  assertEquals(bob.outlet.texts, []);
  made.store.releaseEvents();
  await said;
  assertEquals(bob.outlet.texts, ["hello"]);
});

test("room: what somebody has said who has left meanwhile still comes to all", async () => {
  const made = makeRoom();
  const [ann, bob] = [come(made, "Ann"), come(made, "Bob")];
  made.store.isHoldingEvents = true;
  const said = ann.member.say(sampleId(1), "hello");
  made.hub.leave(ann.peer, "tested");
  made.store.releaseEvents();
  await said;
  assertEquals(bob.outlet.words, ["Ann left", "Ann: hello"]);
});

const badTexts: [what: string, text: string, code: RefusalCode, why: string][] = [
  ["nothing", "", RefusalCode.invalid, "empty"],
  ["a NUL", "a\0b", RefusalCode.invalid, "control"],
  ["an escape", "a\x1b[2J", RefusalCode.invalid, "control"],
  ["a carriage return alone", "a\rb", RefusalCode.invalid, "control"],
  ["a backspace", "a\bb", RefusalCode.invalid, "control"],
  ["a delete", "a\x7fb", RefusalCode.invalid, "control"],
  ["a control of the second set", "a\x9bb", RefusalCode.invalid, "control"],
  ["half a character", "a\udc00b", RefusalCode.invalid, "Unicode"],
  ["too many bytes", "я".repeat(MAX_SAY_BYTES / 2) + "a", RefusalCode.tooLarge, "65536 bytes"],
  ["far too many", "a".repeat(10 * MAX_SAY_BYTES), RefusalCode.tooLarge, "65536 bytes"],
];
for (const [what, text, code, why] of badTexts) {
  test(`room: a text with ${what} is not said`, () => {
    const made = makeRoom();
    const [ann, bob] = [come(made, "Ann"), come(made, "Bob")];
    assertDenied(ann.member.say(sampleId(1), text), code, why);
    assertEquals([bob.outlet.texts, made.store.eventNumbers().last], [[], 0]);
  });
}

test("room: line breaks, tabs and the longest text are said as they are", async () => {
  const made = makeRoom();
  const [ann, bob] = [come(made, "Ann"), come(made, "Bob")];
  const texts = ["a\tb\nc\r\nd\n", "я".repeat(MAX_SAY_BYTES / 2), " ", "\u202e"];
  for (const [i, text] of texts.entries()) await ann.member.say(sampleId(i), text);
  assertEquals(bob.outlet.texts, texts);
});

test("room: a file is offered as its info, once", async () => {
  const made = makeRoom();
  const [ann, bob] = [come(made, "Ann"), come(made, "Bob")];
  const file: FileInfo = sampleFile(1);
  for (const duplicate of [false, true]) {
    const receipt = { kind: "receipt", id: file.id, storedAtMs: 2000, duplicate };
    assertEquals(await ann.member.offer(file), receipt as Said);
  }
  assertEquals(bob.outlet.events.map(({ what, id }) => [what, id]), [
    [{ type: "file", file }, file.id],
  ]);
  const { type, bytes } = made.events.of("message")[0]!;
  assertEquals([type, bytes], ["file", file.size]);
});

test("room: what is said is told the world without its text", async () => {
  const made = makeRoom();
  const ann = come(made, "Ann");
  await ann.member.say(sampleId(1), "яя");
  assertEquals(made.events.of("message"), [{
    event: "message",
    peer: LOCAL,
    name: "Ann",
    id: sampleId(1),
    number: 1,
    type: "text",
    bytes: 4,
    duplicate: false,
  }]);
});

test("room: a member that takes too little is put out, and the others go on", async () => {
  const made = makeRoom();
  const [ann, bob, cem] = ["Ann", "Bob", "Cem"].map((name) => come(made, name));
  bob!.outlet.room = 3;
  for (let i = 1; i <= 5; i++) await ann!.member.say(sampleId(i), `${i}`);
  assertEquals(bob!.outlet.texts, ["1", "2"]);
  assertEquals(bob!.outlet.refusal?.code, RefusalCode.tooSlow);
  assertStringIncludes(bob!.outlet.refusal!.text, "too many events");
  assertEquals(cem!.outlet.words, [
    ...["Ann: 1", "Ann: 2", "Ann: 3", "Bob left", "Ann: 4", "Ann: 5"],
  ]);
  assertEquals(made.hub.room.who().total, 2);
  assertDenied(bob!.member.say(sampleId(9), "wait"), RefusalCode.notInRoom, "join");
  assertDenied(bob!.member.offer(sampleFile(1)), RefusalCode.notInRoom, "join");
  const dropped = made.events.of("memberDropped").map(({ name, members }) => [name, members]);
  assertEquals(dropped, [["Bob", 2]]);
  // It has left the room already.
  made.hub.leave(bob!.peer, "tested");
  assertEquals(made.events.of("left"), []);
});

test("room: who is put out over the coming of another has left before that one is in", () => {
  const made = makeRoom();
  const ann = come(made, "Ann");
  ann.outlet.room = 0;
  const bob = come(made, "Bob");
  assertEquals([ann.outlet.refusal?.code, bob.outlet.events], [RefusalCode.tooSlow, []]);
  assertEquals(made.hub.room.size, 1);
});

test("room: all can be too slow at once", async () => {
  const made = makeRoom();
  const ann = come(made, "Ann");
  const slow = Array.from({ length: 3000 }, (_, i) => come(made, `slow ${i}`));
  for (const { outlet } of slow) outlet.room = outlet.events.length;
  await ann.member.say(sampleId(1), "hello");
  assertEquals(slow.filter(({ outlet }) => outlet.refusal === undefined), []);
  assertEquals(made.hub.room.who().members.map(({ name }) => name), ["Ann"]);
});

test("room: who comes and goes all the time is told of so often and no more", async () => {
  const made = makeRoom({ announcedPerSecond: 3 });
  const first = come(made, "first");
  for (let i = 0; i < 100; i++) {
    come(made, "other").member.leave("tested");
    await nextTurn();
  }
  const told = first.outlet.words;
  // That the first one came is the third, though there was nobody to be told.
  assertEquals(told.slice(0, 2), ["other came", "other left"]);
  // The hundred may have taken several seconds.
  assert(told.length < 100, `${told.length} of 200 were told`);
});

test("room: in a large room nobody is told who comes and who leaves", async () => {
  const made = makeRoom({ announcedPerSecond: Infinity });
  const first = come(made, "first");
  const others = [];
  for (let i = 0; i < MAX_ANNOUNCED_MEMBERS + 50; i++) {
    others.push(come(made, `${i}`));
    await nextTurn();
  }
  assertEquals(first.outlet.events.length, MAX_ANNOUNCED_MEMBERS);
  for (const { member } of others) {
    member.leave("tested");
    await nextTurn();
  }
  const left = first.outlet.events.filter(({ what }) => what.type === "left");
  assertEquals(left.length, MAX_ANNOUNCED_MEMBERS);
});

test("room: in a room of thousands others have their turn in the middle of an event", async () => {
  const made = makeRoom();
  const ann = come(made, "Ann");
  const others = Array.from({ length: 2 * OFFERS_PER_TURN }, (_, i) => come(made, `${i}`));
  const have = () => others.filter(({ outlet }) => outlet.texts.includes("hello")).length;
  // Until then they are told of each other.
  await ann.member.say(sampleId(0), "welcome");
  const said = ann.member.say(sampleId(1), "hello");
  await Promise.resolve();
  const half = have();
  assert(half > 0 && half < others.length, `${half} of ${others.length} have it`);
  // Who comes now comes after it, though some get it later.
  const late = come(made, "late");
  assertEquals(late.member.last, 2);
  others.at(-1)!.member.leave("tested");
  const second = ann.member.say(sampleId(2), "again");
  await said;
  assertEquals(have(), others.length - 1);
  await second;
  assertEquals(late.outlet.texts, ["again"]);
  assertEquals(others.at(-2)!.outlet.texts, ["welcome", "hello", "again"]);
});

test("room: who says much at once gives others no more in a turn than they can be written", async () => {
  const made = makeRoom();
  const [ann, bob] = [come(made, "Ann"), come(made, "Bob")];
  const text = "x".repeat(EVENT_WRITE_BYTES / 2);
  const said = Array.from({ length: 10 }, (_, i) => ann.member.say(sampleId(i), text));
  let turns = 0;
  for (; bob.outlet.texts.length < said.length; turns++) await nextTurn();
  for (const it of await Promise.all(said)) assert("kind" in it);
  assert(turns >= 4, `${said.length} came in ${turns} turns, 2 fit one`);
});

test("room: a member may have MAX_SAYING texts on their way, and others theirs", async () => {
  const made = makeRoom();
  const [ann, bob] = [come(made, "Ann"), come(made, "Bob")];
  made.store.isHoldingEvents = true;
  const said = Array.from({ length: MAX_SAYING }, (_, i) => ann.member.say(sampleId(i), `${i}`));
  assertDenied(ann.member.say(sampleId(-1), "more"), RefusalCode.failed, "Wait");
  said.push(bob.member.say(sampleId(-2), "me too"));
  made.store.releaseEvents();
  for (const it of await Promise.all(said)) assert("kind" in it);
  assertEquals(bob.outlet.texts.length, MAX_SAYING);
  made.store.isHoldingEvents = false;
  assert("kind" in await ann.member.say(sampleId(-1), "more"));
});

test("room: what all have said is bounded in bytes until others have it", async () => {
  const made = makeRoom();
  const text = "x".repeat(MAX_SAY_BYTES);
  made.store.isHoldingEvents = true;
  const said: Promise<Said>[] = [];
  for (let i = 0; i < MAX_SAYING_BYTES / MAX_SAY_BYTES; i++) {
    const it = come(made, `${i}`).member.say(sampleId(i), text);
    assert(it instanceof Promise);
    said.push(it);
  }
  const late = come(made, "late");
  assertDenied(late.member.say(sampleId(-1), "x"), RefusalCode.failed, "Wait");
  made.store.releaseEvents(1);
  await said[0];
  const more = late.member.say(sampleId(-1), "x");
  assert(more instanceof Promise);
  made.store.releaseEvents();
  await Promise.all([...said, more]);
});

test("room: lists its members in the order that they came in, and not without end", async () => {
  const made = makeRoom();
  const all = Array.from({ length: MAX_LISTED_MEMBERS + 5 }, (_, i) => come(made, `${i}`));
  const { members, total } = made.hub.room.who();
  assertEquals([members.length, total], [MAX_LISTED_MEMBERS, MAX_LISTED_MEMBERS + 5]);
  assertEquals(members.slice(0, 3).map(({ name }) => name), ["0", "1", "2"]);
  assert(Math.abs(members[0]!.sinceMs - Date.now()) < 60_000);
  assertEquals(members[0]!.dialect, "test");
  // Until then they are told of each other.
  await all[0]!.member.say(sampleId(1), "welcome");
});

test("room: goes on counting where the store has stopped", async () => {
  const made = makeRoom();
  await come(made, "Ann").member.say(sampleId(1), "hello");
  const hub = new Hub({ store: made.store, onEvent: made.events.take });
  const ann = come({ ...made, hub }, "Ann");
  assertEquals(ann.member.last, 1);
});

test("room: history is what the store has, as much as is wanted and not more", async () => {
  const made = makeRoom();
  const ann = come(made, "Ann");
  const history = (after?: number, before?: number, limit = 100) => {
    const range = { ...(after === undefined ? {} : { after }), ...(before && { before }) };
    const { events, oldest } = made.hub.room.history({ kind: "historyRequest", ...range, limit });
    return [events.map(({ number }) => number), oldest];
  };
  assertEquals(history(), [[], undefined]);
  for (let i = 1; i <= 8; i++) await ann.member.say(sampleId(i), "x".repeat(MAX_SAY_BYTES));
  // Four of them and a little more are 256 KiB.
  assertEquals(history(), [[6, 7, 8], 1]);
  assertEquals(history(0), [[1, 2, 3], 1]);
  assertEquals(history(3, 6, 1), [[4], 1]);
  assertEquals(history(undefined, 6, 2), [[4, 5], 1]);
  assertEquals(history(undefined, undefined, 0), [[], 1]);
});

test("room: a server that stops hands on what is being said, and takes nothing new", async () => {
  const made = makeRoom();
  const [ann, bob] = [come(made, "Ann"), come(made, "Bob")];
  made.store.isHoldingEvents = true;
  const said = ann.member.say(sampleId(1), "hello");
  const stopping = stop(made.hub);
  assertDenied(bob.member.say(sampleId(2), "wait"), RefusalCode.shuttingDown, "stopping");
  const denied = made.hub.room.enter(ann.peer, "Cem", new FakeOutlet());
  assertDenied(denied, RefusalCode.shuttingDown, "stopping");
  await turn();
  assertEquals(made.hub.stopped.aborted, false);
  made.store.releaseEvents();
  assert("kind" in await said);
  await stopping;
  assertEquals((await made.hub.drain()).finished, 1);
  assertEquals(bob.outlet.texts, ["hello"]);
});

/** Resolves when all else has had its turn. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
