import { clearImmediate, setImmediate } from "node:timers";

/** What may be done in one turn of the event loop. */
export interface TurnOptions {
  /** Events handed to a member each. */
  readonly maxOffers: number;
  /** Bytes of events, each counted once, however many members get it. */
  readonly maxBytes: number;
}

/** Counts what is done in a turn of the event loop, by however many calls, and says when it is enough. */
export class Turn {
  readonly #options: TurnOptions;
  #offers = 0;
  #bytes = 0;
  /** Begins the next turn; none while nothing was done in this one. */
  #next: ReturnType<typeof setImmediate> | undefined;

  /** Takes the bounds. */
  constructor(options: TurnOptions) {
    this.#options = options;
  }

  /** An event was handed to a member. Gives what to wait for before the next one, if so. */
  offered(): Promise<void> | undefined {
    this.#offers++;
    return this.#pause();
  }

  /** An event of that many bytes is with all members. Gives what to wait for, if so. */
  delivered(bytes: number): Promise<void> | undefined {
    this.#bytes += bytes;
    return this.#pause();
  }

  #pause(): Promise<void> | undefined {
    const { maxOffers, maxBytes } = this.#options;
    if (this.#offers < maxOffers && this.#bytes < maxBytes) {
      this.#next ??= setImmediate(() => this.#begin());
      return undefined;
    }
    clearImmediate(this.#next);
    this.#begin();
    // Immediates one behind the other would do this too soon: between them the runtime does not get
    // to all of its sockets, and hundreds of events waited for members that had taken all before.
    return new Promise((resolve) => setTimeout(resolve, 0));
  }

  #begin(): void {
    this.#offers = this.#bytes = 0;
    this.#next = undefined;
  }
}
