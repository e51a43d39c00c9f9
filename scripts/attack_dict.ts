/**
 * Does to the built program by the dict dialect what nobody should, over 127.0.0.1, while others send
 * dictionaries with files, and watches its memory.
 *
 *     deno task attack:dict [--only TEXT] [--json]
 *
 * Ends with 1 when memory has grown by more than what may wait, an answer to one of the others was
 * late, or an attack did not end as it has to.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { type Endpoint, parseEndpoint } from "../lib/endpoint.ts";
import { writeKeyFile } from "../lib/key_file.ts";
import { sendByDict } from "../tests/helpers/dict_client.ts";
import { KEY } from "../tests/helpers/sealed_peer.ts";
import { dataToken } from "../tests/helpers/tokens.ts";
import { type Attack, ATTACKED_TIMEOUT, ATTACKS } from "./attack_dict/attacks.ts";
import { peakBytes } from "./bench/peak_memory.ts";
import { startServer } from "./bench/peers/server_process.ts";
import { PROGRAM } from "./build.ts";

const MIB = 1024 * 1024;
/**
 * What may wait of what is not whole, twice as it grows, and the heap around it; or what the longest
 * token takes while it opens, six times its length. Measured: 300 MiB.
 */
const MAX_GROWTH_MIB = 420;
/**
 * What one long dictionary takes as values and as JSON, twice, as it is collected late. Measured of
 * 4 MiB of values: 1,010 MiB.
 */
const MAX_READ_GROWTH_MIB = 1_400;
/** A server that 20 flood at full speed reads them in turns with the others. */
const MAX_ANSWER_MS = 5_000;
/** What ends later does not end at all. */
const MAX_ATTACK_MS = 60_000;
/** Between two questions of one of the others. */
const PAUSE_MS = 20;

const { values } = parseArgs({
  options: { only: { type: "string", default: "" }, json: { type: "boolean", default: false } },
});

/** What came of an attack. */
interface Result {
  readonly attack: string;
  readonly seconds: number;
  readonly beforeMiB: number;
  readonly growthMiB: number;
  /** How long the others waited at most. */
  readonly waitedMs: number;
  /** How its connections have ended, and how many of them so. */
  readonly ends: Readonly<Record<string, number>>;
  /** What is wrong with that; empty when nothing is. */
  readonly faults: readonly string[];
}

const folder = await Deno.makeTempDir({ prefix: "wagons-attack-" });
try {
  const attacks = ATTACKS.filter(({ name }) => name.includes(values.only));
  if (attacks.length === 0) throw new Error(`No attack has ${values.only} in its name`);
  await writeKeyFile(`${folder}/key`, KEY);
  const results: Result[] = [];
  for (const attack of attacks) {
    if (!values.json) console.error(attack.name);
    results.push(await measure(attack));
  }
  if (values.json) { for (const result of results) console.log(JSON.stringify(result)); }
  else report(results);
  Deno.exitCode = results.every(({ faults }) => faults.length === 0) ? 0 : 1;
} finally {
  await Deno.remove(folder, { recursive: true });
}

/** A server for each: what one needs at most would hide what the next one does. */
async function measure({ name, run, must, may = [], isKeyless = false }: Attack): Promise<Result> {
  await using server = await startServer([
    ...[fileURLToPath(PROGRAM), "serve", "--json"],
    // A store of its own, as one is sealed or is not.
    ...["--store", `${folder}/${isKeyless ? "plain" : "sealed"}.db`, "--print", "none"],
    ...["--listen", "dict://127.0.0.1:0"],
    ...(isKeyless ? [] : ["--key-file", `${folder}/key`]),
    ...["--frame-timeout", ATTACKED_TIMEOUT, "--handshake-timeout", ATTACKED_TIMEOUT],
  ]);
  const endpoint = parseEndpoint(server.url);
  const ask = () => send(endpoint, isKeyless);
  for (let i = 0; i < 50; i++) await ask();
  const beforeMiB = peakBytes(server.pid)! / MIB;
  let isOver = false;
  const begunMs = performance.now();
  const asking = askUntil(() => isOver, ask);
  const all = await Promise.race([run(endpoint), late(), asking.then(() => [])]);
  isOver = true;
  const waitedMs = await asking;
  const seconds = (performance.now() - begunMs) / 1000;
  const growthMiB = peakBytes(server.pid)! / MIB - beforeMiB;
  const ends: Record<string, number> = {};
  for (const end of all) ends[end] = (ends[end] ?? 0) + 1;
  const faults = [
    ...must.filter((end) => !(end in ends)).map((end) => `none has ended with ${end}`),
    ...Object.keys(ends).filter((end) => ![...must, ...may].includes(end)).map((end) =>
      `${ends[end]} have ended with ${end}`
    ),
    ...(waitedMs > MAX_ANSWER_MS ? ["others waited"] : []),
    ...(growthMiB > (isKeyless ? MAX_READ_GROWTH_MIB : MAX_GROWTH_MIB) ? ["memory has grown"] : []),
  ];
  return { attack: name, seconds, beforeMiB, growthMiB, waitedMs, ends, faults };
}

/** Sends a dictionary, and a file as somebody does who has the key. */
async function send(endpoint: Endpoint, isAlone: boolean): Promise<void> {
  const file = isAlone ? [] : [dataToken("hello")];
  const answer = await sendByDict(endpoint, '{"yard": "North"}', ...file);
  const wanted = isAlone ? "Data" : "Data and file";
  if (answer !== `${wanted} received successfully.\n`) throw new Error(`It said ${answer}`);
}

/** Asks one time after the other until it is over; gives the longest wait in ms. */
async function askUntil(isOver: () => boolean, ask: () => Promise<void>): Promise<number> {
  let maxMs = 0;
  while (!isOver()) {
    const askedMs = performance.now();
    await ask();
    maxMs = Math.max(maxMs, performance.now() - askedMs);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return maxMs;
}

async function late(): Promise<string[]> {
  await new Promise((resolve) => Deno.unrefTimer(setTimeout(resolve, MAX_ATTACK_MS)));
  return ["no end"];
}

function report(results: readonly Result[]): void {
  console.log(`${"".padEnd(46)}     s   MiB grown   wait  ends`);
  for (const { attack, seconds, beforeMiB, growthMiB, waitedMs, ends, faults } of results) {
    const memory = `${beforeMiB.toFixed(0).padStart(5)} ${growthMiB.toFixed(0).padStart(5)}`;
    const counts = Object.entries(ends).map(([end, count]) => `${count} x ${end}`).join(", ");
    console.log(
      `${attack.padEnd(46)} ${seconds.toFixed(1).padStart(5)} ${memory} ${
        waitedMs.toFixed(0).padStart(6)
      }  ${counts}`,
    );
    for (const fault of faults) console.log(`  WRONG: ${fault}`);
  }
  console.log("The column wait says how many ms others waited for an answer at most.");
}
