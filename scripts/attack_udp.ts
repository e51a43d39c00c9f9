/**
 * Sends junk by UDP to the built program over 127.0.0.1, while others send tokens and want answers,
 * and watches its memory.
 *
 *     deno task attack:udp [--datagrams 100000] [--answer-junk] [--json]
 *
 * First in step: after some datagrams comes a token, whose answer says that all before it were acted
 * on, so that each counts. Then as fast as it goes: the system drops what the server cannot take, a
 * token as well as junk, and whoever gets no answer asks again, as programs by UDP do. Ends with 1 when
 * memory has grown since the server had nothing to do, or a token was not answered in the end.
 *
 * @module
 */

import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Histogram } from "../lib/client/histogram.ts";
import { parseEndpoint } from "../lib/endpoint.ts";
import { writeKeyFile } from "../lib/key_file.ts";
import { sealFernet } from "../lib/seal/fernet.ts";
import { KEY } from "../tests/helpers/sealed_peer.ts";
import { UdpClient } from "../tests/helpers/udp_client.ts";
import { startServer } from "./bench/peers/server_process.ts";
import { cpuSeconds } from "./bench/server_cpu.ts";
import { PROGRAM } from "./build.ts";

const MIB = 1024 * 1024;
/** Datagrams between two tokens: what the system's buffer holds beside them. */
const STEP = 50;
/** Senders of tokens: one of them alone would be bounded. */
const SENDERS = 20;
/** Time without an answer after which a sender asks again. */
const ASK_AGAIN_MS = 200;
/** How often a sender asks for one answer: 8 s of a flood that drops all but every tenth of its own. */
const MAX_ASKED = 40;
/**
 * What the process takes from the system goes up and down by 60 MiB, as each datagram has a buffer of
 * 64 KiB for a moment, and the heap finds its size with the first ones. A leak of 500 bytes for each of
 * 200,000 would be two thirds of this.
 */
const MAX_GROWTH_MIB = 144;
/** Between two questions of a sender in the flood: no more than it may ask. */
const PAUSE_MS = 20;

const { values } = parseArgs({
  options: {
    datagrams: { type: "string", default: "100000" },
    "answer-junk": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  },
});
const datagrams = Number(values.datagrams);

const folder = await Deno.makeTempDir({ prefix: "wagons-attack-" });
try {
  Deno.exitCode = await attack() ? 0 : 1;
} finally {
  await Deno.remove(folder, { recursive: true });
}

async function attack(): Promise<boolean> {
  await writeKeyFile(`${folder}/key`, KEY);
  await using server = await startServer([
    ...[fileURLToPath(PROGRAM), "serve", "--json", "--store", `${folder}/attack.db`],
    ...["--listen", "udp://127.0.0.1:0", "--key-file", `${folder}/key`],
    ...(values["answer-junk"] ? ["--udp-answer-junk"] : []),
  ]);
  const endpoint = parseEndpoint(server.url);
  await using attacker = await UdpClient.open(endpoint);
  const senders = await Promise.all(
    Array.from({ length: SENDERS }, () => UdpClient.open(endpoint)),
  );
  const junk = samples();
  const memory: number[] = [];
  const look = () => memory.push(memoryMiB(server.pid));

  const answers = new Histogram();
  const inStep = async (count: number) => {
    const cpuBefore = cpuSeconds(server.pid)!;
    const beganMs = performance.now();
    for (let sent = 0; sent < count; sent += STEP) {
      const sending = Array.from(
        { length: STEP },
        (_, i) => attacker.send(junk[(sent + i) % junk.length]!),
      );
      await Promise.all(sending);
      const askedMs = performance.now();
      await senders[(sent / STEP) % SENDERS]!.ask({ cmd: "ping" });
      answers.record(performance.now() - askedMs);
    }
    const seconds = (performance.now() - beganMs) / 1000;
    return { seconds, cpuUs: (cpuSeconds(server.pid)! - cpuBefore) / count * 1e6 };
  };
  // While it has nothing to do.
  look();
  await inStep(datagrams / 10);
  look();
  const step = await inStep(datagrams / 2);
  look();
  await inStep(datagrams / 2);
  look();

  const flood = { sent: 0, asked: 0, askedAgain: 0, unanswered: 0, seconds: 0 };
  const beganMs = performance.now();
  let isOver = false;
  const asking = senders.map(async (sender) => {
    while (!isOver) {
      flood.asked++;
      const again = await askAgain(sender);
      if (again === undefined) return void flood.unanswered++;
      flood.askedAgain += again;
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  });
  while (flood.sent < datagrams) {
    const sending = Array.from(
      { length: STEP },
      () => attacker.send(junk[flood.sent++ % junk.length]!),
    );
    await Promise.all(sending);
  }
  isOver = true;
  await Promise.all(asking);
  flood.seconds = (performance.now() - beganMs) / 1000;
  look();
  for (const sender of senders) await sender[Symbol.asyncDispose]();

  const growthMiB = Math.max(...memory) - memory[0]!;
  const result = {
    datagrams,
    inStep: { ...step, p50Ms: answers.quantileMs(0.5), maxMs: answers.maxMs },
    flood,
    memoryMiB: memory,
    growthMiB,
  };
  if (values.json) console.log(JSON.stringify(result));
  else report(result);
  return growthMiB <= MAX_GROWTH_MIB && flood.unanswered === 0;
}

/** Short and long texts, tokens of another key, what only begins like one, and the largest. */
function samples(): (string | Uint8Array)[] {
  const text = new TextEncoder().encode('{"userID": "x", "text": "hello", "cmd": "", "args": ""}');
  const token = () =>
    sealFernet(crypto.getRandomValues(new Uint8Array(32)), text, {
      timeS: Math.floor(Date.now() / 1000),
      iv: crypto.getRandomValues(new Uint8Array(16)),
    });
  const short = ["", "x", "junk", "x".repeat(200), `gAAAA${"x".repeat(500)}`];
  const many = Array.from({ length: 40 }, (_, i) => i % 2 === 0 ? token() : short[i % 5]!);
  return [...many, new Uint8Array(65_507)];
}

/** Asks until there is an answer: gives how often again, or undefined when none comes in the end. */
async function askAgain(sender: UdpClient): Promise<number | undefined> {
  const answer = sender.next();
  for (let again = 0; again < MAX_ASKED; again++) {
    await sender.send({ cmd: "ping" });
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<"late">((resolve) => {
      timer = setTimeout(() => resolve("late"), ASK_AGAIN_MS);
    });
    const came = await Promise.race([answer, late]);
    clearTimeout(timer);
    if (came !== "late") return again;
  }
  return undefined;
}

function memoryMiB(pid: number): number {
  const status = Deno.readTextFileSync(`/proc/${pid}/status`);
  return Math.round(Number(/VmRSS:\s*(\d+) kB/.exec(status)![1]) * 1024 / MIB);
}

function report(
  { datagrams, inStep, flood, memoryMiB, growthMiB }: {
    datagrams: number;
    inStep: { seconds: number; cpuUs: number; p50Ms: number; maxMs: number };
    flood: {
      sent: number;
      asked: number;
      askedAgain: number;
      unanswered: number;
      seconds: number;
    };
    memoryMiB: number[];
    growthMiB: number;
  },
): void {
  const rate = Math.round(flood.sent / flood.seconds).toLocaleString("en");
  const rows: [string, string][] = [
    ["datagrams of junk, in step with tokens", datagrams.toLocaleString("en")],
    ["  of a core for each", `${inStep.cpuUs.toFixed(0)} us`],
    ["  a token is answered in (p50)", `${inStep.p50Ms.toFixed(1)} ms`],
    ["  and at most in", `${inStep.maxMs.toFixed(1)} ms`],
    ["more, as fast as it goes", flood.sent.toLocaleString("en")],
    ["  in a second", rate],
    ["  tokens of others", `${flood.asked}`],
    ["  asked again", `${flood.askedAgain}`],
    ["  not answered in the end", `${flood.unanswered}`],
    ["memory, idle and after each part", `${memoryMiB.join(", ")} MiB`],
    ["  grown by, at most", `${growthMiB} MiB of ${MAX_GROWTH_MIB}`],
  ];
  for (const [what, value] of rows) console.log(`${what.padEnd(42)} ${value}`);
}
