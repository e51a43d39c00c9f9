/** WebSockets of the listener `http`: who is in the room, and who hears what. */

import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { formatEndpoint } from "../../lib/endpoint.ts";
import { MAX_SAY_BYTES } from "../../lib/limits/room.ts";
import { TokenSeal } from "../../lib/token_seal.ts";
import { ChatClient } from "../helpers/chat_client.ts";
import { HttpClient } from "../helpers/http_client.ts";
import { concat, RawClient } from "../helpers/raw_client.ts";
import { sampleId } from "../helpers/samples.ts";
import { OTHER_KEY } from "../helpers/sealed_peer.ts";
import { test } from "../helpers/strict.ts";
import { TestServer, type TestServerOptions } from "../helpers/test_server.ts";
import { opened, SEAL, token } from "../helpers/tokens.ts";
import { frame, Opcode, upgradeRequest, WebSocketClient } from "../helpers/websocket_client.ts";

const start = (options: TestServerOptions = {}) => TestServer.start({ scheme: "http", ...options });
/** With those in the room who prove nothing. */
const OPEN = { hub: { isOpen: true } };

for (const path of ["/ws", "/", "/ws?x=1"]) {
  test(`websocket: who comes to ${path} is welcomed under its address, and is no member`, async () => {
    await using server = await start();
    using client = await WebSocketClient.connect(server.endpoint, path);
    const { userID, timestamp, text, cmd, args } = await client.message();
    assertEquals([userID, text, cmd, args], [client.address, "welcome", "", ""]);
    assertMatch(timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?$/);
    assertEquals(server.hub.room.size, 0);
  });
}

test("websocket: what comes right behind the request is read, in its order, and watched", async () => {
  await using server = await start({ listener: { frameTimeoutMs: 500 } });
  using http = await HttpClient.connect(server.endpoint);
  const ping = frame(Opcode.ping, Uint8Array.of(65));
  const said = token({ userID: "ann", text: "at once" });
  const message = frame(Opcode.text, new TextEncoder().encode(said));
  const begun = frame(Opcode.text, Uint8Array.of(65), false);
  const request = new TextEncoder().encode(upgradeRequest("/ws"));
  await http.write(concat(request, ping, message, begun));
  using client = await WebSocketClient.over(http);
  const frames = [];
  for (let next = await client.frame(); next !== null; next = await client.frame()) {
    frames.push(next);
  }
  const texts = frames.filter(({ opcode }) => opcode === Opcode.text);
  assertEquals(opened(new TextDecoder().decode(texts.at(-1)!.data)), opened(said));
  assertEquals(frames.filter(({ opcode }) => opcode === Opcode.pong).length, 1);
  const { reason } = await server.events.wait("disconnected");
  assertEquals(reason, "a message was not whole after 500 ms");
});

test("websocket: there is none at other paths, and none without a proper request", async () => {
  await using server = await start();
  for (const path of ["/message", "/ws/", "/x"]) {
    await assertRejects(() => WebSocketClient.connect(server.endpoint, path), Error, ":404");
  }
  for (
    const [from, to] of [
      ["Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n", ""],
      ["Sec-WebSocket-Version: 13", "Sec-WebSocket-Version: 12"],
      ["Key: dGhl", "Key: !!!!"],
    ] as const
  ) {
    using client = await HttpClient.connect(server.endpoint);
    await client.write(upgradeRequest("/ws").replace(from, to));
    const answer = (await client.answer())!;
    assertEquals(answer.status, 400);
    assertMatch(answer.body, /^This is no request for a WebSocket: .+\n$/);
    assertEquals(await client.answer(), null);
  }
});

test("websocket: all hear all that one says, the sender too, once and in order", async () => {
  await using server = await start();
  using ann = await WebSocketClient.connect(server.endpoint);
  using bob = await WebSocketClient.connect(server.endpoint);
  for (const client of [ann, bob]) await client.message();
  const said: string[] = [];
  for (let i = 0; i < 20; i++) said.push(await ann.say({ text: `text ${i}`, args: `${i}` }));
  for (const client of [ann, bob]) {
    for (const text of said) assertEquals(await client.message(), opened(text));
  }
  const [came] = server.events.of("came");
  assertEquals([came!.name, came!.peer.address], ["ann", ann.address]);
  assertEquals(server.events.of("message").length, 20);
});

test("websocket: what came as bytes goes as bytes, what came as a text as a text", async () => {
  await using server = await start();
  using ann = await WebSocketClient.connect(server.endpoint);
  using bob = await WebSocketClient.connect(server.endpoint);
  for (const client of [ann, bob]) await client.message();
  for (const message of [{ text: "said" }, { cmd: "command" }]) {
    for (const opcode of [Opcode.binary, Opcode.text]) {
      const sent = token(message);
      await ann.write(frame(opcode, new TextEncoder().encode(sent)));
      const [one, other] = [await ann.frame(), await bob.frame()];
      // Sealed once for all.
      assertEquals(one, other);
      assertEquals(one!.opcode, opcode);
      assertEquals(SEAL.open(one!.data).message, opened(sent));
    }
  }
});

test("websocket: a command goes to all, and nothing is done for it", async () => {
  await using server = await start();
  await using second = await server.alsoListen("http");
  using ann = await WebSocketClient.connect(server.endpoint);
  using bob = await WebSocketClient.connect(server.endpoint);
  using cid = await WebSocketClient.connect(second.endpoint);
  const all = [ann, bob, cid];
  for (const client of all) await client.message();
  for (const cmd of ["ping", "handshake", "manifest", "dance", ""]) {
    const sent = await ann.say({ cmd, args: '{"x": 1}' });
    for (const client of all) assertEquals(await client.message(), opened(sent));
  }
  assertEquals([server.hub.room.size, server.events.of("message")], [0, []]);
});

test("websocket: the name is the userID, the address without one, and changes with it", async () => {
  await using server = await start();
  using client = await WebSocketClient.connect(server.endpoint);
  await client.message();
  for (const userID of ["", "ann", "ann", "Анна"]) {
    await client.say({ userID, text: "x" });
    await client.message();
  }
  assertEquals(server.events.of("message").map(({ name }) => name), [
    client.address,
    "ann",
    "ann",
    "Анна",
  ]);
  assertEquals(server.hub.room.who().members.map(({ name }) => name), ["Анна"]);
});

test("websocket: a name that is taken gets a number, for the others too", async () => {
  await using server = await start(OPEN);
  await using tcp = await server.alsoListen("tcp");
  using raw = await RawClient.connect(tcp.endpoint);
  await raw.send({ kind: "join", name: "ann" });
  await raw.receive();
  using client = await WebSocketClient.connect(server.endpoint);
  await client.message();
  for (let i = 0; i < 2; i++) await client.say({ userID: "ann", text: "me too" });
  const names = [];
  for (const event of await raw.receiveMany(3)) {
    assert(event.kind === "roomEvent");
    names.push(`${event.name} ${event.what.type}`);
  }
  assertEquals(names, ["ann 2 came", "ann 2 text", "ann 2 text"]);
});

test("websocket: what cannot be said is refused by a token to the sender alone", async () => {
  await using server = await start();
  using ann = await WebSocketClient.connect(server.endpoint);
  using bob = await WebSocketClient.connect(server.endpoint);
  for (const client of [ann, bob]) await client.message();
  const refused: [string, string, string][] = [
    ["ann", "x".repeat(MAX_SAY_BYTES + 1), "tooLarge"],
    ["ann", "a\x07b", "invalid"],
    ["a\nn", "x", "invalid"],
    ["x".repeat(65), "x", "invalid"],
  ];
  for (const [userID, text, code] of refused) {
    await ann.say({ userID, text });
    const { cmd, args } = await ann.message();
    assertEquals([cmd, args], ["error", code]);
  }
  // Nobody comes for what is not said.
  assertEquals(server.events.of("came"), []);
  await ann.say({ text: "x".repeat(MAX_SAY_BYTES) });
  assertEquals((await bob.message()).text.length, MAX_SAY_BYTES);
});

test("websocket: junk is not answered, reaches nobody, and is counted", async () => {
  await using server = await start();
  using ann = await WebSocketClient.connect(server.endpoint);
  using bob = await WebSocketClient.connect(server.endpoint);
  for (const client of [ann, bob]) await client.message();
  const junk: (string | Uint8Array)[] = [
    "",
    "hello",
    '{"userID": "ann", "text": "not sealed"}',
    new TokenSeal(OTHER_KEY).seal({ text: "another key" }),
    new Uint8Array(500).fill(255),
    token({ text: "cut" }).slice(0, -8),
  ];
  for (const data of junk) await ann.send(data);
  const sent = await ann.say({ text: "good" });
  for (const client of [ann, bob]) assertEquals(await client.message(), opened(sent));
  assertEquals(server.hub.tally.junk.frame, junk.length);
  assertEquals(server.events.of("refused").length, junk.length);
  // Nobody was told that it was refused.
  assertEquals(server.hub.tally.refusals.every((count) => count === 0), true);
  assertEquals(server.hub.tally.of("http").dropped, junk.length);
});

test("websocket: who sends too much junk is sent away", async () => {
  await using server = await start({ hub: { maxRefusals: 20 } });
  using client = await WebSocketClient.connect(server.endpoint);
  for (let i = 0; i < 21; i++) await client.send("junk");
  assertEquals(await client.closeCode(), 1008);
  assertEquals((await server.events.wait("disconnected")).reason, "too much of it was refused");
});

test("websocket: a WebSocket, tcp, chat and POST hear each other", async () => {
  await using server = await start(OPEN);
  await using tcp = await server.alsoListen("tcp");
  await using chat = await server.alsoListen("chat");
  using ann = await WebSocketClient.connect(server.endpoint);
  using listener = await WebSocketClient.connect(server.endpoint);
  for (const client of [ann, listener]) await client.message();
  using raw = await RawClient.connect(tcp.endpoint);
  await raw.send({ kind: "join", name: "raw" });
  await raw.receive();
  using cat = await ChatClient.join(chat.endpoint, "cat");
  using post = await HttpClient.connect(server.endpoint);
  const heardByRaw = async () => {
    for (;;) {
      const event = await raw.receive();
      if (event?.kind !== "roomEvent" || event.what.type !== "text") continue;
      return `${event.name}: ${event.what.text}`;
    }
  };

  await ann.say({ text: "from a socket" });
  for (const client of [ann, listener]) assertEquals(await client.line(), "ann: from a socket");
  assertEquals(await heardByRaw(), "ann: from a socket");
  assertEquals(await cat.line(), "ann: from a socket");

  await raw.send({ kind: "say", id: sampleId(1), text: "from tcp" });
  for (const client of [ann, listener]) assertEquals(await client.line(), "raw: from tcp");
  assertEquals(await cat.line(), "raw: from tcp");

  await cat.say("из чата");
  for (const client of [ann, listener]) assertEquals(await client.line(), "cat: из чата");
  assertEquals(await heardByRaw(), "cat: из чата");

  const body = token({ userID: "pat", cmd: "say", text: "by post" });
  assertEquals(opened((await post.ask("POST", "/message", body))!.body).text, "said");
  for (const client of [ann, listener]) {
    const { userID, text, cmd, args } = await client.message();
    assertEquals([userID, text, cmd, args], ["pat", "by post", "", ""]);
  }
  assertEquals(await heardByRaw(), "pat: by post");
  assertEquals(await cat.line(), "pat: by post");

  await cat.say("f.txt%", new Uint8Array(1500));
  for (const client of [ann, listener]) {
    assertMatch(
      await client.line(),
      /^cat: offers f\.txt, 1500B: get it with wagons files get [0-9a-f-]{36}$/,
    );
  }
});

test("websocket: a peer of another dialect is sealed for once, the same token for all", async () => {
  await using server = await start(OPEN);
  await using chat = await server.alsoListen("chat");
  using ann = await WebSocketClient.connect(server.endpoint);
  using bob = await WebSocketClient.connect(server.endpoint);
  for (const client of [ann, bob]) await client.message();
  using cat = await ChatClient.join(chat.endpoint, "cat");
  await cat.say("hello");
  assertEquals(await ann.text(), await bob.text());
});

test("websocket: the runtime's own client talks", async () => {
  await using server = await start();
  const socket = new WebSocket(`${formatEndpoint(server.endpoint).replace("http", "ws")}/ws`);
  const sent = token({ text: "hello" });
  const got: string[] = [];
  const closed = new Promise((resolve) => socket.addEventListener("close", resolve));
  socket.addEventListener("message", ({ data }) => {
    got.push(data);
    if (got.length === 1) socket.send(sent);
    else socket.close();
  });
  await closed;
  assertEquals([opened(got[0]!).text, opened(got[1]!)], ["welcome", opened(sent)]);
  assertEquals((await server.events.wait("disconnected")).reason, "closed the connection");
});

test("websocket: a peer that closes has left, and is told to have", async () => {
  await using server = await start();
  using bob = await WebSocketClient.join(server.endpoint, "bob");
  const ann = await WebSocketClient.join(server.endpoint, "ann");
  assertEquals(await bob.line(), "ann: ann is here");
  await ann.write(frame(Opcode.close, Uint8Array.of(3, 232)));
  assertEquals(await ann.closeCode(), 1000);
  ann.close();
  assertEquals((await server.events.wait("left")).name, "ann");
  assertEquals(server.hub.room.size, 1);
});

test("websocket: a server that stops says so, after all that waits", async () => {
  const server = await start();
  using ann = await WebSocketClient.connect(server.endpoint);
  await ann.message();
  const sent = [];
  for (let i = 0; i < 50; i++) sent.push(await ann.say({ text: `${i}` }));
  await server.events.wait("message", 50);
  const stopping = server[Symbol.asyncDispose]();
  for (const text of sent) assertEquals(await ann.message(), opened(text));
  const end = await ann.frame();
  assertEquals([end!.opcode, end!.data[0]! * 256 + end!.data[1]!], [Opcode.close, 1001]);
  await ann.write(frame(Opcode.close, end!.data));
  assertEquals(await ann.frame(), null);
  ann.close();
  await stopping;
  assertEquals(server.events.of("disconnected").map(({ reason }) => reason), [
    "the server stopped",
  ]);
});
