import {
  LONG_DICTIONARY_BYTES,
  MAX_LONG_PAUSE_MS,
  SHORT_DICTIONARIES_AT_ONCE,
} from "../limits/dict.ts";
import { AtMost } from "./at_most.ts";

/**
 * The turns in which dictionaries are read and kept. As values a dictionary takes many times the memory
 * of its bytes, until the store has it: of the long ones there is one at a time, wherever they come in.
 * Short ones do not wait for long ones.
 */
export class DictionaryTurns {
  readonly #long = new AtMost(1, MAX_LONG_PAUSE_MS);
  readonly #short = new AtMost(SHORT_DICTIONARIES_AT_ONCE, 0);

  /**
   * Has what came in so many bytes opened, read and kept, when it is its turn; gives what that gives.
   * What is held until then is its bytes, which the caller bounds.
   */
  run<T>(bytes: number, keep: () => Promise<T>): Promise<T> {
    return (isLong(bytes) ? this.#long : this.#short).run(keep);
  }
}

/** Whether what comes in so many bytes waits until no other such is being kept. */
export function isLong(bytes: number): boolean {
  return bytes > LONG_DICTIONARY_BYTES;
}
