import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { formatKeyId, keyId } from "../../lib/seal/key.ts";
import { RecordError } from "../../lib/seal/record.ts";
import { rekeyStore } from "../../lib/store/rekey.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { readStoreInfo } from "../../lib/store/sqlite_info.ts";
import { ConflictError, SealedError } from "../../lib/store/store.ts";
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
import { alter, blob, findInFiles, testInFolder } from "../helpers/store_files.ts";

const KEY = sampleKey(1);
const OTHER = sampleKey(2);
const ALL = { after: 0, limit: 1_000_000, maxBytes: Number.MAX_SAFE_INTEGER };
/** A content that is known elsewhere too: a text, and its hash. */
const KNOWN = new TextEncoder().encode("Frachtbrief 4711, streng geheim. ".repeat(20_000));
const WORDS = [
  "Ольга",
  "has left",
  "Waggonliste",
  "Łódź",
  "streng geheim",
  sha256Of(KNOWN),
  sha256Of(sampleBytes(3000, 5)),
  // Any eight bytes of what is put in vain.
  sampleBytes(3000, 5).slice(1234, 1242),
];

const testIn = (name: string, fn: (path: string, folder: string) => void | Promise<void>) =>
  testInFolder(`sealed room: ${name}`, fn);

async function fill(path: string, key?: Uint8Array): Promise<ReturnType<typeof openSqliteStore>> {
  const store = openSqliteStore(path, { key, chunkBytes: 10_000 });
  const events = Array.from({ length: 1000 }, (_, n) => store.addEvent(sampleEvent(n)));
  await Promise.all(events);
  await put(store, sampleFile(1), KNOWN);
  await put(store, sampleFile(2), KNOWN, false);
  const part = await store.openUpload({ size: 3000, sha256: sha256Of(sampleBytes(3000, 5)) });
  await part.write(sampleBytes(3000, 5));
  await part.sync();
  await assertRejects(() => store.addEvent(sampleEvent(1, otherText)), ConflictError);
  await assertRejects(
    () => put(store, sampleFile(1, { name: "Waggonliste" }), KNOWN),
    ConflictError,
  );
  await part.close();
  return store;
}

const otherText = { what: { type: "text", text: "it has left, or not" } } as const;

testIn("nothing of messages and files is on the disk, open or closed", async (path, folder) => {
  const found = () => WORDS.flatMap((word) => findInFiles(folder, word));
  const store = await fill(path, KEY);
  assertEquals(found(), []);
  assertEquals(await get(store, sampleId(2)), KNOWN);
  store.close();
  assertEquals(found(), []);
  const info = readStoreInfo(path);
  const { messages, files, fileBytes, records } = info;
  assertEquals([messages, files, fileBytes, records], [1000, 2, KNOWN.length, 1004]);
  // The same search finds all in a plain store.
  Deno.removeSync(path);
  Deno.removeSync(`${path}.files`, { recursive: true });
  (await fill(path)).close();
  for (const word of WORDS) assert(findInFiles(folder, word).length > 0, String(word));
});

testIn("what was forgotten is overwritten", async (path, folder) => {
  for (const key of [undefined, KEY]) {
    const store = openSqliteStore(path, { key });
    const adding = Array.from({ length: 3000 }, (_, n) => store.addEvent(sampleEvent(n)));
    await Promise.all(adding);
    assertEquals(await store.forgetEvents({ maxCount: 0, sinceMs: 0 }), 3000);
    store.close();
    assertEquals(findInFiles(folder, "has left"), []);
    Deno.removeSync(path);
  }
});

testIn("a store that has messages or files alone is not empty", async (path) => {
  const message = openSqliteStore(path);
  await message.addEvent(sampleEvent(1));
  message.close();
  assertThrows(() => openSqliteStore(path, { key: KEY }), Error, "not sealed");
  Deno.removeSync(path);
  const upload = openSqliteStore(path);
  const part = await upload.openUpload({ size: 3000, sha256: sha256Of(sampleBytes(3000, 5)) });
  await part.write(sampleBytes(10));
  await part.close();
  upload.close();
  assertThrows(() => openSqliteStore(path, { key: KEY }), Error, "not sealed");
});

testIn("without the key nothing of them is read", async (path) => {
  (await fill(path, KEY)).close();
  for (const key of [undefined, OTHER]) {
    const store = openSqliteStore(path, { readOnly: true, key });
    assertThrows(() => store.events(ALL, raise), SealedError, "1000 of 1000 messages");
    assertThrows(() => store.file(sampleId(1)), SealedError, "2 of 2 files");
    assertThrows(() => store.files(0, 10), SealedError, formatKeyId(keyId(KEY)));
    await assertRejects(() => store.openContent(sampleId(1)), SealedError);
    assertEquals(store.eventNumbers(), { oldest: 1, last: 1000 });
    assertEquals(store.file(sampleId(9)), undefined);
    store.close();
  }
});

testIn("rows that were moved, changed or forged do not open", async (path, folder) => {
  const [one, two] = [1, 2].map((n) => blob(sampleId(n)));
  const plain = `${folder}/plain.db`;
  (await fill(plain)).close();
  const body = (table: string, id: string) => `(SELECT body FROM ${table} WHERE id = ${id})`;
  const changes: [string, "event" | "file"][] = [
    [`UPDATE events SET body = ${body("events", two!)} WHERE id = ${one}`, "event"],
    [`UPDATE events SET stored_at_ms = stored_at_ms - 1 WHERE id = ${one}`, "event"],
    [`UPDATE events SET number = 5000 WHERE id = ${one}`, "event"],
    [`UPDATE events SET body = ${body("files", one!)} WHERE id = ${one}`, "event"],
    [`UPDATE files SET body = ${body("files", two!)} WHERE id = ${one}`, "file"],
    [`UPDATE contents SET body = zeroblob(100) WHERE number = 1`, "file"],
    [`UPDATE contents SET stored_at_ms = stored_at_ms + 1 WHERE number = 1`, "file"],
    [
      `ATTACH '${plain}' AS plain; DELETE FROM events WHERE id = ${one};
       INSERT INTO events SELECT * FROM plain.events WHERE id = ${one}`,
      "event",
    ],
    [
      `ATTACH '${plain}' AS plain; DELETE FROM files WHERE id = ${one};
       INSERT INTO files SELECT * FROM plain.files WHERE id = ${one}`,
      "file",
    ],
  ];
  for (const [change, what] of changes) {
    (await fill(path, KEY)).close();
    alter(path, change);
    const store = openSqliteStore(path, { key: KEY });
    if (what === "event") {
      assertThrows(() => store.events(ALL, raise), RecordError, undefined, change);
    } else await assertRejects(() => get(store, sampleId(1)), RecordError, undefined, change);
    store.close();
    Deno.removeSync(path);
    Deno.removeSync(`${path}.files`, { recursive: true });
  }
});

testIn("an event that does not open is left out, and the others are read", async (path) => {
  (await fill(path, KEY)).close();
  const damages = [
    "body = zeroblob(99) WHERE number = 1000",
    "key_id = zeroblob(16) WHERE number IN (500, 501)",
    "stored_at_ms = stored_at_ms + 1 WHERE number BETWEEN 10 AND 20",
    "body = x'' WHERE number = 1",
  ];
  for (const damage of damages) alter(path, `UPDATE events SET ${damage}`);
  const damaged = [1, ...Array.from({ length: 11 }, (_, i) => 10 + i), 500, 501, 1000];
  const store = openSqliteStore(path, { key: KEY });
  const told: number[] = [];
  const read = (range: { after?: number; before?: number }, limit: number) =>
    store.events({ ...range, limit, maxBytes: 1e9 }, (number, error) => {
      assert(error instanceof RecordError || error instanceof SealedError, String(error));
      told.push(number);
    }).map(({ number }) => number);
  const whole = Array.from({ length: 1000 }, (_, i) => i + 1).filter((n) => !damaged.includes(n));
  assertEquals(read({ after: 0 }, 2000), whole);
  assertEquals(told, damaged);
  assertEquals(read({}, 2), [998, 999]);
  assertEquals(read({ before: 502 }, 2), [498, 499]);
  // By pages that are shorter than the hole.
  const paged: number[] = [];
  for (let page = read({ after: 0 }, 3); page.length > 0; page = read({ after: page.at(-1)! }, 3)) {
    paged.push(...page);
  }
  assertEquals(paged, whole);
  store.close();
});

testIn("a server with the old key keeps nothing from a change of it on", async (path) => {
  const store = await fill(path, KEY);
  const bytes = sampleBytes(3000, 7);
  const upload = await store.openUpload({ size: 3000, sha256: sha256Of(bytes) });
  await rekeyStore(path, { oldKey: KEY, newKey: OTHER, chunkBytes: 10_000 });
  await assertRejects(() => store.addEvent(sampleEvent(5000)), SealedError, "is sealed with");
  await assertRejects(() => store.addManifest(sampleManifest(1)), SealedError);
  await assertRejects(() => store.openUpload({ size: 1 }), SealedError);
  await assertRejects(() => store.removeLeftovers(), SealedError);
  await upload.write(bytes);
  await assertRejects(() => upload.sync(), SealedError);
  await assertRejects(() => upload.finish(sampleFile(3)), SealedError);
  await upload.close();
  store.close();
  const again = openSqliteStore(path, { key: OTHER, chunkBytes: 10_000 });
  await put(again, sampleFile(3), bytes);
  assertEquals(again.files(0, 10).length, 3);
  again.close();
});

testIn("a record that does not open keeps no other from being stored with it", async (path) => {
  const store = openSqliteStore(path, { key: KEY });
  await store.addEvent(sampleEvent(1));
  await store.addManifest(sampleManifest(1));
  for (const table of ["events", "manifests"]) {
    alter(path, `UPDATE ${table} SET body = zeroblob(99)`);
  }
  const results = await Promise.allSettled([
    store.addEvent(sampleEvent(1)),
    store.addManifest(sampleManifest(1)),
    store.addEvent(sampleEvent(2)),
    store.addManifest(sampleManifest(2)),
  ]);
  assertEquals(results.map(({ status }) => status), [
    "rejected",
    "rejected",
    "fulfilled",
    "fulfilled",
  ]);
  assertEquals(
    store.events({ after: 1, limit: 9, maxBytes: 1e6 }, raise).map(({ number }) => number),
    [
      2,
    ],
  );
  assertEquals(store.manifest(sampleId(2))?.id, sampleId(2));
  store.close();
});
