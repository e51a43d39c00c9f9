/**
 * The frame decoder: any split, any limit, any rubbish.
 *
 * @module
 */

import { assert, assertEquals, assertLessOrEqual, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { decodeBody, encodeBody } from "../../lib/wire/codec.ts";
import { FrameDecoder } from "../../lib/wire/frame_decoder.ts";
import { encodeFrame } from "../../lib/wire/frame_encoder.ts";
import { type Received, RefusalCode } from "../../lib/wire/messages.ts";
import { varint32Length, writeVarint32 } from "../../lib/wire/varint.ts";
import { WireError } from "../../lib/wire/wire_error.ts";
import { concat, cut, cuts, decodeChunk, fromHex, message } from "./arbitraries.ts";

const MAX_FRAME_BYTES = 1024 * 1024;
const RUNS = { numRuns: 1000 };
/** What the smallest buffer for a part of a frame takes. */
const SMALLEST_BUFFER_BYTES = 256;

function header(length: number): Uint8Array {
  const bytes = new Uint8Array(varint32Length(length));
  writeVarint32(length, bytes, 0);
  return bytes;
}

/** The same length in more bytes than it needs. */
function padHeader(minimal: Uint8Array, byteCount: number): Uint8Array {
  const padded = new Uint8Array(byteCount).fill(0x80);
  padded.set(minimal);
  for (let i = 0; i < byteCount - 1; i++) padded[i]! |= 0x80;
  padded[byteCount - 1]! &= 0x7f;
  return padded;
}

/** Bytes that tell where they stand. */
function body(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => i * 31 + (i >> 8));
}

/** Gives the bodies that the chunks hold, copied. */
function bodiesOf(chunks: readonly Uint8Array[], maxFrameBytes = MAX_FRAME_BYTES): Uint8Array[] {
  const decoder = new FrameDecoder({ maxFrameBytes });
  const bodies: Uint8Array[] = [];
  for (const chunk of chunks) {
    decoder.decode(chunk, (bytes, start, end) => bodies.push(bytes.slice(start, end)));
  }
  assertEquals([decoder.pendingBytes, decoder.bufferBytes], [0, 0]);
  return bodies;
}

/** The error that the decoder gives; it must be a WireError. */
function failureOf(decoder: FrameDecoder, chunk: Uint8Array): WireError {
  try {
    decoder.decode(chunk, () => assert(false, "a frame was delivered"));
  } catch (error) {
    assert(error instanceof WireError, String(error));
    return error;
  }
  throw new Error("Nothing was thrown");
}

Deno.test("any messages, cut anywhere, come out the same and in order", () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 8 }), cuts, (messages, how) => {
      const decoder = new FrameDecoder({ maxFrameBytes: MAX_FRAME_BYTES });
      const got: Received[] = [];
      for (const chunk of cut(concat(messages.map(encodeFrame)), how)) {
        decodeChunk(decoder, chunk, got);
      }
      assertEquals(got, messages);
      assertEquals([decoder.pendingBytes, decoder.bufferBytes], [0, 0]);
    }),
    RUNS,
  );
});

Deno.test("a frame is delivered by the chunk that completes it, not by a later one", () => {
  fc.assert(
    fc.property(fc.array(message, { minLength: 1, maxLength: 5 }), (messages) => {
      const decoder = new FrameDecoder({ maxFrameBytes: MAX_FRAME_BYTES });
      const got: Received[] = [];
      for (const [index, frame] of messages.map(encodeFrame).entries()) {
        for (const [at, chunk] of cut(frame, { chunkBytes: 1 }).entries()) {
          assertEquals([got.length, decoder.pendingBytes], [index, at]);
          decodeChunk(decoder, chunk, got);
        }
        assertEquals([got.length, decoder.pendingBytes], [index + 1, 0]);
      }
    }),
    RUNS,
  );
});

Deno.test("what is canonical is written as it was read", () => {
  fc.assert(
    fc.property(fc.array(message, { maxLength: 5 }), (messages) => {
      const stream = concat(messages.map(encodeFrame));
      const again: Uint8Array[] = [];
      new FrameDecoder({ maxFrameBytes: MAX_FRAME_BYTES }).decode(stream, (bytes, start, end) => {
        const read = decodeBody(bytes, start, end);
        assert(read.kind !== "unknown");
        assertEquals(Uint8Array.from(encodeBody(read)), bytes.slice(start, end));
        again.push(encodeFrame(read));
      });
      assertEquals(concat(again), stream);
    }),
    RUNS,
  );
});

Deno.test("lengths of up to 5 bytes are read, minimal or not", () => {
  const anyBody = fc.oneof(
    fc.uint8Array({ maxLength: 300, size: "max" }),
    fc.constantFrom(126, 127, 128, 129, 16383, 16384).map(body),
  );
  const frame = fc.tuple(anyBody, fc.integer({ min: 1, max: 5 }));
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 6 }), cuts, (frames, how) => {
      const parts = frames.flatMap(([bytes, headerBytes]) => {
        const minimal = header(bytes.length);
        return [padHeader(minimal, Math.max(headerBytes, minimal.length)), bytes];
      });
      assertEquals(bodiesOf(cut(concat(parts), how)), frames.map(([bytes]) => bytes));
    }),
    RUNS,
  );
});

const brokenFrame = fc.constantFrom(
  "ff ff ff ff 0f", // a length of 4294967295
  "81 80 40", // one over the limit
  "80 80 80 80 80 00", // a length of 6 bytes
  "02 1a 01", // a field that is longer than its message
  "06 1a 00 22 02 08 05", // two fields
  "02 22 00", // a required field is missing
  "02 02 00", // field number 0
).map(fromHex);

Deno.test("nothing behind a broken frame is delivered, in no later call either", () => {
  const messages = fc.array(message, { maxLength: 4 });
  fc.assert(
    fc.property(messages, brokenFrame, messages, cuts, (before, broken, after, how) => {
      const stream = concat([
        ...before.map(encodeFrame),
        broken,
        ...after.map(encodeFrame),
        encodeFrame({ kind: "fastRequest" }),
      ]);
      const decoder = new FrameDecoder({ maxFrameBytes: MAX_FRAME_BYTES });
      const got: Received[] = [];
      let failure: unknown;
      for (const chunk of [...cut(stream, how), fromHex("02 1a 00"), new Uint8Array(0)]) {
        try {
          decodeChunk(decoder, chunk, got);
          assertEquals(failure, undefined, "it went on after a failure");
        } catch (error) {
          assert(error instanceof WireError, String(error));
          if (failure !== undefined) assertStrictEquals(error, failure);
          failure = error;
        }
      }
      assert(failure !== undefined);
      assertEquals(got, before);
      assertEquals(decoder.bufferBytes, 0);
    }),
    RUNS,
  );
});

/** A valid stream in which some bytes were changed, left out or put in. */
const mutatedStream = fc.tuple(
  fc.array(message, { minLength: 1, maxLength: 8 }),
  fc.array(
    fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      drop: fc.integer({ min: 0, max: 2 }),
      put: fc.uint8Array({ maxLength: 2 }),
    }),
    { minLength: 1, maxLength: 5 },
  ),
).map(([messages, changes]) => {
  let stream = concat(messages.map(encodeFrame));
  for (const { at, drop, put } of changes) {
    const offset = Math.floor(at * stream.length);
    stream = concat([stream.subarray(0, offset), put, stream.subarray(offset + drop)]);
  }
  return stream;
});

/** Frames of rubbish, and frames of a field that is not known, which are whole messages. */
const randomFrames = fc.array(
  fc.oneof(
    fc.uint8Array({ maxLength: 60, size: "max" }),
    fc.uint8Array({ maxLength: 300, size: "max" })
      .map((bytes) => concat([fromHex("7a"), header(bytes.length), bytes])),
  ),
  { maxLength: 5 },
).map((bodies) => concat(bodies.flatMap((bytes) => [header(bytes.length), bytes])));

for (
  const [name, input] of Object.entries({
    "random bytes": fc.uint8Array({ maxLength: 300, size: "max" }),
    "random bodies": randomFrames,
    "a valid stream with changed bytes": mutatedStream,
  })
) {
  Deno.test(`${name}: only WireErrors, and no more memory than what has come`, () => {
    const limit = fc.integer({ min: 0, max: 400 });
    const outcomes = { delivered: 0, failed: 0 };
    fc.assert(
      fc.property(input, cuts, limit, (stream, how, maxFrameBytes) => {
        const decoder = new FrameDecoder({ maxFrameBytes });
        const got: Received[] = [];
        for (const chunk of cut(stream, how)) {
          const pendingBefore = decoder.pendingBytes;
          const sizeBefore = got.length;
          try {
            decodeChunk(decoder, chunk, got);
          } catch (error) {
            assert(error instanceof WireError, String(error));
            assertEquals(decoder.bufferBytes, 0);
            outcomes.failed++;
            break;
          }
          const { pendingBytes, bufferBytes } = decoder;
          assertLessOrEqual(pendingBytes, pendingBefore + chunk.length);
          if (got.length === sizeBefore) assertEquals(pendingBytes, pendingBefore + chunk.length);
          assertLessOrEqual(pendingBytes, maxFrameBytes + 5);
          assertLessOrEqual(bufferBytes, maxFrameBytes);
          assertLessOrEqual(bufferBytes, Math.max(SMALLEST_BUFFER_BYTES, 2 * pendingBytes));
        }
        outcomes.delivered += got.length;
      }),
      RUNS,
    );
    // Else the property says little. Bytes that are wholly random seldom are a message.
    assert(outcomes.failed > 100, JSON.stringify(outcomes));
    if (name !== "random bytes") assert(outcomes.delivered > 100, JSON.stringify(outcomes));
  });
}

Deno.test("bodies of one byte below, at and above each size of a length", () => {
  const sizes = [0, 1, 126, 127, 128, 129, 16383, 16384, 16385, 2097151, 2097152, 2097153];
  for (const size of sizes) {
    const frame = concat([header(size), body(size)]);
    const chunkings = [[frame], [frame.slice(0, 1), frame.slice(1)]];
    if (size > 0) {
      chunkings.push([frame.slice(0, -1), frame.slice(-1)]);
      chunkings.push(cut(frame, { chunkBytes: Math.max(1, size >> 4) }));
    }
    for (const chunks of chunkings) assertEquals(bodiesOf(chunks, 2097153), [body(size)]);
  }
});

Deno.test("every way to cut two frames in three", () => {
  const bodies = [body(130), body(3)];
  const stream = concat(bodies.flatMap((bytes) => [header(bytes.length), bytes]));
  let ways = 0;
  for (let first = 0; first <= stream.length; first++) {
    for (let second = first; second <= stream.length; second++) {
      const chunks = [stream.slice(0, first), stream.slice(first, second), stream.slice(second)];
      assertEquals(bodiesOf(chunks).map(String), bodies.map(String));
      ways++;
    }
  }
  assertEquals(ways, 137 * 138 / 2);
});

Deno.test("a body of at most the limit is taken, a longer one refused at its header", () => {
  for (const limit of [0, 1, 127, 128, 1024, 16383, 16384, 1 << 20]) {
    for (const size of [limit - 1, limit].filter((size) => size >= 0)) {
      assertEquals(bodiesOf([concat([header(size), body(size)])], limit), [body(size)]);
    }
    const tooLong = header(limit + 1);
    const whole = new FrameDecoder({ maxFrameBytes: limit });
    const error = failureOf(whole, tooLong);
    assertEquals(error.code, RefusalCode.frameTooLarge);
    assertEquals(
      error.message,
      `A frame says it is ${limit + 1} bytes long: at most ${limit} are taken`,
    );
    assertEquals(whole.bufferBytes, 0);

    const bytewise = new FrameDecoder({ maxFrameBytes: limit });
    for (const chunk of cut(tooLong.slice(0, -1), { chunkBytes: 1 })) {
      bytewise.decode(chunk, () => assert(false));
    }
    assertEquals(failureOf(bytewise, tooLong.slice(-1)).code, RefusalCode.frameTooLarge);
  }
});

Deno.test("lengths around 2^32 are not cut to 32 bits", () => {
  const cases: [string, number, RefusalCode | undefined][] = [
    ["fe ff ff ff 0f", 2 ** 32 - 2, undefined],
    ["ff ff ff ff 0f", 2 ** 32 - 2, RefusalCode.frameTooLarge],
    ["ff ff ff ff 0f", 2 ** 32 - 1, undefined],
    ["80 80 80 80 10", 2 ** 32 - 1, RefusalCode.frameTooLarge],
    ["80 80 80 80 7f", 2 ** 32 - 1, RefusalCode.frameTooLarge],
    ["80 80 80 80 80", 2 ** 32 - 1, RefusalCode.brokenFrame],
    ["ff ff ff ff 8f", 2 ** 32 - 1, RefusalCode.brokenFrame],
    ["80 80 80 80 80 00", 2 ** 32 - 1, RefusalCode.brokenFrame],
  ];
  for (const [hex, maxFrameBytes, code] of cases) {
    const decoder = new FrameDecoder({ maxFrameBytes });
    if (code === undefined) decoder.decode(fromHex(hex), () => assert(false));
    else assertEquals(failureOf(decoder, fromHex(hex)).code, code, hex);
    assertEquals([decoder.pendingBytes, decoder.bufferBytes], [5, 0]);
  }
});

Deno.test("memory grows with what has arrived, not with what the header promises", () => {
  const promised = 64 * 1024 * 1024;
  const decoder = new FrameDecoder({ maxFrameBytes: promised });
  decoder.decode(header(promised), () => assert(false));
  assertEquals([decoder.pendingBytes, decoder.bufferBytes], [4, 0]);
  let arrived = 0;
  for (const size of [1, 255, 1, 1000, 70_000, 1]) {
    decoder.decode(new Uint8Array(size), () => assert(false));
    arrived += size;
    assertEquals(decoder.pendingBytes, 4 + arrived);
    assertLessOrEqual(arrived, decoder.bufferBytes);
    // A long body is believed to become longer soon.
    const growth = arrived < 16 * 1024 ? 2 : 32;
    assertLessOrEqual(decoder.bufferBytes, Math.max(SMALLEST_BUFFER_BYTES, growth * arrived));
  }
});

Deno.test("no frame is begun behind where it is to stop, and what is begun is taken", () => {
  const frame = fc.oneof(fc.nat(40), fc.nat(400)).map(body);
  fc.assert(
    fc.property(fc.array(frame, { maxLength: 30 }), cuts, fc.nat(100), (bodies, how, stopAfter) => {
      const stream = concat(bodies.flatMap((bytes) => [header(bytes.length), bytes]));
      const decoder = new FrameDecoder({ maxFrameBytes: MAX_FRAME_BYTES });
      const got: Uint8Array[] = [];
      for (const chunk of cut(stream, how)) {
        for (let at = 0; at < chunk.length;) {
          const starts: number[] = [];
          const taken = decoder.decode(chunk.subarray(at), (bytes, start, end) => {
            // Where it began, if it did so in this chunk.
            starts.push(start - header(end - start).length);
            got.push(bytes.slice(start, end));
          }, stopAfter + 1);
          assert(taken > 0, "it does not go on");
          assert(at + taken === chunk.length || taken > stopAfter, "it stops too soon");
          for (const start of starts) assertLessOrEqual(start, stopAfter);
          at += taken;
        }
      }
      assertEquals(got, bodies);
    }),
    RUNS,
  );
});

Deno.test("a frame that lies whole in a chunk is lent from there, without a copy", () => {
  for (const size of [0, 127, 128, 20_000]) {
    const chunk = concat([header(size), body(size), header(5), body(3)]);
    let lent: Uint8Array | undefined;
    new FrameDecoder({ maxFrameBytes: MAX_FRAME_BYTES }).decode(chunk, (bytes) => lent = bytes);
    assertStrictEquals(lent, chunk);
  }
});

Deno.test("after an error of the sink the stream is lost", () => {
  const frame = fromHex("02 1a 00");
  for (const chunks of [[frame], cut(frame, { chunkBytes: 1 })]) {
    const decoder = new FrameDecoder({ maxFrameBytes: MAX_FRAME_BYTES });
    const refusal = new Error("not this one");
    const thrown: unknown[] = [];
    for (const chunk of [...chunks, frame, frame]) {
      try {
        decoder.decode(chunk, () => {
          assertEquals(thrown, []);
          throw refusal;
        });
      } catch (error) {
        thrown.push(error);
      }
    }
    assertEquals(thrown, [refusal, refusal, refusal]);
  }
});
