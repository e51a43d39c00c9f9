import { assert, assertEquals, assertLessOrEqual, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { MAX_NUMBER, numberedName, safeName } from "../lib/safe_name.ts";
import { hostileNames } from "./helpers/hostile_names.ts";

const RUNS = { numRuns: 5000 };

/** What no system takes, or some program takes for something else. Written apart from safe_name.ts. */
function problemOf(name: string): string | undefined {
  if (name === "" || name === "." || name === "..") return "no name of its own";
  if (/[<>:"/\\|?*]/.test(name)) return "a character that Windows forbids";
  if ([...name].some((c) => c < " " || c >= "\x7f" && c <= "\x9f")) return "a control character";
  if (/[\u2044\u2215\u29f8\uff0f\uff3c\uff1a\u2216]/.test(name)) return "like a separator";
  if (/[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\u00ad\u061c]/.test(name)) return "unseen";
  if (!name.isWellFormed()) return "half of a surrogate pair";
  if (/^[.\- ]/.test(name)) return "begins as an option, or hidden";
  if (/[. ]$/.test(name)) return "ends with what Windows drops";
  const stem = name.split(".")[0]!.trim().toUpperCase();
  const devices = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"];
  for (const port of ["COM", "LPT"]) {
    for (const digit of "0123456789¹²³") devices.push(`${port}${digit}`);
  }
  if (devices.includes(stem)) return "a device of Windows";
  if (name !== name.normalize("NFC")) return "another form of Unicode";
  if (new TextEncoder().encode(name).length > 248) return "too long for a number behind it";
  return undefined;
}

/** Texts made of what names are attacked with. */
const anyName = fc.array(
  fc.oneof(
    fc.string({ unit: "binary", maxLength: 6 }),
    fc.string({ unit: "grapheme", maxLength: 6 }),
    fc.constantFrom(...hostileNames().map(({ name }) => name)),
    fc.constantFrom("/", "\\", ":", ".", "..", "-", " ", "CON", "nul", "com¹", "LPT1", "$"),
    fc.constantFrom("\u0301", "\u200d", "\ud800", "\udc00", "\u202e", "<", "\u0338", "\u3000"),
    fc.constantFrom("\u1100", "\u1161", "\u11a8", "\u0345", "e", "a".repeat(246), "é".repeat(124)),
  ),
  { maxLength: 12 },
).map((parts) => parts.join(""));

for (const { why, name, safe } of hostileNames()) {
  Deno.test(`a name that is hostile (${why}): ${JSON.stringify(name).slice(0, 60)}`, () => {
    assertEquals(safeName(name), safe);
    assertEquals(problemOf(safe), undefined);
    assertEquals(safeName(safe), safe);
  });
}

Deno.test("whatever the name, what is made of it is a name everywhere, and stays as it is", () => {
  fc.assert(
    fc.property(anyName, (name) => {
      const safe = safeName(name);
      assertEquals(problemOf(safe), undefined, JSON.stringify(safe));
      assertEquals(safeName(safe), safe);
    }),
    RUNS,
  );
});

Deno.test("with a number it is still a name everywhere, and another one", () => {
  fc.assert(
    fc.property(anyName, fc.integer({ min: 2, max: MAX_NUMBER }), (name, number) => {
      const safe = safeName(name);
      const numbered = numberedName(safe, number);
      assertNotEquals(numbered, safe);
      assertLessOrEqual(new TextEncoder().encode(numbered).length, 255);
      const problem = problemOf(numbered);
      assert(problem === undefined || problem.startsWith("too long"), `${problem}: ${numbered}`);
    }),
    RUNS,
  );
});

Deno.test("names that differ by their form of Unicode alone become one", () => {
  fc.assert(
    fc.property(anyName, (name) => {
      assertEquals(safeName(name.normalize("NFD")), safeName(name.normalize("NFC")));
    }),
    RUNS,
  );
});

Deno.test("a usual name stays as it is", () => {
  for (
    const name of [
      "yard.txt",
      "Накладная № 7 (копия).pdf",
      "写真 2026-11-26.jpg",
      "naïve café.tar.gz",
      "a & b, c; d = e + f's {x} [y] ~z #1 @2 $3 %4 ^5 !.x",
      "no extension",
      "console.log",
      "com10.txt",
      "🚂.png",
      "ノート.txt",
    ]
  ) assertEquals(safeName(name), name);
});

Deno.test("of a name that is too long the extension stays, and no character is cut", () => {
  const encode = (text: string) => new TextEncoder().encode(text).length;
  assertEquals(safeName(`${"x".repeat(300)}.jpeg`), `${"x".repeat(243)}.jpeg`);
  // 4 bytes each.
  assertEquals(safeName("🚂".repeat(100)), "🚂".repeat(62));
  const family = safeName(`${"👩🏽‍🔧".repeat(40)}.png`);
  assertLessOrEqual(encode(family), 248);
  assert(family.endsWith("👩🏽🔧.png"), family);
  // What follows a dot and is as long as that is no extension.
  assertEquals(safeName(`x.${"b".repeat(300)}`), `x.${"b".repeat(246)}`);
});

Deno.test("a number goes before the extension", () => {
  assertEquals(numberedName("yard.txt", 1), "yard.txt");
  assertEquals(numberedName("yard.txt", 2), "yard (2).txt");
  assertEquals(numberedName("yard", 3), "yard (3)");
  assertEquals(numberedName("yard.tar.gz", 12), "yard.tar (12).gz");
});
