import { MAX_DICTIONARY_BYTES } from "../limits/formats.ts";
import { FormatError } from "./format_error.ts";

/**
 * Counts what is written of a dictionary, so that one which gets too long is refused before all of it
 * is in memory: a text may be six times as long when it is escaped.
 */
export class WrittenSize {
  #length = 0;

  /**
   * So many more characters, each of which takes a byte at least.
   *
   * @throws {FormatError} when they are more than MAX_DICTIONARY_BYTES in all.
   */
  add(length: number): void {
    this.#length += length;
    if (this.#length <= MAX_DICTIONARY_BYTES) return;
    throw new FormatError(`it takes more than ${MAX_DICTIONARY_BYTES} bytes`);
  }
}
