/**
 * Measures how long dictionaries are read and written in each format, beside CPython's own modules
 * in the same run: json, msgpack and pickle (in C), xml.etree.ElementTree and csv to a dict.
 *
 *     deno task bench:formats [--megabytes 10] [--rounds 7] [--format json] [--json]
 *
 * Each is measured here and there in turns, so that a change in the machine's speed hits both: the
 * figures to go by are the ratios of a round. What CPython frees is not in its figures, what is freed
 * here is. Ends with 1 when reading takes more than three times as long as CPython does for pickle,
 * or more than twice as long for another format.
 *
 * @module
 */

import { parseArgs } from "node:util";
import type { Format, FormatName } from "../lib/formats/format.ts";
import { FORMATS } from "../lib/formats/mod.ts";
import type { Dictionary } from "../lib/formats/value.ts";
import { SHAPES } from "./bench/made_dictionaries.ts";
import { findPython } from "./bench/peers/peers.ts";
import { PythonDictionaries } from "./bench/python_dictionaries.ts";

/** How many times as long reading may take as it takes CPython. */
const mostRatio = (format: FormatName) => format === "pickle" ? 3 : 2;
/** Members of a dictionary that tells how large one of its members is. */
const SAMPLE_MEMBERS = 2000;

const { values } = parseArgs({
  options: {
    megabytes: { type: "string", default: "10" },
    rounds: { type: "string", default: "7" },
    format: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const bytes = Number(values.megabytes) * 1e6;
const rounds = Number(values.rounds);

/** What one way took, in milliseconds of each round. */
interface Times {
  readonly here: number[];
  /** Empty where Python has no module. */
  readonly python: number[];
}

interface Row {
  readonly format: FormatName;
  readonly shape: string;
  readonly bytes: number;
  readonly read: Figures;
  readonly write: Figures;
}

const python = await findPython("json");
const folder = await Deno.makeTempDir({ prefix: "wagons-bench-" });
try {
  await using peer = python === undefined ? undefined : await PythonDictionaries.start(python);
  const rows: Row[] = [];
  if (!values.json) showHead();
  for (const format of FORMATS.values()) {
    if (values.format !== undefined && values.format !== format.name) continue;
    const missing = peer === undefined
      ? "there is no python3: apt-get install python3"
      : peer.missing[format.name];
    if (missing !== undefined) console.error(`skipped: ${format.name} by CPython: ${missing}`);
    const other = missing === undefined ? peer : undefined;
    for (const shape of SHAPES.keys()) {
      const row = await measure(format, shape, other);
      rows.push(row);
      if (!values.json) showRow(row);
    }
  }
  if (values.json) console.log(JSON.stringify({ rounds, formats: rows }));
  const isSlow = ({ format, read }: Row) =>
    read.ratio !== undefined && read.ratio > mostRatio(format);
  Deno.exitCode = rows.some(isSlow) ? 1 : 0;
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function measure(
  format: Format,
  shape: string,
  peer: PythonDictionaries | undefined,
): Promise<Row> {
  const make = SHAPES.get(shape)!;
  const sample = format.write(make(SAMPLE_MEMBERS)).length;
  const dictionary = make(Math.floor(bytes / sample * SAMPLE_MEMBERS));
  const written = format.write(dictionary);
  const file = `${folder}/${format.name}`;
  await Deno.writeFile(file, written);
  const read: Times = { here: [], python: [] };
  const write: Times = { here: [], python: [] };
  // The first round is for what is made once.
  for (let round = 0; round <= rounds; round++) {
    const times = [
      timed(() => assertMembers(format.read(written).size, dictionary)),
      timed(() => format.write(dictionary)),
    ] as const;
    const told = [];
    for (const what of peer === undefined ? [] : ["read", "write"] as const) {
      const { ms, members } = await peer!.ask({ what, format: format.name, file });
      assertMembers(members, dictionary);
      told.push(ms);
    }
    if (round === 0) continue;
    for (const [i, { here, python }] of [read, write].entries()) {
      here.push(times[i]!);
      python.push(...told.slice(i, i + 1));
    }
  }
  return {
    format: format.name,
    shape,
    bytes: written.length,
    read: figuresOf(read),
    write: figuresOf(write),
  };
}

function timed(run: () => void): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}

function assertMembers(members: number, { size }: Dictionary): void {
  if (members !== size) throw new Error(`${members} members were read, not ${size}`);
}

function showHead(): void {
  console.log(`\nmedian of ${rounds} rounds, in ms; the ratio is wagons / CPython (range)\n`);
  const columns = `  wagons CPython  ${"ratio".padEnd(22)}`;
  console.log(`  ${"".padEnd(28)}read${"".padEnd(36)}written`);
  console.log(`  ${"format".padEnd(9)}${"dictionary".padEnd(15)}MB${columns}${columns}`.trimEnd());
}

function showRow({ format, shape, bytes, read, write }: Row): void {
  const megabytes = (bytes / 1e6).toFixed(1).padStart(4);
  const name = `${format.padEnd(8)} ${shape.padEnd(13)}${megabytes}`;
  console.log(`  ${name}${show(read)}${show(write)}`.trimEnd());
}

interface Figures {
  readonly hereMs: number;
  readonly pythonMs?: number;
  readonly ratio?: number;
  readonly lowestRatio?: number;
  readonly highestRatio?: number;
}

function figuresOf({ here, python }: Times): Figures {
  const hereMs = median(here);
  if (python.length === 0) return { hereMs };
  const ratios = here.map((ms, round) => ms / python[round]!);
  return {
    hereMs,
    pythonMs: median(python),
    ratio: median(ratios),
    lowestRatio: Math.min(...ratios),
    highestRatio: Math.max(...ratios),
  };
}

function show({ hereMs, pythonMs, ratio, lowestRatio, highestRatio }: Figures): string {
  const here = hereMs.toFixed(0).padStart(8);
  if (pythonMs === undefined) return `${here}${"-".padStart(8)}  ${"".padEnd(22)}`;
  const range = `(${lowestRatio!.toFixed(2)} to ${highestRatio!.toFixed(2)})`;
  return `${here}${pythonMs.toFixed(0).padStart(8)}  ${`${ratio!.toFixed(2)} ${range}`.padEnd(22)}`;
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
