/** What the listener by UDP does with what is no token of its key. */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { createSocket } from "node:dgram";
import { MAX_TOLD_DROPPED_PER_MINUTE } from "../../lib/limits/connections.ts";
import {
  MAX_DATAGRAM_BYTES,
  MAX_JUNK_ANSWERS_PER_PEER,
  MAX_UDP_ACTING_PER_PEER,
} from "../../lib/limits/udp.ts";
import { sealFernet } from "../../lib/seal/fernet.ts";
import { TokenSeal } from "../../lib/token_seal.ts";
import { DECODE_ERROR } from "../../lib/wire/token_message.ts";
import { test } from "../helpers/strict.ts";
import { TestServer, type TestServerOptions } from "../helpers/test_server.ts";
import { KEY } from "../helpers/sealed_peer.ts";
import { UdpClient } from "../helpers/udp_client.ts";

const OTHER_KEY = new Uint8Array(32).fill(9);
const MINUTE_MS = 60_000;

function start(options: TestServerOptions = {}): Promise<TestServer> {
  return TestServer.start({ scheme: "udp", ...options });
}

function sealed(plaintext: string | Uint8Array, key = KEY): string {
  const bytes = typeof plaintext === "string" ? new TextEncoder().encode(plaintext) : plaintext;
  const timeS = Math.floor(Date.now() / 1000);
  return sealFernet(key, bytes, { timeS, iv: crypto.getRandomValues(new Uint8Array(16)) });
}

function sealedAt(nowMs: number): string {
  return new TokenSeal(KEY, { nowMs: () => nowMs }).seal({ cmd: "ping" });
}

const PING = '{"cmd": "ping"}';

/** Datagrams that do not open, each with what the log says of it. */
const JUNK: [what: string, datagram: string | Uint8Array, why: string][] = [
  ["nothing", new Uint8Array(0), "0 bytes are no token"],
  ["a byte", "g", "1 bytes are no token"],
  ["a text", "x".repeat(200), "200 bytes are no token"],
  ["the largest datagram", new Uint8Array(MAX_DATAGRAM_BYTES), "65507 bytes are no token"],
  [
    "the largest one that begins like a token",
    `gAAAA${"x".repeat(MAX_DATAGRAM_BYTES - 5)}`,
    "base64",
  ],
  ["another alphabet", `gAAAA${"+".repeat(95)}`, "base64"],
  ["no text at all", new Uint8Array(150).fill(255), "no token"],
  ["a token that was cut", sealed(PING.padEnd(100)).slice(0, -4), "no whole number of blocks"],
  ["a token that was changed", changed(sealed(PING)), "changed, or sealed with another key"],
  ["a token of another key", sealed(PING, OTHER_KEY), "changed, or sealed with another key"],
  ["a token that is too old", sealedAt(Date.now() - 6 * MINUTE_MS), "it is good for 300 s"],
  ["a token from the future", sealedAt(Date.now() + 6 * MINUTE_MS), "clocks may differ by 300 s"],
  ["a token of no JSON", sealed("hello"), "is no JSON"],
  ["a token of no UTF-8", sealed(new Uint8Array([255, 254])), "is no JSON in UTF-8"],
  ["a token of a list", sealed("[]"), "is no JSON object"],
  ["a token with a number as text", sealed('{"text": 1}'), "has a number as text"],
];

/** A token with another byte in its ciphertext. */
function changed(token: string): string {
  const at = 60;
  return `${token.slice(0, at)}${token[at] === "A" ? "B" : "A"}${token.slice(at + 1)}`;
}

for (const [what, datagram, why] of JUNK) {
  test(`${what} gets no answer and makes no peer`, async () => {
    await using server = await start();
    await using client = await UdpClient.open(server.endpoint);
    await client.send(datagram);
    assertStringIncludes((await server.events.wait("dropped")).why, why);
    assertEquals(server.hub.tally.junk.datagram, 1);
    assertEquals(server.events.of("connected").length, 0);
    // Whatever came before it would be here first.
    assertEquals((await client.ask({ cmd: "ping" })).cmd, "ping");
  });
}

for (const [what, datagram] of JUNK) {
  const bytes = datagram.length;
  const isAnswered = bytes > DECODE_ERROR.length;
  const how = isAnswered ? "is answered" : "is too short to be answered";
  test(`${what} ${how} where junk is answered, and makes no peer`, async () => {
    await using server = await start({ listener: { answersJunk: true } });
    await using client = await UdpClient.open(server.endpoint);
    await client.send(datagram);
    if (isAnswered) {
      assertEquals(new TextDecoder().decode(await client.next()), DECODE_ERROR);
    }
    assertEquals(server.events.of("connected").length, 0);
    assertEquals((await client.ask({ cmd: "ping" })).cmd, "ping");
  });
}

test("only so much junk of one peer is answered", async () => {
  await using server = await start({ listener: { answersJunk: true } });
  await using client = await UdpClient.open(server.endpoint);
  for (let i = 0; i < 3 * MAX_JUNK_ANSWERS_PER_PEER; i++) await client.send("x".repeat(100));
  await client.send({ cmd: "ping" });
  for (let i = 0; i < MAX_JUNK_ANSWERS_PER_PEER; i++) {
    assertEquals(new TextDecoder().decode(await client.next()), DECODE_ERROR);
  }
  assertEquals((await client.nextMessage()).text, "decode ok");
});

test("an answer is not answered: servers do not talk to each other for ever", async () => {
  await using server = await start({ listener: { answersJunk: true } });
  await using client = await UdpClient.open(server.endpoint);
  for (const text of ["decode ok", "decode error"]) {
    for (const cmd of ["say", "ping", "error", ""]) await client.send({ cmd, text });
  }
  await client.send(DECODE_ERROR);
  assertEquals((await client.ask({ cmd: "ping" })).cmd, "ping");
  assertStringIncludes((await server.events.wait("dropped")).why, "is an answer");
  assertEquals(server.store.events({ limit: 10, maxBytes: 1000 }, () => {}), []);
});

test("a log has a few lines for much junk, and says how much else there was", async () => {
  await using server = await start();
  await using client = await UdpClient.open(server.endpoint);
  const count = 5 * MAX_TOLD_DROPPED_PER_MINUTE;
  for (let i = 0; i < count; i++) await client.send("junk");
  await client.ask({ cmd: "ping" });
  assertEquals(server.hub.tally.junk.datagram, count);
  assertEquals(server.events.of("dropped").length, MAX_TOLD_DROPPED_PER_MINUTE);
});

test("what a peer sends beyond its messages in a second is dropped, and others are served", async () => {
  await using server = await start();
  await using client = await UdpClient.open(server.endpoint);
  await using other = await UdpClient.open(server.endpoint);
  const token = client.seal.seal({ cmd: "ping" });
  // One after the other, until more than that come in one second.
  const dropped = server.events.wait("dropped");
  let isDropped = false;
  dropped.then(() => isDropped = true);
  while (!isDropped) {
    await client.send(token);
    await Promise.race([client.next(), dropped]);
  }
  assertEquals((await other.ask({ cmd: "ping" })).cmd, "ping");
  assertStringIncludes(server.events.of("dropped")[0]!.why, "too many messages came");
  assertEquals(server.hub.tally.junk.datagram, 0);
});

test("a peer has only so many messages acted on at once, and others are served", async () => {
  await using server = await start();
  await using client = await UdpClient.open(server.endpoint);
  await using other = await UdpClient.open(server.endpoint);
  server.store.isHolding = true;
  for (let i = 0; i <= MAX_UDP_ACTING_PER_PEER; i++) {
    await client.send({ cmd: "manifest", args: `{"a": ${i}}` });
  }
  const { why } = await server.events.wait("dropped");
  assertEquals(why, `${MAX_UDP_ACTING_PER_PEER} messages of it were being acted on`);
  assertEquals((await other.ask({ cmd: "ping" })).cmd, "ping");
  assertEquals(server.store.held.length, MAX_UDP_ACTING_PER_PEER);
  for (const held of server.store.held) held.resolve({ storedAtMs: 1, duplicate: false });
  for (let i = 0; i < MAX_UDP_ACTING_PER_PEER; i++) {
    assertEquals((await client.nextMessage()).cmd, "manifest");
  }
});

test("a peer that has gone does the listener no harm", async () => {
  await using server = await start();
  await using client = await UdpClient.open(server.endpoint);
  // Nobody is at that port when the answer comes: the system says so to whoever has sent it.
  const gone = createSocket("udp4");
  const { host, port } = server.endpoint;
  server.store.isHolding = true;
  const token = client.seal.seal({ cmd: "manifest", args: '{"a": 1}' });
  await new Promise((resolve) => gone.send(token, port, host, resolve));
  await server.events.wait("connected");
  await new Promise<void>((resolve) => gone.close(resolve));
  const [held] = server.store.held;
  held!.resolve({ storedAtMs: 1, duplicate: false });
  for (let i = 0; i < 3; i++) assertEquals((await client.ask({ cmd: "ping" })).cmd, "ping");
  assertEquals(server.events.of("fault"), []);
});

test("senders are served in the middle of much junk, and all of that is counted", async () => {
  await using server = await start({ listener: { answersJunk: true } });
  await using attacker = await UdpClient.open(server.endpoint);
  const junk = JUNK.map(([, datagram]) => datagram).filter(({ length }) => length < 1000);
  let sent = 0;
  for (let sender = 0; sender < 5; sender++) {
    await using client = await UdpClient.open(server.endpoint);
    for (let round = 0; round < 20; round++) {
      for (let i = 0; i < 50; i++) await attacker.send(junk[sent++ % junk.length]!);
      assertEquals((await client.ask({ cmd: "ping" })).cmd, "ping");
    }
  }
  assertEquals(server.hub.tally.junk.datagram, sent);
  assertEquals(server.events.of("connected").length, 5);
  assertEquals(server.events.of("dropped").length, MAX_TOLD_DROPPED_PER_MINUTE);
});
