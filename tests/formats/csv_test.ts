/**
 * Dictionaries as csv.
 *
 * @module
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { csvFormat } from "../../lib/formats/csv.ts";
import { CsvRows, quoteField } from "../../lib/formats/csv_rows.ts";
import { FormatError } from "../../lib/formats/format_error.ts";
import { cityProblem } from "../../lib/manifest/entries.ts";
import { type Dictionary, float, sameValue, type Value } from "../../lib/formats/value.ts";
import { test } from "../helpers/strict.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const read = (text: string) => csvFormat.read(encode(text));
const dictionary = (...members: [string, Value][]): Dictionary => new Map(members);
const written = (...members: [string, Value][]) =>
  new TextDecoder().decode(csvFormat.write(dictionary(...members)));

function assertReads(text: string, ...members: [string, Value][]): void {
  const found = read(text);
  assert(sameValue(found, dictionary(...members)), `${text}: ${Deno.inspect(found)}`);
}

test("a manifest is a table of cities and wagons", () => {
  assertEquals(written(["Москва", 7], ['a, "b"', 0]), 'city,wagons\nМосква,7\n"a, ""b""",0\n');
});

test("any other dictionary is a table of keys and of values in JSON", () => {
  assertEquals(
    written(["a", "7"], ["b", 7], ["c", [1, float(1), null]], ["d e", dictionary(["x", "y"])]),
    'key,value\na,"""7"""\nb,7\nc,"[1,1.0,null]"\nd e,"{""x"":""y""}"\n',
  );
  assertEquals(written(), "key,value\n");
  // Not in NFC: a manifest would say another name.
  assertEquals(written(["e\u0301", 7]), "key,value\ne\u0301,7\n");
  assertEquals(written(["a", -0]), "key,value\na,-0.0\n");
});

test("names that could break a line, steer a terminal, or be misread are in JSON", () => {
  assertEquals(
    written(["a\nb", ""], ["\x1b[2J", ""], ['"', ""], ["gAAAAA", ""], ["\\", ""], ["", ""]),
    'key,value\n"""a\\nb""",""""""\n"""\\u001b[2J""",""""""\n"""\\""""",""""""\n' +
      '"""gAAAAA""",""""""\n"""\\\\""",""""""\n,""""""\n',
  );
});

test("tables of other programs are read", () => {
  const cities: [string, Value][] = [["A", 7], ["B, C", 8]];
  assertReads('city,wagons\nA,7\n"B, C",8\n', ...cities);
  assertReads('city,wagons\r\nA,7\r\n"B, C",8', ...cities);
  assertReads('\ufeff"city";"wagons"\r\n"A";"7"\r\nB, C; 8 \r\n\r\n', ...cities);
  assertReads("City\tWagons \nA\t007\n \n\nB, C\t8\n  ", ...cities);
  assertReads("city,wagons\rA,7\r", ["A", 7]);
  assertReads("city,wagons\ne\u0301,7", ["\u00e9", 7]);
  assertReads("city,wagons");
  assertReads("sep=;\r\ncity;wagons\r\nA;7\r\nB, C;8\r\n;\r\n;;\r\n", ...cities);
  assertReads("\ufeffSEP=\t\n City \t Wagons \nA\t7\nB, C\t8\n\t\t \n", ...cities);
  assertReads('wagons,city\n7,A\n8,"B, C"\n', ...cities);
  assertReads('"city ", wagons,,\nA,7,,\n"B, C",8, ,\n,,,', ...cities);
  assertReads("value;key\n[1];a\n", ["a", [1]]);
  assertReads('key;value\n"a\r\n""b""";"[1, ""x;""]"\n', ['a\r\n"b"', [1, "x;"]]);
});

test("what is no table of ours is refused, with its line", () => {
  const cases: [string, string][] = [
    ["", "there is no header `city,wagons` or `key,value`, in line 1"],
    ["city,count\nA,7", "there is no header"],
    ["city,wagons,note\nA,7,x", "there is no header"],
    ["city,city\nA,7", "there is no header"],
    ['city"",wagons\nA,7', "there is no header"],
    [`city,wagons${" ".repeat(64)}\nA,7`, "there is no header"],
    ["sep=;\n", "there is no header `city,wagons` or `key,value`, in line 2"],
    ["sep=;\ncity;wagons\nA", "a row has only one field, in line 3"],
    ["city;wagons\nA,7", "a row has only one field, in line 2"],
    ["city,wagons\nA,7\nB", "a row has only one field, in line 3"],
    ["city,wagons\nA,7,8", "a row has more than two fields, in line 2"],
    ['city,wagons\n\r\n\rA"b,7', "a quote stands in a field that begins with none, in line 4"],
    ['city,wagons\n"A"b,7', "something stands behind a quote, in line 2"],
    ['city,wagons\n"A,7\n\n', "a field in quotes does not end, in line 2"],
    ["city,wagons\nA,7\nA,8", '"A" comes twice, in line 3'],
    ["city,wagons\n\u00e9,7\ne\u0301,7", '"é" comes twice, in line 3'],
    ["city,wagons\n A,7", 'the city " A" has spaces around it, in line 2'],
    ["city,wagons\n,7", 'the city "" is empty'],
    ["city,wagons\nA,1.5", '"1.5" is no whole number, in line 2'],
    ["city,wagons\nA,", '"" is no whole number'],
    ["city,wagons\nA,4294967296", '"4294967296" is more than 4294967295'],
    ['key,value\n"a\nb",1\nc,x', "in line 4"],
    ["key,value\na,", "in line 2"],
    ['key,value\n"""a",1', "in line 2"],
    [`key,value\na,${"[".repeat(129)}${"]".repeat(129)}`, "levels deep, in line 2"],
    [`key,value\na,${"[".repeat(128)}${"]".repeat(128)}`, "in each other"],
  ];
  for (const [text, reason] of cases) {
    assertThrows(() => read(text), FormatError, reason, JSON.stringify(text));
  }
  assertThrows(() => csvFormat.read(Uint8Array.of(0xff)), FormatError, "UTF-8, at byte 0");
  assertThrows(() => csvFormat.write(dictionary(["\ud83d", 1])), FormatError, "Unicode");
});

test("every character of the first plane is taken in a city where cities may have it", () => {
  let taken = 0;
  for (let code = 0; code < 0xd800; code++) {
    const character = String.fromCharCode(code);
    for (const name of [character, `a${character}`, `${character}a`, `a${character}a`]) {
      const city = name.normalize("NFC");
      const table = `city,wagons\n${quoteField(name)},7\n`;
      if (cityProblem(city) !== undefined) assertThrows(() => read(table), FormatError, "line 2");
      else {
        assertEquals([...read(table)], [[city, 7]]);
        taken++;
      }
    }
  }
  assert(taken > 200_000, `${taken}`);
});

test("any fields are read as they were written", () => {
  const field = fc.oneof(
    fc.string({ unit: "binary" }),
    fc.array(fc.constantFrom('"', ",", "\n", "\r", "a", " "), { maxLength: 6 })
      .map((parts) => parts.join("")),
  );
  // A row that is empty is none.
  const row = fc.tuple(field, field).filter((fields) => /[^ \t]/.test(fields.join("")));
  const rows = fc.array(row);
  fc.assert(
    fc.property(rows, fc.constantFrom("\n", "\r\n"), (rows, lineBreak) => {
      const lines = rows.map((row) => row.map(quoteField).join(",") + lineBreak);
      const table = new CsvRows(lineBreak + lines.join(""), ",", { at: 0, line: 1 });
      for (const [first, second] of rows) {
        const row = table.next();
        assertEquals([row?.first, row?.second], [first, second]);
      }
      assertEquals(table.next(), undefined);
    }),
    { numRuns: 2_000 },
  );
});
