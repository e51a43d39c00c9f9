/**
 * Attacks the server's side of sealed sessions with random and changed handshakes and frames, and
 * watches its memory.
 *
 *     deno task attack [--runs 1000000] [--seed N]
 *
 * @module
 */

import { parseArgs } from "node:util";
import { attackSessions } from "../tests/helpers/seal_attack.ts";

/**
 * A leak of 20 bytes for each connection would be more, of a million. What the process takes from
 * the system is no measure: it goes up and down by a fifth.
 */
const MAX_GROWTH_BYTES = 16 * 1024 * 1024;

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1000000" },
    seed: { type: "string", default: `${crypto.getRandomValues(new Uint32Array(1))[0]}` },
  },
});
const [runs, seed] = [Number(values.runs), Number(values.seed)];
const beganMs = performance.now();
const collectGarbage = (globalThis as { gc?: () => void }).gc;
if (collectGarbage === undefined) throw new Error("Run it with --v8-flags=--expose-gc");

/** What is really held. */
function heldBytes(): number {
  collectGarbage!();
  const { heapUsed, external } = Deno.memoryUsage();
  return heapUsed + external;
}

let settledBytes: number | undefined;
let nextReport = 0.2;
const report = await attackSessions(runs, seed, (done) => {
  if (done / runs < nextReport) return;
  nextReport += 0.2;
  const held = heldBytes();
  settledBytes ??= held;
  const { rss } = Deno.memoryUsage();
  console.log(`${done} sessions, ${megabytes(held)} held, ${megabytes(rss)} taken`);
});
const growthBytes = heldBytes() - settledBytes!;
const seconds = Math.round((performance.now() - beganMs) / 1000);
console.log(JSON.stringify({ seed, seconds, growthBytes, ...report }));
if (report.peersLeft > 0 || growthBytes > MAX_GROWTH_BYTES) {
  console.error("Something was left behind.");
  Deno.exit(1);
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
