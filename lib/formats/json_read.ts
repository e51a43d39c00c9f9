/**
 * Reads JSON: RFC 8259, and the NaN, Infinity and -Infinity of Python's json.
 *
 * An own reader, because `JSON.parse` puts names like "1941" first, takes the last one of names that
 * come twice without a word, and makes 1.0 and 1 the same.
 *
 * @module
 */

import { MAX_DICTIONARY_BYTES, MAX_DICTIONARY_DEPTH, MAX_WHOLE_DIGITS } from "../limits/formats.ts";
import { FormatError } from "./format_error.ts";
import { quoteJson } from "./json_write.ts";
import { placeIn } from "./place.ts";
import { Tally } from "./tally.ts";
import { hexAt } from "./text_units.ts";
import { decodeUtf8 } from "./utf8.ts";
import { float, type Value, whole } from "./value.ts";

const TAB = 0x09;
const NEW_LINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const CAPITAL_E = 0x45;
const BACKSLASH = 0x5c;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const SMALL_E = 0x65;
const OPEN_NAMES = 0x7b;
const CLOSE_NAMES = 0x7d;

/** Digits that a `number` holds exactly, whatever they are. */
const SAFE_DIGITS = 15;

/** The words that are values, by their first letter. */
const WORDS: ReadonlyMap<number, readonly [word: string, value: Value]> = new Map(
  ([["true", true], ["false", false], ["null", null], ["NaN", NaN], [
    "Infinity",
    Infinity,
  ]] as const)
    .map((entry) => [entry[0].charCodeAt(0), entry]),
);

/**
 * Reads a value that is all of a text: an object as a dictionary, a list, or a single value. Numbers
 * that are too large for a float are infinite, as they are for Python.
 *
 * @param json The text, or its bytes in UTF-8. A byte order mark is skipped.
 * @param tally What was read already of a dictionary that this is a part of.
 * @throws {FormatError} when it is no JSON, or a value that is not taken: a name comes twice in an
 * object, a text is no valid Unicode, a bound is passed.
 */
export function readJson(json: string | Uint8Array, tally = new Tally()): Value {
  // No text is longer than its bytes: this bounds the characters too.
  if (json.length > MAX_DICTIONARY_BYTES) {
    throw new FormatError(`it is longer than ${MAX_DICTIONARY_BYTES} bytes`);
  }
  if (typeof json !== "string") return new Reader(decodeUtf8(json), tally).readAll();
  const reader = new Reader(json.startsWith("\ufeff") ? json.slice(1) : json, tally);
  if (!json.isWellFormed()) throw reader.error("the text is no valid Unicode", 0);
  return reader.readAll();
}

class Reader {
  readonly #text: string;
  /** Where the next character stands, in UTF-16 units. */
  #at = 0;
  #depth = 0;
  readonly #tally: Tally;

  constructor(text: string, tally: Tally) {
    this.#text = text;
    this.#tally = tally;
  }

  readAll(): Value {
    const value = this.#value();
    const code = this.#skipSpace();
    if (!Number.isNaN(code)) throw this.#unexpected("where it should end");
    return value;
  }

  /** The error that something is wrong at a place. */
  error(what: string, at = this.#at): FormatError {
    return new FormatError(what, placeIn(this.#text, at));
  }

  #value(): Value {
    const code = this.#skipSpace();
    this.#refuse(this.#tally.addValues(1));
    switch (code) {
      case QUOTE:
        return this.#string();
      case OPEN_NAMES:
        return this.#object();
      case OPEN_LIST:
        return this.#list();
      default:
        return code === MINUS || (code >= ZERO && code <= NINE) ? this.#number() : this.#word();
    }
  }

  #object(): Value {
    this.#open();
    const values = new Map<string, Value>();
    let code = this.#skipSpace();
    while (code !== CLOSE_NAMES || values.size > 0) {
      if (code !== QUOTE) throw this.#unexpected("where a name in quotes should");
      const start = this.#at;
      const name = this.#string();
      if (this.#skipSpace() !== COLON) {
        throw this.#unexpected("where the colon after a name should");
      }
      this.#at++;
      const before = values.size;
      values.set(name, this.#value());
      if (values.size === before) {
        throw this.error(`the name ${quoteJson(name.slice(0, 40))} comes twice`, start);
      }
      code = this.#skipSpace();
      if (code === CLOSE_NAMES) break;
      if (code !== COMMA) throw this.#unexpected("where a comma or } should");
      this.#at++;
      code = this.#skipSpace();
    }
    this.#at++;
    this.#depth--;
    return values;
  }

  #list(): Value {
    this.#open();
    const values: Value[] = [];
    if (this.#skipSpace() !== CLOSE_LIST) {
      for (;;) {
        values.push(this.#value());
        const code = this.#skipSpace();
        if (code === CLOSE_LIST) break;
        if (code !== COMMA) throw this.#unexpected("where a comma or ] should");
        this.#at++;
      }
    }
    this.#at++;
    this.#depth--;
    return values;
  }

  #open(): void {
    if (++this.#depth > MAX_DICTIONARY_DEPTH) {
      throw this.error(`it is more than ${MAX_DICTIONARY_DEPTH} levels deep`);
    }
    this.#refuse(this.#tally.addContainer());
    this.#at++;
  }

  /** Takes why what is read is too much, if it is. */
  #refuse(problem: string | undefined): void {
    if (problem !== undefined) throw this.error(problem);
  }

  #string(): string {
    const text = this.#text;
    const start = this.#at + 1;
    let at = start;
    let code = text.charCodeAt(at);
    while (code !== QUOTE && code !== BACKSLASH && code >= SPACE) {
      code = text.charCodeAt(++at);
    }
    if (code !== QUOTE) return this.#escaped(start, at);
    this.#at = at + 1;
    return text.slice(start, at);
  }

  /** A string that has something but plain characters at `at`. */
  #escaped(start: number, at: number): string {
    const text = this.#text;
    for (;; at++) {
      const code = text.charCodeAt(at);
      if (code === QUOTE) break;
      if (Number.isNaN(code)) throw this.error("it ends in a text", at);
      if (code < SPACE) throw this.error(`the control character ${hex(code)} stands in a text`, at);
      if (code !== BACKSLASH) continue;
      const length = escapeLength(text, at);
      if (length === undefined) throw this.error("a backslash begins no escape of JSON", at);
      at += length - 1;
    }
    this.#at = at + 1;
    const string = JSON.parse(text.slice(start - 1, at + 1)) as string;
    if (string.isWellFormed()) return string;
    throw this.error("a text has half of a pair of surrogates", start - 1);
  }

  #number(): Value {
    const text = this.#text;
    const start = this.#at;
    let at = start;
    let code = text.charCodeAt(at);
    const isNegative = code === MINUS;
    if (isNegative) {
      code = text.charCodeAt(++at);
      if (code === INFINITY_LETTER) {
        this.#at = at;
        this.#word();
        return -Infinity;
      }
    }
    const first = at;
    let small = 0;
    while (code >= ZERO && code <= NINE) {
      small = small * 10 + code - ZERO;
      code = text.charCodeAt(++at);
    }
    const digits = at - first;
    if (digits === 0 || (digits > 1 && text.charCodeAt(first) === ZERO)) {
      throw this.error("a number begins with a digit, and with 0 only before a point", start);
    }
    if (code === POINT || code === SMALL_E || code === CAPITAL_E) return this.#float(start, at);
    this.#at = at;
    if (digits <= SAFE_DIGITS) return isNegative && small !== 0 ? -small : small;
    if (digits > MAX_WHOLE_DIGITS) {
      throw this.error(`a whole number has more than ${MAX_WHOLE_DIGITS} digits`, start);
    }
    const large = BigInt(text.slice(first, at));
    return whole(isNegative ? -large : large);
  }

  /** A number that goes on with a point or an exponent at `at`. */
  #float(start: number, at: number): Value {
    const text = this.#text;
    let end = at;
    let code = text.charCodeAt(end);
    if (code === POINT) {
      end = this.#digits(end + 1, "the point of a number");
      code = text.charCodeAt(end);
    }
    if (code === SMALL_E || code === CAPITAL_E) {
      const sign = text.charCodeAt(end + 1);
      const from = end + (sign === PLUS || sign === MINUS ? 2 : 1);
      end = this.#digits(from, "the exponent of a number");
    }
    this.#at = end;
    return float(Number(text.slice(start, end)));
  }

  /** Gives where the digits end that begin at a place. */
  #digits(from: number, what: string): number {
    const text = this.#text;
    let at = from;
    for (let code; (code = text.charCodeAt(at)) >= ZERO && code <= NINE;) at++;
    if (at === from) throw this.error(`a digit is missing after ${what}`, at);
    return at;
  }

  #word(): Value {
    const known = WORDS.get(this.#text.charCodeAt(this.#at));
    if (known === undefined || !this.#text.startsWith(known[0], this.#at)) {
      throw this.#unexpected("where a value should");
    }
    this.#at += known[0].length;
    return known[1];
  }

  /** Goes to the next character that is no white space; gives it, NaN at the end. */
  #skipSpace(): number {
    const text = this.#text;
    let code = text.charCodeAt(this.#at);
    while (code === SPACE || code === NEW_LINE || code === RETURN || code === TAB) {
      code = text.charCodeAt(++this.#at);
    }
    return code;
  }

  #unexpected(where: string): FormatError {
    const point = this.#text.codePointAt(this.#at);
    if (point === undefined) return this.error("it ends too soon");
    return this.error(`${quoteJson(String.fromCodePoint(point))} stands ${where}`);
  }
}

const INFINITY_LETTER = 0x49;

/** How long the escape is that begins with the backslash at a place; `undefined`: there is none. */
function escapeLength(text: string, at: number): number | undefined {
  const letter = text.charAt(at + 1);
  if (letter === "u") return hexAt(text, at + 2, 4) === undefined ? undefined : 6;
  return letter !== "" && '"\\/bfnrt'.includes(letter) ? 2 : undefined;
}

function hex(code: number): string {
  return `U+${code.toString(16).toUpperCase().padStart(4, "0")}`;
}
