/** The built program by HTTP and WebSocket. */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { parseEndpoint } from "../../lib/endpoint.ts";
import { readKeyFile } from "../../lib/key_file.ts";
import { TokenSeal } from "../../lib/token_seal.ts";
import { HttpClient } from "../helpers/http_client.ts";
import { test } from "../helpers/strict.ts";
import { WebSocketClient } from "../helpers/websocket_client.ts";
import { jsonLines, linesOf, type Server, Workspace } from "./workspace.ts";

/** A server by HTTP and TCP with a key of its own. */
async function serve(
  space: Workspace,
  ...args: string[]
): Promise<{ server: Server; tcp: string; seal: TokenSeal }> {
  assertEquals((await space.run(["key", "new", "-o", "yard.key"])).code, 0);
  const listen = ["--listen", "http://127.0.0.1:0", "tcp://127.0.0.1:0"];
  const server = await space.serve(["--key-file", "yard.key", ...listen, ...args]);
  const tcp = String((await server.next("listening")).url);
  return { server, tcp, seal: new TokenSeal(readKeyFile(space.path("yard.key"))) };
}

test("the built program answers tokens, talks by WebSocket with chat, and tells its numbers", async () => {
  await using space = new Workspace();
  const { server, tcp, seal } = await serve(space, "--name", "yard-7");
  const endpoint = parseEndpoint(server.url);
  using client = await HttpClient.connect(endpoint);
  const post = async (message: Parameters<TokenSeal["seal"]>[0]) => {
    const answer = await client.ask("POST", "/message", seal.seal(message));
    assertEquals(answer?.status, 200);
    return seal.open(answer!.body).message;
  };
  const shake = await post({ cmd: "handshake" });
  assertEquals(shake.text, "yard-7");
  assertEquals(JSON.parse(shake.args).listen, [server.url, tcp]);
  assertEquals((await post({ cmd: "ping", args: "x" })).args, "x");

  using socket = await WebSocketClient.connect(endpoint, "/");
  assertEquals(seal.open((await socket.text())!).message.userID, socket.address);
  const chat = space.spawn(["chat", tcp, "--name", "cat", "--json", "--key-file", "yard.key"]);
  const keys = chat.stdin.getWriter();
  const lines = linesOf(chat.stdout);
  const heard = async () => {
    for (;;) {
      const { value, done } = await lines.next();
      if (done) throw new Error("wagons chat has ended");
      const [event] = jsonLines(value);
      if (event!.event === "message" || event!.text !== undefined) return event!.text;
    }
  };
  await server.next("came");
  const sent = seal.seal({ userID: "ann", text: "привет" });
  await socket.send(sent);
  const relayed = seal.open((await socket.text())!);
  assertEquals([relayed.message, relayed.isOfServer], [seal.open(sent).message, true]);
  assertEquals(await heard(), "привет");
  await keys.write(new TextEncoder().encode("and hello\n"));
  const { userID, text } = seal.open((await socket.text())!).message;
  assertEquals([userID, text], ["cat", "and hello"]);
  assertEquals((await post({ cmd: "say", userID: "pat", text: "by post" })).text, "said");
  assertEquals(seal.open((await socket.text())!).message.text, "by post");
  assertEquals([await heard(), await heard()], ["and hello", "by post"]);
  keys.releaseLock();
  chat.kill("SIGTERM");
  await chat.status;
  await lines.return!(undefined);

  const stored = await post({ cmd: "manifest", userID: "scan", args: '{"Москва": 7}' });
  const { id } = JSON.parse(stored.args);
  const shown = await space.run(["manifests", "show", id, "--store", "wagons.db"]);
  assertStringIncludes(shown.stdout, "Москва = 7");

  const numbers = (await client.ask("GET", "/metrics"))!;
  assertEquals(numbers.headers.get("content-type"), "text/plain; version=0.0.4; charset=utf-8");
  assertStringIncludes(numbers.body, 'wagons_http_responses_total{status="200"}');

  const stopping = server.stop();
  assertEquals(await socket.closeCode(), 1001);
  assertEquals(await client.answer(), null);
  socket.close();
  client.close();
  assertEquals((await stopping).code, 0);
});

test("the built program without a key does not listen by http, and says how to", async () => {
  await using space = new Workspace();
  const { code, stderr } = await space.run(["serve", "--listen", "http://127.0.0.1:0"]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "error: Cannot listen on http://127.0.0.1:0");
  assertStringIncludes(stderr, "wagons key new");
});

test("the built program tells a taken port and a foreign address by http", async () => {
  await using space = new Workspace();
  const { server } = await serve(space);
  for (const [url, why] of [[server.url, "the port is taken"], ["http://192.0.2.1:0", ""]]) {
    const args = ["serve", "--listen", url!, "--key-file", "yard.key", "--store", "other.db"];
    const { code, stderr } = await space.run(args);
    assertEquals(code, 2, stderr);
    assertStringIncludes(stderr, `Cannot listen on ${url}: ${why}`);
  }
  assertEquals((await server.stop()).code, 0);
});

test("the built program refuses junk and long bodies by http, and goes on", async () => {
  await using space = new Workspace();
  const { server, seal } = await serve(space, "--max-frame-bytes", "10KiB", "--log-file", "log");
  const endpoint = parseEndpoint(server.url);
  for (const [body, status] of [["junk", 400], ["x".repeat(10_241), 413]] as const) {
    using client = await HttpClient.connect(endpoint);
    const answer = await client.ask("POST", "/message", body);
    assertEquals(answer?.status, status);
    assertEquals(seal.open(answer!.body).message.cmd, "error");
  }
  using client = await HttpClient.connect(endpoint);
  assert((await client.ask("GET", "/readyz"))?.status === 200);
  client.close();
  assertEquals((await server.stop()).code, 0);
  assertStringIncludes(await Deno.readTextFile(space.path("log")), "A token has at most 10KiB");
});
