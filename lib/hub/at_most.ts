/**
 * Has at most so many things done at once; the others wait, and begin in the order that they came.
 * Before one that has waited begins there is a pause as long as the one before it took, within a bound:
 * what has ended is answered, and what came for others meanwhile is read.
 */
export class AtMost {
  #free: number;
  readonly #maxPauseMs: number;
  readonly #waiting: (() => void)[] = [];

  /** Takes how many, one or more, and the longest pause. */
  constructor(max: number, maxPauseMs: number) {
    this.#free = max;
    this.#maxPauseMs = maxPauseMs;
  }

  /** Does something when it is its turn; gives what that gives. */
  async run<T>(action: () => T | Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    const sinceMs = performance.now();
    try {
      return await action();
    } finally {
      const next = this.#waiting.shift();
      const tookMs = performance.now() - sinceMs;
      if (next === undefined) this.#free++;
      // Not setImmediate: as long as such are waiting, the runtime looks for what has come now and then
      // only. For a timer it waits, and looks.
      else setTimeout(next, Math.min(tookMs, this.#maxPauseMs));
    }
  }
}
