/** How a chat ends: because it is done, or with an error that comes where nobody would catch it. */
export class ChatEnd {
  readonly #done = new AbortController();
  #failure: unknown;

  /** Aborted when it ends. */
  get signal(): AbortSignal {
    return this.#done.signal;
  }

  /** It is done. */
  finish(): void {
    this.#done.abort();
  }

  /** It cannot go on. The first reason counts. */
  fail(error: unknown): void {
    this.#failure ??= error;
    this.#done.abort();
  }

  /** Does something whose error ends it: the terminal, or the reader of a pipe, has gone. */
  guard(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Throws the reason why it could not go on, if there is one. */
  throwIfFailed(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }
}
