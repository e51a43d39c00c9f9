/**
 * Finds where JSON ends in a stream.
 *
 * @module
 */

import { MAX_DICTIONARY_BYTES, MAX_DICTIONARY_DEPTH, MAX_WHOLE_DIGITS } from "../limits/formats.ts";
import type { EndFinder } from "./format.ts";
import { FormatError } from "./format_error.ts";
import { firstInNumber, isComplete, nextInNumber, NumberPart } from "./json_end_number.ts";
import { quoteJson } from "./json_write.ts";
import { Tally } from "./tally.ts";
import { Utf8Check } from "./utf8.ts";

/** What was there last, which says what can come next. */
type State =
  | "start"
  | "open object"
  | "open list"
  | "comma in object"
  | "comma in list"
  | "name"
  | "colon"
  | "value"
  | "text"
  | "backslash"
  | "hexadecimal digit"
  | "word"
  | "number"
  | "end";

const NEEDED: Partial<Record<State, string>> = {
  "start": "a { or a [",
  "open object": "a name in quotes or a }",
  "comma in object": "a name in quotes",
  "name": "a colon",
  "open list": "a value or a ]",
  "comma in list": "a value",
  "colon": "a value",
  "backslash": "an escape of JSON",
  "hexadecimal digit": "a hexadecimal digit",
  "word": "another letter",
  "text": "no control character",
  "number": "a digit",
};

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const CAPITAL_I = 0x49;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_LIST = 0x5d;
const SMALL_U = 0x75;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;

/** What can stand behind a backslash. */
const ESCAPED: ReadonlySet<number> = new Set(
  Array.from('"\\/bfnrtu', (letter) => letter.charCodeAt(0)),
);
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const INFINITY = "Infinity";
const WORDS: ReadonlyMap<number, string> = new Map(
  ["true", "false", "null", "NaN", INFINITY].map((word) => [word.charCodeAt(0), word]),
);

/**
 * The end of JSON is the bracket that closes the first one. All of its grammar is checked on the way;
 * names that come twice and halves of pairs of surrogates in escapes are found by reading only.
 */
export class JsonEnd implements EndFinder {
  #state: State = "start";
  /** For each open bracket, whether it is the one of an object. */
  readonly #isObject: boolean[] = [];
  /** The text is a name. */
  #isName = false;
  /** Hexadecimal digits that an escape lacks. */
  #hexDigits = 0;
  /** The word that is there, and how much of it. */
  #word = "";
  #wordAt = 0;
  /** What was there last in a number, and how many digits of it when it is a whole one. */
  #number: NumberPart = NumberPart.minus;
  #digits = 0;
  readonly #tally = new Tally();
  /** Bytes of a byte order mark so far. */
  #mark = 0;
  /** Bytes that were taken before. */
  #taken = 0;
  readonly #utf8 = new Utf8Check();

  /** See {@linkcode EndFinder.push}. */
  push(bytes: Uint8Array): number | undefined {
    for (let i = 0; i < bytes.length; i++) {
      if (this.#state === "text") i = this.#skipPlain(bytes, i);
      if (i === bytes.length) break;
      this.#take(bytes[i]!, this.#taken + i);
      if (this.#state === "end") return this.#count(i + 1);
    }
    this.#count(bytes.length);
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

  /** Goes on, in a text, to the next byte that ends it, begins an escape, or must not be there. */
  #skipPlain(bytes: Uint8Array, i: number): number {
    for (; i < bytes.length; i++) {
      const byte = bytes[i]!;
      if (!this.#utf8.push(byte)) {
        throw new FormatError("it is no valid UTF-8", { byte: this.#taken + i });
      }
      if (byte < 0x20 || byte === 0x22 || byte === 0x5c) break;
    }
    return i;
  }

  #take(byte: number, at: number): void {
    switch (this.#state) {
      case "start":
        return this.#start(byte, at);
      case "text":
        if (byte === BACKSLASH) this.#state = "backslash";
        else if (byte === QUOTE) this.#state = this.#isName ? "name" : "value";
        else throw this.#unexpected(byte, at);
        return;
      case "backslash":
        if (!ESCAPED.has(byte)) throw this.#unexpected(byte, at);
        this.#hexDigits = 4;
        this.#state = byte === SMALL_U ? "hexadecimal digit" : "text";
        return;
      case "hexadecimal digit":
        if (!isHexDigit(byte)) throw this.#unexpected(byte, at);
        if (--this.#hexDigits === 0) this.#state = "text";
        return;
      case "word":
        if (byte !== this.#word.charCodeAt(this.#wordAt)) throw this.#unexpected(byte, at);
        if (++this.#wordAt === this.#word.length) this.#state = "value";
        return;
      case "number":
        if (this.#takeInNumber(byte, at)) return;
        // What ends a number is no part of it.
        this.#state = "value";
    }
    if (!isSpace(byte)) this.#token(byte, at);
  }

  #start(byte: number, at: number): void {
    if (this.#mark === at && byte === BYTE_ORDER_MARK[at]) this.#mark++;
    else if (this.#mark % BYTE_ORDER_MARK.length !== 0) throw this.#unexpected(byte, at);
    else if (byte === OPEN_OBJECT || byte === OPEN_LIST) this.#value(byte, at);
    else if (!isSpace(byte)) throw this.#unexpected(byte, at);
  }

  /** Takes a byte in a number; gives false when the number has ended before it. */
  #takeInNumber(byte: number, at: number): boolean {
    const number = this.#number;
    if (number === NumberPart.minus && byte === CAPITAL_I) {
      this.#begin(INFINITY);
      return true;
    }
    const next = nextInNumber(number, byte);
    if (next !== undefined) {
      this.#number = next;
      this.#digits++;
      return true;
    }
    if (!isComplete(number)) throw this.#unexpected(byte, at);
    if (number === NumberPart.digits && this.#digits > MAX_WHOLE_DIGITS) {
      throw new FormatError(`a whole number has more than ${MAX_WHOLE_DIGITS} digits`, {
        byte: at - this.#digits,
      });
    }
    return false;
  }

  /** Takes the first byte of what is no white space, outside of texts, numbers and words. */
  #token(byte: number, at: number): void {
    switch (this.#state) {
      case "open object":
      case "comma in object":
        if (byte === CLOSE_OBJECT && this.#state === "open object") return this.#close();
        if (byte !== QUOTE) throw this.#unexpected(byte, at);
        this.#isName = true;
        this.#state = "text";
        return;
      case "name":
        if (byte !== COLON) throw this.#unexpected(byte, at);
        this.#state = "colon";
        return;
      case "open list":
      case "comma in list":
      case "colon":
        if (byte === CLOSE_LIST && this.#state === "open list") return this.#close();
        return this.#value(byte, at);
      default: {
        const isObject = this.#isObject.at(-1)!;
        if (byte === (isObject ? CLOSE_OBJECT : CLOSE_LIST)) return this.#close();
        if (byte !== COMMA) throw this.#unexpected(byte, at);
        this.#state = isObject ? "comma in object" : "comma in list";
      }
    }
  }

  #value(byte: number, at: number): void {
    const isContainer = byte === OPEN_OBJECT || byte === OPEN_LIST;
    const problem = this.#tally.addValues(1) ??
      (isContainer ? this.#tally.addContainer() : undefined);
    if (problem !== undefined) throw new FormatError(problem, { byte: at });
    if (isContainer) {
      this.#isObject.push(byte === OPEN_OBJECT);
      this.#state = byte === OPEN_OBJECT ? "open object" : "open list";
      if (this.#isObject.length > MAX_DICTIONARY_DEPTH) {
        throw new FormatError(`it is more than ${MAX_DICTIONARY_DEPTH} levels deep`, { byte: at });
      }
      return;
    }
    if (byte === QUOTE) {
      this.#isName = false;
      this.#state = "text";
      return;
    }
    const number = firstInNumber(byte);
    if (number !== undefined) {
      this.#number = number;
      this.#digits = number === NumberPart.minus ? 0 : 1;
      this.#state = "number";
      return;
    }
    const word = WORDS.get(byte);
    if (word === undefined) throw this.#unexpected(byte, at);
    this.#begin(word);
  }

  #begin(word: string): void {
    this.#word = word;
    this.#wordAt = 1;
    this.#state = "word";
  }

  #close(): void {
    this.#isObject.pop();
    this.#state = this.#isObject.length === 0 ? "end" : "value";
  }

  #unexpected(byte: number, at: number): FormatError {
    const needed = NEEDED[this.#state] ??
      (this.#isObject.at(-1) === true ? "a comma or a }" : "a comma or a ]");
    return new FormatError(`${shown(byte)} stands where ${needed} should`, { byte: at });
  }
}

function isHexDigit(byte: number): boolean {
  const small = byte | 0x20;
  return (byte >= 0x30 && byte <= 0x39) || (small >= 0x61 && small <= 0x66);
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

/** A byte that is no ASCII is a part of a character only. */
function shown(byte: number): string {
  return byte < 0x80 ? quoteJson(String.fromCharCode(byte)) : `the byte 0x${byte.toString(16)}`;
}
