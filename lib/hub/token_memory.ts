import { MAX_TOKEN_IDS } from "../limits/tokens.ts";

/** What a {@linkcode TokenMemory} is bounded by. */
export interface TokenMemoryOptions {
  /** For how long a token can come again after it has come, in milliseconds. */
  goodForMs: number;
  /** The last so many are remembered in any case. Default: {@linkcode MAX_TOKEN_IDS}. */
  maxIds?: number;
}

/**
 * What a token is: `new`, or come `again` for the same thing, or come before for something `other`.
 */
export type TokenUse = "new" | "again" | "other";

/**
 * Remembers the ids of the tokens that have come, by whatever way, for as long as they can come again,
 * and what each was used for, whatever became of that.
 *
 * It is a second look, and a quick one: what was stored is known by its id for good. What is done
 * without storing anything, like handing on a command, is done again for a token that comes once more
 * after a restart, or after very many others; and one that was refused is good for something else then.
 */
export class TokenMemory {
  readonly #goodForMs: number;
  readonly #maxIds: number;
  /** The uses by id since a time, and those of the span before it: so none is forgotten one by one. */
  #ids = new Map<string, string>();
  #idsBefore = new Map<string, string>();
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

  /** A token has come for something, at a time that never goes back. */
  use(id: string, wanted: string, nowMs: number): TokenUse {
    const before = this.#ids.get(id) ?? this.#idsBefore.get(id);
    if (before !== undefined) return before === wanted ? "again" : "other";
    if (nowMs - this.#sinceMs >= this.#goodForMs || this.#ids.size >= this.#maxIds) {
      this.#idsBefore = this.#ids;
      this.#ids = new Map();
      this.#sinceMs = nowMs;
    }
    this.#ids.set(id, wanted);
    return "new";
  }

  /** What a token asked for was not done: it may come again, and is new then. */
  forget(id: string): void {
    this.#ids.delete(id);
    this.#idsBefore.delete(id);
  }
}
