/**
 * Documents in SQLite: sealed, damaged, long ones, and under another key.
 *
 * @module
 */

import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { InterruptedError, UsageError } from "../../lib/errors.ts";
import type { Value } from "../../lib/formats/value.ts";
import { formatKeyId, keyId } from "../../lib/seal/key.ts";
import { RecordError } from "../../lib/seal/record.ts";
import { rekeyStore } from "../../lib/store/rekey.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { readStoreInfo } from "../../lib/store/sqlite_info.ts";
import { ConflictError, SealedError, type Store } from "../../lib/store/store.ts";
import { sampleDocument, sampleId, sampleKey, sampleManifest } from "../helpers/samples.ts";
import { alter, blob, findInFiles, testInFolder } from "../helpers/store_files.ts";

const [KEY, OTHER] = [1, 2].map(sampleKey) as [Uint8Array, Uint8Array];
const FINGERPRINT = formatKeyId(keyId(KEY));
const WORDS = ["поезд", "streng geheim", "Yard 7", "Yard of the test"];

const testIn = (name: string, fn: (path: string, folder: string) => void | Promise<void>) =>
  testInFolder(`documents: ${name}`, fn);

function document(number: number) {
  const text = "streng geheim ".repeat(number % 10 === 0 ? 10_000 : 1);
  const dictionary = new Map<string, Value>([...sampleDocument(number).dictionary, ["text", text]]);
  return sampleDocument(number, { dictionary });
}

async function fill(path: string, count: number, key?: Uint8Array): Promise<void> {
  const store = openSqliteStore(path, { key });
  const adding = Array.from({ length: count }, (_, n) => store.addDocument(document(n)));
  await Promise.all(adding);
  const other = sampleDocument(1, { source: "Yard of the test" });
  await assertRejects(() => store.addDocument(other), ConflictError);
  store.close();
}

/** Makes sure that a store holds just these documents. */
function assertHolds(path: string, count: number, key?: Uint8Array): void {
  const store = openSqliteStore(path, { readOnly: true, key });
  const found = Array.from(store.documentRecords({}), (record) => record.read());
  store.close();
  assertEquals(found.map(({ id }) => id), Array.from({ length: count }, (_, n) => sampleId(n)));
  for (const [n, { storedAtMs: _, ...rest }] of found.entries()) assertEquals(rest, document(n));
}

testIn("of sealed ones nothing is on the disk, open or closed", async (path, folder) => {
  const found = () => WORDS.flatMap((word) => findInFiles(folder, word));
  const store = openSqliteStore(path, { key: KEY });
  await Promise.all([1, 2, 3, 10].map((n) => store.addDocument(document(n))));
  assertEquals(found(), []);
  store.close();
  assertEquals(found(), []);
  const { documents, records } = readStoreInfo(path);
  assertEquals([documents, records], [4, 8]);
  // The same search finds all but the last, which nobody has sent, in a plain store.
  Deno.removeSync(path);
  await fill(path, 20);
  assertEquals(WORDS.map((word) => findInFiles(folder, word).length > 0), [
    true,
    true,
    true,
    false,
  ]);
});

testIn("without the key, ids and times are seen and nothing else", async (path) => {
  await fill(path, 3, KEY);
  for (const key of [undefined, OTHER]) {
    const store = openSqliteStore(path, { readOnly: true, key });
    const records = [...store.documentRecords({})];
    assertEquals(records.map(({ id }) => id), [0, 1, 2].map(sampleId));
    assertEquals(records.map(({ lockedBy }) => lockedBy), Array(3).fill(FINGERPRINT));
    for (
      const read of [
        () => records[1]!.head(),
        () => records[1]!.read(),
        () => store.document(sampleId(1)),
      ]
    ) assertThrows(read, SealedError, `3 of 3 documents in the store ${path} are sealed`);
    assertEquals(store.document(sampleId(9)), undefined);
    store.close();
  }
});

const DAMAGES: [string, string][] = [
  ["its dictionary is gone", "DELETE FROM dictionaries WHERE id = {1}"],
  [
    "it has the dictionary of another one",
    `DELETE FROM dictionaries WHERE id = {1}; UPDATE dictionaries SET id = {1} WHERE id = {2}`,
  ],
  [
    "its dictionary says something else",
    `UPDATE dictionaries SET body = (SELECT body FROM dictionaries WHERE id = {2}) WHERE id = {1}`,
  ],
];
for (const key of [undefined, KEY]) {
  const how = key === undefined ? "plain" : "sealed";
  for (const [what, sql] of DAMAGES) {
    testIn(`${how}, of which ${what}: it is not read, and the others are`, async (path) => {
      await fill(path, 4, key);
      alter(path, sql.replaceAll(/\{(\d)\}/g, (_, n) => blob(sampleId(Number(n)))));
      const store = openSqliteStore(path, { key });
      assertThrows(() => store.document(sampleId(1)), RecordError, sampleId(1));
      assertEquals(store.document(sampleId(3))?.dictionary, document(3).dictionary);
      assertEquals(namesOf(store), [4, 4, 4, 4]);
      store.close();
    });
  }
}

testIn("a sealed one that was moved or given another time does not open", async (path) => {
  await fill(path, 3, KEY);
  alter(
    path,
    `UPDATE documents SET stored_at_ms = stored_at_ms - 1 WHERE id = ${blob(sampleId(1))}`,
  );
  const store = openSqliteStore(path, { key: KEY });
  assertThrows(() => store.document(sampleId(1)), RecordError, sampleId(1));
  await assertRejects(() => store.addDocument(document(1)), RecordError);
  store.close();
});

testIn("what an id without a document has left is no conflict, nor taken for it", async (path) => {
  await fill(path, 3);
  const id = blob(sampleId(1));
  alter(path, `DELETE FROM documents WHERE id = ${id}`);
  const store = openSqliteStore(path);
  assertEquals(store.document(sampleId(1)), undefined);
  const other = document(7).dictionary;
  const add = store.addDocument({ ...document(1), dictionary: other });
  const beside = store.addManifest(sampleManifest(3));
  await assertRejects(() => add, ConflictError);
  assertEquals((await beside).duplicate, false);
  assertEquals(store.document(sampleId(1)), undefined);
  assertEquals((await store.addDocument(document(1))).duplicate, false);
  assertEquals(store.document(sampleId(1))?.dictionary, document(1).dictionary);
  store.close();
});

testIn("those that come in one turn share a commit with all else", async (path) => {
  const store = openSqliteStore(path);
  await Promise.all(
    Array.from({ length: 100 }, (_, n) => [
      store.addDocument(sampleDocument(n)),
      store.addManifest(sampleManifest(100 + n)),
    ]).flat(),
  );
  assertEquals(store.writes.commits, 1);
  store.close();
});

testIn("a list of long ones reads nothing of what they say", async (path) => {
  const store = openSqliteStore(path, { key: KEY });
  const text = "x".repeat(10 * 1024 * 1024);
  for (const n of [1, 2, 3]) {
    await store.addDocument(sampleDocument(n, { dictionary: new Map([["a", text]]) }));
  }
  store.close();
  // What is not there any more cannot be read.
  alter(path, "DELETE FROM dictionaries");
  const reader = openSqliteStore(path, { readOnly: true, key: KEY });
  assertEquals(namesOf(reader), [1, 1, 1]);
  reader.close();
});

for (
  const [name, from, to] of [
    ["a plain store is sealed", undefined, KEY],
    ["a sealed store gets another key", KEY, OTHER],
    ["the seal is taken away", KEY, undefined],
  ] as const
) {
  testIn(`${name}, with its documents`, async (path, folder) => {
    await fill(path, 100, from);
    const keys = { oldKey: from, newKey: to };
    const before = bodiesOf(path);
    assertEquals(await rekeyStore(path, { ...keys, batchRecords: 7 }), 200);
    assertHolds(path, 100, to);
    const expected = to === undefined ? [true, true, true, false] : Array(4).fill(false);
    assertEquals(WORDS.map((word) => findInFiles(folder, word).length > 0), expected);
    if (from !== undefined) {
      // Of what was sealed before, no tag is left.
      for (const body of before) assertEquals(findInFiles(folder, body.slice(-16)), []);
    }
    const store = openSqliteStore(path, { key: to });
    assertEquals((await store.addDocument(document(7))).duplicate, true);
    await assertRejects(() => store.addDocument(sampleDocument(7)), ConflictError);
    await store.addDocument(document(100));
    store.close();
  });
}

testIn("a change of the key that stops between the tables goes on", async (path) => {
  await fill(path, 20, KEY);
  const stop = new AbortController();
  const run = rekeyStore(path, {
    ...{ oldKey: KEY, newKey: OTHER, batchRecords: 10, signal: stop.signal },
    // Those of the documents are changed, and half of what they say.
    onProgress: ({ changed }) => changed >= 30 && stop.abort(),
  });
  await assertRejects(() => run, InterruptedError, "after 30 of 40 records");
  const { isRekeying, stale } = readStoreInfo(path);
  assertEquals([isRekeying, stale], [true, 10]);
  assertThrows(() => openSqliteStore(path, { key: OTHER }), UsageError);
  const reader = openSqliteStore(path, { readOnly: true, key: OTHER });
  assertEquals(namesOf(reader).length, 20);
  assertEquals(reader.document(sampleId(1))?.dictionary, document(1).dictionary);
  assertThrows(() => reader.document(sampleId(19)), SealedError, "10 of 20 dictionaries");
  reader.close();
  assertEquals(await rekeyStore(path, { oldKey: KEY, newKey: OTHER }), 10);
  assertHolds(path, 20, OTHER);
});

function namesOf(store: Store): number[] {
  return Array.from(store.documentRecords({}), (record) => record.head().names);
}

/** Some of the bodies as they stand in the file. */
function bodiesOf(path: string): Uint8Array[] {
  const database = new DatabaseSync(path);
  const rows = ["documents", "dictionaries"].flatMap((table) =>
    database.prepare(`SELECT body FROM ${table} LIMIT 10`).all()
  );
  database.close();
  assert(rows.length === 20);
  return rows.map(({ body }) => body as Uint8Array);
}
