/**
 * Which format a dictionary is in, by its first bytes.
 *
 * @module
 */

import { parseManifestText } from "../manifest/text.ts";
import { beginsTable, MAX_HEADER_CHARS } from "./csv.ts";
import type { FormatName } from "./format.ts";
import { formatOf } from "./mod.ts";
import { looksLikePickle } from "./pickle_detect.ts";
import { isTokenLine } from "./token_line.ts";
import type { Dictionary } from "./value.ts";

/**
 * Bytes that are looked at: the longest line of a manifest has 4,000 for the city, and a few more.
 * What has no line break in so many begins with no line of a manifest.
 */
const LOOKED_AT_BYTES = 8_192;

const BOM = [0xef, 0xbb, 0xbf];

/** What begins with `{`, `[` and `<`. */
const MARKED: ReadonlyMap<number, FormatName> = new Map([
  [0x7b, "json"],
  [0x5b, "json"],
  [0x3c, "xml"],
]);

/**
 * The format of bytes, all of them or the first ones of a stream; `"more"` when the next ones decide,
 * which they do not where `isAll`, nor behind the first 8 KiB.
 *
 * MessagePack and pickles are known by their first bytes, JSON by `{` or `[`, XML by `<`, csv by a
 * header of ours, after a byte order mark and white space; what is left is text. As a city may be
 * called `{x}`, `<x>` or `(x`, what begins so is text nevertheless when its lines are ones of a
 * manifest. No JSON and no pickle is like that, and of XML only what has a `=` and digits at the end of
 * each line. Never throws.
 */
export function detectFormat(bytes: Uint8Array, isAll: true): FormatName;
/** The same for the first bytes. */
export function detectFormat(bytes: Uint8Array, isAll: boolean): FormatName | "more";
export function detectFormat(bytes: Uint8Array, isAll: boolean): FormatName | "more" {
  const window = bytes.subarray(0, LOOKED_AT_BYTES);
  const isEnough = isAll || bytes.length >= LOOKED_AT_BYTES;
  const marked = markedFormat(window, isAll, isEnough);
  if (marked === undefined) return detectLines(window, isEnough);
  if (marked === "more" || window[0]! >= 0x80 && !startsWithBom(window)) return marked;
  const isManifest = isManifestText(window, isAll && bytes.length === window.length, isEnough);
  if (isManifest === "more") return "more";
  return isManifest ? "text" : marked;
}

/**
 * Reads a dictionary that is all of the bytes, in the format of that name, or in the one that they
 * have by {@linkcode detectFormat}.
 *
 * @throws {FormatError} when they are none.
 */
export function readDictionary(
  bytes: Uint8Array,
  name?: FormatName,
): { format: FormatName; dictionary: Dictionary } {
  const format = name ?? detectFormat(bytes, true);
  return { format, dictionary: formatOf(format).read(bytes) };
}

/** The format that the first bytes are the mark of; `undefined`: of none. */
function markedFormat(
  bytes: Uint8Array,
  isAll: boolean,
  isEnough: boolean,
): FormatName | "more" | undefined {
  const isPickle = looksLikePickle(bytes, isAll);
  if (isPickle !== false) return isPickle === true ? "pickle" : "more";
  const isMsgpack = looksLikeMsgpack(bytes, isEnough);
  if (isMsgpack !== false) return isMsgpack === true ? "msgpack" : "more";
  let at = startsWithBom(bytes) ? BOM.length : 0;
  while (isSpace(bytes[at])) at++;
  const first = bytes[at];
  if (first !== undefined) return MARKED.get(first);
  return isEnough ? undefined : "more";
}

/** Whether it begins as a map or a list of MessagePack does. No other value of it is taken. */
function looksLikeMsgpack(bytes: Uint8Array, isEnough: boolean): boolean | "more" {
  const [first, second] = bytes;
  if (first === undefined || first < 0x80) return false;
  if (first <= 0x9f) return true;
  if (first < 0xdc || first > 0xdf) return false;
  // Behind it are two or four bytes of a length; or it is the first byte of a letter of N'Ko, Syriac,
  // or Thaana, as in the name of the capital of the Maldives.
  if (second === undefined) return isEnough || "more";
  if (second < 0x80 || second > 0xbf) return true;
  const line = firstLine(bytes);
  const text = textOf(line.bytes, line.isWhole);
  // deno-lint-ignore no-control-regex -- no line has these, and numbers and lengths are such
  if (text === undefined || /[\0-\x08\x0e-\x1f]/.test(text)) return true;
  return line.isWhole || isEnough ? false : "more";
}

function detectLines(bytes: Uint8Array, isEnough: boolean): FormatName | "more" {
  const line = firstLine(bytes);
  if (!line.isWhole && !isEnough && line.bytes.length <= MAX_HEADER_CHARS) return "more";
  const text = textOf(line.bytes, true);
  return text !== undefined && beginsTable(text) ? "csv" : "text";
}

/** Whether the lines are ones of a manifest, the last of them perhaps a token. */
function isManifestText(
  bytes: Uint8Array,
  isWhole: boolean,
  isEnough: boolean,
): boolean | "more" {
  const text = textOf(bytes, isWhole);
  if (text === undefined) return false;
  const lines = text.trimEnd().split(/\r\n|\n|\r/);
  // The last line may go on.
  if (!isWhole && !/[\r\n]$/.test(text)) lines.pop();
  else if (isTokenLine(lines.at(-1)!)) lines.pop();
  const { entries, problems } = parseManifestText(lines.join("\n"));
  if (problems.some(({ skipped }) => skipped)) return false;
  return isEnough ? entries.length > 0 : "more";
}

function firstLine(bytes: Uint8Array): { bytes: Uint8Array; isWhole: boolean } {
  const end = bytes.findIndex((byte) => byte === 0x0a || byte === 0x0d);
  return end < 0 ? { bytes, isWhole: false } : { bytes: bytes.subarray(0, end), isWhole: true };
}

/** The text of bytes that are UTF-8 but for a last character that is cut. */
function textOf(bytes: Uint8Array, isWhole: boolean): string | undefined {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  // A character has at most four bytes.
  for (let cut = 0; cut <= (isWhole ? 0 : 3); cut++) {
    try {
      return decoder.decode(bytes.subarray(0, Math.max(bytes.length - cut, 0)));
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
    }
  }
  return undefined;
}

function startsWithBom(bytes: Uint8Array): boolean {
  return BOM.every((byte, i) => bytes[i] === byte);
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
