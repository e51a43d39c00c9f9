/** The room over real connections, by each listener that speaks the protocol of wagons.proto. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { MAX_SAY_BYTES, MAX_SAYING, MAX_WAITING_EVENTS } from "../../lib/limits/room.ts";
import { type Message, type Received, RefusalCode } from "../../lib/wire/messages.ts";
import type { RoomEvent } from "../../lib/wire/room_messages.ts";
import { RawClient } from "../helpers/raw_client.ts";
import { FAST, sampleId } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";
import { TestServer } from "../helpers/test_server.ts";
import { turn } from "../helpers/turn.ts";

for (const scheme of ["tcp", "tls"]) {
  test(`room by ${scheme}: what one says comes to the others, and not to the one`, async () => {
    await using server = await TestServer.start({ scheme });
    using ann = await joined(server, "Ann");
    using bob = await joined(server, "Bob");
    assertEquals(words(await ann.receive()), "Bob came");
    for (let i = 1; i <= 3; i++) await ann.send(say(i, `text ${i}`));
    const answers = await ann.receiveMany(3);
    assertEquals(answers.map((it) => it.kind === "receipt" && it.id), [1, 2, 3].map(sampleId));
    const events = await bob.receiveMany(3) as RoomEvent[];
    assertEquals(events.map(words), ["Ann: text 1", "Ann: text 2", "Ann: text 3"]);
    assertEquals(events.map(({ number, dialect }) => [number, dialect]), [
      ...[1, 2, 3].map((number) => [number, scheme]),
    ]);
    bob.close();
    assertEquals(words(await ann.receive()), "Bob left");
  });

  test(`room by ${scheme}: Joined tells where one is, and history what was before`, async () => {
    await using server = await TestServer.start({ scheme });
    using ann = await joined(server, "Ann");
    for (let i = 1; i <= 5; i++) await ann.send(say(i, `${i}`));
    await ann.receiveMany(5);
    using bob = await RawClient.connect(server.endpoint);
    await bob.send({ kind: "join", name: " ann " });
    assertEquals(await bob.receive(), { kind: "joined", name: "ann 2", last: 5, members: 2 });
    await ann.send(say(6, "6"));
    await bob.receive();
    await bob.send({ kind: "historyRequest", after: 1, before: 6, limit: 3 });
    const history = await bob.receive();
    assert(history?.kind === "history");
    assertEquals(history.events.map(words), ["Ann: 2", "Ann: 3", "Ann: 4"]);
    assertEquals(history.oldest, 1);
  });

  test(`room by ${scheme}: only members may say something, all may ask`, async () => {
    await using server = await TestServer.start({ scheme });
    using client = await RawClient.connect(server.endpoint);
    await client.send(say(1, "hello"));
    assertRefusal(await client.receive(), RefusalCode.notInRoom, "join it first", sampleId(1));
    await client.send({ kind: "who" });
    assertEquals(await client.receive(), { kind: "members", members: [], total: 0 });
    await client.send({ kind: "historyRequest", limit: 5 });
    assertEquals(await client.receive(), { kind: "history", events: [] });
    assertEquals(server.store.eventNumbers().last, 0);
  });

  test(`room by ${scheme}: who joins twice stays what it is`, async () => {
    await using server = await TestServer.start({ scheme });
    using ann = await joined(server, "Ann");
    await ann.send({ kind: "join", name: "Bob" });
    assertRefusal(await ann.receive(), RefusalCode.invalid, "already");
    await ann.send({ kind: "who" });
    const answer = await ann.receive();
    assertEquals(answer?.kind === "members" && answer.members.map(({ name }) => name), ["Ann"]);
  });

  test(`room by ${scheme}: who may not send a manifest may not ask either`, async () => {
    await using server = await TestServer.start({ scheme, hub: { key: new Uint8Array(32) } });
    using client = await RawClient.connect(server.endpoint);
    const messages: Message[] = [
      { kind: "join", name: "Ann" },
      { kind: "who" },
      { kind: "historyRequest", limit: 5 },
    ];
    for (const message of messages) {
      await client.send(message);
      assertRefusal(await client.receive(), RefusalCode.sealRequired, "opens its room");
    }
  });

  test(`room by ${scheme}: a flood of texts is taken as far as others hear it, the rest is refused`, async () => {
    await using server = await TestServer.start({ scheme });
    using ann = await joined(server, "Ann");
    using bob = await joined(server, "Bob");
    await ann.receive();
    const count = 5 * MAX_SAYING;
    server.store.isHoldingEvents = true;
    await ann.send(...Array.from({ length: count }, (_, i) => say(i, `${i}`)));
    const refused = await ann.receiveMany(count - MAX_SAYING);
    for (const it of refused) assertRefusal(it, RefusalCode.failed, "Wait for the receipts");
    server.store.releaseEvents();
    const receipts = await ann.receiveMany(MAX_SAYING);
    assertEquals(receipts.filter(({ kind }) => kind !== "receipt"), []);
    const heard = await bob.receiveMany(MAX_SAYING);
    assertEquals(heard.map(words), Array.from({ length: MAX_SAYING }, (_, i) => `Ann: ${i}`));
  });

  test(`room by ${scheme}: a flood of questions is answered in order, as far as the answers are taken`, async () => {
    await using server = await TestServer.start({ scheme });
    using ann = await joined(server, "Ann");
    for (let i = 1; i <= 3; i++) await ann.send(say(i, "x".repeat(MAX_SAY_BYTES)));
    await ann.receiveMany(3);
    // Some 200 MB of answers, if they were made at once.
    const questions = Array.from({ length: 1000 }, (_, i): Message => (
      i % 2 === 0 ? { kind: "who" } : { kind: "historyRequest", limit: 10 }
    ));
    await ann.send(...questions);
    using bob = await joined(server, "Bob");
    await bob.send(say(9, "others are served"));
    assertEquals((await bob.receive())?.kind, "receipt");
    const answers = (await ann.receiveMany(1002)).filter(({ kind }) => kind !== "roomEvent");
    const wanted = questions.map(({ kind }) => kind === "who" ? "members" : "history");
    assertEquals(answers.map(({ kind }) => kind), wanted);
  });

  test(`room by ${scheme}: a member that never reads is put out, the others get everything`, async () => {
    await using server = await TestServer.start({ scheme });
    using ann = await joined(server, "Ann");
    using bob = await joined(server, "Bob");
    using mute = await joined(server, "Mute");
    const text = "x".repeat(MAX_SAY_BYTES);
    let said = 0;
    const reading = (async () => {
      const numbers: number[] = [];
      for (;;) {
        const event = await bob.receive();
        assert(event?.kind === "roomEvent");
        if (event.number > 0) numbers.push(event.number);
        if (event.what.type === "left") return numbers;
      }
    })();
    // Until what the system holds for it is full, and what we hold.
    while (server.events.of("memberDropped").length === 0) {
      await ann.send(say(++said, text));
      while ((await ann.receive())?.kind !== "receipt");
    }
    assertEquals(await reading, Array.from({ length: said }, (_, i) => i + 1));
    const { name, reason } = server.events.of("memberDropped")[0]!;
    assertEquals([name, reason], ["Mute", "too many events were waiting"]);
    // What it gets when it reads at last: whole events, in order, and the reason at the end.
    let last: Received | undefined;
    let number = 0;
    for (const message of await mute.receiveToEnd()) {
      if (message.kind === "roomEvent" && message.number > 0) {
        assertEquals(message.number, ++number);
      }
      last = message;
    }
    assert(number < said, "it did not get all");
    assertRefusal(last!, RefusalCode.tooSlow, "put out of the room");
  });

  test(`room by ${scheme}: small events that nobody takes are bounded by their count`, async () => {
    await using server = await TestServer.start({ scheme });
    using ann = await joined(server, "Ann");
    using _mute = await joined(server, "Mute");
    await ann.receive();
    let said = 0;
    while (server.events.of("memberDropped").length === 0) {
      const batch = Array.from({ length: MAX_SAYING }, () => say(++said, "x".repeat(500)));
      await ann.send(...batch);
      for (let receipts = 0; receipts < MAX_SAYING;) {
        if ((await ann.receive())?.kind === "receipt") receipts++;
      }
    }
    assert(said > MAX_WAITING_EVENTS);
  });

  test(`room by ${scheme}: requests of a member are answered while events wait for it`, async () => {
    await using server = await TestServer.start({ scheme });
    using ann = await joined(server, "Ann");
    using bob = await joined(server, "Bob");
    await ann.receive();
    await ann.send(...Array.from({ length: 50 }, (_, i) => say(i + 1, `${i}`)));
    await bob.send(FAST, { kind: "who" }, say(100, "hello"));
    const got = await bob.receiveMany(53);
    const events = got.filter(({ kind }) => kind === "roomEvent");
    assertEquals(events.length, 50);
    const answers = got.map(({ kind }) => kind).filter((kind) => kind !== "roomEvent").sort();
    assertEquals(answers, ["fastResponse", "members", "receipt"]);
  });

  test(`room by ${scheme}: a server that stops sends what was said before it closes`, async () => {
    const server = await TestServer.start({ scheme });
    using ann = await joined(server, "Ann");
    using bob = await joined(server, "Bob");
    await ann.receive();
    server.store.isHoldingEvents = true;
    await ann.send(say(1, "hello"));
    while (server.store.heldEvents.length === 0) await turn();
    const stopping = server[Symbol.asyncDispose]();
    server.store.releaseEvents();
    assertEquals((await ann.receiveToEnd()).map(({ kind }) => kind), ["receipt"]);
    assertEquals((await bob.receiveToEnd()).map(words), ["Ann: hello"]);
    for (const client of [ann, bob]) client.close();
    await stopping;
  });
}

test("room by tcp and tls: is the same for both", async () => {
  await using server = await TestServer.start({ scheme: "tcp" });
  await using other = await server.alsoListen("tls");
  using ann = await joined(server, "Ann");
  using bob = await joined(other, "Ann");
  assertEquals(words(await ann.receive()), "Ann 2 came");
  await bob.send(say(1, "hello"));
  assertEquals(words(await ann.receive()), "Ann 2: hello");
  await ann.send({ kind: "who" });
  const answer = await ann.receive();
  assert(answer?.kind === "members");
  assertEquals(answer.members.map(({ name, dialect }) => [name, dialect]), [
    ["Ann", "tcp"],
    ["Ann 2", "tls"],
  ]);
});

async function joined(
  { endpoint }: Pick<TestServer, "endpoint">,
  name: string,
): Promise<RawClient> {
  const client = await RawClient.connect(endpoint);
  await client.send({ kind: "join", name });
  const answer = await client.receive();
  assert(answer?.kind === "joined", `the answer is ${JSON.stringify(answer)}`);
  return client;
}

function say(number: number, text: string): Message {
  return { kind: "say", id: sampleId(number), text };
}

function words(message: Received | null): string {
  if (message?.kind !== "roomEvent") return JSON.stringify(message);
  const { name, what } = message;
  return what.type === "text" ? `${name}: ${what.text}` : `${name} ${what.type}`;
}

function assertRefusal(
  answer: Received | null,
  code: RefusalCode,
  text: string,
  id?: string,
): void {
  assert(answer?.kind === "refusal", `the answer is ${JSON.stringify(answer)}`);
  assertEquals(answer.code, code);
  if (id !== undefined) assertEquals(answer.id, id);
  assertStringIncludes(answer.text, text);
}
