import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { formatKeyId, keyId } from "../../lib/seal/key.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { put, sampleBytes, sampleEvent, sampleFile } from "../helpers/room_samples.ts";
import { sampleId, sampleKey, sampleManifest } from "../helpers/samples.ts";
import { StoreSpace } from "./store_space.ts";
import { jsonLines, linesOf } from "./workspace.ts";

const [OLD, NEW] = [1, 2].map((n) => formatKeyId(keyId(sampleKey(n)))) as [string, string];
const YARD = "Москва = 7\nСанкт-Петербург = 12\n";
/** In a folder of its own, so that all that is in there belongs to it. */
const STORE = ["--store", "yard/wagons.db"];
const REKEY = ["store", "rekey", ...STORE];
const OLD_TO_NEW = ["--store-key-file", "old.key", "--new-store-key-file", "new.key"];

Deno.test("what a server with a store key keeps is not found on the disk", async () => {
  await using space = await new StoreSpace();
  await space.write("yard.txt", YARD);
  const found = () => space.found("Москва", "Санкт-Петербург", "Yard of the test");
  const server = await space.serve([...STORE, "--store-key-file", "old.key"]);
  const to = ["--to", server.url, "--source", "Yard of the test"];
  for (let i = 0; i < 20; i++) await space.expect(0, ["send", "yard.txt", ...to]);
  const names = Array.from(Deno.readDirSync(space.path("yard")), ({ name }) => name).sort();
  assertEquals(names, ["wagons.db", "wagons.db-shm", "wagons.db-wal"]);
  assertEquals(found(), []);
  const totals = ["manifests", "totals", ...STORE, "--store-key-file", "old.key"];
  assertEquals(
    (await space.expect(0, totals)).stdout,
    "Москва = 140\nСанкт-Петербург = 240\n",
  );
  assertEquals((await server.stop()).code, 0);
  assertEquals(found(), []);
  // Without a key it is found.
  await space.expect(0, [...REKEY, "--store-key-file", "old.key", "--unseal"]);
  assertEquals(found().length, 3);
});

Deno.test("without the key, list shows ids and times, and show and totals are refused", async () => {
  await using space = await new StoreSpace();
  await space.fill(3, sampleKey(1));
  for (
    const [flags, given] of [
      [[], "no key was given"],
      [["--store-key-file", "new.key"], `the key that was given is ${NEW}`],
    ] as const
  ) {
    const options = [...STORE, ...flags];
    const list = await space.expect(0, ["manifests", "list", ...options]);
    const lines = list.stdout.trim().split("\n").map((line) => line.split("  "));
    assertEquals(lines.map(([id, , sealed]) => [id, sealed]), [
      [sampleId(0), "sealed"],
      [sampleId(1), "sealed"],
      [sampleId(2), "sealed"],
    ]);
    assert(lines.every(([, time]) => !Number.isNaN(Date.parse(time!))), list.stdout);
    assertStringIncludes(list.stderr, `3 of 3 manifests are sealed with the key ${OLD}`);
    assertStringIncludes(list.stderr, "WAGONS_STORE_KEY_FILE");
    const json = jsonLines(
      (await space.expect(0, ["manifests", "list", "--json", ...options])).stdout,
    );
    assertEquals(
      json.map(({ id, sealed }) => [id, sealed]),
      [0, 1, 2].map((n) => [sampleId(n), true]),
    );
    assertEquals(Object.keys(json[0]!), ["id", "storedAt", "sealed"]);
    for (const command of [["totals"], ["show", sampleId(1)], ["show", sampleId(1).slice(0, 13)]]) {
      const { stdout, stderr } = await space.expect(5, ["manifests", ...command, ...options]);
      assertEquals(stdout, "");
      assertStringIncludes(stderr, `3 of 3 manifests in the store yard/wagons.db are sealed`);
      assertStringIncludes(stderr, `with the key ${OLD}, and ${given}`);
      assertStringIncludes(stderr, "--store-key-file");
    }
  }
  // No such manifest is no matter of the key.
  await space.expect(6, ["manifests", "show", "0000", ...STORE]);
});

Deno.test("the key is named by a flag, a variable, or wagons.toml", async () => {
  await using space = await new StoreSpace();
  await space.fill(2, sampleKey(1));
  await space.write("with.toml", 'store = "yard/wagons.db"\nstore_key_file = "old.key"\n');
  const show = ["manifests", "show", sampleId(1)];
  const expected = "Köln = 1\nŁódź = 4294967295\n";
  for (
    const [flags, env] of [
      [[...STORE, "--store-key-file", "old.key"], {}],
      [STORE, { WAGONS_STORE_KEY_FILE: "old.key" }],
      [["--config", "with.toml"], {}],
      [["--config", "with.toml", "--store-key-file", "old.key"], { WAGONS_STORE_KEY_FILE: "none" }],
    ] as const
  ) {
    const { stdout, stderr } = await space.expect(0, [...show, ...flags], env);
    assertStringIncludes(stdout, expected);
    assertEquals(stderr, "");
  }
  const list = ["manifests", "list", ...STORE, "--store-key-file", "old.key"];
  assertStringIncludes((await space.expect(0, list)).stdout, "2 cities");
  const missing = ["manifests", "list", ...STORE, "--store-key-file", "none.key"];
  assertStringIncludes((await space.expect(2, missing)).stderr, "none.key");
  Deno.chmodSync(space.path("old.key"), 0o644);
  assertStringIncludes((await space.expect(2, list)).stderr, "chmod 600 old.key");
});

Deno.test("a server starts with the store's own key only", async () => {
  await using space = await new StoreSpace();
  await space.fill(1, sampleKey(1));
  const serve = ["serve", "--port", "0", ...STORE];
  const none = await space.expect(2, serve);
  assertStringIncludes(none.stderr, `sealed with the key ${OLD}, and no key was given`);
  assertStringIncludes(none.stderr, "--store-key-file or in WAGONS_STORE_KEY_FILE");
  const other = await space.expect(2, [...serve, "--store-key-file", "new.key"]);
  assertStringIncludes(other.stderr, `${OLD}, and the key that was given is ${NEW}`);
  // The peers' key is no key for the store.
  const same = await space.expect(2, [...serve, "--store-key-file", "old.key"], {
    WAGONS_KEY_FILE: "old.key",
  });
  assertStringIncludes(same.stderr, `The store and the peers have the same key, ${OLD}`);
  Deno.removeSync(space.store);
  await space.fill(1);
  const plain = await space.expect(2, [...serve, "--store-key-file", "old.key"]);
  assertStringIncludes(plain.stderr, "not sealed");
  assertStringIncludes(
    plain.stderr,
    "wagons store rekey --store yard/wagons.db --new-store-key-file FILE",
  );
});

Deno.test("store info tells how a store is sealed, without a key", async () => {
  await using space = await new StoreSpace();
  const info = async (...flags: string[]) =>
    (await space.expect(0, ["store", "info", ...STORE, ...flags])).stdout;
  const missing = await space.expect(2, ["store", "info", ...STORE]);
  assertStringIncludes(missing.stderr, "There is no store at yard/wagons.db");
  await space.fill(5);
  assertEquals(
    await info(),
    "store      yard/wagons.db\nversion    5\nmanifests  5\ndocuments  0\nmessages   0\n" +
      "files      0\nsealed     no\n",
  );
  const plain = {
    ...{ store: "yard/wagons.db", version: 5, manifests: 5, documents: 0, messages: 0 },
    ...{ files: 0, fileBytes: 0, sealed: false, key: null },
  };
  assertEquals(JSON.parse(await info("--json")), { ...plain, rekey: null });
  const store = openSqliteStore(space.store);
  for (const n of [1, 2]) await store.addEvent(sampleEvent(n));
  for (const n of [1, 2, 3]) await put(store, sampleFile(n), sampleBytes(1000));
  store.close();
  assertStringIncludes(await info(), "messages   2\nfiles      3, with 1000 bytes\n");
  const { messages, files, fileBytes } = JSON.parse(await info("--json"));
  assertEquals([messages, files, fileBytes], [2, 3, 1000]);
  Deno.removeSync(space.store);
  await space.fillHalfChanged(10);
  const text = await info();
  assertStringIncludes(text, `sealed     yes, with the key ${NEW}\n`);
  assertStringIncludes(text, `rekey      not finished: from ${OLD}, 5 records left to change\n`);
  assertEquals(JSON.parse(await info("--json")), {
    ...plain,
    manifests: 10,
    sealed: true,
    key: NEW,
    rekey: { from: OLD, left: 5 },
  });
});

Deno.test("store rekey seals a plain store, gives it another key, and takes it away", async () => {
  await using space = await new StoreSpace();
  await space.fill(3000);
  assertEquals(space.found("Köln", "Yard 7").length, 2);
  const sealed = await space.expect(0, [...REKEY, "--new-store-key-file", "old.key"]);
  assertEquals(
    sealed.stdout,
    `yard/wagons.db  is sealed with the key ${OLD} now: 3000 records changed\n`,
  );
  assertStringIncludes(sealed.stderr, `sealed with ${OLD}: 0 of 3000 records\n`);
  assertStringIncludes(sealed.stderr, `sealed with ${OLD}: 3000 of 3000 records\n`);
  assertEquals(space.found("Köln", "Yard 7"), []);
  const changed = await space.expect(0, [...REKEY, ...OLD_TO_NEW, "--quiet", "--json"]);
  assertEquals(JSON.parse(changed.stdout), { store: "yard/wagons.db", key: NEW, changed: 3000 });
  assertEquals(changed.stderr, "");
  const again = await space.expect(0, [...REKEY, ...OLD_TO_NEW]);
  assertEquals(again.stdout, "");
  assertStringIncludes(again.stderr, `nothing to do: yard/wagons.db is sealed with the key ${NEW}`);
  const list = ["manifests", "list", ...STORE, "--store-key-file", "new.key"];
  assertEquals((await space.expect(0, list)).stdout.trim().split("\n").length, 3000);
  const unseal = [...REKEY, "--store-key-file", "new.key", "--unseal"];
  assertStringIncludes((await space.expect(0, unseal)).stdout, "is not sealed now: 3000");
  assertStringIncludes(
    (await space.expect(0, unseal)).stderr,
    "There is nothing to do: yard/wagons.db is not sealed",
  );
  await space.expect(0, ["manifests", "totals", ...STORE]);
  // A variable that already names the new key does not stand in the way.
  const seal = [...REKEY, "--new-store-key-file", "old.key"];
  const env = { WAGONS_STORE_KEY_FILE: "old.key" };
  assertStringIncludes((await space.expect(0, seal, env)).stdout, OLD);
  assertStringIncludes((await space.expect(0, seal, env)).stderr, "nothing to do");
});

Deno.test("store rekey says what is wrong, and changes nothing then", async () => {
  await using space = await new StoreSpace();
  await space.fill(3, sampleKey(1));
  const before = Deno.readFileSync(space.store);
  const same = ["--store-key-file", "old.key", "--new-store-key-file", "old.key"];
  const wrong = ["--store-key-file", "new.key", "--unseal"];
  for (
    const [flags, message] of [
      [same, `the same: ${OLD}`],
      [["--store-key-file", "old.key"], "--new-store-key-file, or take the seal away"],
      [["--unseal", ...OLD_TO_NEW], "--new-store-key-file and --unseal are both set"],
      [["--new-store-key-file", "new.key"], `sealed with the key ${OLD}, and no key was given`],
      [wrong, `sealed with the key ${OLD}, and the key that was given is ${NEW}`],
      [["--new-store-key-file", "none.key"], "none.key: there is no such file"],
    ] as const
  ) {
    const { stdout, stderr } = await space.expect(2, [...REKEY, ...flags]);
    assertEquals(stdout, "");
    assertStringIncludes(stderr, message);
  }
  assertEquals(Deno.readFileSync(space.store), before);
  const nowhere = ["store", "rekey", "--store", "yard/none.db", ...OLD_TO_NEW];
  assertStringIncludes(
    (await space.expect(2, nowhere)).stderr,
    "There is no store at yard/none.db",
  );
  assertEquals(Array.from(Deno.readDirSync(space.path("yard")), ({ name }) => name), ["wagons.db"]);
});

Deno.test("a server whose store gets another key under it stores nothing more", async () => {
  await using space = await new StoreSpace();
  await space.write("yard.txt", YARD);
  const server = await space.serve([...STORE, "--store-key-file", "old.key"]);
  const send = (url: string) => ["send", "yard.txt", "--to", url];
  await space.expect(0, send(server.url));
  await space.expect(0, [...REKEY, ...OLD_TO_NEW]);
  assertStringIncludes((await space.expect(5, send(server.url))).stderr, "could not store it");
  const { code, stderr } = await server.stop();
  assertEquals(code, 0);
  assertStringIncludes(stderr, `opened with ${OLD}, and is sealed with ${NEW} now`);
  const again = await space.serve([...STORE, "--store-key-file", "new.key"]);
  await space.expect(0, send(again.url));
  assertEquals((await again.stop()).code, 0);
  const totals = ["manifests", "totals", ...STORE, "--store-key-file", "new.key"];
  assertEquals((await space.expect(0, totals)).stdout, "Москва = 14\nСанкт-Петербург = 24\n");
});

Deno.test("a change of the key that is not finished is named, and finished", async () => {
  await using space = await new StoreSpace();
  await space.fillHalfChanged(10);
  for (const key of ["old.key", "new.key"]) {
    const serve = ["serve", "--port", "0", ...STORE, "--store-key-file", key];
    const { stderr } = await space.expect(2, serve);
    assertStringIncludes(stderr, `from ${OLD} to ${NEW}, is not finished`);
    assertStringIncludes(stderr, "Run the same wagons store rekey as then once more");
    const list = await space.expect(0, ["manifests", "list", ...STORE, "--store-key-file", key]);
    assertEquals(list.stdout.split("sealed").length - 1, 5);
    assertStringIncludes(list.stderr, "5 of 10 manifests are sealed");
  }
  const other = [...REKEY, "--store-key-file", "old.key", "--unseal"];
  assertStringIncludes((await space.expect(2, other)).stderr, "Finish that one first");
  const rest = await space.expect(0, [...REKEY, ...OLD_TO_NEW]);
  assertStringIncludes(rest.stdout, "5 records changed");
  const server = await space.serve([...STORE, "--store-key-file", "new.key"]);
  assertEquals((await server.stop()).code, 0);
});

Deno.test("Ctrl-C stops a change of the key and says how to go on", async () => {
  await using space = await new StoreSpace();
  await space.fillHalfChanged(2000);
  // What another process writes holds it, at a place that is known.
  const other = new DatabaseSync(space.store);
  other.exec("BEGIN IMMEDIATE");
  const child = space.spawn([...REKEY, ...OLD_TO_NEW]);
  await child.stdin.close();
  const lines: string[] = [];
  for await (const line of linesOf(child.stderr)) {
    lines.push(line);
    if (line.includes("0 of 1000")) child.kill("SIGINT");
  }
  assertEquals((await child.status).code, 130, lines.join("\n"));
  other.close();
  assertStringIncludes(lines.join("\n"), "Interrupted");
  assertStringIncludes(lines.at(-1)!, "Run the same command again to go on");
  assertStringIncludes((await space.expect(0, [...REKEY, ...OLD_TO_NEW])).stdout, "1000 records");
});

Deno.test("kill -9 of store rekey loses nothing, and the same command finishes it", async () => {
  await using space = await new StoreSpace();
  await space.fill(20_000);
  const rekey = [...REKEY, "--new-store-key-file", "new.key"];
  const child = space.spawn(rekey);
  await child.stdin.close();
  let left = 1 + Math.floor(Math.random() * 5);
  for await (const _ of linesOf(child.stderr)) {
    if (--left > 0) continue;
    try {
      child.kill("SIGKILL");
    } catch (error) {
      // On a busy machine it can be done before we have read that it has begun.
      if (!(error instanceof TypeError)) throw error;
    }
  }
  await child.status;
  await space.expect(0, rekey);
  const store = openSqliteStore(space.store, { readOnly: true, key: sampleKey(2) });
  const entries = Array.from(store.manifests({}), ({ entries }) => entries);
  store.close();
  assertEquals(entries, Array.from({ length: 20_000 }, (_, n) => sampleManifest(n).entries));
  assertEquals(space.found("Köln", "Yard 7"), []);
});
