/** The stand-ins of system B's programs among themselves: what they do with each other is theirs. */

import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { Workspace } from "../e2e/workspace.ts";
import { makeKeyFile, TokenPeers, withoutTime } from "./token_peers.ts";

const flask = await TokenPeers.find("flask", "requests");
const requests = await TokenPeers.find("requests");
const plain = await TokenPeers.find();
const websockets = await TokenPeers.find("websockets");
const both = await TokenPeers.find("websockets", "websocket");

const NO_MESSAGE = { cmd: "error", text: "This is no message of ours", args: "" };
const UNKNOWN = { cmd: "error", text: "This command is unknown", args: "" };

for (
  const [file, peers, junkStatus, welcome] of [
    ["b_http_server.py", flask, 400, "Welcome to the server"],
    ["b_http_minimal.py", requests, 200, ""],
  ] as const
) {
  peers.test(`system B: a client over requests and ${file}`, async () => {
    await using space = new Workspace();
    const key = await makeKeyFile(space);
    await using server = await peers.server(file, key, "--name", "yard");
    await using client = peers.client("b_http_client.py", server.url, key, "--name", "Анна");
    const told = { userID: "yard", status: 200, type: "application/octet-stream" };

    const hello = await client.ask({ cmd: "handshake" });
    assertEquals(withoutTime(hello), { ...told, cmd: "handshake", text: welcome, args: "" });
    const came = await server.heard();
    assertEquals(withoutTime(came), {
      userID: "Анна",
      text: "",
      cmd: "handshake",
      args: "",
      type: null,
    });
    assertEquals(withoutTime(await client.ask({ text: "😀" })), { ...told, ...UNKNOWN });
    assertEquals((await server.heard()).text, "😀");
    const junk = await client.ask({ raw: "junk" });
    assertEquals(withoutTime(junk), { ...told, status: junkStatus, ...NO_MESSAGE });
    assertStringIncludes(String((await server.nextOf("broken")).why), "InvalidToken");

    const scan = ["127.0.0.", new URL(server.url).port, key, "--timeout", "5"];
    await using scanner = requests.start("b_scan.py", ...scan);
    assertEquals((await scanner.nextOf("scanned")).found, [["127.0.0.1", "yard"]]);
  });
}

plain.test("system B: a sender and a listener by UDP", async () => {
  await using space = new Workspace();
  const key = await makeKeyFile(space);
  await using listener = await plain.server("b_udp_listener.py", key);
  await using sender = plain.client("b_udp_sender.py", listener.url, key);
  const { port } = await sender.nextOf("bound");
  const answer = withoutTime(await sender.ask({ text: "привет" }));
  assertEquals(answer, { userID: `127.0.0.1:${port}`, text: "decode ok", cmd: "", args: "" });
  assertEquals((await listener.heard()).text, "привет");
  await sender.send({ raw: "junk" });
  assertEquals((await sender.nextOf("broken")).why, "InvalidToken: ");
  assertEquals(await sender.nextOf("answer"), { event: "answer", raw: "decode error" });
});

for (const frames of ["text", "binary"] as const) {
  both.test(`system B: two members of a WebSocket room, by ${frames} frames`, async () => {
    await using space = new Workspace();
    const key = await makeKeyFile(space);
    await using server = await websockets.server("b_ws_server.py", key, "--frames", frames);
    const options = ["--frames", frames];
    await using ann = both.client("b_ws_client.py", server.url, key, "--name", "Анна", ...options);
    const welcome = await ann.heard();
    assertEquals(welcome.frame, frames);
    assertMatch(welcome.userID, /^\('127\.0\.0\.1', \d+\)$/);
    await using bob = both.client("b_ws_client_async.py", server.url, key, ...options);
    await bob.heard();
    await ann.send({ raw: "junk" });
    await ann.send({ text: "😀" });
    const said = { userID: "Анна", text: "😀", cmd: "", args: "", frame: frames };
    assertEquals(withoutTime(await ann.heard()), said);
    assertEquals(withoutTime(await bob.heard()), said);
    await bob.send({ text: "и тебе" });
    assertEquals((await ann.heard()).text, "и тебе");
  });
}
