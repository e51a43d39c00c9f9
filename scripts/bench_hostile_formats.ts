/**
 * Measures what hostile dictionaries cost until they are refused, or read: the time, and the memory
 * that is needed on top of what was there, of each by itself.
 *
 *     deno task bench:hostile [--rounds 5] [--rows 10]
 *
 * Each may cost 50 ms and 50 MB, and for each of its megabytes, which have to be gone through, 50 ms and
 * 10 MB more. Ends with 1 when one costs more.
 *
 * @module
 */

import { parseArgs } from "node:util";
import type { FormatName } from "../lib/formats/format.ts";
import { FormatError } from "../lib/formats/format_error.ts";
import { formatOf } from "../lib/formats/mod.ts";
import { HOSTILE_PICKLES } from "../tests/formats/hostile_pickles.ts";
import { HOSTILE_TEXTS } from "../tests/formats/hostile_texts.ts";
import { peakBytes } from "./bench/peak_memory.ts";

/** What each may cost, and for each of its megabytes. */
const MAX_MS = 50;
const MAX_BYTES = 50e6;
const MORE_MS = 50;
const MORE_BYTES = 10e6;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    rows: { type: "string", default: "10" },
  },
});
const rounds = Number(values.rounds);
const rows = Number(values.rows);

interface Hostile {
  readonly name: string;
  readonly format: FormatName;
  readonly make: () => Uint8Array;
  /** `undefined`: it is read. */
  readonly refused: string | undefined;
}
interface Cost {
  readonly ms: number;
  readonly peak: number;
}
interface Row extends Cost {
  readonly name: string;
  readonly megabytes: number;
}

const pickles = HOSTILE_PICKLES.map((pickle) => ({ ...pickle, format: "pickle" as const }));
const costs = [...HOSTILE_TEXTS, ...pickles].map(rowOf);
for (const isLarge of [false, true]) {
  const some = costs.filter(({ megabytes }) => megabytes > 1 === isLarge);
  const what = `${some.length} hostile dictionaries ${isLarge ? "beyond" : "of up to"} a megabyte`;
  for (const key of ["ms", "peak"] as const) {
    console.log(`${what}, those with the most ${key}:`);
    some.toSorted((a, b) => b[key] - a[key]).slice(0, rows).forEach(show);
  }
}
const tooCostly = costs.filter(isTooCostly);
console.log(`${tooCostly.length} cost more than they may`);
tooCostly.forEach(show);
if (tooCostly.length > 0) Deno.exit(1);

function rowOf(hostile: Hostile): Row {
  const costs = Array.from({ length: rounds }, () => costOf(hostile));
  return {
    name: `${hostile.format}: ${hostile.name}`,
    megabytes: hostile.make().length / 1e6,
    // The time is the median; for memory, the most that was ever needed.
    ms: costs.map(({ ms }) => ms).sort((a, b) => a - b)[rounds >> 1]!,
    peak: Math.max(...costs.map(({ peak }) => peak)),
  };
}

function isTooCostly({ ms, peak, megabytes }: Row): boolean {
  return ms > MAX_MS + MORE_MS * megabytes || peak > MAX_BYTES + MORE_BYTES * megabytes;
}

function show({ name, megabytes, ms, peak }: Row): void {
  const cost = `${ms.toFixed(2).padStart(8)} ms ${(peak / 1e6).toFixed(1).padStart(7)} MB`;
  console.log(`${cost}  ${name} (${megabytes.toFixed(megabytes < 0.1 ? 5 : 1)} MB)`);
}

/** The time until it is refused or read, and how much the memory of the process rose meanwhile. */
function costOf({ name, format, make, refused }: Hostile): Cost {
  const bytes = make();
  // The peak starts anew from what is there now (proc_pid_clear_refs(5)).
  Deno.writeTextFileSync("/proc/self/clear_refs", "5");
  const before = peakBytes(Deno.pid) ?? NaN;
  const startedAt = performance.now();
  const isRefused = isRefusedAs(format, bytes);
  const ms = performance.now() - startedAt;
  const peak = (peakBytes(Deno.pid) ?? NaN) - before;
  if (isRefused !== (refused !== undefined)) {
    throw new Error(`${format}: ${name}: was ${isRefused ? "refused" : "read"}`);
  }
  return { ms, peak };
}

function isRefusedAs(format: FormatName, bytes: Uint8Array): boolean {
  try {
    formatOf(format).read(bytes);
    return false;
  } catch (error) {
    if (error instanceof FormatError) return true;
    throw error;
  }
}
