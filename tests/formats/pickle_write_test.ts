/** Pickles as they are written, and that they read as what was written. */

import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { FormatError } from "../../lib/formats/format_error.ts";
import { pickleFormat } from "../../lib/formats/pickle.ts";
import { longBytes, readLong } from "../../lib/formats/pickle_numbers.ts";
import {
  type Dictionary,
  sameValue,
  type Value,
  whole,
  WholeFloat,
} from "../../lib/formats/value.ts";
import { anyDictionary, tell } from "../helpers/dictionaries.ts";
import { test } from "../helpers/strict.ts";
import { raw } from "./hostile_pickles.ts";

function of(...members: [string, Value][]): Dictionary {
  return new Map(members);
}

/** What is written of a value that the name "a" has, without what stands around it. */
function written(value: Value, pickleProtocol: number): string {
  const bytes = pickleFormat.write(of(["a", value]), { pickleProtocol });
  const text = String.fromCharCode(...bytes);
  const start = pickleProtocol >= 4 ? text.indexOf("}\x8c\x01a") + 4 : 2 + 1 + 6;
  assert(text.endsWith("s."));
  return text.slice(start, -2);
}

const VALUES: [Value, string][] = [
  [null, "N"],
  [true, "\x88"],
  [false, "\x89"],
  [0, "K\0"],
  [255, "K\xff"],
  [256, "M\0\x01"],
  [65_535, "M\xff\xff"],
  [65_536, "J\0\0\x01\0"],
  [-1, "J\xff\xff\xff\xff"],
  [2 ** 31 - 1, "J\xff\xff\xff\x7f"],
  [-(2 ** 31), "J\0\0\0\x80"],
  [2 ** 31, "\x8a\x05\0\0\0\x80\0"],
  [-(2 ** 31) - 1, "\x8a\x05\xff\xff\xff\x7f\xff"],
  [2n ** 64n, "\x8a\x09\0\0\0\0\0\0\0\0\x01"],
  [-(2n ** 63n), "\x8a\x08\0\0\0\0\0\0\0\x80"],
  // 256 bytes and the sign in one more: the length of LONG1 is a byte.
  [2n ** 2039n - 1n, `\x8a\xff${"\xff".repeat(254)}\x7f`],
  [2n ** 2039n, `\x8b\0\x01\0\0${"\0".repeat(254)}\x80\0`],
  [-(2n ** 2039n), `\x8a\xff${"\0".repeat(254)}\x80`],
  [1.5, "G\x3f\xf8\0\0\0\0\0\0"],
  [new WholeFloat(1), "G\x3f\xf0\0\0\0\0\0\0"],
  [-0, "G\x80\0\0\0\0\0\0\0"],
  [Infinity, "G\x7f\xf0\0\0\0\0\0\0"],
  [[], "]"],
  [[7], "]K\x07a"],
  [[7, 8], "](K\x07K\x08e"],
  [of(), "}"],
];

for (const protocol of [2, 3, 4]) {
  test(`protocol ${protocol} is written as CPython writes it, without the memo`, () => {
    for (const [value, opcodes] of VALUES) assertEquals(written(value, protocol), opcodes);
    const text = protocol >= 4 ? "\x8c\x02\xc3\xa9" : "X\x02\0\0\0\xc3\xa9";
    assertEquals(written("é", protocol), text);
    assertEquals(written("", protocol), protocol >= 4 ? "\x8c\0" : "X\0\0\0\0");
    const long = "x".repeat(256);
    assertEquals(written(long, protocol), `X\0\x01\0\0${long}`);
    assertEquals(written("é".repeat(127), protocol)[0], protocol >= 4 ? "\x8c" : "X");
  });

  test(`what is written in protocol ${protocol} is read as the same (property)`, () => {
    fc.assert(
      fc.property(anyDictionary(), (dictionary) => {
        const bytes = pickleFormat.write(dictionary, { pickleProtocol: protocol });
        assertEquals(bytes[1], protocol);
        const read = pickleFormat.read(bytes);
        assert(sameValue(read, dictionary), JSON.stringify([tell(read), tell(dictionary)]));
      }),
      { numRuns: 1000 },
    );
  });
}

test("whole numbers of any length are written in as few bytes as can be (property)", () => {
  const anyBits = fc.integer({ min: 0, max: 14_000 });
  const near = fc.tuple(anyBits, fc.integer({ min: -2, max: 2 }), fc.boolean()).map(
    ([bits, add, isNegative]) => (2n ** BigInt(bits) + BigInt(add)) * (isNegative ? -1n : 1n),
  );
  fc.assert(
    fc.property(fc.oneof(near, fc.bigInt()), (value) => {
      const bytes = longBytes(value);
      assertEquals(readLong(bytes), whole(value));
      const bits = 8n * BigInt(bytes.length);
      assert(value >= -(2n ** (bits - 1n)) && value < 2n ** (bits - 1n));
      const fewer = bits - 8n;
      assert(fewer === 0n || value < -(2n ** (fewer - 1n)) || value >= 2n ** (fewer - 1n));
    }),
    { numRuns: 2000 },
  );
});

test("many names and values are written in batches of 1,000", () => {
  for (const count of [1, 999, 1_000, 1_001, 1_002, 2_000, 2_001, 5_000]) {
    const list = Array.from({ length: count }, (_, i) => i);
    const dictionary: Dictionary = new Map<string, Value>([
      ["list", list],
      ["of", new Map(list.map((i) => [`${i}`, i]))],
    ]);
    for (const pickleProtocol of [2, 4]) {
      const read = pickleFormat.read(pickleFormat.write(dictionary, { pickleProtocol }));
      assert(sameValue(read, dictionary));
    }
  }
});

/** The frames of a pickle of protocol 4: where each begins, and its length. */
function framesOf(bytes: Uint8Array): { at: number; length: number }[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const frames = [];
  for (let at = 2; bytes[at] === 0x95;) {
    const length = Number(view.getBigUint64(at + 1, true));
    frames.push({ at, length });
    at += 9 + length;
    // A long text stands between two frames.
    if (bytes[at] === 0x58) at += 5 + view.getUint32(at + 1, true);
  }
  return frames;
}

test("protocol 4 is written in frames, long texts outside of them", () => {
  const small = pickleFormat.write(of(["a", 1]));
  assertEquals(framesOf(small), [{ at: 2, length: small.length - 11 }]);
  assertEquals(pickleFormat.write(of()), raw("\x80\x04}."));

  const many = pickleFormat.write(new Map(Array.from({ length: 30_000 }, (_, i) => [`${i}`, i])));
  const frames = framesOf(many);
  assertEquals(frames.length, Math.ceil(many.length / 65_540));
  for (const { length } of frames.slice(0, -1)) assert(length >= 65_536 && length < 65_560);
  assertEquals(frames.at(-1)!.at + 9 + frames.at(-1)!.length, many.length);

  const text = "x".repeat(65_536);
  const long = pickleFormat.write(of(["a", text], ["b", text.slice(1)]));
  assertEquals(framesOf(long).length, 2);
  assert(sameValue(pickleFormat.read(long), of(["a", text], ["b", text.slice(1)])));
  // The last frame would be too small to be one.
  const last = pickleFormat.write(of(["a", text]));
  assertEquals(framesOf(last).length, 1);
  assertEquals(last.subarray(-2), raw("s."));
});

test("what no pickle can say is not written", () => {
  const fails = (dictionary: Dictionary, what: string) =>
    assertThrows(() => pickleFormat.write(dictionary), FormatError, what);
  fails(of(["a", "\ud83d"]), "half a character");
  fails(of(["\ude00", 1]), "half a character");
  let deep: Value = [];
  for (let i = 0; i < 128; i++) deep = [deep];
  fails(of(["a", deep]), "more than 128 lists and dictionaries");
  const text = "x".repeat(6 * 1024 * 1024);
  fails(of(["a", text], ["b", text], ["c", text]), "more than 16777216 characters");
  const cyrillic = "я".repeat(4 * 1024 * 1024);
  fails(of(["a", cyrillic], ["b", cyrillic]), "longer than 16777216 bytes");
  fails(of(["a", 10n ** 4_300n]), "more than 4300 digits");
  const list: Value[] = [];
  list.push(list);
  fails(of(["a", list]), "more than 128");
  for (const pickleProtocol of [0, 1, 5, 2.5]) {
    assertThrows(
      () => pickleFormat.write(of(), { pickleProtocol }),
      FormatError,
      "protocols 2 to 4",
    );
  }
});
