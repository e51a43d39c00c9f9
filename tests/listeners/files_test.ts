import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import { MAX_CHUNK_BYTES, MAX_WRITING_BYTES } from "../../lib/limits/files.ts";
import { encodeFrame } from "../../lib/wire/frame_encoder.ts";
import { HeldStore } from "../helpers/held_store.ts";
import { concat, frames } from "../helpers/raw_client.ts";
import { chunk, read, sampleBytes, samplePut } from "../helpers/sample_files.ts";
import { sampleId } from "../helpers/samples.ts";
import { servePeer } from "../helpers/served_peer.ts";
import { test } from "../helpers/strict.ts";
import { turn } from "../helpers/turn.ts";

const ID = sampleId(1);

/** A store with a file, that counts what is read of it. */
async function storeWith(bytes: Uint8Array) {
  const store = new HeldStore();
  const upload = await store.openUpload({ size: bytes.length, sha256: samplePut(bytes).sha256 });
  await upload.write(bytes);
  await upload.finish({ id: ID, name: "x", source: "" });
  await upload.close();
  const counts = { reads: 0 };
  const real = store.openContent.bind(store);
  store.openContent = async (id) => {
    const content = (await real(id))!;
    return {
      ...content,
      read: (offset, length) => {
        counts.reads++;
        return content.read(offset, length);
      },
    };
  };
  return { store, counts };
}

test("a peer that takes nothing of a file makes the server read two parts, and stop", async () => {
  const bytes = sampleBytes(1_000_000);
  const { store, counts } = await storeWith(bytes);
  const served = servePeer({ store });
  served.conn.isHolding = true;
  const asked = Array.from({ length: 2000 }, (_, i) => read(i * 400, 400));
  served.conn.push(frames(...asked));
  // The peer takes what it was sent only when all else that could happen has happened.
  let reads = -1;
  while (reads !== counts.reads || !served.conn.hasHeldWrite) {
    reads = counts.reads;
    await turn();
  }
  assertLessOrEqual(counts.reads, 4);
  const readsOfConnection = served.conn.reads;
  await turn();
  assertEquals([counts.reads, served.conn.reads], [reads, readsOfConnection]);
  served.conn.isHolding = false;
  served.conn.takeWrite();
  while (served.received().length < asked.length) await turn();
  const got = served.received().map((message) => {
    assert(message.kind === "fileChunk");
    return message.data;
  });
  assertEquals(concat(...got).toHex(), bytes.subarray(0, 800_000).toHex());
  await served.close();
});

test("a file is read while other answers go on", async () => {
  const bytes = sampleBytes(MAX_CHUNK_BYTES);
  const { store } = await storeWith(bytes);
  const served = servePeer({ store });
  served.conn.push(
    frames({ kind: "fastRequest" }, read(0, MAX_CHUNK_BYTES), { kind: "fastRequest" }),
  );
  while (served.received().length < 3) await turn();
  assertEquals(served.kinds().toSorted(), ["fastResponse", "fastResponse", "fileChunk"]);
  await served.close();
});

test("a peer is not read while too much of it waits for the disk", async () => {
  const store = new HeldStore();
  const served = servePeer({ store });
  const bytes = sampleBytes(MAX_WRITING_BYTES + 4 * MAX_CHUNK_BYTES);
  served.conn.push(encodeFrame(samplePut(bytes)));
  while (served.received().length < 1) await turn();
  store.hold();
  for (let at = 0; at < bytes.length; at += MAX_CHUNK_BYTES) {
    served.conn.push(encodeFrame(chunk(bytes, at, Math.min(at + MAX_CHUNK_BYTES, bytes.length))));
  }
  let reads = -1;
  while (reads !== served.conn.reads) {
    reads = served.conn.reads;
    for (let i = 0; i < 10; i++) await turn();
  }
  // Of 64 KiB each: as much as may wait, and the frame that went beyond it.
  assertLessOrEqual(reads, (MAX_WRITING_BYTES + 2 * MAX_CHUNK_BYTES) / (64 * 1024) + 10);
  store.release();
  while (served.kinds().at(-1) !== "receipt") await turn();
  assertEquals(store.file(ID)?.size, bytes.length);
  await served.close();
});

test("a peer that leaves in the middle of its chunks, and of its reads, leaves nothing open", async () => {
  const bytes = sampleBytes(1000);
  const { store } = await storeWith(bytes);
  const other = sampleBytes(1000, 2);
  const served = servePeer({ store });
  const id = sampleId(2);
  served.conn.push(frames(samplePut(other, { id })));
  while (served.received().length < 1) await turn();
  served.conn.push(frames(chunk(other, 0, 300, id), read(0, 10), read(10, 10)));
  served.conn.push(null);
  await served.running;
  await turn();
  assertEquals(store.openUploads, 0);
});
