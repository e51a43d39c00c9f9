/** Things that come one by one, for somebody who takes them one by one, until there are no more. */
export class Mailbox<T> {
  readonly #waiting: T[] = [];
  readonly #takers: PromiseWithResolvers<T>[] = [];
  #end: { readonly error: unknown } | undefined;
  /** Tells that one was taken. */
  readonly #onTaken: () => void;

  /** Takes who is told when one was taken. */
  constructor(onTaken: () => void = () => {}) {
    this.#onTaken = onTaken;
  }

  /** How many wait. */
  get length(): number {
    return this.#waiting.length;
  }

  /** One has come. */
  put(thing: T): void {
    const taker = this.#takers.shift();
    if (taker === undefined) this.#waiting.push(thing);
    else taker.resolve(thing);
  }

  /** No more will come, and why. */
  end(error: unknown): void {
    this.#end ??= { error };
    for (const taker of this.#takers.splice(0)) taker.reject(error);
  }

  /** The next one. Rejects with the reason why no more come, once all were taken that came before. */
  async take(): Promise<T> {
    if (this.#waiting.length > 0) {
      const thing = this.#waiting.shift()!;
      this.#onTaken();
      return thing;
    }
    if (this.#end !== undefined) throw this.#end.error;
    const taker = Promise.withResolvers<T>();
    this.#takers.push(taker);
    return await taker.promise;
  }
}
