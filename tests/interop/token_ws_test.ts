/**
 * System B by WebSocket, as peers/b_ws_*.py stand in for it, with the built program: its members in
 * our room, and our client in its room.
 */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { RoomConnection } from "../../lib/client/room_connection.ts";
import { parseEndpoint } from "../../lib/endpoint.ts";
import { readKeyFile } from "../../lib/key_file.ts";
import { newId } from "../../lib/new_id.ts";
import { linesOf, Workspace } from "../e2e/workspace.ts";
import { type Heard, makeKeyFile, type TokenPeer, TokenPeers, withoutTime } from "./token_peers.ts";
import { serveTokens } from "./token_server.ts";

const theirs = await TokenPeers.find("websocket");
const websockets = await TokenPeers.find("websockets");

const ADDRESS = /^127\.0\.0\.1:\d+$/;

/** Clients over both libraries. */
const clients = [
  { file: "b_ws_client.py", peers: theirs },
  { file: "b_ws_client_async.py", peers: websockets },
];

for (const { file, peers } of clients) {
  for (const path of ["", "/", "/ws"]) {
    for (const frames of ["text", "binary"]) {
      peers.test(`${file} joins wagons serve at "${path}" and talks by ${frames}`, async () => {
        await using space = new Workspace();
        const key = await makeKeyFile(space);
        const { server, urls } = await serveTokens(space, key, ["http", "tcp"]);
        const options = ["--path", path, "--frames", frames];
        const join = (name: string) =>
          peers.client(file, urls.http!, key, "--name", name, ...options);
        await using ann = join("Анна");
        const welcome = await ann.heard();
        assertMatch(welcome.userID, ADDRESS);
        await using bob = join("bob");
        await bob.heard();
        const eve = await RoomConnection.join(parseEndpoint(urls.tcp!), {
          name: "eve",
          key: readKeyFile(key),
        });

        await ann.send({ raw: "junk" });
        await ann.send({ text: "привет 😀" });
        const token = { userID: "Анна", text: "привет 😀", cmd: "", args: "", frame: frames };
        for (const member of [ann, bob]) {
          assertEquals(withoutTime(await member.heard()), token as Omit<Heard, "timestamp">);
        }
        assertEquals(await textOf(eve), "Анна: привет 😀");
        assertEquals((await server.next("message")).name, "Анна");

        // A command is for all programs of theirs, and none of the room's business.
        await bob.send({ cmd: "news", args: "1" });
        for (const member of [ann, bob]) {
          const { userID, cmd, args } = await member.heard();
          assertEquals([userID, cmd, args], ["bob", "news", "1"]);
        }

        await eve.say(newId(), "и вам");
        for (const member of [ann, bob]) {
          const { userID, text, cmd } = await member.heard();
          assertEquals([userID, text, cmd], ["eve", "и вам", ""]);
        }
        await bob.send({ text: "пока" });
        assertEquals(await textOf(eve), "bob: пока");
        await bob.heard();
        await bob.end();
        assertEquals((await server.next("left")).name, "bob");
        eve.close();
        assertEquals((await server.stop()).code, 0);
        assertEquals((await ann.heard()).text, "пока");
        assertEquals((await ann.next()).event, "closed");
      });
    }
  }
}

/** The next text that a member of the room hears, and whose it is. */
async function textOf(member: RoomConnection): Promise<string> {
  while (true) {
    const { name, what } = await member.next();
    if (what.type === "text") return `${name}: ${what.text}`;
  }
}

for (const frames of ["text", "binary"]) {
  websockets.test(`wagons message talks in system B's room, by ${frames} frames`, async () => {
    await using space = new Workspace();
    const key = await makeKeyFile(space);
    await using server = await websockets.server("b_ws_server.py", key, "--frames", frames);
    await using ann = websockets.client("b_ws_client_async.py", server.url, key, "--name", "Анна");
    assertEquals((await server.nextOf("came")).path, "/");
    await ann.heard();

    const to = ["--to", server.url, "--key-file", key, "--json"];
    const once = await space.run(["message", "привет", "--user", "бот", ...to]);
    assertEquals(once.code, 0, once.stderr);
    const heard = await ann.heard();
    assertEquals([heard.userID, heard.text, heard.cmd], ["бот", "привет", ""]);
    await passOver(server, "left");

    const listening = space.spawn(["message", "--listen", ...to]);
    const lines = linesOf(listening.stdout);
    await passOver(server, "came");
    const texts = ["раз", "два 😀"];
    for (const text of texts) await ann.send({ text });
    const printed: string[] = [];
    while (printed.filter((line) => texts.some((text) => line.includes(text))).length < 2) {
      const { value, done } = await lines.next();
      assert(!done, "wagons message has ended");
      printed.push(value);
    }
    assertStringIncludes(printed.at(-1)!, texts[1]!);
    listening.kill("SIGINT");
    while (!(await lines.next()).done);
    assertEquals((await listening.status).code, 0);
    await passOver(server, "left");
  });
}

/** Reads what a peer prints up to an event of that name. */
async function passOver(peer: TokenPeer, name: string): Promise<void> {
  while ((await peer.next()).event !== name);
}
