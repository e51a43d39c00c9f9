/** Has what concerns the same thing done one after the other. */
export class OneAtATime {
  /** What was begun last for each. None of them rejects. */
  readonly #last = new Map<string, Promise<unknown>>();

  /** Does something when all that was begun before for the same key has ended. */
  async run<T>(key: string, action: () => Promise<T>): Promise<T> {
    const before = this.#last.get(key);
    const done = before === undefined ? action() : before.then(action);
    const ended = done.catch(() => {});
    this.#last.set(key, ended);
    try {
      return await done;
    } finally {
      if (this.#last.get(key) === ended) this.#last.delete(key);
    }
  }
}
