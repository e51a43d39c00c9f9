/**
 * Dictionaries read and written by Python, many at once: see peers/dictionaries.py.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import type { Told } from "../helpers/dictionaries.ts";
import { runProgram } from "./subprocess.ts";

const root = new URL("../../", import.meta.url);

/** What Python is asked. */
export interface Asked {
  /** What the format is like, where it has several forms. */
  readonly option?: string;
  /** What it reads. */
  readonly read?: readonly Uint8Array[];
  /** What it writes. */
  readonly write?: readonly Told[];
}

/** Lets Python read and write dictionaries in a format. It leaves no compiled files in the tree. */
export async function ask(
  python: string,
  format: string,
  { option, read = [], write = [] }: Asked,
): Promise<{ read: Told[]; written: Uint8Array[] }> {
  const command = [python, "-B", "tests/interop/peers/dictionaries.py", format];
  if (option !== undefined) command.push(option);
  const stdin = JSON.stringify({ read: read.map((bytes) => bytes.toBase64()), write });
  const { code, stdout, stderr } = await runProgram(command, { cwd: root, stdin });
  assertEquals([code, stderr], [0, ""]);
  const answer = JSON.parse(stdout) as { read: Told[]; written: string[] };
  assertEquals([answer.read.length, answer.written.length], [read.length, write.length]);
  return {
    read: answer.read,
    written: answer.written.map((base64) => Uint8Array.fromBase64(base64)),
  };
}
