/** Counts the requests that are being worked on, so that a server can wait for them when it stops. */
export class Running {
  #count = 0;
  #answered = 0;
  readonly #waiting: (() => void)[] = [];

  /** Requests whose answer is still open. */
  get count(): number {
    return this.#count;
  }

  /** Answers that were given: not those to peers that had left. */
  get answered(): number {
    return this.#answered;
  }

  /** Counts a request until its answer is there; gives the same answer. It must not reject. */
  async run<T>(answer: Promise<T>): Promise<T> {
    this.#count++;
    const given = await answer;
    this.#count--;
    if (given !== undefined) this.#answered++;
    if (this.#count === 0) { for (const resolve of this.#waiting.splice(0)) resolve(); }
    return given;
  }

  /** Resolves when none is open. */
  idle(): Promise<void> {
    return this.#count === 0
      ? Promise.resolve()
      : new Promise((resolve) => this.#waiting.push(resolve));
  }
}
