/**
 * Does to the built program by HTTP and WebSocket what nobody should, over 127.0.0.1, while others
 * post tokens, ask by `tcp`, and talk by `chat`, and watches its memory.
 *
 *     deno task attack:http [--only TEXT] [--json]
 *
 * Ends with 1 when memory has grown by more than what may wait, an answer to one of the others was
 * late, or an attack did not end as it has to.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { parseEndpoint } from "../lib/endpoint.ts";
import { writeKeyFile } from "../lib/key_file.ts";
import { KEY } from "../tests/helpers/sealed_peer.ts";
import { type Attack, ATTACKED_TIMEOUT, ATTACKS } from "./attack_http/attacks.ts";
import { askAll, BYSTANDERS, postSome, type Waited } from "./attack_http/bystanders.ts";
import { peakBytes } from "./bench/peak_memory.ts";
import { startServer } from "./bench/peers/server_process.ts";
import { PROGRAM } from "./build.ts";

const MIB = 1024 * 1024;
/**
 * What may wait of messages that are not whole, twice, and the heap around it; or what was thrown away
 * of bodies and is not collected yet: 300 MiB were measured, of 100 connections as of 200.
 */
const MAX_GROWTH_MIB = 320;
/** The server's own time for a part that stays away is longer. */
const MAX_ANSWER_MS = 5_000;
/** What ends later does not end at all. */
const MAX_ATTACK_MS = 40_000;

const { values } = parseArgs({
  options: { only: { type: "string", default: "" }, json: { type: "boolean", default: false } },
});

/** What came of an attack. */
interface Result {
  readonly attack: string;
  readonly seconds: number;
  readonly beforeMiB: number;
  readonly growthMiB: number;
  /** How long the others waited at most, each. */
  readonly waitedMs: Waited;
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
async function measure({ name, run, must, may = [] }: Attack): Promise<Result> {
  await using server = await startServer([
    ...[fileURLToPath(PROGRAM), "serve", "--json", "--store", `${folder}/attack.db`],
    ...["--listen", "http://127.0.0.1:0", "tcp://127.0.0.1:0", "chat://127.0.0.1:0"],
    ...["--key-file", `${folder}/key`, "--insecure"],
    ...["--frame-timeout", ATTACKED_TIMEOUT, "--stall-timeout", ATTACKED_TIMEOUT],
  ]);
  const endpoint = parseEndpoint(server.url);
  await postSome(endpoint, 200);
  const beforeMiB = peakBytes(server.pid)! / MIB;
  let isOver = false;
  const begunMs = performance.now();
  const asking = askAll(endpoint, () => isOver);
  const all = await Promise.race([run(endpoint), late(), asking.then(() => [])]);
  await postSome(endpoint, 50);
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
    ...BYSTANDERS.filter((who) => waitedMs[who] > MAX_ANSWER_MS).map((who) => `${who} waited`),
    ...(growthMiB > MAX_GROWTH_MIB ? ["memory has grown"] : []),
  ];
  return { attack: name, seconds, beforeMiB, growthMiB, waitedMs, ends, faults };
}

async function late(): Promise<string[]> {
  await new Promise((resolve) => Deno.unrefTimer(setTimeout(resolve, MAX_ATTACK_MS)));
  return ["no end"];
}

function report(results: readonly Result[]): void {
  const waits = BYSTANDERS.map((who) => who.padStart(6)).join("");
  console.log(`${"".padEnd(44)}     s   MiB grown ${waits}  ends`);
  for (const { attack, seconds, beforeMiB, growthMiB, waitedMs, ends, faults } of results) {
    const memory = `${beforeMiB.toFixed(0).padStart(5)} ${growthMiB.toFixed(0).padStart(5)}`;
    const waits = BYSTANDERS.map((who) => waitedMs[who].toFixed(0).padStart(6)).join("");
    const counts = Object.entries(ends).map(([end, count]) => `${count} x ${end}`).join(", ");
    console.log(
      `${attack.padEnd(44)} ${seconds.toFixed(1).padStart(5)} ${memory} ${waits}  ${counts}`,
    );
    for (const fault of faults) console.log(`  WRONG: ${fault}`);
  }
  console.log("The columns of the others say how many ms they waited for an answer at most.");
}
