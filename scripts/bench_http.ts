/**
 * Measures `wagons serve` by HTTP beside system B's Flask server: the same key, the same message.
 *
 *     deno task bench:http [--rounds 5] [--duration 3s] [--connections 16] [--loader wrk|sockets]
 *                          [--json]
 *
 * Every server is measured in each round, one after the other, so that a change in the machine's
 * speed hits all alike: the figures to go by are the ratios of a round. Flask's own server is
 * measured as it is for measuring (it prints nothing); also as it comes, telling each request; and
 * the same app under waitress and gunicorn, where these are installed. Ends with 1 when wagons does
 * not answer at least three times as many requests as Flask's own server. The processor time of a
 * thousand requests says what a rate does not where others use the machine meanwhile; that of
 * gunicorn, which has several processes, is not told.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeKeyFile } from "../lib/key_file.ts";
import { sealMessage } from "../lib/seal/message_token.ts";
import { parseDuration } from "../lib/units.ts";
import { TokenCommand } from "../lib/wire/token_message.ts";
import { findLoader, type HttpFigures, type Loader, loadHttp } from "./bench/http_load.ts";
import { findPython } from "./bench/peers/peers.ts";
import { cpuSeconds } from "./bench/server_cpu.ts";
import { type ServerProcess, startServer } from "./bench/peers/server_process.ts";
import { PROGRAM } from "./build.ts";

/** What wagons has to reach beside Flask's own server. */
const LEAST_RATIO = 3;
/** Before a server is measured in a round, so that what it makes once is made. */
const WARM_UP_MS = 1000;

const FLASK = "Flask's own server";
const GUNICORN = "the same app under gunicorn";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    duration: { type: "string", default: "3s" },
    connections: { type: "string", default: "16" },
    loader: { type: "string" },
    json: { type: "boolean", default: false },
  },
});
const rounds = Number(values.rounds);
const connections = Number(values.connections);
const durationMs = parseDuration(values.duration);
if (durationMs === undefined) throw new TypeError("--duration is written like 1m or 10s");
const loader = (values.loader ?? await findLoader()) as Loader;

interface Figures extends HttpFigures {
  /** Processor time of the server for a thousand requests; NaN where it is not known. */
  readonly cpuMsPerThousand: number;
}

interface Measured {
  readonly server: string;
  readonly keepAlive: boolean;
  readonly figures: readonly Figures[];
}

const folder = await Deno.makeTempDir({ prefix: "wagons-bench-" });
try {
  Deno.exitCode = await bench() ? 0 : 1;
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function bench(): Promise<boolean> {
  const key = crypto.getRandomValues(new Uint8Array(32));
  const keyFile = `${folder}/key`;
  await writeKeyFile(keyFile, key);
  const commands = new Map([["wagons", [
    ...[fileURLToPath(PROGRAM), "serve", "--json", "--listen", "http://127.0.0.1:0"],
    ...["--key-file", keyFile, "--store", `${folder}/bench.db`],
  ]], ...await peers(keyFile)]);
  const servers = new Map<string, ServerProcess>();
  try {
    for (const [name, command] of commands) servers.set(name, await startServer(command));
    const measured: Measured[] = [];
    for (const keepAlive of [true, false]) {
      const figures = new Map(Array.from(servers.keys(), (name) => [name, [] as Figures[]]));
      for (let round = 0; round < rounds; round++) {
        for (const [name, { url, pid }] of servers) {
          // Made anew each time: tokens have a life.
          const load = { url: `${url}/message`, body: ping(key), connections, keepAlive };
          await loadHttp({ ...load, durationMs: WARM_UP_MS }, loader);
          const before = cpuSeconds(pid);
          const loaded = await loadHttp({ ...load, durationMs: durationMs! }, loader);
          const cpuS = name === GUNICORN ? NaN : (cpuSeconds(pid) ?? NaN) - (before ?? NaN);
          const thousands = loaded.requestsPerSecond * durationMs! / 1e6;
          figures.get(name)!.push({ ...loaded, cpuMsPerThousand: cpuS * 1000 / thousands });
        }
      }
      for (const [server, rounds] of figures) {
        measured.push({ server, keepAlive, figures: rounds });
      }
    }
    return report(measured);
  } finally {
    for (const server of servers.values()) await server.stop();
  }
}

/** The command of each server in Python that this machine has all for. */
async function peers(keyFile: string): Promise<[string, string[]][]> {
  const own = path("../tests/interop/peers/b_http_server.py");
  const wsgi = path("bench/peers/wsgi_server.py");
  const needs: [name: string, modules: string, args: string[]][] = [
    [FLASK, "flask", [own, "127.0.0.1", "0", keyFile, "--quiet"]],
    [`${FLASK}, telling requests`, "flask", [own, "127.0.0.1", "0", keyFile]],
    ["the same app under waitress", "flask, waitress", [wsgi, "waitress", keyFile]],
    [GUNICORN, "flask, gunicorn", [wsgi, "gunicorn", keyFile]],
  ];
  const found: [string, string[]][] = [];
  for (const [name, modules, args] of needs) {
    const python = await findPython(`cryptography, ${modules}`);
    if (python === undefined) {
      const packages = modules.split(", ").map((module) => `python3-${module}`).join(" ");
      console.error(`skipped: ${name}: apt-get install python3-cryptography ${packages}`);
    } else found.push([name, [python, "-B", ...args]]);
  }
  return found;
}

function ping(key: Uint8Array): string {
  const now = new Date();
  const timestamp = now.toISOString().replace("Z", "000");
  const message = { userID: "bench", timestamp, text: "", cmd: TokenCommand.ping, args: "" };
  const iv = crypto.getRandomValues(new Uint8Array(16));
  return sealMessage(key, message, { timeS: Math.floor(now.getTime() / 1000), iv });
}

function report(measured: readonly Measured[]): boolean {
  const rows = measured.map(({ server, keepAlive, figures }) => {
    const ours = measured.find((row) => row.server === "wagons" && row.keepAlive === keepAlive)!;
    const ratios = figures.map(({ requestsPerSecond }, round) =>
      ours.figures[round]!.requestsPerSecond / requestsPerSecond
    );
    return {
      server,
      keepAlive,
      requestsPerSecond: Math.round(median(figures.map((round) => round.requestsPerSecond))),
      p50Ms: median(figures.map((round) => round.p50Ms)),
      p99Ms: median(figures.map((round) => round.p99Ms)),
      cpuMsPerThousand: median(figures.map((round) => round.cpuMsPerThousand)),
      wagonsRatio: median(ratios),
      lowestRatio: Math.min(...ratios),
      highestRatio: Math.max(...ratios),
    };
  });
  if (values.json) console.log(JSON.stringify({ loader, connections, rounds, servers: rows }));
  else {
    for (const keepAlive of [true, false]) {
      const how = keepAlive ? "kept alive" : "for one request each";
      console.log(`\n${connections} connections ${how}, by ${loader}, median of ${rounds} rounds`);
      console.log(
        `  ${"server".padEnd(38)} requests/s  p50 ms  p99 ms  CPU ms/1000  wagons / it (range)`,
      );
      for (const row of rows.filter((row) => row.keepAlive === keepAlive)) {
        const range = `${row.lowestRatio.toFixed(1)} to ${row.highestRatio.toFixed(1)}`;
        const ratio = row.server === "wagons" ? "" : `${row.wagonsRatio.toFixed(1)} (${range})`;
        const times = `${row.p50Ms.toFixed(2).padStart(7)} ${row.p99Ms.toFixed(2).padStart(7)}`;
        const rate = String(row.requestsPerSecond).padStart(10);
        const cpu = Number.isNaN(row.cpuMsPerThousand) ? "-" : row.cpuMsPerThousand.toFixed(0);
        console.log(
          `  ${row.server.padEnd(38)} ${rate} ${times}  ${cpu.padStart(11)}  ${ratio}`,
        );
      }
    }
  }
  const flask = rows.filter(({ server }) => server === FLASK);
  if (flask.length === 0) console.error(`${FLASK} is not here: nothing to compare with.`);
  return flask.length > 0 && flask.every(({ wagonsRatio }) => wagonsRatio >= LEAST_RATIO);
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function path(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url));
}
