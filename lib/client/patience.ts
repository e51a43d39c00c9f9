import type { WagonsError } from "../errors.ts";
import { Sleep } from "../sleep.ts";

/**
 * Waits for things, for a while and until a signal is aborted. The wait ends then by itself: what is
 * waited for need neither answer nor fail.
 */
export class Patience implements Disposable {
  readonly #signal: AbortSignal | undefined;
  readonly #end = Promise.withResolvers<never>();
  readonly #abort = () => this.#end.reject(this.#signal?.reason);
  #sleep: Sleep | undefined;

  /** Takes what ends it. */
  constructor(signal?: AbortSignal) {
    this.#signal = signal;
    this.#end.promise.catch(() => {
      // Nobody may be waiting.
    });
    signal?.addEventListener("abort", this.#abort);
    if (signal?.aborted) this.#abort();
  }

  /** From now on it lasts so long, whatever was set before; then it ends with that error. */
  last(durationMs: number, late: () => WagonsError): void {
    this.#sleep?.cancel();
    this.#sleep = new Sleep(durationMs, () => this.#end.reject(late()));
  }

  /** Gives what comes of something. Rejects when it does, and when the patience ends. */
  async wait<T>(work: Promise<T>): Promise<T> {
    return await Promise.race([this.#end.promise, work]);
  }

  /** Nothing is waited for any more. */
  [Symbol.dispose](): void {
    this.#sleep?.cancel();
    this.#signal?.removeEventListener("abort", this.#abort);
  }
}
