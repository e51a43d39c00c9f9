import { MAX_TOKEN_IDS } from "../limits/tokens.ts";

/** What a {@linkcode TokenMemory} is bounded by. */
export interface TokenMemoryOptions {
  /** For how long a token can come again after it has come, in milliseconds. */
  goodForMs: number;
  /** The last so many are remembered in any case. Default: {@linkcode MAX_TOKEN_IDS}. */
  maxIds?: number;
}

/**
 * Remembers the ids of the tokens that have come, by whatever way, for as long as they can come again.
 *
 * It is a second look, and a quick one: what was stored is known by its id for good. What is done
 * without storing anything, like handing on a command, is done again for a token that comes once more
 * after a restart, or after very many others.
 */
export class TokenMemory {
  readonly #goodForMs: number;
  readonly #maxIds: number;
  /** The ids since a time, and those of the span before it: so none is forgotten one by one. */
  #ids = new Set<string>();
  #idsBefore = new Set<string>();
  #sinceMs = -Infinity;

  /** Takes its bounds. */
  constructor({ goodForMs, maxIds = MAX_TOKEN_IDS }: TokenMemoryOptions) {
    this.#goodForMs = goodForMs;
    this.#maxIds = maxIds;
  }

  /** How many are remembered. */
  get size(): number {
    return this.#ids.size + this.#idsBefore.size;
  }

  /** A token has come, at a time that never goes back: whether it is the first time. */
  isNew(id: string, nowMs: number): boolean {
    if (this.#ids.has(id) || this.#idsBefore.has(id)) return false;
    if (nowMs - this.#sinceMs >= this.#goodForMs || this.#ids.size >= this.#maxIds) {
      this.#idsBefore = this.#ids;
      this.#ids = new Set();
      this.#sinceMs = nowMs;
    }
    this.#ids.add(id);
    return true;
  }

  /** What a token asked for was not done: it may come again, and is new then. */
  forget(id: string): void {
    this.#ids.delete(id);
    this.#idsBefore.delete(id);
  }
}
