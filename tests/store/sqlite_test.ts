import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { join } from "node:path";
import { setImmediate } from "node:timers";
import { DatabaseSync } from "node:sqlite";
import { UsageError } from "../../lib/errors.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { openDatabase } from "../../lib/store/sqlite_open.ts";
import { sampleId, sampleKey, sampleManifest } from "../helpers/samples.ts";
import { alter, failOn, runStore, spawnStore, testInFolder } from "../helpers/store_files.ts";
import type { TestOptions } from "../helpers/strict.ts";
import { testStore } from "./conformance.ts";

testStore({
  name: "sqlite",
  open: (folder) => openSqliteStore(join(folder, "wagons.db"), { chunkBytes: 1000 }),
  failOn: (folder, id) => failOn(join(folder, "wagons.db"), id),
});

testStore({
  name: "sqlite, sealed",
  open: (folder) =>
    openSqliteStore(join(folder, "wagons.db"), { key: sampleKey(1), chunkBytes: 1000 }),
  failOn: (folder, id) => failOn(join(folder, "wagons.db"), id),
});

const testIn = (
  name: string,
  fn: (path: string, folder: string) => void | Promise<void>,
  options?: TestOptions,
) => testInFolder(`sqlite: ${name}`, fn, options);

const isRoot = Deno.build.os !== "windows" && Deno.uid() === 0;
const isUnix = Deno.build.os !== "windows";
const isLinux = Deno.build.os === "linux";

testIn("while another process writes, it waits and stops nobody", async (path) => {
  const store = openSqliteStore(path);
  const other = new DatabaseSync(path);
  other.exec("BEGIN IMMEDIATE");
  let isStored = false;
  const added = store.addManifest(sampleManifest(1)).then((added) => {
    isStored = true;
    return added;
  });
  // The turns of the event loop that go by here would be the answers to everyone else.
  let turns = 0;
  const beganMs = performance.now();
  while (performance.now() - beganMs < 100) {
    await new Promise((resolve) => setImmediate(resolve));
    turns++;
  }
  assert(turns > 10, `${turns} turns`);
  assertEquals(isStored, false);
  other.exec("COMMIT");
  assertEquals((await added).duplicate, false);
  other.close();
  store.close();
});

testIn("a commit holds all that came in one turn", async (path) => {
  const store = openSqliteStore(path);
  const before = countCommits(path);
  await Promise.all(
    Array.from({ length: 500 }, (_, number) => store.addManifest(sampleManifest(number))),
  );
  assertEquals(countCommits(path) - before, 1);
  await store.addManifest(sampleManifest(500));
  assertEquals(countCommits(path) - before, 2);
  store.close();
});

testIn("an error of the commit is that of the engine", async (path) => {
  const store = openSqliteStore(path);
  alter(
    path,
    `CREATE TRIGGER failing BEFORE INSERT ON manifests
     BEGIN SELECT RAISE(ROLLBACK, 'the disk is on fire'); END`,
  );
  // Such an error has ended the transaction already: to roll it back once more would fail.
  await assertRejects(() => store.addManifest(sampleManifest(1)), Error, "the disk is on fire");
  alter(path, "DROP TRIGGER failing");
  await store.addManifest(sampleManifest(1));
  store.close();
});

testIn("journal_mode is WAL and synchronous is FULL", (path) => {
  for (const time of ["made", "opened again"]) {
    const database = openDatabase(path, {});
    const value = (name: string) => database.prepare(`PRAGMA ${name}`).get()![name];
    assertEquals([value("journal_mode"), value("synchronous")], ["wal", 2], time);
    database.close();
  }
});

testIn("only the owner reads the files", async (path, folder) => {
  const store = openSqliteStore(path);
  await store.addManifest(sampleManifest(1));
  const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
  assertEquals(names, ["wagons.db", "wagons.db-shm", "wagons.db-wal"]);
  for (const name of names) assertEquals(modeOf(join(folder, name)), 0o600, name);
  store.close();
  assertEquals(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["wagons.db"]);
}, { ignore: !isUnix });

testIn("the folder is made for its owner alone, when that is wanted", (_, folder) => {
  const path = join(folder, "a", "b", "wagons.db");
  assertThrows(() => openSqliteStore(path), UsageError, "there is no such folder");
  assertThrows(() => openSqliteStore(path, { readOnly: true }), UsageError, "no store at");
  openSqliteStore(path, { makeFolder: true }).close();
  openSqliteStore(path, { makeFolder: true }).close();
  if (!isUnix) return;
  for (const made of ["a", "a/b"]) assertEquals(modeOf(join(folder, made)), 0o700, made);
});

testIn("a store that a newer version wrote is left alone", async (path) => {
  const store = openSqliteStore(path);
  await store.addManifest(sampleManifest(1));
  store.close();
  alter(path, "PRAGMA user_version = 99");
  for (const readOnly of [false, true]) {
    const error = assertThrows(() => openSqliteStore(path, { readOnly }), UsageError, path);
    assertStringIncludes(error.message, "version 99");
    assertStringIncludes(error.hint!, "newer wagons");
  }
  alter(path, "PRAGMA user_version = 5");
  const again = openSqliteStore(path);
  assertEquals([...again.manifests({})].length, 1);
  again.close();
});

testIn("a database of another program is left alone", (path) => {
  alter(path, "CREATE TABLE manifests (id TEXT); INSERT INTO manifests VALUES ('mine')");
  const before = Deno.readFileSync(path);
  for (const readOnly of [false, true]) {
    assertThrows(() => openSqliteStore(path, { readOnly }), UsageError, "another program");
  }
  assertEquals(Deno.readFileSync(path), before);
});

for (
  const [what, bytes] of [
    ["a word", new TextEncoder().encode("hello")],
    ["a text", new TextEncoder().encode("Köln = 5\n".repeat(1000))],
    ["zeros", new Uint8Array(8192)],
    ["a broken database", new TextEncoder().encode("SQLite format 3\0and then nothing of it")],
  ] as const
) {
  testIn(`a file that is ${what} is left alone`, (path) => {
    Deno.writeFileSync(path, bytes);
    for (const readOnly of [false, true]) {
      assertThrows(() => openSqliteStore(path, { readOnly }), UsageError, path);
    }
    assertEquals(Deno.readFileSync(path), bytes);
  });
}

testIn("an empty file becomes a store, but not for a reader", async (path) => {
  Deno.writeFileSync(path, new Uint8Array(0));
  const error = assertThrows(() => openSqliteStore(path, { readOnly: true }), UsageError, path);
  assertStringIncludes(error.message, "empty");
  assertEquals(Deno.statSync(path).size, 0);
  const store = openSqliteStore(path);
  await store.addManifest(sampleManifest(1));
  store.close();
});

testIn("a reader makes no file", (path, folder) => {
  const error = assertThrows(() => openSqliteStore(path, { readOnly: true }), UsageError, path);
  assertStringIncludes(error.hint!, "--store");
  assertEquals([...Deno.readDirSync(folder)], []);
});

testIn("a folder, and a file as a folder, are no place for a store", (path, folder) => {
  Deno.writeTextFileSync(path, "");
  for (const readOnly of [false, true]) {
    assertThrows(() => openSqliteStore(folder, { readOnly }), UsageError, folder);
    const below = join(path, "wagons.db");
    assertThrows(() => openSqliteStore(below, { readOnly }), UsageError, below);
    assertThrows(() => openSqliteStore("", { readOnly }), UsageError);
  }
  const below = join(path, "a", "wagons.db");
  assertThrows(() => openSqliteStore(below, { makeFolder: true }), UsageError, below);
});

testIn(
  "what this user may not do is a UsageError" +
    (isRoot ? " (skipped: no permission binds root; run the tests as another user)" : ""),
  (path, folder) => {
    openSqliteStore(path).close();
    Deno.chmodSync(path, 0o400);
    assertThrows(() => openSqliteStore(path), UsageError, path);
    Deno.chmodSync(path, 0o000);
    for (const readOnly of [false, true]) {
      assertThrows(() => openSqliteStore(path, { readOnly }), UsageError, path);
    }
    Deno.chmodSync(folder, 0o500);
    const other = join(folder, "other.db");
    assertThrows(() => openSqliteStore(other), UsageError, other);
    Deno.chmodSync(folder, 0o700);
  },
  { ignore: isRoot || !isUnix },
);

testIn("a reader does not write, and sees what is written", async (path) => {
  const store = openSqliteStore(path);
  await store.addManifest(sampleManifest(1));
  const reader = openSqliteStore(path, { readOnly: true });
  await assertRejects(() => reader.addManifest(sampleManifest(2)), Error, "readonly");
  const reading = reader.manifests({})[Symbol.iterator]();
  assertEquals(reading.next().value?.id, sampleId(1));
  // The reading is of one moment; it keeps nobody from writing.
  await store.addManifest(sampleManifest(2));
  assertEquals(reading.next().done, true);
  assertEquals(Array.from(reader.manifests({}), ({ id }) => id), [1, 2].map(sampleId));
  reader.close();
  store.close();
});

testIn("a store is closed over a reading that is under way", async (path) => {
  const store = openSqliteStore(path);
  for (const number of [1, 2]) await store.addManifest(sampleManifest(number));
  const reading = store.manifests({})[Symbol.iterator]();
  assertEquals(reading.next().value?.id, sampleId(1));
  store.close();
  const again = openSqliteStore(path);
  assertEquals([...again.manifests({})].length, 2);
  again.close();
});

testIn("a damaged manifest is told, not handed out", async (path) => {
  const store = openSqliteStore(path);
  await store.addManifest(sampleManifest(1));
  alter(path, `UPDATE manifests SET body = x'0a'`);
  assertThrows(() => [...store.manifests({})], Error);
  assertThrows(() => store.manifest(sampleId(1)), Error);
  alter(path, `UPDATE manifests SET body = x'1a00'`);
  assertThrows(() => store.manifest(sampleId(1)), Error, "fastRequest");
  store.close();
});

testIn(
  "another opening of the store in this process costs it no lock" +
    (isLinux ? "" : " (skipped: only Linux lists the locks; run the tests there)"),
  async (path) => {
    const store = openSqliteStore(path);
    await store.addManifest(sampleManifest(1));
    const before = locksOn(path);
    assert(before > 0, "the store holds its file");
    openSqliteStore(path).close();
    assertEquals(locksOn(path), before);
    openSqliteStore(path, { readOnly: true }).close();
    assertEquals(locksOn(path), before);
    store.close();
  },
  { ignore: !isLinux },
);

testIn("a name that SQLite takes for a database in memory is a file's", async (_, folder) => {
  assertEquals(await runStore("add", ":memory:", { args: [2], cwd: folder }), "2");
  assertEquals(await runStore("list", ":memory:", { cwd: folder }), "2");
});

testIn("processes that begin at once make one store and keep each manifest once", async (path) => {
  const added = await Promise.all(
    Array.from({ length: 3 }, () => runStore("add", path, { args: [40] })),
  );
  assertEquals(added.reduce((sum, text) => sum + Number(text), 0), 40, added.join(" + "));
  assertEquals(await runStore("list", path), "40");
});

testIn("what was stored survives the end of the process", async (path) => {
  const child = spawnStore("add", path, { args: [25] });
  // Its answer says that all are stored; it has not closed the store, and never will.
  const reader = child.stdout.getReader();
  const { value } = await reader.read();
  child.kill("SIGKILL");
  await child.stdin.close().catch(() => {/* the process is gone, and its end of the pipe */});
  assertEquals(new TextDecoder().decode(value).trim(), "25");
  while (!(await reader.read()).done);
  await child.status;
  const store = openSqliteStore(path);
  assertEquals([...store.manifests({})].length, 25);
  store.close();
});

function modeOf(path: string): number {
  return Deno.statSync(path).mode! & 0o777;
}

/** Locks that processes hold on a file (proc_locks(5)). */
function locksOn(path: string): number {
  const inode = `:${Deno.statSync(path).ino} `;
  return Deno.readTextFileSync("/proc/locks").split(inode).length - 1;
}

/**
 * Commits in the write-ahead log: frames that say how large the database is after them
 * (https://sqlite.org/fileformat2.html, "WAL Frame Header").
 */
function countCommits(path: string): number {
  const wal = Deno.readFileSync(`${path}-wal`);
  const view = new DataView(wal.buffer);
  const frameBytes = 24 + view.getUint32(8);
  let commits = 0;
  for (let at = 32; at + frameBytes <= wal.length; at += frameBytes) {
    if (view.getUint32(at + 4) > 0) commits++;
  }
  assert(commits > 0, "the log holds the making of the store");
  return commits;
}
