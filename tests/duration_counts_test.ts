import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { DURATION_BOUNDS_S, DurationCounts } from "../lib/duration_counts.ts";
import { test } from "./helpers/strict.ts";

test("durations: the bounds grow", () => {
  assertEquals([...DURATION_BOUNDS_S].sort((a, b) => a - b), DURATION_BOUNDS_S);
  assertEquals(new Set(DURATION_BOUNDS_S).size, DURATION_BOUNDS_S.length);
});

test("durations: a bucket takes its upper end too, and what is longer than all has one", () => {
  for (const [index, seconds] of DURATION_BOUNDS_S.entries()) {
    assertEquals(bucketsOf(seconds * 1000), [index], `${seconds} s`);
    assertEquals(bucketsOf(seconds * 1000.001), [index + 1], `more than ${seconds} s`);
  }
  assertEquals(bucketsOf(0), [0]);
  assertEquals(bucketsOf(Infinity), [DURATION_BOUNDS_S.length]);
});

test("durations: each is in one bucket, and in the sum", () => {
  const durationMs = fc.double({ min: 0, max: 100_000, noNaN: true });
  fc.assert(
    fc.property(fc.array(durationMs), (all) => {
      const counts = new DurationCounts();
      for (const one of all) counts.add(one);
      for (const [index, bound] of [...DURATION_BOUNDS_S, Infinity].entries()) {
        const below = counts.buckets.slice(0, index + 1).reduce((sum, count) => sum + count, 0);
        assertEquals(below, all.filter((one) => one / 1000 <= bound).length);
      }
      const sumMs = all.reduce((sum, one) => sum + one, 0);
      assertEquals(counts.sumMs, sumMs);
    }),
    { numRuns: 1000 },
  );
});

function bucketsOf(durationMs: number): number[] {
  const counts = new DurationCounts();
  counts.add(durationMs);
  assert(counts.buckets.length === DURATION_BOUNDS_S.length + 1);
  return counts.buckets.flatMap((count, index) => count > 0 ? [index] : []);
}
