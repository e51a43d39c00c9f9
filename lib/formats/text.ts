/**
 * Dictionaries as lines of text. A manifest is a line for each city, `City = count`, as system A has
 * it. Any other dictionary begins with the line `# wagons: dictionary`, and then has a line for each
 * name, `"name" = value`, both in JSON. Blank lines and lines that begin with `#` say nothing.
 *
 * @module
 */

import { TextLines } from "../manifest/lines.ts";
import { formatManifestText, parseManifestText } from "../manifest/text.ts";
import { dictionaryOf, exactEntriesOf } from "./entries.ts";
import { checkExpandedSize } from "./expanded_size.ts";
import type { Format } from "./format.ts";
import { FormatError } from "./format_error.ts";
import { readJsonAt } from "./json_part.ts";
import { quoteJson, writeJson } from "./json_write.ts";
import { endOfStream } from "./stream_end.ts";
import { Tally } from "./tally.ts";
import { decodeText, encodeText } from "./text_bytes.ts";
import type { Dictionary, Value } from "./value.ts";
import { WrittenSize } from "./written_size.ts";

/** The first line of a dictionary that is no manifest. To a reader of manifests it is a comment. */
const FIRST_LINE = "# wagons: dictionary";

/** The format text. It has no end of its own: what follows belongs to it. */
export const textFormat: Format = {
  name: "text",
  isText: true,
  read(bytes) {
    const text = decodeText(bytes);
    const line = documentLine(text);
    if (line === undefined) return readManifest(text);
    if (line > 1) throw new FormatError(SEVERAL_RECORDS, { line });
    return readLines(text);
  },
  write(dictionary) {
    checkExpandedSize(dictionary, new Set());
    const entries = exactEntriesOf(dictionary);
    return encodeText(entries === undefined ? writeLines(dictionary) : formatManifestText(entries));
  },
  findEnd: endOfStream,
};

/**
 * The line, from 1, which says that a dictionary follows that is no manifest: where it is the first
 * one, that is all of the text; else something stands before it that is another record. `undefined`:
 * there is no such line.
 */
export function documentLine(text: string): number | undefined {
  if (!text.includes(FIRST_LINE)) return undefined;
  const lines = new TextLines(text);
  for (let line; (line = lines.next()) !== undefined;) if (isFirstLine(line)) return lines.number;
  return undefined;
}

function isFirstLine(line: string): boolean {
  return line.startsWith(FIRST_LINE) && line.trimEnd() === FIRST_LINE;
}

/** Why a text is not taken that has such a line where it is not the first one. */
export const SEVERAL_RECORDS =
  `the line ${FIRST_LINE} is not the first one: these are several records, or its beginning is missing`;

function readManifest(text: string): Dictionary {
  const { entries, problems: [problem] } = parseManifestText(text);
  if (problem !== undefined) throw new FormatError(problem.reason, { line: problem.line });
  if (entries.length === 0) throw new FormatError("there is no line `City = count`");
  return dictionaryOf(entries);
}

function writeLines(dictionary: Dictionary): string {
  let lines = `${FIRST_LINE}\n`;
  const size = new WrittenSize();
  for (const [name, value] of dictionary) {
    lines += `${writeJson(name, size)} = ${writeJson(value, size)}\n`;
  }
  return lines;
}

function readLines(text: string): Dictionary {
  const dictionary = new Map<string, Value>();
  const lines = new TextLines(text);
  const tally = new Tally();
  for (let untrimmed; (untrimmed = lines.next()) !== undefined;) {
    const line = untrimmed.trim();
    const place = { line: lines.number };
    if (place.line > 1 && isFirstLine(untrimmed)) throw new FormatError(SEVERAL_RECORDS, place);
    if (line === "" || line.startsWith("#")) continue;
    const nameEnd = endOfQuoted(line);
    const equals = line.slice(nameEnd).trimStart();
    if (nameEnd === 0 || !equals.startsWith("=")) {
      throw new FormatError('it is no line `"name" = value`', place);
    }
    const quoted = line.slice(0, nameEnd);
    const name = readJsonAt(quoted, place) as string;
    if (dictionary.has(name)) {
      throw new FormatError(`the name ${quoteJson(name.slice(0, 40))} comes twice`, place);
    }
    dictionary.set(name, readJsonAt(equals.slice(1), place, tally));
  }
  checkExpandedSize(dictionary, new Set());
  return dictionary;
}

/** Where the text in quotes ends that a line begins with; 0 when it begins with none. */
function endOfQuoted(line: string): number {
  if (!line.startsWith('"')) return 0;
  for (let at = 1; at < line.length; at++) {
    if (line[at] === "\\") at++;
    else if (line[at] === '"') return at + 1;
  }
  return 0;
}
