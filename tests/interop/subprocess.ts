/**
 * Programs that the tests run to their end.
 *
 * @module
 */

import { killProcess } from "../../scripts/bench/peers/server_process.ts";

/** What a program that ended has left. */
export interface ProgramEnd {
  /** Its exit code; 128 + the signal's number when a signal ended it. */
  code: number;
  /** What it wrote to stdout. */
  stdout: string;
  /** What it wrote to stderr. */
  stderr: string;
}

/**
 * Runs a program to its end.
 *
 * @param command The program and its arguments.
 * @param options The folder it runs in (default: this process's), what it reads on stdin (default:
 * nothing) and the time after which it is killed (default: 60,000 ms).
 * @throws {Error} when it had to be killed.
 */
export async function runProgram(
  command: string[],
  options: { cwd?: string | URL; stdin?: string; timeoutMs?: number } = {},
): Promise<ProgramEnd> {
  const { cwd, stdin, timeoutMs = 60_000 } = options;
  const [program = "", ...args] = command;
  const child = new Deno.Command(program, {
    args,
    ...(cwd === undefined ? {} : { cwd }),
    stdin: stdin === undefined ? "null" : "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  let tooLate = false;
  const timer = setTimeout(() => {
    tooLate = true;
    killProcess(child, "SIGKILL");
  }, timeoutMs);
  try {
    const output = child.output();
    if (stdin !== undefined) {
      await ReadableStream.from([new TextEncoder().encode(stdin)]).pipeTo(child.stdin);
    }
    const { code, stdout, stderr } = await output;
    const decoder = new TextDecoder();
    const end = { code, stdout: decoder.decode(stdout), stderr: decoder.decode(stderr) };
    if (!tooLate) return end;
    const said = JSON.stringify(end);
    throw new Error(`${command.join(" ")} did not end within ${timeoutMs} ms: ${said}`);
  } finally {
    clearTimeout(timer);
    killProcess(child, "SIGKILL");
  }
}
