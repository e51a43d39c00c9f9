import { MAX_DICTIONARY_CONTAINERS, MAX_DICTIONARY_VALUES } from "../limits/formats.ts";

/**
 * Counts what is built while a dictionary is read. What is one too many is refused before it is made,
 * so that the bytes bound the memory also where a list or a dictionary is a single one of them.
 */
export class Tally {
  #values = 0;
  #containers = 0;

  /** So many more values. Gives why they are too many. */
  addValues(count: number): string | undefined {
    this.#values += count;
    if (this.#values <= MAX_DICTIONARY_VALUES) return undefined;
    return `there are more than ${MAX_DICTIONARY_VALUES} values`;
  }

  /** A list or a dictionary more. Gives why it is one too many. */
  addContainer(): string | undefined {
    if (++this.#containers <= MAX_DICTIONARY_CONTAINERS) return undefined;
    return `there are more than ${MAX_DICTIONARY_CONTAINERS} lists and dictionaries`;
  }
}
