/**
 * Slow, broken and hostile peers by WebSocket: each is gone within its bounds, with a reason, and
 * nobody else notices.
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import {
  MAX_PENDING_BYTES,
  MAX_WAITING_PONGS,
  MAX_WEBSOCKET_FRAGMENTS,
} from "../../lib/limits/http.ts";
import { MAX_TOKEN_BYTES } from "../../lib/limits/tokens.ts";
import { HttpClient } from "../helpers/http_client.ts";
import { RawClient } from "../helpers/raw_client.ts";
import { ResettableClient } from "../helpers/resettable.ts";
import { sampleId } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";
import { TestServer, type TestServerOptions } from "../helpers/test_server.ts";
import { opened, token } from "../helpers/tokens.ts";
import {
  frame,
  frameHeader,
  Opcode,
  upgradeRequest,
  WebSocketClient,
} from "../helpers/websocket_client.ts";

const start = (options: TestServerOptions = {}) => TestServer.start({ scheme: "http", ...options });
const bytes = (length: number) => new Uint8Array(length).fill(65);

/** The same bytes so many times. */
function repeated(one: Uint8Array, count: number): Uint8Array {
  const all = new Uint8Array(count * one.length);
  for (let i = 0; i < count; i++) all.set(one, i * one.length);
  return all;
}

/** Two members who talk to each other, and look that nothing of it is lost. */
async function talkers(server: TestServer): Promise<Disposable & { talk(): Promise<void> }> {
  const ann = await WebSocketClient.connect(server.endpoint);
  const bob = await WebSocketClient.connect(server.endpoint);
  const both = [ann, bob];
  for (const client of both) await client.message();
  let count = 0;
  return {
    async talk() {
      const text = `text ${++count}`;
      for (const [i, client] of both.entries()) {
        const sent = await client.say({ userID: i === 0 ? "ann" : "bob", text });
        for (const each of both) assertEquals(await each.message(), opened(sent));
      }
    },
    [Symbol.dispose]: () => both.forEach((client) => client.close()),
  };
}

/** What is sent, the code that it is closed with, and why. */
const broken: [string, () => Uint8Array, number, string][] = [
  ["a frame of 64 MiB", () => frameHeader(Opcode.text, 64 * 1024 * 1024), 1009, "too long"],
  [
    "a frame of one byte too many",
    () => frameHeader(Opcode.text, MAX_TOKEN_BYTES + 1),
    1009,
    "too long",
  ],
  [
    "a frame of 2^62 bytes",
    () => Uint8Array.from([0x82, 0xff, 0x40, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]),
    1009,
    "too long",
  ],
  [
    "fragments that are too long together",
    () =>
      Uint8Array.from([
        ...frame(Opcode.text, bytes(MAX_TOKEN_BYTES), false),
        ...frameHeader(Opcode.more, 1),
      ]),
    1009,
    "too long",
  ],
  [
    "more fragments than may be",
    () => {
      const all = repeated(frame(Opcode.more, bytes(1), false), MAX_WEBSOCKET_FRAGMENTS + 1);
      all[0] = Opcode.text;
      return all;
    },
    1008,
    "too many pieces",
  ],
  ["no frame", () => new TextEncoder().encode("GET / HTTP/1.1\r\n"), 1002, "no WebSocket"],
  ["a frame without a mask", () => Uint8Array.from([0x81, 1, 65]), 1002, "no WebSocket"],
  ["a fragment of nothing", () => frame(Opcode.more, bytes(1)), 1002, "no WebSocket"],
  ["a compressed frame", () => frame(0x40 | Opcode.text, bytes(1)), 1002, "no WebSocket"],
  ["a text that is no UTF-8", () => frame(Opcode.text, Uint8Array.of(255)), 1007, "no WebSocket"],
  ["a long ping", () => frame(Opcode.ping, bytes(126)), 1002, "no WebSocket"],
];

for (const [what, data, code, reason] of broken) {
  test(`websocket: ${what} ends the connection with ${code}`, async () => {
    await using server = await start();
    using others = await talkers(server);
    using rude = await WebSocketClient.connect(server.endpoint);
    await rude.write(data());
    assertEquals(await rude.closeCode(), code);
    rude.close();
    const event = await server.events.wait("disconnected");
    assertEquals(event.peer.address, rude.address);
    assertStringIncludes(event.reason, reason);
    assertEquals(server.events.of("refused").length, 1);
    await others.talk();
  });
}

test("websocket: the longest message is taken, in one frame and in as many as may be", async () => {
  await using server = await start();
  using client = await WebSocketClient.connect(server.endpoint);
  await client.message();
  await client.send("x".repeat(MAX_TOKEN_BYTES));
  const sent = token({ text: "in pieces" });
  const size = Math.ceil(sent.length / MAX_WEBSOCKET_FRAGMENTS);
  for (let at = 0; at < sent.length; at += size) {
    const part = new TextEncoder().encode(sent.slice(at, at + size));
    await client.write(
      frame(at === 0 ? Opcode.text : Opcode.more, part, at + size >= sent.length),
    );
  }
  assertEquals(await client.message(), opened(sent));
  assertEquals(server.hub.tally.junk.frame, 1);
});

test("websocket: frames that are sent on after one that is too long are thrown away", async () => {
  await using server = await start();
  using others = await talkers(server);
  using rude = await WebSocketClient.connect(server.endpoint);
  const flood = (async () => {
    await rude.write(frameHeader(Opcode.binary, 64 * 1024 * 1024));
    for (let i = 0; i < 64; i++) await rude.write(bytes(1024 * 1024));
  })().catch(() => {});
  assertEquals(await rude.closeCode().catch(() => 1009), 1009);
  await others.talk();
  await server.events.wait("disconnected");
  rude.close();
  await flood;
  await others.talk();
});

const unfinished: [string, Uint8Array][] = [
  ["a header", Uint8Array.of(0x81)],
  ["a frame", frame(Opcode.text, bytes(100)).subarray(0, 50)],
  ["a message in fragments", frame(Opcode.text, bytes(100), false)],
];

for (const [what, data] of unfinished) {
  test(`websocket: ${what} that does not end is ended in time, also with pings between`, async () => {
    await using server = await start({ listener: { frameTimeoutMs: 500 } });
    using others = await talkers(server);
    using rude = await WebSocketClient.connect(server.endpoint);
    await rude.write(data);
    // Each answer to a ping is followed by the next ping, for as long as there are answers.
    const ping = frame(Opcode.ping, bytes(1));
    if (what.startsWith("a message")) await rude.write(ping);
    let next = await rude.frame();
    for (; next !== null && next.opcode !== Opcode.close; next = await rude.frame()) {
      if (next.opcode === Opcode.pong) await rude.write(ping);
    }
    assertEquals(next?.data.slice(0, 2), Uint8Array.of(1008 >> 8, 1008 & 255));
    rude.close();
    const { reason } = await server.events.wait("disconnected");
    assertEquals(reason, "a message was not whole after 500 ms");
    await others.talk();
  });
}

test("websocket: all that is not whole has its bound, and short messages come through", async () => {
  await using server = await start();
  using others = await talkers(server);
  const clients: WebSocketClient[] = [];
  const half = frame(Opcode.binary, bytes(MAX_TOKEN_BYTES), false);
  const count = Math.ceil(MAX_PENDING_BYTES / MAX_TOKEN_BYTES) + 8;
  for (let i = 0; i < count; i++) {
    const client = await WebSocketClient.connect(server.endpoint);
    clients.push(client);
    await client.write(half).catch(() => {});
  }
  await server.events.wait("refused");
  const { text } = server.events.of("refused")[0]!;
  assertEquals(text, "Too much is coming in at once. Try again later.");
  await others.talk();
  // Who has proven the key has room for a long one all the same.
  using proven = await HttpClient.connect(server.endpoint);
  const ask = (args: string) => proven.ask("POST", "/message", token({ cmd: "ping", args }));
  assertEquals((await ask("short"))?.status, 200);
  assertEquals((await ask("x".repeat(700_000)))?.status, 200);
  for (const client of clients) client.close();
  await server.events.wait("disconnected", count);
  // All of it is free again.
  using after = await WebSocketClient.connect(server.endpoint);
  await after.write(half);
  await after.write(frame(Opcode.more, bytes(0)));
  await others.talk();
});

test("websocket: a member that never reads is put out, and the others get everything", async () => {
  await using server = await start({ listener: { stallTimeoutMs: 1000 } });
  using deaf = await WebSocketClient.connect(server.endpoint);
  await deaf.say({ userID: "deaf", text: "I do not listen" });
  await server.events.wait("came");
  using ann = await WebSocketClient.connect(server.endpoint);
  await ann.message();
  // More than the buffers of both systems take, and no more than is said in a second.
  const text = "x".repeat(60 * 1024);
  let isOut = false;
  server.events.wait("memberDropped").then(() => isOut = true);
  let count = 0;
  while (!isOut) {
    const sent = await ann.say({ text });
    assertEquals(await ann.message(), opened(sent));
    count++;
  }
  assert(count > 10, `${count}`);
  const { name, reason } = await server.events.wait("memberDropped");
  assertEquals(name, "deaf");
  assert(
    ["nothing was taken for 1000 ms", "too many events were waiting"].includes(reason),
    reason,
  );
  await server.events.wait("disconnected");
});

test("websocket: more than may wait puts a listener out", async () => {
  await using server = await start({ hub: { isOpen: true } });
  await using tcp = await server.alsoListen("tcp");
  using deaf = await WebSocketClient.connect(server.endpoint);
  using raw = await RawClient.connect(tcp.endpoint);
  await raw.send({ kind: "join", name: "raw" });
  await raw.receive();
  let isOut = false;
  server.events.wait("listenerDropped").then(() => isOut = true);
  const text = "x".repeat(60 * 1024);
  let count = 0;
  while (!isOut) {
    await raw.send({ kind: "say", id: sampleId(++count), text });
    assertEquals((await raw.receive())?.kind, "receipt");
  }
  assertEquals(server.events.of("listenerDropped").map(({ reason }) => reason), [
    "too many events were waiting",
  ]);
  const { peer, reason } = await server.events.wait("disconnected");
  assertEquals([peer.address, reason], [deaf.address, "it was put out of the room"]);
});

test("websocket: a peer that is silent is asked, and gone when it does not answer", async () => {
  await using server = await start({ listener: { idleTimeoutMs: 1000 } });
  using dead = await WebSocketClient.connect(server.endpoint);
  using alive = await WebSocketClient.connect(server.endpoint);
  for (const client of [dead, alive]) await client.message();
  let isDead = false;
  const gone = server.events.wait("disconnected").then((event) => {
    isDead = true;
    return event;
  });
  let pings = 0;
  while (!isDead) {
    const next = await alive.frame();
    if (next?.opcode !== Opcode.ping) break;
    pings++;
    await alive.write(frame(Opcode.pong, next.data));
  }
  assert(pings > 0);
  const { peer, reason } = await gone;
  assertEquals(peer.address, dead.address);
  assertEquals(reason, "answered no ping and sent nothing for 1000 ms");
  assertEquals((await dead.frame())?.opcode, Opcode.ping);
  assertEquals(await dead.frame(), null);
});

test("websocket: a ping is answered", async () => {
  await using server = await start();
  using client = await WebSocketClient.connect(server.endpoint);
  await client.message();
  await client.write(frame(Opcode.ping, bytes(5)));
  assertEquals(await client.frame(), { opcode: Opcode.pong, data: bytes(5) });
});

test("websocket: as many pings as may wait are answered, all at once", async () => {
  await using server = await start();
  using client = await WebSocketClient.connect(server.endpoint);
  await client.message();
  await client.write(repeated(frame(Opcode.ping, bytes(1)), MAX_WAITING_PONGS));
  for (let i = 0; i < MAX_WAITING_PONGS; i++) {
    assertEquals(await client.frame(), { opcode: Opcode.pong, data: bytes(1) });
  }
});

test("websocket: more pings than may wait end the connection, and the log says so", async () => {
  await using server = await start();
  using others = await talkers(server);
  using rude = await WebSocketClient.connect(server.endpoint);
  const flood = (async () => {
    for (let i = 0; i < 100; i++) await rude.write(repeated(frame(Opcode.ping, bytes(0)), 10_000));
  })().catch(() => {});
  // What it sends on may make the system reset before it has read the close.
  assertEquals(await rude.closeCode().catch(() => 1008), 1008);
  rude.close();
  await flood;
  const { reason } = await server.events.wait("disconnected");
  assertEquals(reason, `sent more than ${MAX_WAITING_PONGS} pings without waiting for the answers`);
  await others.talk();
});

test("websocket: who says more than it may loses nothing, and holds up nobody", async () => {
  await using server = await start();
  using ann = await WebSocketClient.join(server.endpoint, "ann");
  using loud = await WebSocketClient.connect(server.endpoint);
  await loud.message();
  const sent = Array.from({ length: 150 }, (_, i) => token({ userID: "loud", text: `${i}` }));
  for (const text of sent) await loud.send(text);
  await ann.say({ text: "in between" });
  const heard = [];
  while (heard.length < 151) heard.push(await loud.message());
  assertEquals(heard.filter(({ userID }) => userID === "loud"), sent.map(opened));
  for (const message of heard) assertEquals(await ann.message(), message);
});

test("websocket: while the store is slow nothing is lost, and nothing more is taken", async () => {
  await using server = await start();
  using ann = await WebSocketClient.connect(server.endpoint);
  await ann.message();
  server.store.isHoldingEvents = true;
  const sent = Array.from({ length: 50 }, (_, i) => token({ text: `${i}` }));
  for (const text of sent) await ann.send(text);
  for (const text of sent) {
    while (server.store.heldEvents.length === 0) {
      await new Promise((resolve) => setTimeout(resolve));
    }
    assertEquals(server.store.heldEvents.length, 1);
    server.store.releaseEvents();
    assertEquals(await ann.message(), opened(text));
  }
});

test("websocket: who resets, or leaves in the middle, leaves nothing behind", async () => {
  await using server = await start();
  using others = await talkers(server);
  for (const data of [bytes(0), frame(Opcode.text, bytes(1000)).subarray(0, 500)]) {
    const client = await ResettableClient.connect(server.endpoint);
    await client.send(new TextEncoder().encode(upgradeRequest("/ws")));
    await client.send(data);
    await client.reset();
    const left = await WebSocketClient.connect(server.endpoint);
    await left.write(data);
    left.close();
  }
  await server.events.wait("disconnected", 4);
  assertEquals(server.events.of("fault"), []);
  assertEquals(server.hub.tally.http.openWebSockets, 2);
  await others.talk();
});

test("websocket: a thousand that come and go leave nothing behind", async () => {
  await using server = await start({ hub: { announcedPerSecond: 10_000 } });
  for (let round = 0; round < 10; round++) {
    const clients = await Promise.all(
      Array.from({ length: 100 }, () => WebSocketClient.connect(server.endpoint)),
    );
    for (const client of clients) client.close();
  }
  await server.events.wait("disconnected", 1000);
  assertEquals([server.hub.tally.http.openWebSockets, server.hub.room.size], [0, 0]);
});
