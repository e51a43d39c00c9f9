/**
 * `wagons chat` on a terminal: the built program in a pseudo terminal, and what its screen shows.
 *
 * @module
 */

import { assertEquals, assertMatch } from "@std/assert";
import { RoomConnection } from "../../lib/client/room_connection.ts";
import { parseEndpoint } from "../../lib/endpoint.ts";
import { makeUuidV7 } from "../../lib/wire/uuid.ts";
import { test } from "../helpers/strict.ts";
import { ChatTerminal, NEEDS_SCRIPT } from "./chat_terminal.ts";
import { type Server, WAGONS, Workspace } from "./workspace.ts";

const UP = "\x1b[A";
const CTRL_C = "\x03";

async function join(server: Server, name: string): Promise<RoomConnection> {
  return await RoomConnection.join(parseEndpoint(server.url), { name });
}

async function say(member: RoomConnection, text: string): Promise<void> {
  await member.say(makeUuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10))), text);
}

async function heard(member: RoomConnection): Promise<string> {
  while (true) {
    const { what } = await member.next();
    if (what.type === "text") return what.text;
  }
}

test("on a terminal, a half typed line stays whole while others come in", async () => {
  await using space = new Workspace();
  const server = await space.serve();
  const ann = await join(server, "Анна");
  await say(ann, "before");
  const terminal = new ChatTerminal(space, [server.url, "--name", "Bob"]);
  await terminal.shows("--:-- Анна: before");
  await terminal.type("half a line, 漢字 👩‍👩‍👧 e\u0301 that is longer than the terminal");
  await terminal.hasTyped("half a line, 漢字 👩‍👩‍👧 e\u0301 that is longer than the terminal");
  for (const text of ["one", "二", "three\nfour", "x".repeat(100)]) {
    await say(ann, text);
  }
  await terminal.shows(`--:-- Анна: ${"x".repeat(100)}`);
  await terminal.hasTyped("half a line, 漢字 👩‍👩‍👧 e\u0301 that is longer than the terminal");
  assertEquals(terminal.lines.slice(-8), [
    "--:-- Анна: before",
    "--:-- Анна: one",
    "--:-- Анна: 二",
    "--:-- Анна: three",
    "      ┊ four",
    `--:-- Анна: ${"x".repeat(100)}`,
    "> half a line, 漢字 👩‍👩‍👧 e\u0301 that is longer",
    " than the terminal",
  ]);
  await terminal.type("!\r");
  assertEquals(await heard(ann), "half a line, 漢字 👩‍👩‍👧 e\u0301 that is longer than the terminal!");
  await terminal.type(UP);
  await terminal.hasTyped("half a line, 漢字 👩‍👩‍👧 e\u0301 that is longer than the terminal!");
  await terminal.resize(34);
  await terminal.until(() => terminal.lines.at(-1) === "longer than the terminal!");
  await say(ann, "after");
  await terminal.shows("--:-- Анна: after");
  await terminal.hasTyped("half a line, 漢字 👩‍👩‍👧 e\u0301 that is longer than the terminal!");
  assertEquals(terminal.lines.slice(-3), [
    "--:-- Анна: after",
    "> half a line, 漢字 👩‍👩‍👧 e\u0301 that is ",
    "longer than the terminal!",
  ]);
  await terminal.type(CTRL_C);
  assertEquals(await terminal.ended(), 130);
  assertEquals(terminal.lines.slice(-2), ["--:-- Анна: after", ""]);
  ann.close();
  assertEquals((await server.stop()).code, 0);
}, NEEDS_SCRIPT);

test("on a terminal, pasted lines are one message, and only Enter sends it", async () => {
  await using space = new Workspace();
  const server = await space.serve();
  const ann = await join(server, "Ann");
  const terminal = new ChatTerminal(space, [server.url, "--name", "Bob"]);
  await terminal.shows("--:-- in the room as Bob");
  await terminal.type("\x1b[200~one\rtwo\r\x1b[201~");
  await terminal.hasTyped("one⏎two⏎");
  await say(ann, "meanwhile");
  await terminal.shows("--:-- Ann: meanwhile");
  await terminal.type("three\r");
  assertEquals(await heard(ann), "one\ntwo\nthree");
  await terminal.shows("      ┊ three");
  await terminal.hasTyped("");
  assertEquals(terminal.lines.slice(-4), [
    "--:-- Bob: one",
    "      ┊ two",
    "      ┊ three",
    "> ",
  ]);
  await terminal.type("\x04");
  assertEquals(await terminal.ended(), 0);
  ann.close();
  assertEquals((await server.stop()).code, 0);
}, NEEDS_SCRIPT);

test("on a terminal, commands tell who is there, and offer and save files", async () => {
  await using space = new Workspace();
  const server = await space.serve();
  const ann = await join(server, "Ann");
  await space.write("train list.txt", "12 wagons");
  await space.write("offered.txt", "7 wagons");
  await Deno.mkdir(space.path("down"));
  const terminal = new ChatTerminal(space, [server.url, "--name", "Bob"]);
  await terminal.shows("--:-- in the room as Bob");
  await terminal.type("!who\r");
  await terminal.shows("--:--   Bob (tcp)");
  assertEquals(terminal.lines.slice(-4, -1), [
    "--:-- 2 members",
    "--:--   Ann (tcp)",
    "--:--   Bob (tcp)",
  ]);
  await terminal.type("!wo\r");
  await terminal.until(() => terminal.lines.some((line) => line.includes("did you mean !who?")));
  await terminal.type("!upl\ttrain\t\r");
  await terminal.shows("--:-- Bob offers train list.txt");
  const id = makeUuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
  await ann.offer(id, space.path("offered.txt"));
  await terminal.shows("--:-- Ann offers [1] offered.txt, 8 B");
  await terminal.type("!save 1 down\r");
  await terminal.shows("--:-- [1] is saved as down/offered.txt");
  assertEquals(await Deno.readTextFile(space.path("down/offered.txt")), "7 wagons");
  await terminal.type("!save 2\r!upload none\r");
  await terminal.shows("--:-- there is no file [2]");
  await terminal.until(() => terminal.lines.some((line) => line.includes("there is no such file")));
  await terminal.type("!!exit\r");
  await terminal.shows("--:-- Bob: !exit");
  await terminal.type("!exit\r");
  assertEquals(await terminal.ended(), 0);
  let file: string | undefined;
  while (file === undefined) {
    const { what } = await ann.next();
    if (what.type === "file") file = what.file.name;
  }
  assertEquals([file, await heard(ann)], ["train list.txt", "!exit"]);
  ann.close();
  assertEquals((await server.stop()).code, 0);
}, NEEDS_SCRIPT);

test(
  "on a terminal, a lost server is told of, and what is typed meanwhile is said later",
  async () => {
    await using space = new Workspace();
    let server = await space.serve();
    const { port } = server.address;
    const terminal = new ChatTerminal(space, [server.url, "--name", "Bob"]);
    await terminal.shows("--:-- in the room as Bob");
    await server.stop("SIGKILL");
    await terminal.until(() => terminal.lines.some((line) => line.includes("trying again in")));
    await terminal.type("said meanwhile\r!exit\r");
    await terminal.shows("--:-- it waits for the connection");
    await terminal.shows("--:-- waiting for 1 message; Ctrl-C gives up");
    await terminal.type("half");
    await terminal.hasTyped("half");
    server = await space.serve(["--port", `${port}`]);
    assertEquals(await terminal.ended(), 0);
    const ann = await join(server, "Ann");
    const { events } = await ann.history({ kind: "historyRequest", limit: 10 });
    assertEquals(events.map(({ what }) => "text" in what ? what.text : ""), ["said meanwhile"]);
    ann.close();
    assertEquals((await server.stop()).code, 0);
  },
  NEEDS_SCRIPT,
);

test("on a terminal, colours are for names, and none with NO_COLOR", async () => {
  await using space = new Workspace();
  const server = await space.serve();
  const ann = await join(server, "Ann");
  await say(ann, "hello");
  for (const noColor of [false, true]) {
    const setting = noColor ? "NO_COLOR=1 " : "";
    const child = space.spawnShellInTerminal(`${setting}exec ${WAGONS} chat ${server.url}`);
    const output = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    let shown = "";
    while (!shown.includes("hello")) shown += (await output.read()).value ?? "";
    const keys = child.stdin.getWriter();
    await keys.write(new TextEncoder().encode("\x04"));
    for (let read = await output.read(); !read.done;) read = await output.read();
    assertEquals((await child.status).code, 0);
    await keys.abort().catch(() => {});
    await child.stderr.cancel();
    // deno-lint-ignore no-control-regex
    const line = noColor ? /\[J\d\d:\d\d Ann: hello/ : /\x1b\[38;5;\d+mAnn\x1b\[0m: hello/;
    assertMatch(shown, line);
  }
  ann.close();
  assertEquals((await server.stop()).code, 0);
}, NEEDS_SCRIPT);

test("on a terminal, Ctrl-C ends it before there is a connection", async () => {
  await using space = new Workspace();
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const accepted = silent.accept();
  const terminal = new ChatTerminal(space, [`tcp://127.0.0.1:${silent.addr.port}`]);
  using _conn = await accepted;
  await terminal.hasTyped("");
  await terminal.type(CTRL_C);
  assertEquals(await terminal.ended(), 130);
}, NEEDS_SCRIPT);

test("a process that ends at once gives the terminal back", async () => {
  await using space = new Workspace();
  const module = new URL("../helpers/exit_in_terminal.ts", import.meta.url).pathname;
  const run = `'${Deno.execPath()}' run --allow-all --quiet '${module}'`;
  const child = space.spawnShellInTerminal(
    `stty -a > before; DENO_DIR='${await denoDir()}' ${run}; echo $? > code; stty -a > after`,
  );
  const shown = new Response(child.stdout).text();
  assertEquals((await child.status).success, true);
  const [before, after, code] = await Promise.all(
    ["before", "after", "code"].map((name) => Deno.readTextFile(space.path(name))),
  );
  assertEquals([after, code], [before, "7\n"], await shown);
  // deno-lint-ignore no-control-regex
  assertMatch(await shown, /\x1b\[\?2004h.*> .*\x1b\[\?2004l/s);
}, NEEDS_SCRIPT);

/** Where Deno has the packages. */
async function denoDir(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}
