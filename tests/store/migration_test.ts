import { assertEquals, assertThrows } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { UsageError } from "../../lib/errors.ts";
import { RecordError } from "../../lib/seal/record.ts";
import { rekeyStore } from "../../lib/store/rekey.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { readStoreInfo } from "../../lib/store/sqlite_info.ts";
import { encodeBody } from "../../lib/wire/codec.ts";
import { uuidToBytes } from "../../lib/wire/uuid.ts";
import { sampleId, sampleKey, sampleManifest } from "../helpers/samples.ts";
import { testInFolder } from "../helpers/store_files.ts";

const COUNT = 300;
/** When the manifest of a number was stored. */
const storedAtMs = (number: number) => 1_700_000_000_000 + number;
const MANIFESTS = Array.from(
  { length: COUNT },
  (_, n) => ({ ...sampleManifest(n), storedAtMs: storedAtMs(n) }),
);

/** Writes a store as version 1 did, word for word. */
function writeVersion1(path: string): void {
  const database = new DatabaseSync(path);
  database.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE manifests (
      id BLOB NOT NULL UNIQUE,
      stored_at_ms INTEGER NOT NULL,
      body BLOB NOT NULL
    ) STRICT;
    CREATE INDEX manifests_by_time ON manifests (stored_at_ms);
    PRAGMA application_id = 0x5741474e;
    PRAGMA user_version = 1;`);
  const insert = database.prepare("INSERT INTO manifests VALUES (?, ?, ?)");
  for (const { storedAtMs, ...manifest } of MANIFESTS) {
    insert.run(uuidToBytes(manifest.id), storedAtMs, encodeBody(manifest));
  }
  database.close();
}

testInFolder("version 1: a writer brings it to version 2 and keeps all", async (path) => {
  writeVersion1(path);
  for (let opening = 1; opening <= 2; opening++) {
    const store = openSqliteStore(path);
    assertEquals([...store.manifests({})], MANIFESTS);
    const again = await store.addManifest(sampleManifest(7));
    assertEquals(again, { storedAtMs: storedAtMs(7), duplicate: true });
    store.close();
  }
  const { version, keyId, manifests } = readStoreInfo(path);
  assertEquals({ version, keyId, manifests }, { version: 2, keyId: undefined, manifests: COUNT });
  const store = openSqliteStore(path);
  await store.addManifest(sampleManifest(COUNT));
  assertEquals([...store.records({})].at(-1)!.id, sampleId(COUNT));
  store.close();
});

testInFolder("version 1: a reader reads it and leaves it as it is", (path) => {
  writeVersion1(path);
  const before = Deno.readFileSync(path);
  const store = openSqliteStore(path, { readOnly: true });
  assertEquals([...store.manifests({})], MANIFESTS);
  assertEquals(store.manifest(sampleId(7)), MANIFESTS[7]!);
  assertEquals([...store.records({})].every(({ lockedBy }) => lockedBy === undefined), true);
  store.close();
  // With a key nothing plain is taken.
  const keyed = openSqliteStore(path, { readOnly: true, key: sampleKey(1) });
  assertThrows(() => [...keyed.manifests({})], RecordError, "is plain, and a key was given");
  keyed.close();
  const info = readStoreInfo(path);
  assertEquals([info.version, info.manifests, info.keyId], [1, COUNT, undefined]);
  assertEquals(Deno.readFileSync(path), before);
});

testInFolder("version 1: it is not written with a key before it is sealed", async (path) => {
  writeVersion1(path);
  const error = assertThrows(() => openSqliteStore(path, { key: sampleKey(1) }), UsageError, path);
  assertEquals(
    error.hint,
    `Seal them with: wagons store rekey --store ${path} --new-store-key-file FILE`,
  );
  assertEquals(await rekeyStore(path, { newKey: sampleKey(1), batchRecords: 7 }), COUNT);
  const store = openSqliteStore(path, { key: sampleKey(1) });
  assertEquals([...store.manifests({})], MANIFESTS);
  store.close();
});
