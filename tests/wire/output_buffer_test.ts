/**
 * What waits to be written: all of it comes out, in order, and what is long without a copy.
 *
 * @module
 */

import { assert, assertEquals, assertStrictEquals } from "@std/assert";
import fc from "fast-check";
import { concat } from "../../lib/bytes.ts";
import { OutputBuffer } from "../../lib/wire/output_buffer.ts";

/** Frames from this size on are not copied. */
const LONG_BYTES = 64 * 1024;

Deno.test("an output buffer gives what was appended, in order, lent until the next take", () => {
  const frame = fc.oneof(
    { weight: 3, arbitrary: fc.uint8Array({ maxLength: 300, size: "max" }) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(256, 257, LONG_BYTES - 1, LONG_BYTES, 70_000)
        .map((length) => new Uint8Array(length).fill(length)),
    },
  );
  const step = fc.oneof({ weight: 3, arbitrary: frame }, {
    weight: 1,
    arbitrary: fc.constant("take" as const),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20, size: "max" }), (steps) => {
      const output = new OutputBuffer();
      let waiting: Uint8Array[] = [];
      let lent: Uint8Array = new Uint8Array(0);
      let expected: Uint8Array = new Uint8Array(0);
      const take = () => {
        // What the last take gave is still whole, whatever was appended since.
        assert(isSame(lent, expected));
        const longAt = waiting.findIndex(({ length }) => length >= LONG_BYTES);
        const short = concat(longAt < 0 ? waiting : waiting.slice(0, longAt));
        lent = output.take();
        if (longAt < 0 || short.length > 0) {
          expected = short;
          waiting = longAt < 0 ? [] : waiting.slice(longAt);
        } else {
          expected = waiting[longAt]!;
          assertStrictEquals(lent, expected);
          waiting = waiting.slice(longAt + 1);
        }
        assert(isSame(lent, expected));
        expected = expected.slice();
      };
      for (const step of steps) {
        if (step === "take") take();
        else {
          output.append(step);
          waiting.push(step);
        }
        assertEquals(output.length, waiting.reduce((sum, { length }) => sum + length, 0));
      }
      while (output.length > 0) take();
      assertEquals(concat(waiting).length, 0);
    }),
    { numRuns: 1000 },
  );
});

/** Compared by hand: a failure of assertEquals would print a hundred thousand lines. */
function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

Deno.test("an output buffer lets two buffers take turns", () => {
  const output = new OutputBuffer();
  const buffers = [0, 1, 2, 3].map((byte) => {
    output.append(Uint8Array.of(byte));
    return output.take().buffer;
  });
  assertEquals(new Set(buffers).size, 2);
  assertStrictEquals(buffers[0], buffers[2]);
  assertStrictEquals(buffers[1], buffers[3]);
});

Deno.test("an output buffer keeps no large buffer once it was taken", () => {
  const output = new OutputBuffer();
  const sizes: number[] = [];
  for (const frames of [2000, 1, 1, 1]) {
    for (let i = 0; i < frames; i++) output.append(new Uint8Array(100));
    sizes.push(output.take().buffer.byteLength);
  }
  assert(sizes[0]! >= 200_000, String(sizes));
  assertEquals(sizes.slice(1), [256, 256, 256]);
});
