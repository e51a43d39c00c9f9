/**
 * The program as one native executable, by `deno compile`.
 *
 * @module
 */

import { BuildError } from "./build_error.ts";
import { PERMISSIONS } from "./permissions.ts";

/** What {@linkcode compile} takes. */
export interface CompileOptions {
  /** Path of the JavaScript file to start; what it imports is compiled in. */
  main: string;
  /** Path of the executable to make. */
  out: string;
  /** The target triple; by default that of this machine. */
  target?: string;
  /** Time after which a download of the base runtime is given up; by default never. */
  downloadTimeoutMs?: number;
  /** Stops the work. */
  signal?: AbortSignal;
}

/**
 * Compiles. Gives false when the base runtime, which `deno compile` downloads once for each version
 * and target unless `DENORT_BIN` names one, cannot be had. Throws a {@linkcode BuildError} with
 * the compiler's words on any other failure.
 */
export async function compile(options: CompileOptions): Promise<boolean> {
  const { main, out, target, downloadTimeoutMs, signal } = options;
  const args = ["compile", "--no-check", "--no-config", "--no-lock", "--no-remote", "--no-npm"];
  args.push(...PERMISSIONS, "--output", out);
  if (target !== undefined) args.push("--target", target);
  const signals = signal ? [signal] : [];
  if (downloadTimeoutMs !== undefined) signals.push(AbortSignal.timeout(downloadTimeoutMs));
  const run = await new Deno.Command(Deno.execPath(), {
    args: [...args, main],
    env: { NO_COLOR: "1", RUST_BACKTRACE: "0" },
    stdout: "piped",
    stderr: "piped",
    signal: AbortSignal.any(signals),
  }).output();
  signal?.throwIfAborted();
  if (run.success) return true;
  const stderr = new TextDecoder().decode(run.stderr);
  if (run.signal === null ? lacksBaseRuntime(stderr) : isDownloading(stderr)) return false;
  throw new BuildError(`Cannot compile ${main}:\n${stderr}`);
}

/**
 * Whether this is what a failing `deno compile` writes to stderr when it could not download the
 * base runtime. The cause follows the words "Setting up base binary."; two causes are of this
 * machine and not of the network: the downloaded file cannot be put into the cache.
 */
export function lacksBaseRuntime(stderr: string): boolean {
  const cause = /Setting up base binary\.\s*(?:\d+: *)?(.*)/.exec(stderr)?.[1];
  return cause !== undefined && !/^(Creating|Writing) /.test(cause);
}

/** Whether the last thing that `deno compile` wrote to stderr is that it downloads its runtime. */
export function isDownloading(stderr: string): boolean {
  return /(^|\n)Download \S*denort-\S*\s*$/.test(stderr);
}
