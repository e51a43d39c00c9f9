import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { mergeInputs } from "../../lib/manifest/merge.ts";
import { formatManifestText, parseManifestText } from "../../lib/manifest/text.ts";

Deno.test("no texts say nothing", () => {
  assertEquals(mergeInputs([]), { entries: [], problems: [], doubts: [] });
});

Deno.test("the last count of a city stays, in the place where it came first", () => {
  const merged = mergeInputs([
    { name: "one.txt", text: "a = 1\nb = 2\n" },
    { name: "two.txt", text: "c = 3\na = 4\n" },
    { name: "three.txt", text: "a = 5\n" },
  ]);
  assertEquals(merged.entries, [
    { city: "a", wagons: 5 },
    { city: "b", wagons: 2 },
    { city: "c", wagons: 3 },
  ]);
  assertEquals(merged.problems, [
    "two.txt, line 2: a stands in one.txt, line 1 already: 4 counts, not 1",
    "three.txt, line 1: a stands in two.txt, line 2 already: 5 counts, not 4",
  ]);
});

Deno.test("a problem names its text and its line, in the order that they are read in", () => {
  const merged = mergeInputs([
    { name: "one.txt", text: "a = 1\nbad\na = 2\n" },
    { name: "two.txt", text: "worse\n\na = 3\n" },
  ]);
  assertEquals(merged.entries, [{ city: "a", wagons: 3 }]);
  assertEquals(merged.problems, [
    `one.txt, line 2 skipped: "bad" has no '='`,
    "one.txt, line 3: a stands in line 1 already: 2 counts, not 1",
    `two.txt, line 1 skipped: "worse" has no '='`,
    "two.txt, line 3: a stands in one.txt, line 3 already: 3 counts, not 2",
  ]);
});

Deno.test("several texts say what they would say as one", () => {
  const city = fc.constantFrom("a", "b", "c", "__proto__", "constructor", "1941", "Москва");
  const line = fc.record({ city, wagons: fc.nat(9) });
  const texts = fc.array(fc.array(line, { maxLength: 6 }).map(formatManifestText), {
    maxLength: 5,
  });
  fc.assert(
    fc.property(texts, (texts) => {
      const merged = mergeInputs(texts.map((text, index) => ({ name: `${index}`, text })));
      const one = parseManifestText(texts.join(""));
      assertEquals(merged.entries, one.entries);
      assertEquals(merged.problems.length > 0, one.problems.length > 0);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("entries of other forms are named by their input alone", () => {
  const merged = mergeInputs([
    { name: "one.txt", text: "a = 1\n" },
    { name: "two.json", entries: [{ city: "b", wagons: 2 }, { city: "a", wagons: 3 }] },
    { name: "three.txt", text: "b = 4\n" },
  ]);
  assertEquals(merged.entries, [{ city: "a", wagons: 3 }, { city: "b", wagons: 4 }]);
  assertEquals(merged.problems, [
    "two.json: a stands in one.txt, line 1 already: 3 counts, not 1",
    "three.txt, line 1: b stands in two.json already: 4 counts, not 2",
  ]);
});
