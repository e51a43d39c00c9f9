/** Where a pickle ends, in whatever cuts its bytes come. */

import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { FormatError } from "../../lib/formats/format_error.ts";
import { pickleFormat } from "../../lib/formats/pickle.ts";
import { test } from "../helpers/strict.ts";
import { HOSTILE_PICKLES, raw } from "./hostile_pickles.ts";
import { anyOpcodes, anyPickle, brokenPickle } from "./pickle_arbitraries.ts";

/** What a finder says of bytes in some cuts: where the end is, or the error. */
function found(bytes: Uint8Array, cuts: readonly number[]): number | string | undefined {
  const finder = pickleFormat.findEnd();
  let from = 0;
  try {
    for (const to of [...cuts, bytes.length]) {
      const end = finder.push(bytes.subarray(from, to));
      if (end !== undefined) return from + end;
      from = to;
    }
    return undefined;
  } catch (error) {
    assert(error instanceof FormatError, `${error}`);
    return error.message;
  }
}

const ALL = raw(
  "\x80\x04\x95\x05\0\0\0\0\0\0\0}(I1\nS'a'\nT\x02\0\0\0bcU\x01dVe\np100\n0L5L\nF1.5\nX\x01\0\0\0f" +
    "J....M..K.G........\x8a\x03...\x8b\x04\0\0\0....\x8c\x02..\x8d\x03\0\0\0\0\0\0\0...q.h.r....j....g1\nu.",
);

test("the end of a pickle with all opcodes is found at each cut in two and in single bytes", () => {
  const bytes = new Uint8Array([...ALL, ...raw("gAAAAA.")]);
  for (let cut = 0; cut <= bytes.length; cut++) {
    assertEquals(found(bytes, [cut]), ALL.length, `cut at ${cut}`);
  }
  assertEquals(found(bytes, Array.from({ length: bytes.length }, (_, i) => i)), ALL.length);
});

test("hostile pickles are refused in single bytes as they are in one piece", () => {
  let count = 0;
  for (const { make } of HOSTILE_PICKLES) {
    const bytes = make();
    if (bytes.length > 3_000) continue;
    const cuts = Array.from({ length: bytes.length }, (_, i) => i);
    assertEquals(found(bytes, cuts), found(bytes, []));
    count++;
  }
  assert(count > 100, `${count}`);
});

test("the end does not depend on the cuts, nor on what follows (property)", () => {
  const anyCuts = fc.array(fc.nat(400), { maxLength: 12 });
  fc.assert(
    fc.property(
      fc.oneof(anyPickle, anyOpcodes, brokenPickle),
      fc.uint8Array({ maxLength: 20 }),
      anyCuts,
      (pickle, rest, cuts) => {
        const bytes = new Uint8Array([...pickle, ...rest]);
        const sorted = cuts.filter((cut) => cut <= bytes.length).sort((a, b) => a - b);
        assertEquals(found(bytes, sorted), found(bytes, []));
      },
    ),
    { numRuns: 3000 },
  );
});

test("a pickle that is written ends where it ends (property)", () => {
  fc.assert(
    fc.property(anyPickle, fc.uint8Array({ maxLength: 20 }), (pickle, rest) => {
      assertEquals(found(new Uint8Array([...pickle, ...rest]), []), pickle.length);
      assertEquals(found(pickle.subarray(0, -1), []), undefined);
    }),
    { numRuns: 1000 },
  );
});

test("whatever the bytes are, they are read or refused with a FormatError (property)", () => {
  let read = 0;
  fc.assert(
    fc.property(fc.oneof(anyOpcodes, brokenPickle, fc.uint8Array()), (bytes) => {
      try {
        pickleFormat.read(bytes);
        read++;
      } catch (error) {
        assert(error instanceof FormatError, `${error}`);
      }
    }),
    { numRuns: 5000 },
  );
  assert(read > 0, "some of them were pickles");
});

test("more bytes than a dictionary may have are refused when they have come, or are announced", () => {
  const finder = pickleFormat.findEnd();
  const piece = new Uint8Array(1024 * 1024).fill(0x4e);
  for (let i = 0; i < 16; i++) assertEquals(finder.push(piece), undefined);
  assertThrows(() => finder.push(raw("N")), FormatError, "longer than 16777216 bytes");

  const last = pickleFormat.findEnd();
  for (let i = 0; i < 16; i++) last.push(piece.subarray(i === 0 ? 1 : 0));
  assertEquals(last.push(raw(".")), 1);
  // The length and what stands before it count too.
  const announced = (length: number) =>
    pickleFormat.findEnd().push(raw(`NNX${String.fromCharCode(length)}\xff\xff\0`));
  assertEquals(announced(0xf8), undefined);
  assertThrows(() => announced(0xfa), FormatError, "the length of BINUNICODE is 16777210");
});

test("without its STOP a pickle is cut off, and none at all is too", () => {
  assertThrows(
    () => pickleFormat.findEnd().finish(),
    FormatError,
    "cut off before its STOP, at byte 0",
  );
  assertThrows(() => pickleFormat.read(new Uint8Array()), FormatError, "cut off before its STOP");
});
