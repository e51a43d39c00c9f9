/**
 * Times as Python writes them, and what is nearly one.
 *
 * @module
 */

import fc from "fast-check";

/** A time by a clock on the wall. */
export interface WallTime {
  /** 1 to 9999. */
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  /** 1 to 28, so that each month has it; or the last one. */
  readonly day: number;
  /** Microseconds since midnight. */
  readonly micros: number;
  /** How far the clock is ahead of UTC in microseconds; null for a time that does not know. */
  readonly offsetMicros: number | null;
}

const DAY_MICROS = 86_400_000_000;
const SECOND = 1_000_000;

/** More often whole units than any number. */
function unitsOf(max: number): fc.Arbitrary<number> {
  return fc.oneof(
    ...[3600 * SECOND, 900 * SECOND, 60 * SECOND, SECOND, 1000, 1].map((unit) =>
      fc.integer({ min: 0, max: Math.floor(max / unit) }).map((count) => count * unit)
    ),
  );
}

/** Any time that Python has. */
export const wallTime: fc.Arbitrary<WallTime> = fc.record({
  year: fc.oneof(fc.integer({ min: 1970, max: 2100 }), fc.integer({ min: 1, max: 9999 })),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 31 }),
  micros: unitsOf(DAY_MICROS - 1),
  offsetMicros: fc.oneof(
    fc.constant(null),
    fc.tuple(fc.constantFrom(-1, 1), unitsOf(DAY_MICROS - 1)).map(([sign, at]) => 0 + sign * at),
  ),
}).map((time) => ({ ...time, day: Math.min(time.day, daysIn(time.year, time.month)) }));

function daysIn(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** What Python's `isoformat()` can be asked for. */
export const form: fc.Arbitrary<{ sep: string; timespec: string }> = fc.record({
  sep: fc.constantFrom("T", " "),
  timespec: fc.constantFrom("auto", "hours", "minutes", "seconds", "milliseconds", "microseconds"),
});

const DATES = "2026-11-26 1999-12-31 0001-01-01 2024-02-29 2026-02-29 20261126 2026-W48-4";
const TIMES = "03 23:59 03:43:41 03:43:41.123 03:43:41.123456 23:59:59.000 00:00:00.999999 " +
  "24:00 03:43:60 034341 3:43 03:43:41. 03:43.5 03:43:41.1 03:43:41,123 03:43:41.1234567";
const ZONES = "Z z +00:00 -00:00 +0530 +05 -23:59 +24:00 +05:30:59 -05:30:59.123456 +01:60";

/** Digits and what stands between them, in an order that may be a time's. */
export const nearlyTime: fc.Arbitrary<string> = fc.tuple(
  fc.constantFrom(...DATES.split(" ")),
  fc.constantFrom("T", "T", " ", " ", "t", "x", ""),
  fc.constantFrom(...TIMES.split(" ")),
  fc.constantFrom("", ...ZONES.split(" ")),
  fc.option(fc.tuple(fc.nat(), fc.constantFrom(..."09-:.T +Zé")), { freq: 1 }),
).map(([date, sep, time, zone, change]) => {
  const text = date + sep + time + zone;
  if (change === null) return text;
  const at = change[0] % text.length;
  return text.slice(0, at) + change[1] + text.slice(at + 1);
});
