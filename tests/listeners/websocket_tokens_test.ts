/** Tokens that come by WebSocket: again, too long for others, and as they are told. */

import { assert, assertEquals } from "@std/assert";
import { MAX_RELAYED_TOKEN_BYTES, MAX_TOKEN_BYTES } from "../../lib/limits/tokens.ts";
import { sealFernet } from "../../lib/seal/fernet.ts";
import { FakeStore } from "../helpers/fake_store.ts";
import { HttpClient } from "../helpers/http_client.ts";
import { KEY } from "../helpers/sealed_peer.ts";
import { test } from "../helpers/strict.ts";
import { TestServer, type TestServerOptions } from "../helpers/test_server.ts";
import { opened, token } from "../helpers/tokens.ts";
import { UdpClient } from "../helpers/udp_client.ts";
import { WebSocketClient } from "../helpers/websocket_client.ts";

const start = (options: TestServerOptions = {}) => TestServer.start({ scheme: "http", ...options });

test("websocket: a token that comes again is given back, and does nothing else", async () => {
  await using server = await start();
  await using udp = await server.alsoListen("udp");
  using ann = await WebSocketClient.connect(server.endpoint);
  using eve = await WebSocketClient.connect(server.endpoint);
  for (const client of [ann, eve]) await client.message();
  // Eve has read on the line what was sent by others.
  const overheard: string[] = [];
  for (const message of [{ text: "once" }, { cmd: "stop" }, { userID: "Bob", text: "twice" }]) {
    const sent = await ann.say(message);
    assertEquals(await eve.message(), opened(sent));
    overheard.push(sent);
  }
  using http = await HttpClient.connect(server.endpoint);
  const posted = token({ cmd: "ping" });
  await http.ask("POST", "/message", posted);
  await using datagrams = await UdpClient.open(udp.endpoint);
  const datagram = token({ text: "by datagram" });
  await datagrams.ask(datagram);
  assertEquals(await eve.line(), "ann: by datagram");
  const sealed = server.events.of("sealed").length;
  for (let i = 0; i < 10; i++) {
    for (const again of [...overheard, posted, datagram]) {
      await eve.send(again);
      assertEquals(await eve.message(), opened(again));
    }
  }
  const last = await ann.say({ userID: "Bob", text: "last" });
  assertEquals(await eve.message(), opened(last));
  // Eve is still nobody when this one comes.
  await server.events.wait("message", 4);
  const welcome = await eve.say({ userID: "eve", text: "new" });
  assertEquals(await eve.message(), opened(welcome));
  assertEquals(server.events.of("came").map(({ name }) => name), ["ann", "eve"]);
  assertEquals(server.events.of("renamed").map(({ name }) => name), ["Bob"]);
  assertEquals(server.events.of("sealed").length, sealed + 1);
  assertEquals(server.events.of("message").every(({ duplicate }) => !duplicate), true);
  assertEquals(server.hub.tally.of("http").tokens.repeated, 50);
});

test("websocket: what was said before a restart is given back to who says it again, alone", async () => {
  const store = new FakeStore();
  let sent: string;
  {
    await using server = await start({ hub: { store } });
    using ann = await WebSocketClient.connect(server.endpoint);
    await ann.message();
    sent = await ann.say({ userID: "ann", text: "once" });
    await ann.message();
  }
  await using server = await start({ hub: { store } });
  using ann = await WebSocketClient.connect(server.endpoint);
  using bob = await WebSocketClient.connect(server.endpoint);
  for (const client of [ann, bob]) await client.message();
  await ann.send(sent);
  assertEquals(await ann.message(), opened(sent));
  const next = await ann.say({ userID: "ann", text: "next" });
  for (const client of [ann, bob]) assertEquals(await client.message(), opened(next));
});

test("websocket: what could not be said, or is not said yet, is not given back", async () => {
  await using server = await start();
  const { store } = server;
  using ann = await WebSocketClient.connect(server.endpoint);
  using again = await WebSocketClient.connect(server.endpoint);
  for (const client of [ann, again]) await client.message();
  store.isHoldingEvents = true;
  const sent = await ann.say({ userID: "ann", text: "now" });
  await server.events.wait("came");
  await again.send(sent);
  // It was read: what came behind it was.
  const command = await again.say({ cmd: "read" });
  for (const client of [ann, again]) assertEquals(await client.message(), opened(command));
  store.heldEvents.pop()!.reject(new Error("the disk is full"));
  assertEquals((await ann.message()).args, "failed");
  store.isHoldingEvents = false;
  await ann.send(sent);
  for (const client of [ann, again]) assertEquals(await client.message(), opened(sent));
});

test("websocket: a token that would be too long for others is refused, one that is not goes on", async () => {
  await using server = await start();
  using ann = await WebSocketClient.connect(server.endpoint);
  using bob = await WebSocketClient.connect(server.endpoint);
  for (const client of [ann, bob]) await client.message();
  const seal = (json: object) =>
    sealFernet(KEY, new TextEncoder().encode(JSON.stringify(json)), {
      timeS: Math.floor(Date.now() / 1000),
      iv: crypto.getRandomValues(new Uint8Array(16)),
    });
  const token = (length: number) => {
    const bare = 57 + '{"args":""}'.length + 16;
    const args = "x".repeat(Math.floor(length * 3 / 4) - bare);
    return seal({ args });
  };
  const [good, bad] = [token(MAX_RELAYED_TOKEN_BYTES), token(MAX_TOKEN_BYTES)];
  assert(good.length > MAX_RELAYED_TOKEN_BYTES - 50 && good.length <= MAX_RELAYED_TOKEN_BYTES);
  assert(bad.length > MAX_RELAYED_TOKEN_BYTES && bad.length <= MAX_TOKEN_BYTES);
  await ann.send(bad);
  const { cmd, args } = await ann.message();
  assertEquals([cmd, args], ["error", "tooLarge"]);
  await ann.send(good);
  const heard = (await bob.text())!;
  assert(heard.length > good.length && heard.length <= MAX_TOKEN_BYTES, `${heard.length}`);
  assertEquals(opened(heard), opened(good));
});

test("websocket: each token is told where requests are traced, as by other ways", async () => {
  await using server = await start({ hub: { traceRequests: true } });
  using ann = await WebSocketClient.connect(server.endpoint);
  await ann.message();
  for (const message of [{ text: "hello" }, { cmd: "ping" }, { cmd: "\x1b[2J" }]) {
    await ann.say(message);
    await ann.message();
  }
  const kinds = server.events.of("request").map(({ kind }) => kind);
  assertEquals(kinds, ["token", "token ping", "token"]);
});
