import { assertEquals, assertMatch, assertThrows } from "@std/assert";
import fc from "fast-check";
import { formatDateTime } from "../../lib/wire/date_time.ts";

const RUNS = { numRuns: 1000 };
const DAY_MS = 86_400_000;
/** 0000-01-01 and 10000-01-01 in UTC. */
const FIRST_MS = -62_167_219_200_000;
const END_MS = 253_402_300_800_000;

/** Quarters of an hour, from UTC-12 to UTC+14: halves are in use, and so is UTC+5:45. */
const offset = fc.integer({ min: -48, max: 56 }).map((quarters) => 15 * quarters);
/** Times whose year has four digits in every zone, near the ends and elsewhere. */
const timeMs = fc.oneof(
  fc.integer({ min: FIRST_MS + DAY_MS, max: END_MS - DAY_MS - 1 }),
  fc.integer({ min: 0, max: 4_102_444_800_000 }),
);

/**
 * Another way to the same: days to year, month and day by arithmetic alone (Howard Hinnant,
 * "chrono-Compatible Low-Level Date Algorithms", civil_from_days).
 */
function formatByArithmetic(timeMs: number, utcOffsetMinutes: number): string {
  const local = timeMs + utcOffsetMinutes * 60_000;
  const days = Math.floor(local / DAY_MS);
  let rest = local - days * DAY_MS;
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra -
    (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const take = (unitMs: number) => {
    const count = Math.floor(rest / unitMs);
    rest -= count * unitMs;
    return count;
  };
  const pad = (number: number, digits = 2) => String(number).padStart(digits, "0");
  const [hour, minute, second] = [take(3_600_000), take(60_000), take(1000)];
  return `${pad(year, 4)}${pad(month)}${pad(day)}T${pad(hour)}${pad(minute)}${pad(second)}.` +
    pad(rest, 3);
}

Deno.test("times that are known", () => {
  const cases: [number, number, string][] = [
    [0, 0, "19700101T000000.000"],
    [-1, 0, "19691231T235959.999"],
    [1_000_000_000_000, 0, "20010909T014640.000"],
    [951_782_400_000, 0, "20000229T000000.000"], // a leap day of a century
    [951_868_799_999, 0, "20000229T235959.999"],
    [1_645_557_742_000, -300, "20220222T142222.000"], // RFC 9562, appendix A.6
    [0, 330, "19700101T053000.000"], // India
    [0, -210, "19691231T203000.000"], // Newfoundland
    [0, 345, "19700101T054500.000"], // Nepal
    [FIRST_MS, 0, "00000101T000000.000"],
    [END_MS - 1, 0, "99991231T235959.999"],
  ];
  for (const [timeMs, utcOffsetMinutes, text] of cases) {
    assertEquals(formatDateTime(timeMs, utcOffsetMinutes), text);
  }
});

Deno.test("the form is that of arithmetic, in every zone", () => {
  fc.assert(
    fc.property(timeMs, offset, (timeMs, offset) => {
      const text = formatDateTime(timeMs, offset);
      assertMatch(text, /^\d{8}T\d{6}\.\d{3}$/);
      assertEquals(text, formatByArithmetic(timeMs, offset));
    }),
    RUNS,
  );
});

Deno.test("a year has four digits where the time is told, not in UTC", () => {
  for (const [first, end, offset] of [[FIRST_MS, END_MS, 0], [FIRST_MS, END_MS, 330]] as const) {
    const [firstMs, endMs] = [first - offset * 60_000, end - offset * 60_000];
    assertEquals(formatDateTime(firstMs, offset), "00000101T000000.000");
    assertEquals(formatDateTime(endMs - 1, offset), "99991231T235959.999");
    assertThrows(() => formatDateTime(firstMs - 1, offset), RangeError, "four digits");
    assertThrows(() => formatDateTime(endMs, offset), RangeError, "four digits");
  }
  for (const timeMs of [8.64e15, -8.64e15, 8.64e15 + 1, NaN, Infinity]) {
    assertThrows(() => formatDateTime(timeMs, 0), RangeError);
  }
});

Deno.test("an hour that comes twice is two times, by the offset", () => {
  // Berlin, 25 October 2026: at 03:00 in UTC+2 it is 02:00 in UTC+1 again.
  const changeMs = Date.UTC(2026, 9, 25, 1);
  assertEquals(formatDateTime(changeMs - 1, 120), "20261025T025959.999");
  assertEquals(formatDateTime(changeMs, 60), "20261025T020000.000");
  // 29 March 2026: no clock there shows 02:30.
  assertEquals(formatDateTime(Date.UTC(2026, 2, 29, 1), 120), "20260329T030000.000");
});
