import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { cityProblem, entriesProblem } from "../../lib/manifest/entries.ts";
import type { Entry } from "../../lib/wire/messages.ts";

Deno.test("what is wrong with the name of a city", () => {
  const cases: [string, string | undefined][] = [
    ["Москва", undefined],
    ["Saint-Denis-lès-Bourg (Ain), 2 #1", undefined],
    ["1941", undefined],
    ["__proto__", undefined],
    ["\u{1f682}", undefined],
    ["a # b", undefined],
    ["", "is empty"],
    ["\t", "has a control character or a line break"],
    ["a\nb", "has a control character or a line break"],
    ["a\u2028b", "has a control character or a line break"],
    ["a\x00b", "has a control character or a line break"],
    ["a\x7fb", "has a control character or a line break"],
    ["a\x9bb", "has a control character or a line break"],
    ["a=b", "has a '='"],
    ["#a", "begins with '#'"],
    [" ", "has spaces around it"],
    [" a", "has spaces around it"],
    ["a\u00a0", "has spaces around it"],
    ["\ufeffa", "has spaces around it"],
    ["\ud800", "is no valid Unicode"],
    ["\udc00\ud800", "is no valid Unicode"],
    ["e\u0301", "is not in NFC"],
    ["\u212b", "is not in NFC"],
    ["x".repeat(999), undefined],
    ["x".repeat(1000), undefined],
    ["x".repeat(1001), "is longer than 1000 characters"],
    ["\u{1f682}".repeat(1000), undefined],
    ["\u{1f682}".repeat(1001), "is longer than 1000 characters"],
    [`${"\u{1f682}".repeat(999)}x`, undefined],
    [`${"\u{1f682}".repeat(999)}xx`, "is longer than 1000 characters"],
    ["x".repeat(2000), "is longer than 1000 characters"],
    ["x".repeat(2001), "is longer than 1000 characters"],
  ];
  for (const [city, problem] of cases) assertEquals(cityProblem(city), problem, city.slice(0, 20));
});

Deno.test("every control character is refused, wherever it stands", () => {
  const controls = [...Array(0x20).keys()].concat(0x7f, ...Array(0x20).keys().map((n) => n + 0x80));
  for (const code of controls) {
    const control = String.fromCharCode(code);
    for (const city of [control, `${control}a`, `a${control}`, `a${control}b`]) {
      assertEquals(cityProblem(city), "has a control character or a line break", String(code));
    }
  }
  assertEquals(controls.length, 65);
});

Deno.test("a good name stands before the '=' of a line, and comes back as it was", () => {
  const anyName = fc.oneof(
    fc.array(fc.nat(0xffff), { maxLength: 6 }).map((units) => String.fromCharCode(...units)),
    fc.string({ unit: "binary", maxLength: 12, size: "max" }),
  );
  let good = 0;
  fc.assert(
    fc.property(anyName, (city) => {
      if (cityProblem(city) !== undefined) return;
      good++;
      assertEquals(city.normalize("NFC").trim(), city);
      assertEquals(new TextDecoder().decode(new TextEncoder().encode(city)), city);
      assert(!/[=\n\r]/.test(city) && city !== "");
    }),
    { numRuns: 3000 },
  );
  assert(good > 500, `only ${good} names were good`);
});

Deno.test("entries are good when each city is, and comes once, and each number fits", () => {
  const cases: [Entry[], string | undefined][] = [
    [[{ city: "a", wagons: 0 }], undefined],
    [[{ city: "a", wagons: 4_294_967_295 }, { city: "b", wagons: 1 }], undefined],
    [[{ city: "__proto__", wagons: 1 }, { city: "constructor", wagons: 1 }], undefined],
    [[], "The manifest has no entry."],
    [[{ city: "", wagons: 1 }], 'The city "" is empty.'],
    [[{ city: "a", wagons: 1 }, { city: "#b", wagons: 1 }], `The city "#b" begins with '#'.`],
    [[{ city: "a", wagons: 1 }, { city: "a", wagons: 1 }], "The city a comes twice."],
  ];
  for (const [entries, problem] of cases) assertEquals(entriesProblem(entries), problem);
  for (const wagons of [-1, 0.5, 4_294_967_296, NaN, Infinity]) {
    assertEquals(
      entriesProblem([{ city: "a", wagons }]),
      `a has ${wagons} wagons: a whole number from 0 to 4294967295 is needed.`,
    );
  }
});

Deno.test("a problem shows no more than 40 characters of a name", () => {
  const problem = entriesProblem([{ city: "x".repeat(5000), wagons: 1 }]);
  assertEquals(problem, `The city "${"x".repeat(40)}" is longer than 1000 characters.`);
});
