/**
 * The short way to read and write a FileChunk: it and the generated code agree on every byte.
 *
 * @module
 */

import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { concat } from "../../lib/bytes.ts";
import { decodeBody, encodeBody, encodeParts } from "../../lib/wire/codec.ts";
import { readChunk } from "../../lib/wire/codec_chunk.ts";
import { fileFromWrapper, fileToWrapper } from "../../lib/wire/codec_files.ts";
import type { FileChunk, FileMessage } from "../../lib/wire/file_messages.ts";
import { encodeFrame } from "../../lib/wire/frame_encoder.ts";
import { TestTask } from "../../lib/wire/generated/wagons_pb.js";
import { varint32Length } from "../../lib/wire/varint.ts";
import { uuid } from "./arbitraries.ts";

const { WrapperMessage } = TestTask.Messages;
const RUNS = { numRuns: 2000 };

const offset = fc.oneof(
  fc.nat({ max: Number.MAX_SAFE_INTEGER }),
  // Around each size of a varint.
  fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: -1, max: 1 }))
    .map(([groups, more]) => Math.min(Math.max(0, 2 ** (7 * groups) + more), 2 ** 53 - 1)),
);
const data = fc.oneof(
  fc.uint8Array({ maxLength: 300, size: "max" }),
  fc.constantFrom(100, 16_350, 16_384, 100_000).map((length) =>
    new Uint8Array(length).fill(length)
  ),
);
const chunk: fc.Arbitrary<FileChunk> = fc.record({
  kind: fc.constant("fileChunk"),
  id: uuid,
  offset,
  data,
});

/** As the generated code writes it. */
function generated(chunk: FileChunk): Uint8Array {
  return new Uint8Array(WrapperMessage.encode(fileToWrapper(chunk)).finish());
}

/** As the generated code reads it; `undefined` for what is no chunk, or more than that. */
function readGenerated(bytes: Uint8Array): FileMessage | undefined {
  try {
    const wrapper = WrapperMessage.decode(bytes);
    if (Object.keys(wrapper).join() !== "fileChunk") return undefined;
    return fileFromWrapper("fileChunk", wrapper);
  } catch {
    return undefined;
  }
}

/** Without the class of what is in it: a Buffer is as good. */
function plain({ data, ...rest }: FileChunk): unknown {
  return { ...rest, data: data.toHex() };
}

Deno.test("a chunk is written as the generated code writes it, and read back", () => {
  fc.assert(
    fc.property(chunk, fc.nat(5), (chunk, before) => {
      const body = generated(chunk);
      assertEquals(encodeBody(chunk).toHex(), body.toHex());
      assertEquals(concat(encodeParts(chunk)).toHex(), body.toHex());
      const frame = encodeFrame(chunk);
      assertEquals(frame.subarray(varint32Length(body.length)).toHex(), body.toHex());
      // As it comes: somewhere in other bytes.
      const around = concat([new Uint8Array(before).fill(0xff), body, Uint8Array.of(0, 0xff)]);
      const read = readChunk(around, before, before + body.length);
      assertEquals(plain(read!), plain(chunk));
      const message = decodeBody(around, before, before + body.length);
      assert(message.kind === "fileChunk");
      assertEquals(plain(message), plain(chunk));
    }),
    RUNS,
  );
});

Deno.test("what is long is copied only when the bytes are lent", () => {
  const chunk: FileChunk = {
    kind: "fileChunk",
    id: "01890a5d-ac96-774b-bcce-b302099a8057",
    offset: 5,
    data: new Uint8Array(1000).fill(3),
  };
  assertStrictEquals(encodeParts(chunk)[1], chunk.data);
  for (const sent of [chunk, { kind: "sealed", body: new Uint8Array(1000).fill(3) } as const]) {
    for (const isOwn of [false, true]) {
      const bytes = encodeBody(sent);
      const read = decodeBody(bytes, 0, bytes.length, isOwn);
      assert(read.kind === "fileChunk" || read.kind === "sealed");
      const long = read.kind === "fileChunk" ? read.data : read.body;
      assertEquals(long.buffer === bytes.buffer, isOwn);
      bytes.fill(0xa5);
      assertEquals(long[999], isOwn ? 0xa5 : 3);
    }
  }
});

Deno.test("what is read the short way is what the generated code reads", () => {
  const change = fc.record({
    // Mostly in what stands before the data.
    at: fc.oneof({ weight: 3, arbitrary: fc.nat(40) }, fc.nat()),
    drop: fc.nat(2),
    put: fc.uint8Array({ maxLength: 3 }),
  });
  const outcomes = { short: 0, generated: 0, neither: 0 };
  fc.assert(
    fc.property(chunk, fc.array(change, { maxLength: 3 }), (chunk, changes) => {
      let bytes = generated(chunk);
      for (const { at, drop, put } of changes) {
        const cut = at % (bytes.length + 1);
        bytes = concat([bytes.subarray(0, cut), put, bytes.subarray(cut + drop)]);
      }
      const short = readChunk(bytes, 0, bytes.length);
      const long = readGenerated(bytes);
      if (short !== undefined) {
        assert(long?.kind === "fileChunk", "the generated code reads no chunk");
        assertEquals(plain(short), plain(long));
      }
      outcomes[short !== undefined ? "short" : long !== undefined ? "generated" : "neither"]++;
    }),
    { numRuns: 4000 },
  );
  // Else the property says little.
  assert(outcomes.short > 300 && outcomes.neither > 300, JSON.stringify(outcomes));
});

Deno.test("a chunk that is written in another way is read too, or refused as ever", () => {
  const head = "0a 10 00000000000070008000000000000000";
  const cases: [string, number | undefined][] = [
    [`fa01 19 ${head} 10 05 1a 03 010203`, 5],
    // Lengths and numbers in more bytes than they need.
    [`fa01 9900 ${head} 10 05 1a 03 010203`, 5],
    [`fa01 1a ${head} 10 8500 1a 03 010203`, 5],
    [`fa01 1a ${head} 10 05 1a 8300 010203`, 5],
    // 2^53 - 1, and one more.
    [`fa01 20 ${head} 10 ffffffffffffff0f 1a 03 010203`, 2 ** 53 - 1],
    [`fa01 20 ${head} 10 8080808080808010 1a 03 010203`, undefined],
    // The fields in another order, and one of them twice: the last one counts.
    [`fa01 19 10 05 ${head} 1a 03 010203`, 5],
    [`fa01 1b ${head} 10 05 10 06 1a 03 010203`, 6],
    // A field that is not known behind the data.
    [`fa01 1b ${head} 10 05 1a 03 010203 2000`, 5],
    // Not whole, and without its data.
    [`fa01 19 ${head} 10 05 1a 03 0102`, undefined],
    [`fa01 14 ${head} 10 05`, undefined],
  ];
  for (const [hex, offset] of cases) {
    const bytes = Uint8Array.fromHex(hex.replaceAll(" ", ""));
    let read: number | undefined;
    try {
      const message = decodeBody(bytes, 0, bytes.length);
      assert(message.kind === "fileChunk", message.kind);
      assertEquals(message.data, Uint8Array.of(1, 2, 3));
      read = message.offset;
    } catch (error) {
      assertEquals((error as Error).name, "WireError", hex);
    }
    assertEquals(read, offset, hex);
  }
});
