/**
 * Writes JSON, compactly and in one line that can be printed.
 *
 * @module
 */

import { MAX_DICTIONARY_DEPTH, MAX_WHOLE_DIGITS } from "../limits/formats.ts";
import { FormatError } from "./format_error.ts";
import { isDictionary, isList, isWhole, type Value, WholeFloat } from "./value.ts";
import type { WrittenSize } from "./written_size.ts";

/**
 * Writes a value as one line of JSON without spaces: floating numbers with a point or an exponent and
 * the fewest digits that say them; NaN, Infinity and -Infinity as Python's json writes them. What
 * could steer a terminal, break a line or turn the text around is escaped.
 *
 * @param size Counts what is written, and refuses what is too much. Without it nothing does.
 * @throws {FormatError} when a text is no valid Unicode, or a bound is passed.
 */
export function writeJson(value: Value, size?: WrittenSize): string {
  return escapeUnprintable(writeValue(value, 0, size));
}

/** A text in quotes, escaped as {@linkcode writeJson} does it, whatever it is: for messages too. */
export function quoteJson(text: string): string {
  return escapeUnprintable(JSON.stringify(text));
}

/** What `JSON.stringify` leaves as it is: such characters stand only in texts. */
function escapeUnprintable(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u2028\u2029\u202A-\u202E\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function writeValue(value: Value, depth: number, size: WrittenSize | undefined): string {
  if (typeof value === "string") return writeText(value, size);
  if (typeof value !== "object" || value === null || value instanceof WholeFloat) {
    const json = writeSingle(value);
    size?.add(json.length);
    return json;
  }
  if (depth === MAX_DICTIONARY_DEPTH) {
    throw new FormatError(`it is more than ${MAX_DICTIONARY_DEPTH} levels deep`);
  }
  // Built by adding: one string in the end, where lists of strings would be one for each level.
  let json = "";
  if (isList(value)) {
    size?.add(1 + value.length);
    for (const item of value) {
      json += `${json === "" ? "" : ","}${writeValue(item, depth + 1, size)}`;
    }
    return `[${json}]`;
  }
  if (!isDictionary(value)) throw noValue();
  size?.add(1 + 2 * value.size);
  for (const [name, member] of value) {
    json += `${json === "" ? "" : ","}${writeText(name, size)}:`;
    json += writeValue(member, depth + 1, size);
  }
  return `{${json}}`;
}

function writeSingle(value: number | bigint | boolean | null | WholeFloat): string {
  switch (typeof value) {
    case "number":
      return isWhole(value) ? String(value) : writeFloat(value);
    case "bigint":
      return writeLarge(value);
    case "boolean":
      return value ? "true" : "false";
    case "object":
      return value === null ? "null" : writeFloat(value.value);
  }
  throw noValue();
}

function noValue(): TypeError {
  return new TypeError("the value is of no type of a dictionary's");
}

function writeText(text: string, size: WrittenSize | undefined): string {
  if (!text.isWellFormed()) {
    throw new FormatError(`the text ${quoteJson(text.slice(0, 40))} is no valid Unicode`);
  }
  // A long one is not escaped before it is clear that there is room for it.
  const isLong = text.length > LONG_TEXT;
  if (isLong) size?.add(escapedLength(text));
  const json = JSON.stringify(text);
  if (!isLong) size?.add(json.length);
  return json;
}

/** Characters that take less memory than to count them is worth. */
const LONG_TEXT = 65_536;

/** How long a text is in JSON. */
function escapedLength(text: string): number {
  let length = text.length + 2;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x22 || code === 0x5c) length++;
    else if (code < 0x20) length += SHORT_ESCAPES.includes(text[at]!) ? 1 : 5;
  }
  return length;
}

const SHORT_ESCAPES = "\b\t\n\f\r";

/** Python reads as floating what has a point or an exponent. */
function writeFloat(value: number): string {
  const digits = Object.is(value, -0) ? "-0" : String(value);
  return /^-?\d+$/.test(digits) ? `${digits}.0` : digits;
}

function writeLarge(value: bigint): string {
  const digits = String(value);
  if (digits.length - (value < 0n ? 1 : 0) <= MAX_WHOLE_DIGITS) return digits;
  throw new FormatError(`a whole number has more than ${MAX_WHOLE_DIGITS} digits`);
}
