import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { createHash } from "node:crypto";
import { setImmediate } from "node:timers";
import { RefusedError } from "../../lib/errors.ts";
import { READ_AGAIN_BYTES, UPLOAD_IDLE_MS } from "../../lib/limits/store.ts";
import type { ContentWriter } from "../../lib/store/content_writer.ts";
import { BusyContentError, type Upload, WrongContentError } from "../../lib/store/file_store.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { ConflictError, type Store } from "../../lib/store/store.ts";
import { ContentUpload } from "../../lib/store/upload.ts";
import { get, put, sampleBytes, sampleFile, sha256Of } from "../helpers/room_samples.ts";
import { sampleId, sampleKey } from "../helpers/samples.ts";
import { testInFolder } from "../helpers/store_files.ts";
import { test } from "../helpers/strict.ts";

/** Each of them keeps one at least: whoever comes alone at its end. */
const RUNS = 500;

/** The contents that several put at the same time. */
const CONTENTS = [0, 700, 2500].map((size, i) => sampleBytes(size, i + 1));

/** Somebody who puts a content: when, how, and how far. */
const sender = fc.record({
  content: fc.nat(CONTENTS.length - 1),
  isNamed: fc.boolean(),
  /** Turns of the event loop before each of its steps. */
  waits: fc.array(fc.nat(4), { minLength: 1, maxLength: 6 }),
  cutBytes: fc.integer({ min: 1, max: 3000 }),
  syncs: fc.boolean(),
  end: fc.constantFrom("finish", "finish", "finish", "close", "wrong byte", "too long"),
});
type Sender = typeof sender extends fc.Arbitrary<infer T> ? T : never;

for (const uploadIdleMs of [0, UPLOAD_IDLE_MS]) {
  const how = uploadIdleMs === 0 ? "taking each other's over" : "waiting for each other";
  testInFolder(`uploads: of any number, ${how}, what was promised is there`, (path) => {
    return sendAny(path, uploadIdleMs);
  });
}

async function sendAny(path: string, uploadIdleMs: number): Promise<void> {
  let number = 0;
  const kept: string[] = [];
  const store = openSqliteStore(path, { key: sampleKey(1), chunkBytes: 300, uploadIdleMs });
  await fc.assert(
    fc.asyncProperty(fc.array(sender, { minLength: 1, maxLength: 5 }), async (senders) => {
      // Of another content each time, or all would be there after the first.
      const salt = number + 1;
      const contents = CONTENTS.map((bytes) => bytes.map((byte) => byte ^ (salt & 0xff)));
      contents[0] = sampleBytes(50, salt);
      const results = await Promise.allSettled(
        senders.map((sender) => send(store, sender, contents[sender.content]!, number++)),
      );
      for (const [i, result] of results.entries()) {
        if (result.status === "rejected") {
          const { reason } = result;
          const isExpected = reason instanceof RefusedError || reason instanceof ConflictError;
          assert(isExpected, String(reason?.stack ?? reason));
        } else if (result.value !== undefined) {
          kept.push(sampleId(result.value));
          const wanted = contents[senders[i]!.content]!;
          assertEquals(await get(store, sampleId(result.value)), wanted);
        }
      }
      // Who comes alone afterwards is kept, whatever the others have left: at once, or, if that was
      // wrong, when it is thrown away.
      const alone = { ...senders[0]!, end: "finish" } as const;
      const sendAlone = () => send(store, alone, contents[alone.content]!, number);
      const first = await sendAlone().catch((error) => {
        assert(error instanceof WrongContentError && hasWrong(senders), String(error?.stack));
        return sendAlone();
      });
      assertEquals(first, number);
      kept.push(sampleId(number));
      assertEquals(await get(store, sampleId(number++)), contents[alone.content]);
    }),
    { numRuns: RUNS },
  );
  // All that was kept, once more.
  for (const { id, sha256 } of store.files(0, 100_000)) {
    assertEquals(sha256Of((await get(store, id))!), sha256);
  }
  assert(kept.length >= RUNS, `${kept.length} were kept`);
  for (const id of kept) assert(store.file(id) !== undefined, id);
  assertEquals(await store.removeLeftovers(), 0);
  store.close();
}

function hasWrong(senders: readonly Sender[]): boolean {
  return senders.some(({ end }) => end === "wrong byte");
}

/** Puts a content; gives the number of its file if it was kept. */
async function send(
  store: Store,
  { isNamed, waits, cutBytes, syncs, end }: Sender,
  bytes: Uint8Array,
  number: number,
): Promise<number | undefined> {
  let step = 0;
  const pause = async () => {
    for (let turns = waits[step++ % waits.length]!; turns > 0; turns--) {
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  };
  await pause();
  const size = bytes.length;
  const upload: Upload = await store.openUpload({
    size,
    ...(isNamed ? { sha256: sha256Of(bytes) } : {}),
  });
  try {
    const sent = bytes.slice();
    if (end === "wrong byte") sent[size - 1]! ^= 1;
    const whole = end === "too long" ? new Uint8Array([...sent, 1]) : sent;
    for (let at = upload.durableBytes; at < whole.length; at += cutBytes) {
      await pause();
      if (end === "close" && at > size / 2) return undefined;
      await upload.write(whole.slice(at, at + cutBytes));
      if (syncs) await upload.sync();
    }
    await pause();
    if (end === "close") return undefined;
    await upload.finish(sampleFile(number));
    // Without a hash a wrong byte is as good as any, and one that was there before is not sent.
    return end === "finish" ? number : undefined;
  } finally {
    await upload.close();
  }
}

const LARGE = sampleBytes(5 * READ_AGAIN_BYTES + 1000);
const NAMED = { size: LARGE.length, sha256: sha256Of(LARGE) };
/** How much of it is put first. */
const PART_BYTES = 5 * READ_AGAIN_BYTES;

testInFolder("uploads: what was idle for long is taken over", async (path) => {
  const store = openSqliteStore(path, { uploadIdleMs: 0 });
  const first = await store.openUpload(NAMED);
  await first.write(LARGE.slice(0, 5000));
  const [second, third] = await Promise.all([1, 2].map(() => store.openUpload(NAMED)));
  assertEquals([first, second!, third!].map((upload) => upload.isTakenOver), [true, true, false]);
  assertEquals(third!.durableBytes, 5000);
  for (const upload of [first, second!]) {
    await assertRejects(() => upload.write(LARGE.slice(5000)), RefusedError, "Somebody else");
    await assertRejects(() => upload.sync(), RefusedError, "Somebody else");
    await assertRejects(() => upload.finish(sampleFile(9)), RefusedError, "Somebody else");
    await upload.close();
  }
  await third!.write(LARGE.slice(third!.durableBytes));
  await third!.finish(sampleFile(1));
  await third!.close();
  assertEquals(await get(store, sampleId(1)), LARGE);
  assertEquals(store.files(0, 10).length, 1);
  store.close();
});

for (const key of [undefined, sampleKey(1)]) {
  const how = key === undefined ? "plain" : "sealed";
  // All time is over from the beginning: each try gets one piece further.
  const options = { key, chunkBytes: READ_AGAIN_BYTES, hashPatienceMs: -1 };

  testInFolder(
    `uploads: what is there is hashed in as many tries as it takes, ${how}`,
    async (path) => {
      const before = openSqliteStore(path, options);
      await put(before, sampleFile(1), sampleBytes(10));
      const part = await before.openUpload(NAMED);
      await part.write(LARGE.slice(0, PART_BYTES));
      await part.close();
      before.close();
      const store = openSqliteStore(path, options);
      for (let pieces = 1; pieces < 5; pieces++) {
        // Who goes away meanwhile has not tried in vain.
        const signal = pieces === 2 ? abortedInTheMiddle() : undefined;
        const error = await assertRejects(() => store.openUpload(NAMED, signal), Error);
        if (pieces === 2) assertEquals(error.message, "gone");
        else {
          assert(error instanceof BusyContentError, error.stack);
          const done = `${pieces * READ_AGAIN_BYTES} of ${PART_BYTES} bytes`;
          assertStringIncludes(error.message, done);
        }
      }
      const upload = await store.openUpload(NAMED);
      assertEquals(upload.durableBytes, PART_BYTES);
      await upload.write(LARGE.slice(PART_BYTES));
      await upload.finish(sampleFile(2));
      await upload.close();
      assertEquals(sha256Of((await get(store, sampleId(2)))!), NAMED.sha256);
      store.close();
    },
  );

  testInFolder(
    `uploads: what was hashed in this process is not hashed again, ${how}`,
    async (path) => {
      const store = openSqliteStore(path, options);
      // A part of a sealed chunk does not count.
      const ends = [PART_BYTES, PART_BYTES + 500, PART_BYTES + (key === undefined ? 1000 : 500)];
      let from = 0;
      for (const end of ends) {
        const upload = await store.openUpload(NAMED);
        assertEquals(upload.durableBytes, from);
        await upload.write(LARGE.slice(from, end));
        await upload.close();
        from = key === undefined ? end : PART_BYTES;
      }
      const last = await store.openUpload(NAMED);
      await last.write(LARGE.slice(from));
      await last.finish(sampleFile(1));
      await last.close();
      assertEquals(sha256Of((await get(store, sampleId(1)))!), NAMED.sha256);
      store.close();
    },
  );
}

/** A signal that is aborted in the middle of the hashing: that looks a second time after a piece. */
function abortedInTheMiddle(): AbortSignal {
  const { signal } = new AbortController();
  let looks = 0;
  signal.throwIfAborted = () => {
    if (++looks === 2) throw new Error("gone");
  };
  return signal;
}

test("uploads: one whose file cannot be closed is over all the same", async () => {
  const error = new Error("the disk is gone");
  const writer = {
    takenBytes: 0,
    close: () => {
      throw error;
    },
  } as Partial<ContentWriter> as ContentWriter;
  const upload = new ContentUpload({
    content: {
      number: 1,
      id: new Uint8Array(16),
      size: 5,
      storedAtMs: 0,
      isWhole: false,
      durableBytes: 0,
    },
    writer,
    hash: createHash("sha256"),
    owner: {
      setDurable: () => Promise.resolve(true),
      keep: () => Promise.reject(new Error("it is asked")),
      discard: () => Promise.resolve(),
    },
  });
  await assertRejects(() => upload.close(), Error, error.message);
  await upload.ended;
});
