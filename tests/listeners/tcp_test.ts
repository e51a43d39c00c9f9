/** The `tcp` listener over real connections: what it does with peers of all kinds. */

import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { MAX_REFUSALS, MAX_TOLD_REFUSALS } from "../../lib/limits/connections.ts";
import { type Message, type Received, RefusalCode } from "../../lib/wire/messages.ts";
import { concat, frames, RawClient, repeat } from "../helpers/raw_client.ts";
import { ResettableClient } from "../helpers/resettable.ts";
import { FAST, sampleId, sampleManifest, slow } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";
import { TestServer } from "../helpers/test_server.ts";

const FAST_FRAME = frames(FAST);
const MIB = 1024 * 1024;

test("tcp: the answers to many requests come in their order", async () => {
  await using server = await TestServer.start();
  using client = await RawClient.connect(server.endpoint);
  const kinds = await client.kindsOfAnswers(FAST, slow(0), FAST, FAST, slow(0), FAST);
  assertEquals(kinds, [
    "fastResponse",
    "slowResponse",
    "fastResponse",
    "fastResponse",
    "slowResponse",
    "fastResponse",
  ]);
});

test("tcp: requests that come byte by byte are answered", async () => {
  await using server = await TestServer.start();
  using client = await RawClient.connect(server.endpoint);
  const requests: Message[] = [FAST, sampleManifest(1), slow(0)];
  for (const byte of frames(...requests)) await client.write(Uint8Array.of(byte));
  const kinds = (await client.receiveMany(3)).map(({ kind }) => kind);
  assertEquals(kinds.sort(), ["fastResponse", "receipt", "slowResponse"]);
});

test("tcp: lengths that are longer than they need to be are read", async () => {
  await using server = await TestServer.start();
  using client = await RawClient.connect(server.endpoint);
  await client.write(Uint8Array.of(0x82, 0x80, 0x80, 0x80, 0x00, 0x1a, 0x00));
  assertEquals((await client.receive())?.kind, "fastResponse");
});

test("tcp: 5,000 requests in one write are all answered", async () => {
  await using server = await TestServer.start();
  using client = await RawClient.connect(server.endpoint);
  const [answers] = await Promise.all([
    client.receiveMany(5000),
    client.write(repeat(FAST_FRAME, 5000)),
  ]);
  assertEquals(answers.filter(({ kind }) => kind === "fastResponse").length, 5000);
});

test("tcp: a slow request holds up nothing on its own connection", async () => {
  await using server = await TestServer.start();
  using client = await RawClient.connect(server.endpoint);
  const kinds = await client.kindsOfAnswers(slow(1), sampleManifest(1), FAST);
  assertEquals(kinds, ["fastResponse", "receipt", "slowResponse"]);
});

const broken: [string, Uint8Array, RefusalCode, string][] = [
  ["what is no message", Uint8Array.of(2, 0x07, 0x07), RefusalCode.brokenFrame, "WrapperMessage"],
  ["a message cut short", Uint8Array.of(1, 0x1a), RefusalCode.brokenFrame, "WrapperMessage"],
  [
    "two messages in one",
    Uint8Array.of(6, 0x1a, 0, 0x22, 2, 8, 1),
    RefusalCode.brokenFrame,
    "2 fields",
  ],
  ["a length without an end", new Uint8Array(5).fill(0x80), RefusalCode.brokenFrame, "5 bytes"],
  [
    "a request of HTTP",
    new TextEncoder().encode(
      `GET / HTTP/1.1\r\nHost: localhost:7117\r\nAccept: ${"*/*, ".repeat(9)}`,
    ),
    RefusalCode.brokenFrame,
    "WrapperMessage",
  ],
  // Of a body that is too long, not a byte is needed.
  [
    "a frame a byte too long",
    Uint8Array.of(0x81, 0x80, 0x40),
    RefusalCode.frameTooLarge,
    "1048577",
  ],
  [
    "a frame of 4 GiB",
    Uint8Array.of(0xff, 0xff, 0xff, 0xff, 0x0f),
    RefusalCode.frameTooLarge,
    "bytes long",
  ],
];
for (const [what, bytes, code, text] of broken) {
  test(`tcp: ${what} is refused and ends the connection, and no other`, async () => {
    await using server = await TestServer.start();
    using other = await RawClient.connect(server.endpoint);
    using client = await RawClient.connect(server.endpoint);
    assertEquals(await other.kindsOfAnswers(FAST), ["fastResponse"]);
    await client.write(concat(FAST_FRAME, bytes, FAST_FRAME));
    const [answer, refusal, ...more] = await client.receiveToEnd();
    assertEquals([answer?.kind, more.length], ["fastResponse", 0]);
    assertRefusal(refusal, code, text);
    client.close();
    const { reason } = await server.events.wait("disconnected");
    assertStringIncludes(refusal.text, reason);
    assertEquals(server.events.of("refused").map(({ code }) => code), [code]);
    assertEquals(await other.kindsOfAnswers(FAST), ["fastResponse"]);
  });
}

test("tcp: one that goes on sending after a broken frame reads why it ends, and no reset", async () => {
  await using server = await TestServer.start();
  using client = await RawClient.connect(server.endpoint);
  const sending = client.write(concat(Uint8Array.of(1, 7), new Uint8Array(8 * MIB)));
  const [refusal, ...more] = await client.receiveToEnd();
  assertRefusal(refusal, RefusalCode.brokenFrame);
  assertEquals(more, []);
  await sending;
});

test("tcp: a frame of just the longest length is taken", async () => {
  await using server = await TestServer.start({ listener: { maxFrameBytes: 1000 } });
  // A field that nobody knows, of 996 bytes.
  const body = concat(Uint8Array.of(0xca, 0x3e, 0xe4, 0x07), new Uint8Array(996));
  for (
    const [header, code] of [
      [Uint8Array.of(0xe8, 0x07), RefusalCode.unsupported],
      [Uint8Array.of(0xe9, 0x07), RefusalCode.frameTooLarge],
    ] as const
  ) {
    using client = await RawClient.connect(server.endpoint);
    await client.write(concat(header, body));
    assertRefusal(await client.receive(), code);
  }
});

test("tcp: half a frame is refused when its time is over", async () => {
  await using server = await TestServer.start({ listener: { frameTimeoutMs: 150 } });
  using silent = await RawClient.connect(server.endpoint);
  assertEquals(await silent.kindsOfAnswers(FAST), ["fastResponse"]);
  using client = await RawClient.connect(server.endpoint);
  await client.write(frames(sampleManifest(1)).subarray(0, 40));
  const [refusal, ...more] = await client.receiveToEnd();
  assertRefusal(refusal, RefusalCode.frameTimedOut, "150 ms");
  assertEquals(more, []);
  client.close();
  const { reason } = await server.events.wait("disconnected");
  assertEquals(reason, "a frame was not whole after 150 ms");
  // To say nothing at all is no offence.
  assertEquals(await silent.kindsOfAnswers(FAST), ["fastResponse"]);
});

test("tcp: one that never reads is no longer read from, then closed; others are served", async () => {
  await using server = await TestServer.start({ listener: { stallTimeoutMs: 300 } });
  using greedy = await RawClient.connect(server.endpoint);
  using other = await RawClient.connect(server.endpoint);
  const flood = repeat(FAST_FRAME, 100_000);
  let sentBytes = 0;
  const sending = assertRejects(async () => {
    while (sentBytes < 512 * MIB) sentBytes += await greedy.conn.write(flood);
  }, Error);
  let isOver = false;
  const gone = server.events.wait("disconnected").then(({ reason }) => {
    isOver = true;
    return reason;
  });
  let served = 0;
  while (!isOver) {
    assertEquals(await other.kindsOfAnswers(FAST), ["fastResponse"]);
    served++;
  }
  await sending;
  assertEquals(await gone, "the peer took no answers for 300 ms");
  assert(served > 10, `the other one was served ${served} times`);
  // What the two systems hold for a connection, and some reads: each MiB has 8 MiB of answers.
  assert(sentBytes < 32 * MIB, `${sentBytes} bytes were taken from it`);
});

test("tcp: one that reads late gets everything", async () => {
  await using server = await TestServer.start();
  using client = await RawClient.connect(server.endpoint);
  const requests = 200_000;
  let isSent = false;
  const sending = client.write(repeat(FAST_FRAME, requests)).then(() => isSent = true);
  using other = await RawClient.connect(server.endpoint);
  for (let i = 0; i < 100; i++) await other.kindsOfAnswers(FAST);
  const answers = await client.receiveMany(requests);
  await sending;
  assertEquals([isSent, answers.length], [true, requests]);
  assertEquals(answers.every(({ kind }) => kind === "fastResponse"), true);
});

test("tcp: one that stops sending still gets its receipts", async () => {
  await using server = await TestServer.start();
  using client = await RawClient.connect(server.endpoint);
  await client.send(...[1, 2, 3].map((number) => sampleManifest(number)));
  await client.conn.closeWrite();
  const receipts = await client.receiveToEnd();
  assertEquals(
    receipts.map((receipt) => receipt.kind === "receipt" ? receipt.id : receipt.kind),
    [1, 2, 3].map(sampleId),
  );
  assertEquals(server.events.of("disconnected")[0]?.reason, "closed the connection");
});

test("tcp: a reset is told as such", async () => {
  await using server = await TestServer.start();
  const client = await ResettableClient.connect(server.endpoint);
  await client.reset();
  assertEquals((await server.events.wait("disconnected")).reason, "reset by the peer");
  assertEquals(server.events.of("fault"), []);
});

test("tcp: a reset under a slow request and a manifest that is being stored is no fault", async () => {
  await using server = await TestServer.start({ hub: { traceRequests: true } });
  server.store.isHolding = true;
  const client = await ResettableClient.connect(server.endpoint);
  await client.send(frames(slow(3600), sampleManifest(1)));
  await server.events.wait("request", 2);
  await client.reset();
  assertEquals((await server.events.wait("disconnected")).reason, "reset by the peer");
  server.store.held[0]!.resolve({ storedAtMs: 5, duplicate: false });
  await server.events.wait("manifest");
  assertEquals(server.events.of("fault"), []);
});

test("tcp: one that leaves in the middle of a frame is told as such", async () => {
  await using server = await TestServer.start();
  using client = await RawClient.connect(server.endpoint);
  await client.write(Uint8Array.of(100, 1, 2, 3));
  await client.conn.closeWrite();
  assertEquals(await client.receive(), null);
  const { reason } = await server.events.wait("disconnected");
  assertEquals(reason, "closed the connection in the middle of a frame");
});

test("tcp: one that leaves without a word is told as such", async () => {
  await using server = await TestServer.start();
  (await RawClient.connect(server.endpoint)).close();
  assertEquals((await server.events.wait("disconnected")).reason, "closed the connection");
});

test("tcp: a flood of empty frames and unknown messages is refused one by one, then ended", async () => {
  await using server = await TestServer.start();
  using bystander = await RawClient.connect(server.endpoint);
  using client = await RawClient.connect(server.endpoint);
  const flood = concat(
    repeat(Uint8Array.of(0), 600),
    repeat(Uint8Array.of(3, 0x80, 0x7d, 0x05), 600),
  );
  const [answers] = await Promise.all([client.receiveToEnd(), client.write(flood)]);
  const codes = answers.map((answer) => answer.kind === "refusal" && answer.code);
  assertEquals(new Set(codes), new Set([RefusalCode.unsupported]));
  // One for each, until it is one too many, and a last one that says why it ends.
  assertEquals(answers.length, MAX_REFUSALS + 2);
  assertEquals(server.events.of("refused").length, MAX_TOLD_REFUSALS);
  const { reason } = await server.events.wait("disconnected");
  assertEquals(reason, "Too many messages were refused");
  assertEquals(await bystander.kindsOfAnswers(FAST), ["fastResponse"]);
});

test("tcp: a flood within the bound is refused one by one, and the connection lives on", async () => {
  await using server = await TestServer.start({ hub: { maxRefusals: Infinity } });
  using client = await RawClient.connect(server.endpoint);
  const [empty, unknown] = [Uint8Array.of(0), Uint8Array.of(3, 0x80, 0x7d, 0x05)];
  const each = 20_000;
  const flood = concat(repeat(empty, each), repeat(unknown, each), FAST_FRAME);
  const [answers] = await Promise.all([client.receiveMany(2 * each + 1), client.write(flood)]);
  const codes = answers.slice(0, -1).map((answer) => answer.kind === "refusal" && answer.code);
  assertEquals(new Set(codes), new Set([RefusalCode.unsupported]));
  assertEquals([answers.length, answers.at(-1)?.kind], [2 * each + 1, "fastResponse"]);
  assertEquals(server.events.of("refused").length, MAX_TOLD_REFUSALS);
});

test("tcp: one that asks for all its sleeps at once gets a refusal for each too many", async () => {
  await using server = await TestServer.start({ hub: { maxSleeping: 50 } });
  using client = await RawClient.connect(server.endpoint);
  const asked = Array.from({ length: 80 }, () => slow(1));
  const kinds = await client.kindsOfAnswers(...asked);
  assertEquals(kinds.slice(0, 30), new Array(30).fill("refusal"));
  assertEquals(kinds.slice(30), new Array(50).fill("slowResponse"));
});

test("tcp: a drain answers what runs, refuses what comes, and reports", async () => {
  await using server = await TestServer.start({ hub: { traceRequests: true } });
  using busy = await RawClient.connect(server.endpoint);
  await busy.send(slow(1), slow(3600));
  await server.events.wait("request", 2);
  using asking = await RawClient.connect(server.endpoint);
  await asking.send({ kind: "shutdown" });
  await server.events.wait("draining");
  await busy.send(FAST);
  const codes = (await busy.receiveToEnd()).map((answer) =>
    answer.kind === "refusal" ? answer.code : answer.kind
  );
  assertEquals(codes, [RefusalCode.shuttingDown, RefusalCode.shuttingDown, "slowResponse"]);
  const [report, ...more] = await asking.receiveToEnd();
  assert(report?.kind === "shutdownReport");
  assertEquals(
    [report.connections, report.finished, report.abandoned, more.length],
    [2, 1, 1, 0],
  );
  for (const client of [busy, asking]) client.close();
  await server.finished;
});

test("tcp: one that takes no answers keeps no server from stopping", async () => {
  const server = await TestServer.start({
    hub: { maxRefusals: Infinity },
    listener: { stallTimeoutMs: 60_000 },
  });
  using greedy = await RawClient.connect(server.endpoint);
  const flood = repeat(Uint8Array.of(0), 60_000);
  const sending = assertRejects(async () => {
    while (true) await greedy.conn.write(flood);
  }, Error);
  await server.events.wait("refused", MAX_TOLD_REFUSALS);
  await server[Symbol.asyncDispose]();
  assertEquals(server.events.of("disconnected")[0]?.reason, "the server stopped");
  await sending;
});

test("tcp: an answer does not wait until the one before it is acknowledged", async () => {
  await using server = await TestServer.start();
  using client = await RawClient.connect(server.endpoint);
  let fastestMs = Infinity;
  for (let i = 0; i < 40; i++) {
    const startMs = performance.now();
    // The answers are in two writes: the time at once, the receipt when it is stored.
    await client.kindsOfAnswers(FAST, sampleManifest(i));
    if (i >= 20) fastestMs = Math.min(fastestMs, performance.now() - startMs);
  }
  // Systems put an acknowledgement off for 40 ms or more (RFC 1122, 4.2.3.2).
  assert(fastestMs < 30, `no receipt came within ${fastestMs} ms`);
});

test("tcp: clients that come while it drains are told, or not let in", async () => {
  await using server = await TestServer.start({ hub: { traceRequests: true } });
  server.store.isHolding = true;
  using client = await RawClient.connect(server.endpoint);
  await client.send(sampleManifest(1));
  await server.events.wait("request");
  void server.hub.drain();
  const coming = Promise.allSettled(Array.from({ length: 20 }, async () => {
    using late = await RawClient.connect(server.endpoint);
    return await late.receiveToEnd();
  }));
  for (const outcome of await coming) {
    if (outcome.status === "rejected") assert(outcome.reason instanceof Error);
    else for (const answer of outcome.value) assertRefusal(answer, RefusalCode.shuttingDown);
  }
  server.store.held[0]!.resolve({ storedAtMs: 5, duplicate: false });
  assertEquals((await client.receiveToEnd()).map(({ kind }) => kind), ["receipt"]);
});

/** Fails unless the answer is a Refusal of that code whose text includes that. */
function assertRefusal(
  answer: Received | null | undefined,
  code: RefusalCode,
  text = "",
): asserts answer is Extract<Received, { kind: "refusal" }> {
  assert(answer?.kind === "refusal", `the answer is ${JSON.stringify(answer)}`);
  assertEquals(answer.code, code);
  assertStringIncludes(answer.text, text);
}
