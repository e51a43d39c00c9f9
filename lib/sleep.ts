/** The longest time that a timer takes: 2^31 - 1 ms; a longer one would fire at once. */
const MAX_TIMER_MS = 2_147_483_647;

/** A sleep of any length that can be cut short. */
export class Sleep {
  /** When it ends, on the clock of `performance.now()`. */
  readonly endsAtMs: number;
  readonly #wake: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Begins to sleep; calls `wake` once when `durationMs` milliseconds are over. */
  constructor(durationMs: number, wake: () => void) {
    this.endsAtMs = performance.now() + durationMs;
    this.#wake = wake;
    this.#arm();
  }

  /** Ends the sleep; `wake` is not called any more. */
  cancel(): void {
    clearTimeout(this.#timer);
  }

  #arm(): void {
    const restMs = this.endsAtMs - performance.now();
    this.#timer = setTimeout(() => {
      // A timer may fire a fraction of a millisecond early.
      if (performance.now() < this.endsAtMs) this.#arm();
      else this.#wake();
    }, Math.min(Math.ceil(restMs), MAX_TIMER_MS));
  }
}
