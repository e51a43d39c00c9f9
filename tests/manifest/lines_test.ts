/**
 * Texts line by line.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { TextLines } from "../../lib/manifest/lines.ts";
import { test } from "../helpers/strict.ts";

function linesOf(text: string): string[] {
  const lines = new TextLines(text);
  const found: string[] = [];
  for (let line; (line = lines.next()) !== undefined;) {
    found.push(line);
    assertEquals(lines.number, found.length);
  }
  assertEquals(lines.next(), undefined);
  return found;
}

test("the lines of a text are what it is split into", () => {
  const part = fc.constantFrom("\n", "\r", "\r\n", "a", "=", " ", "\u2028", "\v", "\ud83d");
  const text = fc.array(part, { maxLength: 30, size: "max" }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (text) => assertEquals(linesOf(text), text.split(/\r\n|\n|\r/))),
    { numRuns: 5_000 },
  );
});

test("a text that is all line breaks has one line more", () => {
  for (const end of ["\n", "\r", "\r\n"]) {
    const lines = new TextLines(end.repeat(1_000_000));
    while (lines.next() === "");
    assertEquals(lines.number, 1_000_001);
  }
});
