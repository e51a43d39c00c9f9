/** Lets so many through in each span of time, and counts what it holds back. */
export class Throttle {
  readonly #max: number;
  readonly #spanMs: number;
  #spanEndsMs = -Infinity;
  #admitted = 0;
  #heldBack = 0;

  /** Takes how many, and the span in milliseconds. */
  constructor(max: number, spanMs: number) {
    this.#max = max;
    this.#spanMs = spanMs;
  }

  /**
   * Asks for one more. Gives how many were held back since the last that was let through, or
   * `undefined` when this one is held back too.
   */
  admit(nowMs: number): number | undefined {
    if (nowMs >= this.#spanEndsMs) {
      this.#spanEndsMs = nowMs + this.#spanMs;
      this.#admitted = 0;
    }
    if (this.#admitted >= this.#max) {
      this.#heldBack++;
      return undefined;
    }
    this.#admitted++;
    const heldBack = this.#heldBack;
    this.#heldBack = 0;
    return heldBack;
  }
}
