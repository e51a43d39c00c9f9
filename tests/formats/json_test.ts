import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { FormatError } from "../../lib/formats/format_error.ts";
import { jsonFormat } from "../../lib/formats/json.ts";
import { readJson } from "../../lib/formats/json_read.ts";
import { quoteJson, writeJson } from "../../lib/formats/json_write.ts";
import { float, sameValue, type Value, WholeFloat } from "../../lib/formats/value.ts";
import {
  MAX_DICTIONARY_BYTES,
  MAX_DICTIONARY_DEPTH,
  MAX_DICTIONARY_VALUES,
  MAX_WHOLE_DIGITS,
} from "../../lib/limits/formats.ts";
import { anyDictionary, anyText, anyValue } from "../helpers/dictionaries.ts";

const RUNS = { numRuns: 1000 };
const utf8 = (text: string) => new TextEncoder().encode(text);

function assertRefused(json: string | Uint8Array, text: string): void {
  const error = assertThrows(() => readJson(json), FormatError);
  assertStringIncludes(error.message, text);
}

Deno.test("json: what is JSON", () => {
  const cases: [json: string, value: Value][] = [
    ["{}", new Map()],
    ["[]", []],
    [" [ ] ", []],
    ["\t{\r\n}\n", new Map()],
    ['"a"', "a"],
    ['""', ""],
    ["null", null],
    ["[true,false,null]", [true, false, null]],
    ['{"a":{"b":[{}]}}', new Map([["a", new Map([["b", [new Map()]]])]])],
    ['{"":0}', new Map([["", 0]])],
    ['"\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\uD83D\\uDE82"', '"\\/\b\f\n\r\té🚂'],
    ['"\\u0000\\u2028"', "\0\u2028"],
    ['"\u2028\u2029\u007f\u0085"', "\u2028\u2029\u007f\u0085"],
    ['"Łódź 🚂 \uffff"', "Łódź 🚂 \uffff"],
    ['"\\ud83d\\ude82\\ud83d\\ude82"', "🚂🚂"],
    ["\ufeff[1]", [1]],
    ["NaN", NaN],
    ["[Infinity,-Infinity]", [Infinity, -Infinity]],
  ];
  for (const [json, value] of cases) {
    assert(sameValue(readJson(json), value), json);
    assert(sameValue(readJson(utf8(json)), value), json);
  }
});

Deno.test("json: whole and floating numbers stay apart, and all digits are kept", () => {
  const cases: [json: string, value: Value][] = [
    ["0", 0],
    ["-0", 0],
    ["-0.0", -0],
    ["-0e5", -0],
    ["1", 1],
    ["1.0", new WholeFloat(1)],
    ["1e3", new WholeFloat(1000)],
    ["1E+2", new WholeFloat(100)],
    ["0e1", new WholeFloat(0)],
    ["100e-2", new WholeFloat(1)],
    ["1.5", 1.5],
    ["-12.25e-1", -1.225],
    ["999999999999999", 999_999_999_999_999],
    ["9007199254740991", 2 ** 53 - 1],
    ["-9007199254740991", 1 - 2 ** 53],
    ["9007199254740992", 2n ** 53n],
    ["-9007199254740992", -(2n ** 53n)],
    ["18446744073709551616", 2n ** 64n],
    ["9007199254740992.0", 2 ** 53],
    ["9007199254740993.0", 2 ** 53],
    ["1e400", Infinity],
    ["-1e400", -Infinity],
    ["1e-400", new WholeFloat(0)],
    ["-1e-400", -0],
    ["5e-324", 5e-324],
    [`1${"0".repeat(MAX_WHOLE_DIGITS - 1)}`, 10n ** BigInt(MAX_WHOLE_DIGITS - 1)],
    [`1${"0".repeat(MAX_WHOLE_DIGITS)}.0`, Infinity],
    [`0.${"3".repeat(100_000)}`, 1 / 3],
  ];
  for (const [json, value] of cases) {
    assert(sameValue(readJson(json), value), json.slice(0, 40));
    assert(sameValue(readJson(`[${json} ]`), [value]), json.slice(0, 40));
  }
});

Deno.test("json: names keep their order, and JavaScript's own are names like others", () => {
  const json = '{"b":1,"1941":2,"__proto__":3,"0":4,"constructor":{"__proto__":null}}';
  const read = jsonFormat.read(utf8(json));
  assertEquals(Array.from(read.keys()), ["b", "1941", "__proto__", "0", "constructor"]);
  assertEquals(read.get("__proto__"), 3);
  assertEquals(writeJson(read), json);
});

Deno.test("json: what is none is refused, with its place", () => {
  const cases: [json: string, text: string][] = [
    ["", "it ends too soon, in line 1, column 1"],
    ["[", "ends too soon"],
    ["{", "ends too soon"],
    ['{"a"', "ends too soon"],
    ['{"a":', "ends too soon"],
    ['{"a":1', "ends too soon"],
    ['{"a":1,', "ends too soon"],
    ["[1,", "ends too soon"],
    ['"a', "it ends in a text, in line 1, column 3"],
    ['"a\\', "a backslash begins no escape of JSON, in line 1, column 3"],
    ['"\\x"', "begins no escape"],
    ['"\\u12g4"', "begins no escape"],
    ['"\\U0041"', "begins no escape"],
    ['"a\nb"', "the control character U+000A stands in a text, in line 1, column 3"],
    ['"\\n\0"', "U+0000"],
    ["'a'", `"'" stands where a value should, in line 1, column 1`],
    ['{"a":1,}', '"}" stands where a name in quotes should, in line 1, column 8'],
    ["{,}", "where a name in quotes should"],
    ["{a:1}", '"a" stands where a name in quotes should'],
    ["{1:1}", "where a name in quotes should"],
    ['{"a" 1}', "where the colon after a name should"],
    ['{"a":1 "b":2}', "where a comma or } should"],
    ['{"a":1]', "where a comma or } should"],
    ["[1,]", '"]" stands where a value should'],
    ["[,1]", "where a value should"],
    ["[1 2]", "where a comma or ] should"],
    ["[1}", "where a comma or ] should"],
    ["[1]]", "where it should end"],
    ["{}\n\n {}", '"{" stands where it should end, in line 3, column 2'],
    ["[1]//", "where it should end"],
    ["[\n/**/1]", "in line 2, column 1"],
    ["tru", "where a value should"],
    ["True", "where a value should"],
    ["nan", "where a value should"],
    ["undefined", "where a value should"],
    ["-", "a number begins with a digit"],
    ["-a", "a number begins with a digit"],
    ["-NaN", "a number begins with a digit"],
    ["-Inf", "where a value should"],
    ["01", "with 0 only before a point"],
    ["-01", "with 0 only before a point"],
    ["+1", "where a value should"],
    [".5", "where a value should"],
    ["1.", "a digit is missing after the point of a number"],
    ["1.e5", "a digit is missing after the point"],
    ["1e", "a digit is missing after the exponent"],
    ["1e+", "a digit is missing after the exponent"],
    ["1.5.5", "where it should end"],
    ["0x10", "where it should end"],
    ["1_000", "where it should end"],
    ["[\u00a01]", '"\u00a0" stands where a value should'],
    ["[\u001b1]", '"\\u001b" stands'],
    ["[\u009b1]", '"\\u009b" stands'],
    ["[\ufeff1]", "where a value should"],
    ['["🚂🚂",\r\n"🚂",x]', '"x" stands where a value should, in line 2, column 5'],
  ];
  for (const [json, text] of cases) {
    assertRefused(json, text);
    assertRefused(utf8(json), text);
  }
});

Deno.test("json: a name that comes twice is refused, with its place", () => {
  assertRefused('{"a":1,\n "b":2, "a":1}', 'the name "a" comes twice, in line 2, column 9');
  assertRefused('{"a":1,"\\u0061":1}', 'the name "a" comes twice');
  assertRefused('[{"x":{"__proto__":1,"__proto__":1}}]', 'the name "__proto__" comes twice');
  const long = `"${"é".repeat(1_000_000)}"`;
  const error = assertThrows(() => readJson(`{${long}:1,${long}:2}`), FormatError);
  assert(error.message.length < 150);
});

Deno.test("json: what is no valid Unicode is refused", () => {
  for (const escape of ["\\ud800", "\\udc00", "\\ude82\\ud83d", "\\ud83dx", "a\\uDFFF"]) {
    assertRefused(`["a","${escape}"]`, "half of a pair of surrogates, in line 1, column 6");
  }
  assertRefused('"\ud83d"', "no valid Unicode");
  // Half of the pair as it is, half of it escaped.
  assertRefused('"\ud83d\\ude82"', "no valid Unicode");
  const cases: [bytes: number[], at: number][] = [
    [[0x22, 0xff, 0x22], 1],
    [[0x22, 0xc3, 0x22], 2],
    [[0x22, 0xc0, 0x80, 0x22], 1],
    [[0x22, 0xe0, 0x80, 0x80, 0x22], 2],
    [[0x22, 0xed, 0xa0, 0x80, 0x22], 2],
    [[0x22, 0xf4, 0x90, 0x80, 0x80, 0x22], 2],
    [[0x22, 0xf0, 0x9f, 0x9a], 4],
    [[0x80], 0],
    [[0x7b, 0, 0x7d, 0xf8], 3],
  ];
  for (const [bytes, at] of cases) {
    assertRefused(Uint8Array.from(bytes), `it is no valid UTF-8, at byte ${at}`);
  }
  // UTF-16 is JSON of long ago.
  assertRefused(Uint8Array.of(0xff, 0xfe, 0x7b, 0, 0x7d, 0), "no valid UTF-8");
});

Deno.test("json: bounds", () => {
  const nested = (levels: number) => "[".repeat(levels) + "]".repeat(levels);
  readJson(nested(MAX_DICTIONARY_DEPTH));
  assertRefused(
    nested(MAX_DICTIONARY_DEPTH + 1),
    "more than 128 levels deep, in line 1, column 129",
  );
  assertRefused("[".repeat(100_000), "levels deep");
  assertRefused('{"a":'.repeat(100_000), "levels deep");
  assertRefused(`[${"0,".repeat(MAX_DICTIONARY_VALUES)}0]`, "more than 4194304 values");
  const full = readJson(`[${"0,".repeat(MAX_DICTIONARY_VALUES - 2)}0]`);
  assertEquals((full as Value[]).length, MAX_DICTIONARY_VALUES - 1);
  assertRefused("1".repeat(MAX_WHOLE_DIGITS + 1), "more than 4300 digits");
  assertRefused(`-${"1".repeat(10_000_000)}`, "more than 4300 digits");
  assertRefused(" ".repeat(MAX_DICTIONARY_BYTES + 1), "longer than 16777216 bytes");
  assertRefused(new Uint8Array(MAX_DICTIONARY_BYTES + 1), "longer than 16777216 bytes");
});

Deno.test("json: a dictionary is an object or a list of entries", () => {
  const read = (json: string) => jsonFormat.read(utf8(json));
  assertEquals(
    read('[{"city":"b","wagons":1},{"wagons":2,"city":"a"}]'),
    new Map([["b", 1], ["a", 2]]),
  );
  assertThrows(() => read("5"), FormatError, "no dictionary but a single value");
  assertThrows(() => read("[5]"), FormatError, "no entry {city, wagons}");
  const twice = '[{"city":"a","wagons":1},{"city":"a","wagons":1}]';
  assertThrows(() => read(twice), FormatError, 'the city "a" comes twice');
});

Deno.test("json: what is written is one line that can be printed", () => {
  const cases: [value: Value, json: string][] = [
    [new Map<string, Value>([["a b", [1, "x"]], ["c", new Map()]]), '{"a b":[1,"x"],"c":{}}'],
    [[null, true, false], "[null,true,false]"],
    [[0, -5, 2n ** 64n, -(10n ** 30n)], `[0,-5,18446744073709551616,-1${"0".repeat(30)}]`],
    [
      [float(1), float(-0), 0.1, 1e21, 1e-7, 2 ** 53],
      "[1.0,-0.0,0.1,1e+21,1e-7,9007199254740992.0]",
    ],
    [[1e20, NaN, Infinity, -Infinity], "[100000000000000000000.0,NaN,Infinity,-Infinity]"],
    ['é"\\/\n\t\0\u001b', '"é\\"\\\\/\\n\\t\\u0000\\u001b"'],
    [
      "\u007f\u0085\u009b\u2028\u2029\u202e\u2066",
      '"\\u007f\\u0085\\u009b\\u2028\\u2029\\u202e\\u2066"',
    ],
    ["🚂\ufeff\uffff", '"🚂\ufeff\uffff"'],
  ];
  for (const [value, json] of cases) assertEquals(writeJson(value), json);
  assertEquals(quoteJson("\ud800\u009b"), '"\\ud800\\u009b"');
});

Deno.test("json: what cannot be read again is not written", () => {
  let deep: Value = [];
  for (let level = 1; level < MAX_DICTIONARY_DEPTH; level++) deep = [deep];
  readJson(writeJson(deep));
  assertThrows(() => writeJson([deep]), FormatError, "levels deep");
  assertThrows(() => writeJson("\ud800"), FormatError, "no valid Unicode");
  assertThrows(() => writeJson(new Map([["\ud800", 1]])), FormatError, "no valid Unicode");
  readJson(writeJson(-(10n ** BigInt(MAX_WHOLE_DIGITS - 1))));
  assertThrows(() => writeJson(10n ** BigInt(MAX_WHOLE_DIGITS)), FormatError, "4300 digits");
  const large = new Map([["a", "é".repeat(MAX_DICTIONARY_BYTES / 2)]]);
  assertThrows(() => jsonFormat.write(large), FormatError, "longer than 16777216 bytes");
});

Deno.test("json: a dictionary is read as it was written", () => {
  fc.assert(
    fc.property(anyDictionary(), (dictionary) => {
      const written = jsonFormat.write(dictionary);
      assert(sameValue(jsonFormat.read(written), dictionary));
      // deno-lint-ignore no-control-regex -- these are what must not be there
      assert(!/[\0-\x1f\x7f-\x9f\u2028\u2029]/.test(new TextDecoder().decode(written)));
    }),
    RUNS,
  );
});

Deno.test("json: a value is read as it was written, with any white space", () => {
  const space = fc.string({ unit: fc.constantFrom(" ", "\n", "\r", "\t"), maxLength: 3 });
  fc.assert(
    fc.property(anyValue(), space, space, (value, before, behind) => {
      assert(sameValue(readJson(before + writeJson(value) + behind), value));
    }),
    RUNS,
  );
});

Deno.test("json: what JSON.parse reads is read the same, what it refuses is refused", () => {
  const piece = fc.constantFrom(
    ...[
      '{"a":',
      "{",
      "}",
      "[",
      "]",
      ",",
      ":",
      '"',
      '"a"',
      '"b":',
      "\\",
      "\\n",
      "\\u0041",
      "\\ud83d",
    ],
    ...["0", "1", "-", ".", "e", "E5", "+", "true", "null", "fals", " ", "\n", "\u00a0", "é", "\0"],
  );
  const pieces = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(""));
  let read = 0;
  fc.assert(
    fc.property(fc.oneof(pieces, fc.json()), (json) => {
      let parsed: unknown;
      let isJson = true;
      try {
        parsed = JSON.parse(json);
      } catch {
        isJson = false;
      }
      try {
        assertEquals(plain(readJson(json)), canonical(parsed));
        assert(isJson, json);
        read++;
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        assert(!isJson || /comes twice|surrogates|Unicode/.test(error.message), error.message);
      }
    }),
    { numRuns: 5000 },
  );
  assert(read > 1000, `${read} were JSON`);
});

Deno.test("json: any texts in quotes are read again", () => {
  fc.assert(
    fc.property(anyText(), (text) => {
      assertEquals(readJson(quoteJson(text)), text);
    }),
    RUNS,
  );
});

/** A value as JSON.parse gives it, but for the order of names. */
function plain(value: Value): unknown {
  if (value instanceof Map) {
    return new Map(Array.from(value, ([name, member]) => [name, plain(member)]));
  }
  if (Array.isArray(value)) return value.map(plain);
  if (value instanceof WholeFloat) return value.value;
  return typeof value === "bigint" || Object.is(value, -0) ? Number(value) + 0 : value;
}

function canonical(parsed: unknown): unknown {
  if (Array.isArray(parsed)) return parsed.map(canonical);
  if (typeof parsed === "object" && parsed !== null) {
    return new Map(Object.entries(parsed).map(([name, member]) => [name, canonical(member)]));
  }
  return Object.is(parsed, -0) ? 0 : parsed;
}
