/**
 * Single values as texts in XML, and the types that say how a text is meant.
 *
 * @module
 */

import { MAX_WHOLE_DIGITS } from "../limits/formats.ts";
import { FormatError } from "./format_error.ts";
import { float, type Value, whole } from "./value.ts";

const XML_TYPES = ["str", "int", "float", "bool", "null", "dict", "list"] as const;

/** The values of the attribute `type`. */
export type XmlType = (typeof XML_TYPES)[number];

/** Whether a text is one of the types. */
export function isXmlType(text: string): text is XmlType {
  return (XML_TYPES as readonly string[]).includes(text);
}

/** Whether a text without a type is a whole number: as such a number is written, and not else. */
export function isWholeText(text: string): boolean {
  const code = text.charCodeAt(0);
  return (code === MINUS || (code >= ZERO && code <= NINE)) && /^(?:0|-?[1-9][0-9]*)$/.test(text);
}

const MINUS = 0x2d;
const ZERO = 0x30;
const NINE = 0x39;

/** Digits that a `number` holds exactly, whatever they are. */
const SAFE_DIGITS = 15;

/** What Python's float takes, but for underscores. */
const FLOAT =
  /^([+-]?)(?:((?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:e[+-]?[0-9]+)?)|(inf|infinity)|nan)$/i;

/**
 * The value that a text is in that type, or without one; white space around numbers and words is
 * free. `undefined`: it is none.
 *
 * @throws {FormatError} for a whole number of more than MAX_WHOLE_DIGITS.
 */
export function leafOf(text: string, type: XmlType | undefined): Value | undefined {
  switch (type) {
    case undefined:
      return isWholeText(text) ? wholeOf(text) : text;
    case "str":
      return text;
    case "int":
      return /^\s*[+-]?[0-9]+\s*$/.test(text) ? wholeOf(text.trim()) : undefined;
    case "float":
      return floatOf(text.trim());
    case "bool":
      return boolOf(text.trim().toLowerCase());
    case "null":
      return text.trim() === "" ? null : undefined;
    case "dict":
      return text.trim() === "" ? new Map() : undefined;
    case "list":
      return text.trim() === "" ? [] : undefined;
  }
}

function boolOf(word: string): boolean | undefined {
  return word === "true" || word === "false" ? word === "true" : undefined;
}

function wholeOf(text: string): number | bigint {
  if (text.length <= SAFE_DIGITS) return Number(text) + 0;
  const digits = text.replace(/^[+-]?/, "");
  if (digits.length > MAX_WHOLE_DIGITS) {
    throw new FormatError(`a whole number has more than ${MAX_WHOLE_DIGITS} digits`);
  }
  return whole(text.startsWith("-") ? -BigInt(digits) : BigInt(digits));
}

function floatOf(text: string): Value | undefined {
  const [all, sign, digits, infinity] = FLOAT.exec(text) ?? [];
  if (all === undefined) return undefined;
  const size = digits !== undefined ? Number(digits) : infinity !== undefined ? Infinity : NaN;
  return float(sign === "-" ? -size : size);
}
