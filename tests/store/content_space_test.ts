import { assert, assertEquals, assertRejects } from "@std/assert";
import { BusyContentError, NoRoomError } from "../../lib/store/file_store.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import type { Store } from "../../lib/store/store.ts";
import { get, put, sampleBytes, sampleFile, sha256Of } from "../helpers/room_samples.ts";
import { sampleId, sampleKey } from "../helpers/samples.ts";
import { testInFolder } from "../helpers/store_files.ts";

const named = (bytes: Uint8Array) => ({ size: bytes.length, sha256: sha256Of(bytes) });
const [A, B] = [sampleBytes(600, 1), sampleBytes(500, 2)];

function testBounded(name: string, fn: (store: Store, path: string) => Promise<void>): void {
  testInFolder(`content space: ${name}`, async (path) => {
    const store = openSqliteStore(path, {
      key: sampleKey(1),
      chunkBytes: 100,
      maxContentBytes: 1000,
    });
    try {
      await fn(store, path);
    } finally {
      store.close();
    }
  });
}

testBounded("what is being put counts as if all of it were there", async (store) => {
  const a = await store.openUpload(named(A));
  const error = await assertRejects(() => store.openUpload(named(B)), NoRoomError);
  assertEquals(
    error.message,
    "There is no room for 500 bytes: of the 1000B that all files may take together, 400B are free",
  );
  await assertRejects(() => store.openUpload({ size: 401 }), NoRoomError);
  const other = await store.openUpload({ size: 400 });
  await assertRejects(() => store.openUpload({ size: 1 }), NoRoomError);
  await (await store.openUpload({ size: 0 })).close();
  await other.close();
  await a.close();
  await put(store, sampleFile(2), B);
});

testBounded(
  "of what was put in part only that part counts, and it can be gone on with",
  async (store) => {
    const a = await store.openUpload(named(A));
    await a.write(A.slice(0, 500));
    await a.close();
    await put(store, sampleFile(2), B);
    await assertRejects(() => store.openUpload(named(A)), NoRoomError, "for 100 bytes");
  },
);

testBounded(
  "who goes on with a content of somebody else has the room of that one",
  async (store) => {
    const first = await store.openUpload(named(A));
    await first.write(A.slice(0, 100));
    await assertRejects(() => store.openUpload(named(A)), BusyContentError);
    await assertRejects(() => store.openUpload(named(B)), NoRoomError, "400B are free");
    await first.close();
    const second = await store.openUpload(named(A));
    await assertRejects(() => store.openUpload(named(B)), NoRoomError, "400B are free");
    await second.write(A.slice(second.durableBytes));
    await second.finish(sampleFile(1));
    await second.close();
    assertEquals(await get(store, sampleId(1)), A);
    await assertRejects(() => store.openUpload(named(B)), NoRoomError, "400B are free");
  },
);

testBounded(
  "a content that is there takes no room, also when the bound was lowered",
  async (store, path) => {
    await put(store, sampleFile(1), A);
    await put(store, sampleFile(2), A);
    const lower = openSqliteStore(path, {
      key: sampleKey(1),
      chunkBytes: 100,
      maxContentBytes: 10,
    });
    await put(lower, sampleFile(3), A);
    await put(lower, sampleFile(4), new Uint8Array(0));
    await assertRejects(() => lower.openUpload({ size: 1 }), NoRoomError, "0B are free");
    lower.close();
  },
);

testBounded("of many at once only so many are taken as there is room for", async (store) => {
  const uploads = await Promise.allSettled(
    Array.from({ length: 20 }, (_, i) => {
      const bytes = sampleBytes(100, i + 1);
      return store.openUpload(i % 2 === 0 ? named(bytes) : { size: 100 });
    }),
  );
  const taken = uploads.flatMap((it) => it.status === "fulfilled" ? [it.value] : []);
  for (const it of uploads) assert(it.status === "fulfilled" || it.reason instanceof NoRoomError);
  assertEquals(taken.length, 10);
  await Promise.all(taken.map((upload) => upload.close()));
});
