import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { parseKey } from "../../lib/seal/key.ts";
import { sampleId } from "../helpers/samples.ts";
import { answerByHttp, handshakeToken } from "../helpers/token_answers.ts";
import { jsonLines, type Server, WAGONS, Workspace } from "./workspace.ts";

/** The key in a file of the workspace. */
async function newKey(space: Workspace, name: string): Promise<Uint8Array> {
  assertEquals((await space.run(["key", "new", "-o", name])).code, 0);
  return parseKey(await Deno.readTextFile(space.path(name)))!;
}

/** Starts a server that listens by HTTP on an address of this machine. */
async function serveOn(space: Workspace, host: string, name: string): Promise<Server> {
  return await space.serve([
    ...["--listen", `http://${host}:0`, "--name", name],
    ...["--store", space.path(`${name}.db`), "--key-file", "key"],
  ]);
}

Deno.test("three servers on different addresses and ports are found among 254", async () => {
  await using space = await new Workspace();
  await newKey(space, "key");
  const hosts = ["127.0.79.7", "127.0.79.77", "127.0.79.177"];
  const servers = [];
  for (const [i, host] of hosts.entries()) servers.push(await serveOn(space, host, `yard${i}`));
  const ports = servers.map(({ address }) => address.port);
  const found = await space.run([
    ...["discover", "--subnet", "127.0.79.0/24", "--port", ports.join()],
    ...["--key-file", "key", "--json", "--explain"],
  ]);
  assertEquals(found.code, 0, found.stderr);
  const lines = jsonLines(found.stdout);
  assertEquals(
    lines.map(({ name, addresses, endpoints, foundBy, key }) => ({
      ...{ name, addresses, endpoints, foundBy, key },
    })),
    hosts.map((host, i) => ({
      name: `yard${i}`,
      addresses: [host],
      endpoints: [`http://${host}:${ports[i]}`],
      foundBy: ["http"],
      key: "opens",
    })),
  );
  for (const { id, version, roundTripMs } of lines) {
    assertMatch(String(id), /^[0-9a-f-]{36}$/);
    assertMatch(String(version), /^\d+\.\d+\.\d+/);
    assert(Number(roundTripMs) > 0);
  }
  for (const port of ports) {
    const line = `127.0.79.0/24: http to 254 addresses, port ${port}: 253 refused, 1 found\n`;
    assertStringIncludes(found.stderr, line);
  }
  for (const server of servers) assertEquals((await server.stop()).code, 0);
});

Deno.test("a process that may open little asks fewer at once, and finds all the same", async () => {
  await using space = await new Workspace();
  await newKey(space, "key");
  const server = await serveOn(space, "127.0.79.200", "yard");
  const discover = [WAGONS, "discover", "--subnet", "127.0.79.0/24", "--explain"];
  const more = ["--port", `${server.address.port}`, "--key-file", "key"];
  const { code, stdout, stderr } = await new Deno.Command("sh", {
    args: ["-c", `ulimit -n 64; exec ${[...discover, ...more].join(" ")}`],
    cwd: space.folder,
    env: { HOME: space.folder, WAGONS_CACHE_DIR: `${Deno.env.get("HOME")}/.cache/wagons` },
  }).output();
  const [out, err] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  assertEquals(code, 0, err);
  assertStringIncludes(out!, "yard");
  assertStringIncludes(err!, "253 refused, 1 found");
  assertEquals((await server.stop()).code, 0);
});

Deno.test("people get a table, in which nothing steers their terminal", async () => {
  await using space = await new Workspace();
  const key = await newKey(space, "key");
  await newKey(space, "other");
  const name = "ya\x1b[2Jrd";
  await using server = answerByHttp(
    handshakeToken(key, { id: sampleId(1), name, listen: ["tcp://0.0.0.0:7117"] }),
  );
  const where = ["--subnet", "127.0.0.1", "--port", `${server.port}`];
  const found = await space.run(["discover", ...where, "--key-file", "key"]);
  assertEquals([found.code, found.stderr], [0, ""]);
  const [heading, row] = found.stdout.split("\n");
  assertMatch(heading!, /^NAME +ADDRESS +TIME +FOUND BY +KEY +DIALECTS$/);
  const dialects = `http:${server.port} tcp:7117`;
  assertMatch(
    row!,
    new RegExp(`^ya\\\\u\\{1b\\}\\[2Jrd  127.0.0.1  .* ms  http +ours  ${dialects}$`),
  );
  assertEquals(heading!.indexOf("ADDRESS"), row!.indexOf("127.0.0.1"));

  const others = await space.run(["discover", ...where, "--key-file", "other"]);
  assertMatch(others.stdout, /\n- +127\.0\.0\.1 .* another +http:\d+\n$/);
  const keyless = await space.run(["discover", ...where]);
  assertMatch(keyless.stdout, /\n- +127\.0\.0\.1 .* unknown +http:\d+\n$/);
  assertStringIncludes(keyless.stderr, "there is no key to try (--key-file)");
});

Deno.test("when nobody answers the exit code is 3, and what to do next is said", async () => {
  await using space = await new Workspace();
  await newKey(space, "key");
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const args = ["discover", "--subnet", "127.0.0.1", "--port", `${port}`, "--key-file", "key"];
  const ended = await space.run([...args, "--json"]);
  assertEquals([ended.code, ended.stdout], [3, ""]);
  assertEquals(
    ended.stderr,
    "error: No server has answered within 2s\n  --explain says what was tried, and what came of it.\n",
  );
  const explained = await space.run([...args, "--explain"]);
  assertStringIncludes(
    explained.stderr,
    `127.0.0.1/32: http to 1 address, port ${port}: 1 refused`,
  );
});

Deno.test("to ask more than 1,024 addresses, times ports, needs a yes", async () => {
  await using space = await new Workspace();
  const ask = (...args: string[]) => space.run(["discover", ...args]);
  const many = await ask("--subnet", "127.0.0.0/24,127.0.1.0/24", "--port", "1,2,3");
  assertEquals(many.code, 2);
  assertStringIncludes(many.stderr, "That would ask 1524 times: 508 addresses, 3 ports");
  assertStringIncludes(many.stderr, "--yes");
  const one = await ask("--subnet", "127.0.0.0/16", "--port", "1");
  assertStringIncludes(one.stderr, "That would ask 65534 times: 65534 addresses, 1 port\n");
  const yes = await ask("--subnet", "127.0.0.0/24,127.0.1.0/24", "--port", "1,2,3", "--yes");
  assertEquals(yes.code, 3, yes.stderr);
  const all = await ask("--subnet", "127.0.0.0/0");
  assertStringIncludes(all.stderr, "That would ask 4294967294 times");
});

Deno.test("an option that nothing would read is a usage error, in a config it is none", async () => {
  await using space = await new Workspace();
  const cases: [string[], string][] = [
    [["--broadcast", "--port", "1"], "Without --subnet nothing reads --port"],
    [["--mdns", "--udp-port", "1"], "Without --broadcast nothing reads --udp-port"],
    [["--subnet", "127.0.0.1", "--udp-port", "1"], "Without --broadcast nothing reads --udp-port"],
    [["--mdns", "--yes"], "Without --subnet nothing reads --yes"],
  ];
  for (const [args, message] of cases) {
    const { code, stderr } = await space.run(["discover", ...args]);
    assertEquals(code, 2, stderr);
    assertStringIncludes(stderr, message);
  }
  await space.write("wagons.toml", "[discover]\nudp_port = 1\nport = 1\n");
  const set = await space.run(["discover", "--subnet", "127.0.0.1"]);
  assertEquals(set.code, 3, set.stderr);
});

Deno.test("a network or a port that is none is a usage error, wherever it stands", async () => {
  await using space = await new Workspace();
  const flag = await space.run(["discover", "--subnet", "127.0.0.0/40"]);
  assertEquals(flag.code, 2);
  assertStringIncludes(flag.stderr, '--subnet: "127.0.0.0/40" is no network');
  const large = await space.run(["discover", "--subnet", "fd00::/64"]);
  assertStringIncludes(large.stderr, "fd00::/64 has 2^64 addresses");
  await space.write("wagons.toml", '[discover]\nport = "7118,x"\n');
  const config = await space.run(["discover", "--subnet", "127.0.0.1"]);
  assertEquals(config.code, 2);
  assertStringIncludes(config.stderr, "wagons.toml, line 2 (discover.port)");
});

Deno.test("on a terminal it is shown how many were asked", async () => {
  await using space = await new Workspace();
  const discover = `${WAGONS} discover --subnet 127.0.79.0/24 --port 1`;
  const child = space.spawnShellInTerminal(`stty columns 100; exec ${discover}`);
  const { code, stdout } = await child.output();
  assertEquals(code, 3);
  assertMatch(new TextDecoder().decode(stdout), /addresses .*254 \/ 254/);
});

Deno.test("a server for this machine alone is announced to nobody, and says so", async () => {
  await using space = await new Workspace();
  const server = await space.serve(["--announce"]);
  const { code, events, stderr } = await server.stop();
  assertEquals(code, 0);
  assertEquals(events.some(({ event }) => event === "announced"), false);
  assertStringIncludes(
    stderr,
    "warning: not announced by mDNS: it listens for programs of this machine alone",
  );
});
