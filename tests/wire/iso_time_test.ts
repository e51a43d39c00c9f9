import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { formatIsoTime, readIsoTime } from "../../lib/wire/iso_time.ts";
import { nearlyTime, type WallTime, wallTime } from "./iso_arbitraries.ts";

const RUNS = { numRuns: 2000 };
const FIRST_MS = Date.parse("0001-01-01T00:00:00Z");
const LAST_MS = Date.parse("9999-12-31T23:59:59.999Z");
const DAY_MS = 86_400_000;

Deno.test("iso time: known times are written as Python does", () => {
  const cases: [number, number, string][] = [
    [0, 0, "1970-01-01T00:00:00"],
    [-1, 0, "1969-12-31T23:59:59.999000"],
    [1_700_000_000_120, 60, "2023-11-14T23:13:20.120000"],
    [1_700_000_000_000, -570, "2023-11-14T12:43:20"],
    [FIRST_MS, 0, "0001-01-01T00:00:00"],
    [LAST_MS, 0, "9999-12-31T23:59:59.999000"],
    // Liberia before 1972: 44 minutes and 30 seconds behind.
    [0, -44.5, "1969-12-31T23:15:30"],
  ];
  for (const [timeMs, offset, text] of cases) assertEquals(formatIsoTime(timeMs, offset), text);
});

Deno.test("iso time: a time that Python has not is not written", () => {
  for (const timeMs of [FIRST_MS - 1, LAST_MS + 1, NaN, Infinity, 0.5]) {
    assertThrows(() => formatIsoTime(timeMs, 0), RangeError, "Cannot write");
  }
});

Deno.test("iso time: what is written is read again, in whatever zone", () => {
  const timeMs = fc.oneof(
    fc.integer({ min: 0, max: 4_102_444_800_000 }),
    fc.integer({ min: FIRST_MS + DAY_MS, max: LAST_MS - DAY_MS }),
    fc.integer({ min: 0, max: 4_102_444_800 }).map((seconds) => seconds * 1000),
  );
  const micros = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 999 }));
  fc.assert(
    fc.property(timeMs, fc.integer({ min: -720, max: 840 }), micros, (timeMs, offset, micros) => {
      const text = formatIsoTime(timeMs, offset, micros);
      assertEquals(text.length, timeMs % 1000 === 0 && micros === 0 ? 19 : 26);
      assertEquals(readIsoTime(text), { wallMs: timeMs + offset * 60_000, micros });
    }),
    RUNS,
  );
});

/** By arithmetic alone: days since 1970-01-01 (Howard Hinnant, days_from_civil). */
function daysFromCivil({ year, month, day }: WallTime): number {
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) +
    dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function pad(number: number, digits = 2): string {
  return String(number).padStart(digits, "0");
}

/** The time of a day, or an offset, as Python writes it: seconds and a fraction where needed. */
function clock(micros: number, needsSeconds: boolean): string {
  const seconds = Math.floor(micros / 1e6);
  const [hour, minute, second, rest] = [
    Math.floor(seconds / 3600),
    Math.floor(seconds / 60) % 60,
    seconds % 60,
    micros % 1e6,
  ];
  const hasSeconds = needsSeconds || second > 0 || rest > 0;
  return `${pad(hour)}:${pad(minute)}${hasSeconds ? `:${pad(second)}` : ""}` +
    (rest > 0 ? `.${pad(rest, 6)}` : "");
}

Deno.test("iso time: any time that Python has is read to its last digit", () => {
  fc.assert(
    fc.property(wallTime, fc.constantFrom("T", " "), (time, sep) => {
      const { year, month, day, micros, offsetMicros } = time;
      const zone = offsetMicros === null
        ? ""
        : (offsetMicros < 0 ? "-" : "+") + clock(Math.abs(offsetMicros), false);
      const text = `${pad(year, 4)}-${pad(month)}-${pad(day)}${sep}${clock(micros, true)}${zone}`;
      assertEquals(readIsoTime(text), {
        wallMs: daysFromCivil(time) * DAY_MS + Math.floor(micros / 1000),
        micros: micros % 1000,
        ...(offsetMicros === null ? {} : { utcOffsetMicros: offsetMicros }),
      }, text);
    }),
    RUNS,
  );
});

Deno.test("iso time: other forms of Python are read too", () => {
  const wallMs = Date.UTC(2026, 10, 26, 3);
  const cases: [string, ReturnType<typeof readIsoTime>][] = [
    ["2026-11-26T03", { wallMs, micros: 0 }],
    ["2026-11-26 03:00", { wallMs, micros: 0 }],
    ["2026-11-26T03:00:00.007", { wallMs: wallMs + 7, micros: 0 }],
    ["2026-11-26T03:00:00.007008", { wallMs: wallMs + 7, micros: 8 }],
    ["2026-11-26T03:00Z", { wallMs, micros: 0, utcOffsetMicros: 0 }],
    ["2026-11-26T03-00:00", { wallMs, micros: 0, utcOffsetMicros: 0 }],
    ["2026-11-26T03:00:00-03:30", { wallMs, micros: 0, utcOffsetMicros: -12_600_000_000 }],
  ];
  for (const [text, time] of cases) assertEquals(readIsoTime(text), time, text);
});

Deno.test("iso time: what is no time is none", () => {
  for (
    const text of [
      ...["", "now", "2026-11-26", "2026-13-01T00:00", "2026-02-29T00:00", "2026-00-10T00:00"],
      ...["0000-01-01T00:00", "2026-11-00T00:00", "2026-11-26T24:00", "2026-11-26T03:60"],
      ...["2026-11-26T03:00:60", "2026-11-26T03:00:00.1", "2026-11-26T03:00:00,123"],
      ...["2026-11-26T03:00+24:00", "2026-11-26T03:00+01:60", "2026-11-26T03:00+01:00:60"],
      ...["2026-11-26T03:00z", " 2026-11-26T03:00", "2026-11-26T03:00\n", "٢٠٢٦-11-26T03:00"],
      ...["12026-11-26T03:00", "2026-11-26T03:00+0100", "2026-11-26T03:00Z+01:00"],
    ]
  ) assertEquals(readIsoTime(text), undefined, text);
});

Deno.test("iso time: any text is a time within bounds, or none", () => {
  let times = 0;
  fc.assert(
    fc.property(fc.oneof(nearlyTime, fc.string()), (text) => {
      const time = readIsoTime(text);
      if (time === undefined) return;
      times++;
      assert(time.wallMs >= FIRST_MS && time.wallMs <= LAST_MS);
      assert(Number.isInteger(time.micros) && time.micros >= 0 && time.micros < 1000);
      assert(Math.abs(time.utcOffsetMicros ?? 0) < DAY_MS * 1000);
    }),
    { numRuns: 5000 },
  );
  assert(times > 100, `${times} were times`);
});
