import { assertEquals, assertThrows } from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { UsageError } from "../../lib/errors.ts";
import { RECORD_NONCE_BYTES, RecordError, RecordKey } from "../../lib/seal/record.ts";
import { rekeyStore } from "../../lib/store/rekey.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { readStoreInfo } from "../../lib/store/sqlite_info.ts";
import { encodeBody } from "../../lib/wire/codec.ts";
import { uuidToBytes } from "../../lib/wire/uuid.ts";
import { get, put, raise, sampleBytes, sampleEvent, sampleFile } from "../helpers/room_samples.ts";
import { sampleDocument, sampleId, sampleKey, sampleManifest } from "../helpers/samples.ts";
import { alter, testInFolder } from "../helpers/store_files.ts";

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

testInFolder("version 1: a writer brings it to version 5 and keeps all", async (path) => {
  writeVersion1(path);
  for (let opening = 1; opening <= 2; opening++) {
    const store = openSqliteStore(path);
    assertEquals([...store.manifests({})], MANIFESTS);
    const again = await store.addManifest(sampleManifest(7));
    assertEquals(again, { storedAtMs: storedAtMs(7), duplicate: true });
    store.close();
  }
  const { version, keyId, manifests } = readStoreInfo(path);
  assertEquals({ version, keyId, manifests }, { version: 5, keyId: undefined, manifests: COUNT });
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

/** Writes a store as version 2 did, word for word: sealed when there is a key. */
function writeVersion2(path: string, key?: Uint8Array): void {
  const database = new DatabaseSync(path);
  database.exec(`
    PRAGMA journal_mode = WAL;
    CREATE TABLE manifests (
      id BLOB NOT NULL UNIQUE,
      stored_at_ms INTEGER NOT NULL,
      body BLOB NOT NULL
    ) STRICT;
    CREATE INDEX manifests_by_time ON manifests (stored_at_ms);
    ALTER TABLE manifests ADD COLUMN key_id BLOB;
    CREATE TABLE seal (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      key_id BLOB,
      is_rekeying INTEGER NOT NULL,
      old_key_id BLOB,
      mark BLOB
    ) STRICT;
    INSERT INTO seal VALUES (1, NULL, 0, NULL, NULL);
    PRAGMA application_id = 0x5741474e;
    PRAGMA user_version = 2;`);
  const insert = database.prepare("INSERT INTO manifests VALUES (?, ?, ?, ?)");
  const recordKey = key === undefined ? undefined : new RecordKey(key);
  for (const { storedAtMs, ...manifest } of MANIFESTS) {
    const [id, body] = [uuidToBytes(manifest.id), encodeBody(manifest)];
    const place = { kind: "manifest", id, storedAtMs } as const;
    const nonce = crypto.getRandomValues(new Uint8Array(RECORD_NONCE_BYTES));
    insert.run(id, storedAtMs, recordKey?.seal(place, body, nonce) ?? body, recordKey?.id ?? null);
  }
  database.prepare("UPDATE seal SET key_id = ?").run(recordKey?.id ?? null);
  database.close();
}

for (const key of [undefined, sampleKey(1)]) {
  const what = key === undefined ? "version 2" : "version 2, sealed";
  testInFolder(`${what}: a reader finds nothing of later versions, and leaves it`, async (path) => {
    writeVersion2(path, key);
    const before = Deno.readFileSync(path);
    const store = openSqliteStore(path, { readOnly: true, key });
    assertEquals([...store.manifests({})], MANIFESTS);
    assertEquals(store.events({ limit: 10, maxBytes: 1000 }, raise), []);
    assertEquals(store.eventNumbers(), { oldest: undefined, last: 0 });
    assertEquals([store.files(0, 10), store.file(sampleId(1))], [[], undefined]);
    assertEquals(await store.openContent(sampleId(1)), undefined);
    assertEquals([[...store.documentRecords({})], store.document(sampleId(1))], [[], undefined]);
    store.close();
    const { version, documents, messages, files, fileBytes, records } = readStoreInfo(path);
    const counts = [version, documents, messages, files, fileBytes, records];
    assertEquals(counts, [2, 0, 0, 0, 0, COUNT]);
    assertEquals(Deno.readFileSync(path), before);
  });

  testInFolder(`${what}: a writer brings it to version 5 and keeps all`, async (path) => {
    writeVersion2(path, key);
    for (let opening = 1; opening <= 2; opening++) {
      const store = openSqliteStore(path, { key });
      assertEquals([...store.manifests({})], MANIFESTS);
      assertEquals((await store.addManifest(sampleManifest(7))).duplicate, true);
      assertEquals((await store.addEvent(sampleEvent(1))).event.number, 1);
      assertEquals((await put(store, sampleFile(1), sampleBytes(1000))).file.number, 1);
      assertEquals(await get(store, sampleId(1)), sampleBytes(1000));
      assertEquals((await store.addDocument(sampleDocument(COUNT + 1))).duplicate, opening === 2);
      store.close();
    }
    assertEquals(readStoreInfo(path).version, 5);
    assertEquals(await rekeyStore(path, { oldKey: key, newKey: sampleKey(2) }), COUNT + 5);
  });

  testInFolder(`${what}: its key is changed without it being opened before`, async (path) => {
    writeVersion2(path, key);
    assertEquals(await rekeyStore(path, { oldKey: key, newKey: sampleKey(2) }), COUNT);
    const store = openSqliteStore(path, { key: sampleKey(2) });
    assertEquals([...store.manifests({})], MANIFESTS);
    store.close();
  });
}

testInFolder(
  "version 3: a writer brings it to version 5, and what is discarded from then on is removed",
  async (path) => {
    const first = openSqliteStore(path);
    await put(first, sampleFile(1), sampleBytes(1000));
    first.close();
    alter(
      path,
      `DROP TRIGGER content_added; DROP TRIGGER content_removed; DROP TRIGGER content_renamed;
     DROP TABLE discarded; DROP TABLE documents; DROP TABLE dictionaries;
     PRAGMA user_version = 3`,
    );
    const store = openSqliteStore(path);
    assertEquals(await get(store, sampleId(1)), sampleBytes(1000));
    assertEquals(await store.removeLeftovers(), 0);
    alter(path, "DELETE FROM contents");
    assertEquals(await store.removeLeftovers(), 1);
    store.close();
    assertEquals(readStoreInfo(path).version, 5);
  },
);

/** Makes a store of version 4, word for word, with a manifest, a message and a file in it. */
async function writeVersion4(path: string, key?: Uint8Array): Promise<void> {
  const newer = openSqliteStore(path, { key });
  for (const n of [1, 2, 3]) await newer.addManifest(sampleManifest(n));
  await newer.addEvent(sampleEvent(1));
  await put(newer, sampleFile(1), sampleBytes(1000));
  newer.close();
  // The rows are as that version wrote them; the tables are made as it did.
  const tables = ["manifests", "events", "files", "contents", "discarded", "seal"];
  const database = new DatabaseSync(path);
  database.exec(`
    ${tables.map((name) => `CREATE TEMP TABLE old_${name} AS SELECT * FROM ${name};`).join("\n")}
    DROP TABLE documents; DROP TABLE dictionaries;
    ${tables.map((name) => `DROP TABLE main.${name};`).join("\n")}
    CREATE TABLE manifests (
      id BLOB NOT NULL UNIQUE,
      stored_at_ms INTEGER NOT NULL,
      body BLOB NOT NULL
    ) STRICT;
    CREATE INDEX manifests_by_time ON manifests (stored_at_ms);
    ALTER TABLE manifests ADD COLUMN key_id BLOB;
    CREATE TABLE seal (
      one INTEGER PRIMARY KEY CHECK (one = 1),
      key_id BLOB,
      is_rekeying INTEGER NOT NULL,
      old_key_id BLOB,
      mark BLOB
    ) STRICT;
    CREATE TABLE events (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id BLOB NOT NULL UNIQUE,
      stored_at_ms INTEGER NOT NULL,
      body BLOB NOT NULL,
      key_id BLOB
    ) STRICT;
    CREATE INDEX events_by_time ON events (stored_at_ms);
    CREATE TABLE files (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id BLOB NOT NULL UNIQUE,
      stored_at_ms INTEGER NOT NULL,
      body BLOB NOT NULL,
      key_id BLOB,
      content INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX files_by_content ON files (content);
    CREATE TABLE contents (
      number INTEGER PRIMARY KEY AUTOINCREMENT,
      id BLOB NOT NULL UNIQUE,
      stored_at_ms INTEGER NOT NULL,
      body BLOB NOT NULL,
      key_id BLOB,
      digest BLOB UNIQUE,
      is_whole INTEGER NOT NULL,
      durable_bytes INTEGER NOT NULL,
      used_at_ms INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE discarded (id BLOB NOT NULL PRIMARY KEY) STRICT;
    ${tables.map((name) => `INSERT INTO main.${name} SELECT * FROM old_${name};`).join("\n")}
    CREATE TRIGGER content_added AFTER INSERT ON contents BEGIN
      DELETE FROM discarded WHERE id = NEW.id;
    END;
    CREATE TRIGGER content_removed AFTER DELETE ON contents BEGIN
      INSERT OR IGNORE INTO discarded VALUES (OLD.id);
    END;
    CREATE TRIGGER content_renamed AFTER UPDATE OF id ON contents WHEN NEW.id IS NOT OLD.id BEGIN
      INSERT OR IGNORE INTO discarded VALUES (OLD.id);
      DELETE FROM discarded WHERE id = NEW.id;
    END;
    PRAGMA user_version = 4`);
  database.close();
}

for (const key of [undefined, sampleKey(1)]) {
  const what = key === undefined ? "version 4" : "version 4, sealed";
  testInFolder(`${what}: a reader finds no documents, and leaves it`, async (path) => {
    await writeVersion4(path, key);
    const before = Deno.readFileSync(path);
    const store = openSqliteStore(path, { readOnly: true, key });
    assertEquals([[...store.documentRecords({})], store.document(sampleId(1))], [[], undefined]);
    assertEquals(await get(store, sampleId(1)), sampleBytes(1000));
    store.close();
    const { version, manifests, documents, messages, files, records } = readStoreInfo(path);
    assertEquals([version, manifests, documents, messages, files, records], [4, 3, 0, 1, 1, 6]);
    assertEquals(Deno.readFileSync(path), before);
  });

  testInFolder(`${what}: a writer brings it to version 5 and keeps all`, async (path) => {
    await writeVersion4(path, key);
    for (let opening = 1; opening <= 2; opening++) {
      const store = openSqliteStore(path, { key });
      assertEquals([...store.manifests({})].length, 3);
      assertEquals((await store.addManifest(sampleManifest(2))).duplicate, true);
      assertEquals((await store.addEvent(sampleEvent(1))).duplicate, true);
      assertEquals(await get(store, sampleId(1)), sampleBytes(1000));
      assertEquals((await store.addDocument(sampleDocument(9))).duplicate, opening === 2);
      store.close();
    }
    assertEquals(readStoreInfo(path).version, 5);
    assertEquals(await rekeyStore(path, { oldKey: key, newKey: sampleKey(2) }), 8);
  });
}
