/**
 * `wagons message`: the built program, against servers of the tests and against `wagons serve`.
 *
 * @module
 */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { formatEndpoint } from "../../lib/endpoint.ts";
import { formatKey } from "../../lib/seal/key.ts";
import { TokenSeal } from "../../lib/token_seal.ts";
import { test } from "../helpers/strict.ts";
import {
  answerOk,
  DatagramServer,
  KEY,
  OTHER_KEY,
  PostServer,
  RoomServer,
  SEAL,
} from "../helpers/token_servers.ts";
import {
  type Ended,
  jsonLines,
  linesOf,
  type RunOptions,
  type Server,
  Workspace,
} from "./workspace.ts";

/** A workspace with the key of the tests. */
class Yard extends Workspace {
  constructor() {
    super();
    Deno.writeTextFileSync(this.path("k"), formatKey(KEY), { mode: 0o600 });
  }

  /** Runs `wagons message` with the key. */
  async message(args: readonly string[], options: RunOptions = {}): Promise<Ended> {
    const env = { WAGONS_KEY_FILE: "k", ...options.env };
    return await this.run(["message", ...args], { ...options, env });
  }

  /** Starts `wagons message --listen --json`. */
  listen(args: readonly string[]): Listening {
    return new Listening(
      this.spawn(["message", "--listen", "--json", ...args], { env: { WAGONS_KEY_FILE: "k" } }),
    );
  }

  /** Starts `wagons serve` with the key, by HTTP and UDP; gives it and its URLs. */
  async serveMessages(): Promise<{ server: Server; http: string; ws: string; udp: string }> {
    const listen = ["--listen", "http://127.0.0.1:0", "udp://127.0.0.1:0"];
    const server = await this.serve([...listen, "--key-file", "k", "--name", "depot"]);
    const { url: udp } = await server.next("listening");
    const { url: http } = server;
    return { server, http, ws: http.replace("http", "ws"), udp: udp as string };
  }
}

/** A `wagons message --listen --json` that runs. */
class Listening {
  readonly seen: Record<string, unknown>[] = [];
  readonly #child: Deno.ChildProcess;
  readonly #lines: AsyncIterator<string>;
  readonly #errors: AsyncIterator<string>;
  readonly #input: WritableStreamDefaultWriter<Uint8Array>;
  readonly #stderr: string[] = [];

  constructor(child: Deno.ChildProcess) {
    this.#child = child;
    this.#lines = linesOf(child.stdout);
    this.#errors = linesOf(child.stderr);
    this.#input = child.stdin.getWriter();
  }

  /** Reads on until that text has come. */
  async hears(text: string): Promise<Record<string, unknown>> {
    while (true) {
      const { value, done } = await this.#lines.next();
      if (done) throw new Error(`It has ended without ${text}: ${await this.#restOfStderr()}`);
      const line = JSON.parse(value);
      this.seen.push(line);
      if (line.text === text) return line;
    }
  }

  /** Reads on until stderr says so. */
  async tells(pattern: RegExp): Promise<void> {
    while (true) {
      const { value, done } = await this.#errors.next();
      if (done) throw new Error(`It does not tell ${pattern}: ${this.#stderr.join("\n")}`);
      this.#stderr.push(value);
      if (pattern.test(value)) return;
    }
  }

  async write(text: string): Promise<void> {
    await this.#input.write(new TextEncoder().encode(text));
  }

  /** Waits for the end, after a signal if one is named. */
  async ends(signal?: Deno.Signal): Promise<{ code: number; stderr: string }> {
    if (signal !== undefined) this.#child.kill(signal);
    await this.#input.close().catch(() => {
      // It has ended.
    });
    for (let line = await this.#lines.next(); !line.done; line = await this.#lines.next()) {
      this.seen.push(JSON.parse(line.value));
    }
    const stderr = await this.#restOfStderr();
    return { code: (await this.#child.status).code, stderr };
  }

  async #restOfStderr(): Promise<string> {
    for (let line = await this.#errors.next(); !line.done; line = await this.#errors.next()) {
      this.#stderr.push(line.value);
    }
    return this.#stderr.join("\n");
  }
}

test("message by each transport to wagons serve, and what the room hears of it", async () => {
  await using space = new Yard();
  const { server, http, ws, udp } = await space.serveMessages();
  const room = space.listen(["--to", `${ws}/ws`]);
  await room.tells(/listening to/);

  const said = await space.message(["train left", "--to", http, "--user", "Ann"]);
  assertEquals([said.code, said.stderr], [0, ""]);
  assertMatch(
    said.stdout,
    /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d depot: said \[say \{"id":"[0-9a-f-]{36}",/,
  );
  assertEquals((await room.hears("train left")).userID, "Ann");

  const relayed = await space.message(["поезд", "--to", ws, "--user", "Bob", "--json"]);
  assertEquals([relayed.code, relayed.stderr], [0, ""]);
  const [echo] = jsonLines(relayed.stdout);
  assertEquals([echo!.userID, echo!.text, echo!.from], ["Bob", "поезд", ws]);
  assertMatch(String(echo!.timestamp), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{6})?$/);
  const heard = await room.hears("поезд");
  assertEquals([heard.userID, heard.timestamp], ["Bob", echo!.timestamp]);

  const sent = await space.message(["by radio", "--to", udp, "--user", "Cid"]);
  assertEquals([sent.code, sent.stderr], [0, ""]);
  assertMatch(sent.stdout, /127\.0\.0\.1:\d+ \(from 127\.0\.0\.1:\d+\): decode ok/);
  assertEquals((await room.hears("by radio")).userID, "Cid");

  for (const to of [http, udp]) {
    const ping = await space.message(["--cmd", "ping", "--args", "7", "--to", to, "--json"]);
    assertEquals(ping.code, 0, ping.stderr);
    const [answer] = jsonLines(ping.stdout);
    assertEquals([answer!.cmd, answer!.args], ["ping", "7"]);
    const wrong = await space.message(["--cmd", "fly", "--to", to, "--json"]);
    assertEquals([wrong.code, jsonLines(wrong.stdout)[0]!.cmd], [5, "error"]);
    assertStringIncludes(wrong.stderr, "refuses:");
  }
  const stdin = '{"Omsk": 7, "Perm": 8}';
  const kept = await space.message(["--cmd", "manifest", "--args", "-", "--to", http], { stdin });
  assertEquals([kept.code, kept.stderr], [0, ""]);
  assertStringIncludes(kept.stdout, "depot: stored [manifest");
  assertEquals((await server.next("manifest")).entries, { Omsk: 7, Perm: 8 });

  const lines = await space.message(["-", "--to", ws], { stdin: "one\n\n  \ntwo\r\nthree" });
  assertEquals([lines.code, lines.stderr], [0, ""]);
  assertEquals(lines.stdout.match(/: \w+$/gm), [": one", ": two", ": three"]);
  await room.hears("three");
  const { code, stderr } = await room.ends("SIGINT");
  assertEquals([code, stderr], [0, `listening to ${ws}/ws`]);
  assertEquals((await server.stop()).code, 0);
});

test("message with another key than wagons serve has is told so, as far as one can know", async () => {
  await using space = new Yard();
  const { server, http, ws, udp } = await space.serveMessages();
  assertEquals((await space.run(["key", "new", "-o", "other"])).code, 0);
  const send = (to: string, ...more: string[]) =>
    space.message(["a", "--key-file", "other", "--to", to, ...more]);
  for (const to of [http, ws]) {
    const { code, stdout, stderr } = await send(to);
    assertEquals([code, stdout], [5, ""]);
    assertStringIncludes(stderr, "has another key");
  }
  const { code, stdout, stderr } = await send(udp, "--timeout", "300ms");
  assertEquals([code, stdout], [4, ""]);
  assertStringIncludes(stderr, "compare host, port and key");
  assertEquals((await server.stop()).code, 0);
});

test("message says by its exit code what became of it", async () => {
  await using space = new Yard();
  const other = new TokenSeal(OTHER_KEY);
  await using http = new PostServer(() => new Response(other.seal({ text: "ok" })));
  await using flask = new PostServer(() => new Response("<h1>Internal", { status: 500 }));
  await using silent = new RoomServer({ onToken: () => {} });
  await using stranger = new RoomServer({ greeting: other.seal({ text: "Welcome" }) });
  await using datagrams = await DatagramServer.start((_token, reply) =>
    reply(SEAL.seal({ userID: reply.to, text: "decode error" }))
  );
  const urls = [http, flask, silent, stranger, datagrams].map(({ endpoint }) =>
    formatEndpoint(endpoint)
  );
  const soon = ["--timeout", "200ms"];
  const cases: [string, string[], number, RegExp][] = [
    ["another key by HTTP", ["a", "--to", urls[0]!], 5, /has another key[^]*wagons key show/],
    ["a fault of the server", ["a", "--to", urls[1]!], 5, /answers 500 Internal Server Error/],
    ["nothing comes back", ["a", "--to", urls[2]!, ...soon], 4, /not relayed it within 200ms/],
    ["another key by WebSocket", ["a", "--to", urls[3]!], 5, /has another key/],
    ["another key to listen by", ["--listen", "--to", urls[3]!], 5, /has another key/],
    ["system B's error", ["a", "--to", urls[4]!, "--wait", "0ms"], 5, /refuses: decode error/],
    ["nobody by HTTP", ["a", "--to", "http://127.0.0.1:1"], 3, /nobody listens there/],
    ["nobody by WebSocket", ["a", "--to", "ws://127.0.0.1:1"], 3, /nobody listens there/],
    ["nobody by UDP", ["a", "--to", "udp://127.0.0.1:1", ...soon], 4, /not answered within/],
    ["too long for a datagram", ["a".repeat(60_000), "--to", urls[4]!], 6, /a datagram has room/],
    ["no line", ["-", "--to", urls[2]!], 6, /no line that is not blank/],
    ["nothing to send", ["--to", urls[0]!], 2, /nothing to send/],
    ["arguments of nothing", ["--args", "x", "--to", urls[0]!], 2, /without a TEXT or --cmd/],
    ["no server", ["a"], 2, /not said where[^]*http:\/\/host:port/],
    ["another kind", ["a", "--to", "tcp://127.0.0.1:1"], 2, /By tcp:\/\/ use wagons chat/],
    ["https", ["a", "--to", "https://127.0.0.1:1"], 2, /Cannot send messages to https/],
    ["listen by HTTP", ["--listen", "--to", urls[0]!], 2, /by itself[^]*ws:\/\//],
    ["count without listen", ["a", "--count", "1", "--to", urls[0]!], 2, /--count does nothing/],
    ["no count", ["--listen", "--count", "0", "--to", urls[2]!], 2, /no whole number from 1/],
    ["a manifest into a room", ["--cmd", "manifest", "--to", urls[2]!], 2, /http:\/\/ or udp:\/\//],
    ["say into a room", ["a", "--cmd", "say", "--to", urls[2]!], 2, /Leave out --cmd/],
    ["a port that is none", ["a", "--to", "udp://127.0.0.1:0"], 2, /Nobody has the port 0/],
    ["a port that is none by HTTP", ["a", "--to", "http://127.0.0.1:0"], 2, /one, 7118/],
    ["no URL", ["a", "--to", "depot"], 2, /like http:.*, ws:.* or udp:/],
    ["a path in Russian", ["a", "--to", `${urls[1]}/путь`], 5, /%D0%BF.* answers 500/],
    ["a host in Russian", ["a", "--to", "http://хост.invalid"], 3, /xn--.*the host is not known/],
    ["wait by HTTP", ["a", "--wait", "1s", "--to", urls[0]!], 2, /--wait does nothing/],
    ["stdin twice", ["-", "--args", "-", "--to", urls[0]!], 2, /TEXT and --args are both -/],
    ["a path by UDP", ["a", "--to", "udp://127.0.0.1:1/x"], 2, /is no endpoint/],
    ["no address", ["--listen", "--to", "udp://203.0.113.1:1"], 2, /no address of this machine/],
  ];
  for (const [name, args, code, message] of cases) {
    const run = await space.message(args);
    assertMatch(run.stderr, message, name);
    assertEquals(run.code, code, `${name}: ${run.stderr}`);
  }
  const noKey = await space.run(["message", "a", "--to", urls[0]!]);
  assertEquals(noKey.code, 2);
  assertMatch(noKey.stderr, /no key[^]*--key-file or WAGONS_KEY_FILE/);
});

test("message takes its server, its user and its times from the settings", async () => {
  await using space = new Yard();
  await using server = new RoomServer();
  const url = formatEndpoint(server.endpoint);
  await space.write("wagons.toml", `server = "${url}"\nkey_file = "k"\n[message]\nuser = "Ann"\n`);
  const run = await space.run(["message", "a", "--json"], {
    env: { WAGONS_MESSAGE_TIMEOUT: "9s" },
  });
  assertEquals([run.code, jsonLines(run.stdout)[0]!.userID], [0, "Ann"], run.stderr);
  const named = await space.run(["message", "a", "--json", "--user", "Bob"]);
  assertEquals(jsonLines(named.stdout)[0]!.userID, "Bob");
  const unset = await space.run(["message", "a", "--json", "--config", "k"]);
  assertEquals(unset.code, 2);
});

test("message goes past any proxy that the environment names", async () => {
  await using space = new Yard();
  await using http = new PostServer((token) => new Response(token));
  await using ws = new RoomServer();
  await using proxy = new PostServer(() => new Response("", { status: 407 }));
  const via = formatEndpoint(proxy.endpoint);
  const env = {
    HTTP_PROXY: via,
    http_proxy: via,
    ALL_PROXY: via,
    all_proxy: via,
    NODE_USE_ENV_PROXY: "1",
  };
  for (const { endpoint } of [http, ws]) {
    const run = await space.message(["a", "--to", formatEndpoint(endpoint)], { env });
    assertEquals([run.code, run.stderr], [0, ""]);
  }
  assertEquals(proxy.requests, []);
});

test("message --listen connects again, and tells of junk on stderr alone", async () => {
  await using space = new Yard();
  let server = new RoomServer();
  const { port } = server.endpoint;
  const url = formatEndpoint(server.endpoint);
  const room = space.listen(["-", "--user", "Ann", "--to", url]);
  await room.hears("Welcome");
  await room.write("first\n\n");
  await room.hears("first");
  server.broadcast("junk \x1b[2J");
  await room.tells(/1 thing that came is no message/);
  server.broadcast(SEAL.seal({ userID: "Bob\x1b[2J", text: "heard" }));
  assertEquals((await room.hears("heard")).userID, "Bob\x1b[2J");
  await server[Symbol.asyncDispose]();
  await room.tells(/is lost.*; trying again/);
  await room.write("while it was away\n");
  server = new RoomServer({}, port);
  try {
    await room.hears("while it was away");
    const { code, stderr } = await room.ends("SIGTERM");
    assertEquals(code, 0, stderr);
    assert(!stderr.includes("\x1b"), stderr);
  } finally {
    await server[Symbol.asyncDispose]();
  }
});

test("message --listen that is ended before all was said does not end as done", async () => {
  await using space = new Yard();
  await using server = new RoomServer({ onToken: () => {} });
  const room = space.listen(["lost", "--to", formatEndpoint(server.endpoint)]);
  await room.hears("Welcome");
  const { code, stderr } = await room.ends("SIGINT");
  assertEquals(code, 130);
  assertStringIncludes(stderr, "Interrupted before all that was said arrived");
});

test("message --listen --count ends after so many but the greeting, and says what is to be said", async () => {
  await using space = new Yard();
  await using server = new RoomServer();
  await using quiet = new RoomServer({ greeting: null });
  for (const [{ endpoint, tokens }, lines] of [[server, 2], [quiet, 1]] as const) {
    const url = formatEndpoint(endpoint);
    const run = await space.message(["--listen", "--count", "1", "a", "--to", url]);
    assertEquals([run.code, tokens.length], [0, 1], run.stderr);
    const texts = run.stdout.trimEnd().split("\n").map((line) => line.split(": ").at(-1));
    assertEquals(texts, ["Welcome", "a"].slice(-lines));
  }
});

test("message --listen ends with the code of the first thing that was not said", async () => {
  await using space = new Yard();
  let answer = SEAL.seal({ cmd: "error", text: "too fast" });
  await using refusing = new RoomServer({ onToken: (_token, room) => room.broadcast(answer) });
  const refused = space.listen(["a", "--to", formatEndpoint(refusing.endpoint)]);
  await refused.tells(/not said: .*too fast/);
  assertEquals((await refused.ends("SIGINT")).code, 5);
  answer = SEAL.seal({ text: "something else" });
  const more = ["--timeout", "200ms", "--to", formatEndpoint(refusing.endpoint)];
  const late = space.listen(["a", ...more]);
  await late.tells(/may have been said: .*not relayed/);
  assertEquals((await late.ends("SIGINT")).code, 4);
});

test("message --listen by UDP prints what is sent to an address of this machine", async () => {
  await using space = new Yard();
  // A port that was free a moment ago: it has to be known to whoever sends.
  const found = await DatagramServer.start();
  const url = formatEndpoint(found.endpoint);
  await found[Symbol.asyncDispose]();
  const heard = space.listen(["--count", "2", "--to", url]);
  await heard.tells(/listening to/);
  // Nobody answers there, so that each is sent more than once.
  const sent = await space.message(["hello", "--user", "Ann", "--timeout", "1s", "--to", url]);
  assertEquals(sent.code, 4, sent.stderr);
  const { userID, from } = await heard.hears("hello");
  assertEquals(userID, "Ann");
  assertMatch(String(from), /^127\.0\.0\.1:\d+$/);
  assertEquals((await heard.ends()).code, 0);
});

test("message by broadcast is answered by everybody who hears it", async () => {
  await using space = new Yard();
  await using first = await DatagramServer.start(answerOk, { host: "0.0.0.0" });
  const { port } = first.endpoint;
  const url = `udp://127.255.255.255:${port}`;
  const run = await space.message(["--cmd", "ping", "--json", "--wait", "200ms", "--to", url]);
  assertEquals(run.code, 0, run.stderr);
  assertEquals(jsonLines(run.stdout).map(({ from }) => from), [`127.0.0.1:${port}`]);
});

test("the commands for other dialects name the one that speaks http, ws and udp", async () => {
  await using space = new Yard();
  for (const scheme of ["http", "ws", "udp"]) {
    const url = `${scheme}://127.0.0.1:1`;
    for (
      const args of [["client", url], ["chat", url, "--once"], ["shutdown", url], [
        "put",
        "k",
        "--to",
        url,
      ]]
    ) {
      const { code, stderr } = await space.run(args, { stdin: "a" });
      assertEquals(code, 2, stderr);
      assertStringIncludes(stderr, `\`wagons message\` speaks ${scheme}://`);
    }
  }
  const { code, stderr } = await space.run(["serve", "--listen", "http://127.0.0.1:0/message"]);
  assertEquals(code, 2);
  assertStringIncludes(stderr, "Leave out /message");
});
