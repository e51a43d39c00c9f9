import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { FormatError } from "../../lib/formats/format_error.ts";
import { jsonFormat } from "../../lib/formats/json.ts";
import { readJson } from "../../lib/formats/json_read.ts";
import {
  MAX_DICTIONARY_BYTES,
  MAX_DICTIONARY_DEPTH,
  MAX_DICTIONARY_VALUES,
  MAX_WHOLE_DIGITS,
} from "../../lib/limits/formats.ts";
import { anyDictionary } from "../helpers/dictionaries.ts";
import { anyCuts, assertEndAtAnyCut, cut, verdict } from "./end_finder.ts";

const RUNS = { numRuns: 1000 };
const utf8 = (text: string) => new TextEncoder().encode(text);

Deno.test("json end: found at every cut, whatever follows", () => {
  const all =
    '{"a":[1,-0,2.5e+3,1E5,true,false,null,NaN,Infinity,-Infinity],"é\\"]}\\\\\\u00e9🚂":{"":[]}}';
  const cases = ["{}", "[]", " \n\t\r[ ]", "\ufeff {}", "\ufeff[0]", '{"}":"]"}', '["\\\\"]', all];
  for (const json of cases) {
    for (const behind of ["", "x", "}", "gAAAAA==", "\xff"]) {
      assertEndAtAnyCut(jsonFormat, utf8(json), Uint8Array.from(behind, (c) => c.charCodeAt(0)));
    }
  }
});

Deno.test("json end: refused as soon as no more bytes could mend it", () => {
  // The last byte of each is the one that is refused.
  const cases: [json: string, text: string][] = [
    ["x", '"x" stands where a { or a [ should, at byte 0'],
    ['"', "where a { or a [ should"],
    ["1", "where a { or a [ should"],
    [" n", "at byte 1"],
    ["\ufeff\ufeff", "the byte 0xef stands where a { or a [ should, at byte 3"],
    ["{,", '"," stands where a name in quotes or a } should, at byte 1'],
    ["{]", "a name in quotes or a }"],
    ["{'", "a name in quotes or a }"],
    ['{"a":1,}', "a name in quotes should"],
    ['{"a",', "a colon"],
    ['{"a":}', "a value"],
    ['{"a":1]', "a comma or a }"],
    ['{"a":1"', "a comma or a }"],
    ["[,", "a value or a ]"],
    ["[}", "a value or a ]"],
    ["[1,]", "a value should"],
    ["[1}", "a comma or a ]"],
    ["[1 2", "a comma or a ]"],
    ["[[]x", "a comma or a ]"],
    ["[u", "a value"],
    ["[+", "a value"],
    ["[.", "a value"],
    ["[tru]", '"]" stands where another letter should'],
    ["[na", '"a" stands where another letter should'],
    ["[truex", "a comma or a ]"],
    ["[-]", "a digit"],
    ["[-a", "a digit"],
    ["[-In,", "another letter"],
    ["[01", "a comma or a ]"],
    ["[-00", "a comma or a ]"],
    ["[1.]", "a digit"],
    ["[1.e", "a digit"],
    ["[1e,", "a digit"],
    ["[1e+]", "a digit"],
    ["[1e1.", "a comma or a ]"],
    ["[1.1.", "a comma or a ]"],
    ["[1ee", "a digit"],
    ['["\\x', "an escape of JSON"],
    ['["\\u12g', "a hexadecimal digit"],
    ['["\n', "no control character"],
    ['["a\0', "no control character"],
    ["[\u00a0", "the byte 0xc2 stands"],
    ["[\u001b", '"\\u001b" stands'],
    [`[${"1".repeat(MAX_WHOLE_DIGITS + 1)},`, "more than 4300 digits, at byte 1"],
    [`[-${"1".repeat(MAX_WHOLE_DIGITS + 1)} `, "more than 4300 digits, at byte 2"],
    ["[".repeat(MAX_DICTIONARY_DEPTH + 1), "levels deep, at byte 128"],
    ['{"a":'.repeat(MAX_DICTIONARY_DEPTH + 1).slice(0, -4), "levels deep"],
  ];
  for (const [json, text] of cases) {
    const first = [...json].at(-1)!;
    const before = utf8(json.slice(0, -first.length));
    const finder = jsonFormat.findEnd();
    assertEquals(finder.push(before), undefined, json);
    const { message } = assertThrows(() => finder.push(utf8(first)), FormatError);
    assertStringIncludes(message, text);
    assertEquals(verdict(jsonFormat, [utf8(json)]), message);
  }
});

Deno.test("json end: invalid UTF-8 is refused at its first wrong byte", () => {
  for (const bytes of [[0xff], [0xc3, 0x22], [0xc0], [0xe0, 0x80], [0xed, 0xa0], [0xf4, 0x90]]) {
    const all = Uint8Array.from([0x5b, 0x22, ...bytes]);
    assertEquals(verdict(jsonFormat, [all.subarray(0, -1)]), undefined);
    assertEquals(verdict(jsonFormat, [all]), `it is no valid UTF-8, at byte ${all.length - 1}`);
  }
});

Deno.test("json end: bounds", () => {
  const chunk = utf8("0,".repeat(50_000));
  const finder = jsonFormat.findEnd();
  finder.push(utf8("["));
  const error = assertThrows(() => {
    for (let i = 0; i < MAX_DICTIONARY_BYTES; i += chunk.length) finder.push(chunk);
  }, FormatError);
  assertStringIncludes(error.message, `more than ${MAX_DICTIONARY_VALUES} values`);
  const spaces = new Uint8Array(MAX_DICTIONARY_BYTES).fill(0x20);
  assertEquals(verdict(jsonFormat, [spaces]), undefined);
  assertEquals(verdict(jsonFormat, [spaces, utf8(" ")]), "it is longer than 16777216 bytes");
  assertEquals(verdict(jsonFormat, [spaces, utf8("[]")]), "it is longer than 16777216 bytes");
  assertEquals(verdict(jsonFormat, [spaces.subarray(2), utf8("[]")]), MAX_DICTIONARY_BYTES);
  assertEquals(verdict(jsonFormat, [utf8(`["${"é".repeat(1000)}`)]), undefined);
});

Deno.test("json end: of what is written it is where that ends, under any cut", () => {
  fc.assert(
    fc.property(anyDictionary(), fc.uint8Array(), anyCuts, (dictionary, behind, cuts) => {
      const written = jsonFormat.write(dictionary);
      const all = Uint8Array.from([...written, ...behind]);
      assertEquals(verdict(jsonFormat, cut(all, cuts)), written.length);
    }),
    RUNS,
  );
});

Deno.test("json end: says what the reader says of any text, the same under any cut", () => {
  const piece = fc.constantFrom(
    ...['{"a":', '{"b" :', "{", "}", "[", "]", ",", ":", '"', '"a"', "\\", "\\n", "\\u0041", "\\u"],
    ...["0", "1", "10", "-", ".", "e", "E5", "+", "true", "null", "NaN", "-Infinity", "fals", " "],
    ...["\n", "\u00a0", "é", "🚂", "\0", "\ufeff"],
  );
  const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
  const json = fc.oneof(text, text.map((text) => `[${text}]`), text.map((text) => `{"x":${text}}`));
  let ended = 0;
  fc.assert(
    fc.property(json, anyCuts, (json, cuts) => {
      const bytes = utf8(json);
      const found = verdict(jsonFormat, [bytes]);
      assertEquals(verdict(jsonFormat, cut(bytes, cuts)), found);
      assertEquals(verdict(jsonFormat, Array.from(bytes, (byte) => Uint8Array.of(byte))), found);
      const dictionary = typeof found === "number" ? bytes.subarray(0, found) : bytes;
      let problem: string | undefined;
      try {
        readJson(dictionary);
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        problem = error.message;
      }
      if (typeof found === "number") {
        ended++;
        assert(problem === undefined || /comes twice|surrogates/.test(problem), problem);
      } else if (problem === undefined) {
        // A single value is JSON, but no dictionary.
        assert(/^[\ufeff\s]*[^\s{[]/.test(json), json);
      }
    }),
    { numRuns: 10_000 },
  );
  assert(ended > 300, `${ended} ended`);
});
