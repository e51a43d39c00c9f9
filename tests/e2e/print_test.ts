import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { WireConnection } from "../../lib/client/wire_connection.ts";

import { type Endpoint, parseEndpoint } from "../../lib/endpoint.ts";
import { writeKeyFile } from "../../lib/key_file.ts";
import type { Manifest } from "../../lib/wire/messages.ts";
import { sampleId, sampleKey, sampleManifest } from "../helpers/samples.ts";
import { jsonLines, linesOf, Server, WAGONS, Workspace } from "./workspace.ts";

/** A manifest of some 3 KB whose id depends on `number` alone. */
function manifest(number: number): Manifest {
  const entries = Array.from({ length: 100 }, (_, i) => ({ city: `Köln ${i} ×`, wagons: number }));
  return sampleManifest(number, { entries });
}

/** Sends manifests over some connections at once, and waits for their receipts. */
async function send(endpoint: Endpoint, numbers: readonly number[], connections = 5) {
  const rest = numbers.values();
  await Promise.all(Array.from({ length: connections }, async () => {
    using connection = await WireConnection.open(endpoint);
    for (const number of rest) await connection.request(manifest(number), "receipt");
  }));
}

function range(from: number, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + i);
}

/** The ids of the records in some files, in order. */
function idsIn(space: Workspace, names: readonly string[]): string[] {
  return names.flatMap((name) => {
    const text = Deno.readTextFileSync(space.path(name));
    assert(text === "" || text.endsWith("\n"), `${name} ends within a line`);
    return jsonLines(text).map(({ id, entries }) => {
      assertEquals(Object.keys(entries as object).length, 100);
      return id as string;
    });
  }).sort();
}

function idsOf(numbers: readonly number[]): string[] {
  return numbers.map((number) => manifest(number).id).sort();
}

function printed(space: Workspace): string[] {
  return space.files().filter((name) => name.startsWith("received"));
}

/** Starts `wagons serve` without `--json`; gives where it listens, and how to end it. */
async function servePlainly(space: Workspace, args: readonly string[]) {
  const child = space.spawn(["serve", "--port", "0", "--store", "wagons.db", ...args]);
  await child.stdin.close();
  const stdout = new Response(child.stdout).text();
  const notes = linesOf(child.stderr);
  const { value = "" } = await notes.next();
  const url = /tcp:\/\/[\d.:]+/.exec(value)?.[0] ?? value;
  return {
    url,
    endpoint: parseEndpoint(url),
    /** Ends it by SIGTERM; gives what it has printed. */
    async stop(): Promise<string> {
      child.kill("SIGTERM");
      assertEquals((await child.status).code, 0);
      while (!(await notes.next()).done);
      return await stdout;
    },
  };
}

Deno.test("what several senders send at once is on stdout and in the file when the server has ended", async () => {
  await using space = await new Workspace();
  const server = await servePlainly(space, ["--print", "both:received.txt"]);
  await send(server.endpoint, [...range(0, 100), ...range(0, 20)]);
  const stdout = await server.stop();
  const text = await Deno.readTextFile(space.path("received.txt"));
  assertEquals(stdout, text);
  const records = text.split(/^(?=#)/m);
  assertEquals(records.length, 100);
  const lines = range(0, 100).map((i) => `Köln ${i} ×`);
  for (const record of records) {
    const [, number] = / = (\d+)\n/.exec(record)!;
    const body = lines.map((city) => `${city} = ${number}\n`).join("");
    const heading = `# ${manifest(Number(number)).id} from Yard 7, `;
    assert(record.startsWith(heading) && record.endsWith(`Z\n${body}`), record);
  }
  assertEquals((await Deno.stat(space.path("received.txt"))).mode! & 0o777, 0o600);
});

Deno.test("nothing is printed with --print none", async () => {
  await using space = await new Workspace();
  const server = await servePlainly(space, ["--print", "none"]);
  await send(server.endpoint, range(0, 3));
  assertEquals(await server.stop(), "");
});

Deno.test("documents and files are printed as well, in the format that is set", async () => {
  await using space = await new Workspace();
  await space.write("wagons.toml", '[serve]\nprint = "both:received"\nprint_format = "xml"\n');
  await space.write("note.txt", "Hello");
  const server = await servePlainly(space, []);
  using connection = await WireConnection.open(server.endpoint);
  const json = new TextEncoder().encode('{"driver": "Ann\\nLee <3", "load": [1, 2.5]}');
  const document = { id: sampleId(1), source: "Yard 7", madeAtMs: 1_800_000_000_000, json };
  for (let i = 0; i < 2; i++) {
    await connection.request({ kind: "document", ...document }, "receipt");
  }
  const put = await space.run(["put", "note.txt", "--to", server.url, "--source", "Yard 8"]);
  assertEquals(put.code, 0, put.stderr);
  connection.close();
  const stdout = await server.stop();
  assertEquals(await Deno.readTextFile(space.path("received")), stdout);
  const [first, second, end] = stdout.split("\n");
  const data = "<data><driver>Ann&#10;Lee &lt;3</driver><load><item>1</item>" +
    '<item type="float">2.5</item></load></data></document>';
  assert(
    first!.startsWith(`<document id="${sampleId(1)}" source="Yard 7" peer="127.0.0.1:`),
    first,
  );
  assert(first!.endsWith(` madeAt="2027-01-15T08:00:00.000Z">${data}`), first);
  assertMatch(second!, /^<file id=.* source="Yard 8" .* name="note.txt" bytes="5"\/>$/);
  assertEquals(end, "");
});

Deno.test("the file may be moved away, as mv and logrotate do it, while much comes", async () => {
  await using space = await new Workspace();
  const server = await space.serve(["--print", "file:received"]);
  const sending = send(server.endpoint, range(0, 400));
  for (let i = 0; i < 4; i++) {
    for (let told = 0; told < 50; told++) await server.next("manifest");
    // It is not there when nothing was printed since it was moved.
    await new Deno.Command("mv", { args: [space.path("received"), space.path(`received.mv${i}`)] })
      .output();
    if (i % 2 === 0) continue;
    // As logrotate's create does.
    Deno.openSync(space.path("received"), { append: true, create: true, mode: 0o640 }).close();
  }
  await sending;
  const { code, stderr } = await server.stop();
  assertEquals([code, stderr.includes("Cannot")], [0, false], stderr);
  assert(printed(space).length > 1, String(printed(space)));
  assertEquals(idsIn(space, printed(space)), idsOf(range(0, 400)));
});

Deno.test("two servers print to one file, which is rotated under both", async () => {
  await using space = await new Workspace();
  const print = ["--print", "file:received", "--print-max-bytes", "64KiB", "--print-files", "500"];
  const first = await space.serve(["--store", "first.db", ...print]);
  const second = await space.serve(["--store", "second.db", ...print]);
  const sending = [
    send(first.endpoint, range(0, 300)),
    send(second.endpoint, range(300, 300)),
  ];
  await Promise.all(sending);
  assertEquals([(await first.stop()).code, (await second.stop()).code], [0, 0]);
  const names = printed(space);
  assert(names.length > 5, String(names));
  for (const name of names) assert((await Deno.stat(space.path(name))).size <= 64 * 1024, name);
  assertEquals(idsIn(space, names), idsOf(range(0, 600)));
});

Deno.test("a folder that is gone is told of once, and what came meanwhile is printed later", async () => {
  await using space = await new Workspace();
  await Deno.mkdir(space.path("yard"));
  const server = await space.serve(["--print", "file:yard/received"]);
  await Deno.remove(space.path("yard"), { recursive: true });
  await send(server.endpoint, range(0, 1));
  const { doing, why } = await server.next("fault");
  assertEquals(doing, "print to yard/received");
  assertStringIncludes(String(why), "No such file or directory");
  await send(server.endpoint, range(1, 1));
  await Deno.mkdir(space.path("yard"));
  const { code, events } = await server.stop();
  assertEquals([code, events.filter(({ event }) => event === "fault")], [0, []]);
  assertEquals(events.at(-1)!.event, "stopped");
  assertEquals(idsIn(space, ["yard/received"]), idsOf(range(0, 2)));
});

Deno.test("a pipe that nobody reads stops neither the server nor its end", async () => {
  await using space = await new Workspace();
  await new Deno.Command("mkfifo", { args: [space.path("pipe")] }).output();
  // Its end does not wait for that time.
  const server = await space.serve(["--print", "file:pipe", "--drain-timeout", "1h"]);
  await send(server.endpoint, range(0, 20));
  const { why } = await server.next("fault");
  assertEquals(why, "nobody reads this pipe");
  const { code, events, stderr } = await server.stop();
  assertEquals(code, 0);
  const [unprinted] = events.filter(({ event }) => event === "unprinted");
  assertEquals([unprinted!.file, unprinted!.records], ["pipe", 20]);
  assertStringIncludes(stderr, "warning: left out of pipe: 20 records; all is in the store");
});

Deno.test("a disk that becomes full within a record has no part of it, and all of it later", async () => {
  await using space = await new Workspace();
  // Unpacks what the executable consists of, which is larger than the limit.
  assertEquals((await space.run(["--version"])).code, 0);
  const kib = 4096;
  const before = `${"x".repeat(kib * 1024 - 101)}\n`;
  await space.write("received", before);
  // The signal of a file that is too large is ignored; the write is cut, and the next one fails.
  const shell = `trap "" XFSZ; ulimit -f ${kib}; exec "$0" "$@"`;
  const serve = ["serve", "--json", "--port", "0", "--store", "wagons.db"];
  const child = new Deno.Command("bash", {
    args: ["-c", shell, WAGONS, ...serve, "--print", "file:received"],
    ...{ cwd: space.folder, stdin: "piped", stdout: "piped", stderr: "piped" },
  }).spawn();
  const server = await Server.start(child);
  await send(server.endpoint, range(0, 1));
  const { why } = await server.next("fault");
  assertStringIncludes(String(why), "File too large");
  assertEquals((await Deno.readTextFile(space.path("received"))).length, before.length);
  await Deno.rename(space.path("received"), space.path("received.old"));
  assertEquals((await server.stop()).code, 0);
  assertEquals(await Deno.readTextFile(space.path("received.old")), before);
  assertEquals(idsIn(space, ["received"]), idsOf(range(0, 1)));
});

Deno.test("that what is printed is not sealed is said, when the store is", async () => {
  await using space = await new Workspace();
  writeKeyFile(space.path("store.key"), sampleKey(1));
  const server = await space.serve([
    ...["--store-key-file", "store.key", "--print", "file:received"],
  ]);
  await send(server.endpoint, range(0, 1));
  const { code, stderr } = await server.stop();
  assertEquals(code, 0);
  assertStringIncludes(stderr, "the store is sealed, and what is printed to received is not");
  assertEquals(idsIn(space, ["received"]), idsOf(range(0, 1)));
});

Deno.test("a place that cannot be printed to ends the server before it listens", async () => {
  await using space = await new Workspace();
  // The store is not there yet.
  await Deno.symlink("wagons.db", space.path("link"));
  const wrong: [string[], string][] = [
    [["--print", "file:gone/received"], "Cannot print to gone/received: No such file or directory"],
    [["--print", "paper"], "write it like screen, none, file:received.txt or both:received.txt"],
    [["--json", "--print-format", "xml"], "--json and --print-format xml do not go together"],
    [["--print", "file:wagons.db"], "Cannot print to wagons.db: the server uses that file"],
    [["--print", "file:link"], "Cannot print to link: the server uses that file"],
    [["--print", "both:/dev/stdout"], "Cannot print to /dev/stdout: it is no file"],
    [["--print", "file:wagons.db-wal"], "Cannot print to wagons.db-wal: the server uses that file"],
    [["--print", "file:\x1b[31m/x"], "Cannot print to \\u{1b}[31m/x: No such file or directory"],
  ];
  for (const [args, message] of wrong) {
    const { code, stdout, stderr } = await space.run([
      ...["serve", "--port", "0", "--store", "wagons.db", ...args],
    ]);
    assertEquals([code, stdout], [2, ""], stderr);
    assertStringIncludes(stderr, message);
  }
  assertEquals(space.files(), ["link"]);
});
