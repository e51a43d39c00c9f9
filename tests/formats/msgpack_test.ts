import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { FormatError } from "../../lib/formats/format_error.ts";
import { msgpackFormat } from "../../lib/formats/msgpack.ts";
import { readMsgpack } from "../../lib/formats/msgpack_read.ts";
import { writeMsgpack } from "../../lib/formats/msgpack_write.ts";
import { float, sameValue, type Value, WholeFloat } from "../../lib/formats/value.ts";
import {
  MAX_DICTIONARY_BYTES,
  MAX_DICTIONARY_DEPTH,
  MAX_DICTIONARY_VALUES,
} from "../../lib/limits/formats.ts";
import { anyDictionary, anyValue, MSGPACK_WHOLES } from "../helpers/dictionaries.ts";

const RUNS = { numRuns: 1000 };
const hex = (digits: string) => Uint8Array.fromHex(digits.replaceAll(" ", ""));

function assertRefused(bytes: Uint8Array, text: string): void {
  const error = assertThrows(() => readMsgpack(bytes), FormatError);
  assertStringIncludes(error.message, text);
}

Deno.test("msgpack: the shortest form of each value, which is read again", () => {
  const map = (size: number) => new Map(Array.from({ length: size }, (_, i) => [String(i), i % 9]));
  const cases: [value: Value, start: string, length: number][] = [
    [null, "c0", 1],
    [false, "c2", 1],
    [true, "c3", 1],
    [0, "00", 1],
    [127, "7f", 1],
    [128, "cc80", 2],
    [255, "ccff", 2],
    [256, "cd0100", 3],
    [65_535, "cdffff", 3],
    [65_536, "ce00010000", 5],
    [2 ** 32 - 1, "ceffffffff", 5],
    [2 ** 32, "cf0000000100000000", 9],
    [2 ** 53 - 1, "cf001fffffffffffff", 9],
    [2n ** 53n, "cf0020000000000000", 9],
    [2n ** 64n - 1n, "cfffffffffffffffff", 9],
    [-1, "ff", 1],
    [-32, "e0", 1],
    [-33, "d0df", 2],
    [-128, "d080", 2],
    [-129, "d1ff7f", 3],
    [-32_768, "d18000", 3],
    [-32_769, "d2ffff7fff", 5],
    [-(2 ** 31), "d280000000", 5],
    [-(2 ** 31) - 1, "d3ffffffff7fffffff", 9],
    [-(2n ** 63n), "d38000000000000000", 9],
    [1.5, "cb3ff8000000000000", 9],
    [float(1), "cb3ff0000000000000", 9],
    [-0, "cb8000000000000000", 9],
    [NaN, "cb7ff8000000000000", 9],
    [-Infinity, "cbfff0000000000000", 9],
    [1e300, "cb7e37e43c8800759c", 9],
    ["", "a0", 1],
    ["Łódź", "a7c581c3b364c5ba", 8],
    ["x".repeat(31), "bf78", 32],
    ["x".repeat(32), "d92078", 34],
    ["\ufffd".repeat(85), "d9ffefbfbd", 257],
    ["é".repeat(128), "da0100c3a9", 259],
    ["x".repeat(65_535), "daffff78", 65_538],
    ["x".repeat(65_536), "db0001000078", 65_541],
    [[], "90", 1],
    [Array.from({ length: 15 }, () => 7), "9f07", 16],
    [Array.from({ length: 16 }, () => 7), "dc001007", 19],
    [Array.from({ length: 65_536 }, () => 7), "dd0001000007", 65_541],
    [new Map(), "80", 1],
    [map(15), "8fa13000", 15 * 3 + 5 + 1],
    [map(16), "de0010a13000", 16 * 3 + 6 + 3],
    [map(65_536), "df00010000a13000", 447_647],
  ];
  for (const [value, start, length] of cases) {
    const written = writeMsgpack(value);
    assertEquals(written.subarray(0, start.length / 2).toHex(), start);
    assertEquals(written.length, length, start);
    assert(sameValue(readMsgpack(written), value), start);
  }
});

Deno.test("msgpack: longer forms than needed are read", () => {
  const cases: [bytes: string, value: Value][] = [
    ["cc05", 5],
    ["cd0005", 5],
    ["ce00000005", 5],
    ["cf0000000000000005", 5],
    ["d005", 5],
    ["d10005", 5],
    ["d200000005", 5],
    ["d30000000000000005", 5],
    ["d3ffe0000000000001", -(2 ** 53) + 1],
    ["d3ffe0000000000000", -(2n ** 53n)],
    ["d37fffffffffffffff", 2n ** 63n - 1n],
    ["ca3f800000", new WholeFloat(1)],
    ["ca3dcccccd", 0.10000000149011612],
    ["ca80000000", -0],
    ["ca7fc00000", NaN],
    ["caff800000", -Infinity],
    ["d90161", "a"],
    ["da000161", "a"],
    ["db0000000161", "a"],
    ["dc000101", [1]],
    ["dd0000000101", [1]],
    ["de0001d9016101", new Map([["a", 1]])],
    ["df00000001da00016101", new Map([["a", 1]])],
  ];
  for (const [bytes, value] of cases) assert(sameValue(readMsgpack(hex(bytes)), value), bytes);
});

Deno.test("msgpack: names keep their order, and JavaScript's own are names like others", () => {
  const names = ["b", "1941", "__proto__", "0", "constructor", "", "\ufeff", "\ufffd"];
  const dictionary = new Map(names.map((name, i) => [name, i]));
  const read = msgpackFormat.read(msgpackFormat.write(dictionary));
  assertEquals(Array.from(read), Array.from(dictionary));
});

Deno.test("msgpack: what is not taken is refused by name, with its place", () => {
  const cases: [bytes: string, text: string][] = [
    ["92 01 c1", "the byte 0xc1 begins no type, at byte 2"],
    ["91 c4 01 00", "begins bytes (bin 8), at byte 1"],
    ["c5 0001 00", "bytes (bin 16)"],
    ["c6 00000001 00", "bytes (bin 32)"],
    ["c7 0c ff 00000000 0000000000000000", "a time or another extension type (ext 8)"],
    ["c8 0000 01", "(ext 16)"],
    ["c9 00000000 01", "(ext 32)"],
    ["d4 01 00", "an extension type (fixext 1)"],
    ["d5 01 0000", "(fixext 2)"],
    ["d6 ff 00000000", "a time or another extension type (fixext 4)"],
    ["d7 ff 0000000000000000", "(fixext 8)"],
    ["d8 01", "(fixext 16)"],
    ["81 01 02", "a name is no text, at byte 1"],
    ["81 c0 02", "a name is no text"],
    ["81 c4 01 61 02", "a name is no text"],
    ["81 81 a1 61 01 02", "a name is no text"],
    ["82 a1 61 01 a1 61 02", 'the name "a" comes twice, at byte 4'],
    ["82 a1 61 01 d9 01 61 02", 'the name "a" comes twice'],
    ["91 a2 c3 28", "a text is no valid UTF-8, at byte 3"],
    ["91 a3 ed a0 80", "no valid UTF-8, at byte 3"],
    ["91 a1 c3", "no valid UTF-8, at byte 3"],
    ["81 a1 ff 00", "no valid UTF-8, at byte 2"],
    ["80 00", "1 bytes come behind the end, at byte 1"],
    ["01 02 03", "2 bytes come behind the end"],
    ["", "it ends too soon: 1 more bytes are needed, 0 are there, at byte 0"],
  ];
  for (const [bytes, text] of cases) assertRefused(hex(bytes), text);
  assertThrows(() => msgpackFormat.read(hex("05")), FormatError, "but a single value");
  assertEquals(
    msgpackFormat.read(hex("91 82 a6776167 6f6e73 05 a463697479 a1 62")),
    new Map([["b", 5]]),
  );
});

Deno.test("msgpack: lengths are refused before anything is built", () => {
  const cases: [bytes: string, text: string][] = [
    ["dd ffffffff", "4294967295 more bytes are needed, 0 are there, at byte 5"],
    ["df ffffffff a1 61 01", "8589934590 more bytes are needed, 3 are there"],
    ["db ffffffff 61", "4294967295 more bytes"],
    ["91 dc ffff 00", "65535 more bytes"],
    ["81 db ffffffff 61", "4294967295 more bytes"],
    ["da 0002 61", "2 more bytes are needed, 1 are there, at byte 3"],
  ];
  for (const [bytes, text] of cases) assertRefused(hex(bytes), text);
});

Deno.test("msgpack: bounds", () => {
  const nested = (levels: number, head: number) => {
    const bytes = new Uint8Array(levels + 1).fill(head);
    bytes[levels] = 0xc0;
    return bytes;
  };
  readMsgpack(nested(MAX_DICTIONARY_DEPTH, 0x91));
  assertRefused(nested(MAX_DICTIONARY_DEPTH + 1, 0x91), "more than 128 levels deep, at byte 129");
  assertRefused(nested(100_000, 0x91), "levels deep");
  assertRefused(hex("81a161".repeat(100_000)), "levels deep");
  const list = (size: number) => {
    const bytes = new Uint8Array(5 + size);
    bytes.set([0xdd, size >>> 24, size >>> 16, size >>> 8, size]);
    return bytes;
  };
  assertEquals(
    (readMsgpack(list(MAX_DICTIONARY_VALUES - 1)) as Value[]).length,
    MAX_DICTIONARY_VALUES - 1,
  );
  assertRefused(list(MAX_DICTIONARY_VALUES), "more than 4194304 values, at byte 5");
  assertRefused(new Uint8Array(MAX_DICTIONARY_BYTES + 1), "longer than 16777216 bytes");
});

Deno.test("msgpack: what it cannot say, or what cannot be read again, is not written", () => {
  for (const number of [2n ** 64n, -(2n ** 63n) - 1n, 10n ** 30n]) {
    assertThrows(() => writeMsgpack([number]), FormatError, "json and pickle have them all");
  }
  let deep: Value = [];
  for (let level = 1; level < MAX_DICTIONARY_DEPTH; level++) deep = [deep];
  readMsgpack(writeMsgpack(deep));
  assertThrows(() => writeMsgpack([deep]), FormatError, "levels deep");
  assertThrows(() => writeMsgpack("a\udc00"), FormatError, '"a\\udc00" is no valid Unicode');
  assertThrows(() => writeMsgpack(new Map([["\ud800", 1]])), FormatError, "no valid Unicode");
  const full = "x".repeat(MAX_DICTIONARY_BYTES - 6);
  assertEquals(writeMsgpack([full]).length, MAX_DICTIONARY_BYTES);
  assertThrows(() => writeMsgpack([`${full}x`]), FormatError, "more than 16777216 bytes");
  assertThrows(() => writeMsgpack([full, 1]), FormatError, "more than 16777216 bytes");
  assertThrows(() => writeMsgpack([full, 1, full]), FormatError, "more than 16777216 bytes");
});

Deno.test("msgpack: a dictionary is read as it was written, and no less of it", () => {
  fc.assert(
    fc.property(anyDictionary(MSGPACK_WHOLES), fc.nat(), (dictionary, at) => {
      const written = msgpackFormat.write(dictionary);
      assert(sameValue(msgpackFormat.read(written), dictionary));
      const less = written.subarray(0, at % written.length);
      assertThrows(() => msgpackFormat.read(less), FormatError, "ends too soon");
    }),
    RUNS,
  );
});

Deno.test("msgpack: any bytes are a value or a reason; a value is written as it is read again", () => {
  const changed = fc.tuple(anyValue(MSGPACK_WHOLES), fc.nat(), fc.nat({ max: 255 })).map(
    ([value, at, byte]) => {
      const bytes = writeMsgpack(value);
      bytes[at % bytes.length] = byte;
      return bytes;
    },
  );
  let read = 0;
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array({ maxLength: 40 }), changed), (bytes) => {
      let value: Value;
      try {
        value = readMsgpack(bytes);
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        return;
      }
      read++;
      assert(sameValue(readMsgpack(writeMsgpack(value)), value));
    }),
    { numRuns: 5000 },
  );
  assert(read > 300, `${read} were values`);
});
