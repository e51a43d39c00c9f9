import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { InterruptedError, UsageError } from "../../lib/errors.ts";
import { formatKeyId, keyId } from "../../lib/seal/key.ts";
import { RecordError } from "../../lib/seal/record.ts";
import { rekeyStore } from "../../lib/store/rekey.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { readStoreInfo } from "../../lib/store/sqlite_info.ts";
import { SealedError } from "../../lib/store/store.ts";
import { sampleId, sampleKey, sampleManifest } from "../helpers/samples.ts";
import { alter, blob, findInFiles, testInFolder } from "../helpers/store_files.ts";
import { fill, manifest, read, readWithAny } from "./rekey_samples.ts";

const [OLD, NEW, THIRD] = [1, 2, 3].map(sampleKey) as [Uint8Array, Uint8Array, Uint8Array];
const fingerprint = (key: Uint8Array) => formatKeyId(keyId(key));

const testIn = (name: string, fn: (path: string, folder: string) => void | Promise<void>) =>
  testInFolder(`rekey: ${name}`, fn);

/** The bodies as they stand in the file. */
function bodiesOf(path: string): Uint8Array[] {
  const database = new DatabaseSync(path);
  const rows = database.prepare("SELECT body FROM manifests").all();
  database.close();
  return rows.map(({ body }) => body as Uint8Array);
}

/** Stops after a batch; gives how far it came. */
async function rekeyPartly(
  path: string,
  keys: { oldKey?: Uint8Array; newKey?: Uint8Array },
  batches: number,
): Promise<number> {
  const stop = new AbortController();
  let reached = 0;
  const run = rekeyStore(path, {
    ...keys,
    batchRecords: 10,
    signal: stop.signal,
    onProgress: ({ changed }) => {
      reached = changed;
      if (changed >= 10 * batches) stop.abort();
    },
  });
  await assertRejects(() => run, InterruptedError);
  return reached;
}

testIn("a plain store is sealed, and nothing of the old records is left", async (path, folder) => {
  const words = ["Пермь", "yard of the test"];
  const all = await fill(path, 5000);
  for (const word of words) assertEquals(findInFiles(folder, word).length, 1, word);
  assertEquals(await rekeyStore(path, { newKey: NEW }), 5000);
  for (const word of words) assertEquals(findInFiles(folder, word), [], word);
  assertEquals(read(path, NEW), all);
  assertThrows(() => read(path), SealedError, "5000 of 5000 manifests");
  assertThrows(() => openSqliteStore(path), UsageError, fingerprint(NEW));
  openSqliteStore(path, { key: NEW }).close();
});

testIn("nothing is left while a server still has the files open", async (path, folder) => {
  await fill(path, 2000);
  const server = openSqliteStore(path);
  await server.addManifest(manifest(2000));
  await rekeyStore(path, { newKey: NEW });
  for (const word of ["Пермь", "yard of the test"]) assertEquals(findInFiles(folder, word), []);
  server.close();
});

testIn(
  "a sealed store gets another key, and no record of the old one is left",
  async (path, folder) => {
    const all = await fill(path, 2000, OLD);
    const before = bodiesOf(path).filter((_, i) => i % 20 === 0);
    // The tag is enough to find a record by.
    for (const body of before) assertEquals(findInFiles(folder, body.slice(-16)).length, 1);
    assertEquals(await rekeyStore(path, { oldKey: OLD, newKey: NEW }), 2000);
    for (const body of before) assertEquals(findInFiles(folder, body.slice(-16)), []);
    assertEquals(read(path, NEW), all);
    assertThrows(() => read(path, OLD), SealedError, fingerprint(NEW));
  },
);

testIn("the seal is taken away again", async (path) => {
  const all = await fill(path, 300, OLD);
  assertEquals(await rekeyStore(path, { oldKey: OLD }), 300);
  assertEquals(read(path), all);
  const store = openSqliteStore(path);
  assertEquals((await store.addManifest(manifest(7))).duplicate, true);
  await store.addManifest(manifest(300));
  store.close();
});

testIn("an empty store is sealed too", async (path) => {
  openSqliteStore(path).close();
  assertEquals(await rekeyStore(path, { newKey: NEW }), 0);
  assertEquals(readStoreInfo(path).keyId, keyId(NEW));
});

testIn("when it is done there is nothing to do", async (path) => {
  await fill(path, 20, OLD);
  assertEquals(await rekeyStore(path, { oldKey: OLD, newKey: NEW }), 20);
  const before = Deno.readFileSync(path);
  for (const oldKey of [OLD, NEW, THIRD, undefined]) {
    assertEquals(await rekeyStore(path, { oldKey, newKey: NEW }), undefined);
  }
  assertEquals(Deno.readFileSync(path), before);
  await rekeyStore(path, { oldKey: NEW });
  assertEquals(await rekeyStore(path, { oldKey: NEW }), undefined);
});

testIn("only the old key opens the way", async (path) => {
  await fill(path, 20, OLD);
  const before = Deno.readFileSync(path);
  for (
    const [oldKey, given] of [[undefined, "no key was given"], [THIRD, fingerprint(THIRD)]] as const
  ) {
    for (const newKey of [NEW, undefined]) {
      const run = () => rekeyStore(path, { oldKey, newKey });
      const error = await assertRejects(run, UsageError, fingerprint(OLD));
      assertStringIncludes(error.message, given);
    }
  }
  assertEquals(Deno.readFileSync(path), before);
});

testIn("a store that is not there is not made", async (path, folder) => {
  await assertRejects(() => rekeyStore(path, { newKey: NEW }), UsageError, "no store at");
  assertEquals([...Deno.readDirSync(folder)], []);
});

testIn("while it is not done, nobody writes and each key reads its part", async (path) => {
  const all = await fill(path, 200, OLD);
  const changed = await rekeyPartly(path, { oldKey: OLD, newKey: NEW }, 4);
  assertEquals(changed, 40);
  const { keyId: now, oldKeyId, isRekeying, stale, manifests } = readStoreInfo(path);
  assertEquals([now, oldKeyId], [keyId(NEW), keyId(OLD)]);
  assertEquals([isRekeying, stale, manifests], [true, 160, 200]);
  for (const key of [OLD, NEW, undefined]) {
    const error = assertThrows(() => openSqliteStore(path, { key }), UsageError, path);
    assertStringIncludes(error.message, `from ${fingerprint(OLD)} to ${fingerprint(NEW)}`);
    assertStringIncludes(error.hint!, "wagons store rekey");
  }
  const error = assertThrows(() => read(path, NEW), SealedError, "160 of 200 manifests");
  assertStringIncludes(error.message, fingerprint(OLD));
  assertThrows(() => read(path, OLD), SealedError, "40 of 200 manifests");
  assertEquals(readWithAny(path, [OLD, NEW]), all);
  // Another change is not begun before this one is done.
  for (const newKey of [THIRD, OLD, undefined]) {
    const run = () => rekeyStore(path, { oldKey: OLD, newKey });
    const error = await assertRejects(run, UsageError, fingerprint(NEW));
    assertStringIncludes(error.hint!, "Finish that one first");
  }
  const wrong = () => rekeyStore(path, { oldKey: THIRD, newKey: NEW });
  await assertRejects(wrong, UsageError, fingerprint(OLD));
  assertEquals(await rekeyStore(path, { oldKey: OLD, newKey: NEW }), 160);
  assertEquals(read(path, NEW), all);
});

testIn("one that was stopped before its first batch has changed nothing", async (path) => {
  await fill(path, 20, OLD);
  const signal = AbortSignal.abort();
  const run = rekeyStore(path, { oldKey: OLD, newKey: NEW, signal });
  const error = await assertRejects(() => run, InterruptedError, "before anything was changed");
  assertEquals(error.exitCode, 130);
  openSqliteStore(path, { key: OLD }).close();
});

testIn("a record that does not open stops it before anything is changed", async (path) => {
  await fill(path, 200, OLD);
  alter(path, `UPDATE manifests SET body = zeroblob(60) WHERE id = ${blob(sampleId(150))}`);
  const run = () => rekeyStore(path, { oldKey: OLD, newKey: NEW, batchRecords: 10 });
  await assertRejects(run, RecordError, sampleId(150));
  assertEquals(readStoreInfo(path).isRekeying, false);
  const store = openSqliteStore(path, { key: OLD });
  await store.addManifest(manifest(200));
  store.close();
});

testIn("a server with the old key stores nothing from its beginning on", async (path, folder) => {
  const all = await fill(path, 100, OLD);
  const server = openSqliteStore(path, { key: OLD });
  const rejected = async (number: number) => {
    const add = () => server.addManifest(manifest(number));
    const error = await assertRejects(add, SealedError, fingerprint(NEW));
    assertStringIncludes(error.message, `opened with ${fingerprint(OLD)}`);
  };
  await rekeyPartly(path, { oldKey: OLD, newKey: NEW }, 2);
  await rejected(1000);
  // A duplicate is not stored, but who could tell that it is one?
  await rejected(7);
  await rekeyStore(path, { oldKey: OLD, newKey: NEW });
  await rejected(1001);
  assertThrows(() => server.manifest(sampleId(7)), SealedError, fingerprint(NEW));
  server.close();
  assertEquals(read(path, NEW), all);
  const again = openSqliteStore(path, { key: NEW });
  assertEquals((await again.addManifest(manifest(7))).duplicate, true);
  await again.addManifest(manifest(1000));
  again.close();
  assertEquals(findInFiles(folder, "Пермь"), []);
});

testIn("a server whose key comes back stores again, but not before that is done", async (path) => {
  await fill(path, 40, OLD);
  const server = openSqliteStore(path, { key: OLD });
  await rekeyStore(path, { oldKey: OLD, newKey: NEW });
  await rekeyPartly(path, { oldKey: NEW, newKey: OLD }, 2);
  await assertRejects(() => server.addManifest(manifest(40)), SealedError, "is being changed");
  await rekeyStore(path, { oldKey: NEW, newKey: OLD });
  await server.addManifest(manifest(40));
  assertEquals((await server.addManifest(manifest(7))).duplicate, true);
  server.close();
});

testIn("a record that an old program slips in keeps it from being done", async (path, folder) => {
  await fill(path, 40);
  const slipIn = `UPDATE manifests SET key_id = NULL, body = CAST('Пермь' AS BLOB) WHERE rowid = 5`;
  const run = rekeyStore(path, {
    newKey: NEW,
    onProgress: ({ changed }) => changed === 40 && alter(path, slipIn),
  });
  const error = await assertRejects(() => run, UsageError, "old key meanwhile");
  assertStringIncludes(error.hint!, "Stop the old wagons");
  assertEquals(readStoreInfo(path).isRekeying, true);
  assertEquals(await rekeyStore(path, { newKey: NEW }), 1);
  assertEquals(findInFiles(folder, "Пермь"), []);
});

testIn("it is not done before the old records are out of the log", async (path, folder) => {
  const all = await fill(path, 100);
  const reader = openSqliteStore(path, { readOnly: true });
  const reading = reader.manifests({})[Symbol.iterator]();
  reading.next();
  const run = () => rekeyStore(path, { newKey: NEW });
  const error = await assertRejects(run, UsageError, "-wal");
  assertStringIncludes(error.hint!, "run the same command again");
  assertEquals(readStoreInfo(path).isRekeying, true);
  reader.close();
  assertEquals(await rekeyStore(path, { newKey: NEW }), 0);
  assertEquals(findInFiles(folder, "Пермь"), []);
  assertEquals(read(path, NEW), all);
});

testIn("large records are changed a few at a time", async (path) => {
  const entries = Array.from({ length: 10_000 }, (_, i) => ({
    city: `${"Пермь".repeat(9)} ${i}`,
    wagons: i,
  }));
  const store = openSqliteStore(path);
  for (let n = 0; n < 24; n++) await store.addManifest(sampleManifest(n, { entries }));
  store.close();
  const steps: number[] = [];
  await rekeyStore(path, { newKey: NEW, onProgress: ({ changed }) => steps.push(changed) });
  assertEquals([steps[0], steps.at(-1)], [0, 24]);
  assert(steps.length >= 4, `${steps}`);
  assertEquals(read(path, NEW).length, 24);
});
