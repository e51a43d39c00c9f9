/**
 * Long frames, read into the decoder's own buffer: nothing is lost, nothing is kept, and what is
 * given away stays as it is.
 *
 * @module
 */

import { assert, assertEquals, assertLessOrEqual, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { concat } from "../../lib/bytes.ts";
import { FrameDecoder } from "../../lib/wire/frame_decoder.ts";
import { varint32Length, writeVarint32 } from "../../lib/wire/varint.ts";

const MAX_FRAME_BYTES = 1024 * 1024;
const SMALLEST_BUFFER_BYTES = 256;
/** A body of which so much has come is long. */
const LONG_BYTES = 16 * 1024;
/** How many times as much as has come may be held for one. */
const LONG_GROWTH = 32;

function framed(bytes: Uint8Array): Uint8Array {
  const header = new Uint8Array(varint32Length(bytes.length));
  writeVarint32(bytes.length, header, 0);
  return concat([header, bytes]);
}

function body(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => i * 31 + (i >> 8) + seed);
}

/** Compared by hand: a failure of assertEquals would print a hundred thousand lines. */
function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

/** What came of reading a stream as a connection does. */
interface Read {
  bodies: Uint8Array[];
  /** Reads into the decoder's buffer. */
  roomReads: number;
}

/** Reads a stream as a connection does: into the room where there is one, else into a buffer. */
function read(stream: Uint8Array, bufferBytes: number, counts: readonly number[]): Read {
  const decoder = new FrameDecoder({ maxFrameBytes: MAX_FRAME_BYTES });
  const buffer = new Uint8Array(bufferBytes);
  const got: { bytes: Uint8Array; copy: Uint8Array }[] = [];
  let roomReads = 0;
  const sink = (bytes: Uint8Array, start: number, end: number, isOwn: boolean) => {
    const given = bytes.subarray(start, end);
    // What is lent is written over by the next read; what is given away must not be.
    got.push({ bytes: isOwn ? given : given.slice(), copy: given.slice() });
  };
  for (let at = 0, turn = 0; at < stream.length; turn++) {
    const room = decoder.makeRoom();
    const into = room ?? buffer;
    const wanted = Math.min(into.length, counts[turn % counts.length]!, stream.length - at);
    into.set(stream.subarray(at, at + wanted));
    at += wanted;
    const before = got.length;
    if (room === undefined) decoder.decode(buffer.subarray(0, wanted), sink);
    else {
      roomReads++;
      decoder.fill(wanted, sink);
    }
    if (got.length === before) {
      const { bufferBytes, pendingBytes } = decoder;
      const growth = pendingBytes < LONG_BYTES ? 2 : LONG_GROWTH;
      assertLessOrEqual(bufferBytes, Math.max(SMALLEST_BUFFER_BYTES, growth * pendingBytes));
    }
    assertLessOrEqual(decoder.bufferBytes, MAX_FRAME_BYTES);
  }
  assertEquals([decoder.pendingBytes, decoder.bufferBytes], [0, 0]);
  assertEquals(decoder.makeRoom(), undefined);
  for (const { bytes, copy } of got) assert(isSame(bytes, copy), "it was written over");
  return { bodies: got.map(({ bytes }) => bytes), roomReads };
}

Deno.test("frames of any length come out the same, however they are read", () => {
  const size = fc.oneof(
    fc.integer({ min: 0, max: 300 }),
    fc.integer({ min: 0, max: 100_000 }),
    fc.constantFrom(16_383, 16_384, 16_385, 32_768, 65_536, 131_072, 300_000),
  );
  const count = fc.oneof(
    fc.integer({ min: 1, max: 100 }),
    fc.integer({ min: 1000, max: 300_000 }),
    fc.constantFrom(16_384, 65_536),
  );
  let roomReads = 0;
  fc.assert(
    fc.property(
      fc.array(size, { minLength: 1, maxLength: 5 }),
      fc.constantFrom(2048, 8192, 65_536),
      // Not all of them small, or it takes long.
      fc.tuple(fc.array(count, { maxLength: 3 }), fc.integer({ min: 5000, max: 70_000 })),
      (sizes, bufferBytes, [counts, large]) => {
        const bodies = sizes.map(body);
        const stream = concat(bodies.map(framed));
        const all = read(stream, bufferBytes, [...counts, large]);
        assertEquals(all.bodies.map(({ length }) => length), sizes);
        for (const [i, bytes] of all.bodies.entries()) assert(isSame(bytes, bodies[i]!));
        roomReads += all.roomReads;
      },
    ),
    { numRuns: 1000 },
  );
  assert(roomReads > 1000, `${roomReads} reads into the room`);
});

Deno.test("most of a long frame is read into its place", () => {
  const stream = concat([1, 2].map((seed) => framed(body(MAX_FRAME_BYTES, seed))));
  const { roomReads, bodies } = read(stream, 65_536, [Infinity]);
  // Two each: what 64 KiB promise, and the few bytes of the header that these were less.
  assertEquals([roomReads, bodies.length], [2, 2]);
  for (const bytes of bodies) assertEquals(bytes.buffer.byteLength, MAX_FRAME_BYTES);
});

Deno.test("there is no room for what is short, has not begun, or is lost", () => {
  const nothing = () => assert(false, "a frame was delivered");
  const decoder = new FrameDecoder({ maxFrameBytes: MAX_FRAME_BYTES });
  const frame = framed(body(2 * LONG_BYTES, 1));
  assertEquals(decoder.makeRoom(), undefined);
  decoder.decode(frame.subarray(0, 3), nothing);
  assertEquals(decoder.makeRoom(), undefined, "nothing of the body has come");
  decoder.decode(frame.subarray(3, LONG_BYTES + 2), nothing);
  assertEquals([decoder.makeRoom(), decoder.bufferBytes < frame.length], [undefined, true]);
  decoder.decode(frame.subarray(LONG_BYTES + 2, LONG_BYTES + 3), nothing);
  assertEquals(decoder.makeRoom()?.length, LONG_BYTES);
  decoder.decode(frame.subarray(LONG_BYTES + 3, LONG_BYTES + 4), nothing);
  assertEquals(decoder.makeRoom(), undefined, "too little is missing");
  let given = 0;
  decoder.decode(frame.subarray(LONG_BYTES + 4), () => given++);
  assertEquals(given, 1);

  const refusal = new Error("not this one");
  const long = framed(body(100_000, 1));
  decoder.decode(long.subarray(0, 50_000), nothing);
  decoder.makeRoom()!.set(long.subarray(50_000));
  const thrown: unknown[] = [];
  const calls = [
    () =>
      decoder.fill(long.length - 50_000, () => {
        throw refusal;
      }),
    () => decoder.decode(long, nothing),
  ];
  for (const call of calls) {
    try {
      call();
    } catch (error) {
      thrown.push(error);
    }
  }
  assertEquals(thrown.length, 2);
  for (const error of thrown) assertStrictEquals(error, refusal);
  assertEquals(decoder.makeRoom(), undefined);
});
