/**
 * Measures sealing: its two ciphers by themselves, and the same traffic with a seal and without, in
 * turns, so that the ratios hold whatever else the machine does.
 *
 *     deno task bench:seal [--rounds 5] [--duration 1s] [--json]
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { WireConnection } from "../lib/client/wire_connection.ts";
import { parseEndpoint } from "../lib/endpoint.ts";
import { readKeyFile, writeKeyFile } from "../lib/key_file.ts";
import { parseDuration } from "../lib/units.ts";
import { readBytesPerSecond, sentBytesPerSecond } from "./bench/chunk_traffic.ts";
import { benchCiphers } from "./bench/ciphers.ts";
import { manifestsPerSecond } from "./bench/manifest_traffic.ts";
import { startServer } from "./bench/peers/server_process.ts";

const CHUNK_BYTES = 512 * 1024;
const CHUNKS = 500;

/** What is measured, as the table has it, and by which factor it is made smaller there. */
const ROWS = {
  manifests: ["manifests of 1 KiB a second", 1],
  sent: ["chunks of 512 KiB sent, MB/s", 1e6],
  read: ["chunks of 512 KiB asked for, MB/s", 1e6],
} as const;
type Row = keyof typeof ROWS;

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    duration: { type: "string", default: "1s" },
    json: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
const durationMs = parseDuration(values.duration);
if (durationMs === undefined) throw new TypeError("--duration is written like 1s or 500ms");

const ciphers = benchCiphers();
const figures: Record<Row, { sealed: number; plain: number }[]> = {
  manifests: [],
  sent: [],
  read: [],
};
const folder = await Deno.makeTempDir({ prefix: "wagons-bench-" });
try {
  const keyFile = `${folder}/key`;
  await writeKeyFile(keyFile, crypto.getRandomValues(new Uint8Array(32)));
  const key = readKeyFile(keyFile);
  const run = [Deno.execPath(), "run", "--allow-all"];
  const path = (file: string) => fileURLToPath(new URL(file, import.meta.url));
  await using server = await startServer([
    ...[...run, path("../main.ts"), "serve", "--port", "0", "--json"],
    // Open, so that the same server takes manifests that are not sealed too.
    ...["--store", `${folder}/bench.db`, "--key-file", keyFile, "--insecure"],
  ]);
  await using chunkServer = await startServer([...run, path("bench/chunk_server.ts"), keyFile]);
  const both = async (url: string, measure: (connection: WireConnection) => Promise<number>) => {
    using sealed = await WireConnection.open(parseEndpoint(url), { key });
    using plain = await WireConnection.open(parseEndpoint(url));
    return { sealed: await measure(sealed), plain: await measure(plain) };
  };
  for (let round = 0; round <= rounds; round++) {
    const measured: Record<Row, { sealed: number; plain: number }> = {
      manifests: await both(server.url, (one) => manifestsPerSecond(one, durationMs)),
      sent: await both(chunkServer.url, (one) => sentBytesPerSecond(one, CHUNK_BYTES, CHUNKS)),
      read: await both(chunkServer.url, (one) => readBytesPerSecond(one, CHUNK_BYTES, CHUNKS)),
    };
    // The first round warms up.
    if (round === 0) continue;
    for (const row of Object.keys(ROWS) as Row[]) figures[row].push(measured[row]);
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

const rows = (Object.keys(ROWS) as Row[]).map((name) => ({
  name,
  sealed: median(figures[name].map(({ sealed }) => sealed)),
  plain: median(figures[name].map(({ plain }) => plain)),
  ratio: median(figures[name].map(({ sealed, plain }) => sealed / plain)),
}));
if (values.json) console.log(JSON.stringify({ ciphers, traffic: rows }));
else {
  console.log("     bytes  cipher                seal                 open");
  for (const { name, messageBytes, sealNs, openNs } of ciphers) {
    const rate = (ns: number) =>
      `${(ns / 1000).toFixed(1).padStart(8)} us ${(messageBytes / ns * 1000).toFixed(0)} MB/s`;
    const bytes = String(messageBytes).padStart(10);
    console.log(`${bytes}  ${name.padEnd(20)} ${rate(sealNs)}  ${rate(openNs)}`);
  }
  console.log(
    `\nTo one server, median of ${rounds} rounds         sealed    plain   sealed / plain`,
  );
  for (const { name, sealed, plain, ratio } of rows) {
    const [unit, divisor] = ROWS[name];
    const cells = [sealed, plain].map((value) => (value / divisor).toFixed(0).padStart(8));
    console.log(`  ${unit.padEnd(36)} ${cells.join(" ")}   ${ratio.toFixed(2)}`);
  }
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
