import type { Hash } from "node:crypto";
import { MAX_KEPT_HASHES } from "../limits/store.ts";

/** The hash of the beginning of a content. */
export interface HashedPart {
  /** How long that is. */
  readonly bytes: number;
  /** The SHA-256 up to there, under way. */
  readonly hash: Hash;
}

/**
 * Hashes of contents that nobody puts at the moment, so that whoever goes on with one need not read
 * all of it again. Of those that were kept first some are forgotten when there are too many.
 */
export class HashedParts {
  /** By the ids of the contents, which have another one when they are begun anew. */
  readonly #parts = new Map<string, HashedPart>();

  /** Keeps one for the content of that id. */
  keep(id: Uint8Array, part: HashedPart): void {
    this.#parts.set(id.toHex(), part);
    if (this.#parts.size <= MAX_KEPT_HASHES) return;
    const [oldest] = this.#parts.keys();
    this.#parts.delete(oldest!);
  }

  /** Gives the one of the content of that id away, if there is one. */
  take(id: Uint8Array): HashedPart | undefined {
    const name = id.toHex();
    const part = this.#parts.get(name);
    this.#parts.delete(name);
    return part;
  }
}
