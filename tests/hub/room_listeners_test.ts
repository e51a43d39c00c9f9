/**
 * Who hears the room without being in it, who says something there without being in it, and who is
 * called otherwise.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { isDenial } from "../../lib/hub/gate.ts";
import { Hearer } from "../../lib/hub/hearer.ts";
import { Member } from "../../lib/hub/member.ts";
import type { Peer } from "../../lib/hub/peer.ts";
import { MAX_SAY_BYTES, MAX_SAYING, MAX_SAYING_BYTES } from "../../lib/limits/room.ts";
import { RefusalCode } from "../../lib/wire/messages.ts";
import { FakeOutlet } from "../helpers/fake_outlet.ts";
import { assertDenied, come, connect, type Made, makeRoom } from "../helpers/made_room.ts";
import { LOCAL, REMOTE, sampleId } from "../helpers/samples.ts";
import { stop } from "../helpers/stopped.ts";
import { test } from "../helpers/strict.ts";

const KEY = new Uint8Array(32).fill(7);
const ORIGINAL = {
  message: { userID: "Ann", timestamp: "now", text: "one", cmd: "", args: "1" },
  isBinary: true,
  bytes: 200,
};

/** A peer comes to the hub and listens. */
function listen({ hub }: Made): { peer: Peer; hearer: Hearer; outlet: FakeOutlet } {
  const [peer, outlet] = [connect(hub), new FakeOutlet()];
  const hearer = hub.room.listen(peer, outlet);
  assert(hearer instanceof Hearer, "it may listen");
  return { peer, hearer, outlet };
}

test("room: a listener hears all that members do, and nobody hears of it", async () => {
  const made = makeRoom();
  const ann = come(made, "Ann");
  const { peer, outlet } = listen(made);
  const bob = come(made, "Bob");
  await ann.member.say(sampleId(1), "hello");
  bob.member.leave("went home");
  assertEquals(outlet.words, ["Bob came", "Ann: hello", "Bob left"]);
  assertEquals(made.hub.room.size, 1);
  assertEquals(made.hub.room.who().members.map(({ name }) => name), ["Ann"]);
  made.hub.leave(peer, "tested");
  await ann.member.say(sampleId(2), "are you there?");
  assertEquals(outlet.texts, ["hello"]);
  assertEquals(ann.outlet.words, ["Bob came", "Bob left"]);
});

test("room: a listener that takes too little is cut off, and the world is told", async () => {
  const made = makeRoom();
  const ann = come(made, "Ann");
  const [full, slow] = [listen(made), listen(made)];
  full.outlet.room = 0;
  await ann.member.say(sampleId(1), "hello");
  slow.hearer.dropSlow("nothing was taken for 20000 ms");
  slow.hearer.dropSlow("nothing was taken for 20000 ms");
  assertEquals(made.events.of("listenerDropped"), [
    { event: "listenerDropped", peer: LOCAL, reason: "too many events were waiting" },
    { event: "listenerDropped", peer: LOCAL, reason: "nothing was taken for 20000 ms" },
  ]);
  for (const { outlet } of [full, slow]) {
    assertEquals(outlet.refusal?.code, RefusalCode.tooSlow);
  }
  await ann.member.say(sampleId(2), "anybody?");
  assertEquals(slow.outlet.texts, ["hello"]);
  assertEquals(ann.outlet.events, []);
  const again = made.hub.room.enter(full.peer, "Bob", full.outlet);
  assertDenied(again, RefusalCode.invalid, "put out");
});

test("room: a connection listens once, and not when it has joined", () => {
  const made = makeRoom();
  const { peer, outlet } = listen(made);
  assertDenied(made.hub.room.listen(peer, outlet), RefusalCode.invalid, "already");
  const ann = come(made, "Ann");
  assertDenied(made.hub.room.listen(ann.peer, ann.outlet), RefusalCode.invalid, "already");
});

test("room: a listener that becomes a member hears each event once, by its newest outlet", async () => {
  const made = makeRoom();
  const ann = come(made, "Ann");
  const { peer, outlet } = listen(made);
  await ann.member.say(sampleId(1), "one");
  const newest = new FakeOutlet();
  const bob = made.hub.room.enter(peer, "Bob", newest);
  assert(bob instanceof Member);
  assertEquals(bob.last, 1);
  await ann.member.say(sampleId(2), "two");
  await bob.say(sampleId(3), "three");
  assertEquals([outlet.texts, newest.texts], [["one"], ["two"]]);
  assertEquals(ann.outlet.words, ["Bob came", "Bob: three"]);
  made.hub.leave(peer, "tested");
  await ann.member.say(sampleId(4), "four");
  assertEquals(newest.texts, ["two"]);
});

test("room: whoever is sent only what is sealed listens unproven, and says nothing", () => {
  const made = makeRoom({ key: KEY });
  const sealed = connect(made.hub, { ...REMOTE, isSealed: true });
  const outlet = new FakeOutlet();
  assert(made.hub.room.listen(sealed, outlet) instanceof Hearer);
  assertDenied(made.hub.room.enter(sealed, "Ann", outlet), RefusalCode.sealRequired, "key");
  const post = { name: "Ann", id: sampleId(1), text: "hello" };
  assertDenied(made.hub.room.post(sealed, post), RefusalCode.sealRequired, "key");
  made.hub.prove(sealed);
  assert(made.hub.room.enter(sealed, "Ann", outlet) instanceof Member);
  const open = connect(made.hub, LOCAL);
  const denied = made.hub.room.listen(open, new FakeOutlet());
  assertDenied(denied, RefusalCode.sealRequired, "key");
});

test("room: without a key nothing is sealed, whatever a listener says", () => {
  const made = makeRoom();
  const peer = connect(made.hub, { ...REMOTE, isSealed: true });
  const denied = made.hub.room.listen(peer, new FakeOutlet());
  assertDenied(denied, RefusalCode.forbidden, "own machine");
});

test("room: what somebody says who is not there comes to all, under a name that is free", async () => {
  const made = makeRoom();
  const [ann, listener] = [come(made, "Ann"), listen(made)];
  const poster = connect(made.hub, { ...LOCAL, dialect: "udp" });
  const post = { name: "Ann", id: sampleId(1), text: "hello" };
  assertEquals(await made.hub.room.post(poster, post), {
    ...{ kind: "receipt", id: sampleId(1) },
    ...{ storedAtMs: 2000, duplicate: false },
  });
  for (const { outlet } of [ann, listener]) {
    assertEquals(outlet.words, ["Ann 2: hello"]);
    assertEquals(outlet.events[0]!.dialect, "udp");
    assertEquals(outlet.originals, [undefined]);
  }
  assertEquals(made.hub.room.size, 1);
  const again = await made.hub.room.post(poster, { ...post, name: "Bob" });
  assert("kind" in again && again.duplicate);
  assertEquals(ann.outlet.texts, ["hello"]);
  const other = await made.hub.room.post(poster, { ...post, text: "good bye" });
  assertDenied(other, RefusalCode.invalid, "Something else");
  assertEquals(made.events.of("message").map(({ name, duplicate }) => [name, duplicate]), [
    ["Ann 2", false],
    ["Bob", true],
  ]);
});

test("room: who is not there says nothing that a member could not, nor by such a name", () => {
  const made = makeRoom();
  const peer = connect(made.hub);
  const post = (name: string, text: string) =>
    made.hub.room.post(peer, { name, id: sampleId(1), text });
  assertDenied(post("", "hello"), RefusalCode.invalid, "empty");
  assertDenied(post("a\u202eb", "hello"), RefusalCode.invalid, "not seen");
  assertDenied(post("Ann", ""), RefusalCode.invalid, "empty");
  assertDenied(post("Ann", "\x1b[2J"), RefusalCode.invalid, "control");
  assertDenied(post("Ann", "x".repeat(MAX_SAY_BYTES + 1)), RefusalCode.tooLarge, "longer");
  const stranger = connect(made.hub, REMOTE);
  const denied = made.hub.room.post(stranger, { name: "Ann", id: sampleId(1), text: "hello" });
  assertDenied(denied, RefusalCode.forbidden, "own machine");
});

test("room: who is not there has as much on the way as a member, whose tokens count", async () => {
  const made = makeRoom();
  made.store.isHoldingEvents = true;
  const [peer, other] = [connect(made.hub), connect(made.hub)];
  const ann = come(made, "Ann");
  let number = 0;
  const post = (from: Peer) =>
    made.hub.room.post(from, { name: "Bob", id: sampleId(++number), text: "hello" });
  const said = Array.from({ length: MAX_SAYING }, () => post(peer));
  assert(said.every((answer) => answer instanceof Promise));
  assertDenied(post(peer), RefusalCode.failed, "More is said");
  const others = post(other);
  const large = { ...ORIGINAL, bytes: MAX_SAYING_BYTES - "hello".length };
  const sayLarge = () => ann.member.say(sampleId(++number), "hello", large);
  assertDenied(sayLarge(), RefusalCode.failed, "More is said");
  made.store.releaseEvents();
  assert((await Promise.all([...said, others])).every((answer) => !isDenial(answer)));
  const later = sayLarge();
  made.store.releaseEvents();
  assert("kind" in await later);
});

test("room: a server that stops takes nobody who listens, and no post", async () => {
  const made = makeRoom();
  const peer = connect(made.hub);
  await stop(made.hub);
  const denied = made.hub.room.listen(peer, new FakeOutlet());
  assertDenied(denied, RefusalCode.shuttingDown, "stopping");
  const post = made.hub.room.post(peer, { name: "Ann", id: sampleId(1), text: "hello" });
  assertDenied(post, RefusalCode.shuttingDown, "stopping");
});

test("room: who hears itself hears its texts and files among the others', not that it came", async () => {
  const made = makeRoom();
  const ann = come(made, "Ann", new FakeOutlet({ hearsItself: true }));
  const bob = come(made, "Bob");
  await ann.member.say(sampleId(1), "one", ORIGINAL);
  await bob.member.say(sampleId(2), "two");
  ann.member.rename("Cem");
  await ann.member.say(sampleId(3), "three");
  assertEquals(ann.outlet.words, ["Bob came", "Ann: one", "Bob: two", "Cem: three"]);
  assertEquals(ann.outlet.originals, [undefined, ORIGINAL, undefined, undefined]);
  assertEquals(bob.outlet.texts, ["one", "three"]);
});

test("room: a new name is told to the others, and the old one is free", async () => {
  const made = makeRoom();
  const [ann, bob] = [come(made, "Ann"), come(made, "Bob")];
  assertEquals(ann.member.rename(" Cem "), undefined);
  assertEquals(ann.member.name, "Cem");
  const told = bob.outlet.events.map(({ name, what }) => [name, what]);
  assertEquals(told, [
    ["Ann", { type: "left", reason: "is now called Cem" }],
    ["Cem", { type: "came" }],
  ]);
  assertEquals(made.events.of("renamed"), [
    { event: "renamed", peer: LOCAL, name: "Cem", before: "Ann" },
  ]);
  // In the order that they came in, under whatever name.
  assertEquals(made.hub.room.who().members.map(({ name }) => name), ["Cem", "Bob"]);
  assertEquals(come(made, "Ann").member.name, "Ann");
  await ann.member.say(sampleId(1), "hello");
  assertEquals(bob.outlet.words.at(-1), "Cem: hello");
});

test("room: a name that is taken gets a number, one's own does not stand in the way", () => {
  const made = makeRoom();
  const [ann, other] = [come(made, "Ann"), come(made, "Ann")];
  assertEquals(other.member.name, "Ann 2");
  for (const wanted of ["Ann", "Ann 2"]) {
    assertEquals(other.member.rename(wanted), undefined);
    assertEquals(other.member.name, "Ann 2");
  }
  assertEquals(made.events.of("renamed"), []);
  ann.member.rename("ANN");
  assertEquals(ann.member.name, "ANN");
  ann.member.leave("tested");
  other.member.rename("Ann");
  assertEquals(other.member.name, "Ann");
  assertDenied(other.member.rename("\n"), RefusalCode.invalid, "control");
  assertEquals(other.member.name, "Ann");
  assertDenied(ann.member.rename("Bob"), RefusalCode.notInRoom, "join");
});

test("room: nobody is called as the server is", async () => {
  const made = makeRoom({ name: "Yard 2" });
  assertEquals([come(made, "YARD 2").member.name, come(made, "Wagons").member.name], [
    "YARD 2 2",
    "Wagons 2",
  ]);
  const [one, two] = [come(made, "yard"), come(made, "Yard")];
  assertEquals([one.member.name, two.member.name], ["yard", "Yard 3"]);
  one.member.rename("yard 2");
  assertEquals(one.member.name, "yard 2 3");
  await made.hub.room.post(connect(made.hub), { name: "Yard 2", id: sampleId(1), text: "hello" });
  assertEquals(two.outlet.words.at(-1), "Yard 2 4: hello");
});

test("room: to leave twice frees no name that another one has by then", () => {
  const made = makeRoom();
  const ann = come(made, "Ann");
  ann.member.leave("tested");
  come(made, "Ann");
  made.hub.leave(ann.peer, "tested again");
  assertEquals(come(made, "Ann").member.name, "Ann 2");
});

test("room: who is put out over what its own new name brings has left by that name, once", () => {
  const made = makeRoom();
  const [ann, bob, cem] = [come(made, "Ann"), come(made, "Bob"), come(made, "Cem")];
  // Ann's new name is too much for Bob, and that he goes is too much for her.
  for (const { outlet } of [ann, bob]) outlet.room = outlet.events.length;
  ann.member.rename("Dov");
  assertEquals([ann, bob].map(({ member }) => member.isPresent), [false, false]);
  assertEquals(cem.outlet.words, ["Ann left", "Dov came", "Bob left", "Dov left"]);
  assertEquals(made.hub.room.who().members.map(({ name }) => name), ["Cem"]);
  for (const name of ["Ann", "Bob", "Dov"]) assertEquals(come(made, name).member.name, name);
});

test("room: a listener that is put out over what its entering brings is not there, and has left", () => {
  const made = makeRoom();
  const { peer, outlet } = listen(made);
  const [bob, cem] = [come(made, "Bob"), come(made, "Cem")];
  for (const one of [outlet, bob.outlet]) one.room = one.events.length;
  const member = made.hub.room.enter(peer, "Ann", outlet);
  assert(member instanceof Member);
  assertEquals([member.isPresent, outlet.refusal?.code], [false, RefusalCode.tooSlow]);
  assertEquals(cem.outlet.words, ["Ann came", "Bob left", "Ann left"]);
  assertEquals(made.hub.room.who().members.map(({ name }) => name), ["Cem"]);
  assertDenied(member.say(sampleId(1), "wait"), RefusalCode.notInRoom, "join");
  assertEquals(come(made, "Ann").member.name, "Ann");
});
