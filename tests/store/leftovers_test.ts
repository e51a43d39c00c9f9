import { assert, assertEquals, assertRejects } from "@std/assert";
import { join } from "node:path";
import { UsageError } from "../../lib/errors.ts";
import { PART_KEEP_MS, UNNAMED_PART_KEEP_MS } from "../../lib/limits/store.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { get, put, sampleBytes, sampleFile, sha256Of } from "../helpers/room_samples.ts";
import { sampleId } from "../helpers/samples.ts";
import { alter, contentsOf, rowsOf, testInFolder as testIn } from "../helpers/store_files.ts";

const BYTES = sampleBytes(5000);

testIn("files: leftovers are removed, and nothing else", async (path) => {
  const first = openSqliteStore(path);
  await put(first, sampleFile(1), BYTES);
  // Uploads that end with their process, not by close().
  const parts = [];
  for (const n of [1, 2, 3]) {
    const bytes = sampleBytes(100, 10 + n);
    const part = await first.openUpload({ size: 100, sha256: sha256Of(bytes) });
    await part.write(bytes.slice(0, 50));
    await part.sync();
    parts.push(bytes);
  }
  await first.openUpload({ size: 100 });
  const fresh = await first.openUpload({ size: 100 });
  first.close();
  await fresh.close().catch(() => {/* the store is closed */});
  const numbers = rowsOf(path).map(({ number }) => number);
  assertEquals(numbers, [1, 2, 3, 4, 5, 6]);
  const age = (number: number, ageMs: number) =>
    alter(path, `UPDATE contents SET used_at_ms = ${Date.now() - ageMs} WHERE number = ${number}`);
  age(1, 100 * PART_KEEP_MS);
  age(2, PART_KEEP_MS + 1000);
  age(3, PART_KEEP_MS - 60_000);
  age(5, UNNAMED_PART_KEEP_MS + 1000);
  const store = openSqliteStore(path);
  age(4, PART_KEEP_MS + 1000);
  // From when it is begun it is spared.
  const opening = store.openUpload({ size: 100, sha256: sha256Of(parts[2]!) });
  assertEquals(await store.removeLeftovers(), 2);
  const upload = await opening;
  assertEquals(upload.durableBytes, 50);
  age(4, PART_KEEP_MS + 1000);
  assertEquals(await store.removeLeftovers(), 0);
  assertEquals(rowsOf(path).map(({ number }) => number), [1, 3, 4, 6]);
  assertEquals(contentsOf(path).length, 4);
  assertEquals(await store.removeLeftovers(), 0);
  await upload.write(parts[2]!.slice(50));
  await upload.finish(sampleFile(2));
  await upload.close();
  assertEquals(await get(store, sampleId(1)), BYTES);
  assertEquals(await get(store, sampleId(2)), parts[2]);
  store.close();
});

testIn("files: what is not known to be of this store stays in its folder", async (path) => {
  const first = openSqliteStore(path);
  await put(first, sampleFile(1), BYTES);
  first.close();
  const backup = `${path}.bak`;
  Deno.copyFileSync(path, backup);
  const second = openSqliteStore(path);
  await put(second, sampleFile(2), sampleBytes(100));
  second.close();
  Deno.mkdirSync(`${path}.files/lost+found`);
  Deno.writeTextFileSync(`${path}.files/notes`, "of a person");
  const names = contentsOf(path);
  assertEquals(names.length, 4);
  for (const name of names) Deno.utimeSync(join(`${path}.files`, name), 1, 1);
  // An empty database in the place of this one, and an earlier state of it.
  const aside = `${path}.aside`;
  Deno.renameSync(path, aside);
  for (const isEmpty of [true, false]) {
    if (!isEmpty) Deno.copyFileSync(backup, path);
    const store = openSqliteStore(path);
    assertEquals(await store.removeLeftovers(), 0);
    await put(store, sampleFile(3), sampleBytes(7));
    assertEquals(await store.removeLeftovers(), 0);
    store.close();
    Deno.removeSync(path);
  }
  Deno.renameSync(aside, path);
  const store = openSqliteStore(path);
  assertEquals(await get(store, sampleId(1)), BYTES);
  assertEquals(await get(store, sampleId(2)), sampleBytes(100));
  store.close();
  for (const name of names) assert(contentsOf(path).includes(name), name);
});

testIn("files: what cannot be removed is told, and tried again", async (path) => {
  const store = openSqliteStore(path);
  for (const n of [1, 2]) await put(store, sampleFile(n), sampleBytes(100, n));
  // As if the process had ended before it could remove them.
  alter(path, "DELETE FROM files; DELETE FROM contents");
  const [name] = contentsOf(path);
  const harmed = join(`${path}.files`, name!);
  Deno.removeSync(harmed);
  Deno.mkdirSync(join(harmed, "inside"), { recursive: true });
  await assertRejects(() => store.removeLeftovers(), UsageError, harmed);
  assertEquals(contentsOf(path), [name]);
  Deno.removeSync(join(harmed, "inside"));
  assertEquals(await store.removeLeftovers(), 1);
  assertEquals(contentsOf(path), []);
  assertEquals(await store.removeLeftovers(), 0);
  store.close();
});
