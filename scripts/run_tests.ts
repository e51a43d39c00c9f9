/**
 * Runs all tests and ends with a line of its own, `N passed, N failed`. The tests run the built
 * executable, so it is built first if needed.
 *
 *     deno task test [FOLDER OR FILE ...]
 *
 * @module
 */

import { isUpToDate } from "./build.ts";

const SUMMARY =
  /\| (\d+) passed(?: \(\d+ steps?\))? \| (\d+) failed(?: \(\d+ steps?\))?(?: \| (\d+) ignored)?/;

/** The tests take a minute or two on two cores. */
const TIMEOUT_MS = 20 * 60_000;

const root = new URL("../", import.meta.url);

if (!await isUpToDate()) {
  const args = ["run", "--allow-all", "scripts/build.ts"];
  const build = await new Deno.Command(Deno.execPath(), { args, cwd: root }).spawn().status;
  if (!build.success) Deno.exit(build.code);
}

const run = new Deno.Command(Deno.execPath(), {
  args: ["test", "--allow-all", "--parallel", ...(Deno.args.length > 0 ? Deno.args : ["tests/"])],
  cwd: root,
  env: { NO_COLOR: "1" },
  stdout: "piped",
}).spawn();

// A test that waits for ever would keep everyone waiting.
const watchdog = setTimeout(() => {
  console.error(`The tests were not over after ${TIMEOUT_MS / 60_000} minutes.`);
  run.kill("SIGKILL");
}, TIMEOUT_MS);

let tail = "";
const decoder = new TextDecoder();
for await (const chunk of run.stdout) {
  let bytes: Uint8Array = chunk;
  while (bytes.length > 0) bytes = bytes.subarray(Deno.stdout.writeSync(bytes));
  tail = (tail + decoder.decode(chunk, { stream: true })).slice(-4000);
}
const { code } = await run.status;
clearTimeout(watchdog);
const summary = tail.split("\n").findLast((line) => SUMMARY.test(line));
if (summary === undefined) {
  console.error("The test runner ended without a summary: no test has run.");
  Deno.exit(code === 0 ? 1 : code);
}
const [, passed, failed, ignored = "0"] = SUMMARY.exec(summary)!;
if (ignored !== "0") console.log(`${ignored} skipped: their names say why`);
console.log(`${passed} passed, ${failed} failed`);
Deno.exit(code === 0 && passed === "0" ? 1 : code);
