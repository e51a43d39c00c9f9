import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { readStoreInfo } from "../../lib/store/sqlite_info.ts";
import { SealedError } from "../../lib/store/store.ts";
import { linesOf } from "../e2e/workspace.ts";
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
): Promise<boolean> {
  const child = spawnStore("rekey", path, { args });
  const stdin = child.stdin.getWriter();
  await stdin.write(new Uint8Array(KILL_BATCHES));
  // A number of batches, not a time. It is not stopped for that: it is in the next one by then.
  let left = 1 + Math.floor(Math.random() * KILL_BATCHES);
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
