import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { formatBytes, formatDuration, parseBytes, parseDuration } from "../lib/units.ts";

Deno.test("durations as people write them", () => {
  const cases: [string, number][] = [
    ["0ms", 0],
    ["0s", 0],
    ["100ms", 100],
    ["5s", 5000],
    ["2m", 120_000],
    ["1h", 3_600_000],
    ["7d", 604_800_000],
    ["007s", 7000],
    ["1500ms", 1500],
    ["999999999999999ms", 999_999_999_999_999],
  ];
  for (const [text, durationMs] of cases) assertEquals(parseDuration(text), durationMs, text);
});

Deno.test("sizes as people write them", () => {
  const cases: [string, number][] = [
    ["0B", 0],
    ["512B", 512],
    ["64KiB", 65_536],
    ["1MiB", 1_048_576],
    ["2GiB", 2_147_483_648],
  ];
  for (const [text, bytes] of cases) assertEquals(parseBytes(text), bytes, text);
});

Deno.test("a bare number, a unit that is none, or anything else is not read", () => {
  const neither = ["", "5", "s", "B", "5 s", " 5s", "5s ", "5s\n", "-5s", "+5s", "1.5s", "1e3s"]
    .concat("5S", "5Ms", "5sec", "5µs", "5w", "1h30m", "0x5s", "٥s", "5__proto__", "5toString")
    .concat("5constructor", "1_000ms", "5KB", "5kib", "5KIB", "5K", "5MB", "5b", "5TiB")
    .concat("1234567890123456s", "1234567890123456B");
  for (const text of neither) {
    assertEquals([parseDuration(text), parseBytes(text)], [undefined, undefined], text);
  }
  assertEquals([parseDuration("5B"), parseBytes("5s")], [undefined, undefined]);
});

Deno.test("the largest unit that leaves a whole number is written", () => {
  const durations: [number, string][] = [
    [0, "0ms"],
    [1, "1ms"],
    [999, "999ms"],
    [1000, "1s"],
    [1001, "1001ms"],
    [60_000, "1m"],
    [90_000, "90s"],
    [3_600_000, "1h"],
    [86_400_000, "1d"],
    [604_800_000, "7d"],
  ];
  for (const [durationMs, text] of durations) assertEquals(formatDuration(durationMs), text);
  const sizes: [number, string][] = [
    [0, "0B"],
    [1023, "1023B"],
    [1024, "1KiB"],
    [1025, "1025B"],
    [1_048_576, "1MiB"],
    [1_073_741_824, "1GiB"],
    [5 * 1024 ** 4, "5120GiB"],
  ];
  for (const [bytes, text] of sizes) assertEquals(formatBytes(bytes), text);
});

Deno.test("what is written is read as the same", () => {
  const quantity = fc.oneof(
    fc.integer({ min: 0, max: 999_999_999_999_999 }),
    fc.tuple(fc.nat(10_000), fc.constantFrom(1000, 60_000, 3_600_000, 86_400_000, 1024, 1024 ** 3))
      .map(([count, unit]) => count * unit),
  );
  fc.assert(
    fc.property(quantity, (quantity) => {
      assertEquals(parseDuration(formatDuration(quantity)), quantity);
      assertEquals(parseBytes(formatBytes(quantity)), quantity);
    }),
    { numRuns: 1000 },
  );
});
