/**
 * The folder beside the database that has the contents of files, each in a file of its own.
 *
 * @module
 */

import { dirname, join } from "node:path";
import { reasonOf, UsageError } from "../errors.ts";
import { uuidFromBytes } from "../wire/uuid.ts";

const ROOM_HINT = "Is there room on the disk, and may this user write there?";

/** The contents of one store. */
export class ContentFolder {
  /** Where it is: `STORE.files`. */
  readonly path: string;

  /** Takes the path of the store. The folder is made when the first content is put. */
  constructor(storePath: string) {
    this.path = `${storePath}.files`;
  }

  /** The file of the content of that id (16 bytes). */
  pathOf(id: Uint8Array): string {
    return join(this.path, uuidFromBytes(id));
  }

  /**
   * Opens the file of a content to write it; makes it, and the folder, when they are not there.
   *
   * @throws {UsageError} when that cannot be done.
   */
  openToWrite(id: Uint8Array): Promise<Deno.FsFile> {
    return this.#does("write", this.pathOf(id), async () => {
      await this.#make();
      return await Deno.open(this.pathOf(id), { write: true, create: true, mode: 0o600 });
    });
  }

  /** Opens the file of a content to read it; none when it is not there. */
  openToRead(id: Uint8Array): Promise<Deno.FsFile | undefined> {
    const path = this.pathOf(id);
    return this.#does("read", path, () => orNone(() => Deno.open(path, { read: true })));
  }

  /** How long the file of a content is; none when it is not there. */
  async bytesOf(id: Uint8Array): Promise<number | undefined> {
    const path = this.pathOf(id);
    return (await this.#does("read", path, () => orNone(() => Deno.stat(path))))?.size;
  }

  /** Makes the names in the folder durable: a file that was synced can still be without one. */
  async sync(): Promise<void> {
    await this.#does("write", this.path, () => syncFolder(this.path));
  }

  /** Removes the file of a content; gives whether it was there. */
  remove(id: Uint8Array): Promise<boolean> {
    const path = this.pathOf(id);
    return this.#does("remove", path, async () => {
      return await orNone(() => Deno.remove(path).then(() => true)) ?? false;
    });
  }

  /** Makes the folder, for its owner alone, when it is not there. */
  async #make(): Promise<void> {
    try {
      await Deno.mkdir(this.path, { mode: 0o700 });
    } catch (error) {
      if (error instanceof Deno.errors.AlreadyExists) return;
      throw error;
    }
    // Its own name has to be durable too.
    await syncFolder(dirname(this.path));
  }

  /** Does something with a file; what the system says of it becomes a sentence. */
  async #does<T>(verb: string, path: string, action: () => Promise<T>): Promise<T> {
    try {
      return await action();
    } catch (error) {
      throw cannot(verb, path, error);
    }
  }
}

/** What is said when the file of a content cannot be used. */
export function cannot(verb: string, path: string, error: unknown): UsageError {
  return new UsageError(`Cannot ${verb} ${path}, where contents of files are: ${reasonOf(error)}`, {
    cause: error,
    hint: ROOM_HINT,
  });
}

async function syncFolder(path: string): Promise<void> {
  // A folder cannot be opened there, and needs not.
  if (Deno.build.os === "windows") return;
  using folder = await Deno.open(path, { read: true });
  await folder.sync();
}

async function orNone<T>(action: () => Promise<T>): Promise<T | undefined> {
  try {
    return await action();
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return undefined;
    throw error;
  }
}
