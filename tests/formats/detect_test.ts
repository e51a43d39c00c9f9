/**
 * Formats told by their first bytes.
 *
 * @module
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { detectFormat, readDictionary } from "../../lib/formats/detect.ts";
import { FormatError } from "../../lib/formats/format_error.ts";
import { FORMAT_NAMES, type FormatName } from "../../lib/formats/format.ts";
import { formatOf } from "../../lib/formats/mod.ts";
import { anyDictionary, MSGPACK_WHOLES } from "../helpers/dictionaries.ts";
import { test } from "../helpers/strict.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

test("what is all there is told", () => {
  const cases: [string | number[], FormatName][] = [
    ["", "text"],
    [" \n", "text"],
    ["Москва = 7", "text"],
    ["# {", "text"],
    ["# wagons: dictionary", "text"],
    ["{}", "json"],
    [' \r\n\t{"a": 1}', "json"],
    ['\ufeff{"a": 1}', "json"],
    ['[{"city": "A", "wagons": 7}]', "json"],
    ['{"a": "b = 7"}', "json"],
    ['{\n"a": 7}', "json"],
    ["{", "json"],
    ["<a/>", "xml"],
    ["\ufeff\n<a/>", "xml"],
    ["<a>\n<b>x = 7\n</b></a>", "xml"],
    ["<a><b>x = 7\n</b></a>", "xml"],
    ["city,wagons", "csv"],
    ["city;wagons\r\nA;7", "csv"],
    ['\ufeff"Key"\t"Value" \n', "csv"],
    ["city,wagons = 7", "text"],
    ["city, wagons\n", "csv"],
    ["wagons;city;;\n", "csv"],
    ["sep=;\r\n", "csv"],
    ["sep=7\n", "text"],
    ["city;wagons;note\n", "text"],
    ["\ncity,wagons", "text"],
    ["(dp0\nVa\np1\nI7\ns.", "pickle"],
    ["}q\x00X\x01\x00\x00\x00aq\x01K\x07s.", "pickle"],
    ["cos\nsystem\n(S'true'\ntR.", "pickle"],
    [[0x80, 0x02, 0x7d, 0x2e], "pickle"],
    [[0x80, 0x05, 0x95], "pickle"],
    [[0x80], "msgpack"],
    [[0x80, 0x67, 0x41], "msgpack"],
    [[0x81, 0xa1, 0x61, 0x07], "msgpack"],
    [[0x90], "msgpack"],
    [[0x91, 0x82], "msgpack"],
    [[0xde, 0x00, 0x10], "msgpack"],
    [[0xdf, 0x00, 0x00, 0x00, 0x01], "msgpack"],
    [[0xdc, 0x00, 0x10], "msgpack"],
    [[0xdd], "msgpack"],
    // 0x8081 entries, the first of which is called "a".
    [[0xde, 0x80, 0x81, 0xa1, 0x61, 0x07], "msgpack"],
    ["މާލެ = 7", "text"],
    ["ߞ = 7\nA = 1", "text"],
    [[0xff, 0xfe, 0x7b, 0x00], "text"],
    // Cities with names like these, and a line of a token.
    ['{"x} = 1', "text"],
    ["[] = 1\n# x\n\n{} = 2\n", "text"],
    ["<x> = 7\n<y> = 8", "text"],
    ["\ufeff  <x> = 7\r\ny = 8\r\n", "text"],
    ["].gAAAAA = 0\n", "text"],
    ["(dVa = 7\n", "text"],
    ["}.gAAAAA = 7", "text"],
  ];
  for (const [content, format] of cases) {
    const bytes = typeof content === "string" ? bytesOf(content) : Uint8Array.from(content);
    assertEquals(detectFormat(bytes, true), format, JSON.stringify(content));
  }
});

test("a beginning is told when the rest cannot change it", () => {
  const cases: [string | number[], FormatName | "more"][] = [
    ["", "more"],
    [[0xef], "more"],
    [[0xef, 0xbb], "more"],
    ["\ufeff \n", "more"],
    [[0x80], "more"],
    [[0x80, 0x04], "pickle"],
    [[0x80, 0x67], "msgpack"],
    [[0xde], "more"],
    [[0xde, 0x89], "more"],
    [[0xde, 0x89, 0xde, 0xa7, 0x20], "more"],
    ["މާލެ\n", "text"],
    ['{"a": 1}', "more"],
    ['{"a": 1}\n', "json"],
    ["{\n", "json"],
    ["{x} = 1\n", "more"],
    ["{x} = 1\n{", "more"],
    ["{x} = 1\n}\n", "json"],
    ["<data><a>", "more"],
    ["<data>\n", "xml"],
    ['<?xml version="1.0"?>\n', "xml"],
    ["(dp0", "more"],
    ["(dp0\n", "pickle"],
    ["(dVa = 7\n", "text"],
    ["city", "more"],
    ["city,wagons", "more"],
    ["city,wagons\n", "csv"],
    ["Москва = 7", "more"],
    ["Москва = 7\n", "text"],
    [`Москва${"а".repeat(40)}`, "text"],
    [`{${"x".repeat(8_191)}`, "json"],
    [`<${"x".repeat(8_191)}`, "xml"],
    [`{x} = 1\n${"y".repeat(8_191)}`, "text"],
  ];
  for (const [content, format] of cases) {
    const bytes = typeof content === "string" ? bytesOf(content) : Uint8Array.from(content);
    assertEquals(detectFormat(bytes, false), format, JSON.stringify(content).slice(0, 60));
  }
});

for (const name of FORMAT_NAMES) {
  test(`${name}: no beginning of any dictionary is told to be of another format`, () => {
    const any = anyDictionary(name === "msgpack" ? MSGPACK_WHOLES : {});
    fc.assert(
      fc.property(any, fc.nat(), (dictionary, at) => {
        const bytes = formatOf(name).write(dictionary);
        const told = detectFormat(bytes.subarray(0, at % (bytes.length + 1)), false);
        assert(told === name || told === "more", told);
        assertEquals(detectFormat(bytes, true), name);
      }),
      { numRuns: 1_000 },
    );
  });
}

test("any bytes are told, all of them, and with 8 KiB in any case", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), fc.boolean(), (bytes, isLong) => {
      const padded = new Uint8Array(8_192).fill(0x20);
      padded.set(bytes);
      assert(detectFormat(isLong ? padded : bytes, !isLong) !== "more");
    }),
    { numRuns: 5_000 },
  );
});

test("a dictionary is read in the format that it is in, or that it is said to be in", () => {
  const json = bytesOf('{"a": 1.0}');
  assertEquals(readDictionary(json).format, "json");
  assertEquals(readDictionary(json, "json"), readDictionary(json));
  assertThrows(() => readDictionary(json, "xml"), FormatError, "outside the root");
  assertThrows(() => readDictionary(bytesOf("no manifest")), FormatError, "has no '='");
  assertEquals([...readDictionary(bytesOf('"a" = 7'), "text").dictionary], [['"a"', 7]]);
});
