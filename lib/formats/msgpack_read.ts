/**
 * Reads MessagePack.
 *
 * An own reader, because the known ones make 1.0 and 1 the same, take the last one of names that come
 * twice and invalid UTF-8 without a word, and bound no depth.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { MAX_DICTIONARY_BYTES, MAX_DICTIONARY_DEPTH } from "../limits/formats.ts";
import { FormatError } from "./format_error.ts";
import { quoteJson } from "./json_write.ts";
import { Fix, Head, refusedHead, refusedName } from "./msgpack_heads.ts";
import { Tally } from "./tally.ts";
import { decodeUtf8 } from "./utf8.ts";
import { type Dictionary, float, type List, type Value, whole } from "./value.ts";

/**
 * Reads a value that is all of the bytes.
 *
 * @throws {FormatError} when it is no MessagePack, or a value that is not taken: bytes, times and
 * other extension types, names that are no texts or come twice, a bound is passed.
 */
export function readMsgpack(bytes: Uint8Array): Value {
  // No text is longer than its bytes: this bounds the characters too.
  if (bytes.length > MAX_DICTIONARY_BYTES) {
    throw new FormatError(`it is longer than ${MAX_DICTIONARY_BYTES} bytes`);
  }
  return new Reader(bytes).readAll();
}

/** The upper 32 bits of the largest whole number that is a `number`. */
const MAX_SAFE_HIGH = 2 ** 21 - 1;

class Reader {
  readonly #bytes: Buffer;
  readonly #view: DataView;
  #at = 0;
  #depth = 0;
  readonly #tally = new Tally();

  constructor({ buffer, byteOffset, length }: Uint8Array) {
    this.#bytes = Buffer.from(buffer, byteOffset, length);
    this.#view = new DataView(buffer, byteOffset, length);
  }

  readAll(): Value {
    this.#tally.addValues(1);
    const value = this.#value();
    const left = this.#bytes.length - this.#at;
    if (left === 0) return value;
    throw new FormatError(`${left} bytes come behind the end`, { byte: this.#at });
  }

  #value(): Value {
    const start = this.#take(1);
    const head = this.#bytes[start]!;
    if (head < Fix.map) return head;
    if (head >= Fix.negative) return head - 0x100;
    if (head < Fix.array) return this.#map(head - Fix.map);
    if (head < Fix.str) return this.#list(head - Fix.array);
    if (head < Fix.end) return this.#text(head - Fix.str);
    const view = this.#view;
    switch (head) {
      case Head.nil:
        return null;
      case Head.false:
        return false;
      case Head.true:
        return true;
      case Head.float32:
        return float(view.getFloat32(this.#take(4)));
      case Head.float64:
        return float(view.getFloat64(this.#take(8)));
      case Head.uint8:
      case Head.uint16:
      case Head.uint32:
        return this.#unsigned(1 << (head - Head.uint8));
      case Head.uint64:
        return this.#unsigned64(this.#take(8));
      case Head.int8:
        return view.getInt8(this.#take(1));
      case Head.int16:
        return view.getInt16(this.#take(2));
      case Head.int32:
        return view.getInt32(this.#take(4));
      case Head.int64:
        return whole(view.getBigInt64(this.#take(8)));
      case Head.str8:
      case Head.str16:
      case Head.str32:
        return this.#text(this.#unsigned(1 << (head - Head.str8)));
      case Head.array16:
      case Head.array32:
        return this.#list(this.#unsigned(2 << (head - Head.array16)));
      case Head.map16:
      case Head.map32:
        return this.#map(this.#unsigned(2 << (head - Head.map16)));
      default:
        throw refusedHead(head, start);
    }
  }

  #map(size: number): Dictionary {
    // A name and a value are two bytes at least.
    this.#open(size, 2);
    const values = new Map<string, Value>();
    for (let i = 0; i < size; i++) {
      const start = this.#at;
      const name = this.#name();
      values.set(name, this.#value());
      if (values.size !== i + 1) {
        const shown = quoteJson(name.slice(0, 40));
        throw new FormatError(`the name ${shown} comes twice`, { byte: start });
      }
    }
    this.#depth--;
    return values;
  }

  #list(size: number): List {
    this.#open(size, 1);
    const values: Value[] = [];
    for (let i = 0; i < size; i++) values.push(this.#value());
    this.#depth--;
    return values;
  }

  /** A list or a map of so many values begins, each of some bytes at least. */
  #open(size: number, leastBytes: number): void {
    this.#need(size * leastBytes);
    const problem = this.#tally.addContainer() ?? this.#tally.addValues(size);
    if (problem !== undefined) throw new FormatError(problem, { byte: this.#at });
    if (++this.#depth > MAX_DICTIONARY_DEPTH) {
      throw new FormatError(`it is more than ${MAX_DICTIONARY_DEPTH} levels deep`, {
        byte: this.#at,
      });
    }
  }

  #name(): string {
    const start = this.#take(1);
    const head = this.#bytes[start]!;
    if (head >= Fix.str && head < Fix.end) return this.#text(head - Fix.str);
    if (head < Head.str8 || head > Head.str32) throw refusedName(start);
    return this.#text(this.#unsigned(1 << (head - Head.str8)));
  }

  #text(length: number): string {
    const start = this.#take(length);
    const text = this.#bytes.toString("utf8", start, start + length);
    // It stands for what is invalid, and for itself.
    if (text.includes("\ufffd")) checkUtf8(this.#bytes.subarray(start, start + length), start);
    return text;
  }

  #unsigned64(start: number): number | bigint {
    // Made a bigint only where it must be one, which takes time.
    const high = this.#view.getUint32(start);
    if (high > MAX_SAFE_HIGH) return this.#view.getBigUint64(start);
    return high * 2 ** 32 + this.#view.getUint32(start + 4);
  }

  #unsigned(size: number): number {
    if (size === 1) return this.#bytes[this.#take(1)]!;
    const start = this.#take(size);
    return size === 2 ? this.#view.getUint16(start) : this.#view.getUint32(start);
  }

  /** Takes so many bytes; gives where they begin. */
  #take(length: number): number {
    this.#need(length);
    const start = this.#at;
    this.#at += length;
    return start;
  }

  #need(length: number): void {
    const left = this.#bytes.length - this.#at;
    if (length <= left) return;
    throw new FormatError(`it ends too soon: ${length} more bytes are needed, ${left} are there`, {
      byte: this.#at,
    });
  }
}

/** @throws {FormatError} when bytes that begin at a place are no UTF-8. */
function checkUtf8(bytes: Uint8Array, start: number): void {
  try {
    decodeUtf8(bytes);
  } catch (error) {
    if (!(error instanceof FormatError && error.at !== undefined && "byte" in error.at)) {
      throw error;
    }
    throw new FormatError("a text is no valid UTF-8", { byte: start + error.at.byte });
  }
}
