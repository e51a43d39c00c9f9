/**
 * Key files: read with care, written once.
 *
 * @module
 */

import { reasonOf, UsageError } from "./errors.ts";
import { writeNewFiles } from "./new_files.ts";
import { checkPrivateMode } from "./private_mode.ts";
import { formatKey, parseKey } from "./seal/key.ts";

/** A key file has 45 bytes; what is longer by far is another file, and not read on. */
const MAX_KEY_FILE_BYTES = 1024;

/**
 * Reads a key from its file, or from stdin for `-`.
 *
 * @throws {UsageError} when it cannot be read, when other users may use it, and when it is no key.
 * The message never shows what the file holds.
 */
export function readKeyFile(path: string): Uint8Array {
  const key = parseKey(readSecret(path));
  if (key !== undefined) return key;
  throw new UsageError(`${path} holds no key: a key is 44 characters of urlsafe base64`, {
    hint: "wagons key new makes one.",
  });
}

function readSecret(path: string): string {
  try {
    if (path === "-") return readText(Deno.stdin);
    using file = Deno.openSync(path);
    const { mode, isDirectory } = file.statSync();
    if (isDirectory) throw new UsageError(`Cannot read the key ${path}: it is a folder`);
    checkPrivateMode(mode, "key", path);
    return readText(file);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    const why = error instanceof Deno.errors.NotFound ? "there is no such file" : reasonOf(error);
    throw new UsageError(`Cannot read the key ${path}: ${why}`, { cause: error });
  }
}

function readText(file: { readSync(buffer: Uint8Array): number | null }): string {
  const buffer = new Uint8Array(MAX_KEY_FILE_BYTES);
  let length = 0;
  for (let count; (count = file.readSync(buffer.subarray(length))); length += count);
  return new TextDecoder().decode(buffer.subarray(0, length));
}

/**
 * Writes a key to a new file that only its owner may use.
 *
 * @throws {UsageError} when there is a file of that name, and when it cannot be written; then there
 * is none.
 */
export async function writeKeyFile(path: string, key: Uint8Array): Promise<void> {
  await writeNewFiles([{ path, text: `${formatKey(key)}\n`, mode: 0o600 }]);
}
