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

/** Far less than a leak of 100 bytes for each connection would make of a million. */
const MAX_GROWTH_BYTES = 64 * 1024 * 1024;

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "1000000" },
    seed: { type: "string", default: `${crypto.getRandomValues(new Uint32Array(1))[0]}` },
  },
});
const [runs, seed] = [Number(values.runs), Number(values.seed)];
const beganMs = performance.now();
let settledBytes = 0;
let nextReport = 0.2;
const report = await attackSessions(runs, seed, (done) => {
  if (done / runs < nextReport) return;
  nextReport += 0.2;
  const { rss } = Deno.memoryUsage();
  settledBytes ||= rss;
  console.log(`${done} sessions, ${(rss / 1e6).toFixed(0)} MB`);
});
const growth = Deno.memoryUsage().rss - settledBytes;
const seconds = ((performance.now() - beganMs) / 1000).toFixed(0);
console.log(JSON.stringify({ seed, seconds, growthBytes: growth, ...report }));
if (report.peersLeft > 0 || growth > MAX_GROWTH_BYTES) {
  console.error("Something was left behind.");
  Deno.exit(1);
}
