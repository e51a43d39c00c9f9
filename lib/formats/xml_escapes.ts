/**
 * What XML cannot say, in a form of our own: in an element with `escaped="true"` a backslash and `u`
 * with four hexadecimal digits is that character, two backslashes are one.
 *
 * @module
 */

import { FormatError } from "./format_error.ts";
import { hexAt, TextUnits } from "./text_units.ts";
import { ILLEGAL } from "./xml_names.ts";

const UNSAID = new RegExp(`${ILLEGAL.source}|\\\\`, "g");
const BACKSLASH = 0x5c;

/** Whether a text has characters that no XML has. */
export function needsEscapes(text: string): boolean {
  return ILLEGAL.test(text);
}

/** A text with such characters escaped, and backslashes. */
export function escapeText(text: string): string {
  return text.replace(
    UNSAID,
    (character) =>
      character === "\\" ? "\\\\" : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

/**
 * The text that was escaped.
 *
 * @throws {FormatError} when a backslash begins no escape, or the text is no valid Unicode.
 */
export function unescapeText(escaped: string): string {
  let at = escaped.indexOf("\\");
  if (at < 0) return escaped;
  const units = new TextUnits(escaped.length);
  let from = 0;
  for (; at >= 0; at = escaped.indexOf("\\", from)) {
    units.copy(escaped, from, at);
    const isHex = escaped[at + 1] === "u";
    const unit = isHex
      ? hexAt(escaped, at + 2, 4)
      : escaped[at + 1] === "\\"
      ? BACKSLASH
      : undefined;
    if (unit === undefined) {
      throw new FormatError("a backslash begins no escape: \\\\ or \\u and four digits");
    }
    units.push(unit);
    from = at + (isHex ? 6 : 2);
  }
  units.copy(escaped, from, escaped.length);
  const text = units.toString();
  if (!text.isWellFormed()) throw new FormatError("a text has half of a pair of surrogates");
  return text;
}
