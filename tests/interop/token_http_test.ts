/**
 * System B by HTTP, as peers/b_http_*.py and b_scan.py stand in for it, with the built program: its
 * client and its scan at our server, our client and our search at its servers.
 */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { jsonLines, Workspace } from "../e2e/workspace.ts";
import { makeKeyFile, TokenPeers, withoutTime } from "./token_peers.ts";
import { SERVER_NAME, serveTokens } from "./token_server.ts";

const requests = await TokenPeers.find("requests");
const flask = await TokenPeers.find("flask");
const plain = await TokenPeers.find();

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?$/;
const UUID_V7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const OK = { userID: SERVER_NAME, status: 200, type: "application/octet-stream" };

/** How clients post: what their body is called, and whether they go on by one connection. */
const forms: [name: string, args: string[]][] = [
  ["as theirs does", []],
  ["with a Content-Type", ["--type", "application/octet-stream"]],
  ["as text", ["--type", "text/plain; charset=utf-8"]],
  ["as a form, which it is not", ["--type", "application/x-www-form-urlencoded"]],
  ["by one connection", ["--keep-alive"]],
];

for (const [form, args] of forms) {
  requests.test(`wagons serve answers a client over requests that posts ${form}`, async () => {
    await using space = new Workspace();
    const key = await makeKeyFile(space);
    const { server, urls } = await serveTokens(space, key, ["http"]);
    await using client = requests.client("b_http_client.py", urls.http!, key, ...args);

    const hello = await client.ask({ cmd: "handshake" });
    const { args: about, ...shaken } = withoutTime(hello);
    assertEquals(shaken, { ...OK, cmd: "handshake", text: SERVER_NAME });
    assertMatch(hello.timestamp, ISO_TIME);
    const { id, name, version, listen } = JSON.parse(about);
    assertMatch(id, UUID_V7);
    assertEquals([name, listen], [SERVER_NAME, [urls.http]]);
    assertMatch(version, /^\d+\.\d+\.\d+/);

    const pong = await client.ask({ cmd: "ping", args: '😀 \u0000 "' });
    assertEquals(withoutTime(pong), { ...OK, cmd: "ping", text: "pong", args: '😀 \u0000 "' });

    for (const cmd of ["", "reboot"]) {
      const unknown = await client.ask({ text: "Привет", cmd });
      assertEquals([unknown.status, unknown.cmd, unknown.userID], [200, "error", SERVER_NAME]);
      assertStringIncludes(unknown.text, JSON.stringify(cmd));
    }

    const said = await client.ask({ cmd: "say", text: "поезд ушёл" });
    assertEquals([said.status, said.cmd, said.text], [200, "say", "said"]);
    const message = await server.next("message");
    assertEquals([message.name, message.dialect], ["client_user", "http"]);
    const kept = await client.ask({ cmd: "manifest", args: '{"Москва": 7, "Тула": 0}' });
    assertEquals([kept.status, kept.cmd, kept.text], [200, "manifest", "stored"]);
    const receipt = JSON.parse(kept.args);
    assertEquals([receipt.duplicate, (await server.next("manifest")).id], [false, receipt.id]);
    assertEquals((await server.stop()).code, 0);
    const totals = await space.run(["manifests", "totals", "--store", "wagons.db"]);
    assertEquals(totals.stdout, "Москва = 7\nТула = 0\n");
  });
}

requests.test("wagons serve answers with status 400 and a token what does not open", async () => {
  await using space = new Workspace();
  const key = await makeKeyFile(space);
  const wrongKey = await makeKeyFile(space, "wrong");
  const { server, urls } = await serveTokens(space, key, ["http"]);
  await using client = requests.client("b_http_client.py", urls.http!, key);
  for (const raw of ["junk", "=", "😀", "gAAAAA", " ".repeat(100_000)]) {
    const { status, cmd, text, userID } = await client.ask({ raw });
    assertEquals([status, cmd, userID], [400, "error", SERVER_NAME]);
    assert(text.length > 0);
  }
  assertEquals((await client.ask({ cmd: "ping" })).status, 200);
  await using stranger = requests.client("b_http_client.py", urls.http!, wrongKey);
  await stranger.send({ cmd: "ping" });
  assertEquals((await stranger.nextOf("broken")).why, "InvalidToken: ");
  assertEquals((await stranger.nextOf("answer")).status, 400);
  assertEquals((await server.stop()).code, 0);
});

requests.test("a client and wagons serve in a zone that is hours away tell one time", async () => {
  await using space = new Workspace();
  const key = await makeKeyFile(space);
  const TZ = "Asia/Kathmandu";
  const { server, urls } = await serveTokens(space, key, ["http"], { env: { TZ } });
  const { hostname, port } = new URL(urls.http!);
  await using client = requests.startWith({ TZ }, "b_http_client.py", hostname, port, key);
  // The client looks at the age of each answer; the server does not look at what time is told.
  assertMatch((await client.ask({ cmd: "ping" })).timestamp, ISO_TIME);
  assertEquals((await server.stop()).code, 0);
});

requests.test("the scan of a /24 finds those wagons serve that have the key", async () => {
  await using space = new Workspace();
  const key = await makeKeyFile(space);
  const wrongKey = await makeKeyFile(space, "wrong");
  const at = async (place: number, port: string, keyFile: string, name: string) =>
    await space.serve([
      ...["--listen", `http://127.0.71.${place}:${port}`, "--key-file", keyFile, "--name", name],
      ...["--store", space.path(`${place}.db`)],
    ]);
  const first = await at(7, "0", key, "Псков");
  const { port } = new URL(first.url);
  const servers = [first, await at(21, port, key, "b"), await at(22, port, wrongKey, "c")];
  await using scan = requests.start("b_scan.py", "127.0.71.", port, key, "--timeout", "10");
  const { found } = await scan.nextOf("scanned");
  assertEquals(found, [["127.0.71.7", "Псков"], ["127.0.71.21", "b"]]);
  for (const server of servers) assertEquals((await server.stop()).code, 0);
});

/** Their servers; the second one answers everything with status 200. */
const theirs = [
  { file: "b_http_server.py", peers: flask, welcome: "Welcome to the server" },
  { file: "b_http_minimal.py", peers: plain, welcome: "" },
];

for (const { file, peers, welcome } of theirs) {
  peers.test(`wagons message sends to ${file} and prints its answers`, async () => {
    await using space = new Workspace();
    const key = await makeKeyFile(space);
    await using server = await peers.server(file, key, "--name", "Двор");
    const send = async (...args: string[]) =>
      await space.run(["message", ...args, "--to", server.url, "--key-file", key, "--json"]);

    const hello = await send("--cmd", "handshake");
    assertEquals(hello.code, 0, hello.stderr);
    const came = await server.heard();
    assertEquals([came.cmd, came.text, came.args], ["handshake", "", ""]);
    assertMatch(came.timestamp, ISO_TIME);
    // Flask would read a form away.
    assert(came.type === null || !String(came.type).includes("form"), String(came.type));
    const [answer] = jsonLines(hello.stdout);
    assertEquals(
      [answer?.userID, answer?.cmd, answer?.text],
      ["Двор", "handshake", welcome],
      hello.stdout,
    );

    // Their servers know no command but that: what they answer to a text is an error.
    const text = await send("Привет 😀", "--cmd", "news", "--args", "a=1");
    assertEquals(text.code, 5, text.stderr);
    const heard = await server.heard();
    assertEquals([heard.text, heard.cmd, heard.args], ["Привет 😀", "news", "a=1"]);
    assertStringIncludes(text.stdout + text.stderr, "This command is unknown");
  });

  peers.test(`wagons message tells that ${file} has another key`, async () => {
    await using space = new Workspace();
    await using server = await peers.server(file, await makeKeyFile(space));
    const wrongKey = await makeKeyFile(space, "wrong");
    const args = ["message", "hello", "--to", server.url, "--key-file", wrongKey];
    const { code, stdout, stderr } = await space.run(args);
    assertEquals([code, stdout], [5, ""], stderr);
    assertStringIncludes(stderr, "key");
  });
}
