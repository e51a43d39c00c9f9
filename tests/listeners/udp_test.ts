/** What the listener by UDP answers to tokens, and who its peers are. */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { MAX_UDP_ANSWER_BYTES } from "../../lib/limits/udp.ts";
import { sealFernet } from "../../lib/seal/fernet.ts";
import { test } from "../helpers/strict.ts";
import { canListen } from "./conformance_address.ts";
import { TestServer, type TestServerOptions } from "../helpers/test_server.ts";
import { KEY } from "../helpers/sealed_peer.ts";
import { UdpClient } from "../helpers/udp_client.ts";

const hasIpv6 = canListen("::1");

const LOCAL_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?$/;

function start({ hub, ...options }: TestServerOptions = {}): Promise<TestServer> {
  return TestServer.start({ scheme: "udp", ...options, hub: { name: "yard", ...hub } });
}

test("each command is answered with the sender's address, and with what became of it", async () => {
  await using server = await start();
  await using client = await UdpClient.open(server.endpoint);
  const from = { userID: client.address, text: "decode ok" };

  const { timestamp, ...pong } = await client.ask({ cmd: "ping", args: "1" });
  assertEquals(pong, { ...from, cmd: "ping", args: "1" });
  assertMatch(timestamp, LOCAL_TIME);

  const hello = await client.ask({ cmd: "handshake", text: "x".repeat(300) });
  assertEquals([hello.userID, hello.text, hello.cmd], [from.userID, from.text, "handshake"]);
  assertEquals(JSON.parse(hello.args).name, "yard");

  const said = await client.ask({ cmd: "say", text: "hello" });
  assertEquals([said.userID, said.text, said.cmd], [from.userID, from.text, "say"]);
  assertEquals(JSON.parse(said.args).duplicate, false);

  const kept = await client.ask({ cmd: "manifest", args: '{"Тула": 3}' });
  assertEquals([kept.userID, kept.text, kept.cmd], [from.userID, from.text, "manifest"]);
  const { id, duplicate } = JSON.parse(kept.args);
  assertEquals(duplicate, false);
  assertEquals(server.store.manifest(id)?.entries, [{ city: "Тула", wagons: 3 }]);

  const error = await client.ask({ cmd: "reboot" });
  assertEquals([error.userID, error.text, error.cmd], [from.userID, from.text, "error"]);
  assertStringIncludes(error.args, '"reboot"');
  const empty = await client.ask({});
  assertEquals([empty.text, empty.cmd], [from.text, "error"]);
});

test("a text without a command is said in the room", async () => {
  await using server = await start();
  await using client = await UdpClient.open(server.endpoint);
  const { cmd, args } = await client.ask({ userID: "Анна", text: "привет" });
  assertEquals([cmd, JSON.parse(args).duplicate], ["say", false]);
  const [event] = server.store.events({ limit: 10, maxBytes: 1000 }, () => {});
  assertEquals(
    [event?.name, event?.dialect, event?.what],
    ["Анна", "udp", { type: "text", text: "привет" }],
  );
});

test("a datagram that comes again is answered and not acted on, whoever sends it", async () => {
  await using server = await start();
  await using client = await UdpClient.open(server.endpoint);
  await using other = await UdpClient.open(server.endpoint);
  const manifest = client.seal.seal({ userID: "ann", cmd: "manifest", args: '{"a": 1}' });
  const unnamed = client.seal.seal({ cmd: "manifest", args: '{"b": 1}' });
  const say = client.seal.seal({ userID: "ann", text: "once" });
  for (const token of [manifest, unnamed, say]) {
    const answers = [await client.ask(token), await client.ask(token), await other.ask(token)];
    const results = answers.map(({ args }) => JSON.parse(args));
    assertEquals(results.map(({ duplicate }) => duplicate), [false, true, true]);
    assertEquals(new Set(results.map(({ id }) => id)).size, 1);
  }
  assertEquals(Array.from(server.store.manifests()).length, 2);
  // The other one has nothing of its own.
  assertEquals(server.events.of("sealed").map(({ peer }) => peer.address), [client.address]);
  assertEquals(server.store.events({ limit: 10, maxBytes: 1000 }, () => {}).length, 1);
});

test("a peer is who has sent a token, and it is proven by a new one", async () => {
  await using server = await start();
  await using client = await UdpClient.open(server.endpoint);
  await client.send("junk");
  await client.ask({ cmd: "ping" });
  await client.ask({ cmd: "ping" });
  const peer = {
    dialect: "udp",
    address: client.address,
    host: "127.0.0.1",
    isLoopback: true,
  };
  assertEquals(server.events.of("connected"), [{ event: "connected", peer, connections: 1 }]);
  assertEquals(server.events.of("sealed"), [{ event: "sealed", peer }]);
  const { receivedBytes, sentBytes } = server.hub.tally.of("udp");
  assert(receivedBytes > 300 && sentBytes > 300, `${receivedBytes} ${sentBytes}`);
});

test("whom the hub turns away is told why", async () => {
  await using server = await start({ hub: { maxConnections: 1 } });
  await using one = await UdpClient.open(server.endpoint);
  await using two = await UdpClient.open(server.endpoint);
  await one.ask({ cmd: "ping" });
  const refused = await two.ask({ cmd: "ping" });
  assertEquals([refused.userID, refused.text, refused.cmd], [two.address, "decode ok", "error"]);
  assertStringIncludes(refused.args, "serves 1 connections at once");
  assertEquals((await one.ask({ cmd: "ping" })).cmd, "ping");
});

test("a server that stops refuses new requests, answers those under way, and closes", async () => {
  const server = await start();
  await using client = await UdpClient.open(server.endpoint);
  await using late = await UdpClient.open(server.endpoint);
  server.store.isHolding = true;
  const kept = client.ask({ cmd: "manifest", args: '{"a": 1}' });
  await server.events.wait("connected");
  do await late.ask({ cmd: "ping" }); while (server.hub.running === 0);
  const drained = server.hub.drain();
  for (const message of [{ cmd: "ping" }, { text: "too late" }]) {
    const refused = await late.ask(message);
    assertEquals([refused.cmd, refused.args], ["error", "This server is stopping."]);
  }
  await using stranger = await UdpClient.open(server.endpoint);
  assertEquals((await stranger.ask({ cmd: "ping" })).args, "This server is stopping.");
  const [held] = server.store.held;
  held!.resolve({ storedAtMs: 1000, duplicate: false });
  assertEquals((await kept).cmd, "manifest");
  assertEquals((await drained).finished, 1);
  await server.finished;
  assertEquals(
    server.events.of("disconnected").map(({ reason }) => reason),
    ["the server stopped", "the server stopped"],
  );
  await using again = await start();
  assert(again.endpoint.port > 0);
});

test("the arguments of an answer are left out when it would be too long", async () => {
  await using server = await start();
  await using client = await UdpClient.open(server.endpoint);
  const args = "x".repeat(MAX_UDP_ANSWER_BYTES);
  const token = client.seal.seal({ cmd: "ping", args, text: "x".repeat(5000) });
  await client.send(token);
  const bytes = await client.next();
  const { cmd, args: given } = client.seal.open(bytes).message;
  assertEquals([cmd, given], ["ping", ""]);
  assert(bytes.length <= MAX_UDP_ANSWER_BYTES);

  // The shortest token there is: a message without a field.
  const shortest = sealFernet(KEY, new TextEncoder().encode("{}"), {
    timeS: Math.floor(Date.now() / 1000),
    iv: new Uint8Array(16),
  });
  assertEquals(shortest.length, 100);
  await client.send(shortest);
  const answer = await client.next();
  assertEquals(client.seal.open(answer).message.cmd, "error");
  assert(answer.length <= 4 * shortest.length, `${answer.length}`);
});

test(
  `a server on [::] answers by IPv6 and by IPv4${hasIpv6 ? "" : " (skipped: there is no IPv6)"}`,
  async () => {
    await using server = await start({ host: "::" });
    const { port } = server.endpoint;
    assertEquals(server.endpoint.host, "::");
    for (
      const [host, address] of [["::1", /^\[::1\]:/], ["127.0.0.1", /127\.0\.0\.1\]?:/]] as const
    ) {
      await using client = await UdpClient.open({ scheme: "udp", host, port });
      assertMatch((await client.ask({ cmd: "ping" })).userID, address);
    }
    assertEquals(server.events.of("connected").every(({ peer }) => peer.isLoopback), true);
  },
  { ignore: !hasIpv6 },
);

test("a server on a name listens on its address", async () => {
  await using server = await start({ host: "localhost" });
  assertMatch(server.endpoint.host, /^(127\.0\.0\.1|::1)$/);
  await using client = await UdpClient.open(server.endpoint);
  assertEquals((await client.ask({ cmd: "ping" })).cmd, "ping");
});

test("a server on 0.0.0.0 answers from each address of the machine", async () => {
  await using server = await start({ host: "0.0.0.0" });
  for (const host of ["127.0.0.1", "127.0.0.2"]) {
    await using client = await UdpClient.open({ ...server.endpoint, host }, host);
    assertEquals((await client.ask({ cmd: "ping" })).userID, client.address);
  }
});
