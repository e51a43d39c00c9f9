/** Pickles of each protocol, opcode by opcode. */

import { assertEquals, assertThrows } from "@std/assert";
import { FormatError } from "../../lib/formats/format_error.ts";
import { pickleFormat } from "../../lib/formats/pickle.ts";
import { type Value, WholeFloat } from "../../lib/formats/value.ts";
import { test } from "../helpers/strict.ts";
import { raw } from "./hostile_pickles.ts";

/** Reads a pickle of which this is the value that the name "a" has. */
function readValue(opcodes: string): Value {
  const dictionary = pickleFormat.read(raw(`}Va\n${opcodes}s.`));
  assertEquals([...dictionary.keys()], ["a"]);
  return dictionary.get("a")!;
}

const EIGHT = "\0\0\0\0\0\0\0\0";

const VALUES: [name: string, opcodes: string, value: Value][] = [
  ["NONE", "N", null],
  ["NEWTRUE", "\x88", true],
  ["NEWFALSE", "\x89", false],
  ["INT 01", "I01\n", true],
  ["INT 00", "I00\n", false],
  ["INT", "I-17\n", -17],
  ["INT 0", "I0\n", 0],
  ["INT past 2^53", "I9007199254740993\n", 9007199254740993n],
  ["LONG", "L12L\n", 12],
  ["LONG without its L", "L-12\n", -12],
  ["LONG past 2^64", "L-36893488147419103232L\n", -(2n ** 65n)],
  ["BININT1", "K\xff", 255],
  ["BININT2", "M\xff\xfe", 0xfeff],
  ["BININT", "J\xff\xff\xff\x7f", 2 ** 31 - 1],
  ["BININT of a negative number", "J\xfe\xff\xff\xff", -2],
  ["LONG1 of nothing", "\x8a\0", 0],
  ["LONG1", "\x8a\x01\xff", -1],
  ["LONG1 of six bytes", "\x8a\x06\0\0\0\0\0\x80", -(2 ** 47)],
  ["LONG1 of seven bytes", "\x8a\x07\0\0\0\0\0\0\x10", 2 ** 52],
  ["LONG1 that could be shorter", "\x8a\x09\x01" + EIGHT, 1],
  ["LONG1 of 2^64", "\x8a\x09" + EIGHT + "\x01", 2n ** 64n],
  ["LONG1 of -2^63", "\x8a\x08\0\0\0\0\0\0\0\x80", -(2n ** 63n)],
  ["LONG4", "\x8b\x02\0\0\0\0\x80", -32768],
  ["LONG4 of nothing", "\x8b\0\0\0\0", 0],
  ["FLOAT", "F1.5\n", 1.5],
  ["FLOAT that is whole", "F1\n", new WholeFloat(1)],
  ["FLOAT without digits behind its point", "F5.\n", new WholeFloat(5)],
  ["FLOAT with an exponent", "F-1e-05\n", -1e-5],
  ["FLOAT without digits in front", "F.5\n", 0.5],
  ["FLOAT of less than nothing", "F-0.0\n", -0],
  ["FLOAT nan", "Fnan\n", NaN],
  ["FLOAT inf", "Finf\n", Infinity],
  ["FLOAT -inf", "F-inf\n", -Infinity],
  ["BINFLOAT", "G\x3f\xf8\0\0\0\0\0\0", 1.5],
  ["BINFLOAT that is whole", "G\x40\0\0\0\0\0\0\0", new WholeFloat(2)],
  ["BINFLOAT -0", "G\x80\0\0\0\0\0\0\0", -0],
  ["BINFLOAT of an infinity", "G\xff\xf0\0\0\0\0\0\0", -Infinity],
  ["BINFLOAT past 2^53", "G\x43\x50\0\0\0\0\0\0", 2 ** 54],
  ["STRING", "S'city'\n", "city"],
  ["STRING in double quotes", 'S"it\'s"\n', "it's"],
  [
    "STRING with escapes",
    "S'\\\\ \\' \\n\\r\\t\\a\\b\\f\\v \\x41 \\101 \\0'\n",
    "\\ ' \n\r\t\x07\b\f\v A A \0",
  ],
  ["STRING with what is no escape", "S'\\q\\8'\n", "\\q\\8"],
  ["STRING of nothing", "S''\n", ""],
  ["BINSTRING", "T\x03\0\0\0abc", "abc"],
  ["SHORT_BINSTRING", "U\x03a\0\x7f", "a\0\x7f"],
  ["UNICODE", "VOrt \xe9\n", "Ort é"],
  ["UNICODE with escapes", "V\\u041c\\U0001f682\\u005c\\u000a\n", "М🚂\\\n"],
  ["UNICODE with what is no escape", "V\\n \\\\u0041 \\\n", "\\n \\\\u0041 \\"],
  ["UNICODE of nothing", "V\n", ""],
  ["BINUNICODE", "X\x04\0\0\0\xd0\x9c\xc3\xa9", "Мé"],
  ["BINUNICODE of a mark of byte order", "X\x04\0\0\0\xef\xbb\xbfa", "\ufeffa"],
  ["BINUNICODE of the character for what is none", "X\x03\0\0\0\xef\xbf\xbd", "\ufffd"],
  ["SHORT_BINUNICODE", "\x8c\x04\xf0\x9f\x9a\x82", "🚂"],
  ["BINUNICODE8", "\x8d\x02" + EIGHT.slice(1) + "ab", "ab"],
  ["EMPTY_LIST", "]", []],
  ["LIST", "(K\x01K\x02l", [1, 2]],
  ["LIST of nothing", "(l", []],
  ["APPEND", "]K\x01a]aVb\na", [1, [], "b"]],
  ["APPENDS", "](K\x01(K\x02K\x03le", [1, [2, 3]]],
  ["APPENDS of nothing", "](e", []],
  ["EMPTY_TUPLE", ")", []],
  ["TUPLE", "(K\x01K\x02K\x03K\x04t", [1, 2, 3, 4]],
  ["TUPLE1", "K\x01\x85", [1]],
  ["TUPLE2", "K\x01K\x02\x86", [1, 2]],
  ["TUPLE3", "K\x01K\x02K\x03\x87", [1, 2, 3]],
  ["EMPTY_DICT", "}", new Map()],
  ["DICT", "(Vx\nK\x01Vy\n}d", new Map<string, Value>([["x", 1], ["y", new Map()]])],
  ["SETITEMS", "}(Vy\nK\x01Vx\nK\x02u", new Map([["y", 1], ["x", 2]])],
  ["SETITEMS of nothing", "}(u", new Map()],
  ["POP", "K\x01K\x020", 1],
  ["POP of a mark", "K\x01(0", 1],
  ["POP_MARK", "K\x01(K\x02K\x031", 1],
  ["DUP", "]q\x07K\x012\x86a", [[1, 1]]],
  ["PUT and GET", "(Vlong\np5\ng5\nl", ["long", "long"]],
  ["BINPUT and BINGET", "(K\x07q\x09h\x09t", [7, 7]],
  ["LONG_BINPUT and LONG_BINGET", "(K\x07r\x09\0\0\0j\x09\0\0\0t", [7, 7]],
  ["MEMOIZE", "(K\x07\x94Vb\n\x94h\0h\x01t", [7, "b", 7, "b"]],
  ["MEMOIZE behind BINPUT", "(K\x07q\0Vb\n\x94h\x01h\0t", [7, "b", "b", 7]],
  ["None in the memo", "(Nq\0h\0t", [null, null]],
  ["PROTO in the middle", "\x80\x03K\x01", 1],
  ["FRAME that ends before what follows", "\x95\x03" + EIGHT.slice(1) + "M\x01\x020N", null],
];
for (const [name, opcodes, value] of VALUES) {
  test(`a pickle is read: ${name}`, () => assertEquals(readValue(opcodes), value));
}

test("what stands at two places is filled at both", () => {
  assertEquals(readValue("]q\0h\0\x86h\0K\x01a0"), [[1], [1]]);
  assertEquals(readValue("(}q\0h\0Vx\nK\x01s0l"), [new Map([["x", 1]])]);
});

test("a list of cities and wagons is read as the dictionary of them", () => {
  const entry = (city: string) => `}(Vcity\nV${city}\nVwagons\nK\x07u`;
  const cities = pickleFormat.read(raw(`](${entry("B")}${entry("A")}e.`));
  assertEquals([...cities], [["B", 7], ["A", 7]]);
});

test("names that the language itself has are names like others", () => {
  const names = ["__proto__", "constructor", "toString"];
  const pickle = names.map((name) => `V${name}\nK\x01`).join("");
  assertEquals([...pickleFormat.read(raw(`}(${pickle}u.`))], names.map((name) => [name, 1]));
});

test("bytes in the middle of a larger buffer are read", () => {
  const bytes = raw("xx}Vcity\nX\x02\0\0\0abs.yy").subarray(2, -2);
  assertEquals([...pickleFormat.read(bytes)], [["city", "ab"]]);
});

test("a whole number has as many digits as there may be, and no more", () => {
  assertEquals(readValue(`L${"9".repeat(4_300)}L\n`), 10n ** 4_300n - 1n);
  assertEquals(readValue(`I-${"9".repeat(4_300)}\n`), 1n - 10n ** 4_300n);
  assertThrows(() => readValue(`L1${"0".repeat(4_300)}L\n`), FormatError, "opcode LONG has");
  // 10^4300 has 1,786 bytes: the first bits of it tell.
  const long = (high: string) => `\x8b\xfa\x06\0\0${"\xff".repeat(1_785)}${high}`;
  assertEquals(typeof readValue(long("\x02")), "bigint");
  assertThrows(() => readValue(long("\x7f")), FormatError, "opcode LONG4 is a whole number");
});

test("as many lists and dictionaries in each other are read as there may be, and no more", () => {
  const nested = (count: number) => raw(`${"}Va\n".repeat(count - 1)}}${"s".repeat(count - 1)}.`);
  pickleFormat.read(nested(128));
  assertThrows(() => pickleFormat.read(nested(129)), FormatError, "more than 128 lists");
  // The same by the memo: what is taken from it stands at a level of its own.
  const deep = `(${"(".repeat(99)}${"l".repeat(99)}q\0l`;
  assertEquals(typeof readValue(`(${deep}${"(".repeat(26)}h\0${"l".repeat(26)}l`), "object");
  const deeper = `(${deep}${"(".repeat(28)}h\0${"l".repeat(28)}l`;
  assertThrows(() => readValue(deeper), FormatError, "more than 128 lists");
});
