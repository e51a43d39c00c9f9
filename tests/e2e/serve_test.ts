import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { WireConnection } from "../../lib/client/wire_connection.ts";
import { parseEndpoint } from "../../lib/endpoint.ts";
import { makeUuidV7 } from "../../lib/wire/uuid.ts";
import { jsonLines, Workspace } from "./workspace.ts";

Deno.test("the first event says where it listens, with the real port", async () => {
  await using space = await new Workspace();
  const child = space.spawn(["serve", "--json", "--port", "0", "--store", "wagons.db"]);
  await child.stdin.close();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value = "" } = await reader.read();
  assertMatch(value, /^\{"event":"listening","url":"tcp:\/\/127\.0\.0\.1:[1-9]\d*"\}\n/);
  await reader.cancel();
});

Deno.test("a port that is taken is named", async () => {
  await using space = await new Workspace();
  const server = await space.serve();
  const { port } = server.address;
  const second = await space.run(["serve", "--port", `${port}`, "--store", "second.db"]);
  assertEquals(second.code, 2);
  assertStringIncludes(second.stderr, `tcp://127.0.0.1:${port}: the port is taken`);
  assertEquals((await server.stop()).code, 0);
});

Deno.test("flags go before variables, and variables before the config", async () => {
  await using space = await new Workspace();
  await space.write(
    "wagons.toml",
    'store = "from-config.db"\n[serve]\nport = 0\nmax_sleeping = 1\n',
  );
  const server = await space.serve(["--config", "wagons.toml", "--store", "from-flag.db"], {
    env: { WAGONS_STORE: "from-variable.db", WAGONS_SERVE_MAX_SLEEPING: "0" },
  });
  assert(space.files().includes("from-flag.db"), String(space.files()));
  const slow = await space.run(["client", server.url, "--slow", "1"]);
  assertEquals(slow.code, 5);
  assertStringIncludes(slow.stderr, "0 slow requests");
  assertEquals((await server.stop()).code, 0);
});

Deno.test("a wagons.toml in the working directory is read, with the port in it", async () => {
  await using space = await new Workspace();
  // A port that was free a moment ago.
  const probe = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = probe.addr;
  probe.close();
  await space.write("wagons.toml", `store = "own.db"\n[serve]\nport = ${port}\n`);
  const child = space.spawn(["serve", "--json"]);
  await child.stdin.close();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value = "" } = await reader.read();
  await reader.cancel();
  assertEquals(jsonLines(value)[0]!.url, `tcp://127.0.0.1:${port}`);
});

/** What a log says once a word is in it: lines wait a moment before they are written. */
async function logWith(path: string, word: string): Promise<string> {
  const watcher = Deno.watchFs(path);
  try {
    for (let text = await Deno.readTextFile(path);; text = await Deno.readTextFile(path)) {
      if (text.includes(word)) return text;
      await watcher[Symbol.asyncIterator]().next();
    }
  } finally {
    watcher.close();
  }
}

Deno.test("connections and requests are logged, and the log is rotated", async () => {
  await using space = await new Workspace();
  const log = ["--log-file", "serve.log", "--log-level", "debug", "--log-max-bytes", "4KiB"];
  const server = await space.serve([...log, "--log-files", "3"]);
  const client = await space.run(["client", server.url, "--fast"]);
  assertEquals(client.code, 0, client.stderr);
  await server.next("disconnected");
  const first = await logWith(space.path("serve.log"), "disconnected");
  const stamp = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z`;
  const peer = String.raw`peer=127\.0\.0\.1:\d+`;
  for (
    const line of [
      `${stamp} INFO    listening url=tcp://127\\.0\\.0\\.1:\\d+ store=`,
      `${stamp} INFO    connected ${peer} dialect=tcp connections=1`,
      `${stamp} DEBUG   request ${peer} kind=fastRequest`,
      `${stamp} INFO    disconnected ${peer} reason="closed the connection" connections=0`,
    ]
  ) assertMatch(first, new RegExp(line, "m"));

  const many = await space.run(["client", server.url, "--interval", "10ms", "--count", "200"]);
  assertEquals(many.code, 0, many.stderr);
  assertEquals((await server.stop()).code, 0);
  const logs = space.files().filter((name) => name.startsWith("serve.log"));
  assertEquals(logs, ["serve.log", "serve.log.1", "serve.log.2"]);
  for (const name of logs) {
    const { size } = await Deno.stat(space.path(name));
    assert(size <= 4096 + 8192, `${name} has ${size} bytes`);
  }
  assertStringIncludes(await Deno.readTextFile(space.path("serve.log")), "stopped connections=");
});

Deno.test("a log that cannot be written does not stop the server", async () => {
  await using space = await new Workspace();
  // Folders stand where the full log files would be moved to.
  for (const name of ["serve.log.1", "serve.log.2"]) {
    await Deno.mkdir(space.path(`${name}/in-the-way`), { recursive: true });
  }
  const log = ["--log-file", "serve.log", "--log-level", "debug", "--log-max-bytes", "4KiB"];
  const server = await space.serve([...log, "--log-files", "3"]);
  const client = await space.run(["client", server.url, "--interval", "10ms", "--count", "100"]);
  assertEquals(client.code, 0, client.stderr);
  const { code, stderr } = await server.stop();
  assertEquals(code, 0);
  assertEquals(stderr.match(/Cannot write the log serve\.log/g)?.length, 1, stderr);
});

Deno.test("a server whose stdout nobody reads any more goes on", async () => {
  await using space = await new Workspace();
  const child = space.spawn(["serve", "--json", "--port", "0", "--store", "wagons.db"]);
  await child.stdin.close();
  const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  const { value = "" } = await reader.read();
  await reader.cancel();
  const url = jsonLines(value)[0]!.url as string;
  for (let i = 0; i < 3; i++) {
    const sent = await space.run(["send", "-", "--to", url], { stdin: `Тула = ${i}\n` });
    assertEquals(sent.code, 0, sent.stderr);
  }
  const stopped = await space.run(["shutdown", url]);
  assertEquals(stopped.code, 0, stopped.stderr);
  await child.stderr.cancel();
  assertEquals((await child.status).code, 0);
});

for (const signal of ["SIGINT", "SIGTERM"] as const) {
  Deno.test(`${signal} lets running requests finish, then ends with 0`, async () => {
    await using space = await new Workspace();
    const server = await space.serve();
    using connection = await WireConnection.open(parseEndpoint(server.url));
    const answer = connection.request({ kind: "slowRequest", seconds: 1 }, "slowResponse");
    // The server has the request once it answers a later one of the same connection.
    using second = await WireConnection.open(parseEndpoint(server.url));
    await second.request({ kind: "fastRequest" }, "fastResponse");
    await server.next("connected");
    await server.next("connected");
    const ended = server.stop(signal);
    assertEquals((await answer).connectedClientCount >= 1, true);
    const { code, events } = await ended;
    assertEquals(code, 0);
    const stopped = events.find(({ event }) => event === "stopped")!;
    assertEquals([stopped.finished, stopped.abandoned], [1, 0]);
  });
}

Deno.test("a second signal ends at once", async () => {
  await using space = await new Workspace();
  const server = await space.serve();
  using connection = await WireConnection.open(parseEndpoint(server.url));
  const answer = connection.request({ kind: "slowRequest", seconds: 9 }, "slowResponse", 20_000);
  const lost = answer.then(() => "answered", () => "lost");
  await connected(server.url);
  server.child.kill("SIGTERM");
  await server.next("draining");
  server.child.kill("SIGTERM");
  assertEquals((await server.ended()).code, 130);
  assertEquals(await lost, "lost");
});

/** Resolves when the server has answered a request that came after all others. */
async function connected(url: string): Promise<void> {
  using connection = await WireConnection.open(parseEndpoint(url));
  await connection.request({ kind: "fastRequest" }, "fastResponse");
}

Deno.test("shutdown reports what was drained; long sleeps are refused at once", async () => {
  await using space = await new Workspace();
  const server = await space.serve();
  using sleeper = await WireConnection.open(parseEndpoint(server.url));
  const refused = sleeper.request({ kind: "slowRequest", seconds: 4_294_967_295 }, "slowResponse");
  const reason = refused.then(() => "answered", (error) => `${error.message}`);
  using napper = await WireConnection.open(parseEndpoint(server.url));
  const answered = napper.request({ kind: "slowRequest", seconds: 1 }, "slowResponse");
  await connected(server.url);
  const { code, stdout, stderr } = await space.run(["shutdown", server.url, "--json"]);
  assertEquals(code, 0, stderr);
  const [report] = jsonLines(stdout);
  assertEquals([report!.finished, report!.abandoned], [1, 1]);
  assertStringIncludes(await reason, "stopping");
  assertEquals((await answered).kind, "slowResponse");
  assertEquals((await server.ended()).code, 0);
});

Deno.test("--max-connections turns the one too many away", async () => {
  await using space = await new Workspace();
  const server = await space.serve(["--max-connections", "1"]);
  using first = await WireConnection.open(parseEndpoint(server.url));
  await first.request({ kind: "fastRequest" }, "fastResponse");
  const second = await space.run(["client", server.url]);
  assertEquals(second.code, 5);
  assertStringIncludes(second.stderr, "1 connections at once");
  await first.request({ kind: "fastRequest" }, "fastResponse");
  assertEquals((await server.stop()).code, 0);
});

Deno.test("it listens on several URLs, IPv6 among them, into one store", async () => {
  await using space = await new Workspace();
  const server = await space.serve(["--listen", "tcp://127.0.0.1:0", "tcp://[::1]:0"]);
  const { url } = await server.next("listening");
  assertMatch(url as string, /^tcp:\/\/\[::1\]:\d+$/);
  for (const to of [server.url, url as string]) {
    const sent = await space.run(["send", "-", "--to", to], { stdin: "Тула = 1\n" });
    assertEquals(sent.code, 0, sent.stderr);
  }
  assertEquals((await server.stop()).code, 0);
  const totals = await space.run(["manifests", "totals", "--store", "wagons.db"]);
  assertEquals(totals.stdout, "Тула = 2\n");
});

Deno.test("a server whose stdout is open and not read keeps serving", async () => {
  await using space = await new Workspace();
  const server = await space.serve();
  using connection = await WireConnection.open(parseEndpoint(server.url));
  // More than a pipe holds: each is printed with its entries.
  const entries = Array.from({ length: 100 }, (_, i) => ({ city: `Станция ${i}`, wagons: i }));
  for (let i = 0; i < 100; i++) {
    const id = makeUuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
    const manifest = { kind: "manifest", id, source: "test", madeAtMs: 1, entries } as const;
    assertEquals((await connection.request(manifest, "receipt")).id, id);
  }
  const { code, events } = await server.stop();
  assertEquals(code, 0);
  assertEquals(events.filter(({ event }) => event === "manifest").length, 100);
});

Deno.test("a name for this machine alone is no reason to warn", async () => {
  await using space = await new Workspace();
  const server = await space.serve(["--host", "localhost", "--port", "0"]);
  assertMatch(server.url, /^tcp:\/\/(127\.0\.0\.1|\[::1\]):[1-9]\d*$/);
  const { code, stderr } = await server.stop();
  assertEquals([code, stderr], [0, ""]);
});
