/**
 * Files between the built server and the built clients.
 *
 * @module
 */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { CHUNK_BYTES } from "../../lib/limits/files.ts";
import { hostileNames } from "../helpers/hostile_names.ts";
import { holdsAny } from "../helpers/proxy.ts";
import { sampleBytes, sha256 } from "../helpers/sample_files.ts";
import { jsonLines, Workspace } from "./workspace.ts";

/** Puts a file and gives what the receipt says. */
async function put(space: Workspace, url: string, args: string[], stdin?: Uint8Array) {
  const { code, stdout, stderr } = await space.run(["put", ...args, "--to", url, "--json"], {
    ...(stdin === undefined ? {} : { stdin }),
  });
  assertEquals([code, stderr], [0, ""]);
  return jsonLines(stdout);
}

Deno.test("files: what was put is listed, and comes back as it was, whatever its size", async () => {
  await using space = new Workspace();
  const server = await space.serve();
  const sizes = [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 20_000_000];
  const names = sizes.map((size) => `${size}.bin`);
  for (const [index, name] of names.entries()) {
    await space.write(name, sampleBytes(sizes[index]!, index + 1));
  }
  const receipts = await put(space, server.url, [...names, "--source", "Yard 7"]);
  assertEquals(
    receipts.map(({ name, bytes }) => [name, bytes]),
    sizes.map((n, i) => [names[i], n]),
  );
  const listed = await space.run(["files", "list", "--from", server.url]);
  assertEquals([listed.code, listed.stderr], [0, ""]);
  const lines = listed.stdout.trim().split("\n");
  assertEquals(lines.length, sizes.length);
  for (const [index, { id }] of receipts.entries()) {
    const bytes = `${sizes[index]} byte${sizes[index] === 1 ? "" : "s"}`;
    assertMatch(
      lines[index]!,
      new RegExp(`^${id}  \\d{4}-\\S+Z +${bytes}  Yard 7  ${sizes[index]}\\.bin$`),
    );
  }
  await Deno.mkdir(space.path("got"));
  for (const [index, { id, sha256: hash }] of receipts.entries()) {
    const original = sampleBytes(sizes[index]!, index + 1);
    assertEquals(hash, sha256(original).toHex());
    const got = await space.run(["files", "get", id as string, "-o", "got", "--from", server.url]);
    assertEquals([got.code, got.stdout, got.stderr], [0, `got/${names[index]}\n`, ""]);
    assert(sha256(await Deno.readFile(space.path(`got/${names[index]}`))).toHex() === hash);
    const out = await space.runForBytes([
      ...["files", "get", id as string, "-o", "-", "--from", server.url],
    ]);
    assertEquals([out.code, sha256(out.stdout).toHex()], [0, hash]);
  }
  assertEquals(Array.from(Deno.readDirSync(space.path("got"))).length, sizes.length);
  const { events } = await server.stop();
  const stored = events.filter(({ event }) => event === "file");
  assertEquals(stored.map(({ id }) => id), receipts.map(({ id }) => id));
  assertEquals(stored[1]!.source, "Yard 7");
});

Deno.test("files: what is there is not overwritten, and what was put is not put again", async () => {
  await using space = new Workspace();
  const server = await space.serve();
  await space.write("a.txt", "one");
  const [receipt] = await put(space, server.url, ["a.txt"]);
  const id = receipt!.id as string;
  const get = (...args: string[]) =>
    space.run(["files", "get", ...args, "--from", server.url, "--json"]);
  for (const path of ["a (2).txt", "a (3).txt"]) {
    const { code, stdout } = await get(id);
    assertEquals([code, jsonLines(stdout)[0]!.path], [0, path]);
  }
  const named = await get(id, "-o", "a.txt");
  assertEquals([named.code, named.stdout], [2, ""]);
  assertStringIncludes(named.stderr, "a.txt is there already");
  assertEquals((await get(id.slice(0, 25), "-o", "b.txt")).code, 0);
  assertEquals(await Deno.readTextFile(space.path("b.txt")), "one");
  const nowhere = await get(id, "-o", "none/b.txt");
  assertEquals(nowhere.code, 2);
  assertStringIncludes(nowhere.stderr, "There is no folder none\n");
  const again = await space.run(["put", "a.txt", "--id", id, "--to", server.url]);
  assertEquals(again.code, 0);
  assertMatch(again.stdout, new RegExp(`^${id}  was stored before, at \\S+  a\\.txt\n$`));
  await space.write("c.txt", "another");
  const other = await space.run(["put", "c.txt", "--id", id, "--to", server.url]);
  assertEquals([other.code, other.stdout], [5, ""]);
  assertEquals(space.files().filter((name) => name.endsWith(".part")), []);
  await server.stop();
});

Deno.test("files: stdin is a file too, under the name that it is given", async () => {
  await using space = new Workspace();
  const server = await space.serve();
  const bytes = sampleBytes(3_000_000);
  const [receipt] = await put(space, server.url, ["-", "--name", "backup.tar"], bytes);
  assertEquals([receipt!.name, receipt!.sha256], ["backup.tar", sha256(bytes).toHex()]);
  assertEquals((await put(space, server.url, ["-"]))[0]!.name, "stdin");
  await server.stop();
});

Deno.test("files: all together are bounded", async () => {
  await using space = new Workspace();
  const server = await space.serve(["--max-files-bytes", "10B"]);
  await space.write("six", "012345");
  await space.write("five", "abcde");
  await put(space, server.url, ["six"]);
  const { code, stderr } = await space.run(["put", "five", "--to", server.url]);
  assertEquals(code, 5);
  assertStringIncludes(stderr, "no room for 5 bytes");
  await put(space, server.url, ["six"]);
  await server.stop();
});

Deno.test("files: what cannot be done is told with its exit code", async () => {
  await using space = new Workspace();
  const server = await space.serve(["--max-file-bytes", "10B"]);
  await space.write("short", "0123456789");
  await space.write("long", "0123456789a");
  const none = "01900000-0000-7000-8000-000000000000";
  const put = (...args: string[]) => ["put", ...args, "--to", server.url];
  const get = (...args: string[]) => ["files", "get", ...args, "--from", server.url];
  const cases: [string[], number, string][] = [
    [put("none"), 2, "there is no such file"],
    [put("."), 2, "it is no file"],
    [put("long"), 5, "at most 10B"],
    [put("short", "long", "--id", none), 2, "--id is meant for one file"],
    [put("short", "--id", "x"), 2, "no UUIDv7"],
    [put("short", "--name", "a\nb"), 5, "control character"],
    [put("short", "--source", "a\u001b"), 5, "control character"],
    [put("-", "-"), 2, "named twice"],
    [["put", "short", "--to", "tcp://127.0.0.1:1"], 3, "nobody listens"],
    [get(none), 6, "There is no file"],
    [get("0190"), 6, "There is no file"],
    [get(none, "-o", "-", "--json"), 2, "both write to stdout"],
    [["files", "list", "--store", "none.db"], 2, "none.db"],
    [["files", "list", "--store", "none.db", "--from", server.url], 2, "both set"],
  ];
  for (const [args, code, text] of cases) {
    const ended = await space.run(args);
    assertEquals([ended.code, ended.stdout], [code, ""], args.join(" "));
    assertStringIncludes(ended.stderr, text);
  }
  assertEquals((await space.run(put("short", "--quiet"))).stderr, "");
  await server.stop();
});

Deno.test("files: names that are hostile are kept, shown safely, and saved in the folder", async () => {
  await using space = new Workspace();
  const server = await space.serve();
  await Deno.mkdir(space.path("in/downloads"), { recursive: true });
  const before = ["in"];
  // Those that a command line can hold, and a server takes: one for each kind of attack.
  const names = hostileNames().filter(({ name }) =>
    name !== "" && name.isWellFormed() && !/\p{Cc}/u.test(name) &&
    new TextEncoder().encode(name).length <= 1024
  );
  const kinds = new Map(names.map((name) => [name.why, name]));
  assert(kinds.size >= 10, `${kinds.size} kinds`);
  for (const [index, { name, safe }] of [...kinds.values()].entries()) {
    const content = new TextEncoder().encode(`${index}`);
    const [receipt] = await put(space, server.url, ["-", `--name=${name}`], content);
    assertEquals(receipt!.name, name);
    const { code, stdout, stderr } = await space.run([
      ...["files", "get", receipt!.id as string, "-o", "in/downloads", "--from", server.url],
    ]);
    assertEquals([code, stderr, stdout], [0, "", `in/downloads/${safe}\n`]);
  }
  const found = Array.from(Deno.readDirSync(space.path("in/downloads")));
  assert(found.length === kinds.size && found.every(({ isFile }) => isFile));
  assertEquals(Array.from(Deno.readDirSync(space.path("in"))).length, 1);
  assertEquals(space.files().filter((name) => !name.startsWith("wagons.db")), before);
  const { stdout } = await space.run(["files", "list", "--from", server.url]);
  assertEquals(stdout.split("\n").length, kinds.size + 1);
  assert(!/[\u202a-\u202e\u2066-\u2069]/.test(stdout), "nothing steers the terminal");
  await server.stop();
});

Deno.test("files: with keys on the way and in the store nothing is readable, but by them", async () => {
  await using space = new Workspace();
  for (const file of ["wagons.key", "store.key", "other.key"]) {
    assertEquals((await space.run(["key", "new", "-o", file])).code, 0);
  }
  const keys = ["--key-file", "wagons.key"];
  const store = ["--store", "yard/wagons.db", "--store-key-file", "store.key"];
  await Deno.mkdir(space.path("yard"));
  const server = await space.serve([...keys, ...store]);
  const secret = "Москва = 7; a secret that is easily found. ".repeat(40_000);
  await space.write("secret.txt", secret);
  const [receipt] = await put(space, server.url, ["secret.txt", ...keys]);
  const id = receipt!.id as string;
  for (const wrong of [[], ["--key-file", "other.key"]]) {
    const get = await space.run(["files", "get", id, "--from", server.url, ...wrong]);
    assertEquals([get.code, get.stdout], [5, ""]);
    assertEquals((await space.run(["put", "secret.txt", "--to", server.url, ...wrong])).code, 5);
  }
  const got = await space.run([
    ...["files", "get", id, "-o", "got.txt", "--from", server.url, ...keys],
  ]);
  assertEquals([got.code, got.stderr], [0, ""]);
  assertEquals(await Deno.readTextFile(space.path("got.txt")), secret);
  await server.stop();
  const files = [...walk(space.path("yard"))];
  assert(files.length >= 2, files.join());
  for (const path of files) {
    assertEquals(holdsAny(await Deno.readFile(path), ["easily found", "secret.txt"]), [], path);
  }
  // Without a server, from the store itself.
  const listed = await space.run(["files", "list", "--json", ...store]);
  assertEquals(jsonLines(listed.stdout).map(({ id, name }) => [id, name]), [[id, "secret.txt"]]);
  assertEquals((await space.run(["files", "get", id, "-o", "direct.txt", ...store])).code, 0);
  assertEquals(await Deno.readTextFile(space.path("direct.txt")), secret);
  const locked = await space.run(["files", "get", id, "--store", "yard/wagons.db"]);
  assertEquals([locked.code, locked.stdout], [5, ""]);
});

function* walk(folder: string): Generator<string> {
  for (const { name, isDirectory } of Deno.readDirSync(folder)) {
    if (isDirectory) yield* walk(`${folder}/${name}`);
    else yield `${folder}/${name}`;
  }
}

Deno.test("files: what the server's disk has changed does not appear", async () => {
  await using space = new Workspace();
  await Deno.mkdir(space.path("yard"));
  const server = await space.serve(["--store", "yard/wagons.db"]);
  const bytes = sampleBytes(1_500_000);
  await space.write("file", bytes);
  const [receipt] = await put(space, server.url, ["file"]);
  const id = receipt!.id as string;
  const content = [...walk(space.path("yard"))].find((path) =>
    Deno.statSync(path).size === 1_500_000
  );
  const damaged = bytes.slice();
  damaged[1_000_000]! ^= 1;
  await Deno.writeFile(content!, damaged);
  const saved = await space.run(["files", "get", id, "-o", "got", "--from", server.url]);
  assertEquals([saved.code, saved.stdout], [5, ""]);
  assertStringIncludes(saved.stderr, `should be ${sha256(bytes).toHex()}`);
  assertEquals(space.files(), ["file", "yard"]);
  const printed = await space.runForBytes([
    ...["files", "get", id, "-o", "-", "--from", server.url],
  ]);
  assertEquals([printed.code, printed.stdout.length], [5, bytes.length]);
  assertStringIncludes(printed.stderr, "do not use what was written to stdout");
  await server.stop();
});
