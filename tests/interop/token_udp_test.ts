/**
 * System B by UDP, as peers/b_udp_*.py stand in for it, with the built program: its sender at our
 * server, by broadcast too, and our client at its listener.
 */

import { assertEquals, assertMatch, assertNotEquals, assertStringIncludes } from "@std/assert";
import { jsonLines, Workspace } from "../e2e/workspace.ts";
import { makeKeyFile, TokenPeers, withoutTime } from "./token_peers.ts";
import { SERVER_NAME, serveTokens } from "./token_server.ts";

const peers = await TokenPeers.find();

/** The broadcast address of the loopback network, which every Linux has. */
const BROADCAST = "127.255.255.255";
const ONLY_LINUX = { ignore: Deno.build.os !== "linux" };

peers.test("wagons serve answers system B's sender with the sender's address", async () => {
  await using space = new Workspace();
  const key = await makeKeyFile(space);
  const { server, urls } = await serveTokens(space, key, ["udp"]);
  await using sender = peers.client("b_udp_sender.py", urls.udp!, key, "--name", "Анна");
  const { port } = await sender.nextOf("bound");
  const from = { userID: `127.0.0.1:${port}`, text: "decode ok" };

  const answer = await sender.ask({ text: "привет 😀" });
  assertEquals([answer.userID, answer.text], [from.userID, from.text]);
  const message = await server.next("message");
  assertEquals([message.name, message.dialect, message.duplicate], ["Анна", "udp", false]);

  const pong = withoutTime(await sender.ask({ cmd: "ping", args: "1" }));
  assertEquals(pong, { ...from, cmd: "ping", args: "1" });
  const hello = withoutTime(await sender.ask({ cmd: "handshake" }));
  assertEquals([hello.userID, hello.text, hello.cmd], [from.userID, from.text, "handshake"]);
  if (hello.args !== "") assertEquals(JSON.parse(hello.args).name, SERVER_NAME);
  const error = withoutTime(await sender.ask({ cmd: "reboot" }));
  assertEquals([error.userID, error.text, error.cmd], [from.userID, from.text, "error"]);
  assertStringIncludes(error.args, "reboot");
  assertEquals((await server.stop()).code, 0);
});

peers.test("wagons serve answers a datagram that comes twice, and says its text once", async () => {
  await using space = new Workspace();
  const key = await makeKeyFile(space);
  const { server, urls } = await serveTokens(space, key, ["udp"]);
  await using sender = peers.client("b_udp_sender.py", urls.udp!, key);
  await sender.nextOf("bound");
  const first = await sender.ask({ cmd: "say", text: "one" });
  const again = await sender.ask({ again: true });
  assertEquals([again.text, JSON.parse(again.args).duplicate], ["decode ok", true]);
  assertEquals(JSON.parse(again.args).id, JSON.parse(first.args).id);
  const { events } = await server.stop();
  const said = events.filter(({ event }) => event === "message");
  assertEquals(said.map(({ duplicate }) => duplicate), [false, true]);
});

peers.test("no answer to the sender has more bytes than it takes", async () => {
  await using space = new Workspace();
  const key = await makeKeyFile(space);
  // What a handshake tells is long where a server has much to tell.
  const more = Array(30).fill("tcp");
  const { server, urls } = await serveTokens(space, key, ["udp", ...more]);
  await using sender = peers.client("b_udp_sender.py", urls.udp!, key);
  await sender.nextOf("bound");
  for (const text of ["", "x".repeat(1000), "😀".repeat(500)]) {
    assertEquals((await sender.ask({ cmd: "handshake", text })).text, "decode ok");
    assertEquals((await sender.ask({ cmd: "reboot".repeat(100), text })).text, "decode ok");
  }
  assertEquals((await server.stop()).code, 0);
});

peers.test("wagons serve answers no junk, unless it is told to", async () => {
  await using space = new Workspace();
  const key = await makeKeyFile(space);
  for (const args of [[], ["--udp-answer-junk"]]) {
    const store = ["--store", space.path(`${args.length}.db`)];
    const { server, urls } = await serveTokens(space, key, ["udp"], { args: [...args, ...store] });
    await using sender = peers.client("b_udp_sender.py", urls.udp!, key);
    await sender.nextOf("bound");
    for (const raw of ["junk that is no token", "gAAAAA".repeat(20)]) {
      await sender.send({ raw });
      if (args.length > 0) assertStringIncludes(await anyText(sender), "decode error");
    }
    assertEquals((await sender.ask({ cmd: "ping" })).cmd, "ping");
    assertEquals((await server.stop()).code, 0);
  }
});

/** The text of an answer, whether it is a token or not. */
async function anyText(sender: ReturnType<TokenPeers["client"]>): Promise<string> {
  const event = await sender.next();
  if (event.event === "broken") return String((await sender.nextOf("answer")).raw);
  return JSON.stringify(event);
}

peers.test("wagons serve answers a broadcast", async () => {
  await using space = new Workspace();
  const key = await makeKeyFile(space);
  const serve = async (place: string, port: string) =>
    await space.serve([
      ...["--listen", `udp://0.0.0.0:${port}`, "--key-file", key, "--name", place],
      ...["--store", space.path(`${place}.db`)],
    ]);
  const server = await serve("a", "0");
  const { port } = new URL(server.url);
  await using sender = peers.start("b_udp_sender.py", BROADCAST, port, key);
  const bound = await sender.nextOf("bound");
  const answer = await sender.ask({ text: "hello" });
  assertEquals([answer.userID, answer.text], [`127.0.0.1:${bound.port}`, "decode ok"]);
  assertEquals((await server.next("message")).dialect, "udp");
  assertEquals((await server.stop()).code, 0);
}, ONLY_LINUX);

peers.test("wagons message sends to system B's listener and prints its answer", async () => {
  await using space = new Workspace();
  const key = await makeKeyFile(space);
  await using listener = await peers.server("b_udp_listener.py", key);
  const to = ["--to", listener.url, "--key-file", key];
  const args = ["message", "привет", "--cmd", "news", "--args", "1", ...to, "--json"];
  const { code, stdout, stderr } = await space.run(args);
  assertEquals(code, 0, stderr);
  const { text, cmd, args: given } = await listener.heard();
  assertEquals([text, cmd, given], ["привет", "news", "1"]);
  const [answer] = jsonLines(stdout);
  assertEquals(answer?.text, "decode ok", stdout);
  assertMatch(String(answer?.userID), /^127\.0\.0\.1:\d+$/);

  const wrongKey = await makeKeyFile(space, "wrong");
  const wrong = ["message", "hello", "--to", listener.url, "--key-file", wrongKey];
  const refused = await space.run([...wrong, "--timeout", "5s"]);
  assertNotEquals(refused.code, 0);
  assertStringIncludes(refused.stderr, "decode error");
});
