/**
 * Dictionaries as lines of text.
 *
 * @module
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import { FormatError } from "../../lib/formats/format_error.ts";
import { textFormat } from "../../lib/formats/text.ts";
import { type Dictionary, float, sameValue, type Value } from "../../lib/formats/value.ts";
import { MAX_DICTIONARY_BYTES } from "../../lib/limits/formats.ts";
import { test } from "../helpers/strict.ts";

const read = (text: string) => textFormat.read(new TextEncoder().encode(text));
const dictionary = (...members: [string, Value][]): Dictionary => new Map(members);
const written = (...members: [string, Value][]) =>
  new TextDecoder().decode(textFormat.write(dictionary(...members)));

function assertReads(text: string, ...members: [string, Value][]): void {
  const found = read(text);
  assert(sameValue(found, dictionary(...members)), `${text}: ${Deno.inspect(found)}`);
}

test("a manifest is written as system A has it", () => {
  assertEquals(written(["Москва", 7], ["1941", 0]), "Москва = 7\n1941 = 0\n");
});

test("any other dictionary says so in its first line", () => {
  assertEquals(written(), "# wagons: dictionary\n");
  assertEquals(
    written(["a", "7"], ['"\n\x1b', [float(1), null]], ["", dictionary(["x", true])]),
    '# wagons: dictionary\n"a" = "7"\n"\\"\\n\\u001b" = [1.0,null]\n"" = {"x":true}\n',
  );
  assertEquals(written(["e\u0301", 7]), '# wagons: dictionary\n"e\u0301" = 7\n');
  assertEquals(written(["a=b", 7]), '# wagons: dictionary\n"a=b" = 7\n');
});

test("both are read, with free spaces, comments and any line breaks", () => {
  assertReads("\ufeff# a list\r\n\r\nМосква=7\r  B  =  08  \n", ["Москва", 7], ["B", 8]);
  assertReads("e\u0301 = 7", ["\u00e9", 7]);
  assertReads('"a" = 7', ['"a"', 7]);
  assertReads("# wagons: dictionary");
  assertReads("A = 1\n# wagons: dictionary of the yard\n## wagons: dictionary", ["A", 1]);
  assertReads(
    '\ufeff# wagons: dictionary \r\n# x\n\n  "a = \\"b\\\\"  =  [1, "="]  \r"c"={}',
    ['a = "b\\', [1, "="]],
    ["c", dictionary()],
  );
});

test("a line that is none is refused, with its number", () => {
  const cases: [string, string][] = [
    ["", "there is no line `City = count`"],
    ["# A = 1\n\n", "there is no line `City = count`"],
    ["A = 1\nB", "\"B\" has no '=', in line 2"],
    ["A = 1\nA = 2", "A stands in line 1 already: 2 counts, not 1, in line 2"],
    ["A = x", '"x" is no whole number, in line 1'],
    ["A = 4294967296", "is more than 4294967295, in line 1"],
    ["# wagons: dictionary\na = 1", 'it is no line `"name" = value`, in line 2'],
    ['# wagons: dictionary\n"a" 1', 'it is no line `"name" = value`, in line 2'],
    ['# wagons: dictionary\n"a = 1', 'it is no line `"name" = value`, in line 2'],
    ['# wagons: dictionary\n"a\\" = 1', 'it is no line `"name" = value`, in line 2'],
    ['# wagons: dictionary\n"\\x" = 1', "in line 2"],
    ['# wagons: dictionary\n"a" =', "in line 2"],
    ['# wagons: dictionary\n"a" = 1, "b" = 2', "in line 2"],
    ['# wagons: dictionary\n"a" = [1\n"b" = 2]', "in line 2"],
    ["A = 1\n# wagons: dictionary\n", "are several records"],
    ["\n# wagons: dictionary\n", "in line 2"],
    ['# wagons: dictionary\n"a" = 1\r# wagons: dictionary \r', "several records"],
    ['# wagons: dictionary\n"a" = 1\n\n"\\u0061" = 2', 'the name "a" comes twice, in line 4'],
  ];
  for (const [text, reason] of cases) {
    assertThrows(() => read(text), FormatError, reason, text);
  }
});

test("half of a pair of surrogates cannot be written", () => {
  assertThrows(() => written(["\ud83d", "x"]), FormatError, "no valid Unicode");
  assertThrows(() => written(["x", "\ud83d"]), FormatError, "no valid Unicode");
});

test("the bounds hold", () => {
  const deep = (levels: number) => `# wagons: dictionary\n"a" = ${"[".repeat(levels)}`;
  assertReads(`${deep(1)}${"]".repeat(1)}`, ["a", []]);
  assertThrows(() => read(`${deep(128)}${"]".repeat(128)}`), FormatError, "in each other");
  const large = new Uint8Array(MAX_DICTIONARY_BYTES + 1).fill(0x0a);
  assertThrows(() => textFormat.read(large), FormatError, "longer than");
  const name = "a".repeat(MAX_DICTIONARY_BYTES);
  assertThrows(() => textFormat.write(dictionary([name, 1])), FormatError, "takes more than");
  // Nothing of it is on a stack.
  const long = "a\\\\".repeat(1_000_000);
  assertEquals(read(`# wagons: dictionary\n"${long}" = 1`).size, 1);
});
