/**
 * What every store does with files.
 *
 * @module
 */

import { assert, assertEquals, assertRejects } from "@std/assert";
import { RefusedError } from "../../lib/errors.ts";
import { BusyContentError, WrongContentError } from "../../lib/store/file_store.ts";
import { ConflictError } from "../../lib/store/store.ts";
import { get, put, sampleBytes, sampleFile, sha256Of } from "../helpers/room_samples.ts";
import { sampleId } from "../helpers/samples.ts";
import type { StoreEngine, TestOpen } from "./conformance.ts";

/** Some chunks and a part of one. */
const BYTES = sampleBytes(10_000);
const NAMED = { size: BYTES.length, sha256: sha256Of(BYTES) };

/** Registers the tests. */
export function testFiles(engine: StoreEngine, testOpen: TestOpen): void {
  testOpen("a new store has no files", async (store) => {
    assertEquals(store.files(0, 10), []);
    assertEquals(store.file(sampleId(1)), undefined);
    assertEquals(await store.openContent(sampleId(1)), undefined);
    assertEquals(await store.removeLeftovers(), 0);
  });

  testOpen("keeps files as they are", async (store) => {
    const beforeMs = Date.now();
    const sizes = [0, 1, 999, 1000, 1001, 3000, 10_000];
    const files = [];
    for (const [n, size] of sizes.entries()) {
      const bytes = sampleBytes(size, n + 1);
      const { file, duplicate } = await put(store, sampleFile(n), bytes, n % 2 === 0);
      assertEquals(duplicate, false);
      const { storedAtMs } = file;
      assert(storedAtMs >= beforeMs && storedAtMs <= Date.now(), `stored at ${storedAtMs}`);
      const sha256 = sha256Of(bytes);
      const rest = { size, sha256, storedAtMs, number: n + 1 };
      assertEquals(file, { kind: "fileInfo", ...sampleFile(n), ...rest });
      assertEquals(store.file(sampleId(n)), file);
      assertEquals(await get(store, sampleId(n)), bytes);
      files.push(file);
    }
    assertEquals(store.files(0, 100), files);
    assertEquals(store.files(2, 3), files.slice(2, 5));
    assertEquals(store.files(7, 3), []);
  });

  testOpen("keeps a content once, however many files have it", async (store) => {
    await put(store, sampleFile(1), BYTES);
    const upload = await store.openUpload(NAMED);
    assertEquals(upload.durableBytes, BYTES.length);
    assertEquals(await upload.sync(), BYTES.length);
    const { file, duplicate } = await upload.finish(sampleFile(2));
    await upload.close();
    assertEquals([file.number, duplicate], [2, false]);
    await put(store, sampleFile(3), BYTES, false);
    for (const n of [1, 2, 3]) assertEquals(await get(store, sampleId(n)), BYTES);
  });

  testOpen("keeps a file once, by whichever name its sender comes again", async (store) => {
    const first = await put(store, sampleFile(1), BYTES);
    for (const isNamed of [true, false]) {
      const again = await put(store, sampleFile(1, { source: "Łódź 2" }), BYTES, isNamed);
      assertEquals(again, { file: first.file, duplicate: true });
    }
    assertEquals(store.files(0, 10), [first.file]);
  });

  testOpen("refuses another file of the same id, and keeps the one", async (store) => {
    const { file } = await put(store, sampleFile(1), BYTES);
    for (
      const [wanted, bytes] of [
        [{ name: "other.pdf" }, BYTES],
        [{}, sampleBytes(10_000, 2)],
        [{}, sampleBytes(0)],
      ] as const
    ) {
      for (const isNamed of [true, false]) {
        const run = () => put(store, sampleFile(1, wanted), bytes, isNamed);
        await assertRejects(run, ConflictError, `Another file has the id ${sampleId(1)}`);
      }
    }
    assertEquals(store.files(0, 10), [file]);
    assertEquals(await get(store, sampleId(1)), BYTES);
    // What was put in vain can be kept by another id.
    await put(store, sampleFile(2), sampleBytes(10_000, 2));
    assertEquals(await get(store, sampleId(2)), sampleBytes(10_000, 2));
  });

  testOpen("goes on with what an earlier upload has left", async (store) => {
    const first = await store.openUpload(NAMED);
    assertEquals(first.durableBytes, 0);
    await first.write(BYTES.slice(0, 2500));
    const durable = await first.sync();
    assert(durable >= 2000 && durable <= 2500, `${durable}`);
    assertEquals(first.durableBytes, durable);
    await first.close();
    const second = await store.openUpload(NAMED);
    assertEquals(second.durableBytes, durable);
    await second.write(BYTES.slice(durable, 7000));
    // The end of an upload is a wait for the disk too.
    await second.close();
    const third = await store.openUpload(NAMED);
    assert(third.durableBytes >= 6000 && third.durableBytes <= 7000, `${third.durableBytes}`);
    await third.write(BYTES.slice(third.durableBytes));
    await third.finish(sampleFile(1));
    await third.close();
    assertEquals(await get(store, sampleId(1)), BYTES);
  });

  testOpen("whoever begins what is being put is refused, until that has ended", async (store) => {
    const first = await store.openUpload(NAMED);
    await first.write(BYTES.slice(0, 5000));
    for (let i = 0; i < 3; i++) {
      await assertRejects(() => store.openUpload(NAMED), BusyContentError, "Somebody else");
    }
    await first.write(BYTES.slice(5000, 6000));
    assertEquals(first.isTakenOver, false);
    const closing = first.close();
    const [second, third] = await Promise.allSettled([1, 2].map(() => store.openUpload(NAMED)));
    await closing;
    assert(second!.status === "fulfilled" && third!.status === "rejected");
    const { durableBytes } = second!.value;
    assert(durableBytes >= 5000 && durableBytes <= 6000, `${durableBytes}`);
    await second!.value.write(BYTES.slice(durableBytes));
    await second!.value.finish(sampleFile(1));
    await second!.value.close();
    assertEquals(await get(store, sampleId(1)), BYTES);
    // All of it is there, for any number.
    const more = await Promise.all([2, 3].map(() => store.openUpload(NAMED)));
    for (const [i, upload] of more.entries()) {
      assertEquals(upload.durableBytes, BYTES.length);
      await upload.finish(sampleFile(2 + i));
      await upload.close();
    }
    assertEquals(store.files(0, 10).length, 3);
  });

  testOpen("what nobody waits for any more is not begun", async (store) => {
    const signal = AbortSignal.abort(new Error("gone"));
    await assertRejects(() => store.openUpload(NAMED, signal), Error, "gone");
    await put(store, sampleFile(1), BYTES);
  });

  testOpen("who begins while it is being finished finds it whole", async (store) => {
    const first = await store.openUpload(NAMED);
    await first.write(BYTES);
    const finishing = first.finish(sampleFile(1));
    const second = await store.openUpload(NAMED);
    assertEquals((await finishing).duplicate, false);
    assertEquals(second.durableBytes, BYTES.length);
    await second.finish(sampleFile(2));
    await first.close();
    await second.close();
    for (const n of [1, 2]) assertEquals(await get(store, sampleId(n)), BYTES);
  });

  testOpen("throws away what is not what was promised", async (store) => {
    const other = sampleBytes(BYTES.length, 2);
    const attempts: [string, { size: number; sha256?: Uint8Array }, Uint8Array][] = [
      ["its SHA-256 is another one", NAMED, other],
      ["9999 bytes have come of 10000", NAMED, BYTES.slice(1)],
      ["10001 bytes have come of 10000", NAMED, sampleBytes(10_001)],
      ["0 bytes have come of 10000", NAMED, BYTES.slice(0, 0)],
      ["9999 bytes have come of 10000", { size: 10_000 }, BYTES.slice(1)],
      ["10001 bytes have come of 10000", { size: 10_000 }, sampleBytes(10_001)],
    ];
    for (const [message, promised, bytes] of attempts) {
      const upload = await store.openUpload(promised);
      const run = async () => {
        await upload.write(bytes);
        await upload.finish(sampleFile(1));
      };
      await assertRejects(run, WrongContentError, message);
      await upload.close();
      assertEquals(store.files(0, 10), [], message);
    }
    const upload = await store.openUpload(NAMED);
    assertEquals(upload.durableBytes, 0);
    await upload.close();
    // Who lies about the size of what is being put, or is there, does not harm it.
    const liar = await store.openUpload({ ...NAMED, size: 5 });
    await liar.close();
    await put(store, sampleFile(1), BYTES);
    const lie = () => store.openUpload({ ...NAMED, size: 5 });
    await assertRejects(lie, WrongContentError, "it is one of 10000 bytes");
    assertEquals(await get(store, sampleId(1)), BYTES);
  });

  testOpen("what is put without a hash is joined to what is put with one", async (store) => {
    const named = await store.openUpload(NAMED);
    await named.write(BYTES.slice(0, 5000));
    await named.sync();
    await put(store, sampleFile(1), BYTES, false);
    await named.write(BYTES.slice(5000));
    const run = async () => {
      await named.sync();
      await named.finish(sampleFile(2));
    };
    await assertRejects(run, RefusedError, "Somebody else");
    assertEquals(named.isTakenOver, true);
    await named.close();
    const again = await store.openUpload(NAMED);
    assertEquals(again.durableBytes, BYTES.length);
    await again.finish(sampleFile(2));
    await again.close();
    for (const n of [1, 2]) assertEquals(await get(store, sampleId(n)), BYTES);
  });

  testOpen("many are put and read at the same time", async (store) => {
    const numbers = Array.from({ length: 60 }, (_, n) => n);
    await Promise.all(numbers.map((n) =>
      // Of each content two, one of them without a hash.
      put(store, sampleFile(n), sampleBytes(4000 + n % 30, n % 30), n < 30)
    ));
    const contents = await Promise.all(numbers.map((n) => get(store, sampleId(n))));
    for (const n of numbers) {
      assertEquals(contents[n], sampleBytes(4000 + n % 30, n % 30), `file ${n}`);
    }
    assertEquals(
      store.files(0, 100).map(({ number }) => number),
      numbers.map((n) => n + 1),
    );
  });

  testOpen("many read one content at any places at once", async (store) => {
    await put(store, sampleFile(1), BYTES);
    const content = (await store.openContent(sampleId(1)))!;
    const offsets = Array.from({ length: 200 }, (_, i) => (i * 977) % 11_000);
    const read = await Promise.all(offsets.map((offset) => content.read(offset, 1234)));
    content.close();
    for (const [i, offset] of offsets.entries()) {
      assertEquals(read[i], BYTES.slice(offset, offset + 1234), `from ${offset}`);
    }
  });

  testOpen("files are there when it is opened again", async (store, folder) => {
    const { file } = await put(store, sampleFile(1), BYTES);
    const part = await store.openUpload({ size: 5, sha256: sha256Of(sampleBytes(5)) });
    await part.write(sampleBytes(5));
    await part.close();
    const second = engine.open(folder);
    try {
      assertEquals(second.file(sampleId(1)), file);
      assertEquals(await get(second, sampleId(1)), BYTES);
      const again = await second.openUpload({ size: 5, sha256: sha256Of(sampleBytes(5)) });
      assertEquals(again.durableBytes, 5);
      await again.finish(sampleFile(2));
      await again.close();
    } finally {
      second.close();
    }
    assertEquals(await get(store, sampleId(2)), sampleBytes(5));
  });

  testOpen("after close() no file is taken", async (_, folder) => {
    const second = engine.open(folder);
    const upload = await second.openUpload(NAMED);
    await upload.write(BYTES.slice(0, 5000));
    second.close();
    await assertRejects(() => upload.write(BYTES.slice(5000)), Error, "The store was closed");
    await assertRejects(() => upload.finish(sampleFile(1)), Error, "The store was closed");
    await upload.close();
    await assertRejects(() => second.openUpload({ size: 1 }), Error);
  });
}
