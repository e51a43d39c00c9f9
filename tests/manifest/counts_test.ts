import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import fc from "fast-check";
import { MAX_CITY_CHARS, MAX_WAGONS } from "../../lib/limits/manifests.ts";
import { readCounts } from "../../lib/manifest/counts.ts";
import { entriesProblem } from "../../lib/manifest/entries.ts";
import { formatManifestJson } from "../../lib/manifest/text.ts";

const RUNS = { numRuns: 1000 };

function assertProblem(json: string, text: string): void {
  const read = readCounts(json);
  assertStringIncludes(typeof read === "string" ? read : entriesProblem(read) ?? "nothing", text);
}

Deno.test("counts: the cities and counts of a JSON object", () => {
  assertEquals(readCounts(' {"Köln": 3, "Łódź": 4294967295, "Oslo": 5.0, "Ur": -0, "Bo": 1e2} '), [
    { city: "Köln", wagons: 3 },
    { city: "Łódź", wagons: MAX_WAGONS },
    { city: "Oslo", wagons: 5 },
    { city: "Ur", wagons: 0 },
    { city: "Bo", wagons: 100 },
  ]);
  assertEquals(readCounts("{}"), []);
});

Deno.test("counts: names of JavaScript's own are cities like others", () => {
  const json = '{"__proto__":1,"constructor":2,"toString":3,"hasOwnProperty":4}';
  assertEquals(readCounts(json), [
    { city: "__proto__", wagons: 1 },
    { city: "constructor", wagons: 2 },
    { city: "toString", wagons: 3 },
    { city: "hasOwnProperty", wagons: 4 },
  ]);
});

Deno.test("counts: of a city that comes twice the last count is taken, as in a dictionary", () => {
  assertEquals(readCounts('{"Köln":1,"Bo":2,"Köln":3}'), [
    { city: "Köln", wagons: 3 },
    { city: "Bo", wagons: 2 },
  ]);
  // Two names of one city are no such thing: which of them was meant is not known.
  assertProblem('{"Ko\\u0308ln":1,"Köln":2}', "Köln comes twice");
});

Deno.test("counts: what is no object of counts says so", () => {
  for (const json of ["", "{", "{'Köln':1}", '{"Köln":01}', "Köln = 3", '{"Köln":NaN}']) {
    assertProblem(json, "are no JSON:");
  }
  for (const json of ["[]", '[["Köln",1]]', "null", "5", '"Köln"']) {
    assertProblem(json, "are no JSON object");
  }
});

Deno.test("counts: a count that is no whole number is named with its city", () => {
  const cases: [string, string][] = [
    ['"5"', "has a text where"],
    ["null", "has null where"],
    ["true", "has true or false where"],
    ["[5]", "has a list where"],
    ['{"wagons":5}', "has an object where"],
    ["1.5", "has 1.5 wagons: a whole number from 0 to 4294967295"],
    ["-1", "has -1 wagons"],
    ["4294967296", "has 4294967296 wagons"],
    ["1e400", "has Infinity wagons"],
  ];
  for (const [count, text] of cases) {
    assertProblem(`{"Bo":1,"Köln":${count}}`, text);
    assertProblem(`{"Bo":1,"Köln":${count}}`, "Köln");
  }
});

Deno.test("counts: a city that cannot be one is named, cut where it is long", () => {
  const long = "ä".repeat(MAX_CITY_CHARS + 1);
  for (const count of ["1", "null"]) {
    assertProblem(`{"${long}":${count}}`, "is longer than 1000 characters");
    assertProblem(`{"a=b":${count}}`, `"a=b" has a '='`);
    assertProblem(`{"":${count}}`, "is empty");
    assertProblem(`{"\\ud800":${count}}`, "no valid Unicode");
    assertProblem(`{"\\u001b[2J":${count}}`, "control character");
    const read = readCounts(`{"${"a\u0301".repeat(400_000)}":${count}}`);
    const problem = typeof read === "string" ? read : entriesProblem(read)!;
    assert(problem.length < 150, problem);
  }
});

Deno.test("counts: JSON as deep as it may be is refused", () => {
  const deep = "[".repeat(300_000) + "]".repeat(300_000);
  assertProblem(deep, "no JSON object");
  assertProblem(`{"Köln":${deep}}`, "has a list where");
});

Deno.test("counts: good entries are read again as they were, whole numbers among the names first", () => {
  const city = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 })
    .map((name) => name.normalize("NFC"))
    .filter((name) => entriesProblem([{ city: name, wagons: 0 }]) === undefined);
  const entry = fc.record({ city, wagons: fc.nat({ max: MAX_WAGONS }) });
  const entries = fc.uniqueArray(entry, { selector: ({ city }) => city, maxLength: 8 });
  const isIndex = (city: string) => /^(0|[1-9]\d*)$/.test(city) && Number(city) < 2 ** 32 - 1;
  fc.assert(
    fc.property(entries, (entries) => {
      const read = readCounts(formatManifestJson(entries));
      assert(typeof read !== "string", String(read));
      const others = ({ city }: { city: string }) => !isIndex(city);
      assertEquals(read.filter(others), entries.filter(others));
      const byCity = (a: { city: string }, b: { city: string }) => a.city < b.city ? -1 : 1;
      assertEquals(read.toSorted(byCity), entries.toSorted(byCity));
    }),
    RUNS,
  );
});

Deno.test("counts: any text is entries or a reason", () => {
  const value = fc.oneof(fc.double(), fc.jsonValue(), fc.nat({ max: MAX_WAGONS }));
  const json = fc.oneof(
    fc.string(),
    fc.json(),
    fc.dictionary(fc.string({ unit: "binary" }), value).map((object) => JSON.stringify(object)),
  );
  let read = 0;
  fc.assert(
    fc.property(json, (json) => {
      const entries = readCounts(json);
      if (typeof entries === "string") {
        assert(/^The .*\.$/s.test(entries), entries);
        return;
      }
      read++;
      const names = Object.keys(JSON.parse(json)).map((name) => name.normalize("NFC"));
      assertEquals(entries.map(({ city }) => city), names);
      assert(entries.every(({ wagons }) => typeof wagons === "number" && !Object.is(wagons, -0)));
    }),
    RUNS,
  );
  assert(read > 50, `${read} were entries`);
});
