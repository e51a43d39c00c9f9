import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import stringWidth from "string-width";
import { Clusters, widthOf } from "../../lib/terminal/clusters.ts";
import { test } from "../helpers/strict.ts";

const clusters = new Clusters();
const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

test("widths are those of a terminal", () => {
  const cases: [string, number][] = [
    ["", 0],
    ["a", 1],
    ["ж", 1],
    ["漢", 2],
    ["한", 2],
    ["ｱ", 1],
    ["e\u0301", 1],
    ["👍🏽", 2],
    ["👩‍👩‍👧", 2],
    ["🇩🇪", 2],
    ["❤\ufe0f", 2],
    ["\u200b", 0],
  ];
  for (const [text, width] of cases) assertEquals(widthOf(text), width, JSON.stringify(text));
});

test("letters that are measured the fast way have the same width, and are clusters alone", () => {
  for (let code = 0x20; code < 0x600; code++) {
    const letter = String.fromCodePoint(code);
    if (/^\p{Cc}$/u.test(letter)) continue;
    assertEquals(widthOf(letter), stringWidth(letter), code.toString(16));
    const pair = Array.from(segmenter.segment(`a${letter}`), ({ segment }) => segment);
    assertEquals(clusters.split(`a${letter}`), pair, code.toString(16));
  }
});

test("clusters are those of Unicode, and each place is in one of them", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.nat(), (text, nat) => {
      const split = clusters.split(text);
      assertEquals(split, Array.from(segmenter.segment(text), ({ segment }) => segment));
      const starts = [0];
      for (const cluster of split) starts.push(starts.at(-1)! + cluster.length);
      const place = nat % (text.length + 1);
      const before = starts.findLast((start) => start < place) ?? 0;
      const after = starts.find((start) => start > place) ?? text.length;
      assertEquals([clusters.before(text, place), clusters.after(text, place)], [before, after]);
      assertEquals(clusters.snap(text, place), starts.find((start) => start >= place));
      assert(starts.includes(clusters.snap(text, place)));
    }),
    { numRuns: 1000 },
  );
});
