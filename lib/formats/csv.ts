/**
 * Dictionaries as tables of two columns, by RFC 4180. A manifest has the header `city,wagons`; any
 * other dictionary has `key,value`, its values in JSON, and so are names that have a control character
 * or begin with a quote: a row is always a line. Read is also what spreadsheets make of it: `;` and tabs
 * between the columns, a first line like `sep=;`, the columns the other way round, spaces in the header,
 * and empty columns and rows at the end.
 *
 * @module
 */

import { MAX_CITY_CHARS, MAX_WAGONS } from "../limits/manifests.ts";
import { cityProblem } from "../manifest/entries.ts";
import { TextLines } from "../manifest/lines.ts";
import { CsvRows, quoteField } from "./csv_rows.ts";
import { exactEntriesOf } from "./entries.ts";
import { checkExpandedSize } from "./expanded_size.ts";
import type { Format } from "./format.ts";
import { FormatError, type FormatPlace } from "./format_error.ts";
import { readJsonAt } from "./json_part.ts";
import { quoteJson, writeJson } from "./json_write.ts";
import { endOfStream } from "./stream_end.ts";
import { Tally } from "./tally.ts";
import { decodeText, encodeText } from "./text_bytes.ts";
import type { Dictionary, Value } from "./value.ts";
import { WrittenSize } from "./written_size.ts";

/** What spreadsheets have before the header, to say what is between the columns. */
const SEPARATOR_LINE = /^sep=[,;\t][ \t]*$/i;

/** Characters of the longest header that is known as one: a stream is looked at up to there. */
export const MAX_HEADER_CHARS = 64;

/** Names of cities as most are: these are good, and in NFC, without a closer look. */
const PLAIN_CITY = /^[A-Za-z0-9À-ÖØ-öø-ÿЁА-яё]+(?:[ .-]+[A-Za-z0-9À-ÖØ-öø-ÿЁА-яё]+)*$/;

/** The format csv. It has no end of its own: what follows belongs to it. */
export const csvFormat: Format = {
  name: "csv",
  isText: true,
  read(bytes) {
    const text = decodeText(bytes);
    const lines = new TextLines(text);
    const first = lines.next()!;
    const header = csvHeader(SEPARATOR_LINE.test(first) ? lines.next() ?? "" : first);
    const line = lines.number;
    if (header === undefined) {
      throw new FormatError("there is no header `city,wagons` or `key,value`", { line });
    }
    const rows = new CsvRows(text, header.separator, { at: lines.end, line });
    const dictionary = new Map<string, Value>();
    const tally = new Tally();
    for (let row; (row = rows.next()) !== undefined;) {
      const place = { line: row.line };
      const { isManifest, isTurned } = header;
      const [key, value] = isTurned ? [row.second, row.first] : [row.first, row.second];
      const name = isManifest ? cityOf(key, place) : nameOf(key, place);
      const before = dictionary.size;
      dictionary.set(name, isManifest ? countOf(value, place) : readJsonAt(value, place, tally));
      if (dictionary.size === before) throw new FormatError(`${show(name)} comes twice`, place);
    }
    if (!header.isManifest) checkExpandedSize(dictionary, new Set());
    return dictionary;
  },
  write(dictionary) {
    checkExpandedSize(dictionary, new Set());
    return encodeText(
      exactEntriesOf(dictionary) ? writeManifest(dictionary) : writeRows(dictionary),
    );
  },
  findEnd: endOfStream,
};

/** What the header of a table says. */
interface CsvHeader {
  /** The columns are cities and wagons; else keys and values. */
  readonly isManifest: boolean;
  /** The second column is the first one. */
  readonly isTurned: boolean;
  /** What is between them. */
  readonly separator: string;
}

/** Whether the first line of a text is that of a table of ours. */
export function beginsTable(line: string): boolean {
  return SEPARATOR_LINE.test(line) || csvHeader(line) !== undefined;
}

/** What a line says that is a header of ours; `undefined`: it is none. */
function csvHeader(line: string): CsvHeader | undefined {
  if (line.length > MAX_HEADER_CHARS) return undefined;
  for (const separator of [",", ";", "\t"]) {
    const names = line.split(separator).map(nameOfColumn);
    while (names.at(-1) === "") names.pop();
    const isTurned = names[0] === "wagons" || names[0] === "value";
    const columns = (isTurned ? names.toReversed() : names).join();
    if (columns !== "city,wagons" && columns !== "key,value") continue;
    return { isManifest: columns === "city,wagons", isTurned, separator };
  }
  return undefined;
}

function nameOfColumn(field: string): string {
  const [, quoted, plain] = /^[ \t]*(?:"([^"]*)"|([^"]*))[ \t]*$/.exec(field) ?? [];
  // No name of a column has a quote.
  return (quoted ?? plain ?? '"').trim().toLowerCase();
}

function cityOf(field: string, place: FormatPlace): string {
  if (field.length <= MAX_CITY_CHARS && PLAIN_CITY.test(field)) return field;
  // What is far too long is not normalised: that takes time with the square of the length.
  const city = field.length > 4 * MAX_CITY_CHARS ? field : field.normalize("NFC");
  const problem = cityProblem(city);
  if (problem !== undefined) throw new FormatError(`the city ${show(city)} ${problem}`, place);
  return city;
}

function countOf(field: string, place: FormatPlace): number {
  // Fewer digits than the greatest number has.
  if (/^[0-9]{1,9}$/.test(field)) return Number(field);
  const digits = field.trim();
  if (!/^[0-9]+$/.test(digits)) throw new FormatError(`${show(digits)} is no whole number`, place);
  const wagons = Number(digits);
  if (wagons <= MAX_WAGONS) return wagons;
  throw new FormatError(`${show(digits)} is more than ${MAX_WAGONS}`, place);
}

function nameOf(field: string, place: FormatPlace): string {
  return field.startsWith('"') ? readJsonAt(field, place) as string : field;
}

function writeManifest(dictionary: Dictionary): string {
  let rows = "city,wagons\n";
  for (const [city, wagons] of dictionary) rows += `${quoteField(city)},${wagons}\n`;
  return rows;
}

function writeRows(dictionary: Dictionary): string {
  let rows = "key,value\n";
  const size = new WrittenSize();
  for (const [name, value] of dictionary) {
    const json = writeJson(name, size);
    const isPlain = json === `"${name}"`;
    // A text that looks like a token could be taken for the one that may follow a table.
    const isLikeToken = name.startsWith("gAAAAA");
    const field = quoteField(isPlain && !isLikeToken ? name : json);
    rows += `${field},${quoteField(writeJson(value, size))}\n`;
  }
  return rows;
}

/** Quoted, escaped, and cut where it is long. */
function show(text: string): string {
  return quoteJson(text.length > 40 ? `${text.slice(0, 39)}…` : text);
}
