/**
 * Texts as pickles of protocol 0 have them: in a line, with escapes.
 *
 * @module
 */

import { hexAt, TextUnits } from "./text_units.ts";

/** Why a text is none: what is wrong, as the end of a sentence about it. */
export class TextProblem {
  /** Takes why. */
  constructor(
    /** See {@linkcode TextProblem}. */
    readonly why: string,
  ) {}
}

/** The problem of bytes beyond ASCII in a `str` of Python 2. */
export const NOT_ASCII = new TextProblem("is bytes beyond ASCII, which are no text by themselves");
const HALF = new TextProblem("has half a character, which no UTF-8 can hold");

/** The argument of STRING: a `str` of Python 2 as its `repr` shows it, in quotes, with escapes. */
export function parseQuoted(line: string): string | TextProblem {
  const quote = line[0];
  if (line.length < 2 || (quote !== "'" && quote !== '"') || line.at(-1) !== quote) {
    return new TextProblem("is not in quotes");
  }
  const text = replaceEscapes(line.slice(1, -1), quotedEscape);
  return typeof text !== "string" || isAscii(text) ? text : NOT_ASCII;
}

/**
 * The argument of UNICODE, in Python's encoding `raw-unicode-escape`: Latin-1 with `\uXXXX` and
 * `\UXXXXXXXX`. A pair of `\uXXXX` that is one character of UTF-16 is two halves for Python 3.
 */
export function parseRawEscapes(line: string): string | TextProblem {
  return replaceEscapes(line, rawEscape);
}

/** A character and how many characters of the text stand for it. */
interface Escape {
  readonly point: number;
  readonly length: number;
}

/** Reads what begins with the backslash at a place; `undefined`: no escape, it stands as it is. */
type EscapeAt = (text: string, at: number) => Escape | TextProblem | undefined;

function replaceEscapes(text: string, escapeAt: EscapeAt): string | TextProblem {
  let at = text.indexOf("\\");
  if (at < 0) return text;
  const units = new TextUnits(text.length);
  let from = 0;
  while (at >= 0) {
    const escape = escapeAt(text, at);
    if (escape instanceof TextProblem) return escape;
    // What stands as it is takes the next character along, which may be a backslash.
    const next = Math.min(at + (escape?.length ?? 2), text.length);
    units.copy(text, from, escape === undefined ? next : at);
    if (escape !== undefined) units.pushPoint(escape.point);
    from = next;
    at = text.indexOf("\\", from);
  }
  units.copy(text, from, text.length);
  return units.toString();
}

/** Python leaves an escape that it does not know as it stands. */
function quotedEscape(text: string, at: number): ReturnType<EscapeAt> {
  const letter = text[at + 1] ?? "";
  const point = ESCAPES.get(letter);
  if (point !== undefined) return { point, length: 2 };
  if (letter >= "0" && letter <= "7") {
    const [digits] = /^[0-7]+/.exec(text.slice(at + 1, at + 4))!;
    // Of a number beyond a byte Python takes the lowest bits.
    return { point: parseInt(digits, 8) & 0xff, length: 1 + digits.length };
  }
  if (letter !== "" && letter !== "x") return undefined;
  const code = letter === "" ? undefined : hexAt(text, at + 2, 2);
  if (code !== undefined) return { point: code, length: 4 };
  return new TextProblem(`has the escape \\${letter}, which is cut off`);
}

function rawEscape(text: string, at: number): ReturnType<EscapeAt> {
  const letter = text[at + 1];
  if (letter !== "u" && letter !== "U") return undefined;
  const length = letter === "u" ? 6 : 10;
  const point = hexAt(text, at + 2, length - 2);
  if (point === undefined) return new TextProblem(`has the escape \\${letter}, which is cut off`);
  if (point >= 0xd800 && point <= 0xdfff) return HALF;
  if (point <= 0x10ffff) return { point, length };
  return new TextProblem(`has the escape ${text.slice(at, at + length)}, which is no character`);
}

/** The escapes of one letter. */
const ESCAPES: ReadonlyMap<string, number> = new Map(
  Object.entries({
    "\\": "\\",
    "'": "'",
    '"': '"',
    a: "\x07",
    b: "\b",
    f: "\f",
    n: "\n",
    r: "\r",
    t: "\t",
    v: "\v",
  })
    .map(([letter, character]) => [letter, character.charCodeAt(0)]),
);

/** Whether a text has no character beyond ASCII. */
export function isAscii(text: string): boolean {
  // deno-lint-ignore no-control-regex -- ASCII begins with 0.
  return /^[\x00-\x7f]*$/.test(text);
}
