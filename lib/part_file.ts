import { createHash, type Hash } from "node:crypto";
import { dirname, join } from "node:path";
import { reasonOf, UsageError } from "./errors.ts";
import { showable } from "./ui.ts";

const READ_BYTES = 1024 * 1024;

/**
 * A file that is on its way, under a name of its own in the folder where it is to be: what has come
 * stays there when it is interrupted, and the next try goes on with it. Nobody else writes to it
 * meanwhile.
 */
export class PartFile implements Disposable {
  /** Where it is. */
  readonly path: string;
  readonly #file: Deno.FsFile;
  #hash: Hash = createHash("sha256");
  #length = 0;

  private constructor(path: string, file: Deno.FsFile) {
    this.path = path;
    this.#file = file;
  }

  /**
   * Opens it, new or as an earlier try has left it.
   *
   * @throws {UsageError} when that cannot be done, or another program is at it, and the signal's
   * reason when it is aborted while what is there is read.
   */
  static async open(
    folder: string,
    sha256: Uint8Array,
    size: number,
    signal?: AbortSignal,
  ): Promise<PartFile> {
    const path = join(folder, `.wagons-${sha256.toHex()}.part`);
    const part = new PartFile(path, await open(path));
    try {
      if (!await part.#file.tryLock(true)) {
        throw new UsageError(`Another program is writing ${showable(path)}`, {
          hint: "Wait for it: it is the same file.",
        });
      }
      await part.#checkName();
      await part.#resume(size, signal);
      return part;
    } catch (error) {
      part.close();
      throw error;
    }
  }

  /** Bytes that are there. */
  get length(): number {
    return this.#length;
  }

  /** Adds the next bytes. */
  async append(bytes: Uint8Array): Promise<void> {
    this.#hash.update(bytes);
    this.#length += bytes.length;
    try {
      while (bytes.length > 0) bytes = bytes.subarray(await this.#file.write(bytes));
    } catch (error) {
      throw new UsageError(`Cannot write ${showable(this.path)}: ${reasonOf(error)}`, {
        cause: error,
        hint: "What has come stays there: with room on the disk the next try goes on with it.",
      });
    }
  }

  /** The SHA-256 of what is there. */
  digest(): Uint8Array {
    return new Uint8Array(this.#hash.copy().digest());
  }

  /** Begins anew. */
  async clear(): Promise<void> {
    await this.#file.truncate(0);
    await this.#file.seek(0, Deno.SeekMode.Start);
    this.#hash = createHash("sha256");
    this.#length = 0;
  }

  /** Resolves when it is on the disk. */
  async sync(): Promise<void> {
    await this.#file.sync();
  }

  /** Removes it: nothing is to be gone on with. */
  async remove(): Promise<void> {
    await Deno.remove(this.path);
  }

  /** Ends the use of it. It may be ended already. */
  close(): void {
    this.#file.close();
  }

  /** The same as {@linkcode close}, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** Looks that it is the file of that name, and not what a link of that name leads to. */
  async #checkName(): Promise<void> {
    const [named, opened] = [await Deno.lstat(this.path), await this.#file.stat()];
    if (named.isFile && named.ino === opened.ino && named.dev === opened.dev) return;
    throw new UsageError(`${showable(this.path)} is a link, or was moved away meanwhile`, {
      hint: "Who else writes to that folder? Remove it, or name another folder.",
    });
  }

  /** Reads what an earlier try has left, for the hash. */
  async #resume(size: number, signal: AbortSignal | undefined): Promise<void> {
    if ((await this.#file.stat()).size > size) await this.#file.truncate(size);
    const buffer = new Uint8Array(READ_BYTES);
    while (true) {
      signal?.throwIfAborted();
      const count = await this.#file.read(buffer);
      if (count === null) return;
      this.#hash.update(buffer.subarray(0, count));
      this.#length += count;
    }
  }
}

async function open(path: string): Promise<Deno.FsFile> {
  try {
    return await Deno.open(path, { read: true, write: true, create: true });
  } catch (error) {
    // The name of the part is of no use to whoever wants the file.
    const folder = showable(dirname(path));
    const options = { cause: error, hint: "Make a folder for it, or name another one." };
    if (error instanceof Deno.errors.NotFound) {
      throw new UsageError(`There is no folder ${folder}`, options);
    }
    const isForbidden = error instanceof Deno.errors.PermissionDenied;
    const why = isForbidden ? "no permission" : reasonOf(error);
    throw new UsageError(`Cannot write into ${folder}: ${why}`, options);
  }
}
