/**
 * Strangers, who have no key, get tokens of servers: welcomes, answers, what others say. Whatever they
 * do with them, they have said nothing, kept nothing and proved nothing.
 */

import { assert, assertEquals } from "@std/assert";
import { HttpClient } from "../helpers/http_client.ts";
import { test } from "../helpers/strict.ts";
import { TestServer } from "../helpers/test_server.ts";
import { opened, SEAL } from "../helpers/tokens.ts";
import { UdpClient } from "../helpers/udp_client.ts";
import { WebSocketClient } from "../helpers/websocket_client.ts";

/** A server by http and udp, with one who has the key and talks, and a stranger who listens. */
async function scene() {
  const server = await TestServer.start({ scheme: "http" });
  const udp = await server.alsoListen("udp");
  const ann = await WebSocketClient.connect(server.endpoint);
  const eve = await WebSocketClient.connect(server.endpoint);
  const [annsWelcome, welcome] = [await ann.text(), await eve.text()];
  assert(annsWelcome !== null && welcome !== null);
  return {
    ...{ server, udp, ann, eve, welcome },
    async [Symbol.asyncDispose]() {
      ann.close();
      eve.close();
      await Promise.all([server[Symbol.asyncDispose](), udp[Symbol.asyncDispose]()]);
    },
  };
}

/** Sends a stolen token to a server in all ways, and looks whether anything comes of it. */
async function assertWorthless(stolen: string, server: TestServer, udp: TestServer["endpoint"]) {
  const { junk } = server.hub.tally;
  const before = { ...junk };
  const proven = server.events.of("sealed").length;
  const done = () => [
    server.events.of("came").length,
    server.events.of("renamed").length,
    server.events.of("message").length,
    Array.from(server.store.manifests()).length,
  ];
  const doneBefore = done();

  using http = await HttpClient.connect(server.endpoint);
  const answer = (await http.ask("POST", "/message", stolen))!;
  assertEquals([answer.status, opened(answer.body).cmd], [400, "error"]);

  using socket = await WebSocketClient.connect(server.endpoint);
  assertEquals((await socket.message()).text, "welcome");
  await socket.send(stolen);
  await socket.send(new TextEncoder().encode(stolen));

  await using sender = await UdpClient.open(udp);
  await sender.send(stolen);
  // What comes after it has been acted on when this is answered; it makes the one peer by UDP.
  await sender.ask({ cmd: "ping" });
  const udpPeers = server.events.of("connected").filter(({ peer }) => peer.dialect === "udp");
  assertEquals(udpPeers.at(-1)!.peer.address, sender.address);
  // The same by WebSocket: this comes back to it, and nothing before it.
  await socket.say({ cmd: "last" });
  assertEquals((await socket.message()).cmd, "last");

  assertEquals(junk, {
    body: before.body + 1,
    datagram: before.datagram + 1,
    frame: before.frame + 2,
  });
  assertEquals(done(), doneBefore);
  // Those are the ping's and the last command's.
  const sealed = server.events.of("sealed").slice(proven).map(({ peer }) => peer.address);
  assertEquals(sealed, [sender.address, socket.address]);
}

test("a welcome is worth nothing", async () => {
  await using made = await scene();
  await assertWorthless(made.welcome, made.server, made.udp.endpoint);
});

test("the token that says that something did not open is worth nothing", async () => {
  await using made = await scene();
  using http = await HttpClient.connect(made.server.endpoint);
  const { status, body } = (await http.ask("POST", "/message", "junk"))!;
  assertEquals(status, 400);
  await assertWorthless(body, made.server, made.udp.endpoint);
});

test("an answer by UDP is worth nothing", async () => {
  await using made = await scene();
  await using client = await UdpClient.open(made.udp.endpoint);
  await client.send({ cmd: "ping", args: "x" });
  const answer = new TextDecoder().decode(await client.next());
  await assertWorthless(answer, made.server, made.udp.endpoint);
});

test("a text or a command that was heard is worth nothing, here and at another server", async () => {
  await using made = await scene();
  await using other = await TestServer.start({ scheme: "http" });
  await using udp = await other.alsoListen("udp");
  for (
    const message of [
      { userID: "ann", text: "for this room only" },
      { userID: "ann", text: "the same", cmd: "say" },
      { userID: "ann", cmd: "manifest", args: '{"Kiel": 900}' },
    ]
  ) {
    const sent = await made.ann.say(message);
    const heard = (await made.eve.text())!;
    assert(heard !== sent, "it is no token of the sender");
    const { isOfServer, message: told } = SEAL.open(heard);
    assertEquals([isOfServer, told], [true, opened(sent)]);
    await made.ann.text();
    await assertWorthless(heard, other, udp.endpoint);
    await assertWorthless(heard, made.server, made.udp.endpoint);
    // The commands that went along came to all.
    for (const client of [made.ann, made.eve]) assertEquals((await client.message()).cmd, "last");
  }
  assertEquals(Array.from(made.server.store.manifests()), []);
});

test("what is said by POST comes to strangers as a token that is worth nothing", async () => {
  await using made = await scene();
  using http = await HttpClient.connect(made.server.endpoint);
  await http.ask("POST", "/message", SEAL.seal({ userID: "pat", cmd: "say", text: "hello" }));
  const heard = (await made.eve.text())!;
  assertEquals(opened(heard).userID, "pat");
  await assertWorthless(heard, made.server, made.udp.endpoint);
});
