/**
 * Slow, broken and hostile peers of the `chat` listener: each is gone within its time, with a
 * reason, and nobody else notices.
 */

import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { MAX_WAITING_EVENTS } from "../../lib/limits/room.ts";
import { ChatClient } from "../helpers/chat_client.ts";
import { ResettableClient } from "../helpers/resettable.ts";
import { test } from "../helpers/strict.ts";
import { TestServer, type TestServerOptions } from "../helpers/test_server.ts";

const start = (options: TestServerOptions = {}) => TestServer.start({ scheme: "chat", ...options });
const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
/** Short, and long enough for who does nothing wrong. */
const SHORT = { frameTimeoutMs: 500 };

/** Two members who talk to each other, and look that nothing of it is lost. */
async function talkers(server: TestServer): Promise<Disposable & { talk(): Promise<void> }> {
  const ann = await ChatClient.join(server.endpoint, "ann");
  const bob = await ChatClient.join(server.endpoint, "bob");
  let count = 0;
  return {
    async talk() {
      const text = `text ${++count}`;
      await ann.say(text);
      assertEquals(await bob.line(), `ann: ${text}`);
      await bob.say(text);
      assertEquals(await ann.line(), `bob: ${text}`);
    },
    [Symbol.dispose]() {
      ann.close();
      bob.close();
    },
  };
}

const broken: [string, Uint8Array, RegExp][] = [
  ["a header of letters", ascii("abcdefghij"), /^"abcdefghij" stands where the length of a text/],
  ["a header of -1", ascii("-1        "), /^"-1 {8}" stands where the length/],
  ["a header of nothing", ascii(" ".repeat(10)), /^" {10}" stands where the length/],
  ["a header of 9999999999", ascii("9999999999"), /^A text says it is 9999999999 bytes long/],
  ["a text of one byte too many", ascii("65537     "), /^A text says it is 65537 bytes long/],
  ["a request of HTTP", ascii("GET / HTTP/1.1\r\n\r\n"), /^"GET \/ HTTP" stands where/],
  ["a text in another encoding", ascii("2         \xff\xfe"), /^A part that .* is not utf-8$/],
  ["a file of 9999999999 bytes", ascii("3         f.%9999999999"), /^A file says it is 9999999999/],
  ["a file of -1 bytes", ascii("3         f.%-1        "), /^"-1 {8}" stands .* of a file/],
];

for (const [what, bytes, reason] of broken) {
  for (const hasName of [false, true]) {
    if (!hasName && what.startsWith("a file")) continue;
    test(`chat: ${what} ends ${hasName ? "a member's" : "a new"} connection`, async () => {
      await using server = await start();
      using others = await talkers(server);
      const rude = hasName
        ? await ChatClient.join(server.endpoint, "rude")
        : await ChatClient.connect(server.endpoint);
      await rude.write(bytes);
      const told = await rude.next();
      assertEquals(told?.user, "wagons");
      assertMatch(told!.text.replace(/\.$/, ""), reason);
      assertEquals(await rude.next(), null);
      rude.close();
      const event = await server.events.wait("disconnected");
      assertEquals(event.peer.address, rude.address);
      assertMatch(event.reason, reason);
      await others.talk();
    });
  }
}

test("chat: what came before a broken part is said all the same", async () => {
  await using server = await start();
  using ann = await ChatClient.join(server.endpoint, "ann");
  using rude = await ChatClient.connect(server.endpoint);
  await rude.write(ascii("1         x5         helloabcdefghij"));
  assertEquals(await ann.line(), "x: hello");
});

test("chat: 100 connections that never say a name are gone in time", async () => {
  await using server = await start({ listener: { handshakeTimeoutMs: 1000 } });
  using others = await talkers(server);
  const silent = await Promise.all(
    Array.from({ length: 100 }, () => ChatClient.connect(server.endpoint)),
  );
  await server.events.wait("connected", 102);
  await others.talk();
  const reasons = new Set<string>();
  await server.events.wait("disconnected", 100);
  for (const { reason } of server.events.of("disconnected")) reasons.add(reason);
  assertEquals([...reasons], ["no name was said within 1000 ms"]);
  for (const client of silent) {
    assertStringIncludes((await client.line())!, "wagons: No name was said");
    client.close();
  }
  await others.talk();
});

const stopping: [string, Uint8Array][] = [
  ["in the middle of a header", ascii("5   ")],
  ["in the middle of a text", ascii("5         he")],
  ["in the middle of a file", ascii("3         f.%100       half")],
  ["in the middle of the header of a file", ascii("3         f.%10")],
];

for (const [where, bytes] of stopping) {
  test(`chat: a member that stops ${where} is gone in time`, async () => {
    await using server = await start({ listener: SHORT });
    using others = await talkers(server);
    using rude = await ChatClient.join(server.endpoint, "rude");
    await rude.write(bytes);
    await others.talk();
    const { reason } = await server.events.wait("disconnected");
    assertEquals(reason, "a part was not whole after 500 ms");
    assertEquals(server.store.files(0, 1), []);
    await others.talk();
  });
}

test("chat: a member that has announced a file and sends none is only waited for", async () => {
  await using server = await start({ listener: SHORT });
  using silent = await ChatClient.join(server.endpoint, "silent");
  await silent.say("f.txt%");
  // Another one that stops in the middle is gone, so the time is over for both.
  using rude = await ChatClient.join(server.endpoint, "rude");
  await rude.write(ascii("5"));
  await server.events.wait("disconnected");
  await silent.say("late");
  await server.events.wait("message");
  assertEquals(server.store.files(0, 1).map(({ name, size }) => [name, size]), [["f.txt", 4]]);
});

test("chat: a member that stops reading is put out, the others get everything", async () => {
  await using server = await start({ listener: { stallTimeoutMs: 2000 } });
  using loud = await ChatClient.join(server.endpoint, "loud");
  using reader = await ChatClient.join(server.endpoint, "reader");
  using deaf = await ChatClient.join(server.endpoint, "deaf");
  // More than the buffers of both systems take.
  const content = new Uint8Array(8 * 1024 * 1024);
  const saying = loud.say("f.bin%", content, "one", "f.bin%", content, "two", "f.bin%", content);
  const got = [];
  for (let i = 0; i < 5; i++) {
    const event = await reader.next();
    got.push(event?.content?.length ?? event?.text);
  }
  assertEquals(got, [content.length, "one", content.length, "two", content.length]);
  await saying;
  const { name, reason } = await server.events.wait("memberDropped");
  assertEquals([name, reason], ["deaf", "nothing was taken for 2000 ms"]);
  const event = await server.events.wait("disconnected");
  assertEquals(event.peer.address, deaf.address);
  assertEquals(event.reason, "the peer took nothing for 2000 ms");
  await loud.say("still here");
  assertEquals(await reader.line(), "loud: still here");
});

test("chat: more events than may wait put a member out, with a reason", async () => {
  await using server = await start();
  using deaf = await ChatClient.join(server.endpoint, "deaf");
  using loud = await ChatClient.join(server.endpoint, "loud");
  await loud.say("f.bin%", new Uint8Array(16 * 1024 * 1024));
  await loud.settle();
  const texts = Array.from({ length: MAX_WAITING_EVENTS + 1 }, (_, i) => `text ${i}`);
  await loud.say(...texts);
  const { name, reason } = await server.events.wait("memberDropped");
  assertEquals([name, reason], ["deaf", "too many events were waiting"]);
  await loud.settle();
  const event = await server.events.wait("disconnected");
  assertEquals([event.peer.address, event.reason], [deaf.address, "it was put out of the room"]);
});

test("chat: a peer that resets in the middle of a file leaves nothing behind", async () => {
  await using server = await start();
  using bob = await ChatClient.join(server.endpoint, "bob");
  const rude = await ResettableClient.connect(server.endpoint);
  await rude.send(ascii("1         x3         f.%100       half"));
  await server.events.wait("came", 2);
  await rude.reset();
  assertMatch((await server.events.wait("disconnected")).reason, /reset|closed the connection/);
  assertEquals(server.store.files(0, 1), []);
  await bob.settle();
});

test("chat: a peer that only closes in the middle of a part is told apart", async () => {
  await using server = await start();
  for (
    const bytes of [ascii("5"), ascii("5         he"), ascii("1         x3         f.%9         1")]
  ) {
    const client = await ChatClient.connect(server.endpoint);
    await client.write(bytes);
    client.close();
  }
  await server.events.wait("disconnected", 3);
  for (const { reason } of server.events.of("disconnected")) {
    assertEquals(reason, "closed the connection in the middle of a part");
  }
});

test("chat: a peer that is refused too much is sent away", async () => {
  await using server = await start({ hub: { maxRefusals: 5 } });
  using rude = await ChatClient.join(server.endpoint, "rude");
  await rude.say("", "", "", "", "", "", "");
  const { reason } = await server.events.wait("disconnected");
  assertEquals(reason, "too much of it was refused");
});
