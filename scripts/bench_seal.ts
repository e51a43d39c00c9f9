/**
 * Measures sealing: AES-256-EAX by itself, and the same traffic to one server with a seal and
 * without, in turns, so that the ratios hold whatever else the machine does.
 *
 *     deno task bench:seal [--rounds 5] [--duration 1s] [--json]
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parseDuration } from "../lib/units.ts";
import { readKeyFile, writeKeyFile } from "../lib/key_file.ts";
import { benchEax } from "./bench/eax.ts";
import { startServer } from "./bench/peers/server_process.ts";
import { manifestsPerSecond, payloadBytesPerSecond, Traffic } from "./bench/sealed_traffic.ts";

const PAYLOAD_BYTES = 16 * 1024 * 1024;
const PAYLOADS = 8;

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

const eax = await benchEax();
const main = fileURLToPath(new URL("../main.ts", import.meta.url));
const folder = await Deno.makeTempDir({ prefix: "wagons-bench-" });
const figures: Record<"manifests" | "payload", { sealed: number; plain: number }[]> = {
  manifests: [],
  payload: [],
};
try {
  const keyFile = `${folder}/key`;
  await writeKeyFile(keyFile, crypto.getRandomValues(new Uint8Array(32)));
  const key = readKeyFile(keyFile);
  await using server = await startServer([
    ...[Deno.execPath(), "run", "--allow-all", main, "serve", "--port", "0", "--json"],
    // Open, so that the same server takes manifests that are not sealed too.
    ...["--store", `${folder}/bench.db`, "--key-file", keyFile, "--insecure"],
    ...["--max-frame-bytes", "32MiB"],
  ]);
  for (let round = 0; round <= rounds; round++) {
    using sealed = await Traffic.open(server.url, key);
    using plain = await Traffic.open(server.url, undefined);
    const manifests = {
      sealed: await manifestsPerSecond(sealed, durationMs),
      plain: await manifestsPerSecond(plain, durationMs),
    };
    const payload = {
      sealed: await payloadBytesPerSecond(sealed, PAYLOAD_BYTES, PAYLOADS),
      plain: await payloadBytesPerSecond(plain, PAYLOAD_BYTES, PAYLOADS),
    };
    // The first round warms up.
    if (round === 0) continue;
    figures.manifests.push(manifests);
    figures.payload.push(payload);
  }
} finally {
  await Deno.remove(folder, { recursive: true });
}

const rows = Object.entries(figures).map(([name, pairs]) => ({
  name,
  sealed: median(pairs.map(({ sealed }) => sealed)),
  plain: median(pairs.map(({ plain }) => plain)),
  ratio: median(pairs.map(({ sealed, plain }) => sealed / plain)),
}));
if (values.json) console.log(JSON.stringify({ eax, traffic: rows }));
else {
  console.log("AES-256-EAX              seal             open");
  for (const { name, messageBytes, sealNs, openNs } of eax) {
    const rate = (ns: number) =>
      `${(ns / 1000).toFixed(1).padStart(8)} us ${(messageBytes / ns * 1000).toFixed(0)} MB/s`;
    console.log(`  ${name.padEnd(20)} ${rate(sealNs)}  ${rate(openNs)}`);
  }
  console.log(`\nTo one server, median of ${rounds} rounds      sealed   plain   sealed / plain`);
  for (const { name, sealed, plain, ratio } of rows) {
    const [unit, divisor] = name === "payload"
      ? ["16 MiB payloads, MB/s", 1e6]
      : ["manifests of 1 KiB a second", 1];
    const cells = [sealed, plain].map((value) => (value / divisor).toFixed(0).padStart(8));
    console.log(`  ${unit.padEnd(32)} ${cells.join(" ")}   ${ratio.toFixed(2)}`);
  }
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
