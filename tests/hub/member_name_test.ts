import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { freeName, type MemberName, readMemberName } from "../../lib/hub/member_name.ts";
import { test } from "../helpers/strict.ts";

const RUNS = { numRuns: 2000 };

const good: [what: string, wanted: string, name: string][] = [
  ["Latin", "Ann", "Ann"],
  ["Cyrillic", "Анна", "Анна"],
  ["Han", "王秀英", "王秀英"],
  ["Arabic", "محمد", "محمد"],
  ["Hindi with joiners", "क्‍ष", "क्‍ष"],
  ["Persian with a non-joiner", "می‌خواهم", "می‌خواهم"],
  ["Thai", "สมชาย", "สมชาย"],
  ["emoji with joiners", "👩‍🚒", "👩‍🚒"],
  ["an emoji with a selector", "❤️", "❤️"],
  ["a Han character with a selector", "葛\u{E0100}", "葛\u{E0100}"],
  ["punctuation", "O'Neill (yard 7) <7>", "O'Neill (yard 7) <7>"],
  ["spaces around", " \u3000Ann B\u00a0 ", "Ann B"],
  ["a letter and its mark", "Jo\u0308rg", "Jörg"],
  ["64 characters outside of the first plane", "🚂".repeat(64), "🚂".repeat(64)],
  ["64 characters of three letters each", "각".repeat(64), "각".repeat(64)],
  ["a name of an object's", "__proto__", "__proto__"],
];
for (const [what, wanted, name] of good) {
  test(`member name: ${what} is taken`, () => assertEquals(read(wanted).name, name));
}

const bad: [what: string, wanted: string, why: string][] = [
  ["nothing", "", "empty"],
  ["spaces alone", " \u00a0\u3000", "empty"],
  ["joiners alone", "\u200d\u200c", "empty"],
  ["65 characters", "a".repeat(65), "longer than 64"],
  ["a very long name", "a".repeat(1_000_000), "longer than 64"],
  // Composition exclusions: normalised they are more characters than before.
  ["a name that grows over 64 characters", "\u{1D160}".repeat(63), "longer than 64"],
  ["half a character", "a\ud83d", "Unicode"],
  ["a letter's mark first", "\u0301a", "begins with a mark"],
  ...[
    "\0",
    "\x07",
    "\b",
    "\t",
    "\n",
    "\r",
    "\x1b",
    "\x7f",
    "\x85",
    "\x9b", // controls
    "\u2028",
    "\u2029", // separators
    "\u202a",
    "\u202b",
    "\u202c",
    "\u202d",
    "\u202e", // bidi
    "\u2066",
    "\u2067",
    "\u2068",
    "\u2069",
    "\u200e",
    "\u200f",
    "\u061c",
    "\u00ad",
    "\u200b",
    "\u2060",
    "\u2061",
    "\ufeff",
    "\u180e",
    "\u034f", // not seen
    "\u115f",
    "\u1160",
    "\u3164",
    "\uffa0",
    "\u17b4",
    "\u2800",
    "\u{e0041}",
    "\u{1d173}",
  ].map((character): [string, string, string] => [
    `U+${character.codePointAt(0)!.toString(16)}`,
    `a${character}b`,
    "not seen",
  ]),
];
for (const [what, wanted, why] of bad) {
  test(`member name: ${what} is refused`, () => {
    const problem = readMemberName(wanted);
    assert(typeof problem === "string", `it is taken as ${JSON.stringify(problem)}`);
    assertStringIncludes(problem, why);
  });
}

const same: [string, string][] = [
  ["Anna", "ANNA"],
  ["Анна", "аННА"],
  ["Anna", "Ａｎｎａ"],
  ["Straße", "STRASSE"],
  ["ΟΔΟΣ", "οδος"],
  ["ΟΔΟΣ", "οδοσ"],
  ["Kelvin", "\u212aelvin"],
  ["ﬁne", "fine"],
  ["Anna B", "Anna\u00a0B"],
  ["Anna B", "Anna \u2003 B"],
  ["Anna", "An\u200dna"],
  ["❤", "❤️"],
  ["Yard 7", "Yard ⑦"],
  ["Jörg", "JO\u0308RG"],
];
for (const [one, other] of same) {
  test(`member name: ${one} is ${escape(other)}`, () => {
    assertEquals(read(one).key, read(other).key);
  });
}

const different: [string, string][] = [["Anna", "Anna 2"], ["Anna", "Аnnа"], ["Jorg", "Jörg"]];
for (const [one, other] of different) {
  test(`member name: ${one} is not ${escape(other)}`, () => {
    assert(read(one).key !== read(other).key);
  });
}

test("member name: what is taken is normal, short, and names itself", () => {
  let taken = 0;
  const anyName = fc.oneof(
    fc.string({ unit: "binary", maxLength: 70 }),
    fc.string({ unit: "grapheme", maxLength: 40 }),
  );
  fc.assert(
    fc.property(anyName, (wanted) => {
      const result = readMemberName(wanted);
      if (typeof result === "string") return;
      taken++;
      const { name, key } = result;
      assert([...name].length >= 1 && [...name].length <= 64);
      assertEquals([name.normalize("NFC"), name.trim()], [name, name]);
      assert(!/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(name));
      assertEquals(readMemberName(name), { name, key });
      for (const variant of [name.toUpperCase(), name.toLowerCase(), name.normalize("NFKC")]) {
        const other = readMemberName(variant);
        if (typeof other !== "string") assertEquals(other.key, key);
      }
    }),
    RUNS,
  );
  assert(taken > 500, `only ${taken} names were taken`);
});

test("member name: a name that is taken gets the first free number", () => {
  const taken = new Set<string>();
  const names = ["Анна", "анна", "Анна 2", "Анна", "Bob"].map((wanted) => enter(taken, wanted));
  assertEquals(names, ["Анна", "анна 2", "Анна 2 2", "Анна 3", "Bob"]);
  taken.delete(read("Анна 2").key);
  assertEquals(enter(taken, "Анна"), "Анна 2");
});

test("member name: a long name that is taken is cut for its number", () => {
  const taken = new Set<string>();
  const long = "ы".repeat(64);
  const names = Array.from({ length: 11 }, () => enter(taken, long));
  assertEquals(names[0], long);
  assertEquals(names[1], `${"ы".repeat(62)} 2`);
  assertEquals(names[10], `${"ы".repeat(61)} 11`);
  // What ends in a space where it is cut has one space before the number.
  const spaced = `${"a".repeat(61)}  b`;
  enter(taken, spaced);
  assertEquals(enter(taken, spaced), `${"a".repeat(61)} 2`);
});

test("member name: what is given is free, is a name itself, and has the key it is given with", () => {
  const unit = fc.constantFrom("a", "A", "ß", "İ", "e\u0301", " ", "2", "ﬁ", "\u200d", "각", "Σ");
  const anyName = fc.string({ unit, minLength: 1, maxLength: 64 });
  fc.assert(
    fc.property(fc.array(anyName, { minLength: 1, maxLength: 20 }), (wanted) => {
      const taken = new Set<string>();
      for (const name of wanted) {
        const asked = readMemberName(name);
        if (typeof asked === "string") continue;
        const given = freeName(asked, (key) => taken.has(key));
        assert(!taken.has(given.key));
        assertEquals(readMemberName(given.name), given);
        taken.add(given.key);
      }
    }),
    RUNS,
  );
});

function read(wanted: string): MemberName {
  const name = readMemberName(wanted);
  assert(typeof name !== "string", name as string);
  return name;
}

function enter(taken: Set<string>, wanted: string): string {
  const { name, key } = freeName(read(wanted), (key) => taken.has(key));
  taken.add(key);
  return name;
}

function escape(text: string): string {
  return text.replace(/[^ -~]/gu, (it) => `U+${it.codePointAt(0)!.toString(16)}`);
}
