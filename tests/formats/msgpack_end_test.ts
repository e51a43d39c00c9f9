import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { FormatError } from "../../lib/formats/format_error.ts";
import { msgpackFormat } from "../../lib/formats/msgpack.ts";
import { readMsgpack } from "../../lib/formats/msgpack_read.ts";
import { writeMsgpack } from "../../lib/formats/msgpack_write.ts";
import type { Value } from "../../lib/formats/value.ts";
import {
  MAX_DICTIONARY_BYTES,
  MAX_DICTIONARY_DEPTH,
  MAX_DICTIONARY_VALUES,
} from "../../lib/limits/formats.ts";
import { anyDictionary, anyValue, MSGPACK_WHOLES } from "../helpers/dictionaries.ts";
import { anyCuts, assertEndAtAnyCut, cut, verdict } from "./end_finder.ts";

const RUNS = { numRuns: 1000 };
const hex = (digits: string) => Uint8Array.fromHex(digits.replaceAll(" ", ""));

Deno.test("msgpack end: found at every cut, whatever follows", () => {
  const all: Value = [
    ...[null, true, false, 0, -1, 200, -100, 300, -300, 70_000, -70_000, 2 ** 40, -(2 ** 40), 1.5],
    ...[
      "",
      "a",
      "é".repeat(40),
      "🚂".repeat(100),
      [],
      [[]],
      new Map(),
      new Map([["", [new Map()]]]),
    ],
  ];
  const long = ["de0000", "df00000000", "dc0000", "dd00000000", "df00000001da00016191ca00000000"];
  const cases = [writeMsgpack(all), writeMsgpack(new Map([["a", all]])), ...long.map(hex)];
  for (const bytes of [...cases, hex("80"), hex("90"), hex("81a161db00000000")]) {
    for (const behind of ["", "00", "c1", "ff80"]) {
      assertEndAtAnyCut(msgpackFormat, bytes, hex(behind));
    }
  }
});

Deno.test("msgpack end: refused as soon as no more bytes could mend it", () => {
  // The last byte of each is the one that is refused.
  const cases: [bytes: string, text: string][] = [
    ["05", "it begins with no map and no list, at byte 0"],
    ["a1", "no map and no list"],
    ["c0", "no map and no list"],
    ["c4", "no map and no list"],
    ["7b", "no map and no list"],
    ["81 01", "a name is no text, at byte 1"],
    ["82 a0 01 c4", "a name is no text, at byte 3"],
    ["81 90", "a name is no text"],
    ["92 00 c1", "begins no type, at byte 2"],
    ["91 c4", "bytes (bin 8)"],
    ["91 c7", "extension type (ext 8)"],
    ["91 d6", "a time or another extension type (fixext 4)"],
    ["81 a1 ff", "no valid UTF-8, at byte 2"],
    ["91 a2 c3 28", "no valid UTF-8, at byte 3"],
    ["dd 00 40 00 00", "more than 4194304 values, at byte 4"],
    ["dd ff ff ff ff", "more than 4194304 values"],
    ["df ff ff ff ff", "more than 4194304 values"],
    ["91 db 01 00 00 01", "a text is longer than 16777216 bytes, at byte 5"],
    ["91".repeat(MAX_DICTIONARY_DEPTH + 1), "levels deep, at byte 128"],
    [`${"81a161".repeat(MAX_DICTIONARY_DEPTH)}80`, "levels deep"],
  ];
  for (const [digits, text] of cases) {
    const bytes = hex(digits);
    const finder = msgpackFormat.findEnd();
    assertEquals(finder.push(bytes.subarray(0, -1)), undefined, digits);
    const { message } = assertThrows(() => finder.push(bytes.subarray(-1)), FormatError);
    assertStringIncludes(message, text);
    assertEquals(verdict(msgpackFormat, [bytes]), message);
  }
  // A character that the end of its text cuts off.
  assertEquals(verdict(msgpackFormat, [hex("91a1c3")]), "a text is no valid UTF-8, at byte 3");
});

Deno.test("msgpack end: bounds", () => {
  const text = new Uint8Array(MAX_DICTIONARY_BYTES - 16).fill(0x61);
  const pieces = [hex("92 db 00fffff0"), text];
  assertEquals(verdict(msgpackFormat, [...pieces, hex("a9 616161616161616161")]), 2 ** 24);
  const longer = [...pieces, hex("aa 61616161616161616161")];
  assertEquals(verdict(msgpackFormat, longer), "it is longer than 16777216 bytes");
  const values = new Uint8Array(MAX_DICTIONARY_VALUES - 1);
  assertEquals(verdict(msgpackFormat, [hex("dd 003fffff"), values]), MAX_DICTIONARY_VALUES + 4);
  const empty = hex("dd 003ffffe 91");
  assertEquals(verdict(msgpackFormat, [empty, values]), MAX_DICTIONARY_VALUES + 4);
  const more = hex("dd 003ffffe 92");
  assertStringIncludes(String(verdict(msgpackFormat, [more, values])), "more than 4194304 values");
});

Deno.test("msgpack end: of what is written it is where that ends, under any cut", () => {
  fc.assert(
    fc.property(
      anyDictionary(MSGPACK_WHOLES),
      fc.uint8Array(),
      anyCuts,
      (dictionary, behind, cuts) => {
        const written = msgpackFormat.write(dictionary);
        const all = Uint8Array.from([...written, ...behind]);
        assertEquals(verdict(msgpackFormat, cut(all, cuts)), written.length);
      },
    ),
    RUNS,
  );
});

Deno.test("msgpack end: says what the reader says of any bytes, the same under any cut", () => {
  const changed = fc.tuple(anyValue(MSGPACK_WHOLES), fc.nat(), fc.nat({ max: 255 })).map(
    ([value, at, byte]) => {
      const bytes = writeMsgpack(value);
      bytes[at % bytes.length] = byte;
      return bytes;
    },
  );
  const list = fc.oneof(fc.uint8Array({ maxLength: 40 }), changed)
    .map((bytes) => Uint8Array.from([0x92, ...bytes]));
  let ended = 0;
  fc.assert(
    fc.property(fc.oneof(list, changed), anyCuts, (bytes, cuts) => {
      const found = verdict(msgpackFormat, [bytes]);
      assertEquals(verdict(msgpackFormat, cut(bytes, cuts)), found);
      assertEquals(verdict(msgpackFormat, Array.from(bytes, (byte) => Uint8Array.of(byte))), found);
      let problem: string | undefined;
      try {
        readMsgpack(typeof found === "number" ? bytes.subarray(0, found) : bytes);
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        problem = error.message;
      }
      if (typeof found === "number") {
        ended++;
        assert(problem === undefined || problem.includes("comes twice"), problem);
      } else if (problem === undefined) {
        // A single value is MessagePack, but no dictionary.
        assertEquals(found, "it begins with no map and no list, at byte 0");
      }
    }),
    { numRuns: 5000 },
  );
  assert(ended > 300, `${ended} ended`);
});
