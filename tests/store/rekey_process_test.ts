import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { CONTENT_CHUNK_BYTES } from "../../lib/limits/store.ts";
import { SEALED_CHUNK_OVERHEAD_BYTES } from "../../lib/seal/content.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { readStoreInfo } from "../../lib/store/sqlite_info.ts";
import { SealedError } from "../../lib/store/store.ts";
import { uuidFromBytes } from "../../lib/wire/uuid.ts";
import { linesOf } from "../e2e/workspace.ts";
import { get, put, sampleBytes, sampleFile, sha256Of } from "../helpers/room_samples.ts";
import { sampleId, sampleKey } from "../helpers/samples.ts";
import { findInFiles, runStore, spawnStore, testInFolder } from "../helpers/store_files.ts";
import { fill, manifest, read, readWithAny } from "./rekey_samples.ts";

const [OLD, NEW, THIRD] = [1, 2, 3].map(sampleKey) as [Uint8Array, Uint8Array, Uint8Array];

const testIn = (name: string, fn: (path: string, folder: string) => void | Promise<void>) =>
  testInFolder(`rekey: ${name}`, fn);

testIn("what a server stores all the while is all there, under the new key", async (path) => {
  await fill(path, 1000, OLD);
  const changed = runStore("rekey", path, { args: [1, 2, 10] });
  const server = openSqliteStore(path, { key: OLD });
  const stored = Array.from({ length: 1000 }, (_, number) => number);
  for (let number = 1000;; number++) {
    try {
      await server.addManifest(manifest(number));
      stored.push(number);
    } catch (error) {
      assert(error instanceof SealedError, String(error));
      break;
    }
  }
  server.close();
  assertStringIncludes(await changed, "done: ");
  assertEquals(read(path, NEW).map(({ id }) => id), stored.map(sampleId));
});

/** Batches that a process is let do before it is killed: fewer than there are. */
const KILL_BATCHES = 100;

/** Runs it and kills it somewhere, if it comes so far; gives whether it came to its end. */
async function rekeyUntilKilled(
  path: string,
  args: readonly (string | number)[],
  killBatches = KILL_BATCHES,
): Promise<boolean> {
  const child = spawnStore("rekey", path, { args });
  const stdin = child.stdin.getWriter();
  await stdin.write(new Uint8Array(killBatches));
  // A number of batches, not a time. It is not stopped for that: it is in the next one by then.
  let left = 1 + Math.floor(Math.random() * killBatches);
  for await (const line of linesOf(child.stdout)) {
    const [changed, total] = line.split(" of ");
    // After its last batch it cleans up.
    const isCleaning = changed === total && Math.random() < 0.5;
    if (--left === 0 || isCleaning) killNow(child);
  }
  await stdin.close().catch(() => {/* the process is gone, and its end of the pipe */});
  return (await child.status).success;
}

testIn("kill -9 at any moment loses nothing, and the next run goes on", async (path, folder) => {
  const COUNT = 1500;
  const plain = await fill(path, COUNT);
  for (
    const [args, keys] of [
      [["-", 1, 10], [undefined, OLD]],
      [[1, 2, 10], [OLD, NEW]],
      [[2, "-", 10], [NEW, undefined]],
      [["-", 3, 10], [undefined, THIRD]],
    ] as const
  ) {
    let kills = 0;
    while (!await rekeyUntilKilled(path, args)) {
      kills++;
      assertEquals(readWithAny(path, [...keys]), plain, `after ${kills} kills`);
    }
    assert(kills > 0, "it was killed at least once");
    assertEquals(read(path, keys[1]), plain);
    assertEquals(readStoreInfo(path).isRekeying, false);
    if (keys[1] !== undefined) assertEquals(findInFiles(folder, "Пермь"), []);
  }
});

testIn("kill -9 in the contents of files loses nothing of them", async (path, folder) => {
  const bytes = Array.from({ length: 9 }, (_, n) => sampleBytes(n * 300_000, n + 1));
  const store = openSqliteStore(path);
  for (const [n, content] of bytes.entries()) await put(store, sampleFile(n), content);
  store.close();
  const pieces = bytes.slice(1).map((content) => content.slice(1000, 1008));
  for (
    const [args, key] of [
      [["-", 1, 1], OLD],
      [[1, 2, 1], NEW],
      [[2, "-", 1], undefined],
      [["-", 3, 1], THIRD],
    ] as const
  ) {
    let kills = 0;
    while (!await rekeyUntilKilled(path, args, 4)) {
      kills++;
      assertEquals(lostContents(path), [], `after ${kills} kills`);
    }
    assert(kills > 0, "it was killed at least once");
    const store = openSqliteStore(path, { key });
    for (const [n, content] of bytes.entries()) {
      assertEquals(sha256Of((await get(store, sampleId(n)))!), sha256Of(content), `file ${n}`);
    }
    assertEquals(await store.removeLeftovers(), 0);
    store.close();
    assertEquals([...Deno.readDirSync(`${path}.files`)].length, bytes.length);
    const found = pieces.filter((piece) => findInFiles(folder, piece).length > 0);
    assertEquals(found.length, key === undefined ? pieces.length : 0);
  }
});

/** The contents of which not all bytes are in their files, whichever key they are sealed with. */
function lostContents(path: string): string[] {
  const database = new DatabaseSync(path);
  const rows = database.prepare("SELECT id, durable_bytes, key_id FROM contents").all();
  database.close();
  return rows.flatMap(({ id, durable_bytes, key_id }) => {
    const file = `${path}.files/${uuidFromBytes(id as Uint8Array)}`;
    const size = durable_bytes as number;
    const chunks = key_id === null ? 0 : Math.ceil(size / CONTENT_CHUNK_BYTES);
    const stored = size + chunks * SEALED_CHUNK_OVERHEAD_BYTES;
    const is = Deno.statSync(file).size;
    return is === stored ? [] : [`${file} has ${is} bytes, not ${stored}`];
  });
}

testIn("two runs at once do it together", async (path) => {
  const all = await fill(path, 1000, OLD);
  const runs = [1, 2].map(() => runStore("rekey", path, { args: [1, 2, 10] }));
  await Promise.all(runs);
  assertEquals(read(path, NEW), all);
  assertEquals(readStoreInfo(path).isRekeying, false);
});

function killNow(child: Deno.ChildProcess): void {
  try {
    child.kill("SIGKILL");
  } catch (error) {
    // It has ended.
    if (!(error instanceof TypeError)) throw error;
  }
}
