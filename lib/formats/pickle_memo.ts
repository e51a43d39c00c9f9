/**
 * What a pickle refers to by numbers.
 *
 * @module
 */

import { MAX_PICKLE_MEMO } from "../limits/formats.ts";
import type { Container } from "./expanded_size.ts";
import { PickleFault } from "./pickle_fault.ts";
import { isDictionary, isList, type Value } from "./value.ts";

/**
 * The values that have numbers, and which containers were taken more than once.
 *
 * A number that was given already is refused: CPython takes the later value, but gives no number
 * twice, and what a reference means would depend on who reads.
 */
export class PickleMemo {
  readonly #values: (Value | undefined)[] = [];
  readonly #maxId: number;
  #count = 0;
  /** The containers that may stand at more than one place. */
  readonly shared = new Set<Container>();

  /** Takes how many bytes the pickle has: one at least for each number. */
  constructor(bytes: number) {
    this.#maxId = Math.min(bytes, MAX_PICKLE_MEMO);
  }

  /** Remembers a value under the next number. */
  append(value: Value): void {
    this.put(this.#count, value);
  }

  /** Remembers a value under a number. */
  put(id: number, value: Value): void {
    if (id > this.#maxId) {
      throw new PickleFault(`has the memo id ${id}, which is more than ${this.#maxId}`);
    }
    this.#count++;
    // A pickle that was cut by hand may leave numbers out. A list with holes would be a slow one.
    while (this.#values.length < id) this.#values.push(undefined);
    // Nearly always: to look at what is not there would take longer.
    if (id === this.#values.length) {
      this.#values.push(value);
      return;
    }
    if (this.#values[id] !== undefined) throw new PickleFault(`has the memo id ${id} again`);
    this.#values[id] = value;
  }

  /** The value under a number, which gets to another place. */
  get(id: number): Value {
    const value = id < this.#values.length ? this.#values[id] : undefined;
    if (value === undefined) throw new PickleFault(`has the memo id ${id}, which nothing has`);
    return this.share(value);
  }

  /** Notes that a value gets to another place, and gives it. */
  share(value: Value): Value {
    if (typeof value === "object" && (isList(value) || isDictionary(value))) this.shared.add(value);
    return value;
  }
}
