/**
 * Makes the program one file that needs nothing else.
 *
 *     deno task build [--target TRIPLE] [-o FILE]
 *
 * A native executable where the base runtime of `deno compile` can be had; otherwise, for this kind
 * of machine only, a portable file: a shell script with the program and Deno behind it.
 *
 * @module
 */

import { relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build, TARGETS } from "./build/build.ts";
import { BuildError } from "./build/build_error.ts";
import { hasStamp, sourcesKey, writeStamp } from "./build/stamp.ts";

const PROJECT = new URL("../", import.meta.url);

/** The program that `deno task build` makes when no option says otherwise. */
export const PROGRAM: URL = programFor(undefined);

/** Whether {@linkcode PROGRAM} is there and made from the sources as they are. */
export async function isUpToDate(): Promise<boolean> {
  return await hasStamp(PROGRAM, await sourcesKey(PROJECT));
}

/** Builds what the command line says and gives the line that says what was made. */
async function main(args: string[], signal: AbortSignal): Promise<string> {
  const { target, output } = readArgs(args);
  const isProgram = target === undefined && output === undefined;
  const out = output ?? relative(Deno.cwd(), fileURLToPath(programFor(target)));
  // Before the build: what is changed while it runs may not be in it.
  const key = await sourcesKey(PROJECT);
  const { kind, bytes, tookMs } = await build({
    entry: fileURLToPath(new URL("main.ts", PROJECT)),
    out,
    ...(target !== undefined && { target }),
    say: (line) => console.error(line),
    signal,
  });
  if (isProgram) await writeStamp(PROGRAM, key);
  const size = `${(bytes / 1e6).toFixed(1)} MB`;
  return `${out}: ${kind}, ${size}, made in ${(tookMs / 1000).toFixed(1)} s`;
}

/** Where the program for a target goes, by default for this machine. */
function programFor(target: string | undefined): URL {
  const isWindows = target === undefined ? Deno.build.os === "windows" : target.includes("windows");
  const name = target === undefined ? "wagons" : `wagons-${target}`;
  return new URL(`dist/${name}${isWindows ? ".exe" : ""}`, PROJECT);
}

/** Reads the command line. Throws a {@linkcode BuildError} that says what is wrong with it. */
function readArgs(args: string[]): { target: string | undefined; output: string | undefined } {
  let values;
  try {
    ({ values } = parseArgs({
      args,
      options: { target: { type: "string" }, output: { type: "string", short: "o" } },
    }));
  } catch (error) {
    if (error instanceof TypeError) throw new BuildError(error.message, { cause: error });
    throw error;
  }
  const { target, output } = values;
  if (target !== undefined && !TARGETS.includes(target)) {
    throw new BuildError(
      `Cannot build for ${JSON.stringify(target)}: it is none of ${TARGETS.join(", ")}.`,
    );
  }
  return { target, output };
}

if (import.meta.main) {
  const stop = new AbortController();
  const onSignal = () => stop.abort();
  Deno.addSignalListener("SIGINT", onSignal);
  if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", onSignal);
  try {
    console.log(await main(Deno.args, stop.signal));
    Deno.exit(0);
  } catch (error) {
    if (stop.signal.aborted) Deno.exit(130);
    if (!(error instanceof BuildError)) throw error;
    console.error(error.message);
    Deno.exit(1);
  }
}
