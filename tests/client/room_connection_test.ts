import { assert, assertEquals, assertRejects } from "@std/assert";
import { RoomConnection, type RoomConnectionOptions } from "../../lib/client/room_connection.ts";
import { ServerRefusedError } from "../../lib/client/failures.ts";
import {
  ProtocolError,
  RefusedError,
  TimedOutError,
  UnreachableError,
  UsageError,
} from "../../lib/errors.ts";
import { CHUNK_BYTES } from "../../lib/limits/files.ts";
import { MAX_SAY_BYTES, MAX_WAITING_EVENTS } from "../../lib/limits/room.ts";
import { type Message, RefusalCode } from "../../lib/wire/messages.ts";
import type { RoomEvent } from "../../lib/wire/room_messages.ts";
import { RawClient } from "../helpers/raw_client.ts";
import { sampleBytes } from "../helpers/sample_files.ts";
import { sampleId, sampleKey } from "../helpers/samples.ts";
import { ScriptedServer } from "../helpers/scripted_server.ts";
import { test } from "../helpers/strict.ts";
import { TestServer } from "../helpers/test_server.ts";

const KEY = sampleKey(7);

for (const key of [undefined, KEY]) {
  const how = key === undefined ? "plain" : "sealed";
  const hub = key === undefined ? {} : { key };
  const options = key === undefined ? {} : { key };

  test(`room connection, ${how}: members talk, ask who is there, and for what was said`, async () => {
    await using server = await TestServer.start({ hub });
    const ann = await join(server, "Ann", options);
    const bob = await join(server, "ann", options);
    assertEquals([ann.name, ann.last, bob.name, bob.last], ["Ann", 0, "ann 2", 0]);
    assertEquals(words(await ann.next()), "ann 2 came");
    await ann.say(sampleId(1), "hello");
    await ann.say(sampleId(1), "hello");
    await bob.say(sampleId(2), "x".repeat(MAX_SAY_BYTES));
    assertEquals(words(await bob.next()), "Ann: hello");
    assertEquals((await ann.next()).number, 2);
    const [who, some, all] = await Promise.all([
      bob.who(),
      bob.history({ kind: "historyRequest", limit: 1 }),
      bob.history({ kind: "historyRequest", limit: 10, after: 0 }),
    ]);
    assertEquals(who.members.map(({ name }) => name), ["Ann", "ann 2"]);
    assertEquals(some.events.map(({ number }) => number), [2]);
    assertEquals(all.events.map(({ number }) => number), [1, 2]);
    bob.close();
    assertEquals(words(await ann.next()), "ann 2 left");
    ann.close();
  });
}

test("room connection: much is said at once and answered by its ids", async () => {
  await using server = await TestServer.start();
  const [ann, bob] = [await join(server, "Ann"), await join(server, "Bob")];
  await ann.next();
  const numbers = Array.from({ length: 50 }, (_, i) => i);
  const saying = Promise.all([
    ...numbers.map((i) => ann.say(sampleId(i), `${i}`)),
    // One that is refused concerns no other.
    assertRejects(() => ann.say(sampleId(99), "\x1b"), ServerRefusedError, "control"),
    ...numbers.slice(0, 5).map((i) => ann.say(sampleId(i), `${i}`)),
    ann.who(),
  ]);
  for (const i of numbers) assertEquals(words(await bob.next()), `Ann: ${i}`);
  await saying;
  for (const link of [ann, bob]) link.close();
});

test("room connection: a name that cannot be used is refused, and so is who has no key", async () => {
  await using server = await TestServer.start({ hub: { key: KEY } });
  await assertRejects(() => join(server, "\u202e", { key: KEY }), RefusedError, "not seen");
  await assertRejects(() => join(server, "Ann"), RefusedError, "sealed session");
});

test("room connection: what came before it is lost is still there, then it says why", async () => {
  const server = await TestServer.start();
  const [ann, bob] = [await join(server, "Ann"), await join(server, "Bob")];
  await ann.next();
  await ann.say(sampleId(1), "hello");
  const next = ann.next();
  await Promise.all([
    server[Symbol.asyncDispose](),
    assertRejects(() => next, UnreachableError, "closed the connection"),
  ]);
  assertEquals(words(await bob.next()), "Ann: hello");
  await assertRejects(() => bob.next(), UnreachableError, "closed the connection");
  for (const ask of [() => bob.who(), () => bob.say(sampleId(2), "x")]) {
    await assertRejects(ask, UnreachableError, "closed the connection");
  }
});

test("room connection: who closes it gets everything that waits rejected", async () => {
  await using server = await TestServer.start();
  const ann = await join(server, "Ann");
  server.store.isHoldingEvents = true;
  using channel = ann.channel(sampleId(5));
  const waiting = [ann.next(), ann.say(sampleId(1), "x"), channel.receive()]
    .map((it: Promise<unknown>) => assertRejects(() => it, UnreachableError, "was closed"));
  ann.close();
  ann.close();
  await Promise.all(waiting);
  using late = ann.channel(sampleId(6));
  await assertRejects(() => late.receive(), UnreachableError, "was closed");
  server.store.releaseEvents();
});

test("room connection: it can be given up while it joins", async () => {
  const give = new AbortController();
  await using server = await ScriptedServer.start(() => {
    give.abort(new Error("given up"));
    return [];
  });
  const joining = join(server, "Ann", { signal: give.signal });
  await assertRejects(() => joining, Error, "given up");
});

test("room connection: an answer that does not come ends it", async () => {
  await using server = await ScriptedServer.start(joinedOr([]));
  const ann = await join(server, "Ann", { answerTimeoutMs: 50 });
  const next = assertRejects(() => ann.next(), TimedOutError);
  await assertRejects(() => ann.say(sampleId(1), "x"), TimedOutError, "50ms");
  await next;
});

const harmful: [what: string, message: Message, why: string][] = [
  ["members that nobody asked for", { kind: "members", members: [], total: 0 }, "members"],
  ["history that nobody asked for", { kind: "history", events: [] }, "history"],
  ["a request", { kind: "fastRequest" }, "fastRequest"],
  ["a refusal of all", { kind: "refusal", code: RefusalCode.failed, text: "Go away." }, "Go away"],
];
for (const [what, message, why] of harmful) {
  test(`room connection: ${what} ends it`, async () => {
    await using server = await ScriptedServer.start(joinedOr([message]));
    const ann = await join(server, "Ann");
    const next = assertRejects(() => ann.next(), RefusedError, why);
    await assertRejects(() => ann.say(sampleId(1), "x"), RefusedError, why);
    await next;
  });
}

test("room connection: another answer than the one that was asked for ends it", async () => {
  await using server = await ScriptedServer.start(joinedOr([{ kind: "history", events: [] }]));
  const ann = await join(server, "Ann");
  await assertRejects(() => ann.who(), ProtocolError, "history");
  await assertRejects(() => ann.next(), ProtocolError, "history");
});

test("room connection: to be put out is no answer to a question", async () => {
  const text = "You were put out of the room.";
  const message: Message = { kind: "refusal", code: RefusalCode.tooSlow, text };
  await using server = await ScriptedServer.start(joinedOr([message]));
  const ann = await join(server, "Ann");
  await assertRejects(() => ann.who(), ServerRefusedError, "put out");
  await assertRejects(() => ann.next(), ServerRefusedError, "put out");
});

test("room connection: a refused question is no more than that", async () => {
  const message: Message = { kind: "refusal", code: RefusalCode.failed, text: "Not now." };
  await using server = await ScriptedServer.start(joinedOr([message]));
  const ann = await join(server, "Ann");
  for (let i = 0; i < 3; i++) await assertRejects(() => ann.who(), ServerRefusedError, "Not now");
  ann.close();
});

test("room connection: a channel gets what has its id, and nothing after it is closed", async () => {
  const [mine, other] = [sampleId(1), sampleId(2)];
  const messages: Message[] = [
    { kind: "fileProgress", id: mine, durableBytes: 1, maxChunkBytes: 1 },
    { kind: "fileProgress", id: other, durableBytes: 2, maxChunkBytes: 1 },
    { kind: "fileChunk", id: mine, offset: 0, data: new Uint8Array(3) },
    { kind: "refusal", id: mine, code: RefusalCode.notFound, text: "no" },
    { kind: "receipt", id: mine, storedAtMs: 5, duplicate: false },
  ];
  await using server = await ScriptedServer.start(joinedOr(messages));
  const ann = await join(server, "Ann");
  const channel = ann.channel(mine);
  await channel.send({ kind: "findFile", id: mine });
  const kinds = [];
  for (let i = 0; i < 4; i++) kinds.push((await channel.receive()).kind);
  assertEquals(kinds, ["fileProgress", "fileChunk", "refusal", "receipt"]);
  channel[Symbol.dispose]();
  using again = ann.channel(other);
  await again.send({ kind: "findFile", id: other });
  assertEquals((await again.receive()).kind, "fileProgress");
  ann.close();
});

test("room connection: who does not take its events stops reading, and goes on later", async () => {
  await using server = await TestServer.start();
  const [ann, bob] = [await join(server, "Ann"), await join(server, "Bob")];
  await ann.next();
  const count = 2 * MAX_WAITING_EVENTS;
  for (let i = 1; i <= count; i++) await ann.say(sampleId(i), `${i}`);
  const asked = bob.who();
  for (let i = 1; i <= count; i++) assertEquals(words(await bob.next()), `Ann: ${i}`);
  assertEquals((await asked).total, 2);
  for (const link of [ann, bob]) link.close();
});

test("room connection: a file is offered while people talk, and saved by another", async () => {
  await using server = await TestServer.start();
  const folder = await Deno.makeTempDir();
  try {
    const [ann, bob] = [await join(server, "Ann"), await join(server, "Bob")];
    await ann.next();
    const content = crypto.getRandomValues(new Uint8Array(60_000));
    await Deno.writeFile(`${folder}/train.jpg`, content);
    const doneBytes: number[] = [];
    await Promise.all([
      ann.offer(sampleId(1), `${folder}/train.jpg`, {
        onProgress: (progress) => doneBytes.push(progress.doneBytes),
      }),
      ann.say(sampleId(2), "look"),
    ]);
    assertEquals(doneBytes.at(-1), content.length);
    const events = [await bob.next(), await bob.next()].map(({ what }) => what);
    const offered = events.find((what) => what.type === "file")!;
    assertEquals([offered.file.name, offered.file.size], ["train.jpg", content.length]);
    const path = await bob.save(offered.file, `${folder}`);
    assert(path !== `${folder}/train.jpg`, path);
    assertEquals(await Deno.readFile(path), content);
    const { signal } = new AbortController();
    await assertRejects(
      () => ann.offer(sampleId(3), `${folder}/none`, { signal }),
      UsageError,
      "no such file",
    );
    for (const link of [ann, bob]) link.close();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("room connection: a file that was given up can be saved at once, as often as one likes", async () => {
  await using server = await TestServer.start();
  const [from, to] = [await Deno.makeTempDir(), await Deno.makeTempDir()];
  try {
    const [ann, bob] = [await join(server, "Ann"), await join(server, "Bob")];
    await ann.next();
    const content = sampleBytes(20 * CHUNK_BYTES);
    await Deno.writeFile(`${from}/train.jpg`, content);
    await ann.offer(sampleId(1), `${from}/train.jpg`);
    const { what } = await bob.next();
    assert(what.type === "file");
    for (let tries = 1; tries <= 3; tries++) {
      const give = new AbortController();
      const onProgress = ({ doneBytes }: { doneBytes: number }) => {
        if (doneBytes >= tries * CHUNK_BYTES) give.abort(new Error("given up"));
      };
      const saving = bob.save(what.file, to, { onProgress, signal: give.signal });
      await assertRejects(() => saving, Error, "given up");
    }
    assertEquals(await Deno.readFile(await bob.save(what.file, to)), content);
    for (const link of [ann, bob]) link.close();
  } finally {
    for (const folder of [from, to]) await Deno.remove(folder, { recursive: true });
  }
});

test("room connection: another program's member hears the same", async () => {
  await using server = await TestServer.start();
  const ann = await join(server, "Ann");
  using raw = await RawClient.connect(server.endpoint);
  await raw.send({ kind: "join", name: "Raw" });
  await raw.receive();
  await ann.next();
  await raw.send({ kind: "say", id: sampleId(1), text: "hello" });
  assertEquals(words(await ann.next()), "Raw: hello");
  ann.close();
});

/** Answers a Join, and anything else with what is wanted. */
function joinedOr(messages: Message[]): (message: { kind: string }) => Message[] {
  return ({ kind }) =>
    kind === "join" ? [{ kind: "joined", name: "Ann", last: 0, members: 1 }] : messages;
}

async function join(
  { endpoint }: Pick<TestServer, "endpoint">,
  name: string,
  options: Partial<RoomConnectionOptions> = {},
): Promise<RoomConnection> {
  return await RoomConnection.join(endpoint, { name, ...options });
}

function words({ name, what }: RoomEvent): string {
  assert(what.type !== "file");
  return what.type === "text" ? `${name}: ${what.text}` : `${name} ${what.type}`;
}
