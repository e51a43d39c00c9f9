/** How much more than evenly spread is taken at once, in time: what is saved up in a quiet second. */
const BURST_MS = 1000;

/** Spreads what one peer sends over time. */
export class Pace {
  readonly #intervalMs: number;
  /** When the next one would be due if all came evenly. */
  #dueMs = -Infinity;

  /** Takes how many may come in a second. */
  constructor(perSecond: number) {
    this.#intervalMs = 1000 / perSecond;
  }

  /** Something comes at `nowMs` that counts for so many. Gives how long it has to wait, or 0. */
  delayMs(nowMs: number, count: number = 1): number {
    this.#dueMs = Math.max(this.#dueMs, nowMs - BURST_MS) + count * this.#intervalMs;
    return Math.max(0, this.#dueMs - nowMs);
  }
}
