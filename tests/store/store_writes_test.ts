import { assert, assertEquals, assertRejects } from "@std/assert";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { ConflictError, SealedError, type Store } from "../../lib/store/store.ts";
import { sampleBytes, sha256 } from "../helpers/sample_files.ts";
import { sampleDocument, sampleId, sampleManifest } from "../helpers/samples.ts";
import { alter, failOn, testInFolder } from "../helpers/store_files.ts";

const NONE = { manifest: 0, document: 0, message: 0, file: 0, content: 0, cleanup: 0 };

const testIn = (name: string, fn: (path: string) => Promise<void>) =>
  testInFolder(`store writes: ${name}`, async (path) => await fn(path));

testIn("each is timed by its kind, and commits are counted", async (path) => {
  const store = openSqliteStore(path);
  assertEquals(counts(store), NONE);
  await Promise.all([1, 2, 3].map((number) => store.addManifest(sampleManifest(number))));
  assertEquals(store.writes.commits, 1);
  await store.addDocument(sampleDocument(4));
  assertEquals(store.writes.commits, 2);
  const what = { type: "text", text: "hello" } as const;
  await store.addEvent({ id: sampleId(1), name: "Ann", dialect: "tcp", what });
  await store.addEvent({ id: sampleId(1), name: "Ann", dialect: "tcp", what });
  assertEquals(store.writes.commits, 4);
  assertEquals(counts(store), { ...NONE, manifest: 3, document: 1, message: 2 });
  const bytes = sampleBytes(1000);
  const upload = await store.openUpload({ size: 1000, sha256: sha256(bytes) });
  await upload.write(bytes);
  await upload.finish({ id: sampleId(1), name: "x", source: "" });
  await upload.close();
  const { file, content, cleanup } = counts(store);
  assertEquals([file, cleanup], [1, 0]);
  assert(content! > 0);
  await store.forgetEvents({ maxCount: 0, sinceMs: 0 });
  // The second one finds nothing more.
  assertEquals(counts(store).cleanup, 2);
  assertEquals([store.writes.failedCommits, store.writes.isFailing], [0, false]);
  for (const { sumMs } of Object.values(store.writes.durations)) assert(sumMs > 0);
  store.close();
});

testIn("a commit that fails is counted, and the next one that does not ends that", async (path) => {
  const store = openSqliteStore(path);
  const callOff = failOn(path, sampleId(13));
  const results = await Promise.allSettled(
    [12, 13].map((number) => store.addManifest(sampleManifest(number))),
  );
  assertEquals(results.map(({ status }) => status), ["rejected", "rejected"]);
  const { writes } = store;
  assertEquals([writes.commits, writes.failedCommits, writes.isFailing], [0, 1, true]);
  assertEquals(counts(store).manifest, 0);
  await store.addManifest(sampleManifest(1));
  assertEquals([writes.commits, writes.failedCommits, writes.isFailing], [1, 1, false]);
  callOff();
  alter(path, "UPDATE seal SET is_rekeying = 1");
  await assertRejects(() => store.addManifest(sampleManifest(2)), SealedError);
  assertEquals([writes.commits, writes.failedCommits, writes.isFailing], [1, 2, true]);
  store.close();
});

testIn("what concerns one record alone is no failure of the store", async (path) => {
  const store = openSqliteStore(path);
  await store.addManifest(sampleManifest(1));
  const other = sampleManifest(1, { source: "another yard" });
  await assertRejects(() => store.addManifest(other), ConflictError);
  assertEquals(store.writes.isFailing, false);
  assertEquals([store.writes.commits, counts(store).manifest], [2, 1]);
  store.close();
});

function counts({ writes }: Store): Record<string, number> {
  return Object.fromEntries(
    Object.entries(writes.durations).map(([kind, { buckets }]) => [
      kind,
      buckets.reduce((sum, count) => sum + count, 0),
    ]),
  );
}
