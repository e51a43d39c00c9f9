/**
 * Measures a large file by `wagons put` and `wagons files get`, beside `cat FILE | ncat` on the same
 * machine and disk: plain, in a sealed session, and into a sealed store. All of them take turns, so
 * that the ratios hold whatever else the machine does.
 *
 *     deno task bench:files [--rounds 3] [--size 2GiB] [--folder DIR] [--json]
 *
 * The seconds are those of the whole command: its start, the hash of the file, the receipt.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeKeyFile } from "../lib/key_file.ts";
import { parseBytes } from "../lib/units.ts";
import { hasNcat, ncatSeconds } from "./bench/ncat.ts";
import { peakBytes, watchPeak } from "./bench/peak_memory.ts";
import { startServer } from "./bench/peers/server_process.ts";
import { cpuSeconds } from "./bench/server_cpu.ts";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    size: { type: "string", default: "2GiB" },
    folder: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
const size = parseBytes(values.size);
if (size === undefined) throw new TypeError("--size is written like 2GiB or 500MiB");

const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const wagons = [Deno.execPath(), "run", "--allow-all", main];

/** What one way of sending has measured. */
interface Figures {
  seconds: number;
  clientPeakBytes?: number | undefined;
  serverPeakBytes?: number | undefined;
  serverCpuSeconds?: number | undefined;
}

const folder = await Deno.makeTempDir({
  prefix: "wagons-bench-",
  ...(values.folder === undefined ? {} : { dir: values.folder }),
});
const results = new Map<string, Figures[]>();
try {
  // The file, what a server keeps of it, and what is got of it.
  await checkRoom(folder, 4 * size);
  const file = `${folder}/file.bin`;
  const sha256 = await writeRandom(file, size);
  const [keyFile, storeKeyFile] = [`${folder}/key`, `${folder}/store.key`];
  for (const path of [keyFile, storeKeyFile]) {
    await writeKeyFile(path, crypto.getRandomValues(new Uint8Array(32)));
  }
  const ways: [name: string, measure: () => Promise<Record<string, Figures>>][] = [
    ["plain", () => measure(file, sha256, [], [])],
    ["sealed", () => measure(file, sha256, ["--key-file", keyFile], [])],
    [
      "sealed, sealed store",
      () => measure(file, sha256, ["--key-file", keyFile], ["--store-key-file", storeKeyFile]),
    ],
  ];
  if (await hasNcat()) {
    ways.unshift(
      ["cat | ncat > /dev/null", async () => ({ "": await ncat(file, "/dev/null") })],
      ["cat | ncat > file", async () => ({ "": await ncat(file, `${folder}/ncat.bin`) })],
    );
  } else console.error("There is no ncat here: wagons is measured alone.");
  for (let round = 0; round < rounds; round++) {
    for (const [name, measure] of ways) {
      for (const [what, figures] of Object.entries(await measure())) {
        const row = what === "" ? name : `${what}, ${name}`;
        results.set(row, [...(results.get(row) ?? []), figures]);
      }
    }
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

const rows = Array.from(results, ([name, figures]) => {
  const most = (key: keyof Figures) => Math.max(...figures.map((figure) => figure[key] ?? NaN));
  return {
    name,
    mbPerSecond: Math.round(size / median(figures.map(({ seconds }) => seconds)) / 1e6),
    clientPeakMb: Math.round(most("clientPeakBytes") / 1e6),
    serverPeakMb: Math.round(most("serverPeakBytes") / 1e6),
    serverCpuSeconds: median(figures.map(({ serverCpuSeconds }) => serverCpuSeconds ?? NaN)),
  };
});
if (values.json) console.log(JSON.stringify({ rounds, size, rows }));
else {
  console.log(`A file of ${values.size}, median of ${rounds} rounds`);
  console.log(`${" ".repeat(28)}  MB/s  peak of client  of server  CPU of server`);
  for (const { name, mbPerSecond, clientPeakMb, serverPeakMb, serverCpuSeconds } of rows) {
    const cell = (value: number, unit: string, width: number) =>
      (Number.isNaN(value) ? "" : `${Number(value.toFixed(1))} ${unit}`).padStart(width);
    console.log(
      `${name.padEnd(28)} ${String(mbPerSecond).padStart(5)} ${cell(clientPeakMb, "MB", 15)} ` +
        `${cell(serverPeakMb, "MB", 10)} ${cell(serverCpuSeconds, "s", 14)}`,
    );
  }
}

async function ncat(file: string, to: string): Promise<Figures> {
  const seconds = await ncatSeconds(file, to);
  if (to !== "/dev/null") await Deno.remove(to);
  return { seconds };
}

/** Puts a file on a server of its own, and gets it; checks that it is right. */
async function measure(
  file: string,
  sha256: string,
  keys: string[],
  storeKeys: string[],
): Promise<Record<string, Figures>> {
  const place = `${folder}/server`;
  await Deno.mkdir(place);
  try {
    await using server = await startServer([
      ...[...wagons, "serve", "--port", "0", "--json", "--store", `${place}/wagons.db`],
      ...[...keys, ...storeKeys, "--max-file-bytes", "1024GiB"],
    ]);
    const put = await run(server.pid, ["put", file, "--to", server.url, "--json", ...keys]);
    const { id, ...receipt } = JSON.parse(put.stdout);
    if (receipt.sha256 !== sha256) throw new Error(`The receipt is for ${receipt.sha256}`);
    const get = await run(server.pid, [
      ...["files", "get", id, "-o", `${place}/got.bin`, "--from", server.url, ...keys],
    ]);
    const got = await hashOf(`${place}/got.bin`);
    if (got !== sha256) throw new Error(`What was got has the SHA-256 ${got}`);
    return { put: put.figures, get: get.figures };
  } finally {
    await Deno.remove(place, { recursive: true });
  }
}

/** Runs a client to its end. */
async function run(
  serverPid: number,
  args: string[],
): Promise<{ figures: Figures; stdout: string }> {
  const cpuBefore = cpuSeconds(serverPid);
  const startMs = performance.now();
  const [program, ...rest] = [...wagons, ...args] as [string, ...string[]];
  const child = new Deno.Command(program, {
    args: rest,
    stdin: "null",
    stdout: "piped",
    stderr: "inherit",
  }).spawn();
  const [clientPeakBytes, stdout, { success }] = await Promise.all([
    watchPeak(child),
    new Response(child.stdout).text(),
    child.status,
  ]);
  const seconds = (performance.now() - startMs) / 1000;
  if (!success) throw new Error(`wagons ${args[0]} has failed`);
  const cpuAfter = cpuSeconds(serverPid);
  const hasCpu = cpuBefore !== undefined && cpuAfter !== undefined;
  const figures = {
    seconds,
    clientPeakBytes,
    serverPeakBytes: peakBytes(serverPid),
    serverCpuSeconds: hasCpu ? cpuAfter - cpuBefore : undefined,
  };
  return { figures, stdout };
}

/** Writes a file of random bytes; gives its SHA-256. */
async function writeRandom(path: string, size: number): Promise<string> {
  const seed = crypto.getRandomValues(new Uint8Array(64 * 1024));
  const block = new Uint8Array(1024 * 1024);
  for (let at = 0; at < block.length; at += seed.length) block.set(seed, at);
  const numbers = new DataView(block.buffer);
  using file = await Deno.open(path, { write: true, createNew: true });
  for (let at = 0; at < size; at += block.length) {
    // Each block is another one.
    numbers.setFloat64(0, at);
    const part = block.subarray(0, Math.min(block.length, size - at));
    for (let written = 0; written < part.length;) {
      written += await file.write(part.subarray(written));
    }
  }
  await file.sync();
  return await hashOf(path);
}

async function hashOf(path: string): Promise<string> {
  const { hashFile } = await import("../lib/client/local_file.ts");
  return (await hashFile(path)).sha256.toHex();
}

async function checkRoom(folder: string, bytes: number): Promise<void> {
  const { stdout, success } = await new Deno.Command("df", { args: ["-Pk", folder] }).output();
  if (!success) throw new Error("df cannot tell how much room there is");
  const free = Number(new TextDecoder().decode(stdout).trim().split("\n").at(-1)!.split(/\s+/)[3]) *
    1024;
  if (free >= bytes) return;
  const [has, needs] = [free, bytes].map((bytes) => `${(bytes / 1e9).toFixed(1)} GB`);
  throw new Error(`${folder} has room for ${has}, and this takes ${needs}: see --folder, --size`);
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
