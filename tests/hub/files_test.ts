import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { setImmediate } from "node:timers";
import type { Answer } from "../../lib/hub/answer.ts";
import { Hub } from "../../lib/hub/hub.ts";
import type { HubOptions } from "../../lib/hub/hub_options.ts";
import { Peer } from "../../lib/hub/peer.ts";
import {
  CHUNK_MEMORY_BYTES,
  MAX_CHUNK_BYTES,
  MAX_LISTED_FILES,
  MAX_UPLOADS,
  MAX_WRITING_BYTES,
} from "../../lib/limits/files.ts";
import { UPLOAD_SYNC_BYTES } from "../../lib/limits/store.ts";
import { type Message, type Received, RefusalCode } from "../../lib/wire/messages.ts";
import type { PutFile } from "../../lib/wire/file_messages.ts";
import type { RoomEvent } from "../../lib/wire/room_messages.ts";
import { EventLog } from "../helpers/events.ts";
import { HeldStore } from "../helpers/held_store.ts";
import { chunk, read, sampleBytes, samplePut } from "../helpers/sample_files.ts";
import { LOCAL, REMOTE, sampleId, sampleKey } from "../helpers/samples.ts";
import { stop, stopped } from "../helpers/stopped.ts";
import { test } from "../helpers/strict.ts";

const ID = sampleId(1);
const BYTES = sampleBytes(1000);

function makeHub(options: Partial<HubOptions> = {}) {
  const [store, events] = [new HeldStore(), new EventLog()];
  const hub = new Hub({ store, onEvent: events.take, ...options });
  const join = (info = LOCAL): Peer => {
    const peer = hub.connect(info);
    assert(peer instanceof Peer);
    return peer;
  };
  const say = (message: Received, by = peer): Promise<Message | undefined> =>
    settle(hub.handle(by, message, 0));
  const peer = join();
  return { hub, store, events, peer, join, say };
}

/** What is answered in the end. */
async function settle(answer: Answer): Promise<Message | undefined> {
  const given = await answer;
  return given?.kind === "lazy" ? await given.make() : given;
}

function progress(durableBytes: number, id = ID): Message {
  return { kind: "fileProgress", id, durableBytes, maxChunkBytes: MAX_CHUNK_BYTES };
}

function receipt(duplicate = false, id = ID): Message {
  return { kind: "receipt", id, storedAtMs: 1000, duplicate };
}

function assertRefused(answer: Message | undefined, code: RefusalCode, id?: string): string {
  assert(answer?.kind === "refusal", answer?.kind);
  assertEquals([answer.code, answer.id], [code, id]);
  return answer.text;
}

test("files: a file is put in chunks, and kept when all of them are there", async () => {
  const { say, store, events, peer } = makeHub();
  assertEquals(await say(samplePut(BYTES)), progress(0));
  assertEquals(store.openUploads, 1);
  assertEquals(await say(chunk(BYTES, 0, 400)), undefined);
  assertEquals(await say(chunk(BYTES, 400, 999)), undefined);
  assertEquals(await say(chunk(BYTES, 999)), receipt());
  assertEquals(store.openUploads, 0);
  const file = store.file(ID)!;
  assertEquals([file.name, file.size, file.source], ["план.pdf", 1000, "Yard 7"]);
  assertEquals(events.of("file"), [{ event: "file", peer: peer.info, file, duplicate: false }]);
  assertEquals(await say(read(0, 1000)), chunk(BYTES, 0));
  assertEquals(await say(read(990, 1000)), chunk(BYTES, 990));
  assertEquals(await say(read(1000, 1)), chunk(BYTES, 1000));
});

test("files: a sender is told each time that much more is on the disk", async () => {
  const { say, store } = makeHub();
  const bytes = new Uint8Array(2 * UPLOAD_SYNC_BYTES + 3 * MAX_CHUNK_BYTES);
  await say(samplePut(bytes));
  const told: number[] = [];
  for (let at = 0; at < bytes.length; at += MAX_CHUNK_BYTES) {
    const answer = await say(chunk(bytes, at, Math.min(at + MAX_CHUNK_BYTES, bytes.length)));
    if (answer?.kind === "fileProgress") told.push(answer.durableBytes);
  }
  assertEquals([told.length, store.syncs], [2, 2]);
  for (const [i, durable] of told.entries()) {
    const least = (i + 1) * UPLOAD_SYNC_BYTES;
    assert(durable >= least && durable < least + 2 * MAX_CHUNK_BYTES, `${durable}`);
  }
  assertEquals(store.file(ID)?.size, bytes.length);
});

test("files: an empty file, and one that is there already, need no chunk", async () => {
  const { say, store, events } = makeHub();
  const empty = samplePut(new Uint8Array(0));
  assertEquals(await say(empty), receipt());
  assertEquals(await say(empty), receipt(true));
  const [first, second] = [sampleId(2), sampleId(3)];
  await say(samplePut(BYTES, { id: first }));
  assertEquals(await say(chunk(BYTES, 0, 1000, first)), receipt(false, first));
  assertEquals(await say(samplePut(BYTES, { id: second })), receipt(false, second));
  assertEquals(await say(samplePut(BYTES, { id: second })), receipt(true, second));
  assertEquals(events.of("file").map(({ duplicate }) => duplicate), [
    false,
    true,
    false,
    false,
    true,
  ]);
  assertEquals([store.openUploads, store.files(0, 9).length], [0, 3]);
});

test("files: what has come stays for the next one, whoever that is", async () => {
  const { hub, say, peer, join, store } = makeHub();
  await say(samplePut(BYTES));
  await say(chunk(BYTES, 0, 300));
  hub.leave(peer, "tested");
  const other = join();
  assertEquals(await say(samplePut(BYTES, { id: sampleId(2) }), other), progress(300, sampleId(2)));
  assertEquals(
    await say(chunk(BYTES, 300, 1000, sampleId(2)), other),
    receipt(false, sampleId(2)),
  );
  assertEquals(store.openUploads, 0);
});

test("files: a sender that gives up is not answered, and can go on", async () => {
  const { say, store } = makeHub();
  await say(samplePut(BYTES));
  await say(chunk(BYTES, 0, 300));
  assertEquals(await say(chunk(BYTES, 300, 300)), undefined);
  assertEquals(store.syncs, 1);
  assertEquals(await say(samplePut(BYTES)), progress(300));
});

const BAD_CHUNKS: [string, (say: (message: Received) => Promise<unknown>) => Promise<unknown>][] = [
  ["with a gap before it", (say) => say(chunk(BYTES, 301, 400))],
  ["that comes twice", (say) => say(chunk(BYTES, 0, 300))],
  [
    "beyond the end",
    (say) => say({ kind: "fileChunk", id: ID, offset: 300, data: new Uint8Array(701) }),
  ],
];
for (const [name, send] of BAD_CHUNKS) {
  test(`files: a chunk ${name} ends the upload, and not the connection`, async () => {
    const { say, store } = makeHub();
    await say(samplePut(BYTES));
    await say(chunk(BYTES, 0, 300));
    assertRefused(await send(say) as Message, RefusalCode.invalid, ID);
    // Those that were on their way are passed over.
    assertEquals(await say(chunk(BYTES, 300, 400)), undefined);
    assertEquals(await say(chunk(BYTES, 400, 500)), undefined);
    assertEquals(await say(samplePut(BYTES)), progress(300));
    assertEquals(await say(chunk(BYTES, 300)), receipt());
    assertEquals(store.openUploads, 0);
  });
}

test("files: a chunk without a PutFile is refused once", async () => {
  const { say } = makeHub();
  assertRefused(await say(chunk(BYTES, 0, 10)), RefusalCode.invalid, ID);
  assertEquals(await say(chunk(BYTES, 10, 20)), undefined);
});

test("files: of those that were refused only some are remembered", async () => {
  const { say } = makeHub();
  const ids = Array.from({ length: MAX_UPLOADS + 1 }, (_, i) => sampleId(i));
  for (const id of ids) assertRefused(await say(chunk(BYTES, 0, 1, id)), RefusalCode.invalid, id);
  assertEquals(await say(chunk(BYTES, 1, 2, ids.at(-1))), undefined);
  assertRefused(await say(chunk(BYTES, 1, 2, ids[0])), RefusalCode.invalid, ids[0]);
});

test("files: content that is not what was promised is not kept", async () => {
  const { say, store, events } = makeHub();
  await say(samplePut(BYTES));
  await say(chunk(sampleBytes(1000, 2), 0, 500));
  assertRefused(await say(chunk(BYTES, 500)), RefusalCode.invalid, ID);
  assertEquals([store.file(ID), store.openUploads, events.of("fault")], [undefined, 0, []]);
  assertEquals(await say(samplePut(BYTES)), progress(0));
});

test("files: who begins a content that is being put is to ask again, and harms nobody", async () => {
  const { hub, say, join, peer, store, events } = makeHub();
  const other = join();
  await say(samplePut(BYTES));
  await say(chunk(BYTES, 0, 300));
  const id = sampleId(2);
  const busy = await say(samplePut(BYTES, { id }), other);
  assertStringIncludes(assertRefused(busy, RefusalCode.busy, id), "Somebody else");
  await say(chunk(BYTES, 300, 400));
  hub.leave(peer, "tested");
  assertEquals(await say(samplePut(BYTES, { id }), other), progress(400, id));
  assertEquals(await say(chunk(BYTES, 400, 1000, id), other), receipt(false, id));
  assertEquals([store.openUploads, events.of("fault")], [0, []]);
});

test("files: of two PutFile of one id without waiting the last one counts", async () => {
  const { say, store, events } = makeHub();
  const [first, second] = await Promise.all([say(samplePut(BYTES)), say(samplePut(BYTES))]);
  // One answer: with two of one id nobody knew which is whose.
  assertEquals([first, second], [undefined, progress(0)]);
  assertEquals(await say(chunk(BYTES, 0)), receipt());
  assertEquals([store.openUploads, events.of("fault")], [0, []]);
});

test("files: what is looked up for who leaves, and when the server stops, ends", async () => {
  for (const isLeaving of [true, false]) {
    const { hub, say, peer, store } = makeHub();
    store.isOpening = true;
    const answer = say(samplePut(BYTES));
    // The store has been asked by then.
    await new Promise<void>((resolve) => setImmediate(resolve));
    const ended = isLeaving ? hub.leave(peer, "tested") : stop(hub);
    if (isLeaving) assertEquals(await answer, undefined);
    else assertRefused(await answer, RefusalCode.shuttingDown, ID);
    await ended;
    assertEquals(store.openUploads, 0);
  }
});

test("files: who was idle for long is told that another one goes on", async () => {
  const { say, join, store, events } = makeHub();
  const other = join();
  store.areIdle = true;
  await say(samplePut(BYTES));
  await say(chunk(BYTES, 0, 300));
  const id = sampleId(2);
  assertEquals(await say(samplePut(BYTES, { id }), other), progress(300, id));
  assertStringIncludes(
    assertRefused(await say(chunk(BYTES, 300, 400)), RefusalCode.busy, ID),
    "Somebody else",
  );
  assertEquals(await say(chunk(BYTES, 300, 1000, id), other), receipt(false, id));
  assertEquals([store.openUploads, events.of("fault")], [0, []]);
});

test("files: a store that fails is told of once, and the sender too", async () => {
  const { say, store, events } = makeHub();
  await say(samplePut(BYTES));
  store.hold();
  const answers = [chunk(BYTES, 0, 300), chunk(BYTES, 300, 600), chunk(BYTES, 600)].map((part) =>
    say(part)
  );
  store.writeFailure = new Error("the disk is full");
  store.release();
  const [first, ...others] = await Promise.all(answers);
  assertRefused(first, RefusalCode.failed, ID);
  assertEquals(others, [undefined, undefined]);
  assertEquals(events.of("fault").map(({ doing }) => doing), [`store the file ${ID}`]);
  store.writeFailure = undefined;
  store.failure = new Error("the disk is gone");
  assertRefused(await say(samplePut(BYTES)), RefusalCode.failed, ID);
  assertEquals(events.of("fault").length, 2);
});

const BAD_PUTS: [string, Partial<PutFile>, RefusalCode][] = [
  ["without a name", { name: "" }, RefusalCode.invalid],
  ["with a name that is too long", { name: "ж".repeat(513) }, RefusalCode.invalid],
  ["with a control character in its name", { name: "a\nb" }, RefusalCode.invalid],
  ["with half of a surrogate pair in its name", { name: "a\ud800" }, RefusalCode.invalid],
  ["with a control character in its source", { source: "a\u001b" }, RefusalCode.invalid],
  ["with a source that is too long", { source: "ж".repeat(201) }, RefusalCode.invalid],
  ["that is too large", { size: 1001 }, RefusalCode.tooLarge],
  ["for a room that its sender is not in", { toRoom: true }, RefusalCode.notInRoom],
];
for (const [name, wanted, code] of BAD_PUTS) {
  test(`files: a file ${name} is refused`, async () => {
    const { say, store, events } = makeHub({ maxFileBytes: 1000 });
    assertRefused(await say(samplePut(BYTES, wanted)), code, ID);
    assertEquals([store.openUploads, events.of("fault")], [0, []]);
  });
}

test("files: the longest name, and the largest file, are taken", async () => {
  const { say } = makeHub({ maxFileBytes: 1000 });
  assertEquals(await say(samplePut(BYTES, { name: "ж".repeat(512) })), progress(0));
});

test("files: one connection puts only some at once, others are not concerned", async () => {
  const { say, join, store } = makeHub();
  const files = Array.from({ length: MAX_UPLOADS + 1 }, (_, i) => sampleBytes(10, i + 1));
  const puts = files.map((bytes, i) => samplePut(bytes, { id: sampleId(i) }));
  for (const put of puts.slice(0, -1)) assertEquals((await say(put))?.kind, "fileProgress");
  const last = puts.at(-1)!;
  assertRefused(await say(last), RefusalCode.failed, last.id);
  assertEquals((await say(last, join()))?.kind, "fileProgress");
  // The same once more begins anew, and is no further one.
  assertEquals((await say(puts[0]!))?.kind, "fileProgress");
  await say(chunk(files[0]!, 0, 10, puts[0]!.id));
  assertEquals(store.openUploads, MAX_UPLOADS);
});

test("files: what is begun once more before the answer is answered once", async () => {
  const { say, store } = makeHub();
  const first = say(samplePut(sampleBytes(10, 1)));
  const second = say(samplePut(sampleBytes(20, 2)));
  assertEquals(await Promise.all([first, second]), [undefined, progress(0)]);
  assertEquals(store.openUploads, 1);
  assertEquals(await say(chunk(sampleBytes(20, 2), 0)), receipt());
});

test("files: what is begun again and again before the answer counts each time", async () => {
  const { say, store } = makeHub();
  const puts = Array.from({ length: MAX_UPLOADS + 1 }, (_, i) => samplePut(sampleBytes(10, i)));
  const answers = await Promise.all(puts.map((put) => say(put)));
  assertRefused(answers.pop(), RefusalCode.failed, ID);
  assertEquals(answers, new Array(MAX_UPLOADS).fill(undefined));
  // And so does what has a chunk behind it that came too early.
  const early = [1, 2, 3, 4, 5].flatMap((i) => {
    const [id, bytes] = [sampleId(i), sampleBytes(10, i)];
    return [say(samplePut(bytes, { id })), say(chunk(bytes, 0, 1, id))];
  });
  const kinds = (await Promise.all(early)).map((answer) => answer?.kind);
  assertEquals(kinds.filter((kind) => kind === undefined).length, MAX_UPLOADS + 1);
  assertEquals(store.openUploads, 0);
});

test("files: a sender is not read while too much of it waits for the disk", async () => {
  const { hub, say, peer, store } = makeHub();
  const bytes = new Uint8Array(MAX_WRITING_BYTES + 2);
  await say(samplePut(bytes));
  assertEquals(hub.whenReady(peer), undefined);
  store.hold();
  const first = MAX_WRITING_BYTES - CHUNK_MEMORY_BYTES - 1;
  const answers = [say(chunk(bytes, 0, first))];
  assertEquals(hub.whenReady(peer), undefined);
  answers.push(say(chunk(bytes, first, first + 1)));
  const ready = hub.whenReady(peer);
  assert(ready !== undefined);
  store.release();
  await ready;
  await Promise.all(answers);
  assertEquals(hub.whenReady(peer), undefined);
});

test("files: a sender of very short chunks is not read when very many of them wait", async () => {
  const { hub, say, peer, store } = makeHub();
  const bytes = new Uint8Array(MAX_WRITING_BYTES);
  await say(samplePut(bytes));
  store.hold();
  const answers = [];
  while (hub.whenReady(peer) === undefined) {
    answers.push(say(chunk(bytes, answers.length, answers.length + 1)));
  }
  assert(answers.length <= MAX_WRITING_BYTES / CHUNK_MEMORY_BYTES, `${answers.length} chunks`);
  store.release();
  await Promise.all(answers);
  assertEquals(hub.whenReady(peer), undefined);
});

test("files: a sender that leaves while much waits is not waited for", async () => {
  const { hub, say, peer, store } = makeHub();
  const bytes = new Uint8Array(MAX_WRITING_BYTES + 1);
  await say(samplePut(bytes));
  store.hold();
  const answer = say(chunk(bytes, 0, MAX_WRITING_BYTES));
  const ready = hub.whenReady(peer);
  hub.leave(peer, "tested");
  store.release();
  await Promise.all([ready, answer]);
  await stop(hub);
  assertEquals(store.openUploads, 0);
});

test("files: when the server stops, what has come is made durable and the sender is told", async () => {
  const { hub, say, store } = makeHub();
  await say(samplePut(BYTES));
  await say(chunk(BYTES, 0, 300));
  const draining = hub.drain();
  assertRefused(await say(chunk(BYTES, 300, 400)), RefusalCode.shuttingDown, ID);
  assertEquals(await say(chunk(BYTES, 400, 500)), undefined);
  assertRefused(await say(samplePut(BYTES)), RefusalCode.shuttingDown, ID);
  assertRefused(await say(read(0, 1)), RefusalCode.shuttingDown, ID);
  assertRefused(await say({ kind: "findFile", id: ID }), RefusalCode.shuttingDown, ID);
  await draining;
  assertEquals([store.openUploads, store.syncs], [0, 1]);
  await stopped(hub);
});

test("files: a file that is whole when the server stops is still kept", async () => {
  const { hub, say, store } = makeHub();
  await say(samplePut(BYTES));
  store.hold();
  const answer = say(chunk(BYTES, 0));
  const draining = hub.drain();
  store.release();
  assertEquals(await answer, receipt());
  assertEquals((await draining).finished, 1);
  assertEquals(store.openUploads, 0);
  await stopped(hub);
});

test("files: what is known of a file, and of all", async () => {
  const { say, store } = makeHub();
  for (let i = 1; i <= MAX_LISTED_FILES + 1; i++) {
    await say(samplePut(new Uint8Array(0), { id: sampleId(i), name: `${i}` }));
  }
  assertEquals(await say({ kind: "findFile", id: ID }), store.file(ID));
  assertRefused(
    await say({ kind: "findFile", id: sampleId(0) }),
    RefusalCode.notFound,
    sampleId(0),
  );
  const numbers = async (after: number, limit: number) => {
    const list = await say({ kind: "listFiles", after, limit });
    assert(list?.kind === "fileList");
    return list.files.map(({ number }) => number);
  };
  assertEquals(await numbers(0, 2), [1, 2]);
  assertEquals((await numbers(0, 4_294_967_295)).length, MAX_LISTED_FILES);
  assertEquals(await numbers(MAX_LISTED_FILES, 10), [MAX_LISTED_FILES + 1]);
  assertEquals(await numbers(MAX_LISTED_FILES + 1, 10), []);
  assertRefused(await say({ kind: "listFiles", after: 0, limit: 0 }), RefusalCode.invalid);
});

test("files: a list is made when the peer has taken those before it", async () => {
  const { hub, peer, say } = makeHub();
  const list = hub.handle(peer, { kind: "listFiles", after: 0, limit: 10 }, 0);
  assert(list !== undefined && "kind" in list && list.kind === "lazy");
  await say(samplePut(new Uint8Array(0)));
  const made = await list.make();
  assert(made?.kind === "fileList");
  assertEquals(made.files.length, 1);
});

test("files: what cannot be read is refused", async () => {
  const { hub, say, peer, store, events } = makeHub();
  await say(samplePut(BYTES));
  await say(chunk(BYTES, 0));
  assertRefused(await say(read(0, 0)), RefusalCode.invalid, ID);
  assertRefused(await say(read(0, MAX_CHUNK_BYTES + 1)), RefusalCode.invalid, ID);
  assertRefused(await say(read(1001, 1)), RefusalCode.invalid, ID);
  assertRefused(await say(read(0, 1, sampleId(2))), RefusalCode.notFound, sampleId(2));
  assertEquals(events.of("fault"), []);
  store.file = store.files = store.openContent = () => {
    throw new Error("the disk is on fire");
  };
  assertRefused(await say(read(0, 1, sampleId(3))), RefusalCode.failed, sampleId(3));
  assertRefused(await say({ kind: "findFile", id: ID }), RefusalCode.failed, ID);
  assertRefused(await say({ kind: "listFiles", after: 0, limit: 1 }), RefusalCode.failed);
  assertEquals(events.of("fault").length, 3);
  // A read is made when there is room for it: the peer may have left by then.
  const late = hub.handle(peer, read(0, 1), 0);
  hub.leave(peer, "tested");
  assertEquals(await settle(late), undefined);
});

test("files: contents that are read are closed, at the end and with their reader", async () => {
  const { hub, say, peer, store } = makeHub();
  let open = 0;
  const real = store.openContent.bind(store);
  store.openContent = async (id) => {
    const content = await real(id);
    if (content === undefined) return undefined;
    open++;
    return { ...content, close: () => void open-- };
  };
  const ids = Array.from({ length: 6 }, (_, i) => sampleId(i));
  for (const [i, id] of ids.entries()) {
    await say(samplePut(sampleBytes(10, i), { id }));
    await say(chunk(sampleBytes(10, i), 0, 10, id));
  }
  await say(read(0, 10, ids[0]));
  assertEquals(open, 0);
  for (const id of ids) await say(read(0, 5, id));
  assertEquals(open, 4);
  hub.leave(peer, "tested");
  await stop(hub);
  assertEquals(open, 0);
});

test("files: a file that a member puts for the room is offered to the others, once", async () => {
  const { hub, say, peer, join, store } = makeHub();
  const heard: RoomEvent[] = [];
  const outlet = {
    offer: (event: RoomEvent) => {
      if (event.number > 0) heard.push(event);
      return true;
    },
    expel: () => {},
  };
  const deaf = { offer: () => true, expel: () => {} };
  hub.room.enter(join(), "Борис", outlet);
  hub.room.enter(peer, "Анна", deaf);
  await say(samplePut(BYTES, { toRoom: true }));
  assertEquals(await say(chunk(BYTES, 0)), receipt());
  const file = store.file(ID)!;
  assertEquals(heard.map(({ id, name, what }) => ({ id, name, what })), [
    { id: ID, name: "Анна", what: { type: "file", file } },
  ]);
  // A sender that got no receipt puts it again.
  assertEquals(await say(samplePut(BYTES, { toRoom: true })), receipt(true));
  assertEquals(heard.length, 1);
  // It leaves when all of the file has come: the file is kept, and can be offered later.
  const second = { id: sampleId(2), toRoom: true };
  const bytes = sampleBytes(10, 2);
  await say(samplePut(bytes, second));
  store.hold();
  const answer = say(chunk(bytes, 0, 10, second.id));
  peer.member!.leave("tested");
  store.release();
  assertRefused(await answer, RefusalCode.notInRoom, second.id);
  assertEquals([store.file(second.id)?.size, heard.length], [10, 1]);
});

test("files: only who is trusted puts, reads and lists", async () => {
  const messages: [Received, string | undefined][] = [
    [samplePut(BYTES), ID],
    [chunk(BYTES, 0), ID],
    [read(0, 1), ID],
    [{ kind: "findFile", id: ID }, ID],
    [{ kind: "listFiles", after: 0, limit: 1 }, undefined],
  ];
  const { forbidden, sealRequired } = RefusalCode;
  const cases: [Partial<HubOptions>, typeof LOCAL, RefusalCode][] = [
    [{}, REMOTE, forbidden],
    [{ key: sampleKey(1) }, REMOTE, sealRequired],
    [{ key: sampleKey(1) }, LOCAL, sealRequired],
  ];
  for (const [options, info, code] of cases) {
    const { say, join, hub } = makeHub(options);
    const peer = join(info);
    for (const [message, id] of messages) assertRefused(await say(message, peer), code, id);
    if (options.key !== undefined) hub.prove(peer);
    else continue;
    assertEquals((await say(samplePut(BYTES), peer))?.kind, "fileProgress");
  }
  const { say, join } = makeHub({ isOpen: true });
  assertEquals((await say(samplePut(BYTES), join(REMOTE)))?.kind, "fileProgress");
});
