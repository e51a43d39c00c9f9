/**
 * The frames of system E's later programs.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  DICT_HEADER_BYTES,
  encodeDictFrame,
  FRAMED_FORMATS,
  framedFormat,
  kindOfFormat,
  readDictHeader,
} from "../../lib/wire/dict_frame.ts";
import { test } from "../helpers/strict.ts";

test("a frame says how long its part is, big-endian, and what it is", () => {
  assertEquals(encodeDictFrame(2, new Uint8Array(0)), Uint8Array.of(0, 0, 0, 0, 2));
  const long = encodeDictFrame(0, new Uint8Array(0x010203));
  assertEquals(Array.from(long.subarray(0, DICT_HEADER_BYTES)), [0, 1, 2, 3, 0]);
});

test("what is framed is read as it was, wherever the header lies", () => {
  fc.assert(
    fc.property(fc.uint8Array(), fc.nat(255), fc.nat(9), (part, kind, at) => {
      const frame = encodeDictFrame(kind, part);
      assertEquals(frame.subarray(DICT_HEADER_BYTES), part);
      const bytes = new Uint8Array(at + frame.length);
      bytes.set(frame, at);
      assertEquals(readDictHeader(bytes.subarray(at)), { length: part.length, kind });
    }),
    { numRuns: 1_000 },
  );
});

test("formats have the numbers that these programs give them", () => {
  assertEquals(FRAMED_FORMATS.map(kindOfFormat), [1, 2, 3]);
  assertEquals([1, 2, 3].map(framedFormat), ["pickle", "json", "xml"]);
  assertEquals([framedFormat(0), framedFormat(4), kindOfFormat("csv")], [
    undefined,
    undefined,
    undefined,
  ]);
});
