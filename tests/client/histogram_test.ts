import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
import { Histogram } from "../../lib/client/histogram.ts";

const QUANTILES = [0, 0.001, 0.01, 0.25, 0.5, 0.75, 0.9, 0.99, 0.999, 0.9999, 1];
/** 2^42 microseconds: what the buckets reach. */
const REACH_MS = 2 ** 42 / 1000;

/** Durations in milliseconds, as many short ones as long ones: from 10 ns to the reach. */
const durationMs = fc.oneof(
  fc.double({ min: Math.log(1e-5), max: Math.log(REACH_MS), noNaN: true })
    .map((log) => Math.min(Math.exp(log), REACH_MS * (1 - 1e-12))),
  fc.double({ min: 0, max: 10, noNaN: true }),
  // Around each power of two of a microsecond, where the buckets change their width.
  fc.tuple(fc.integer({ min: 0, max: 41 }), fc.constantFrom(1 - 2 ** -52, 1, 1 + 2 ** -52))
    .map(([exponent, factor]) => 2 ** exponent * factor / 1000),
);
const durations = fc.array(durationMs, { minLength: 1, maxLength: 200, size: "max" });

function histogramOf(durations: readonly number[]): Histogram {
  const histogram = new Histogram();
  for (const durationMs of durations) histogram.record(durationMs);
  return histogram;
}

Deno.test("without a duration there is nothing to tell", () => {
  const empty = new Histogram();
  assertEquals(empty.count, 0);
  assertEquals([empty.minMs, empty.maxMs, empty.quantileMs(0.5)], [NaN, NaN, NaN]);
});

Deno.test("one duration is every quantile", () => {
  for (const durationMs of [0, 0.0005, 0.001, 1, 1.2345, 20_000, REACH_MS, 1e300]) {
    const histogram = histogramOf([durationMs]);
    for (const q of QUANTILES) assertEquals(histogram.quantileMs(q), durationMs);
  }
});

Deno.test("a quantile is that of the sorted durations, to within 1.6 percent or a microsecond", () => {
  const share = fc.oneof(
    fc.constantFrom(...QUANTILES),
    fc.double({ min: 0, max: 1, noNaN: true }),
  );
  fc.assert(
    fc.property(durations, fc.array(share, { maxLength: 10 }), (durations, shares) => {
      const histogram = histogramOf(durations);
      const sorted = durations.toSorted((a, b) => a - b);
      assertEquals(histogram.count, durations.length);
      assertEquals(histogram.minMs, sorted[0]);
      assertEquals(histogram.maxMs, sorted.at(-1));
      for (const q of shares) {
        const exact = sorted[Math.max(1, Math.ceil(q * sorted.length)) - 1]!;
        const error = Math.abs(histogram.quantileMs(q) - exact);
        assertLessOrEqual(error, Math.max(0.016 * exact, 0.001), `${q} of ${sorted}`);
      }
    }),
    { numRuns: 1000 },
  );
});

Deno.test("a larger share never has a smaller quantile", () => {
  fc.assert(
    fc.property(durations, (durations) => {
      const histogram = histogramOf(durations);
      const values = QUANTILES.map((q) => histogram.quantileMs(q));
      assertEquals(values.toSorted((a, b) => a - b), values);
      assert(values[0]! >= histogram.minMs && values.at(-1)! <= histogram.maxMs);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("adding is as if all had been recorded in one", () => {
  const some = fc.array(durationMs, { maxLength: 30, size: "max" });
  fc.assert(
    fc.property(some, some, (ours, theirs) => {
      const [sum, other, whole] = [ours, theirs, [...ours, ...theirs]].map(histogramOf);
      sum!.add(other!);
      const read = (histogram: Histogram) => [
        histogram.count,
        histogram.minMs,
        histogram.maxMs,
        ...QUANTILES.map((q) => histogram.quantileMs(q)),
      ];
      assertEquals(read(sum!), read(whole!));
      assertEquals(read(other!), read(histogramOf(theirs)));
    }),
    { numRuns: 1000 },
  );
});

Deno.test("a duration may be recorded many times at once", () => {
  const histogram = new Histogram();
  histogram.record(1, 9_999_999);
  histogram.record(1000);
  assertEquals(histogram.count, 10_000_000);
  assertLessOrEqual(Math.abs(histogram.quantileMs(0.9999999) - 1), 0.016);
  assertEquals(histogram.quantileMs(1), 1000);
});

Deno.test("what is longer than the buckets reach is still counted, and the longest is exact", () => {
  const histogram = histogramOf([1, REACH_MS, 2 * REACH_MS, 1e15]);
  assertEquals([histogram.count, histogram.maxMs], [4, 1e15]);
  for (const q of [0.5, 0.75, 1]) {
    assert(histogram.quantileMs(q) >= REACH_MS * 0.98 && histogram.quantileMs(q) <= 1e15);
  }
});
