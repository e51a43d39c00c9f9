/**
 * Measures the room: many members over 127.0.0.1 against the built program, each of which has to hear
 * every message once and in order.
 *
 *     deno task bench:room [--members 1000] [--rate 10] [--duration 1m] [--text-bytes 100]
 *                          [--processes 1] [--sealed] [--json]
 *
 * The delivery time of a message is from before it is sent by one member until another one has it,
 * for each of the others. Ends with 1 when a message was lost, came twice, or out of order.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Histogram } from "../lib/client/histogram.ts";
import { writeKeyFile } from "../lib/key_file.ts";
import { parseDuration } from "../lib/units.ts";
import { startServer } from "./bench/peers/server_process.ts";
import { Load } from "./bench/room_load.ts";
import { cpuSeconds } from "./bench/server_cpu.ts";
import { PROGRAM } from "./build.ts";

const MIB = 1024 * 1024;
/** Time after all have joined in which the server comes to rest. */
const REST_MS = 2000;
/** Its memory is looked at when these parts are over: the heap finds its size in the first of them. */
const LOOKS = [1 / 6, 1 / 2];

const { values } = parseArgs({
  options: {
    members: { type: "string", default: "1000" },
    rate: { type: "string", default: "10" },
    duration: { type: "string", default: "1m" },
    "text-bytes": { type: "string", default: "100" },
    processes: { type: "string", default: "1" },
    sealed: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const [members, rate, processes, textBytes] = [
  values.members,
  values.rate,
  values.processes,
  values["text-bytes"],
].map(Number) as [number, number, number, number];
const durationMs = parseDuration(values.duration);
if (durationMs === undefined) throw new TypeError("--duration is written like 1m or 10s");
const messages = Math.round(rate * durationMs / 1000);

const folder = await Deno.makeTempDir({ prefix: "wagons-bench-" });
try {
  Deno.exitCode = await measure(durationMs) ? 0 : 1;
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function measure(durationMs: number): Promise<boolean> {
  const keyFile = values.sealed ? `${folder}/key` : undefined;
  if (keyFile !== undefined) {
    await writeKeyFile(keyFile, crypto.getRandomValues(new Uint8Array(32)));
  }
  await using server = await startServer([
    ...[fileURLToPath(PROGRAM), "serve", "--port", "0", "--json", "--store", `${folder}/bench.db`],
    ...(keyFile === undefined ? [] : ["--key-file", keyFile]),
  ]);
  const loads = Array.from({ length: processes }, (_, place) =>
    new Load({
      url: server.url,
      keyFile,
      place,
      processes,
      members: Math.floor(members / processes) + (place < members % processes ? 1 : 0),
      rate,
      messages,
      textBytes,
    }));
  await Promise.all(loads.map((load) => load.joined()));
  await new Promise((resolve) => setTimeout(resolve, REST_MS));
  const memory: number[] = [];
  const look = () => memory.push(memoryMiB(server.pid));
  const cpuBefore = cpuSeconds(server.pid);
  const looks = LOOKS.map((part) => setTimeout(look, part * durationMs));
  const figures = await Promise.all(loads.map((load) => load.run()));
  for (const timer of looks) clearTimeout(timer);
  look();
  const cpuAfter = cpuSeconds(server.pid);

  const delivery = new Histogram();
  for (const { tenths } of figures) {
    for (const [tenth, count] of tenths) delivery.record(tenth / 10, count);
  }
  const wrong = figures.flatMap(({ wrong }) => wrong);
  const result = {
    members,
    messages,
    sealed: values.sealed,
    deliveries: figures.reduce((sum, { deliveries }) => sum + deliveries, 0),
    p50Ms: delivery.quantileMs(0.5),
    p99Ms: delivery.quantileMs(0.99),
    maxMs: delivery.maxMs,
    receiptMaxMs: Math.max(...figures.map(({ receiptMaxMs }) => receiptMaxMs)),
    memoryMiB: memory,
    serverCpuSeconds: cpuBefore === undefined ? undefined : cpuAfter! - cpuBefore,
    wrong: wrong.length,
  };
  if (values.json) console.log(JSON.stringify(result));
  else report(result);
  for (const what of wrong.slice(0, 20)) console.error(what);
  return wrong.length === 0;
}

function report({ memoryMiB: memory, ...figures }: {
  members: number;
  messages: number;
  sealed: boolean;
  deliveries: number;
  p50Ms: number;
  p99Ms: number;
  maxMs: number;
  receiptMaxMs: number;
  memoryMiB: number[];
  serverCpuSeconds: number | undefined;
  wrong: number;
}): void {
  const { members, messages, sealed, deliveries, wrong } = figures;
  console.log(`${members} members, ${messages} messages, ${sealed ? "sealed" : "plain"}`);
  console.log(
    `  deliveries    ${deliveries}, ${wrong === 0 ? "all" : `${wrong} members not`} right`,
  );
  console.log(
    `  delivery      p50 ${figures.p50Ms.toFixed(1)} ms, p99 ${figures.p99Ms.toFixed(1)} ms, ` +
      `longest ${figures.maxMs.toFixed(1)} ms; longest receipt ${
        figures.receiptMaxMs.toFixed(1)
      } ms`,
  );
  const mib = memory.map((value) => value.toFixed(0));
  console.log(`  server memory ${mib.join(", ")} MiB after a sixth, in the middle, at the end`);
  console.log(`  server CPU    ${figures.serverCpuSeconds?.toFixed(1) ?? "?"} s`);
}

/** The memory of a process that is its own, as Linux tells it. */
function memoryMiB(pid: number): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Number(/^RssAnon:\s+([0-9]+) kB$/m.exec(status)![1]) * 1024 / MIB;
}
