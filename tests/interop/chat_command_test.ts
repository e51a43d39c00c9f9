/** The built `wagons chat` on a terminal, at a server of system C with another client of it. */

import { assertEquals } from "@std/assert";
import { ChatTerminal, NEEDS_SCRIPT } from "../e2e/chat_terminal.ts";
import { Workspace } from "../e2e/workspace.ts";
import { PythonPeer, testWithPython } from "./python_chat.ts";

/** What a client of theirs shows, without the time. */
async function shown(peer: PythonPeer): Promise<unknown> {
  const { time: _, ...rest } = await peer.next();
  return rest;
}

testWithPython(
  "wagons chat on a terminal talks and exchanges files with system C's programs",
  async () => {
    await using space = new Workspace();
    await using server = new PythonPeer("c_server.py", "--reads", "loop");
    const { port } = await server.next();
    await Deno.mkdir(space.path("theirs"));
    await Deno.mkdir(space.path("ours"));
    const client = ["127.0.0.1", `${port}`, "bob", space.path("theirs"), "--reads", "loop"];
    await using bob = new PythonPeer("c_client.py", ...client);
    assertEquals(await server.next(), { came: "bob" });
    const terminal = new ChatTerminal(space, [`chat://127.0.0.1:${port}`, "--name", "Анна"]);
    await terminal.shows("--:-- in the room as Анна");
    assertEquals(await server.next(), { came: "Анна" });

    await terminal.type("привет\r");
    assertEquals(await shown(bob), { user: "Анна", text: "привет" });
    await terminal.type("half a line");
    await bob.tell("and to you");
    await terminal.shows("--:-- bob: and to you");
    await terminal.hasTyped("half a line");
    await terminal.type("\x15");

    const content = crypto.getRandomValues(new Uint8Array(60_000));
    await space.write("track4.bin", content);
    await bob.tell(`!upload ${space.path("track4.bin")}`);
    await terminal.shows("--:-- bob offers [1] track4.bin, 60 kB");
    await terminal.type("!save 1 ours\r");
    await terminal.shows("--:-- [1] is saved as ours/track4.bin");
    assertEquals(await Deno.readFile(space.path("ours/track4.bin")), content);
    await space.write("list.txt", "12 wagons");
    await terminal.type("!upload list.txt\r");
    await terminal.shows("--:-- Анна offers list.txt");
    assertEquals(await shown(bob), { user: "Анна", file: "list.txt" });
    assertEquals(await Deno.readTextFile(space.path("theirs/list.txt")), "12 wagons");

    await terminal.type("!who\r");
    await terminal.until(() => terminal.lines.some((line) => line.includes("does not tell who")));
    await terminal.type("!exit\r");
    assertEquals(await terminal.ended(), 0);
  },
  NEEDS_SCRIPT,
);
