/**
 * `wagons chat` in scripts: the built program, its stdin and its stdout.
 *
 * @module
 */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { RoomConnection } from "../../lib/client/room_connection.ts";
import { parseEndpoint } from "../../lib/endpoint.ts";
import { MAX_SAY_BYTES } from "../../lib/limits/room.ts";
import { newId } from "../../lib/new_id.ts";
import type { RoomEvent } from "../../lib/wire/room_messages.ts";
import { type Message, RefusalCode } from "../../lib/wire/messages.ts";
import { test } from "../helpers/strict.ts";
import { ScriptedServer } from "../helpers/scripted_server.ts";
import { linesOf, type Server, Workspace } from "./workspace.ts";

type ChatLine = Record<string, unknown> & { type: string };

/** A `wagons chat --json` that runs. */
class Chat {
  readonly child: Deno.ChildProcess;
  readonly seen: ChatLine[] = [];
  readonly #lines: AsyncIterator<string>;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #stderr: Promise<string>;

  constructor(space: Workspace, args: readonly string[]) {
    this.child = space.spawn(["chat", "--json", ...args]);
    this.#lines = linesOf(this.child.stdout);
    this.#input = this.child.stdin.getWriter();
    this.#stderr = new Response(this.child.stderr).text();
  }

  /** The texts of others, in the order that they were printed in. */
  get texts(): unknown[] {
    return this.of("text").map(({ text }) => text);
  }

  of(type: string): ChatLine[] {
    return this.seen.filter((line) => line.type === type);
  }

  async say(...texts: string[]): Promise<void> {
    await this.#input.write(new TextEncoder().encode(texts.map((text) => `${text}\n`).join("")));
  }

  async endInput(): Promise<void> {
    await this.#input.close();
  }

  /** Reads on until there are so many of a type. */
  async has(type: string, count: number): Promise<void> {
    while (this.of(type).length < count) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error(`It has ended without ${type}: ${await this.#stderr}`);
      this.seen.push(JSON.parse(value));
    }
  }

  /** Sends a signal and waits for the end; gives the exit code and stderr. */
  async stop(signal: Deno.Signal): Promise<{ code: number; stderr: string }> {
    this.child.kill(signal);
    for (let line = await this.#lines.next(); !line.done; line = await this.#lines.next()) {
      this.seen.push(JSON.parse(line.value));
    }
    await this.#input.close().catch(() => {
      // It was closed before, or its reader has gone.
    });
    return { code: (await this.child.status).code, stderr: await this.#stderr };
  }
}

/** A member that the test itself is. */
async function join(server: Server, name: string): Promise<RoomConnection> {
  return await RoomConnection.join(parseEndpoint(server.url), { name });
}

async function nextText(member: RoomConnection): Promise<RoomEvent & { text: string }> {
  while (true) {
    const event = await member.next();
    if (event.what.type === "text") return { ...event, text: event.what.text };
  }
}

function numbered(count: number, from = 0): string[] {
  return Array.from({ length: count }, (_, i) => `line ${from + i}`);
}

test("chat --once says all of stdin, prints nothing, and ends when the server has it", async () => {
  await using space = new Workspace();
  const server = await space.serve();
  const member = await join(server, "Ann");
  const texts = numbered(300);
  const stdin = `\n${texts.join("\n")}\n  \n!upload is no command here`;
  const run = await space.run(["chat", server.url, "--name", "yard", "--once"], { stdin });
  assertEquals([run.code, run.stdout, run.stderr], [0, "", ""]);
  for (const text of [...texts, "!upload is no command here"]) {
    const event = await nextText(member);
    assertEquals([event.name, event.dialect, event.text], ["yard", "tcp", text]);
  }
  member.close();
  assertEquals((await server.stop()).code, 0);
});

test("chat --once --json prints the receipts", async () => {
  await using space = new Workspace();
  const server = await space.serve();
  const args = ["chat", server.url, "--name", "yard", "--once", "--json"];
  const { code, stdout, stderr } = await space.run(args, { stdin: "поезд ушёл\r\nb\x1b[2J\tc\n" });
  assertEquals([code, stderr], [0, ""]);
  const receipts = stdout.trim().split("\n").map((line) => JSON.parse(line));
  assertEquals(
    receipts.map(({ type, text }) => [type, text]),
    [["receipt", "поезд ушёл"], ["receipt", "b\u{fffd}[2J\tc"]],
  );
  for (const { id } of receipts) assertMatch(id, /^[0-9a-f]{8}-[0-9a-f]{4}-7/);
  assertEquals((await server.stop()).code, 0);
});

test("chat --once tells by its exit code why something was not said", async () => {
  await using space = new Workspace();
  const server = await space.serve();
  const once = ["chat", server.url, "--name", "yard", "--once"];
  const run = async (stdin: string, ...args: string[]) => {
    const { code, stdout, stderr } = await space.run([...once, ...args], { stdin });
    assertEquals(stdout, "");
    return [code, stderr] as const;
  };
  for (const nothing of ["", "\n \n\t\n"]) {
    const [code, stderr] = await run(nothing);
    assertEquals(code, 6);
    assertStringIncludes(stderr, "Nothing to say");
  }
  const [tooLong, why] = await run(`a\n${"x".repeat(MAX_SAY_BYTES + 1)}\n`);
  assertEquals(tooLong, 6);
  assertStringIncludes(why, "64KiB");
  assertEquals((await run("a", "--name", "a\tb"))[0], 2);
  assertEquals((await run("a", "--history", "3"))[0], 2);
  assertEquals((await space.run(["key", "new", "-o", "k"])).code, 0);
  const [refused, hint] = await run("a", "--key-file", "k");
  assertEquals(refused, 5);
  assertStringIncludes(hint, "--plain");
  assertEquals((await server.stop()).code, 0);
  assertEquals((await run("a"))[0], 3);
});

test("chat --once that a store refuses again and again ends as refused", async () => {
  await using space = new Workspace();
  const server = await space.serve(["--store", "w.db"]);
  assertEquals((await space.run(["key", "new", "-o", "k"])).code, 0);
  const rekey = ["store", "rekey", "--store", "w.db", "--new-store-key-file", "k"];
  assertEquals((await space.run(rekey)).code, 0);
  const once = ["chat", server.url, "--once", "--timeout", "500ms"];
  const { code, stderr } = await space.run(once, { stdin: "a" });
  assertEquals(code, 5, stderr);
  assertMatch(stderr, /has not confirmed 1 message within 500ms: .*could not store it/);
  assertEquals((await server.stop()).code, 0);
});

test("chat --once does not wait for ever for a server that says nothing", async () => {
  await using space = new Workspace();
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `tcp://127.0.0.1:${silent.addr.port}`;
  const accepted = silent.accept();
  const run = space.run(["chat", url, "--once", "--timeout", "200ms"], { stdin: "a" });
  using _conn = await accepted;
  const { code, stderr } = await run;
  assertEquals(code, 4, stderr);
  assertStringIncludes(stderr, "200ms");
});

test("chat --once does not lose patience with a server that refuses at once", async () => {
  await using space = new Workspace();
  await using server = await ScriptedServer.start((message): Message[] => {
    if (message.kind === "join") return [{ kind: "joined", name: "x", last: 0, members: 1 }];
    if (message.kind !== "say") return [];
    return [{ kind: "refusal", id: message.id, code: RefusalCode.invalid, text: "Not that." }];
  });
  const url = `tcp://127.0.0.1:${server.endpoint.port}`;
  const timeoutMs = 1000;
  const child = space.spawn(["chat", url, "--once", "--json", "--timeout", `${timeoutMs}ms`]);
  const input = child.stdin.getWriter();
  const lines = linesOf(child.stdout);
  const stderr = new Response(child.stderr).text();
  // For longer than it would wait for an answer that does not come.
  for (const sinceMs = performance.now(); performance.now() - sinceMs < 1.5 * timeoutMs;) {
    await input.write(new TextEncoder().encode("hello\n"));
    const { value, done } = await lines.next();
    if (done) throw new Error(`It has ended: ${await stderr}`);
    assertEquals(JSON.parse(value).type, "refused");
  }
  await input.close();
  assertEquals((await child.status).code, 5);
  assertStringIncludes(await stderr, "Not that.");
  await lines.return(undefined);
});

test("chat --once that is interrupted tells that it has not said everything", async () => {
  await using space = new Workspace();
  const server = await space.serve();
  const child = space.spawn(["chat", server.url, "--name", "yard", "--once"]);
  const input = child.stdin.getWriter();
  await input.write(new TextEncoder().encode("a\n"));
  await server.next("came");
  child.kill("SIGINT");
  const { code, stderr } = await child.output();
  await input.abort().catch(() => {});
  assertEquals(code, 130);
  assertStringIncludes(new TextDecoder().decode(stderr), "Interrupted");
  assertEquals((await server.stop()).code, 0);
});

test("chat prints what others do, a line each, and is not ended by the end of stdin", async () => {
  await using space = new Workspace();
  const server = await space.serve();
  const before = await join(server, "Ann");
  for (const text of ["old", "new\nline", "\u202eevil"]) {
    await before.say(newId(), text);
  }
  const args = ["chat", server.url, "--name", "logger", "--history", "2", "--quiet"];
  const child = space.spawn(args);
  await child.stdin.close();
  const lines = linesOf(child.stdout);
  const next = async () => (await lines.next()).value as string;
  const time = String.raw`\d{4}-\d\d-\d\d \d\d:\d\d:\d\d`;
  assertMatch(await next(), new RegExp(`^${time} Ann: new\\\\u{a}line$`));
  assertMatch(await next(), new RegExp(`^${time} Ann: \\\\u{202e}evil$`));
  await before.say(newId(), "привет");
  assertMatch(await next(), new RegExp(`^${time} Ann: привет$`));
  before.close();
  assertMatch(await next(), new RegExp(`^${time} Ann left: `));
  child.kill("SIGTERM");
  assertEquals((await child.status).code, 130);
  assertEquals(await new Response(child.stderr).text(), "");
  await lines.return(undefined);
  assertEquals((await server.stop()).code, 0);
});

test("chat --json has an object for each event, with the fields that the help tells", async () => {
  await using space = new Workspace();
  const server = await space.serve();
  const logger = new Chat(space, [server.url, "--name", "logger"]);
  await logger.has("joined", 1);
  const ann = await join(server, "Ann");
  const [saidId, fileId] = [newId(), newId()];
  await ann.say(saidId, "hello");
  await space.write("train.txt", "12 wagons");
  await ann.offer(fileId, space.path("train.txt"));
  ann.close();
  await logger.has("left", 1);
  const { code } = await logger.stop("SIGINT");
  assertEquals(code, 130);
  const common = { name: "Ann", dialect: "tcp" };
  const events = logger.seen.map(({ at, ...event }) => {
    if (event.type !== "joined") assertMatch(at as string, /^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
    return event;
  });
  assertEquals(events.slice(0, 3), [
    { type: "joined", url: server.url, name: "logger" },
    { type: "came", number: null, ...common },
    { type: "text", number: 1, ...common, id: saidId, text: "hello" },
  ]);
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode("12 wagons"));
  const sha256 = new Uint8Array(digest).toHex();
  const file = { id: fileId, name: "train.txt", size: 9, sha256 };
  assertEquals(events[3], { type: "file", number: 2, ...common, id: fileId, file });
  assertEquals(events[4]!.type, "left");
  assert((events[4]!.reason as string).length > 0);
  assertEquals((await server.stop()).code, 0);
});

test("two chats and a server that is killed and started again: nothing is lost, none comes twice", async () => {
  await using space = new Workspace();
  let server = await space.serve();
  const { port } = server.address;
  const chats = ["Ann", "Bob"].map((name) => new Chat(space, [server.url, "--name", name]));
  const [ann, bob] = chats as [Chat, Chat];
  for (const chat of chats) await chat.has("joined", 1);
  const texts = (name: string, count: number, from: number) =>
    numbered(count, from).map((line) => `${name} ${line}`);
  for (let round = 0; round < 3; round++) {
    const from = round * 100;
    // Some are stored and some are on their way when the server is killed.
    await ann.say(...texts("Ann", 40, from));
    await bob.say(...texts("Bob", 40, from));
    await bob.has("text", from + 20);
    server.child.kill("SIGKILL");
    await ann.say(...texts("Ann", 40, from + 40));
    await server.ended();
    await ann.has("lost", round + 1);
    await bob.say(...texts("Bob", 60, from + 40));
    server = await space.serve(["--port", `${port}`]);
    await ann.say(...texts("Ann", 20, from + 80));
    for (const chat of chats) await chat.has("text", from + 100);
  }
  for (const chat of chats) await chat.has("receipt", 300);
  assertEquals(bob.texts, texts("Ann", 300, 0));
  assertEquals(ann.texts, texts("Bob", 300, 0));
  for (const chat of chats) {
    const numbers = chat.of("text").map(({ number }) => number as number);
    assertEquals(numbers, numbers.toSorted((a, b) => a - b));
    assertEquals(chat.of("missed"), []);
    assertEquals((await chat.stop("SIGTERM")).code, 130);
  }
  assertEquals((await server.stop()).code, 0);
});

test("chat waits for a server that is not there yet", async () => {
  await using space = new Workspace();
  const first = await space.serve();
  const { port } = first.address;
  assertEquals((await first.stop()).code, 0);
  const chat = new Chat(space, [first.url, "--name", "logger"]);
  await chat.say("early");
  await chat.has("failed", 1);
  const server = await space.serve(["--port", `${port}`]);
  await chat.has("receipt", 1);
  await chat.endInput();
  assertEquals((await chat.stop("SIGINT")).code, 130);
  assertEquals((await server.stop()).code, 0);
});

test("chat that is stopped with something unsaid tells so", async () => {
  await using space = new Workspace();
  const server = await space.serve();
  assertEquals((await server.stop()).code, 0);
  const chat = new Chat(space, [server.url]);
  await chat.has("failed", 1);
  await chat.say("a", "b");
  // It is read when the second try has failed too.
  await chat.has("failed", 2);
  const { code, stderr } = await chat.stop("SIGINT");
  assertEquals(code, 130);
  assertStringIncludes(stderr, "has not confirmed 2 messages");
});

test("a reader of a chat that leaves ends it without a fault", async () => {
  await using space = new Workspace();
  const server = await space.serve();
  const child = space.spawn(["chat", server.url, "--name", "logger"]);
  await child.stdin.close();
  const lines = linesOf(child.stdout);
  await server.next("came");
  const ann = await join(server, "Ann");
  await lines.next();
  await lines.return(undefined);
  const stderr = new Response(child.stderr).text();
  const ended = child.status;
  await ann.say(newId(), "is anybody there?");
  await ann.say(newId(), "hello?");
  assertEquals((await ended).code, 0, await stderr);
  assert(!(await stderr).includes("error"), await stderr);
  ann.close();
  assertEquals((await server.stop()).code, 0);
});

test("chat goes by the name that is set, or by the user's and the machine's", async () => {
  await using space = new Workspace();
  const server = await space.serve();
  const say = async (args: string[], env: Record<string, string> = {}) => {
    const run = await space.run(["chat", server.url, "--once", ...args], { stdin: "x", env });
    assertEquals(run.code, 0, run.stderr);
    return (await server.next("came")).name;
  };
  assertEquals(await say(["--name", "yard"]), "yard");
  assertEquals(await say([], { WAGONS_CHAT_NAME: "gate" }), "gate");
  assertEquals(await say([], { USER: "ann" }), `ann@${Deno.hostname()}`);
  await space.write("wagons.toml", '[chat]\nname = "signal box"\n');
  assertEquals(await say([]), "signal box");
  assertEquals((await server.stop()).code, 0);
});

test("chat is sealed when there is a key", async () => {
  await using space = new Workspace();
  assertEquals((await space.run(["key", "new", "-o", "wagons.key"])).code, 0);
  const server = await space.serve(["--key-file", "wagons.key"]);
  const run = (args: string[]) =>
    space.run(["chat", server.url, "--once", "--name", "x", ...args], { stdin: "a\nb\n" });
  assertEquals((await run(["--key-file", "wagons.key"])).code, 0);
  const { code, stderr } = await run([]);
  assertEquals(code, 5);
  assertStringIncludes(stderr, "--key-file");
  assertEquals((await server.stop()).code, 0);
});

test("chat talks by chat:// with whom the room has by tcp://, from a URL and from variables", async () => {
  await using space = new Workspace();
  const server = await space.serve(["--listen", "tcp://127.0.0.1:0", "chat://127.0.0.1:0"]);
  const url = (await server.next("listening")).url as string;
  const { port } = new URL(url);
  const ann = await join(server, "Ann");
  const bob = new Chat(space, [url, "--name", "Bob"]);
  await bob.has("joined", 1);
  await bob.say("by chat", "!exit");
  const event = await nextText(ann);
  assertEquals([event.name, event.dialect, event.text], ["Bob", "chat", "by chat"]);
  await bob.has("receipt", 1);
  await ann.say(newId(), "by tcp");
  await bob.has("text", 1);
  assertEquals(bob.texts, ["by tcp"]);
  const { number, dialect } = bob.of("text")[0]!;
  assertEquals([number, dialect], [null, "chat"]);
  assertEquals((await bob.stop("SIGINT")).code, 130);
  const once = ["chat", "--from-env", "--once", "--name", "yard"];
  const run = await space.run(once, {
    stdin: "from the yard",
    env: { IP: "127.0.0.1", PORT: port },
  });
  assertEquals([run.code, run.stdout, run.stderr], [0, "", ""]);
  while ((await nextText(ann)).text !== "from the yard");
  const wrong: string[][] = [["--from-env", url], [url, "--key-file", "k"], [url, "--ca", "c"]];
  for (const args of wrong) {
    const { code, stderr } = await space.run(["chat", ...args], {});
    assertEquals(code, 2, stderr);
  }
  ann.close();
  assertEquals((await server.stop()).code, 0);
});

test("chat by chat:// without a terminal tells of files, and keeps none that nobody can save", async () => {
  await using space = new Workspace();
  const server = await space.serve(["--listen", "tcp://127.0.0.1:0", "chat://127.0.0.1:0"]);
  const url = (await server.next("listening")).url as string;
  const ann = await join(server, "Ann");
  const child = space.spawn(["chat", url, "--name", "logger", "--json"], {
    env: { TMPDIR: space.folder },
  });
  await child.stdin.close();
  const lines = linesOf(child.stdout);
  assertEquals(JSON.parse((await lines.next()).value).type, "joined");
  await server.next("came");
  await server.next("came");
  await space.write("train.txt", "12 wagons");
  await ann.offer(newId(), space.path("train.txt"));
  const { type, file } = JSON.parse((await lines.next()).value);
  assertEquals([type, file.size], ["file", 9]);
  assertEquals(space.files().filter((name) => name.startsWith("wagons-chat")), []);
  child.kill("SIGTERM");
  assertEquals((await child.status).code, 130);
  await Promise.all([lines.return(undefined), child.stderr.cancel()]);
  ann.close();
  assertEquals((await server.stop()).code, 0);
});
