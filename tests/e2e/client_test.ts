import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { jsonLines, linesOf, Workspace } from "./workspace.ts";

const TIME = /^\d{8}T\d{6}\.\d{3}$/;

Deno.test("one fast request prints the server's time", async () => {
  await using space = await new Workspace();
  const server = await space.serve();
  const { code, stdout, stderr } = await space.run(["client", server.url]);
  assertEquals([code, stderr], [0, ""]);
  assertMatch(stdout, /^\d{8}T\d{6}\.\d{3} {2}\d+\.\d{3} ms\n$/);
  assertEquals((await server.stop()).code, 0);
});

Deno.test("a slow request takes its seconds and tells the clients", async () => {
  await using space = await new Workspace();
  const server = await space.serve();
  const { code, stdout } = await space.run(["client", server.url, "--slow", "1", "--json"]);
  assertEquals(code, 0);
  const answer = jsonLines(stdout).find(({ event }) => event === "answer")!;
  assertEquals([answer.kind, answer.connectedClientCount], ["slow", 1]);
  assert(answer.rttMs as number >= 1000, `${answer.rttMs} ms`);
  assertEquals((await server.stop()).code, 0);
});

Deno.test("host and port stand for a URL, as flags, in the config and in the environment", async () => {
  await using space = await new Workspace();
  const server = await space.serve();
  const { hostname, port } = server.address;
  const flags = ["--host", hostname, "--port", `${port}`];
  const { code, stderr } = await space.run(["client", ...flags]);
  assertEquals(code, 0, stderr);
  assertEquals((await space.run(["client"], { env: { WAGONS_SERVER: server.url } })).code, 0);
  await space.write("wagons.toml", `[client]\nport = ${port}\n`);
  assertEquals((await space.run(["client"])).code, 0);
  assertEquals((await space.run(["client", server.url, "--port", "1"])).code, 2);
  assertEquals((await server.stop()).code, 0);
});

Deno.test("at an interval it asks at each tick, counts, and sums up", async () => {
  await using space = await new Workspace();
  const server = await space.serve();
  const args = ["client", server.url, "--fast", "--interval", "20ms", "--count", "20", "--json"];
  const { code, stdout, stderr } = await space.run(args);
  assertEquals(code, 0, stderr);
  const events = jsonLines(stdout);
  const answers = events.filter(({ event }) => event === "answer");
  assertEquals(answers.length, 20);
  for (const { currentDateTime } of answers) assertMatch(currentDateTime as string, TIME);
  const summary = events.at(-1)!;
  assertEquals([summary.event, summary.sent, summary.answered, summary.lost], [
    "summary",
    20,
    20,
    0,
  ]);
  const { min, median, p99, max } = summary.rttMs as Record<string, number>;
  assert(min! <= median! && median! <= p99! && p99! <= max!, JSON.stringify(summary));
  assertEquals((await server.stop()).code, 0);
});

Deno.test("a tick that finds a request unanswered is skipped and counted", async () => {
  await using space = await new Workspace();
  const server = await space.serve();
  const args = [
    "client",
    server.url,
    "--slow",
    "1",
    "--interval",
    "100ms",
    "--count",
    "2",
    "--json",
  ];
  const events = jsonLines((await space.run(args)).stdout);
  let unanswered = 0;
  for (const { event } of events) {
    if (event === "request") assertEquals(++unanswered, 1, "no second request before the answer");
    if (event === "answer") unanswered--;
  }
  const summary = events.at(-1)!;
  assertEquals([summary.sent, summary.answered], [2, 2]);
  const reasons = events.filter(({ event }) => event === "skipped").map(({ reason }) => reason);
  assertEquals(summary.skipped, reasons.length);
  assert(reasons.filter((reason) => reason === "unanswered").length >= 10, String(reasons));
  assertEquals((await server.stop()).code, 0);
});

Deno.test("it connects again after a loss, for as long as it runs", async () => {
  await using space = await new Workspace();
  const first = await space.serve();
  const { port } = first.address;
  const args = ["client", first.url, "--interval", "10ms", "--reconnect", "1s", "--json"];
  const child = space.spawn([...args, "--log-file", "client.log"]);
  await child.stdin.close();
  const events = linesOf(child.stdout);
  const next = async (...names: string[]) => {
    for (let line = await events.next(); !line.done; line = await events.next()) {
      const event = JSON.parse(line.value);
      if (names.includes(event.event)) return event;
    }
    throw new Error(`The client ended without ${names}`);
  };
  await next("answer");
  await first.stop("SIGKILL");
  await next("lost");
  assertStringIncludes((await next("failed")).reason, "nobody listens");
  const second = await space.serve(["--port", `${port}`]);
  await next("connected");
  await next("answer");
  child.kill("SIGINT");
  const summary = await next("summary");
  assert(summary.answered >= 2 && summary.skipped >= 1, JSON.stringify(summary));
  assertEquals((await child.status).code, 0);
  await child.stderr.cancel();
  const log = await Deno.readTextFile(space.path("client.log"));
  for (
    const what of ["connected", "request", "answer", "lost", "failed", "connecting", "summary"]
  ) {
    assertMatch(log, new RegExp(`^\\S+ (INFO|WARNING) +${what}\\b`, "m"));
  }
  assertEquals((await second.stop()).code, 0);
});

Deno.test("without an interval a lost connection is an error", async () => {
  await using space = await new Workspace();
  const server = await space.serve();
  const child = space.spawn(["client", server.url, "--slow", "60"]);
  await child.stdin.close();
  await server.next("connected");
  server.child.kill("SIGKILL");
  const { code, stderr } = await child.output();
  assertEquals(code, 3);
  assertStringIncludes(new TextDecoder().decode(stderr), server.url);
  await server.ended();
});

Deno.test("a server that never answers is timed out", async () => {
  await using space = await new Workspace();
  using silent = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `tcp://127.0.0.1:${silent.addr.port}`;
  const accepted = silent.accept();
  const run = space.run(["client", url, "--timeout", "200ms"]);
  using _conn = await accepted;
  const { code, stderr } = await run;
  assertEquals(code, 4, stderr);
  assertStringIncludes(stderr, "200ms");
});

Deno.test("a server that speaks something else is an error that says so", async () => {
  await using space = await new Workspace();
  using other = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const run = space.run(["client", `tcp://127.0.0.1:${other.addr.port}`]);
  using conn = await other.accept();
  const page = "<html><body>This is not what you are looking for</body></html>";
  await conn.write(new TextEncoder().encode(`HTTP/1.1 400 Bad Request\r\n\r\n${page}`));
  const { code, stderr } = await run;
  assertEquals(code, 5, stderr);
  assertStringIncludes(stderr, "not the wagons protocol");
});

Deno.test({
  name: "on a terminal, keys send requests, change the mode and quit",
  ignore: Deno.build.os !== "linux",
  async fn() {
    await using space = await new Workspace();
    const server = await space.serve();
    const child = space.spawnInTerminal(["client", server.url, "--interval", "1s"]);
    const keys = child.stdin.getWriter();
    const shown = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    let screen = "";
    const until = async (pattern: RegExp) => {
      let match = pattern.exec(screen);
      while (match === null) {
        const { value, done } = await shown.read();
        if (done) throw new Error(`The program has ended: ${screen}`);
        screen += value;
        match = pattern.exec(screen);
      }
      // What is behind it is kept: one read may bring several of the things that are waited for.
      screen = screen.slice(match.index + match[0].length);
    };
    const press = (key: string) => keys.write(new TextEncoder().encode(key));
    await until(/keys: f fast request/);
    await until(/connected/);
    await press("m");
    await until(/mode: slow/);
    await press("s");
    await until(/\d+ clients?/);
    await press("m");
    await until(/mode: fast/);
    await press("f");
    await until(/\d{8}T\d{6}\.\d{3}/);
    await press("q");
    await until(/\d+ sent, \d+ answered/);
    await keys.close();
    assertEquals((await child.status).code, 0);
    await shown.cancel();
    await child.stderr.cancel();
    assertEquals((await server.stop()).code, 0);
  },
});

Deno.test("a single request that is interrupted is not done", async () => {
  await using space = await new Workspace();
  const server = await space.serve();
  const child = space.spawn(["client", server.url, "--slow", "60"]);
  await child.stdin.close();
  await server.next("connected");
  child.kill("SIGINT");
  const { code, stdout } = await child.output();
  assertEquals([code, stdout.length], [130, 0]);
  assertEquals((await server.stop()).code, 0);
});

Deno.test("a reader of its answers that leaves ends it without a fault", async () => {
  await using space = await new Workspace();
  const server = await space.serve();
  const child = space.spawn(["client", server.url, "--interval", "10ms", "--json"]);
  await child.stdin.close();
  const lines = linesOf(child.stdout);
  await lines.next();
  await lines.return(undefined);
  const stderr = await new Response(child.stderr).text();
  assertEquals((await child.status).code, 0, stderr);
  assert(!stderr.includes("BrokenPipe"), stderr);
  assertEquals((await server.stop()).code, 0);
});

Deno.test("--count counts a request that is lost, and no answer at all is not success", async () => {
  await using space = await new Workspace();
  using rude = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const url = `tcp://127.0.0.1:${rude.addr.port}`;
  const args = [
    "client",
    url,
    "--interval",
    "10ms",
    "--count",
    "1",
    "--reconnect",
    "10s",
    "--json",
  ];
  const run = space.run(args);
  const conn = await rude.accept();
  await conn.read(new Uint8Array(16));
  conn.close();
  const { code, stdout } = await run;
  assertEquals(code, 3);
  const events = jsonLines(stdout);
  assertEquals(events.filter(({ event }) => event === "connecting").length, 1);
  assertEquals([events.at(-1)!.sent, events.at(-1)!.lost], [1, 1]);
});

Deno.test("a port on the command line goes before a host in the config", async () => {
  await using space = await new Workspace();
  const server = await space.serve();
  await space.write("wagons.toml", '[client]\nhost = "127.0.0.1"\n');
  const args = ["client", "--port", `${server.address.port}`];
  const { code, stderr } = await space.run(args, { env: { WAGONS_SERVER: "tcp://127.0.0.1:1" } });
  assertEquals(code, 0, stderr);
  assertEquals((await server.stop()).code, 0);
});
