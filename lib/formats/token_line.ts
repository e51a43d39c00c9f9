/**
 * Where the last line of a text is a Fernet token, which is no part of the text.
 *
 * @module
 */

import { MAX_CITY_CHARS } from "../limits/manifests.ts";
import { hasFernetForm } from "../seal/fernet.ts";

/** What each token begins with: the version, and the first bytes of a time before the year 4000. */
const PREFIX = "gAAAAA";

/** Whether a line is a token from its first to its last character, but for spaces around it. */
export function isTokenLine(line: string): boolean {
  const trimmed = line.trim();
  return trimmed.startsWith(PREFIX) && hasFernetForm(trimmed);
}

/** What {@linkcode TokenLineFinder} needs to know of the text. */
export interface TokenLineOptions {
  /** A `"` begins and ends a field that may have line breaks, as in csv. */
  readonly isQuoted: boolean;
}

/**
 * Finds the line of a token in a text that comes in pieces. What is longer than the name of any city
 * and looks like the start of a token is one; of a shorter one the end of the stream tells.
 */
export class TokenLineFinder {
  readonly #isQuoted: boolean;
  #inQuotes = false;
  #position = 0;
  /** How many characters of a token the line has so far; -1: it is none. */
  #fitting = 0;
  /** Only these can follow in the line: padding, or spaces. */
  #tail: "" | "=" | " " = "";
  /** Where the last line that may be a token begins. */
  #start: number | undefined;

  /** Begins at the first byte of a text. */
  constructor({ isQuoted }: TokenLineOptions) {
    this.#isQuoted = isQuoted;
  }

  /** Takes the next bytes; gives where the token begins, counted from the first byte of all. */
  push(bytes: Uint8Array): number | undefined {
    for (const byte of bytes) {
      this.#position++;
      if (byte === 0x0a || byte === 0x0d) {
        this.#fitting = this.#inQuotes ? -1 : 0;
        this.#tail = "";
        continue;
      }
      if (this.#isQuoted && byte === 0x22) this.#inQuotes = !this.#inQuotes;
      if (this.#fitting < 0 || (this.#fitting === 0 && isSpace(byte))) continue;
      if (!this.#fits(byte)) {
        this.#fitting = -1;
        this.#start = undefined;
        continue;
      }
      this.#fitting++;
      if (this.#fitting === PREFIX.length) this.#start = this.#position - PREFIX.length;
      if (this.#fitting > MAX_CITY_CHARS && this.#tail === "") return this.#start;
    }
    return undefined;
  }

  /** Where the token begins in all the bytes, when their last line is one. */
  finish(bytes: Uint8Array): number | undefined {
    if (this.#start === undefined) return undefined;
    // A token is ASCII: what is not is not taken for one, whatever it is read as.
    const line = new TextDecoder().decode(bytes.subarray(this.#start));
    return isTokenLine(line) ? this.#start : undefined;
  }

  #fits(byte: number): boolean {
    if (this.#fitting < PREFIX.length) return byte === PREFIX.charCodeAt(this.#fitting);
    if (isSpace(byte)) this.#tail = " ";
    else if (byte === 0x3d && this.#tail === "") this.#tail = "=";
    if (this.#tail === "") return isBase64Url(byte);
    return this.#tail === "=" ? byte === 0x3d : isSpace(byte);
  }
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x09;
}

function isBase64Url(byte: number): boolean {
  return (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a) ||
    (byte >= 0x30 && byte <= 0x39) || byte === 0x2d || byte === 0x5f;
}
