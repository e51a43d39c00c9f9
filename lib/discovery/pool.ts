/** Lets only so many of some tasks run at once; the others wait in their order. */
export class Pool {
  readonly #waiting: (() => void)[] = [];
  #free: number;

  /** Takes how many may run at once. */
  constructor(size: number) {
    this.#free = size;
  }

  /** Runs a task when there is room; gives what it gives. */
  async run<T>(task: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    try {
      return await task();
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free++;
      else next();
    }
  }
}
