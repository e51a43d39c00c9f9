/**
 * Finds where MessagePack ends in a stream.
 *
 * @module
 */

import { MAX_DICTIONARY_BYTES, MAX_DICTIONARY_DEPTH } from "../limits/formats.ts";
import type { EndFinder } from "./format.ts";
import { FormatError } from "./format_error.ts";
import { Fix, Head, refusedHead, refusedName } from "./msgpack_heads.ts";
import { Tally } from "./tally.ts";
import { Utf8Check } from "./utf8.ts";

/** What has a length: a text of so many bytes, a list of so many values, a map of so many pairs. */
type Sized = "text" | "list" | "map";

/** A list or a map whose end has not come. */
interface Open {
  readonly isMap: boolean;
  /** The values that it lacks, the names among them. */
  missing: number;
}

/**
 * The end of MessagePack is where the first value, a map or a list, has all that its head counts. All
 * is checked on the way but names that come twice, which are found by reading only.
 */
export class MsgpackEnd implements EndFinder {
  readonly #open: Open[] = [];
  /** What the length is of that is coming. */
  #sized: Sized = "text";
  /** Its bytes that are missing. */
  #lengthBytes = 0;
  #length = 0;
  /** Bytes that the text or the number lacks. */
  #missing = 0;
  /** The bytes are a text. */
  #isText = false;
  readonly #tally = new Tally();
  /** Bytes that were taken before. */
  #taken = 0;
  readonly #utf8 = new Utf8Check();

  constructor() {
    // The outermost one.
    this.#tally.addValues(1);
  }

  /** See {@linkcode EndFinder.push}. */
  push(bytes: Uint8Array): number | undefined {
    let i = 0;
    while (i < bytes.length) {
      if (this.#missing > 0) i = this.#skip(bytes, i);
      else {
        const at = this.#taken + i;
        const byte = bytes[i++]!;
        if (this.#lengthBytes === 0) this.#head(byte, at);
        else {
          this.#length = this.#length * 0x100 + byte;
          if (--this.#lengthBytes === 0) this.#begin(this.#sized, this.#length, at);
        }
      }
      if (this.#open.length === 0 && this.#lengthBytes === 0) return this.#count(i);
    }
    this.#count(i);
    return undefined;
  }

  /** See {@linkcode EndFinder.finish}. */
  finish(): void {
    throw new FormatError("it ends too soon", { byte: this.#taken });
  }

  #count(bytes: number): number {
    this.#taken += bytes;
    if (this.#taken <= MAX_DICTIONARY_BYTES) return bytes;
    throw new FormatError(`it is longer than ${MAX_DICTIONARY_BYTES} bytes`);
  }

  /** Goes on to the end of the text or of the number, as far as it is there. */
  #skip(bytes: Uint8Array, i: number): number {
    const end = Math.min(i + this.#missing, bytes.length);
    this.#missing -= end - i;
    if (this.#isText) {
      const wrong = bytes.subarray(i, end).findIndex((byte) => !this.#utf8.push(byte));
      if (wrong !== -1 || (this.#missing === 0 && !this.#utf8.isWhole)) {
        const at = wrong === -1 ? end : i + wrong;
        throw new FormatError("a text is no valid UTF-8", { byte: this.#taken + at });
      }
    }
    if (this.#missing === 0) this.#end();
    return end;
  }

  #head(head: number, at: number): void {
    const parent = this.#open.at(-1);
    if (parent === undefined) {
      if (!isContainer(head)) {
        throw new FormatError("it begins with no map and no list", { byte: at });
      }
    } else if (parent.isMap && parent.missing % 2 === 0 && !isText(head)) throw refusedName(at);
    if (head < Fix.map || head >= Fix.negative) this.#end();
    else if (head < Fix.array) this.#begin("map", head - Fix.map, at);
    else if (head < Fix.str) this.#begin("list", head - Fix.array, at);
    else if (head < Fix.end) this.#begin("text", head - Fix.str, at);
    else if (head >= Head.map16) this.#expect("map", 2 << (head - Head.map16));
    else if (head >= Head.array16) this.#expect("list", 2 << (head - Head.array16));
    else if (head >= Head.str8) this.#expect("text", 1 << (head - Head.str8));
    else {
      const size = SIZES[head];
      if (size === undefined) throw refusedHead(head, at);
      this.#isText = false;
      this.#missing = size;
      if (size === 0) this.#end();
    }
  }

  #expect(sized: Sized, lengthBytes: number): void {
    this.#sized = sized;
    this.#length = 0;
    this.#lengthBytes = lengthBytes;
  }

  #begin(sized: Sized, length: number, at: number): void {
    if (sized === "text") {
      if (length > MAX_DICTIONARY_BYTES) {
        throw new FormatError(`a text is longer than ${MAX_DICTIONARY_BYTES} bytes`, { byte: at });
      }
      this.#isText = true;
      this.#missing = length;
      if (length === 0) this.#end();
      return;
    }
    const problem = this.#tally.addContainer() ?? this.#tally.addValues(length);
    if (problem !== undefined) throw new FormatError(problem, { byte: at });
    if (this.#open.length === MAX_DICTIONARY_DEPTH) {
      throw new FormatError(`it is more than ${MAX_DICTIONARY_DEPTH} levels deep`, { byte: at });
    }
    const isMap = sized === "map";
    this.#open.push({ isMap, missing: isMap ? 2 * length : length });
    if (length === 0) this.#close();
  }

  /** A value or a name is whole. */
  #end(): void {
    if (--this.#open.at(-1)!.missing === 0) this.#close();
  }

  /** The last of the open ones is whole, and all that it is the last value of. */
  #close(): void {
    do this.#open.pop(); while (this.#open.length > 0 && --this.#open.at(-1)!.missing === 0);
  }
}

/** The bytes behind the heads of what always has the same size. */
const SIZES: Readonly<Record<number, number>> = {
  [Head.nil]: 0,
  [Head.false]: 0,
  [Head.true]: 0,
  [Head.float32]: 4,
  [Head.float64]: 8,
  [Head.uint8]: 1,
  [Head.uint16]: 2,
  [Head.uint32]: 4,
  [Head.uint64]: 8,
  [Head.int8]: 1,
  [Head.int16]: 2,
  [Head.int32]: 4,
  [Head.int64]: 8,
};

function isText(head: number): boolean {
  return (head >= Fix.str && head < Fix.end) || (head >= Head.str8 && head <= Head.str32);
}

function isContainer(head: number): boolean {
  return (head >= Fix.map && head < Fix.str) || (head >= Head.array16 && head <= Head.map32);
}
