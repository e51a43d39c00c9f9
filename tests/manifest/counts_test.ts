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
  assertProblem("{}", "has no entry");
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

Deno.test("counts: the entries of a list", () => {
  const json = '[{"city":"Ur","wagons":1},{"wagons":2.0,"city":"Bo"}]';
  assertEquals(readCounts(json), [{ city: "Ur", wagons: 1 }, { city: "Bo", wagons: 2 }]);
});

Deno.test("counts: a city that comes twice is refused, with its place", () => {
  assertProblem('{"Köln":1,"Bo":2,"Köln":3}', 'the name "Köln" comes twice, in line 1, column 18.');
  // Two names of one city.
  assertProblem('{"Ko\\u0308ln":1,"Köln":2}', "Köln comes twice");
});

Deno.test("counts: what is no object of counts says so", () => {
  for (const json of ["", "{", "{'Köln':1}", '{"Köln":01}', "Köln = 3", "null", "5", '"Köln"']) {
    assertProblem(json, "are no JSON object of cities and counts: ");
  }
  assertProblem('[["Köln",1]]', "the value 1 of the list is no entry {city, wagons}");
});

Deno.test("counts: a count that is no whole number is named with its city", () => {
  const cases: [string, string][] = [
    ['"5"', "has a text where"],
    ["null", "has nothing where"],
    ["true", "has true or false where"],
    ["[5]", "has a list where"],
    ['{"wagons":5}', "has a dictionary where"],
    ["9007199254740992", "has a number beyond 2^53 where"],
    ["NaN", "has NaN wagons"],
    ["-0.0", "has a floating number where"],
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
    assertProblem(`{"\\ud800":${count}}`, "half of a pair of surrogates");
    assertProblem(`{"\\u001b[2J":${count}}`, "control character");
    const read = readCounts(`{"${"a\u0301".repeat(400_000)}":${count}}`);
    const problem = typeof read === "string" ? read : entriesProblem(read)!;
    assert(problem.length < 150, problem);
  }
});

Deno.test("counts: JSON as deep as it may be is refused", () => {
  const deep = "[".repeat(300_000) + "]".repeat(300_000);
  assertProblem(deep, "levels deep");
  assertProblem(`{"Köln":${deep}}`, "levels deep");
  assertProblem(`{"Köln":${deep.slice(299_900, 300_100)}}`, "has a list where");
});

Deno.test("counts: good entries are read again as they were, in their order", () => {
  const city = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 })
    .map((name) => name.normalize("NFC"))
    .filter((name) => entriesProblem([{ city: name, wagons: 0 }]) === undefined);
  const entry = fc.record({
    city: fc.oneof(city, fc.nat().map(String)),
    wagons: fc.nat({ max: MAX_WAGONS }),
  });
  const entries = fc.uniqueArray(entry, {
    selector: ({ city }) => city,
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(
    fc.property(entries, (entries) => {
      assertEquals(readCounts(formatManifestJson(entries)), entries);
    }),
    RUNS,
  );
});

Deno.test("counts: any text is good entries or a reason", () => {
  const value = fc.oneof(fc.nat({ max: MAX_WAGONS }), fc.double(), fc.jsonValue());
  const json = fc.oneof(
    fc.string(),
    fc.json(),
    fc.dictionary(fc.string({ unit: "binary" }), value).map((object) => JSON.stringify(object)),
    fc.dictionary(fc.string({ minLength: 1 }), fc.nat()).map((object) => JSON.stringify(object)),
  );
  let read = 0;
  fc.assert(
    fc.property(json, (json) => {
      const entries = readCounts(json);
      if (typeof entries === "string") {
        assert(/^\S.*\.$/s.test(entries), entries);
        return;
      }
      read++;
      assertEquals(entriesProblem(entries), undefined);
      const names = Object.keys(JSON.parse(json)).map((name) => name.normalize("NFC"));
      assertEquals(new Set(entries.map(({ city }) => city)), new Set(names));
    }),
    RUNS,
  );
  assert(read > 50, `${read} were entries`);
});
