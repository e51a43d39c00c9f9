/**
 * UTF-8 in bytes that others made: the Unicode Standard, table 3-7.
 *
 * @module
 */

import { FormatError } from "./format_error.ts";

/** Checks bytes of UTF-8 one by one, in whatever cuts they come. */
export class Utf8Check {
  /** How many bytes the character lacks that has begun. */
  #missing = 0;
  // What the next of them may be: the first of them is where too long forms, surrogates and what is
  // beyond Unicode show.
  #least = 0x80;
  #most = 0xbf;

  /** Takes the next byte. Gives whether it can stand there. */
  push(byte: number): boolean {
    if (this.#missing > 0) {
      if (byte < this.#least || byte > this.#most) return false;
      this.#missing--;
      this.#least = 0x80;
      this.#most = 0xbf;
      return true;
    }
    if (byte < 0x80) return true;
    if (byte < 0xc2 || byte > 0xf4) return false;
    this.#missing = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
    if (byte === 0xe0) this.#least = 0xa0;
    else if (byte === 0xed) this.#most = 0x9f;
    else if (byte === 0xf0) this.#least = 0x90;
    else if (byte === 0xf4) this.#most = 0x8f;
    return true;
  }

  /** No character is cut off by the end of the text. */
  get isWhole(): boolean {
    return this.#missing === 0;
  }
}

/**
 * The text that bytes of UTF-8 are, without the byte order mark that may come first.
 *
 * @throws {FormatError} when they are none; it says where.
 */
export function decodeUtf8(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    const check = new Utf8Check();
    const wrong = bytes.findIndex((byte) => !check.push(byte));
    throw new FormatError("it is no valid UTF-8", { byte: wrong === -1 ? bytes.length : wrong });
  }
}
