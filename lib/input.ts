/**
 * Reading what a user names: a file, or `-` for stdin.
 *
 * @module
 */

import { concat } from "./bytes.ts";
import { BadInputError, reasonOf, UsageError } from "./errors.ts";
import { formatBytes } from "./units.ts";

const READ_BYTES = 64 * 1024;

const STDIN_NAMES: ReadonlySet<string> = new Set([
  "-",
  "/dev/stdin",
  "/dev/fd/0",
  "/proc/self/fd/0",
]);

/** Whether a user names stdin so: as `-`, or as the system does. */
export function isStdin(path: string): boolean {
  return STDIN_NAMES.has(path);
}

/** How an input is named in messages. */
export function inputName(path: string): string {
  return isStdin(path) ? "stdin" : path;
}

/**
 * Reads a whole file, or stdin for `-`, holding no more than the bound.
 *
 * @throws {UsageError} when it is not there, is a folder, or may not be read, and
 * {@linkcode BadInputError} when it is empty or longer than `maxBytes`.
 */
export async function readInput(path: string, maxBytes: number): Promise<Uint8Array> {
  const bytes = await readWhole(path, maxBytes);
  if (bytes.length === 0) throw new BadInputError(`${inputName(path)} is empty`);
  return bytes;
}

/**
 * The same, and it may be empty.
 *
 * @throws {UsageError} as {@linkcode readInput} does, and {@linkcode BadInputError} when it is longer
 * than `maxBytes`.
 */
export async function readWhole(path: string, maxBytes: number): Promise<Uint8Array> {
  const name = inputName(path);
  try {
    if (isStdin(path)) return await readBounded(Deno.stdin, maxBytes, name);
    using file = await Deno.open(path);
    if ((await file.stat()).isDirectory) {
      throw new UsageError(`Cannot read ${name}: it is a folder`);
    }
    return await readBounded(file, maxBytes, name);
  } catch (error) {
    if (error instanceof UsageError || error instanceof BadInputError) throw error;
    if (error instanceof Deno.errors.NotCapable) {
      throw new UsageError(`Cannot read ${name}: the system keeps it for itself`, {
        cause: error,
        hint: "Send what it gives to stdin, and name - for it.",
      });
    }
    const why = error instanceof Deno.errors.NotFound ? "there is no such file" : reasonOf(error);
    throw new UsageError(`Cannot read ${name}: ${why}`, { cause: error });
  }
}

async function readBounded(
  source: { read(buffer: Uint8Array): Promise<number | null> },
  maxBytes: number,
  name: string,
): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const buffer = new Uint8Array(READ_BYTES);
  while (true) {
    const count = await source.read(buffer);
    if (count === null) break;
    chunks.push(buffer.slice(0, count));
    length += count;
    if (length > maxBytes) {
      throw new BadInputError(`${name} is longer than ${formatBytes(maxBytes)}`);
    }
  }
  return concat(chunks);
}

/**
 * The text that bytes are. The hint goes with the error.
 *
 * @throws {BadInputError} when they are not UTF-8, or hold a NUL, which no text does.
 */
export function decodeText(bytes: Uint8Array, name: string, hint: string): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
  }
  throw new BadInputError(`${name} is no text in UTF-8`, { hint });
}
