import { join } from "node:path";

const PREFIX = "wagons-chat-";
const LOCK = "lock";

/**
 * A temporary folder that belongs to a process as long as this lives: it holds the lock of a file
 * in there, which the system lets go when the process dies, however it dies.
 */
export class SpoolFolder {
  /** Where it is. */
  readonly path: string;
  readonly #lock: Deno.FsFile;

  private constructor(path: string, lock: Deno.FsFile) {
    this.path = path;
    this.#lock = lock;
  }

  /** Makes one in that folder. */
  static async make(folder: string): Promise<SpoolFolder> {
    const path = await Deno.makeTempDir({ dir: folder, prefix: PREFIX });
    // It gets its name when it is locked: by that name and without a lock it is one that was left.
    const unnamed = join(path, `new-${LOCK}`);
    const lock = await Deno.open(unnamed, { write: true, createNew: true });
    const made = new SpoolFolder(path, lock);
    try {
      await lock.lock(true);
      await Deno.rename(unnamed, join(path, LOCK));
      return made;
    } catch (error) {
      made.remove();
      throw error;
    }
  }

  /**
   * Removes the folders whose processes have died. One without a lock file, or that somebody else
   * owns, is left as it is.
   */
  static async removeStale(folder: string): Promise<void> {
    try {
      for await (const { name, isDirectory } of Deno.readDir(folder)) {
        if (!isDirectory || !name.startsWith(PREFIX)) continue;
        const path = join(folder, name);
        if (await isStale(path)) await Deno.remove(path, { recursive: true });
      }
    } catch {
      // There is no such folder, or what was left is not ours or was removed by another: whether
      // files can be kept is told when one comes.
    }
  }

  /** Removes it and all that is in there. */
  remove(): void {
    // Before the removal: some systems remove no file that is open.
    this.#lock.close();
    try {
      Deno.removeSync(this.path, { recursive: true });
    } catch (error) {
      // Somebody took it for one that was left.
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
}

async function isStale(path: string): Promise<boolean> {
  try {
    const lockPath = join(path, LOCK);
    // Not followed, and nothing that waits when it is opened.
    if (!(await Deno.lstat(lockPath)).isFile) return false;
    using lock = await Deno.open(lockPath, { write: true });
    return await lock.tryLock(true);
  } catch {
    // It has no lock, or may not be opened.
    return false;
  }
}
