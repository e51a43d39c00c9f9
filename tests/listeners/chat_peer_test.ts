/** One connection of the chat dialect whose other end, and whose clock, is the test. */

import { assert, assertEquals, assertLessOrEqual, assertStringIncludes } from "@std/assert";
import { concat } from "../../lib/bytes.ts";
import { isDenial } from "../../lib/hub/gate.ts";
import { Hub } from "../../lib/hub/hub.ts";
import type { Member } from "../../lib/hub/member.ts";
import { Peer } from "../../lib/hub/peer.ts";
import { MEMBER_STALL_TIMEOUT_MS } from "../../lib/limits/room.ts";
import { ChatFrames } from "../../lib/listeners/chat_frames.ts";
import { ChatPeer } from "../../lib/listeners/chat_peer.ts";
import { ChatDecoder, type ChatPart } from "../../lib/wire/chat_decoder.ts";
import { EventLog } from "../helpers/events.ts";
import { FakeConn } from "../helpers/fake_conn.ts";
import { FakeOutlet } from "../helpers/fake_outlet.ts";
import { FakeStore } from "../helpers/fake_store.ts";
import { LOCAL, sampleId } from "../helpers/samples.ts";
import { stubNow } from "../helpers/served_peer.ts";
import { stop } from "../helpers/stopped.ts";
import { test } from "../helpers/strict.ts";
import { chatOptions, decodeAll, part, parts } from "../wire/chat_arbitraries.ts";
import { turn } from "../helpers/turn.ts";

const MIB = 1024 * 1024;
const FRAME_TIMEOUT_MS = 30_000;
const NAME_TIMEOUT_MS = 10_000;

/** Serves a peer that has come as "ann", in a room with "bob". */
async function serve() {
  const [conn, store, events] = [new FakeConn(), new FakeStore(), new EventLog()];
  const hub = new Hub({ store, onEvent: events.take });
  const form = chatOptions({ maxFileBytes: 64 * MIB });
  const peer = hub.connect(LOCAL);
  assert(peer instanceof Peer);
  const chat = new ChatPeer(conn.asTcp, peer, hub, new ChatFrames(form), {
    ...form,
    frameTimeoutMs: FRAME_TIMEOUT_MS,
    stallTimeoutMs: 60_000,
    nameTimeoutMs: NAME_TIMEOUT_MS,
  });
  const running = chat.run();
  conn.push(part("ann"));
  await turn();
  const outlet = new FakeOutlet();
  const other = hub.connect(LOCAL);
  assert(other instanceof Peer);
  const bob = hub.room.enter(other, "bob", outlet);
  assert(!isDenial(bob));
  return {
    conn,
    store,
    events,
    hub,
    chat,
    /** The member that it has made. */
    ann: peer.member!,
    bob,
    outlet,
    /** What was written. */
    written: () => decodeAll(new ChatDecoder({ ...form, sender: "server" }), conn.writes),
    reason: () => events.of("disconnected")[0]?.reason,
    /** The peer closes. */
    close: async () => {
      conn.push(null);
      await running;
    },
  };
}

/** Keeps a file and offers it. */
async function offer(store: FakeStore, member: Member, content: Uint8Array): Promise<void> {
  const upload = await store.openUpload({ size: content.length });
  await upload.write(content);
  const id = sampleId(100 + store.files(0, Infinity).length);
  const { file } = await upload.finish({ id, name: "f.bin", source: "bob" });
  await upload.close();
  await member.offer(file);
}

/** A file as a client sends it. */
function file(name: string, content: Uint8Array): Uint8Array {
  return concat([parts(`${name}%`), part(content)]);
}

/** Lets things happen until one has. */
async function until(hasHappened: () => boolean): Promise<void> {
  while (!hasHappened()) await turn();
}

/** Lets everything happen that can. */
async function settle(): Promise<void> {
  for (let i = 0; i < 10; i++) await turn();
}

function kinds(parts: readonly ChatPart[]): string {
  return parts.map((part) => part.type === "message" ? part.text : part.type).join(" ");
}

test("chat peer: each event goes out by one write, also when others wait", async () => {
  const served = await serve();
  served.conn.isHolding = true;
  for (const [i, text] of ["one", "two", "three"].entries()) {
    await served.bob.say(sampleId(i), text);
  }
  await offer(served.store, served.bob, new Uint8Array(100_000));
  await served.bob.say(sampleId(9), "four");
  for (let i = 1; i <= 5; i++) {
    await until(() => served.conn.hasHeldWrite);
    await settle();
    assertEquals(served.conn.writes.length, i - 1);
    served.conn.takeWrite();
  }
  await until(() => served.conn.writes.length === 5);
  assertEquals(
    kinds(served.written()),
    "user one time user two time user three time user file bytes fileEnd time user four time",
  );
  await served.close();
});

test("chat peer: of a file no more is read than the peer takes", async () => {
  const served = await serve();
  let readBytes = 0;
  const { openContent } = FakeStore.prototype;
  served.store.openContent = async (id) => {
    const content = (await openContent.call(served.store, id))!;
    return {
      ...content,
      read: async (offset, length) => {
        const bytes = await content.read(offset, length);
        readBytes += bytes.length;
        return bytes;
      },
    };
  };
  await offer(served.store, served.bob, new Uint8Array(MIB).fill(7));
  served.conn.isHolding = true;
  let takenBytes = 0;
  while (takenBytes < MIB) {
    await until(() => served.conn.hasHeldWrite);
    await settle();
    served.conn.takeWrite();
    takenBytes = served.conn.writes.reduce((sum, bytes) => sum + bytes.length, 0);
    assertLessOrEqual(readBytes, takenBytes + 2 * 64 * 1024);
  }
  const bytes = served.written().find((part) => part.type === "bytes");
  assertEquals(bytes?.bytes, new Uint8Array(MIB).fill(7));
  await served.close();
});

test("chat peer: while what it has said is being stored nothing more is read", async () => {
  const served = await serve();
  const stored = Promise.withResolvers<void>();
  const { addEvent } = FakeStore.prototype;
  served.store.addEvent = async (event) => {
    await stored.promise;
    return await addEvent.call(served.store, event);
  };
  const { reads } = served.conn;
  served.conn.push(parts("one", "two", "three"));
  await settle();
  assertEquals([served.conn.reads, served.outlet.texts], [reads, []]);
  stored.resolve();
  await settle();
  assertEquals([served.conn.reads, served.outlet.texts], [reads + 1, ["one", "two", "three"]]);
  await served.close();
});

test("chat peer: a file has the time for a part for each MiB, not for all of it", async () => {
  let nowMs = 0;
  using _clock = stubNow(() => nowMs);
  const served = await serve();
  served.conn.push(new TextEncoder().encode(`3         f.%${3 * MIB}   `));
  const step = new Uint8Array(MIB / 4);
  for (let i = 0; i < 11; i++) {
    nowMs += FRAME_TIMEOUT_MS / 4 - 1;
    served.chat.checkTimes(nowMs);
    served.conn.push(step);
    await settle();
  }
  assertEquals(served.reason(), undefined);
  // The last quarter comes too late.
  nowMs += FRAME_TIMEOUT_MS + 1;
  served.chat.checkTimes(nowMs);
  await served.close();
  assertEquals(served.reason(), `a part was not whole after ${FRAME_TIMEOUT_MS} ms`);
  assertEquals(served.store.files(0, 1), []);
});

test("chat peer: who trickles is too late, and who is idle is not", async () => {
  let nowMs = 0;
  using _clock = stubNow(() => nowMs);
  const served = await serve();
  nowMs += 10 * FRAME_TIMEOUT_MS;
  served.chat.checkTimes(nowMs);
  for (const byte of new TextEncoder().encode("5         h")) {
    served.conn.push(Uint8Array.of(byte));
    await settle();
    nowMs += FRAME_TIMEOUT_MS / 10;
    served.chat.checkTimes(nowMs);
  }
  await settle();
  await served.close();
  assertEquals(served.reason(), `a part was not whole after ${FRAME_TIMEOUT_MS} ms`);
});

test("chat peer: who takes nothing is put out, who takes little is not", async () => {
  let nowMs = 0;
  using _clock = stubNow(() => nowMs);
  const served = await serve();
  served.conn.isHolding = true;
  for (let i = 0; i < 5; i++) {
    await served.bob.say(sampleId(i), "text");
    await settle();
    nowMs += MEMBER_STALL_TIMEOUT_MS;
    served.chat.checkTimes(nowMs);
    served.conn.takeWrite();
    await settle();
    served.chat.checkTimes(nowMs);
  }
  assertEquals(served.events.of("memberDropped"), []);
  await served.bob.say(sampleId(9), "text");
  await settle();
  served.chat.checkTimes(nowMs);
  nowMs += MEMBER_STALL_TIMEOUT_MS + 1;
  served.chat.checkTimes(nowMs);
  await served.close();
  assertEquals(served.events.of("memberDropped").length, 1);
  assertEquals(served.reason(), `the peer took nothing for ${MEMBER_STALL_TIMEOUT_MS} ms`);
});

test("chat peer: a file whose end comes when the server stops is not kept, and that is told", async () => {
  const served = await serve();
  const stored = Promise.withResolvers<void>();
  const { addEvent } = FakeStore.prototype;
  served.store.addEvent = async (event) => {
    await stored.promise;
    return await addEvent.call(served.store, event);
  };
  // Something that the stopping server waits for.
  const said = served.bob.say(sampleId(1), "one");
  served.conn.push(file("f.bin", new Uint8Array(1000)).slice(0, -1));
  await settle();
  const stopping = stop(served.hub);
  served.conn.push(new Uint8Array(1));
  served.conn.push(file("g.bin", new Uint8Array(1000)));
  await settle();
  stored.resolve();
  await Promise.all([said, stopping]);
  assertEquals(served.store.files(0, 9), []);
  const told = served.written().flatMap((part) => part.type === "message" ? [part.text] : []);
  assertEquals(told, ["This server is stopping.", "This server is stopping.", "one"]);
  await served.close();
});

test("chat peer: a server that stops waits for a file that is being kept, and offers it", async () => {
  const served = await serve();
  const kept = Promise.withResolvers<void>();
  const { openUpload } = FakeStore.prototype;
  served.store.openUpload = async (content) => {
    const upload = await openUpload.call(served.store, content);
    const finish = upload.finish.bind(upload);
    upload.finish = async (file) => {
      await kept.promise;
      return await finish(file);
    };
    return upload;
  };
  served.conn.push(file("f.bin", new Uint8Array(1000)));
  await settle();
  let hasStopped = false;
  const stopping = stop(served.hub).then(() => hasStopped = true);
  await settle();
  assertEquals([hasStopped, served.outlet.events.length], [false, 0]);
  kept.resolve();
  await stopping;
  assertEquals(served.outlet.events.map(({ what }) => what.type), ["file"]);
  assertEquals(served.store.files(0, 9).map(({ name }) => name), ["f.bin"]);
  await served.close();
});

test("chat peer: a file of who was put out meanwhile is not kept", async () => {
  const served = await serve();
  served.conn.push(file("f.bin", new Uint8Array(1000)).slice(0, -1));
  await settle();
  served.ann.leave("tested");
  served.conn.push(new Uint8Array(1));
  await settle();
  assertEquals(served.store.files(0, 9), []);
  assertStringIncludes(kinds(served.written()), "Only members of the room");
  await served.close();
});

test("chat peer: a file that cannot be read to its end closes the connection", async () => {
  const served = await serve();
  const { openContent } = FakeStore.prototype;
  served.store.openContent = async (id) => {
    const content = (await openContent.call(served.store, id))!;
    const read = (offset: number, length: number) =>
      offset < MIB ? content.read(offset, length) : Promise.reject(new Error("bad sector"));
    return { ...content, read };
  };
  await offer(served.store, served.bob, new Uint8Array(2 * MIB));
  await until(() => served.conn.isClosed);
  await served.close();
  assertEquals(served.reason(), "a file could not be read to its end");
  const [fault] = served.events.of("fault");
  assertStringIncludes(String(fault?.error), "bad sector");
  // Nothing was written behind the file's bytes, which the peer would take for more of them.
  assertEquals(served.written().map(({ type }) => type), ["user", "file", "bytes"]);
});

test("chat peer: a server that stops sends what waits, a file to its end", async () => {
  const served = await serve();
  served.conn.isHolding = true;
  await served.bob.say(sampleId(1), "one");
  await offer(served.store, served.bob, new Uint8Array(2 * MIB).fill(7));
  await served.bob.say(sampleId(2), "two");
  await until(() => served.conn.hasHeldWrite);
  served.chat.end("the server stopped");
  // What comes later is for nobody.
  await served.bob.say(sampleId(3), "three");
  served.conn.isHolding = false;
  served.conn.takeWrite();
  await until(() => served.conn.isWriteClosed);
  const written = served.written();
  assertEquals(kinds(written), "user one time user file bytes fileEnd time user two time");
  const bytes = written.flatMap((part) => part.type === "bytes" ? [part.bytes.length] : []);
  assertEquals(bytes.reduce((sum, length) => sum + length), 2 * MIB);
  await served.close();
  assertEquals(served.reason(), "the server stopped");
});

test("chat peer: who is put out in the middle of a file is sent nothing behind it", async () => {
  const served = await serve();
  served.conn.isHolding = true;
  await offer(served.store, served.bob, new Uint8Array(2 * MIB));
  await until(() => served.conn.hasHeldWrite);
  served.chat.expel({ kind: "refusal", code: 1, text: "You were put out." });
  served.conn.isHolding = false;
  served.conn.takeWrite();
  await settle();
  await served.close();
  assertEquals(served.written().map(({ type }) => type), ["user", "file", "bytes"]);
  assertEquals(served.reason(), "it was put out of the room");
});
