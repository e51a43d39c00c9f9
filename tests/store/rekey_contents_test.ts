import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { join } from "node:path";
import { InterruptedError, UsageError } from "../../lib/errors.ts";
import { RecordError } from "../../lib/seal/record.ts";
import { type RekeyOptions, rekeyStore } from "../../lib/store/rekey.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { readStoreInfo } from "../../lib/store/sqlite_info.ts";
import {
  get,
  put,
  raise,
  sampleBytes,
  sampleEvent,
  sampleFile,
  sha256Of,
} from "../helpers/room_samples.ts";
import { sampleId, sampleKey, sampleManifest } from "../helpers/samples.ts";
import { findInFiles, testInFolder } from "../helpers/store_files.ts";

const [OLD, NEW] = [1, 2].map(sampleKey) as [Uint8Array, Uint8Array];
const chunkBytes = 1000;
const SIZES = [0, 1, 999, 1000, 1001, 5500, 3_000_000];
const PART = sampleBytes(5500, 99);
const NAMED = { size: PART.length, sha256: sha256Of(PART) };
/** Manifests, messages, files, contents of these and a part of one. */
const RECORDS = 2 + 20 + SIZES.length + SIZES.length + 1;

const testIn = (name: string, fn: (path: string, folder: string) => void | Promise<void>) =>
  testInFolder(`rekey of the room: ${name}`, fn);

async function fill(path: string, key?: Uint8Array): Promise<void> {
  const store = openSqliteStore(path, { key, chunkBytes });
  for (const n of [1, 2]) await store.addManifest(sampleManifest(n));
  for (let n = 0; n < 20; n++) await store.addEvent(sampleEvent(n));
  await store.forgetEvents({ maxCount: 0, sinceMs: 0 });
  for (let n = 0; n < 20; n++) await store.addEvent(sampleEvent(n));
  for (const [n, size] of SIZES.entries()) {
    await put(store, sampleFile(n), sampleBytes(size, n + 1), n % 2 === 0);
  }
  const part = await store.openUpload(NAMED);
  await part.write(PART.slice(0, 3500));
  await part.close();
  store.close();
}

/** Makes sure that all is there, and can be gone on with. */
async function checkAll(path: string, key?: Uint8Array): Promise<void> {
  const store = openSqliteStore(path, { key, chunkBytes });
  assertEquals([...store.manifests({})].length, 2);
  const events = store.events({ after: 0, limit: 100, maxBytes: 1e9 }, raise);
  assertEquals(events.map(({ number, id }) => [number, id]), [
    ...Array.from({ length: 20 }, (_, n) => [21 + n, sampleId(n)]),
  ]);
  for (const [n, size] of SIZES.entries()) {
    const bytes = sampleBytes(size, n + 1);
    assertEquals(sha256Of((await get(store, sampleId(n)))!), sha256Of(bytes), `${size} bytes`);
    // It is found by its hash.
    const same = await store.openUpload({ size, sha256: sha256Of(bytes) });
    assertEquals((await same.finish(sampleFile(n))).duplicate, true);
    await same.close();
  }
  const part = await store.openUpload(NAMED);
  assertEquals(part.durableBytes, key === undefined && part.durableBytes === 3500 ? 3500 : 3000);
  await part.close();
  assertEquals(await store.removeLeftovers(), 0);
  store.close();
  assertEquals(contentsOf(path).length, SIZES.length + 1);
}

function contentsOf(path: string): string[] {
  return Array.from(Deno.readDirSync(`${path}.files`), ({ name }) => name).sort();
}

const WORDS = [
  "has left",
  "Waggonliste",
  sampleBytes(5500, 6).slice(100, 108),
  sampleBytes(3_000_000, 7).slice(2_000_000, 2_000_008),
  PART.slice(200, 208),
  sha256Of(PART),
  sha256Of(sampleBytes(5500, 6)),
];

testIn("sealed, another key, and plain again: all is there", async (path, folder) => {
  await fill(path);
  for (const word of WORDS) assert(findInFiles(folder, word).length > 0, String(word));
  const plain = contentsOf(path);
  assertEquals(await rekeyStore(path, { newKey: OLD, chunkBytes }), RECORDS);
  for (const word of WORDS) assertEquals(findInFiles(folder, word), [], String(word));
  await checkAll(path, OLD);
  const sealed = contentsOf(path);
  assert(plain.every((name) => !sealed.includes(name)));
  const bytesOf = () =>
    sealed.map((name) => sha256Of(Deno.readFileSync(join(`${path}.files`, name))));
  const before = bytesOf();
  assertEquals(await rekeyStore(path, { oldKey: OLD, newKey: NEW, chunkBytes }), RECORDS);
  // From key to key the contents stay as they are.
  assertEquals(contentsOf(path), sealed);
  assertEquals(bytesOf(), before);
  await checkAll(path, NEW);
  assertThrows(() => openSqliteStore(path, { key: OLD }), UsageError);
  assertEquals(await rekeyStore(path, { oldKey: NEW, chunkBytes }), RECORDS);
  await checkAll(path);
});

testIn("it can be stopped after each record, and in each content", async (path) => {
  await fill(path);
  for (
    const [keys, key] of [
      [{ newKey: OLD }, OLD],
      [{ oldKey: OLD, newKey: NEW }, NEW],
      [{ oldKey: NEW }, undefined],
    ] as [RekeyOptions, Uint8Array | undefined][]
  ) {
    let stops = 0;
    for (;;) {
      const stop = new AbortController();
      const options = {
        ...keys,
        chunkBytes,
        batchRecords: 1,
        signal: stop.signal,
        onProgress: ({ changed }: { changed: number }) => changed > 0 && stop.abort(),
      };
      try {
        await rekeyStore(path, options);
        break;
      } catch (error) {
        assert(error instanceof InterruptedError, String(error));
        stops++;
        assertThrows(() => openSqliteStore(path, { key }), UsageError, "not finished");
      }
    }
    assertEquals(stops, RECORDS);
    assertEquals(readStoreInfo(path).isRekeying, false);
    await checkAll(path, key);
  }
});

testIn("a content that was stopped in is begun anew, and leaves nothing", async (path) => {
  await fill(path);
  const stop = new AbortController();
  const run = rekeyStore(path, {
    newKey: OLD,
    chunkBytes,
    signal: stop.signal,
    onProgress: ({ changed }) => {
      // All but the largest one, which is there, and the part behind it.
      if (changed === RECORDS - 2) queueMicrotask(() => setTimeout(() => stop.abort(), 0));
    },
  });
  const error = await assertRejects(() => run, InterruptedError);
  assert(error.hint!.includes("Run the same command again"), error.hint);
  const left = readStoreInfo(path).stale;
  assert(left >= 1 && left <= 2, `${left}`);
  assertEquals(await rekeyStore(path, { newKey: OLD, chunkBytes }), left);
  await checkAll(path, OLD);
});

testIn("two runs at once do it together", async (path) => {
  await fill(path);
  for (
    const [keys, key] of [
      [{ newKey: OLD }, OLD],
      [{ oldKey: OLD }, undefined],
    ] as [RekeyOptions, Uint8Array | undefined][]
  ) {
    await Promise.all([1, 2].map(() => rekeyStore(path, { ...keys, chunkBytes })));
    await checkAll(path, key);
  }
});

testIn("a content that is lost or damaged stops it before anything is changed", async (path) => {
  await fill(path, OLD);
  const largest = contentsOf(path).map((name) => join(`${path}.files`, name))
    .find((file) => Deno.statSync(file).size > 3_000_000)!;
  const stored = Deno.readFileSync(largest);
  const run = () => rekeyStore(path, { oldKey: OLD, chunkBytes });
  const changed = stored.slice();
  changed[2_000_000]! ^= 1;
  for (const bytes of [changed, stored.slice(0, -1), undefined]) {
    if (bytes === undefined) Deno.removeSync(largest);
    else Deno.writeFileSync(largest, bytes);
    await assertRejects(run, RecordError, "content");
    assertEquals(readStoreInfo(path).isRekeying, false);
  }
  // To another key it goes without the bytes; and once they are put again, all goes.
  await rekeyStore(path, { oldKey: OLD, newKey: NEW, chunkBytes });
  const store = openSqliteStore(path, { key: NEW, chunkBytes });
  await put(store, sampleFile(6), sampleBytes(3_000_000, 7));
  store.close();
  await rekeyStore(path, { oldKey: NEW, chunkBytes });
  await checkAll(path);
});

testIn("a part that was damaged is put from its beginning", async (path) => {
  await fill(path, OLD);
  const files = contentsOf(path).map((name) => join(`${path}.files`, name));
  const part = files.find((file) =>
    Deno.statSync(file).size > 3000 &&
    Deno.statSync(file).size < 5000
  )!;
  Deno.truncateSync(part, 2000);
  await rekeyStore(path, { oldKey: OLD, chunkBytes });
  const store = openSqliteStore(path, { chunkBytes });
  const upload = await store.openUpload(NAMED);
  assertEquals(upload.durableBytes, 0);
  await upload.write(PART);
  await upload.finish(sampleFile(50));
  await upload.close();
  assertEquals(await get(store, sampleId(50)), PART);
  store.close();
});
