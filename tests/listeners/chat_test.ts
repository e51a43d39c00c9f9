/** The `chat` listener over real connections: system C's clients in the room. */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { isSameBytes } from "../../lib/bytes.ts";
import type { Member } from "../../lib/hub/member.ts";
import { Peer } from "../../lib/hub/peer.ts";
import { isDenial } from "../../lib/hub/gate.ts";
import { NoRoomError } from "../../lib/store/file_store.ts";
import { parseChatTime } from "../../lib/wire/chat_grammar.ts";
import type { FileInfo } from "../../lib/wire/file_messages.ts";
import { ChatClient } from "../helpers/chat_client.ts";
import { FakeOutlet } from "../helpers/fake_outlet.ts";
import { LOCAL, sampleId, sampleKey } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";
import { TestServer, type TestServerOptions } from "../helpers/test_server.ts";

const start = (options: TestServerOptions = {}) => TestServer.start({ scheme: "chat", ...options });

/** A member who comes by no listener. */
function enter(server: TestServer, name: string): { member: Member; outlet: FakeOutlet } {
  const outlet = new FakeOutlet();
  const peer = server.hub.connect(LOCAL);
  assert(peer instanceof Peer);
  const member = server.hub.room.enter(peer, name, outlet);
  assert(!isDenial(member));
  return { member, outlet };
}

/** Bytes that tell where they stand. */
function bytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => i * 31 + (i >> 8));
}

/** Keeps a file and offers it to the room. */
async function offer(
  server: TestServer,
  member: Member,
  name: string,
  content: Uint8Array,
): Promise<FileInfo> {
  const upload = await server.store.openUpload({ size: content.length });
  await upload.write(content);
  const id = sampleId(server.store.files(0, Infinity).length + 1);
  const { file } = await upload.finish({ id, name, source: member.name });
  await upload.close();
  await member.offer(file);
  return file;
}

test("chat: what one says comes to the others with name and time, and not to the one", async () => {
  await using server = await start();
  using ann = await ChatClient.join(server.endpoint, "Анна");
  using bob = await ChatClient.join(server.endpoint, "bob");
  using eve = await ChatClient.join(server.endpoint, "eve");
  await ann.say("привет 😀", "two", "three");
  for (const client of [bob, eve]) {
    const event = await client.next();
    assertEquals([event?.user, event?.text], ["Анна", "привет 😀"]);
    assertEquals(parseChatTime(event!.time), 2000, event!.time);
    assertEquals([await client.line(), await client.line()], ["Анна: two", "Анна: three"]);
  }
  await bob.say("back");
  assertEquals([await ann.line(), await eve.line()], ["bob: back", "bob: back"]);
});

test("chat: members by other listeners are in the same room", async () => {
  await using server = await start();
  using ann = await ChatClient.join(server.endpoint, "ann");
  const { member, outlet } = enter(server, "Ann");
  assertEquals(member.name, "Ann 2");
  await member.say(sampleId(1), "by another way");
  assertEquals(await ann.line(), "Ann 2: by another way");
  await ann.say("by this way");
  await ann.settle();
  ann.close();
  await server.events.wait("left");
  assertEquals(outlet.words, ["ann: by this way", "ann left"]);
  assertEquals(outlet.events[0]?.dialect, "chat");
});

test("chat: a server that stops sends what was said before it closes, and files whole", async () => {
  const server = await start();
  using ann = await ChatClient.join(server.endpoint, "ann");
  const { member } = enter(server, "bob");
  // More than the system takes of it while nobody reads.
  const content = bytes(8 * 1024 * 1024);
  await offer(server, member, "f.bin", content);
  await member.say(sampleId(100), "behind the file");
  const stopping = server[Symbol.asyncDispose]();
  await server.events.wait("draining");
  const file = await ann.next();
  assertEquals([file?.text, file?.content?.length], ["f.bin", content.length]);
  assert(isSameBytes(file!.content!, content));
  assertEquals([await ann.line(), await ann.line()], ["bob: behind the file", null]);
  ann.close();
  await stopping;
});

test("chat: a text that looks like the name of a file is none for who gets it", async () => {
  await using server = await start();
  using ann = await ChatClient.join(server.endpoint, "ann");
  const { member } = enter(server, "bob");
  for (const [i, text] of ["a.txt%", "done 50%", "50 %", "ab%\n"].entries()) {
    await member.say(sampleId(i + 1), text);
    const event = await ann.next();
    assertEquals([event?.text, event?.content], [`${text} `, undefined]);
  }
});

for (const size of [0, 1, 100, 65_536, 131_072, 131_073, 1_000_000]) {
  test(`chat: a file of ${size} bytes comes to all, and is kept once`, async () => {
    await using server = await start();
    using ann = await ChatClient.join(server.endpoint, "ann");
    using bob = await ChatClient.join(server.endpoint, "bob");
    using eve = await ChatClient.join(server.endpoint, "eve");
    const { outlet } = enter(server, "by tcp");
    const content = bytes(size);
    await ann.say("before", "photo-1.jpg%", content, "after");
    for (const client of [bob, eve]) {
      assertEquals(await client.line(), "ann: before");
      const event = await client.next();
      assertEquals([event?.user, event?.text], ["ann", "photo-1.jpg"]);
      assertEquals(event?.content, content);
      assertEquals(await client.line(), "ann: after");
    }
    assertEquals(server.store.files(0, 10).map((file) => [file.name, file.size, file.source]), [
      ["photo-1.jpg", size, "ann"],
    ]);
    const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", content.slice()));
    const happened = outlet.events.map(({ what }) => what);
    assertEquals(happened.map(({ type }) => type), ["text", "file", "text"]);
    assert(happened[1]?.type === "file");
    assertEquals(happened[1].file.sha256, sha256);
  });
}

test("chat: a file of another member comes under a name that its client takes", async () => {
  await using server = await start();
  using ann = await ChatClient.join(server.endpoint, "ann");
  const { member } = enter(server, "bob");
  for (const name of ["отчёт за год.pdf", "../../.bashrc", "plain.txt"]) {
    await offer(server, member, name, bytes(10));
    const event = await ann.next();
    assertEquals(event?.content, bytes(10));
    assertMatch(
      event!.text,
      name === "plain.txt" ? /^plain\.txt$/ : /^[a-zA-Z_]\w*-\w{6}(\.pdf|\.bashrc)$/,
    );
  }
});

test("chat: a file that is too long is announced with how to get it", async () => {
  await using server = await start({ listener: { maxChatFileBytes: 10 } });
  using ann = await ChatClient.join(server.endpoint, "ann");
  const { member } = enter(server, "bob");
  const { id } = await offer(server, member, "long\u202e.bin", bytes(11));
  const event = await ann.next();
  assertStringIncludes(event!.text, `wagons files get ${id}`);
  assertStringIncludes(event!.text, "long\\u{202e}.bin (11B)");
  assertEquals([event?.user, event?.content], ["bob", undefined]);
});

test("chat: a file that is not there any more is told of, and the rest goes on", async () => {
  await using server = await start();
  using ann = await ChatClient.join(server.endpoint, "ann");
  const { member } = enter(server, "bob");
  const file: FileInfo = {
    kind: "fileInfo",
    id: sampleId(9),
    name: "gone.txt",
    size: 5,
    sha256: new Uint8Array(32),
    source: "bob",
    storedAtMs: 0,
    number: 1,
  };
  await member.offer(file);
  await member.say(sampleId(2), "go on");
  assertEquals(await ann.line(), "wagons: bob offers gone.txt, and it could not be read.");
  assertEquals(await ann.line(), "bob: go on");
  assertStringIncludes((await server.events.wait("fault")).doing, sampleId(9));
});

test("chat: a file that cannot be kept is told to its sender, who goes on", async () => {
  await using server = await start();
  using ann = await ChatClient.join(server.endpoint, "ann");
  using bob = await ChatClient.join(server.endpoint, "bob");
  server.store.failure = new Error("no space left");
  await ann.say("a.txt%", bytes(1000));
  assertEquals(await ann.line(), "wagons: The server could not store the file. Try again later.");
  server.store.failure = undefined;
  await ann.say("hello");
  assertEquals(await bob.line(), "ann: hello");
  assertStringIncludes((await server.events.wait("fault")).doing, "a.txt");
});

test("chat: a file for which there is no room is refused, which is no fault", async () => {
  await using server = await start();
  using ann = await ChatClient.join(server.endpoint, "ann");
  server.store.failure = new NoRoomError("There is no room for 1000 bytes");
  await ann.say("a.txt%", bytes(1000));
  assertEquals(await ann.line(), "wagons: There is no room for 1000 bytes.");
  assertEquals(server.events.of("fault"), []);
});

test("chat: headers and texts are as the URL says", async () => {
  const parameters = { header: "4", encoding: "cp1251" };
  await using server = await start({ parameters });
  assertEquals(server.endpoint.parameters, parameters);
  using ann = await ChatClient.join(server.endpoint, "Анна");
  using bob = await ChatClient.join(server.endpoint, "bob");
  const { member, outlet } = enter(server, "Łukasz");
  await ann.say("Ёж", "f.bin%", bytes(9999));
  assertEquals(await bob.line(), "Анна: Ёж");
  assertEquals((await bob.next())?.content, bytes(9999));
  assertEquals(outlet.texts, ["Ёж"]);
  await member.say(sampleId(1), "zażółć 😀");
  assertEquals(await ann.line(), "?ukasz: za?ó?? ?".replace("ó", "?"));
  await offer(server, member, "long.bin", bytes(10_000));
  assertStringIncludes((await ann.line())!, "wagons files get");
});

test("chat: a text that is longer than a header can say comes in pieces", async () => {
  await using server = await start({ parameters: { header: "2" } });
  using ann = await ChatClient.join(server.endpoint, "ann");
  const { member } = enter(server, "bob");
  await member.say(sampleId(1), "x".repeat(200));
  const pieces = [await ann.next(), await ann.next(), await ann.next()].map((it) => it!.text);
  assertEquals(pieces.map(({ length }) => length), [98, 98, 4]);
  assertEquals(pieces.join(""), "x".repeat(200));
});

test("chat: a name that cannot be is refused, with the reason", async () => {
  await using server = await start();
  for (const name of ["", "x".repeat(65), "a\u0007b", "\u202eann"]) {
    using client = await ChatClient.connect(server.endpoint);
    await client.say(name);
    assertMatch((await client.line())!, /^wagons: The name /);
    assertEquals(await client.line(), null);
  }
  const { reason } = await server.events.wait("disconnected", 4);
  assertMatch(reason, /^it was not let in: The name /);
  assertEquals(server.events.of("came"), []);
});

test("chat: a server with a key lets nobody in, unless it is open", async () => {
  await using closed = await start({ hub: { key: sampleKey(1) } });
  using client = await ChatClient.connect(closed.endpoint);
  await client.say("ann");
  assertStringIncludes((await client.line())!, "has a key");
  assertEquals(await client.line(), null);
  await using open = await start({ hub: { key: sampleKey(1), isOpen: true } });
  using ann = await ChatClient.join(open.endpoint, "ann");
  assertEquals(open.events.of("came").length, 1);
  ann.close();
});

test("chat: a text that cannot be said is told to its sender, who goes on", async () => {
  await using server = await start();
  using ann = await ChatClient.join(server.endpoint, "ann");
  using bob = await ChatClient.join(server.endpoint, "bob");
  await ann.say("\u001b[2J", "hello");
  assertEquals(await ann.line(), "wagons: The text has a control character.");
  assertEquals(await bob.line(), "ann: hello");
});
