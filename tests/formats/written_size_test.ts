/** Dictionaries that get too long when they are written: refused before all of it is in memory. */

import { assertThrows } from "@std/assert";
import { FormatError } from "../../lib/formats/format_error.ts";
import { FORMATS } from "../../lib/formats/mod.ts";
import type { FormatName } from "../../lib/formats/format.ts";
import type { Value } from "../../lib/formats/value.ts";
import { test } from "../helpers/strict.ts";

const controls = "\x01".repeat(3_000_000);
/** Six times as long when they are escaped, in each of the formats that are lines. */
const LONG: readonly (readonly [name: string, value: Value])[] = [
  ["one text of control characters", controls],
  ["many texts of control characters", Array.from({ length: 3_000 }, () => "\x01".repeat(1_000))],
  ["one text of quotes and marks", '<"'.repeat(7_000_000)],
  ["many numbers", Array.from({ length: 1_000_000 }, (_, i) => i + 0.12345678901)],
];
const LINES: readonly FormatName[] = ["json", "xml", "csv"];
for (const format of LINES) {
  for (const [name, value] of LONG) {
    test(`what takes more bytes than a dictionary may is not written: ${name} as ${format}`, () => {
      const dictionary = new Map([["a", value]]);
      assertThrows(() => FORMATS.get(format)!.write(dictionary), FormatError, "16777216 bytes");
    });
  }
}

test("what has no type of a dictionary's is a fault, in each format", () => {
  for (const format of FORMATS.values()) {
    for (const odd of [undefined, new Date(0), {}, Symbol("a")]) {
      const dictionary = new Map([["a", odd as unknown as Value]]);
      assertThrows(() => format.write(dictionary), TypeError, "no type of a dictionary's");
    }
  }
});
