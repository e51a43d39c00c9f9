/**
 * Writes pickles of protocols 2 to 4.
 *
 * @module
 */

import { FormatError } from "./format_error.ts";
import { quoteJson } from "./json_write.ts";
import { longBytes } from "./pickle_numbers.ts";
import { Op } from "./pickle_opcodes.ts";
import { PickleOutput } from "./pickle_output.ts";
import {
  type Dictionary,
  isDictionary,
  isList,
  isWhole,
  type List,
  type Value,
  WholeFloat,
} from "./value.ts";

/** Values that one SETITEMS or APPENDS puts into a container: as CPython. */
const BATCH = 1_000;

/**
 * A dictionary as a pickle of that protocol, which is one of 2 to 4. The dictionary keeps the bounds
 * of all dictionaries. Nothing is put into the memo, since what stands at two places is written twice.
 *
 * @throws {FormatError} when a text has half a character, or it would be longer than
 * MAX_DICTIONARY_BYTES.
 */
export function dumpPickle(dictionary: Dictionary, protocol: number): Uint8Array {
  const writer = new Writer(protocol);
  return writer.write(dictionary);
}

class Writer {
  readonly #protocol: number;
  readonly #output: PickleOutput;

  constructor(protocol: number) {
    this.#protocol = protocol;
    this.#output = new PickleOutput(protocol >= 4);
  }

  write(dictionary: Dictionary): Uint8Array {
    this.#output.begin(Op.PROTO, this.#protocol);
    this.#value(dictionary);
    this.#output.byte(Op.STOP);
    return this.#output.finish();
  }

  #value(value: Value): void {
    if (value === null) this.#output.byte(Op.NONE);
    else if (typeof value === "boolean") this.#output.byte(value ? Op.NEWTRUE : Op.NEWFALSE);
    else if (typeof value === "string") this.#text(value);
    else if (typeof value === "number" || typeof value === "bigint") this.#number(value);
    else if (isDictionary(value)) this.#dictionary(value);
    else if (isList(value)) this.#list(value);
    else if (value instanceof WholeFloat) this.#output.float(Op.BINFLOAT, value.value);
    else throw new TypeError("the value is of no type of a dictionary's");
  }

  #dictionary(dictionary: Dictionary): void {
    this.#output.byte(Op.EMPTY_DICT);
    this.#batches(dictionary, dictionary.size, Op.SETITEM, Op.SETITEMS, ([name, value]) => {
      this.#text(name);
      this.#value(value);
    });
  }

  #list(list: List): void {
    this.#output.byte(Op.EMPTY_LIST);
    this.#batches(list, list.length, Op.APPEND, Op.APPENDS, (value) => this.#value(value));
  }

  #batches<T>(
    items: Iterable<T>,
    count: number,
    opcodeOfOne: number,
    opcode: number,
    write: (item: T) => void,
  ): void {
    let i = 0;
    for (const item of items) {
      // A last one that is alone needs no mark.
      const isAlone = i % BATCH === 0 && i === count - 1;
      if (i % BATCH === 0 && !isAlone) this.#output.byte(Op.MARK);
      write(item);
      i++;
      if (isAlone) this.#output.byte(opcodeOfOne);
      else if (i % BATCH === 0 || i === count) this.#output.byte(opcode);
    }
  }

  #text(text: string): void {
    if (!text.isWellFormed()) {
      const what = `the text ${quoteJson(text.slice(0, 40))} has half a character`;
      throw new FormatError(`${what}, which a pickle cannot hold as a text`);
    }
    const short = this.#protocol >= 4 ? Op.SHORT_BINUNICODE : undefined;
    this.#output.text(short, Op.BINUNICODE, text);
  }

  #number(value: number | bigint): void {
    if (!isWhole(value)) return this.#output.float(Op.BINFLOAT, value as number);
    if (value >= 0 && value < 0x100) return this.#output.uint(Op.BININT1, Number(value), 1);
    if (value >= 0 && value < 0x10000) return this.#output.uint(Op.BININT2, Number(value), 2);
    if (value >= -(2 ** 31) && value < 2 ** 31) {
      return this.#output.uint(Op.BININT, Number(value) >>> 0, 4);
    }
    const bytes = longBytes(BigInt(value));
    if (bytes.length < 0x100) this.#output.uint(Op.LONG1, bytes.length, 1);
    else this.#output.uint(Op.LONG4, bytes.length, 4);
    this.#output.bytes(bytes);
  }
}
