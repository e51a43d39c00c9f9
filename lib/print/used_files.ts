/**
 * The files that a server has a use for: nothing is printed to them, and none is moved away.
 *
 * @module
 */

import { sep } from "node:path";
import { identityOf, realPathOf } from "./real_path.ts";

/** Files, and folders with all that is in them, by any of their names. */
export class UsedFiles {
  readonly #paths = new Set<string>();
  readonly #identities = new Set<string>();

  /** Takes their paths. They need not be there yet. */
  constructor(paths: readonly string[]) {
    for (const path of paths) {
      this.#paths.add(realPathOf(path));
      const identity = identityOf(path);
      if (identity !== undefined) this.#identities.add(identity);
    }
  }

  /** Whether a path leads to one of them, through links of either kind too, or into one. */
  has(path: string): boolean {
    const real = realPathOf(path);
    for (let end = real.length; end > 0; end = real.lastIndexOf(sep, end - 1)) {
      if (this.#paths.has(real.slice(0, end))) return true;
    }
    const identity = identityOf(path);
    return identity !== undefined && this.#identities.has(identity);
  }
}

/** The files of a store, and the folder with the contents beside it. */
export function filesOfStore(path: string): string[] {
  // SQLite puts its own beside the file that a link leads to.
  const real = realPathOf(path);
  return [path, `${path}.files`, ...["-wal", "-shm", "-journal"].map((end) => real + end)];
}

/** A file that is rotated, and those with numbers: so many together. */
export function numberedFiles(path: string, files: number): string[] {
  return [path, ...Array.from({ length: files - 1 }, (_, i) => `${path}.${i + 1}`)];
}
