/**
 * The stack of values that the opcodes of a pickle work on.
 *
 * @module
 */

import { MAX_DICTIONARY_DEPTH, MAX_PICKLE_STACK } from "../limits/formats.ts";
import { PickleFault } from "./pickle_fault.ts";
import type { Value } from "./value.ts";

/**
 * Values on the stack without a mark: a pickler sets marks where many values are to come, and has on
 * the stack of each list, dictionary or tuple that is open itself, a name, or up to three values.
 */
const MAX_UNMARKED = 4 * MAX_DICTIONARY_DEPTH;

/** The stack. What is below the last mark is out of reach. */
export class PickleStack {
  /** What is at and above the height is left over: the array does not shrink for each value. */
  readonly #values: Value[] = [];
  readonly #marks: number[] = [];
  #height = 0;
  /** How many values lie below the last mark. */
  #fence = 0;

  /** How many values there are. */
  get height(): number {
    return this.#height;
  }

  /** Puts a value on the top. */
  push(value: Value): void {
    if (this.#height >= MAX_UNMARKED && this.#marks.length === 0) {
      throw new PickleFault(`puts more than ${MAX_UNMARKED} values on the stack without a mark`);
    }
    if (this.#height < this.#values.length) this.#values[this.#height] = value;
    else if (this.#height < MAX_PICKLE_STACK) this.#values.push(value);
    else throw new PickleFault(`puts more than ${MAX_PICKLE_STACK} values on the stack`);
    this.#height++;
  }

  /** Takes the top away. */
  pop(): Value {
    const value = this.top();
    this.#height--;
    return value;
  }

  /** The top, which stays. */
  top(): Value {
    if (this.#height <= this.#fence) throw new PickleFault("finds nothing on the stack");
    return this.#values[this.#height - 1]!;
  }

  /** Puts a mark on the top. */
  mark(): void {
    // Each container that is open has one at most.
    if (this.#marks.length >= MAX_DICTIONARY_DEPTH) {
      throw new PickleFault(`sets more than ${MAX_DICTIONARY_DEPTH} marks in each other`);
    }
    this.#fence = this.#height;
    this.#marks.push(this.#fence);
  }

  /**
   * Takes the last mark and all that is above it away. Gives where the latter begins; it is there
   * until a value is put on the stack, up to where the height was before.
   */
  popMark(): number {
    const at = this.#marks.pop();
    if (at === undefined) throw new PickleFault("finds no mark on the stack");
    this.#fence = this.#marks.at(-1) ?? 0;
    this.#height = at;
    return at;
  }

  /** A value at a place that {@linkcode popMark} gave, or above. */
  at(place: number): Value {
    return this.#values[place]!;
  }

  /** Takes the last mark away, and gives all that is above it. */
  popToMark(): Value[] {
    const end = this.#height;
    return this.#values.slice(this.popMark(), end);
  }

  /** Takes the top away, be it a value or a mark. */
  popAny(): void {
    if (this.#marks.length > 0 && this.#height === this.#fence) this.popMark();
    else this.pop();
  }

  /** Takes the only value away that is left. */
  last(): Value {
    const value = this.pop();
    if (this.#marks.length === 0 && this.#height === 0) return value;
    throw new PickleFault("finds more than one value on the stack");
  }
}
