import {
  assert,
  assertEquals,
  assertRejects,
  assertStringIncludes,
  assertThrows,
} from "@std/assert";
import { DatabaseSync } from "node:sqlite";
import { UsageError } from "../../lib/errors.ts";
import { formatKeyId, keyId } from "../../lib/seal/key.ts";
import { RecordError } from "../../lib/seal/record.ts";
import { rekeyStore } from "../../lib/store/rekey.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { readStoreInfo } from "../../lib/store/sqlite_info.ts";
import { ConflictError, SealedError } from "../../lib/store/store.ts";
import { sampleId, sampleKey, sampleManifest } from "../helpers/samples.ts";
import { alter, blob, findInFiles, testInFolder } from "../helpers/store_files.ts";

const KEY = sampleKey(1);
const OTHER = sampleKey(2);
const FINGERPRINT = formatKeyId(keyId(KEY));
const OTHER_FINGERPRINT = formatKeyId(keyId(OTHER));

const testIn = (name: string, fn: (path: string, folder: string) => void | Promise<void>) =>
  testInFolder(`sealed store: ${name}`, fn);

/** Makes a store with the manifests 1, 2 and 3 in it. */
async function makeStore(path: string, key?: Uint8Array): Promise<void> {
  const store = openSqliteStore(path, { key });
  for (const n of [1, 2, 3]) await store.addManifest(sampleManifest(n));
  store.close();
}

testIn(
  "nothing that manifests say is in its files, neither open nor closed",
  async (path, folder) => {
    const words = ["Пермь", "Yard 7", "yard of the test", "Köln", "Łódź"];
    const found = () => words.flatMap((word) => findInFiles(folder, word));
    const fill = async (key?: Uint8Array) => {
      const store = openSqliteStore(path, { key });
      const adding = Array.from({ length: 3000 }, (_, n) => {
        const wagons = 3_000_000_000 + n;
        // Some take several pages each.
        const cities = Array.from({ length: n % 100 === 0 ? 500 : 1 }, (_, i) => `Пермь ${i}`);
        const entries = cities.map((city) => ({ city, wagons }));
        return store.addManifest(
          n % 2 === 0
            ? sampleManifest(n, { source: "yard of the test", entries })
            : sampleManifest(n),
        );
      });
      await Promise.all(adding);
      return store;
    };
    const store = await fill(KEY);
    const names = Array.from(Deno.readDirSync(folder), ({ name }) => name).sort();
    assertEquals(names, ["wagons.db", "wagons.db-shm", "wagons.db-wal"]);
    assertEquals(found(), []);
    assert([...store.manifests({})].length === 3000);
    // What is refused is not written either.
    const other = sampleManifest(1, { source: "yard of the test" });
    await assertRejects(() => store.addManifest(other), ConflictError);
    assertEquals(found(), []);
    store.close();
    assertEquals(found(), []);
    // The same search finds them all in a plain store.
    Deno.removeSync(path);
    (await fill()).close();
    assertEquals(found().length, words.length, String(found()));
  },
);

testIn("a manifest that failed to be stored leaves nothing in its files", async (path, folder) => {
  const store = openSqliteStore(path, { key: KEY });
  alter(
    path,
    `CREATE TRIGGER failing BEFORE INSERT ON manifests WHEN NEW.id = ${blob(sampleId(999))}
     BEGIN SELECT RAISE(ABORT, 'the disk is on fire'); END`,
  );
  const adding = Array.from({ length: 1000 }, (_, n) => store.addManifest(sampleManifest(n)));
  const results = await Promise.allSettled(adding);
  assert(results.every(({ status }) => status === "rejected"));
  assertEquals(findInFiles(folder, "Köln"), []);
  store.close();
  assertEquals(findInFiles(folder, "Köln"), []);
});

testIn("its seal is there from the beginning, and an empty plain store gets one", async (path) => {
  openSqliteStore(path).close();
  assertEquals(readStoreInfo(path).keyId, undefined);
  openSqliteStore(path, { key: KEY }).close();
  assertEquals(readStoreInfo(path).keyId, keyId(KEY));
  assertThrows(() => openSqliteStore(path), UsageError, FINGERPRINT);
  await makeStore(path, KEY);
  const store = openSqliteStore(path, { key: KEY });
  const again = await store.addManifest(sampleManifest(1));
  assertEquals(again.duplicate, true);
  assertEquals([...store.manifests({})].length, 3);
  store.close();
});

testIn("to be written it takes its own key", async (path) => {
  await makeStore(path, KEY);
  const none = assertThrows(() => openSqliteStore(path), UsageError, path);
  assertStringIncludes(none.message, `sealed with the key ${FINGERPRINT}, and no key was given`);
  const other = assertThrows(() => openSqliteStore(path, { key: OTHER }), UsageError, path);
  assertStringIncludes(other.message, FINGERPRINT);
  assertStringIncludes(other.message, `the key that was given is ${OTHER_FINGERPRINT}`);
  for (const { hint } of [none, other]) {
    assertStringIncludes(hint!, "--store-key-file");
    assertStringIncludes(hint!, "WAGONS_STORE_KEY_FILE");
  }
});

testIn("a plain store that has manifests is not written with a key", async (path) => {
  await makeStore(path);
  const error = assertThrows(() => openSqliteStore(path, { key: KEY }), UsageError, FINGERPRINT);
  assertStringIncludes(error.hint!, `wagons store rekey --store ${path} --new-store-key-file FILE`);
  assertEquals(readStoreInfo(path).keyId, undefined);
});

testIn("without its key, ids and times are seen and nothing else", async (path) => {
  await makeStore(path, KEY);
  const open = openSqliteStore(path, { readOnly: true, key: KEY });
  const times = Array.from(open.manifests({}), ({ storedAtMs }) => storedAtMs);
  open.close();
  for (
    const [key, given] of [
      [undefined, "no key was given"],
      [OTHER, `the key that was given is ${OTHER_FINGERPRINT}`],
    ] as const
  ) {
    const store = openSqliteStore(path, { readOnly: true, key });
    const records = [...store.records({})];
    assertEquals(records.map(({ id }) => id), [1, 2, 3].map(sampleId));
    assertEquals(records.map(({ storedAtMs }) => storedAtMs), times);
    assertEquals(records.map(({ lockedBy }) => lockedBy), [FINGERPRINT, FINGERPRINT, FINGERPRINT]);
    for (
      const read of [
        () => store.manifest(sampleId(1)),
        () => [...store.manifests({})],
        () => records[0]!.read(),
      ]
    ) {
      const error = assertThrows(read, SealedError, "3 of 3 manifests");
      assertStringIncludes(error.message, `sealed with the key ${FINGERPRINT}, and ${given}`);
      assertStringIncludes(error.hint!, "WAGONS_STORE_KEY_FILE");
      assertEquals(error.exitCode, 5);
    }
    assertEquals(store.manifest(sampleId(9)), undefined);
    assertEquals([...store.manifests({ untilMs: 0 })], []);
    store.close();
  }
});

testIn("records that were moved or given another time do not open", async (path) => {
  const [one, two] = [1, 2].map((n) => blob(sampleId(n)));
  const changes = [
    `UPDATE manifests SET body = (SELECT body FROM manifests WHERE id = ${two}) WHERE id = ${one}`,
    `UPDATE manifests SET stored_at_ms = stored_at_ms - 1 WHERE id = ${one}`,
    `UPDATE manifests SET body = substr(body, 1, length(body) - 1) WHERE id = ${one}`,
    `UPDATE manifests SET body = x'' WHERE id = ${one}`,
    `DELETE FROM manifests WHERE id = ${two}; UPDATE manifests SET id = ${two} WHERE id = ${one}`,
  ];
  for (const change of changes) {
    await makeStore(path, KEY);
    alter(path, change);
    const store = openSqliteStore(path, { key: KEY });
    const number = change.startsWith("DELETE") ? 2 : 1;
    const error = assertThrows(
      () => store.manifest(sampleId(number)),
      RecordError,
      sampleId(number),
    );
    assertStringIncludes(error.hint!, "backup");
    assertThrows(() => [...store.manifests({})], RecordError);
    // To send it again does not mend it: what is there may be another manifest.
    await assertRejects(() => store.addManifest(sampleManifest(number)), RecordError);
    assertEquals(store.manifest(sampleId(3))?.entries, sampleManifest(3).entries);
    store.close();
    Deno.removeSync(path);
  }
});

testIn("a plain record in it is not taken for one of its own", async (path, folder) => {
  const plain = `${folder}/plain.db`;
  await makeStore(plain);
  await makeStore(path, KEY);
  alter(
    path,
    `ATTACH '${plain}' AS plain; DELETE FROM manifests WHERE id = ${blob(sampleId(2))};
     INSERT INTO manifests SELECT * FROM plain.manifests WHERE id = ${blob(sampleId(2))}`,
  );
  for (const key of [KEY, undefined]) {
    const store = openSqliteStore(path, { readOnly: true, key });
    const error = assertThrows(() => store.manifest(sampleId(2)), RecordError, sampleId(2));
    assertStringIncludes(error.message, "plain");
    store.close();
  }
});

/** What somebody who has not the key can have the store say of itself. */
const claims: Record<string, string> = {
  "it is plain": "UPDATE seal SET key_id = NULL",
  "it is being sealed": "UPDATE seal SET is_rekeying = 1, old_key_id = NULL",
  "it is being sealed, with a mark": "UPDATE seal SET is_rekeying = 1, mark = zeroblob(16)",
};
for (const [what, claim] of Object.entries(claims)) {
  testIn(
    `a forged record is not read with the key, nor sealed, though ${what}`,
    async (path, folder) => {
      const plain = `${folder}/plain.db`;
      await makeStore(plain);
      await makeStore(path, KEY);
      const forged = blob(sampleId(2));
      alter(
        path,
        `ATTACH '${plain}' AS plain; DELETE FROM manifests WHERE id = ${forged};
       INSERT INTO manifests SELECT * FROM plain.manifests WHERE id = ${forged}; ${claim}`,
      );
      const store = openSqliteStore(path, { readOnly: true, key: KEY });
      assertThrows(() => store.manifest(sampleId(2)), RecordError, "is plain");
      assertThrows(() => [...store.manifests({})], RecordError, "is plain");
      assertEquals(store.manifest(sampleId(1))?.id, sampleId(1));
      store.close();
      await assertRejects(() => rekeyStore(path, { newKey: KEY }), RecordError, path);
      const after = new DatabaseSync(path);
      const { n } = after.prepare("SELECT count(*) AS n FROM manifests WHERE key_id IS NULL")
        .get()!;
      after.close();
      assertEquals(n, 1);
    },
  );
}

testIn("of several that make it at once with their own keys, one wins", async (path) => {
  openSqliteStore(path).close();
  const first = openSqliteStore(path, { key: KEY });
  assertThrows(() => openSqliteStore(path, { key: OTHER }), UsageError, OTHER_FINGERPRINT);
  await first.addManifest(sampleManifest(1));
  first.close();
});

testIn("one that was opened plain writes nothing into it", async (path, folder) => {
  // Opened while it was empty, before it got its key.
  const plain = openSqliteStore(path);
  const store = openSqliteStore(path, { key: KEY });
  const error = await assertRejects(() => plain.addManifest(sampleManifest(1)), SealedError, path);
  assertStringIncludes(error.message, `was opened with no key, and is sealed with ${FINGERPRINT}`);
  await store.addManifest(sampleManifest(2));
  await assertRejects(() => plain.addManifest(sampleManifest(3)), SealedError);
  assertEquals(Array.from(store.records({}), ({ id }) => id), [sampleId(2)]);
  assertEquals(findInFiles(folder, "Köln"), []);
  plain.close();
  store.close();
});
