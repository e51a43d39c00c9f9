/**
 * What stands behind the opcodes of a pickle.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { PickleFault, shown } from "./pickle_fault.ts";
import { parseFloating, parseWhole, readLong } from "./pickle_numbers.ts";
import { isAscii, NOT_ASCII, parseQuoted, parseRawEscapes } from "./pickle_text.ts";
import type { Value } from "./value.ts";

/**
 * Reads the bytes of a pickle one thing after the other. All that is read is there: `PickleEnd` has
 * walked over it.
 */
export class PickleInput {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  readonly #buffer: Buffer;
  readonly #decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  /** Where the next byte is. */
  at = 0;

  /** Takes all bytes of the pickle. */
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
    // To decode a part of a Buffer takes a third of what a TextDecoder takes for a short text.
    this.#buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  }

  /** One byte. */
  byte(): number {
    return this.#bytes[this.at++]!;
  }

  /** Two bytes, the lowest first. */
  uint16(): number {
    this.at += 2;
    return this.#view.getUint16(this.at - 2, true);
  }

  /** Four bytes, the lowest first, with a sign. */
  int32(): number {
    this.at += 4;
    return this.#view.getInt32(this.at - 4, true);
  }

  /** Four bytes, the lowest first. */
  uint32(): number {
    this.at += 4;
    return this.#view.getUint32(this.at - 4, true);
  }

  /** Eight bytes, the lowest first, of which the upper four are 0: no length here is larger. */
  uint64(): number {
    this.at += 8;
    return this.#view.getUint32(this.at - 8, true);
  }

  /** A floating number, the highest byte first. */
  double(): number {
    this.at += 8;
    return this.#view.getFloat64(this.at - 8);
  }

  /** A whole number in two's complement. */
  long(length: number): number | bigint {
    const from = this.at;
    this.at += length;
    const value = readLong(this.#bytes.subarray(from, this.at));
    if (value === undefined) throw new PickleFault("is a whole number of too many digits");
    return value;
  }

  /** A text in UTF-8. */
  utf8(length: number): string {
    const from = this.at;
    this.at += length;
    const text = this.#buffer.toString("utf8", from, this.at);
    // This stands for bytes that are no UTF-8, and for itself.
    return text.includes("\ufffd") ? this.#strictUtf8(from, this.at) : text;
  }

  /**
   * A `str` of Python 2, which is bytes: those of ASCII are a text for Python 3, as long as nobody
   * tells it an encoding, and others are none.
   */
  ascii(length: number): string {
    const from = this.at;
    this.at += length;
    const text = this.#buffer.toString("latin1", from, this.at);
    if (isAscii(text)) return text;
    throw new PickleFault(`has a text that ${NOT_ASCII.why}`);
  }

  /** The line of STRING. */
  quotedLine(): string {
    return checked(parseQuoted(this.#line()));
  }

  /** The line of UNICODE. */
  rawEscapedLine(): string {
    return checked(parseRawEscapes(this.#line()));
  }

  /** The line of INT, which is how protocols 0 and 1 write True and False too. */
  intLine(): number | bigint | boolean {
    const line = this.#line();
    return line === "00" || line === "01" ? line === "01" : wholeOf(line);
  }

  /** The line of LONG. */
  longLine(): number | bigint {
    const line = this.#line();
    return wholeOf(line.endsWith("L") ? line.slice(0, -1) : line);
  }

  /** The line of FLOAT. */
  floatLine(): Value {
    const line = this.#line();
    const value = parseFloating(line);
    if (value === undefined) throw new PickleFault(`has ${shown(line)}, which is no number`);
    return value;
  }

  /** The line of GET and PUT. */
  memoLine(): number {
    const line = this.#line();
    if (/^[0-9]{1,10}$/.test(line)) return Number(line);
    throw new PickleFault(`has ${shown(line)}, which is no memo id`);
  }

  /** A line without its end, its bytes as the characters with their numbers. */
  #line(): string {
    const from = this.at;
    const end = this.#bytes.indexOf(0x0a, from);
    this.at = end + 1;
    return this.#buffer.toString("latin1", from, end);
  }

  #strictUtf8(from: number, to: number): string {
    try {
      return this.#decoder.decode(this.#bytes.subarray(from, to));
    } catch {
      throw new PickleFault("has a text that is no UTF-8");
    }
  }
}

function wholeOf(digits: string): number | bigint {
  const value = parseWhole(digits);
  if (value !== undefined) return value;
  throw new PickleFault(`has ${shown(digits)}, which is no whole number, or a too long one`);
}

function checked(text: ReturnType<typeof parseQuoted>): string {
  if (typeof text === "string") return text;
  throw new PickleFault(`has a text that ${text.why}`);
}
