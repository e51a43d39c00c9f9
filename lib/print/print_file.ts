/**
 * The file that a server prints to.
 *
 * It is opened for each append and closed after it: so it may be moved away, removed or cut at any
 * time, by whatever rotates logs here, and what comes next stands in a new one, without a signal.
 *
 * @module
 */

import { constants } from "node:fs";
import { open } from "node:fs/promises";
import { concat } from "../bytes.ts";
import { reasonOf, UsageError } from "../errors.ts";
import { realPathOf } from "./real_path.ts";
import { isSqlite } from "./sqlite_magic.ts";
import { numberedFiles } from "./used_files.ts";

/** Which file, and when the next one is begun. */
export interface PrintFileOptions {
  /** The file; older ones get `.1`, `.2` and so on behind its name. */
  readonly path: string;
  /** What each file begins with, whole lines, or nothing. */
  readonly heading: Uint8Array;
  /** A file that would grow beyond it is followed by a new one. One longer record has one alone. */
  readonly maxBytes: number;
  /** How many files there are at most, the one that is written included: at least 2. */
  readonly files: number;
}

/** What a file begins with. */
export interface FileHead {
  /** The file. */
  readonly path: string;
  /** Its first bytes: up to 64. */
  readonly head: Uint8Array;
}

/** How often a file that was moved away between opening and locking it is opened again. */
const MAX_OPENINGS = 100;

/** Enough to see what a file is. */
const HEAD_BYTES = 64;

const LINE_FEED = 10;

/**
 * Appends whole records to a file, and begins a new one when it is full. Several of them, in several
 * processes too, may have the same file: who writes or moves it holds a lock on it.
 */
export class PrintFile {
  readonly #options: PrintFileOptions;

  /** Takes which file. Nothing is opened yet. */
  constructor(options: PrintFileOptions) {
    this.#options = options;
  }

  /** The file. */
  get path(): string {
    return this.#options.path;
  }

  /**
   * Makes the file if it is not there, so that a wrong path is told at once. Gives what it begins
   * with, some bytes of it, and what the older files that are there do; of a device nothing.
   *
   * @throws {UsageError} when it cannot be written, or is one of a database; and when what has a
   * number behind its name is no file, or one of a database.
   */
  async prepare(): Promise<FileHead[]> {
    try {
      // A pipe or a device is left alone: to open a pipe may take until somebody reads it.
      if (await isDevice(this.path)) return [];
      const older: FileHead[] = [];
      for (const path of this.#older()) {
        if (!await isOlderFile(path)) continue;
        using file = await Deno.open(path);
        older.push({ path, head: await headOf(file, path) });
      }
      using file = await this.#open();
      return [{ path: this.path, head: await headOf(file, this.path) }, ...older];
    } catch (error) {
      throw new UsageError(`Cannot print to ${this.path}: ${reasonOf(error)}`, {
        cause: error,
        hint: "Name another file, in a folder that is there and that this user may write.",
      });
    }
  }

  /**
   * Appends records, all of them in one write. When this fails nothing of them is in the file, or, if
   * what was written cannot be taken back, a part of a line, after which the next append begins a new
   * line. Gives why no new file could be begun, when this one is full and could not be moved: it
   * grows then.
   *
   * @throws {Error} when they are not in the file.
   */
  async append(records: Uint8Array): Promise<Error | undefined> {
    if (await isDevice(this.path)) {
      using device = await openDevice(this.path);
      await writeAll(device, records);
      return undefined;
    }
    const opened = await this.#openWithRoom(records.length);
    using file = opened.file;
    const { size } = await file.stat();
    const before = size === 0
      ? this.#options.heading
      : await endsWithin(file)
      ? Uint8Array.of(LINE_FEED)
      : new Uint8Array();
    const bytes = concat([before, records]);
    const count = { written: 0 };
    try {
      await writeAll(file, bytes, count);
    } catch (error) {
      await takeBack(file, size, count.written);
      throw error;
    }
    return opened.hindrance;
  }

  /**
   * The locked file, a new one if what is to come does not fit into the old one; or that, and why it
   * cannot be moved away.
   */
  async #openWithRoom(bytes: number): Promise<{ file: Deno.FsFile; hindrance?: Error }> {
    for (let i = 0; i < MAX_OPENINGS; i++) {
      const file = await this.#open();
      try {
        await file.lock(true);
        const info = await file.stat();
        if (await isStillAt(this.path, info)) {
          if (info.size === 0 || info.size + bytes <= this.#options.maxBytes) return { file };
          const hindrance = await this.#moveAway();
          // Somebody else may have moved it meanwhile.
          if (hindrance !== undefined && await isStillAt(this.path, info)) {
            return { file, hindrance };
          }
        }
      } catch (error) {
        file.close();
        throw error;
      }
      // It has another name now, by us or by somebody else.
      file.close();
    }
    throw new Error(`it was moved away ${MAX_OPENINGS} times while it was being opened`);
  }

  /** To read it is needed too: how it ends matters. What others have sent is not for everybody. */
  async #open(): Promise<Deno.FsFile> {
    return await Deno.open(this.path, { read: true, append: true, create: true, mode: 0o600 });
  }

  /** The older files, where the path leads to: the latest has the number 1. */
  #older(): string[] {
    return numberedFiles(realPathOf(this.path), this.#options.files).slice(1);
  }

  /**
   * Gives the file the number 1, and those that have one the next, up to the first gap. Where the path
   * is a link, it stays one. Gives why it could not: what is no file is not moved.
   */
  async #moveAway(): Promise<Error | undefined> {
    try {
      const older = this.#older();
      let gap = 0;
      while (gap < older.length && await isOlderFile(older[gap]!)) gap++;
      for (let i = Math.min(gap, older.length - 1); i > 0; i--) {
        await Deno.rename(older[i - 1]!, older[i]!);
      }
      await Deno.rename(realPathOf(this.path), older[0]!);
      return undefined;
    } catch (error) {
      return error instanceof Error ? error : new Error(reasonOf(error));
    }
  }
}

/**
 * Whether an older file is there.
 *
 * @throws {Error} when something else is: a folder, a link or a device.
 */
async function isOlderFile(path: string): Promise<boolean> {
  try {
    if ((await Deno.lstat(path)).isFile) return true;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return false;
    throw error;
  }
  throw new Error(`${path} is in the way: it is no regular file`);
}

async function infoOf(path: string): Promise<Deno.FileInfo | undefined> {
  try {
    return await Deno.stat(path);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}

/** A pipe or the like: nothing that has a size and can be moved away. */
async function isDevice(path: string): Promise<boolean> {
  const info = await infoOf(path);
  return info !== undefined && !info.isFile && !info.isDirectory;
}

/**
 * A device to write to. Who opens a pipe waits for somebody to read it, for ever if nobody does: so it
 * is opened first in the way that fails then.
 */
async function openDevice(path: string): Promise<Deno.FsFile> {
  if (!(await Deno.stat(path)).isFifo) return await Deno.open(path, { append: true });
  const { O_WRONLY, O_NONBLOCK } = constants;
  const held = await open(path, O_WRONLY | O_NONBLOCK).catch((error) => {
    if ((error as { code?: string }).code !== "ENXIO") throw error;
    throw new Error("nobody reads this pipe", { cause: error });
  });
  try {
    return await Deno.open(path, { append: true });
  } finally {
    await held.close();
  }
}

async function isStillAt(path: string, { dev, ino }: Deno.FileInfo): Promise<boolean> {
  const info = await infoOf(path);
  return info !== undefined && info.dev === dev && info.ino === ino;
}

/**
 * What a file begins with.
 *
 * @throws {Error} when it is one of a database.
 */
async function headOf(file: Deno.FsFile, path: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(HEAD_BYTES);
  const head = bytes.subarray(0, await file.read(bytes) ?? 0);
  if (isSqlite(head)) throw new Error(`${path} is a database`);
  return head;
}

/** Whether the last line has no end: its writer was stopped, or the disk was full. */
async function endsWithin(file: Deno.FsFile): Promise<boolean> {
  await file.seek(-1, Deno.SeekMode.End);
  const last = new Uint8Array(1);
  await file.read(last);
  return last[0] !== LINE_FEED;
}

/** A disk that becomes full takes a part of the bytes, and says why at the next write. */
async function writeAll(
  file: Deno.FsFile,
  bytes: Uint8Array,
  count = { written: 0 },
): Promise<void> {
  while (count.written < bytes.length) {
    count.written += await file.write(bytes.subarray(count.written));
  }
}

/** Cuts off what was written of a record, unless somebody has written behind it without a lock. */
async function takeBack(file: Deno.FsFile, size: number, written: number): Promise<void> {
  if (written === 0 || (await file.stat()).size !== size + written) return;
  await file.truncate(size);
}
