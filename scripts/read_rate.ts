/**
 * How many QR codes of a set of pictures are read, and how fast. Beside each picture lies the text
 * that it holds, as the test sets of zxing (core/src/test/resources/blackbox/qrcode-*) and of
 * zxing-cpp (test/samples/qrcode-*) have it: 1.png and 1.txt, or 1.bin for bytes.
 *
 *     deno run --allow-read scripts/read_rate.ts FOLDER...
 *
 * Folders within a folder are read too. A picture counts as read when one of its codes holds
 * exactly that text; line breaks at its end and carriage returns do not count.
 *
 * @module
 */

import { BadInputError } from "../lib/errors.ts";
import type { QrCode } from "../lib/manifest/qr_code.ts";
import { createQrReader, type QrReader } from "../lib/manifest/qr_read.ts";

interface Rate {
  folder: string;
  read: number;
  /** One entry for each picture, in milliseconds from the file's bytes to the text. */
  timesMs: number[];
  missed: string[];
}

if (import.meta.main) {
  if (Deno.args.length === 0) {
    console.error("Usage: deno run --allow-read scripts/read_rate.ts FOLDER...");
    Deno.exit(2);
  }
  const reader = await createQrReader();
  const rates: Rate[] = [];
  for (const folder of Deno.args) await measure(reader, folder, rates);
  for (const rate of rates) {
    print(rate);
    for (const path of rate.missed) console.log(`        missed ${path}`);
  }
  print({
    folder: "all",
    read: rates.reduce((sum, { read }) => sum + read, 0),
    timesMs: rates.flatMap(({ timesMs }) => timesMs),
    missed: [],
  });
}

async function measure(reader: QrReader, folder: string, rates: Rate[]): Promise<void> {
  const names = (await Array.fromAsync(Deno.readDir(folder))).map(({ name }) => name).sort();
  const rate: Rate = { folder, read: 0, timesMs: [], missed: [] };
  for (const name of names) {
    const path = `${folder}/${name}`;
    if ((await Deno.stat(path)).isDirectory) {
      await measure(reader, path, rates);
      continue;
    }
    if (!/\.(png|jpe?g)$/i.test(name)) continue;
    const isExpected = await expectation(path, names);
    if (isExpected === undefined) continue;
    const picture = await Deno.readFile(path);
    const start = performance.now();
    const codes = await readOrNone(reader, picture);
    rate.timesMs.push(performance.now() - start);
    if (codes.some(isExpected)) rate.read++;
    else rate.missed.push(path);
  }
  if (rate.timesMs.length > 0) rates.push(rate);
}

/** The test that a code of this picture passes; undefined when no text lies beside it. */
async function expectation(
  path: string,
  names: readonly string[],
): Promise<((code: QrCode) => boolean) | undefined> {
  const base = path.replace(/\.\w+$/, "");
  const baseName = base.slice(base.lastIndexOf("/") + 1);
  if (names.includes(`${baseName}.txt`)) {
    const text = plain(await Deno.readTextFile(`${base}.txt`));
    return (code) => plain(code.text) === text;
  }
  if (names.includes(`${baseName}.bin`)) {
    const bytes = await Deno.readFile(`${base}.bin`);
    return (code) =>
      code.bytes.length === bytes.length && bytes.every((b, i) => b === code.bytes[i]);
  }
  return undefined;
}

function plain(text: string): string {
  return text.replaceAll("\r", "").replace(/\n+$/, "");
}

async function readOrNone(reader: QrReader, picture: Uint8Array): Promise<QrCode[]> {
  try {
    return await reader.read(picture);
  } catch (error) {
    // A file that is no picture counts as not read; any other error is a fault to be seen.
    if (error instanceof BadInputError) return [];
    throw error;
  }
}

function print({ folder, read, timesMs }: Rate): void {
  const sorted = timesMs.toSorted((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(share * (sorted.length - 1))] ?? NaN).toFixed(1);
  const rate = `${read}/${sorted.length}`.padStart(9);
  console.log(`${rate}  median ${at(0.5)} ms, p95 ${at(0.95)} ms, worst ${at(1)} ms  ${folder}`);
}
