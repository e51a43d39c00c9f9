/**
 * From the inputs that a user names to what they say together.
 *
 * @module
 */

import { BadInputError, UsageError } from "../errors.ts";
import { detectFormat } from "../formats/detect.ts";
import { dictionaryOf, entriesOf } from "../formats/entries.ts";
import type { FormatName } from "../formats/format.ts";
import { documentLine, SEVERAL_RECORDS } from "../formats/text.ts";
import type { Dictionary } from "../formats/value.ts";
import { decodeText, inputName, isStdin, readInput } from "../input.ts";
import { MAX_PICTURE_BYTES, MAX_TEXT_BYTES } from "../limits/manifests.ts";
import { TextLines } from "../manifest/lines.ts";
import { mergeInputs, type NamedEntries, type NamedText } from "../manifest/merge.ts";
import { showable, type Ui } from "../ui.ts";
import { counted, formatBytes } from "../units.ts";
import type { Entry } from "../wire/messages.ts";
import { parseDictionary, SAVE_AS_UTF8 } from "./dictionary_bytes.ts";
import { isPicture, type NamedPicture, readPictures } from "./read_pictures.ts";

/** What inputs say together. */
export interface Gathered {
  /** As it is written in a format. */
  readonly dictionary: Dictionary;
  /** The manifest that it is; or why it is none, as a sentence. */
  readonly entries: readonly Entry[] | string;
}

/** How inputs are read. */
export interface GatherOptions {
  /** A line of a text that is no entry is an error, and so is a dictionary that is no manifest. */
  strict: boolean;
  /** What each input is. Default: what it looks like, which may be a picture of QR codes. */
  from?: FormatName | undefined;
}

/** A dictionary and where it came from. */
interface NamedDictionary {
  readonly name: string;
  readonly dictionary: Dictionary;
}

/** What one input is, or one text of several pictures. */
type Input = NamedText | NamedDictionary;

/**
 * Reads inputs of any kind: manifests in any of the formats and pictures of QR codes, which make one
 * manifest together, or a single dictionary that is none. Lines of texts that are not taken are warned
 * of.
 *
 * @throws {UsageError} when one cannot be read or stdin is named twice, and {@linkcode BadInputError}
 * when one is none of these, is not taken, or says nothing.
 */
export async function gather(
  paths: readonly string[],
  { strict, from }: GatherOptions,
  ui: Ui,
): Promise<Gathered> {
  if (paths.filter(isStdin).length > 1) {
    throw new UsageError("stdin is named twice, and there is one");
  }
  const inputs: (Input & { index: number })[] = [];
  const pictures: NamedPicture[] = [];
  for (const [index, path] of paths.entries()) {
    const name = inputName(path);
    const bytes = await readInput(path, MAX_PICTURE_BYTES);
    if (from === undefined && isPicture(name, bytes)) {
      pictures.push({ name, bytes, index });
    } else inputs.push({ ...readOne(name, bytes, from), index });
  }
  if (pictures.length > 0) inputs.push(...await readPictures(pictures));
  // The last count of a city is the one that stays: what was named last comes last.
  return together(inputs.sort((a, b) => a.index - b.index), strict, ui);
}

/**
 * The manifest, or a part of one, that an input is which is no picture.
 *
 * @throws {BadInputError} when it is none.
 */
export function readManifest(name: string, bytes: Uint8Array): NamedText | NamedEntries {
  return asManifest(readOne(name, bytes, undefined));
}

function readOne(name: string, bytes: Uint8Array, from: FormatName | undefined): Input {
  if (bytes.length > MAX_TEXT_BYTES) {
    throw new BadInputError(
      `${name} has ${bytes.length} bytes: dictionaries go up to ${formatBytes(MAX_TEXT_BYTES)}`,
    );
  }
  const format = from ?? detectFormat(bytes, true);
  const isNamed = from !== undefined;
  if (format !== "text") {
    return { name, dictionary: parseDictionary(name, bytes, format, { isNamed }) };
  }
  const text = decodeText(
    bytes,
    name,
    `If it is a text: ${SAVE_AS_UTF8} Else name a PNG or JPEG picture of QR codes.`,
  );
  // Lines that are no entries are warned of, which a format cannot do.
  if (documentLine(text) !== 1) return { name, text };
  return { name, dictionary: parseDictionary(name, bytes, format) };
}

function together(inputs: readonly Input[], strict: boolean, ui: Ui): Gathered {
  const [first] = inputs;
  if (inputs.length === 1 && "dictionary" in first!) {
    const { name, dictionary } = first;
    const entries = entriesOf(dictionary);
    if (typeof entries === "string") {
      if (strict) throw noManifest(name, entries, "Mend it, or leave --strict out.");
      return { dictionary, entries };
    }
  }
  const entries = gatherEntries(inputs.map(asManifest), strict, ui);
  return { dictionary: dictionaryOf(entries), entries };
}

function asManifest(input: Input): NamedText | NamedEntries {
  if ("text" in input) return input;
  const { name, dictionary } = input;
  const entries = entriesOf(dictionary);
  if (typeof entries !== "string") return { name, entries };
  throw noManifest(
    name,
    entries,
    "Each value of one is a whole number of wagons; what is none is sent or converted alone.",
  );
}

function noManifest(name: string, why: string, hint: string): BadInputError {
  return new BadInputError(`${name} is no manifest: ${showable(why.replace(/\.$/, ""))}`, { hint });
}

/**
 * Reads inputs as one manifest. Lines that are not taken are warned of.
 *
 * @throws {BadInputError} when there is no entry, or, if it is `strict`, when any line is not taken.
 */
export function gatherEntries(
  inputs: readonly (NamedText | NamedEntries)[],
  strict: boolean,
  ui: Ui,
): Entry[] {
  for (const input of inputs) checkOneRecord(input);
  const { entries, problems, doubts } = mergeInputs(inputs);
  for (const text of [...problems, ...doubts]) ui.warn(showable(text));
  if (strict && problems.length > 0) {
    throw new BadInputError(
      `${counted(problems.length, "line is", "lines are")} not right, and --strict is set`,
      {
        hint: "Mend them, or leave --strict out to go on without them.",
      },
    );
  }
  if (entries.length === 0) {
    const names = inputs.map(({ name }) => name).join(", ");
    const isTable = inputs.every((input) => "text" in input && looksLikeTable(input.text));
    throw new BadInputError(`There is no entry in ${names}`, {
      hint: isTable
        ? "For a table of two columns, the first line has to be city,wagons."
        : "Write a line for each city, like: Москва = 7",
    });
  }
  return entries;
}

/** The lines of a dictionary that is no manifest are none of one, though they may look like it. */
function checkOneRecord(input: NamedText | NamedEntries): void {
  const line = "text" in input ? documentLine(input.text) : undefined;
  if (line === undefined) return;
  // Of files these are read as what they are: it was in a picture.
  if (line === 1) {
    throw new BadInputError(`${input.name} is no manifest: its first line says so`, {
      hint: "wagons qr read --raw prints the text as it stands.",
    });
  }
  throw new BadInputError(`${input.name}, line ${line}: ${SEVERAL_RECORDS}`, {
    hint: "Give each record a file of its own, which begins with that line.",
  });
}

/** Whether each line of a text is one as tables have them. */
function looksLikeTable(text: string): boolean {
  const lines = new TextLines(text);
  let count = 0;
  for (let line; (line = lines.next()) !== undefined;) {
    if (line.trim() === "") continue;
    if (!/[,;\t]/.test(line) || line.includes("=")) return false;
    count++;
  }
  return count > 0;
}
