/**
 * The files in the folder of contents that nobody needs any more.
 *
 * A file is removed only when the database itself says so: it keeps the ids of the contents that it
 * had and has no more (triggers see to that, see sqlite_open.ts), and of those that are not there yet.
 * What else is in the folder may belong to a copy of the database that was put aside.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import type { ContentFolder } from "./content_folder.ts";

/** The files that may be removed. All but {@linkcode remove} needs a transaction to be open. */
export class Discarded {
  readonly #database: DatabaseSync;
  readonly #folder: ContentFolder;

  /** Takes the open store, and where its contents are. */
  constructor(database: DatabaseSync, folder: ContentFolder) {
    this.#database = database;
    this.#folder = folder;
  }

  /** The ids of the contents that they had. */
  ids(): Uint8Array[] {
    return this.#database.prepare("SELECT id FROM discarded").all()
      .map(({ id }) => id as Uint8Array);
  }

  /** Says that there will be a file for a content of that id, which is not there before its row is. */
  add(id: Uint8Array): void {
    this.#database.prepare("INSERT OR IGNORE INTO discarded VALUES (?)").run(id);
  }

  /** Forgets those that are removed. */
  forget(ids: readonly Uint8Array[]): void {
    const remove = this.#database.prepare("DELETE FROM discarded WHERE id = ?");
    for (const id of ids) remove.run(id);
  }

  /**
   * Removes files, one that cannot be removed does not keep the others.
   *
   * @returns the ids of the files that are gone, how many of them were there, and what has failed
   * first.
   */
  async remove(
    ids: readonly Uint8Array[],
  ): Promise<{ gone: Uint8Array[]; files: number; failure: unknown }> {
    const gone: Uint8Array[] = [];
    let [files, failure]: [number, unknown] = [0, undefined];
    for (const id of ids) {
      try {
        if (await this.#folder.remove(id)) files++;
        gone.push(id);
      } catch (error) {
        failure ??= error;
      }
    }
    // Only then may they be forgotten.
    if (files > 0) await this.#folder.sync();
    return { gone, files, failure };
  }
}
