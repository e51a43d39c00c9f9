/**
 * System C's programs, as peers/c_client.py and peers/c_server.py stand in for them, with ours: the
 * built server between two of their clients and a member by tcp, and our client at their server.
 */

import { assert, assertEquals, assertMatch } from "@std/assert";
import { ChatConnection } from "../../lib/client/chat_connection.ts";
import { ChatSpool } from "../../lib/client/chat_spool.ts";
import { parseEndpoint } from "../../lib/endpoint.ts";
import type { RoomEvent } from "../../lib/wire/room_messages.ts";
import { type Server, Workspace } from "../e2e/workspace.ts";
import { RawClient } from "../helpers/raw_client.ts";
import { sampleId } from "../helpers/samples.ts";
import { PythonPeer, testWithPython } from "./python_chat.ts";

const MIB = 1024 * 1024;
const TIME = /^\d\d-\d\d-\d{4} \d\d:\d\d:\d\d$/;
const TEXTS = ["привет", "😀 – Ёжик", "done 50%", "x".repeat(1000)];

/** Bytes that compress and repeat as little as real ones. */
function bytes(length: number): Uint8Array {
  const content = new Uint8Array(length);
  for (let at = 0; at < length; at += 65_536) {
    crypto.getRandomValues(content.subarray(at, Math.min(at + 65_536, length)));
  }
  return content;
}

/** A server of ours that listens by chat and by tcp, and their URLs. */
async function serve(
  workspace: Workspace,
  query = "",
): Promise<{ server: Server; chat: URL; tcp: string }> {
  const server = await workspace.serve([
    "--listen",
    `chat://127.0.0.1:0${query}`,
    "tcp://127.0.0.1:0",
  ]);
  return { server, chat: new URL(server.url), tcp: (await server.next("listening")).url as string };
}

/** A client of system C's, whose files go into a folder of its name. */
async function theirs(
  workspace: Workspace,
  { server, chat }: { server: Server; chat: URL },
  name: string,
  ...options: string[]
): Promise<PythonPeer> {
  await Deno.mkdir(workspace.path(name));
  const where = [chat.hostname, chat.port, name, workspace.path(name)];
  const peer = new PythonPeer("c_client.py", ...where, ...options);
  await server.next("came");
  return peer;
}

/** What their client shows, without the time, which has to be one. */
async function shown(peer: PythonPeer): Promise<unknown> {
  const { time, ...rest } = await peer.next();
  assertMatch(String(time), TIME, JSON.stringify(rest));
  return rest;
}

testWithPython("two clients of system C and a member by tcp talk in one room", async () => {
  await using workspace = new Workspace();
  const served = await serve(workspace);
  await using ann = await theirs(workspace, served, "Анна");
  await using bob = await theirs(workspace, served, "bob");
  using eve = await RawClient.connect(parseEndpoint(served.tcp));
  await eve.send({ kind: "join", name: "eve" });
  const joined = await eve.receive();
  assertEquals(joined?.kind === "joined" && joined.members, 3);
  for (const [i, text] of TEXTS.entries()) {
    // A text of theirs that looks like the name of a file is one: the next message is its bytes.
    if (text !== "done 50%") {
      await ann.tell(text);
      assertEquals(await shown(bob), { user: "Анна", text });
      assertEquals(words(await eve.receive()), `Анна: ${text}`);
      await bob.tell(text);
      assertEquals(await shown(ann), { user: "bob", text });
      assertEquals(words(await eve.receive()), `bob: ${text}`);
    }
    await eve.send({ kind: "say", id: sampleId(i), text });
    assertEquals((await eve.receive())?.kind, "receipt");
    const said = { user: "eve", text: text === "done 50%" ? `${text} ` : text };
    assertEquals([await shown(ann), await shown(bob)], [said, said]);
  }
  await bob.tell("!exit");
  assertEquals((await served.server.next("left")).name, "bob");
  assertEquals(words(await eve.receive()), "bob left");
  assertEquals((await served.server.stop()).code, 0);
  assertEquals(await ann.next(), { lost: "closed" });
});

/** Which clients of theirs take files of that size: the first version takes what one read brings. */
const sizes: [size: number, reads: string[]][] = [
  [0, ["once", "loop"]],
  [1, ["once", "loop"]],
  [50_000, ["once", "loop"]],
  [20 * MIB, ["loop"]],
];

for (const [size, versions] of sizes) {
  for (const reads of versions) {
    const name = `a file of ${size} bytes goes between clients of system C that read ${reads}`;
    testWithPython(name, async () => {
      await using workspace = new Workspace();
      const served = await serve(workspace);
      await using ann = await theirs(workspace, served, "ann", "--reads", reads);
      await using bob = await theirs(workspace, served, "bob", "--reads", reads);
      using eve = await RawClient.connect(parseEndpoint(served.tcp));
      await eve.send({ kind: "join", name: "eve" });
      await eve.receive();
      const content = bytes(size);
      const sha256 = new Uint8Array(await crypto.subtle.digest("SHA-256", content.slice()));
      const clients: [string, PythonPeer, string, PythonPeer][] = [
        ["ann", ann, "bob", bob],
        ["bob", bob, "ann", ann],
      ];
      for (const [from, sender, to, receiver] of clients) {
        const file = `${from}-1.tar.gz`;
        await workspace.write(file, content);
        await sender.tell(`!upload ${workspace.path(file)}`);
        assertEquals(await shown(receiver), { user: from, file });
        assertEquals(await Deno.readFile(workspace.path(`${to}/${file}`)), content);
        const event = await eve.receive();
        assertEquals(words(event), `${from} offers ${file}`);
        assert(event?.kind === "roomEvent" && event.what.type === "file");
        assertEquals(event.what.file.sha256, sha256);
        await sender.tell("that was it");
        assertEquals(await shown(receiver), { user: from, text: "that was it" });
        assertEquals(words(await eve.receive()), `${from}: that was it`);
      }
      assertEquals((await served.server.stop()).code, 0);
    });
  }
}

testWithPython(
  "a client of system C with another header and encoding talks to others",
  async () => {
    await using workspace = new Workspace();
    const served = await serve(workspace, "?header=6&encoding=cp1251");
    const options = ["--header", "6", "--encoding", "cp1251"];
    await using ann = await theirs(workspace, served, "Анна", ...options);
    await using bob = await theirs(workspace, served, "Боб", ...options);
    await ann.tell("Привет, Ёжик");
    assertEquals(await shown(bob), { user: "Анна", text: "Привет, Ёжик" });
    assertEquals((await served.server.stop()).code, 0);
  },
);

for (const reads of ["once", "loop"]) {
  for (const cut of [0, 1]) {
    // What is cut to bytes is too much for a client that reads once; ours takes it.
    const network = cut === 0 ? "" : ", over a network that cuts everything";
    testWithPython(
      `our client talks at a server of system C that reads ${reads}${network}`,
      async () => {
        await using workspace = new Workspace();
        await using server = new PythonPeer("c_server.py", "--reads", reads, "--cut", `${cut}`);
        const { port } = await server.next();
        const endpoint = parseEndpoint(`chat://127.0.0.1:${port}`);
        using spool = await ChatSpool.open({ folder: workspace.folder });
        const connect = async (name: string) => {
          const options = { name, spool };
          const connection = await ChatConnection.connect(endpoint, options);
          assertEquals(await server.next(), { came: name });
          return connection;
        };
        const ann = await connect("Анна");
        const bob = await connect("bob");
        try {
          for (const text of ["привет", "😀", "x".repeat(1000)]) {
            await ann.say(sampleId(1), text);
            assertEquals(await server.next(), { said: text, user: "Анна" });
            assertEquals(words(await bob.next()), `Анна: ${text}`);
          }
          const most = reads === "once" ? [] : [cut === 0 ? 20 * MIB : MIB / 4];
          for (const size of [0, 1, 50_000, ...most]) {
            const content = bytes(size);
            await workspace.write("a.bin", content);
            await bob.offer(sampleId(2), workspace.path("a.bin"));
            const event = await ann.next();
            assertEquals(words(event), "bob offers a.bin");
            assert(event.what.type === "file");
            const path = await ann.save(event.what.file, workspace.folder);
            assertEquals(await Deno.readFile(path), content);
            assertEquals((await server.next()).size, size);
          }
          ann.close();
          assertEquals(await server.next(), { left: "Анна" });
        } finally {
          ann.close();
          bob.close();
        }
      },
    );
  }
}

function words(event: unknown): string {
  const { name, what } = event as RoomEvent;
  if (what.type === "text") return `${name}: ${what.text}`;
  return what.type === "file" ? `${name} offers ${what.file.name}` : `${name} ${what.type}`;
}
