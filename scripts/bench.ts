/**
 * Measures the frame decoder, and `wagons serve` beside servers over boost::asio and over Twisted.
 *
 *     deno task bench [--rounds 5] [--duration 2s] [--json]
 *
 * The servers are measured in turns, all of them in each round, so that a change in the machine's
 * speed hits all alike: the figures to go by are the ratios. The load comes from `wagons bench` in
 * a process of its own, which on two cores is often busier than the server: the server's CPU time
 * for a million requests says what its rate does not.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { benchDecoder } from "./bench/decoder.ts";
import { buildPeers, PEERS_DIR, startPeer } from "./bench/peers/peers.ts";
import { type ServerProcess, startServer } from "./bench/peers/server_process.ts";
import { cpuSeconds } from "./bench/server_cpu.ts";

const SCENARIOS = [
  { name: "64 connections, 1 in flight", connections: 64, inFlight: 1 },
  { name: "64 connections, 16 in flight", connections: 64, inFlight: 16 },
  { name: "1 connection, 1000 in flight", connections: 1, inFlight: 1000 },
];

const root = new URL("../", import.meta.url);
const main = fileURLToPath(new URL("main.ts", root));
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    duration: { type: "string", default: "2s" },
    json: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);

interface Figures {
  requestsPerSecond: number;
  p50Ms: number;
  p99Ms: number;
  cpuPerMillion: number | undefined;
}

const decoder = benchDecoder();
if (!values.json) {
  console.log("Frame decoder, 64 KiB reads");
  for (const { name, framesPerSecond, bytesPerSecond } of decoder) {
    const frames = Math.round(framesPerSecond).toLocaleString("en").padStart(12);
    console.log(
      `  ${name.padEnd(28)} ${frames} frames/s  ${(bytesPerSecond / 1e6).toFixed(0)} MB/s`,
    );
  }
}

const folder = await Deno.makeTempDir({ prefix: "wagons-bench-" });
const servers: { name: string; server: ServerProcess }[] = [];
const results = new Map<string, Figures[]>();
try {
  const store = `${folder}/bench.db`;
  const serve = ["run", "--allow-all", main, "serve", "--port", "0", "--json", "--store", store];
  servers.push({ name: "wagons", server: await startServer([Deno.execPath(), ...serve]) });
  for (const peer of await buildPeers(PEERS_DIR)) {
    if ("skipped" in peer) console.error(`skipped: ${peer.name}: ${peer.skipped}`);
    else servers.push({ name: peer.name, server: await startPeer(peer) });
  }
  for (const scenario of SCENARIOS) {
    for (let round = 0; round < rounds; round++) {
      for (const { name, server } of servers) {
        const key = `${scenario.name}|${name}`;
        const figures = await measure(server, scenario);
        results.set(key, [...results.get(key) ?? [], figures]);
      }
    }
  }
} finally {
  for (const { server } of servers) await server.stop();
  await Deno.remove(folder, { recursive: true });
}
report();

async function measure(
  server: ServerProcess,
  { connections, inFlight }: (typeof SCENARIOS)[number],
): Promise<Figures> {
  const before = cpuSeconds(server.pid);
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--allow-all", main, "bench", server.url, "--json"],
      ...["--connections", `${connections}`, "--in-flight", `${inFlight}`],
      ...["--duration", values.duration, "--warm-up", "500ms"],
    ],
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  const after = cpuSeconds(server.pid);
  const { requestsPerSecond, durationMs, latencyMs } = JSON.parse(new TextDecoder().decode(stdout));
  // The warm-up has cost CPU too: its requests are taken to come at the measured rate.
  const millions = requestsPerSecond * (durationMs + 500) / 1000 / 1e6;
  return {
    requestsPerSecond,
    p50Ms: latencyMs.p50,
    p99Ms: latencyMs.p99,
    cpuPerMillion: before === undefined || after === undefined
      ? undefined
      : (after - before) / millions,
  };
}

function report(): void {
  const rows = SCENARIOS.flatMap((scenario) => {
    const ours = results.get(`${scenario.name}|wagons`)!;
    return servers.map(({ name }) => {
      const figures = results.get(`${scenario.name}|${name}`)!;
      const ratios = figures.map((theirs, round) =>
        ours[round]!.requestsPerSecond / theirs.requestsPerSecond
      );
      return {
        scenario: scenario.name,
        server: name,
        requestsPerSecond: median(figures.map((round) => round.requestsPerSecond)),
        p50Ms: median(figures.map((round) => round.p50Ms)),
        p99Ms: median(figures.map((round) => round.p99Ms)),
        cpuPerMillion: median(figures.map((round) => round.cpuPerMillion ?? NaN)),
        wagonsRatio: median(ratios),
        lowestRatio: Math.min(...ratios),
        highestRatio: Math.max(...ratios),
      };
    });
  });
  if (values.json) {
    console.log(JSON.stringify({ decoder, servers: rows }));
    return;
  }
  let scenario = "";
  for (const row of rows) {
    if (row.scenario !== scenario) {
      scenario = row.scenario;
      console.log(`\n${scenario} (median of ${rounds} rounds)`);
      console.log(
        "  server                                      requests/s  p50 ms  p99 ms  CPU s/M  wagons / it (range)",
      );
    }
    const range = `${row.lowestRatio.toFixed(2)} to ${row.highestRatio.toFixed(2)}`;
    const ratio = row.server === "wagons" ? "" : `${row.wagonsRatio.toFixed(2)} (${range})`;
    console.log(
      `  ${row.server.padEnd(42)} ${String(row.requestsPerSecond).padStart(11)} ` +
        `${row.p50Ms.toFixed(3).padStart(7)} ${row.p99Ms.toFixed(3).padStart(7)} ` +
        `${row.cpuPerMillion.toFixed(2).padStart(8)}  ${ratio}`,
    );
  }
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
