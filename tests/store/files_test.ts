import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { join } from "node:path";
import { UsageError } from "../../lib/errors.ts";
import { RecordError } from "../../lib/seal/record.ts";
import { BusyContentError } from "../../lib/store/file_store.ts";
import { openSqliteStore, type SqliteStoreOptions } from "../../lib/store/sqlite.ts";
import { linesOf } from "../e2e/workspace.ts";
import {
  get,
  put,
  sampleBytes,
  sampleEvent,
  sampleFile,
  sha256Of,
} from "../helpers/room_samples.ts";
import { sampleId, sampleKey, sampleManifest } from "../helpers/samples.ts";
import {
  alter,
  contentsOf,
  rowsOf,
  runStore,
  spawnStore,
  testInFolder,
} from "../helpers/store_files.ts";

const testIn = testInFolder;
const isUnix = Deno.build.os !== "windows";
const BYTES = sampleBytes(5000);
const NAMED = { size: BYTES.length, sha256: sha256Of(BYTES) };

testIn("files: only the owner reads the contents", async (path) => {
  const store = openSqliteStore(path);
  await store.addManifest(sampleManifest(1));
  assertEquals(
    [...Deno.readDirSync(join(path, ".."))].some(({ name }) => name.endsWith(".files")),
    false,
  );
  await put(store, sampleFile(1), BYTES);
  const mode = (path: string) => Deno.statSync(path).mode! & 0o777;
  assertEquals(mode(`${path}.files`), 0o700);
  assertEquals(contentsOf(path).map((name) => mode(join(`${path}.files`, name))), [0o600]);
  store.close();
}, { ignore: !isUnix });

testIn("files: what is put in vain leaves no file, and what is the same only one", async (path) => {
  const store = openSqliteStore(path);
  for (const n of [1, 2]) await put(store, sampleFile(n), BYTES);
  await put(store, sampleFile(3), BYTES, false);
  const upload = await store.openUpload({ size: 10 });
  await upload.write(BYTES.slice(0, 5));
  assertEquals(contentsOf(path).length, 2);
  await upload.close();
  assertEquals(contentsOf(path).length, 1);
  const empty = await store.openUpload({ size: 10, sha256: sha256Of(BYTES.slice(0, 10)) });
  await empty.close();
  assertEquals(contentsOf(path).length, 1);
  assertEquals(rowsOf(path).length, 1);
  store.close();
});

testIn("files: a content that was lost is told, and put once more", async (path) => {
  for (const key of [undefined, sampleKey(1)]) {
    const store = openSqliteStore(path, { key, chunkBytes: 1000 });
    await put(store, sampleFile(1), BYTES);
    const [name] = contentsOf(path);
    for (
      const harm of [
        () => Deno.removeSync(join(`${path}.files`, name!)),
        () => Deno.truncateSync(join(`${path}.files`, contentsOf(path)[0]!), 100),
      ]
    ) {
      harm();
      const error = await assertRejects(() => get(store, sampleId(1)), RecordError, path);
      assertStringIncludes(error.hint!, "put the same file once more");
      assertEquals(store.file(sampleId(1))!.size, BYTES.length);
      const broken = await store.openUpload(NAMED);
      assertEquals(broken.durableBytes, 0);
      await broken.close();
      // It is still a file of the store, and can be put again.
      assertEquals((await put(store, sampleFile(1), BYTES)).duplicate, true);
      assertEquals(await get(store, sampleId(1)), BYTES);
      assertEquals(await store.removeLeftovers(), 0);
      assertEquals(contentsOf(path).length, 1);
    }
    store.close();
    Deno.removeSync(path);
    Deno.removeSync(`${path}.files`, { recursive: true });
  }
});

/** Puts the first 3000 bytes, in a store of its own: while that is open, it knows their hash. */
async function putPart(path: string, options: SqliteStoreOptions = {}): Promise<void> {
  const store = openSqliteStore(path, options);
  const upload = await store.openUpload(NAMED);
  await upload.write(BYTES.slice(0, 3000));
  await upload.close();
  store.close();
}

testIn("files: a part that was damaged is begun anew", async (path) => {
  const options = { key: sampleKey(1), chunkBytes: 1000 };
  await putPart(path, options);
  const file = join(`${path}.files`, contentsOf(path)[0]!);
  const stored = Deno.readFileSync(file);
  stored[1500]! ^= 1;
  Deno.writeFileSync(file, stored);
  const store = openSqliteStore(path, options);
  const again = await store.openUpload(NAMED);
  assertEquals(again.durableBytes, 0);
  await again.write(BYTES);
  await again.finish(sampleFile(1));
  await again.close();
  assertEquals(await get(store, sampleId(1)), BYTES);
  assertEquals(contentsOf(path).length, 1);
  store.close();
});

testIn("files: a plain part that was damaged is noticed at its end", async (path) => {
  await putPart(path);
  const file = join(`${path}.files`, contentsOf(path)[0]!);
  Deno.writeFileSync(file, sampleBytes(3000, 2));
  const store = openSqliteStore(path);
  await assertRejects(() => put(store, sampleFile(1), BYTES), Error, "SHA-256");
  await put(store, sampleFile(1), BYTES);
  assertEquals(await get(store, sampleId(1)), BYTES);
  store.close();
});

testIn("files: where no content can be put, that is told and all else is kept", async (path) => {
  Deno.writeTextFileSync(`${path}.files`, "a file in the place of the folder");
  const store = openSqliteStore(path);
  const error = await assertRejects(() => put(store, sampleFile(1), BYTES), UsageError, path);
  assertStringIncludes(error.message, ".files");
  assertStringIncludes(error.hint!, "may this user write there?");
  await store.addManifest(sampleManifest(1));
  await store.addEvent(sampleEvent(1));
  Deno.removeSync(`${path}.files`);
  await put(store, sampleFile(1), BYTES);
  assertEquals(await get(store, sampleId(1)), BYTES);
  store.close();
});

testIn("files: rows that other hands have changed are not read", async (path) => {
  for (
    const change of [
      "UPDATE files SET number = 9 WHERE number = 1",
      "UPDATE files SET stored_at_ms = stored_at_ms + 1",
      "UPDATE files SET content = 2 WHERE number = 1",
      "UPDATE contents SET number = number + 10; UPDATE files SET content = 12 WHERE number = 1",
      "UPDATE files SET content = 77 WHERE number = 1",
      "UPDATE contents SET is_whole = 0 WHERE number = 1",
    ]
  ) {
    for (const key of [undefined, sampleKey(1)]) {
      const store = openSqliteStore(path, { key });
      for (const n of [1, 2]) await put(store, sampleFile(n), sampleBytes(100, n));
      alter(path, change);
      const error = await assertRejects(() => get(store, sampleId(1)), RecordError, sampleId(1));
      assertStringIncludes(error.hint!, "backup", change);
      store.close();
      Deno.removeSync(path);
    }
  }
});

for (const key of ["-", "1"]) {
  testIn(
    `files: what the disk does not take is told, and the rest is kept (key ${key})` +
      (isUnix ? "" : " (skipped: only Unix can bound a process's files; run the tests there)"),
    async (path) => {
      const options = { args: [key], maxBlocks: 4000 };
      const [why, kept] = (await runStore("full", path, options)).split("\n");
      assertStringIncludes(why!, `UsageError: Cannot write ${path}.files`);
      assertEquals(kept, "kept");
      // What was put of it takes no room from others.
      assertEquals(contentsOf(path), []);
      const store = openSqliteStore(path, { key: key === "-" ? undefined : sampleKey(1) });
      assertEquals(store.eventNumbers().last, 1);
      assertEquals(store.files(0, 10), []);
      const bytes = sampleBytes(8_000_000);
      await put(store, sampleFile(1), bytes);
      assertEquals(sha256Of((await get(store, sampleId(1)))!), sha256Of(bytes));
      assertEquals(contentsOf(path).length, 1);
      store.close();
    },
    { ignore: !isUnix },
  );

  testIn(
    `files: kill -9 of who puts one loses nothing that was durable (key ${key})`,
    async (path) => {
      const size = 24 * 1024 * 1024 + 12_345;
      let [durable, kills] = [0, 0];
      for (;;) {
        const child = spawnStore("put", path, { args: [size, key] });
        const stdin = child.stdin.getWriter();
        // So far it comes, unless it is let do all: it is killed somewhere before.
        if (kills < 3) await stdin.write(new Uint8Array(6));
        else await stdin.close();
        let left = kills < 3 ? 1 + Math.floor(Math.random() * 6) : Infinity;
        let [begun, last] = [-1, ""];
        for await (const line of linesOf(child.stdout)) {
          last = line;
          if (begun < 0) {
            begun = Number(line);
            assert(begun >= durable, `it begins at ${begun}, and ${durable} were durable`);
          }
          if (line !== "done") durable = Number(line);
          if (--left === 0) child.kill("SIGKILL");
        }
        if (kills < 3) await stdin.close().catch(() => {/* the process is gone, and its end */});
        const { success } = await child.status;
        if (success) {
          assertEquals([last, durable], ["done", size]);
          break;
        }
        kills++;
      }
      assertEquals(kills, 3);
      const store = openSqliteStore(path, { key: key === "-" ? undefined : sampleKey(1) });
      const bytes = await get(store, sampleId(1));
      assertEquals(sha256Of(bytes!), store.file(sampleId(1))!.sha256);
      assertEquals(sha256Of(bytes!), sha256Of(sampleBytes(size)));
      assertEquals(await store.removeLeftovers(), 0);
      store.close();
      assertEquals(contentsOf(path).length, 1);
    },
  );
}

testIn(
  "files: of two processes that put the same, one is refused and can try again",
  async (path) => {
    const child = spawnStore("put", path, { args: [BYTES.length, "-"] });
    const lines = linesOf(child.stdout)[Symbol.asyncIterator]();
    assertEquals((await lines.next()).value, "0");
    // It waits here.
    const store = openSqliteStore(path);
    const error = await assertRejects(() => store.openUpload(NAMED), BusyContentError);
    assertStringIncludes(error.message, "Another process is putting");
    await child.stdin.close();
    assertEquals((await lines.next()).value, "5000");
    assertEquals((await lines.next()).value, "done");
    assertEquals((await lines.next()).done, true);
    assertEquals((await child.status).code, 0);
    assertEquals((await put(store, sampleFile(2), BYTES)).duplicate, false);
    for (const n of [1, 2]) assertEquals(await get(store, sampleId(n)), sampleBytes(5000));
    assertEquals(contentsOf(path).length, 1);
    store.close();
  },
);
