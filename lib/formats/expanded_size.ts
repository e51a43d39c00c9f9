/**
 * How large a value is when it is written out.
 *
 * @module
 */

import {
  MAX_DICTIONARY_CHARS,
  MAX_DICTIONARY_CONTAINERS,
  MAX_DICTIONARY_DEPTH,
  MAX_DICTIONARY_VALUES,
} from "../limits/formats.ts";
import { FormatError } from "./format_error.ts";
import { type Dictionary, isDictionary, isList, type List, type Value } from "./value.ts";

/** A list or a dictionary. */
export type Container = List | Dictionary;

interface Size {
  readonly values: number;
  readonly containers: number;
  readonly chars: number;
  /** Lists and dictionaries in each other, itself the first. */
  readonly height: number;
}

/**
 * Checks that a value keeps the bounds of dictionaries, with all that stands in it counted as often as
 * it stands there. Takes the containers that may stand at more than one place: each is walked over
 * once, so that the time is that of the value as it is held, not as it would be written.
 *
 * @throws {FormatError} when a bound is passed, or a container is in itself.
 */
export function checkExpandedSize(value: Value, shared: ReadonlySet<Container>): void {
  new Walk(shared).visit(value, 1);
}

class Walk {
  readonly #shared: ReadonlySet<Container>;
  /** The sizes of the shared containers; `undefined` while one is being walked over. */
  readonly #sizes = new Map<Container, Size | undefined>();
  #values = 0;
  #containers = 0;
  #chars = 0;

  constructor(shared: ReadonlySet<Container>) {
    this.#shared = shared;
  }

  /** Counts a value that would be the container of that level. Gives its height: 0 when it is none. */
  visit(value: Value, level: number): number {
    if (isList(value) || isDictionary(value)) return this.#container(value, level);
    this.#add(1, 0, typeof value === "string" ? value.length : 0);
    return 0;
  }

  #container(container: Container, level: number): number {
    if (!this.#shared.has(container)) return this.#members(container, level);
    const known = this.#sizes.get(container);
    if (known !== undefined) {
      checkLevel(level + known.height - 1);
      this.#add(known.values, known.containers, known.chars);
      return known.height;
    }
    if (this.#sizes.has(container)) {
      throw new FormatError(`a ${isList(container) ? "list" : "dictionary"} is in itself`);
    }
    this.#sizes.set(container, undefined);
    const before = { values: this.#values, containers: this.#containers, chars: this.#chars };
    const height = this.#members(container, level);
    this.#sizes.set(container, {
      values: this.#values - before.values,
      containers: this.#containers - before.containers,
      chars: this.#chars - before.chars,
      height,
    });
    return height;
  }

  #members(container: Container, level: number): number {
    checkLevel(level);
    this.#add(1, 1, 0);
    let height = 0;
    if (isList(container)) {
      for (const value of container) height = Math.max(height, this.visit(value, level + 1));
    } else {
      for (const [name, value] of container) {
        this.#add(0, 0, name.length);
        height = Math.max(height, this.visit(value, level + 1));
      }
    }
    return height + 1;
  }

  #add(values: number, containers: number, chars: number): void {
    this.#values += values;
    this.#containers += containers;
    this.#chars += chars;
    if (this.#values > MAX_DICTIONARY_VALUES) {
      throw new FormatError(`it holds more than ${MAX_DICTIONARY_VALUES} values when written out`);
    }
    if (this.#containers > MAX_DICTIONARY_CONTAINERS) {
      const what = `more than ${MAX_DICTIONARY_CONTAINERS} lists and dictionaries`;
      throw new FormatError(`it holds ${what} when written out`);
    }
    if (this.#chars > MAX_DICTIONARY_CHARS) {
      const what = `more than ${MAX_DICTIONARY_CHARS} characters of text`;
      throw new FormatError(`it holds ${what} when written out`);
    }
  }
}

function checkLevel(level: number): void {
  if (level <= MAX_DICTIONARY_DEPTH) return;
  throw new FormatError(
    `it holds more than ${MAX_DICTIONARY_DEPTH} lists and dictionaries in each other`,
  );
}
