/**
 * One connection of the `tcp` listener, over a connection whose other end is the test: when what is
 * read and written is exact here, and no time has to pass.
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { MAX_QUEUED_BYTES } from "../../lib/limits/connections.ts";
import { RefusalCode } from "../../lib/wire/messages.ts";
import { concat, frames, repeat } from "../helpers/raw_client.ts";
import { FAST, LOCAL, sampleManifest, slow } from "../helpers/samples.ts";
import { FRAME_TIMEOUT_MS, servePeer, STALL_TIMEOUT_MS, stubNow } from "../helpers/served_peer.ts";
import { test } from "../helpers/strict.ts";
import { turn } from "../helpers/turn.ts";

const FAST_FRAME = frames(FAST);

test("tcp connection: all answers of one read are in one write, in order", async () => {
  const made = servePeer();
  const emptyFrame = Uint8Array.of(0);
  made.conn.push(concat(frames(FAST, slow(0)), emptyFrame, frames(FAST, slow(0))));
  await turn();
  assertEquals(made.conn.writes.length, 1);
  assertEquals(made.kinds(), [
    "fastResponse",
    "slowResponse",
    "refusal",
    "fastResponse",
    "slowResponse",
  ]);
  await made.close();
});

test("tcp connection: every split of requests gives the same answers", async () => {
  const bytes = frames(FAST, slow(0), sampleManifest(1), FAST);
  const wanted = ["fastResponse", "slowResponse", "receipt", "fastResponse"].sort();
  for (let at = 1; at < bytes.length; at++) {
    const made = servePeer();
    made.conn.push(bytes.subarray(0, at));
    made.conn.push(bytes.subarray(at));
    await turn();
    assertEquals(made.kinds().sort(), wanted, `split at ${at}`);
    await made.close();
  }
});

test("tcp connection: 5,000 requests that come at once are all answered", async () => {
  const made = servePeer();
  made.conn.push(repeat(FAST_FRAME, 5000));
  await turn();
  assertEquals(made.kinds(), new Array(5000).fill("fastResponse"));
  assert(made.conn.writes.length <= 5, `${made.conn.writes.length} writes`);
  await made.close();
});

test("tcp connection: a write that takes only a part is continued", async () => {
  const made = servePeer();
  made.conn.maxWriteBytes = 7;
  made.conn.push(frames(FAST, slow(0), FAST));
  await turn();
  assertEquals(made.kinds(), ["fastResponse", "slowResponse", "fastResponse"]);
  await made.close();
});

test("tcp connection: while answers wait to be taken, nothing more is read", async () => {
  const made = servePeer();
  made.conn.isHolding = true;
  made.conn.push(FAST_FRAME);
  await turn();
  const { reads } = made.conn;
  for (let i = 0; i < 10; i++) made.conn.push(repeat(FAST_FRAME, 100));
  await turn();
  assertEquals(made.conn.reads, reads);
  made.conn.isHolding = false;
  made.conn.takeWrite();
  await turn();
  assertEquals(made.kinds().length, 1001);
  await made.close();
});

test("tcp connection: what is promised meanwhile joins the write, in the order of the promises' ends", async () => {
  const made = servePeer();
  made.store.isHolding = true;
  made.conn.push(frames(sampleManifest(1), sampleManifest(2), sampleManifest(3)));
  await turn();
  made.conn.isHolding = true;
  for (const index of [2, 0, 1]) {
    made.store.held[index]!.resolve({ storedAtMs: index, duplicate: false });
    await turn();
  }
  assertEquals(made.conn.writes.length, 0);
  made.conn.isHolding = false;
  made.conn.takeWrite();
  await turn();
  assertEquals(made.conn.writes.length, 2);
  assertEquals(
    made.received().map((message) => message.kind === "receipt" ? message.storedAtMs : message),
    [2, 0, 1],
  );
  await made.close();
});

test("tcp connection: one read never makes more than a bounded heap of answers", async () => {
  const made = servePeer({ maxRefusals: Infinity });
  // An empty frame is a byte, and its refusal some sixty.
  made.conn.push(new Uint8Array(2048));
  made.conn.push(new Uint8Array(8192));
  made.conn.push(new Uint8Array(32768));
  await turn();
  made.conn.isHolding = true;
  made.conn.push(new Uint8Array(65536));
  let largest = 0;
  for (let i = 0; i < 20; i++) {
    await turn();
    if (!made.conn.hasHeldWrite) break;
    made.conn.takeWrite();
    largest = Math.max(largest, made.conn.writes.at(-1)!.length);
  }
  made.conn.isHolding = false;
  await turn();
  assert(largest < 2 * MAX_QUEUED_BYTES, `${largest} bytes in one write`);
  assertEquals(made.kinds().length, 2048 + 8192 + 32768 + 65536);
  await made.close();
});

test("tcp connection: a long frame, wherever it is split, leaves what is around it as it is", async () => {
  const entries = Array.from({ length: 8_000 }, (_, i) => ({ city: `City ${i}`, wagons: i }));
  const long = sampleManifest(1, { entries });
  const bytes = frames(FAST, long, FAST, sampleManifest(2), FAST);
  assert(bytes.length > 100_000);
  const wanted = ["fastResponse", "fastResponse", "fastResponse", "receipt", "receipt"];
  for (const at of [1, 1000, 2048, 2100, 20_000, 66_000, 99_000, bytes.length - 200]) {
    const made = servePeer();
    made.conn.push(bytes.subarray(0, at));
    await turn();
    made.conn.push(bytes.subarray(at));
    await turn();
    await turn();
    assertEquals(made.kinds().sort(), wanted, `split at ${at}`);
    assertEquals(made.store.manifest(long.id)?.entries, entries);
    // Not a read for each 2 KiB, with which it begins.
    assert(made.conn.reads < 16, `${made.conn.reads} reads`);
    await made.close();
  }
});

test("tcp connection: a long answer is written as it is, in its place", async () => {
  const made = servePeer();
  const text = "x".repeat(70_000);
  made.hub.handle = (_, message) =>
    message.kind === "slowRequest" ? { kind: "fastResponse", currentDateTime: text } : {
      kind: "slowResponse",
      connectedClientCount: made.conn.writes.length,
    };
  made.conn.push(frames(FAST, FAST, slow(0), FAST, slow(0), slow(0)));
  await turn();
  assertEquals(made.received().map(({ kind }) => kind), [
    "slowResponse",
    "slowResponse",
    "fastResponse",
    "slowResponse",
    "fastResponse",
    "fastResponse",
  ]);
  // The two short ones, the long ones one by one, and the short one between them.
  assertEquals(made.conn.writes.length, 5);
  await made.close();
});

test("tcp connection: half a frame is refused when its time is over", async () => {
  const made = servePeer({ traceRequests: true });
  made.conn.push(concat(FAST_FRAME, FAST_FRAME.subarray(0, 1)));
  await turn();
  made.connection.checkTimes(performance.now() + FRAME_TIMEOUT_MS - 1000);
  assertEquals(made.kinds(), ["fastResponse"]);
  made.connection.checkTimes(performance.now() + FRAME_TIMEOUT_MS + 1);
  await turn();
  const refusal = made.received()[1];
  assert(refusal?.kind === "refusal");
  assertEquals(refusal.code, RefusalCode.frameTimedOut);
  assertEquals(made.conn.isWriteClosed, true);
  // What comes now is too late; it is read, so that the refusal is not lost in a reset.
  made.conn.push(FAST_FRAME.subarray(1));
  made.conn.push(FAST_FRAME);
  await turn();
  assertEquals(made.kinds(), ["fastResponse", "refusal"]);
  assertEquals(made.events.of("request").length, 1);
  await made.close();
  assertEquals(made.reason(), `a frame was not whole after ${FRAME_TIMEOUT_MS} ms`);
});

test("tcp connection: a frame that comes byte by byte has no more time than any other", async () => {
  const made = servePeer();
  const bytes = frames(sampleManifest(1));
  made.conn.push(bytes.subarray(0, 1));
  await turn();
  const beganMs = performance.now();
  for (let at = 1; at < 50; at++) {
    made.conn.push(bytes.subarray(at, at + 1));
    await turn();
  }
  made.connection.checkTimes(beganMs + FRAME_TIMEOUT_MS + 1);
  await turn();
  assertEquals(made.kinds(), ["refusal"]);
  await made.close();
});

test("tcp connection: each frame has its own time, however seldom a read ends between two", async () => {
  const made = servePeer();
  let nowMs = performance.now();
  using _ = stubNow(() => nowMs);
  made.conn.push(FAST_FRAME.subarray(0, 1));
  await turn();
  for (let i = 0; i < 10; i++) {
    nowMs += FRAME_TIMEOUT_MS - 1;
    made.connection.checkTimes(nowMs);
    made.conn.push(concat(FAST_FRAME.subarray(1), FAST_FRAME, FAST_FRAME.subarray(0, 1)));
    await turn();
  }
  assertEquals(made.kinds(), new Array(20).fill("fastResponse"));
  nowMs += FRAME_TIMEOUT_MS + 1;
  made.connection.checkTimes(nowMs);
  await turn();
  assertEquals(made.kinds().at(-1), "refusal");
  await made.close();
});

test("tcp connection: time in which the server does not read is not the peer's", async () => {
  const made = servePeer();
  let nowMs = performance.now();
  using _ = stubNow(() => nowMs);
  made.conn.isHolding = true;
  made.conn.push(concat(FAST_FRAME, FAST_FRAME.subarray(0, 1)));
  await turn();
  // The peer is slow to take its answer. The rest of its frame is on the way; nobody reads it.
  made.conn.push(FAST_FRAME.subarray(1));
  nowMs += 1;
  made.connection.checkTimes(nowMs);
  nowMs += FRAME_TIMEOUT_MS + 1000;
  made.connection.checkTimes(nowMs);
  made.conn.isHolding = false;
  made.conn.takeWrite();
  made.connection.checkTimes(nowMs);
  await turn();
  assertEquals(made.kinds(), ["fastResponse", "fastResponse"]);
  await made.close();
});

test("tcp connection: a peer that takes no answer is closed when its time is over", async () => {
  const made = servePeer();
  made.conn.isHolding = true;
  made.conn.push(FAST_FRAME);
  await turn();
  const nowMs = performance.now();
  made.connection.checkTimes(nowMs);
  made.connection.checkTimes(nowMs + STALL_TIMEOUT_MS);
  assertEquals(made.conn.isClosed, false);
  made.connection.checkTimes(nowMs + STALL_TIMEOUT_MS + 1);
  await made.running;
  assertEquals(made.conn.isClosed, true);
  assertEquals(made.reason(), `the peer took no answers for ${STALL_TIMEOUT_MS} ms`);
  assertEquals(made.events.of("fault"), []);
});

test("tcp connection: a peer that takes some byte now and then is not", async () => {
  const made = servePeer();
  made.conn.isHolding = true;
  made.conn.maxWriteBytes = 1;
  made.conn.push(frames(FAST, FAST));
  await turn();
  let nowMs = performance.now();
  made.connection.checkTimes(nowMs);
  while (made.conn.hasHeldWrite) {
    nowMs += STALL_TIMEOUT_MS - 1;
    made.connection.checkTimes(nowMs);
    made.conn.takeWrite();
    await turn();
  }
  assertEquals(made.kinds(), ["fastResponse", "fastResponse"]);
  // Nor is one for which nothing waits.
  made.connection.checkTimes(nowMs + 10 * STALL_TIMEOUT_MS);
  made.connection.checkTimes(nowMs + 20 * STALL_TIMEOUT_MS);
  assertEquals(made.conn.isClosed, false);
  await made.close();
});

test("tcp connection: to end it with nothing to say closes the write side", async () => {
  const made = servePeer();
  await turn();
  made.connection.end("tested");
  made.connection.end("tested again");
  await turn();
  assertEquals(made.conn.isWriteClosed, true);
  await made.close();
  assertEquals([made.reason(), made.conn.writes.length], ["tested", 0]);
});

test("tcp connection: to end it sends what waits before", async () => {
  const made = servePeer();
  made.conn.isHolding = true;
  made.conn.push(frames(FAST, FAST));
  await turn();
  made.connection.end("tested");
  await turn();
  assertEquals(made.conn.isWriteClosed, false);
  made.conn.isHolding = false;
  made.conn.takeWrite();
  await turn();
  assertEquals([made.kinds().length, made.conn.isWriteClosed], [2, true]);
  await made.close();
});

test("tcp connection: a peer that only stopped sending gets its receipt", async () => {
  const made = servePeer();
  made.store.isHolding = true;
  made.conn.push(frames(sampleManifest(1), slow(3600)));
  made.conn.push(null);
  await turn();
  // It has left: its sleep is over. What is being stored is not.
  assertEquals(made.reason(), "closed the connection");
  assertEquals([made.conn.isClosed, made.conn.writes.length], [false, 0]);
  made.store.held[0]!.resolve({ storedAtMs: 5, duplicate: false });
  await made.running;
  assertEquals(made.kinds(), ["receipt"]);
});

test("tcp connection: one that takes nothing and has left is not waited for", async () => {
  const made = servePeer();
  made.conn.isHolding = true;
  made.conn.push(concat(FAST_FRAME, Uint8Array.of(1, 7)));
  await turn();
  assertEquals(made.events.of("disconnected").length, 1);
  // Not for the time of a stall: nobody counts it any more.
  await made.running;
  assertEquals([made.conn.isClosed, made.conn.writes.length], [true, 0]);
});

test("tcp connection: a broken frame ends it, after the answers to what came before", async () => {
  const made = servePeer();
  made.conn.push(concat(FAST_FRAME, frames(slow(0)), Uint8Array.of(1, 7), FAST_FRAME));
  await turn();
  // The peer is told that nothing more comes, and gets the time to read it.
  assertEquals([made.conn.isWriteClosed, made.conn.isClosed], [true, false]);
  await made.close();
  assertEquals(made.kinds(), ["fastResponse", "slowResponse", "refusal"]);
  const refusal = made.received()[2];
  assert(refusal?.kind === "refusal");
  assertEquals(refusal.code, RefusalCode.brokenFrame);
  assertStringIncludes(refusal.text, made.reason());
});

test("tcp connection: what the system says of a lost peer is no fault", async () => {
  const errors: [Error, string][] = [
    [new Deno.errors.ConnectionReset("reset"), "reset by the peer"],
    [new Deno.errors.BrokenPipe("pipe"), "reset by the peer"],
    [new Deno.errors.NotConnected("gone"), "reset by the peer"],
    [new Deno.errors.TimedOut("late"), "the peer is not reachable any more"],
  ];
  for (const [error, reason] of errors) {
    const made = servePeer();
    made.conn.fail(error);
    await made.running;
    assertEquals([made.reason(), made.events.of("fault").length], [reason, 0]);
  }
});

test("tcp connection: any other error is told as a fault", async () => {
  const made = servePeer();
  const error = new Error("out of order");
  made.conn.fail(error);
  await made.running;
  assertEquals(made.events.of("fault"), [
    { event: "fault", doing: `serve ${LOCAL.address}`, error },
  ]);
});
