import { assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { RecordError } from "../../lib/seal/record.ts";
import { ContentFolder } from "../../lib/store/content_folder.ts";
import { ContentReader } from "../../lib/store/content_reader.ts";
import { ContentShape } from "../../lib/store/content_shape.ts";
import { ContentWriter } from "../../lib/store/content_writer.ts";
import { sampleBytes } from "../helpers/room_samples.ts";
import { sampleKey } from "../helpers/samples.ts";
import { testInFolder } from "../helpers/store_files.ts";

const MAX_BYTES = 1000;
const BYTES = sampleBytes(MAX_BYTES);

/** What is done with one content. */
const history = fc.record({
  isSealed: fc.boolean(),
  chunkBytes: fc.integer({ min: 1, max: 300 }),
  size: fc.nat(MAX_BYTES),
  /** Where it is cut to be written, and after which cuts it is closed and opened again. */
  cuts: fc.array(fc.record({ at: fc.nat(MAX_BYTES), reopens: fc.boolean() }), { maxLength: 8 }),
  reads: fc.array(fc.record({ offset: fc.nat(1100), length: fc.nat(1100) }), { maxLength: 5 }),
});

testInFolder("contents: any cuts, breaks and reads are as those of a list", async (path) => {
  const folder = new ContentFolder(path);
  let number = 0;
  await fc.assert(
    fc.asyncProperty(history, async ({ isSealed, chunkBytes, size, cuts, reads }) => {
      const id = new Uint8Array(16);
      new DataView(id.buffer).setUint32(0, number++);
      const key = isSealed ? sampleKey(number % 256) : undefined;
      const shape = new ContentShape({ id, size, key, chunkBytes });
      const bytes = BYTES.slice(0, size);
      const inOrder = cuts.map(({ at, reopens }) => ({ at: Math.min(at, size), reopens }))
        .sort((a, b) => a.at - b.at);
      let writer = await ContentWriter.open(folder, shape, 0);
      for (const { at, reopens } of inOrder) {
        if (at > writer.takenBytes) await writer.write(bytes.slice(writer.takenBytes, at));
        if (!reopens) continue;
        const durable = await writer.sync();
        assertEquals(durable, shape.wholeBytes(writer.takenBytes));
        writer.close();
        const reader = await ContentReader.open(folder, shape, durable);
        assertEquals(await reader.read(0, durable), bytes.slice(0, durable));
        reader.close();
        writer = await ContentWriter.open(folder, shape, durable);
      }
      if (size > writer.takenBytes) await writer.write(bytes.slice(writer.takenBytes));
      assertEquals(await writer.sync(), size);
      writer.close();
      assertEquals(await folder.bytesOf(id), shape.storedBytes(size));
      const reader = await ContentReader.open(folder, shape);
      const read = reads.map(({ offset, length }) => reader.read(offset, length));
      for (const [i, { offset, length }] of reads.entries()) {
        assertEquals(await read[i], bytes.slice(offset, offset + length));
      }
      reader.close();
    }),
    { numRuns: 1000 },
  );
  assertEquals([...Deno.readDirSync(folder.path)].length, number);
});

const ID = new Uint8Array(16).fill(9);
const OTHER_ID = new Uint8Array(16).fill(8);
const SEALED = new ContentShape({ id: ID, size: MAX_BYTES, key: sampleKey(1), chunkBytes: 300 });
const STORED_CHUNK = 300 + 28;

async function write(folder: ContentFolder, shape: ContentShape, bytes: Uint8Array): Promise<void> {
  const writer = await ContentWriter.open(folder, shape, 0);
  await writer.write(bytes);
  await writer.sync();
  writer.close();
}

async function read(
  folder: ContentFolder,
  shape: ContentShape,
  offset: number,
): Promise<Uint8Array> {
  const reader = await ContentReader.open(folder, shape);
  try {
    return await reader.read(offset, 300);
  } finally {
    reader.close();
  }
}

testInFolder("contents: a byte that was changed is noticed where it is read", async (path) => {
  const folder = new ContentFolder(path);
  await write(folder, SEALED, BYTES);
  const file = folder.pathOf(ID);
  const stored = Deno.readFileSync(file);
  assertEquals(stored.length, MAX_BYTES + 4 * 28);
  for (let at = 0; at < stored.length; at += 13) {
    const changed = stored.slice();
    changed[at]! ^= 0x10;
    Deno.writeFileSync(file, changed);
    for (let chunk = 0; chunk < 4; chunk++) {
      const run = () => read(folder, SEALED, 300 * chunk);
      if (chunk !== Math.floor(at / STORED_CHUNK)) {
        assertEquals(await run(), BYTES.slice(300 * chunk, 300 * chunk + 300));
        continue;
      }
      const error = await assertRejects(run, RecordError, `chunk ${chunk}`);
      assertStringIncludes(error.hint!, "backup");
    }
  }
});

testInFolder(
  "contents: chunks that were swapped, doubled or left out are noticed",
  async (path) => {
    const folder = new ContentFolder(path);
    await write(folder, SEALED, BYTES);
    const file = folder.pathOf(ID);
    const stored = Deno.readFileSync(file);
    const chunks = [0, 1, 2, 3].map((i) => stored.slice(i * STORED_CHUNK, (i + 1) * STORED_CHUNK));
    for (const order of [[1, 0, 2, 3], [0, 1, 1, 3], [0, 2, 1, 3], [2, 2, 2, 3]]) {
      Deno.writeFileSync(
        file,
        new Uint8Array(await new Blob(order.map((i) => chunks[i]!)).bytes()),
      );
      for (const [at, chunk] of order.entries()) {
        const run = () => read(folder, SEALED, 300 * at);
        if (chunk === at) assertEquals(await run(), BYTES.slice(300 * at, 300 * at + 300));
        else await assertRejects(run, RecordError, `chunk ${at}`);
      }
    }
    // A shorter content that ends where a chunk does.
    const shorter = new ContentShape({ id: ID, size: 900, key: sampleKey(1), chunkBytes: 300 });
    Deno.writeFileSync(file, stored.slice(0, 3 * STORED_CHUNK));
    assertEquals(await read(folder, shorter, 300), BYTES.slice(300, 600));
    await assertRejects(() => read(folder, shorter, 600), RecordError, "chunk 2");
  },
);

testInFolder("contents: a file that is longer, shorter or another one is noticed", async (path) => {
  const folder = new ContentFolder(path);
  const plain = new ContentShape({ id: ID, size: MAX_BYTES, chunkBytes: 300 });
  for (const shape of [plain, SEALED]) {
    await write(folder, shape, BYTES);
    const file = folder.pathOf(ID);
    const stored = Deno.readFileSync(file);
    for (const bytes of [stored.slice(1), stored.slice(0, 0), new Uint8Array(stored.length + 1)]) {
      Deno.writeFileSync(file, bytes);
      const error = await assertRejects(() => read(folder, shape, 0), RecordError, file);
      assertStringIncludes(error.message, `has ${bytes.length} bytes, not ${stored.length}`);
    }
    Deno.removeSync(file);
    const error = await assertRejects(() => read(folder, shape, 0), RecordError, file);
    assertStringIncludes(error.message, "is not there");
    assertStringIncludes(error.hint!, "put the same file once more");
    Deno.removeSync(folder.path, { recursive: true });
  }
  // The file of another content with the same key.
  const other = new ContentShape({
    id: OTHER_ID,
    size: MAX_BYTES,
    key: sampleKey(1),
    chunkBytes: 300,
  });
  await write(folder, other, BYTES);
  Deno.renameSync(folder.pathOf(OTHER_ID), folder.pathOf(ID));
  await assertRejects(() => read(folder, SEALED, 0), RecordError, "chunk 0");
});

testInFolder("contents: a file that becomes shorter while it is read is noticed", async (path) => {
  const folder = new ContentFolder(path);
  for (const key of [undefined, sampleKey(1)]) {
    const shape = new ContentShape({ id: ID, size: MAX_BYTES, key, chunkBytes: 300 });
    await write(folder, shape, BYTES);
    const reader = await ContentReader.open(folder, shape);
    Deno.truncateSync(folder.pathOf(ID), 500);
    assertEquals(await reader.read(0, 300), BYTES.slice(0, 300));
    await assertRejects(() => reader.read(300, 400), RecordError, "ends at byte 500");
    reader.close();
  }
});
