/**
 * The text form of manifests, by the rules of the design and system A.
 *
 * @module
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { cityProblem } from "../../lib/manifest/entries.ts";
import {
  formatManifestJson,
  formatManifestText,
  type LineProblem,
  parseManifestText,
} from "../../lib/manifest/text.ts";
import type { Entry } from "../../lib/wire/messages.ts";

const RUNS = { numRuns: 1000 };

const wagons = fc.oneof(
  fc.integer({ min: 0, max: 4_294_967_295 }),
  fc.constantFrom(0, 1, 4_294_967_294, 4_294_967_295),
);
/** Any name that is good, and those that JavaScript's objects treat in ways of their own. */
const city = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 12, size: "max" }),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 12, size: "max" }),
  fc.constantFrom("__proto__", "constructor", "toString", "1941", "0", "-1", "Москва", 'a"b\\c'),
).filter((city) => cityProblem(city) === undefined);
const entries: fc.Arbitrary<Entry[]> = fc.uniqueArray(fc.record({ city, wagons }), {
  selector: (entry) => entry.city,
  maxLength: 20,
  size: "max",
});
/** What means something in a line, or in a text, or is no valid text at all. */
const piece = fc.constantFrom(
  ...["=", "#", "\n", "\r", "\r\n", " ", "\t", "\0", "\ufeff", "\u2028", "\x9b"],
  ...["a", "é", "e\u0301", "\u0338", "\ud83d", "\u{1f682}", "0", "7", "-", "4294967296"],
);
const pieces = fc.array(piece, { maxLength: 30, size: "max" }).map((parts) => parts.join(""));
/** Lines that are entries, or nearly. */
const nearlyLines = fc.array(
  fc.tuple(
    fc.array(piece, { maxLength: 2 }).map((parts) => parts.join("")),
    fc.constantFrom("=", " = ", "\u00a0=\t"),
    fc.oneof(piece, fc.nat().map(String)),
    fc.constantFrom("\n", "\r", "\r\n"),
  ).map((parts) => parts.join("")),
  { maxLength: 10 },
).map((lines) => lines.join(""));
/** Any string at all, with lone surrogates. */
const anyText = fc.oneof(
  fc.array(fc.nat(0xffff), { maxLength: 60, size: "max" }).map((units) =>
    String.fromCharCode(...units)
  ),
  pieces,
  nearlyLines,
);

/** What is left of a text in which nothing is wrong. */
function entriesOf(text: string): Entry[] {
  const { entries, problems } = parseManifestText(text);
  assertEquals(problems, []);
  return entries;
}

/** The only problem of a text whose only other line is a good one. */
function problemOf(line: string): LineProblem {
  const { entries, problems } = parseManifestText(`A = 1\n${line}\nB = 2\n`);
  assertEquals(entries, [{ city: "A", wagons: 1 }, { city: "B", wagons: 2 }], line);
  const [problem, ...more] = problems;
  assertEquals([problem?.line, problem?.skipped, more], [2, true, []], line);
  return problem!;
}

Deno.test("good entries are read as they were written", () => {
  fc.assert(
    fc.property(entries, (entries) => {
      assertEquals(entriesOf(formatManifestText(entries)), entries);
    }),
    RUNS,
  );
});

Deno.test("no text throws, and what is taken from it is good", () => {
  const seen = { entries: 0, problems: 0 };
  fc.assert(
    fc.property(anyText, (text) => {
      const { entries, problems } = parseManifestText(text);
      seen.entries += entries.length;
      seen.problems += problems.length;
      for (const { city, wagons } of entries) {
        assertEquals(cityProblem(city), undefined);
        assert(Number.isInteger(wagons) && wagons >= 0 && wagons <= 4_294_967_295);
      }
      assertEquals(new Set(entries.map(({ city }) => city)).size, entries.length);
      const lineCount = text.split(/\r\n|\n|\r/).length;
      for (const [index, { line }] of problems.entries()) {
        assert(line > (problems[index - 1]?.line ?? 0) && line <= lineCount);
      }
      // What was taken is the same when it is read again.
      assertEquals(entriesOf(formatManifestText(entries)), entries);
    }),
    { numRuns: 3000 },
  );
  assert(seen.entries > 500 && seen.problems > 1000, JSON.stringify(seen));
});

Deno.test("lines are read by the rules, however they are written", () => {
  const space = fc.constantFrom("", " ", "  ", "\t", "\u00a0", "\u3000");
  const good = fc.record({ city, wagons, spaces: fc.array(space, { minLength: 4, maxLength: 4 }) })
    .map(({ city, wagons, spaces: [a, b, c, d] }) => ({
      text: `${a}${city.normalize("NFD")}${b}=${c}00${wagons}${d}`,
      entry: { city, wagons },
    }))
    // A '=' that stands before U+0338 is one sign with it, once the name is in NFC.
    .filter(({ text }) => text.split("=").length === 2);
  const silent = fc.constantFrom("", " ", "\t", "#", "# a = 1", "  # b = 2", "#=").map((text) => ({
    text,
    entry: undefined,
  }));
  const bad = fc.constantFrom("a", "=", "= 1", "a =", "a = b", "a = 1 = 2", "a = -1", "a = 1.0")
    .map((text) => ({ text, entry: null }));
  const lines = fc.array(fc.oneof({ weight: 3, arbitrary: good }, silent, bad), {
    maxLength: 15,
    size: "max",
  });
  const ends = fc.array(fc.constantFrom("\n", "\r\n", "\n\n"), {
    minLength: 15,
    maxLength: 15,
    size: "max",
  });
  fc.assert(
    fc.property(lines, ends, fc.constantFrom("", "\ufeff"), (lines, ends, mark) => {
      let text = mark;
      let line = 1;
      const expected = new Map<string, { wagons: number; line: number }>();
      const problems: Omit<LineProblem, "reason">[] = [];
      for (const [index, { text: content, entry }] of lines.entries()) {
        text += content + ends[index];
        if (entry === null) problems.push({ line, skipped: true });
        if (entry) {
          if (expected.has(entry.city)) problems.push({ line, skipped: false });
          // A Map keeps the place of a key that is set again.
          expected.set(entry.city, { wagons: entry.wagons, line });
        }
        line += ends[index] === "\n\n" ? 2 : 1;
      }
      const got = parseManifestText(text);
      assertEquals(
        got.entries,
        Array.from(expected, ([city, { wagons }]) => ({ city, wagons })),
      );
      assertEquals(got.problems.map(({ line, skipped }) => ({ line, skipped })), problems);
    }),
    RUNS,
  );
});

Deno.test("a line is any text but '=', and a whole number", () => {
  const cases: [string, string, number][] = [
    ["Москва = 7", "Москва", 7],
    ["Москва=7", "Москва", 7],
    ["  New  York\t=\t12  ", "New  York", 12],
    ["a = 0", "a", 0],
    ["a = 4294967295", "a", 4_294_967_295],
    ["a = 0004294967295", "a", 4_294_967_295],
    ["a # b = 1", "a # b", 1],
    ["1941 = 45", "1941", 45],
    ["a, b; c: \"d\" 'e' = 1", "a, b; c: \"d\" 'e'", 1],
    ["≠ = 1", "≠", 1],
    ["\u{1f682} = 1", "\u{1f682}", 1],
    ["e\u0301 = 1", "\u00e9", 1],
    ["\u212b = 1", "\u00c5", 1], // the sign of the unit becomes the letter
  ];
  for (const [line, city, wagons] of cases) {
    assertEquals(entriesOf(line), [{ city, wagons }], line);
    assertEquals(entriesOf(`${line}\n`), [{ city, wagons }], line);
  }
});

Deno.test("any other line is skipped and named with its reason", () => {
  const cases: [string, string][] = [
    ["Москва", `"Москва" has no '='`],
    ["Москва 7", `"Москва 7" has no '='`],
    ["a = b = 1", `"a = b = 1" has more than one '='`],
    ["a == 1", `"a == 1" has more than one '='`],
    ["= 7", `the city "" is empty`],
    ["=", `the city "" is empty`],
    ["a =", `"" is no whole number`],
    ["a = b", `"b" is no whole number`],
    ["a = -1", `"-1" is no whole number`],
    ["a = +1", `"+1" is no whole number`],
    ["a = 1.0", `"1.0" is no whole number`],
    ["a = 1e3", `"1e3" is no whole number`],
    ["a = 0x10", `"0x10" is no whole number`],
    ["a = 1 000", `"1 000" is no whole number`],
    ["a = 1_000", `"1_000" is no whole number`],
    ["a = ٧", `"٧" is no whole number`],
    ["a = 7 # seven", `"7 # seven" is no whole number`],
    ["a = 4294967296", `"4294967296" is more than 4294967295`],
    ["a = 99999999999999999999", `"99999999999999999999" is more than 4294967295`],
    ["a\0b = 1", `the city "a\\u0000b" has a control character or a line break`],
    ["a\tb = 1", `the city "a\\tb" has a control character or a line break`],
    ["a\x1b[2Jb = 1", `the city "a\\u001b[2Jb" has a control character or a line break`],
    ["a\x7fb = 1", "has a control character or a line break"],
    ["a\x85b = 1", "has a control character or a line break"],
    ["a\u2028b = 1", "has a control character or a line break"],
    ["a\u2029b = 1", "has a control character or a line break"],
    ["a\ud800b = 1", `the city "a\\ud800b" is no valid Unicode`],
    [`${"x".repeat(1001)} = 1`, "is longer than 1000 characters"],
  ];
  for (const [line, reason] of cases) assertStringIncludes(problemOf(line).reason, reason, line);
  assertEquals(entriesOf(`${"\u{1f682}".repeat(1000)} = 1`).length, 1);
});

Deno.test("a count of any number of digits is refused, not rounded", () => {
  const digits = "9".repeat(400);
  assertEquals(problemOf(`a = ${digits}`).reason, `"${"9".repeat(39)}…" is more than 4294967295`);
});

Deno.test("a reason shows no more than 40 characters of the line", () => {
  assertEquals(problemOf("x".repeat(40)).reason, `"${"x".repeat(40)}" has no '='`);
  assertEquals(problemOf("x".repeat(41)).reason, `"${"x".repeat(39)}…" has no '='`);
});

Deno.test("blank lines and comments say nothing", () => {
  assertEquals(entriesOf(""), []);
  assertEquals(entriesOf("\n \n\t\n#\n# a = 1\n  # b = 2\n#c=3\n\u00a0\n"), []);
});

Deno.test("lines end with LF, CR LF or CR, and are counted from 1", () => {
  for (const end of ["\n", "\r\n", "\r"]) {
    const { entries, problems } = parseManifestText(["a = 1", "", "bad", "b = 2"].join(end));
    assertEquals(entries, [{ city: "a", wagons: 1 }, { city: "b", wagons: 2 }]);
    assertEquals(problems, [{ line: 3, reason: `"bad" has no '='`, skipped: true }]);
  }
  assertEquals(parseManifestText("a = 1\n\r\nbad").problems[0]?.line, 3);
});

Deno.test("a byte order mark at the beginning is no part of the name", () => {
  assertEquals(entriesOf("\ufeffМосква = 7\n"), [{ city: "Москва", wagons: 7 }]);
  assertEquals(entriesOf("\ufeff# a comment\n"), []);
  assertEquals(entriesOf("\ufeff"), []);
});

Deno.test("of a city that comes again the last count stays, in its first place", () => {
  const { entries, problems } = parseManifestText("a = 1\nb = 2\n\na = 3\nb = 2\na = 4\n");
  assertEquals(entries, [{ city: "a", wagons: 4 }, { city: "b", wagons: 2 }]);
  assertEquals(problems, [
    { line: 4, reason: "a stands in line 1 already: 3 counts, not 1", skipped: false },
    { line: 5, reason: "b stands in line 2 already: 2 counts, not 2", skipped: false },
    { line: 6, reason: "a stands in line 4 already: 4 counts, not 3", skipped: false },
  ]);
});

Deno.test("names are the same when they are in NFC, and not when they only look the same", () => {
  const { entries, problems } = parseManifestText("e\u0301 = 1\n\u00e9 = 2\n");
  assertEquals(entries, [{ city: "\u00e9", wagons: 2 }]);
  assertEquals(problems.map(({ line, skipped }) => [line, skipped]), [[2, false]]);
  // Latin A and Cyrillic А; capital and small.
  assertEquals(entriesOf("A = 1\n\u0410 = 2\na = 3\n").length, 3);
});

Deno.test("names that objects treat in ways of their own keep their order and their counts", () => {
  const names = ["z", "__proto__", "1941", "constructor", "0", "toString", "a"];
  const entries = names.map((city, wagons) => ({ city, wagons }));
  const text = formatManifestText(entries);
  assertEquals(
    text,
    "z = 0\n__proto__ = 1\n1941 = 2\nconstructor = 3\n0 = 4\ntoString = 5\na = 6\n",
  );
  assertEquals(entriesOf(text), entries);
  assertEquals(
    formatManifestJson(entries),
    '{"z":0,"__proto__":1,"1941":2,"constructor":3,"0":4,"toString":5,"a":6}',
  );
});

Deno.test("the JSON form has the same members in the same order", () => {
  assertEquals(formatManifestJson([]), "{}");
  fc.assert(
    fc.property(entries, (entries) => {
      const json = formatManifestJson(entries);
      assert(!json.includes("\n"));
      const parsed = JSON.parse(json) as Record<string, number>;
      assertEquals(Object.keys(parsed).length, entries.length);
      for (const { city, wagons } of entries) {
        assertEquals(Object.getOwnPropertyDescriptor(parsed, city)?.value, wagons);
      }
      const order = Array.from(
        json.matchAll(/("(?:[^"\\]|\\.)*"):(\d+)/g),
        ([, city, wagons]) => ({ city: JSON.parse(city!) as string, wagons: Number(wagons) }),
      );
      assertEquals(order, entries);
    }),
    RUNS,
  );
});
