import { assert, assertEquals, assertLessOrEqual, assertMatch } from "@std/assert";
import fc from "fast-check";
import {
  fitColumns,
  type Progress,
  progressLine,
  shortBytes,
  shortTime,
  textColumns,
} from "../lib/progress.ts";
import { ProgressBar } from "../lib/progress_bar.ts";
import { RateMeter } from "../lib/rate_meter.ts";

const HALF: Progress = {
  label: "yard.iso",
  doneBytes: 1_000_000_000,
  totalBytes: 2_000_000_000,
  bytesPerSecond: 100_000_000,
};

Deno.test("a line has all where there is room, and less where there is none", () => {
  const bar = "███████████████░░░░░░░░░░░░░░░";
  assertEquals(
    progressLine(HALF, 100),
    `yard.iso   50%  ${bar}  1.0 GB / 2.0 GB  100 MB/s  10s left`,
  );
  assertEquals(
    progressLine(HALF, 60),
    "yard.iso   50%  ███░░░░  1.0 GB / 2.0 GB  100 MB/s  10s left",
  );
  assertEquals(progressLine(HALF, 45), " 50%  1.0 GB / 2.0 GB  100 MB/s  10s left");
  assertEquals(progressLine(HALF, 30), "yard.i…   50%  1.0 GB / 2.0 GB");
  assertEquals(progressLine(HALF, 4), " 50%");
  assertEquals(progressLine(HALF, 0), "");
});

Deno.test("nothing to do is done, and more than all is not shown", () => {
  assertMatch(progressLine({ ...HALF, doneBytes: 0, totalBytes: 0 }, 80), /100%/);
  assertMatch(progressLine({ ...HALF, doneBytes: 3e9 }, 80), /100%/);
  const unknown = progressLine({ ...HALF, bytesPerSecond: undefined }, 100);
  assert(!unknown.includes("/s") && !unknown.includes("left"), unknown);
});

Deno.test("a line is never wider than it may be, whatever the file is named", () => {
  const progress = fc.record({
    label: fc.string({ unit: "binary", maxLength: 40 }),
    doneBytes: fc.maxSafeNat(),
    totalBytes: fc.maxSafeNat(),
    bytesPerSecond: fc.option(fc.double({ min: 0, noNaN: true }), { nil: undefined }),
  });
  fc.assert(
    fc.property(progress, fc.nat(200), (progress, columns) => {
      const line = progressLine(progress, columns);
      assertLessOrEqual(textColumns(line), columns);
      assert(!/[\p{Cc}]/u.test(line), JSON.stringify(line));
    }),
    { numRuns: 2000 },
  );
});

Deno.test("wide characters take two columns, combining ones none", () => {
  assertEquals(textColumns("Łódź"), 4);
  assertEquals(textColumns("e\u0301"), 1);
  assertEquals(textColumns("写真"), 4);
  assertEquals(textColumns("🚂"), 2);
  assertEquals(fitColumns("写真写真", 5), "写真…");
  assertEquals(fitColumns("写真写真", 8), "写真写真");
  assertEquals(fitColumns("写真", 0), "");
});

Deno.test("bytes and times are short", () => {
  const bytes: [number, string][] = [
    [0, "0 B"],
    [999, "999 B"],
    [1000, "1.0 kB"],
    [9949, "9.9 kB"],
    [9950, "10 kB"],
    [999_499, "999 kB"],
    [999_500, "1.0 MB"],
    [2 ** 31, "2.1 GB"],
    [Number.MAX_SAFE_INTEGER, "9.0 PB"],
  ];
  for (const [number, text] of bytes) assertEquals(shortBytes(number), text);
  const times: [number, string][] = [
    [0, "0s"],
    [0.1, "1s"],
    [59, "59s"],
    [60, "1m 00s"],
    [3599, "59m 59s"],
    [3600, "1h 00m"],
    [86_400, "1d 00h"],
    [Infinity, "?"],
  ];
  for (const [seconds, text] of times) assertEquals(shortTime(seconds), text);
});

Deno.test("a rate is that of the last seconds, and of this try", () => {
  const meter = new RateMeter();
  meter.note(1000, 0);
  assertEquals(meter.bytesPerSecond, undefined);
  meter.note(1500, 400);
  assertEquals(meter.bytesPerSecond, undefined);
  meter.note(2000, 1000);
  assertEquals(meter.bytesPerSecond, 1000);
  for (let ms = 1010; ms <= 20_000; ms += 10) meter.note(2000 + 5 * (ms - 1000), ms);
  assert(Math.abs(meter.bytesPerSecond! - 5000) < 1, `${meter.bytesPerSecond}`);
  meter.note(0, 20_100);
  assertEquals(meter.bytesPerSecond, undefined);
});

function terminal() {
  let text = "";
  return {
    writeSync: (bytes: Uint8Array) => {
      text += new TextDecoder().decode(bytes);
      return bytes.length;
    },
    isTerminal: () => true,
    get text() {
      return text;
    },
  };
}

Deno.test("a bar is drawn over itself, seldom, and gone at the end", () => {
  const stream = terminal();
  {
    using bar = new ProgressBar(stream, () => 40);
    for (let i = 0; i <= 1000; i++) bar.show({ label: "x", doneBytes: i, totalBytes: 1001 });
    const drawn = stream.text.split("\r").length - 1;
    assert(drawn >= 1 && drawn < 100, `${drawn} times`);
    assert(!stream.text.includes("\n"));
    bar.show({ label: "x", doneBytes: 1001, totalBytes: 1001 });
    const last = stream.text.split("\r").at(-1)!;
    assert(last.includes("100%") && last.endsWith("\x1b[K"), JSON.stringify(last));
    const lines = stream.text.replaceAll("\x1b[K", "\r").split("\r");
    assertEquals(Math.max(...lines.map(textColumns)), 37, "room for the ^C that a terminal shows");
  }
  assert(stream.text.endsWith("\r\x1b[K"), "nothing of it is left");
  assertEquals(stream.text.split("\r").at(-2)?.includes("100%"), true);
});

Deno.test("without a terminal nothing is drawn, and what was never drawn is not taken away", () => {
  using none = new ProgressBar(undefined);
  none.show({ label: "x", doneBytes: 1, totalBytes: 2 });
  const stream = terminal();
  {
    using _bar = new ProgressBar(stream);
  }
  assertEquals(stream.text, "");
});

Deno.test("other amounts than bytes are written as they want to be", () => {
  const show = (count: number) => `${count} yd`;
  const progress = { label: "", doneBytes: 5, totalBytes: 20, bytesPerSecond: 5, show };
  const line = progressLine(progress, 60);
  assert(line.endsWith("5 yd / 20 yd  5 yd/s  3s left"), line);
});
