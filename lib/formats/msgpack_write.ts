/**
 * Writes MessagePack.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { MAX_DICTIONARY_BYTES, MAX_DICTIONARY_DEPTH } from "../limits/formats.ts";
import { FormatError } from "./format_error.ts";
import { quoteJson } from "./json_write.ts";
import { Fix, Head } from "./msgpack_heads.ts";
import { isDictionary, isList, isWhole, type Value, WholeFloat } from "./value.ts";

/**
 * Writes a value, whatever it is in its shortest form; floating numbers with 64 bits.
 *
 * @throws {FormatError} when a whole number has more than 64 bits, which MessagePack cannot say, when
 * a text is no valid Unicode, or a bound is passed.
 */
export function writeMsgpack(value: Value): Uint8Array {
  const writer = new Writer();
  writer.value(value, 0);
  return writer.bytes();
}

/** The first byte and a number or a length behind it. */
const MAX_HEAD_BYTES = 9;

class Writer {
  #bytes = Buffer.alloc(1024);
  #view = viewOf(this.#bytes);
  #at = 0;

  bytes(): Uint8Array {
    this.#reserve(0);
    return new Uint8Array(this.#view.buffer, this.#view.byteOffset, this.#at);
  }

  value(value: Value, depth: number): void {
    this.#reserve(MAX_HEAD_BYTES);
    switch (typeof value) {
      case "string":
        return this.#text(value);
      case "number":
        return isWhole(value) ? this.#whole(value) : this.#float(value);
      case "bigint":
        return this.#large(value);
    }
    if (value === null) this.#head(Head.nil);
    else if (typeof value === "boolean") this.#head(value ? Head.true : Head.false);
    else if (value instanceof WholeFloat) this.#float(value.value);
    else if (depth === MAX_DICTIONARY_DEPTH) {
      throw new FormatError(`it is more than ${MAX_DICTIONARY_DEPTH} levels deep`);
    } else if (isDictionary(value)) {
      this.#size(value.size, Fix.map, 15, Head.map16 - 1);
      for (const [name, member] of value) {
        this.#text(name);
        this.value(member, depth + 1);
      }
    } else if (isList(value)) {
      this.#size(value.length, Fix.array, 15, Head.array16 - 1);
      for (const item of value) this.value(item, depth + 1);
    } else throw new TypeError("the value is of no type of a dictionary's");
  }

  #text(text: string): void {
    if (!text.isWellFormed()) {
      throw new FormatError(`the text ${quoteJson(text.slice(0, 40))} is no valid Unicode`);
    }
    const length = Buffer.byteLength(text);
    this.#reserve(MAX_HEAD_BYTES + length);
    this.#size(length, Fix.str, 31, Head.str8);
    this.#bytes.write(text, this.#at);
    this.#at += length;
  }

  /** The head of what has a size: at most `most` with `fix`, else by the one of the heads from `first`. */
  #size(size: number, fix: number, most: number, first: number): void {
    if (size <= most) this.#head(fix + size);
    else if (size < 0x100 && first === Head.str8) this.#view.setUint8(this.#head(first, 1), size);
    else if (size < 0x10000) this.#view.setUint16(this.#head(first + 1, 2), size);
    else this.#view.setUint32(this.#head(first + 2, 4), size);
  }

  #whole(value: number): void {
    if (value >= 0) {
      if (value < 0x80) this.#head(value);
      else if (value < 0x100) this.#view.setUint8(this.#head(Head.uint8, 1), value);
      else if (value < 0x10000) this.#view.setUint16(this.#head(Head.uint16, 2), value);
      else if (value < 2 ** 32) this.#view.setUint32(this.#head(Head.uint32, 4), value);
      else this.#large(BigInt(value));
    } else if (value >= -0x20) this.#head(0x100 + value);
    else if (value >= -0x80) this.#view.setInt8(this.#head(Head.int8, 1), value);
    else if (value >= -0x8000) this.#view.setInt16(this.#head(Head.int16, 2), value);
    else if (value >= -(2 ** 31)) this.#view.setInt32(this.#head(Head.int32, 4), value);
    else this.#large(BigInt(value));
  }

  #large(value: bigint): void {
    if (value >= 2n ** 64n || value < -(2n ** 63n)) {
      throw new FormatError(
        "MessagePack has whole numbers of 64 bits only, and one has more: json and pickle have them all",
      );
    }
    if (value >= 0n) this.#view.setBigUint64(this.#head(Head.uint64, 8), value);
    else this.#view.setBigInt64(this.#head(Head.int64, 8), value);
  }

  #float(value: number): void {
    this.#view.setFloat64(this.#head(Head.float64, 8), value);
  }

  /** Writes a first byte, and leaves room for what belongs to it; gives where that is. */
  #head(head: number, following = 0): number {
    this.#bytes[this.#at] = head;
    const start = this.#at + 1;
    this.#at = start + following;
    return start;
  }

  /** Makes room for so many bytes. */
  #reserve(length: number): void {
    const needed = this.#at + length;
    if (needed > MAX_DICTIONARY_BYTES + MAX_HEAD_BYTES || this.#at > MAX_DICTIONARY_BYTES) {
      throw new FormatError(`it takes more than ${MAX_DICTIONARY_BYTES} bytes as MessagePack`);
    }
    if (needed <= this.#bytes.length) return;
    const larger = Buffer.alloc(Math.max(2 * this.#bytes.length, needed));
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = viewOf(larger);
  }
}

function viewOf({ buffer, byteOffset, length }: Buffer): DataView {
  return new DataView(buffer, byteOffset, length);
}
