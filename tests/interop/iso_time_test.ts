/**
 * Times as wagons writes and reads them, and Python's datetime.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { formatIsoTime, readIsoTime } from "../../lib/wire/iso_time.ts";
import { findPython } from "../../scripts/bench/peers/peers.ts";
import { form, nearlyTime, wallTime } from "../wire/iso_arbitraries.ts";
import { runProgram } from "./subprocess.ts";

const root = new URL("../../", import.meta.url);
const DAY_MS = 86_400_000;

const python = await findPython("datetime");
const isNew = python !== undefined && await readsIso(python);
const missing = isNew ? undefined : "no python3 of version 3.11 or later, which reads ISO 8601";

/** A time that was read: days, microseconds since midnight, the offset in microseconds. */
type Read = [days: number, micros: number, offsetMicros: number | null] | null;

async function readsIso(python: string): Promise<boolean> {
  const check = "import sys; sys.exit(sys.version_info < (3, 11))";
  return (await runProgram([python, "-c", check], { cwd: root, stdin: "" })).code === 0;
}

function test(name: string, fn: () => Promise<void>): void {
  const reason = missing === undefined ? "" : ` (skipped: ${missing})`;
  Deno.test({ name: name + reason, ignore: missing !== undefined, fn });
}

/** What Python's datetime makes of each case. It leaves no compiled files in the tree. */
async function ask<Answer>(cases: unknown[]): Promise<Answer[]> {
  const command = [python!, "-B", "tests/interop/peers/iso_time.py"];
  const stdin = JSON.stringify(cases);
  const { code, stdout, stderr } = await runProgram(command, { cwd: root, stdin });
  assertEquals([code, stderr], [0, ""]);
  const answers = JSON.parse(stdout) as Answer[];
  assertEquals(answers.length, cases.length);
  return answers;
}

/** What wagons reads in a text, as Python says it. */
function read(text: string): Read {
  const time = readIsoTime(text);
  if (time === undefined) return null;
  const days = Math.floor(time.wallMs / DAY_MS);
  const micros = (time.wallMs - days * DAY_MS) * 1000 + time.micros;
  return [days, micros, time.utcOffsetMicros ?? null];
}

test("interop: wagons reads all times that Python writes, and the same in them", async () => {
  const times = fc.sample(fc.tuple(wallTime, form), 5000).map(([time, form]) => ({
    ...time,
    ...form,
  }));
  const texts = await ask<string>(times);
  const theirs = await ask<Read>(texts.map((text) => ({ text })));
  for (const [i, text] of texts.entries()) {
    const [days, micros] = theirs[i]!;
    // Not the offset that Python has read: 3.11 takes one of less than a second for none.
    assertEquals(read(text), [days, micros, times[i]!.offsetMicros], text);
  }
});

test("interop: Python reads what wagons reads, and the same in it", async () => {
  const texts = fc.sample(nearlyTime, 5000);
  const theirs = await ask<Read>(texts.map((text) => ({ text })));
  let same = 0;
  for (const [i, text] of texts.entries()) {
    const ours = read(text);
    if (ours === null) continue;
    assertEquals(ours, theirs[i]!, text);
    same++;
  }
  assert(same > 100, `${same} were times`);
});

test("interop: wagons writes a local time as Python does", async () => {
  const times = fc.sample(wallTime, 5000).map(({ micros, ...date }) => ({
    ...{ ...date, offsetMicros: null, sep: "T", timespec: "auto" },
    micros: Math.floor(micros / 1000) * 1000,
  }));
  const theirs = await ask<string>(times);
  for (const [i, { year, month, day, micros }] of times.entries()) {
    const date = new Date(0);
    date.setUTCFullYear(year, month - 1, day);
    const wallMs = date.getTime() + micros / 1000;
    for (const offset of [0, 330, -210]) {
      assertEquals(formatIsoTime(wallMs - offset * 60_000, offset), theirs[i]);
    }
  }
});
