import { createHash } from "node:crypto";
import { BadInputError, reasonOf, UsageError } from "../errors.ts";
import { showable } from "../ui.ts";

const READ_BYTES = 1024 * 1024;

/** A file of this machine, as it was when it was hashed. */
export interface LocalFile {
  /** Where it is. */
  readonly path: string;
  /** In bytes. */
  readonly size: number;
  /** 32 bytes. */
  readonly sha256: Uint8Array;
  /** Milliseconds since the Unix epoch; null where the system does not tell. */
  readonly modifiedAtMs: number | null;
}

/** How to hash a file. */
export interface HashOptions {
  /** Is told how many bytes have been read, often. */
  readonly onProgress?: (doneBytes: number, totalBytes: number) => void;
  /** Gives up. */
  readonly signal?: AbortSignal;
}

/**
 * Reads a file once to know its hash.
 *
 * @throws {UsageError} when it cannot be read or is no file, {@linkcode BadInputError} when it
 * changes meanwhile, and the signal's reason when it is aborted.
 */
export async function hashFile(path: string, options: HashOptions = {}): Promise<LocalFile> {
  using file = await openFile(path);
  const { size, modifiedAtMs } = await stateOf(file, path);
  const hash = createHash("sha256");
  // Two buffers take turns: the next bytes are read while these are hashed.
  let [reading, hashing] = [new Uint8Array(READ_BYTES), new Uint8Array(READ_BYTES)];
  let doneBytes = 0;
  let coming = file.read(reading);
  while (true) {
    const count = await coming;
    if (count === null) break;
    [reading, hashing] = [hashing, reading];
    coming = file.read(reading);
    hash.update(hashing.subarray(0, count));
    doneBytes += count;
    options.onProgress?.(doneBytes, size);
    if (options.signal?.aborted) {
      await coming;
      throw options.signal.reason;
    }
  }
  const local = { path, size, sha256: new Uint8Array(hash.digest()), modifiedAtMs };
  if (doneBytes !== size) throw changed(path);
  await checkUnchanged(file, local);
  return local;
}

/**
 * Opens a file for reading.
 *
 * @throws {UsageError} when that cannot be done, or it is a folder.
 */
export async function openFile(path: string): Promise<Deno.FsFile> {
  let file: Deno.FsFile;
  try {
    file = await Deno.open(path);
  } catch (error) {
    const why = error instanceof Deno.errors.NotFound ? "there is no such file" : reasonOf(error);
    throw new UsageError(`Cannot read ${showable(path)}: ${why}`, { cause: error });
  }
  if ((await file.stat()).isFile) return file;
  file.close();
  throw new UsageError(`Cannot read ${showable(path)}: it is no file`, {
    hint: "Pack a folder into one file first. What a program writes goes with: wagons put -.",
  });
}

/**
 * Looks whether an open file is still what was hashed.
 *
 * @throws {BadInputError} when it is not.
 */
export async function checkUnchanged(
  file: Deno.FsFile,
  { path, size, modifiedAtMs }: LocalFile,
): Promise<void> {
  const now = await stateOf(file, path);
  if (now.size !== size || now.modifiedAtMs !== modifiedAtMs) throw changed(path);
}

/** The error that it is when a file is not any more what was hashed. */
export function changed(path: string): BadInputError {
  return new BadInputError(`${showable(path)} was changed while it was read`, {
    hint: "Put it again when nobody writes to it; a copy of it stays as it is.",
  });
}

async function stateOf(
  file: Deno.FsFile,
  path: string,
): Promise<Pick<LocalFile, "size" | "modifiedAtMs">> {
  try {
    const { size, mtime } = await file.stat();
    return { size, modifiedAtMs: mtime?.getTime() ?? null };
  } catch (error) {
    throw new UsageError(`Cannot read ${showable(path)}: ${reasonOf(error)}`, { cause: error });
  }
}
