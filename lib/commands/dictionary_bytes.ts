/**
 * Dictionaries from bytes and to bytes, as commands do it: what a format refuses is told with the name
 * of the input and of the format.
 *
 * @module
 */

import { extname } from "node:path";
import { concat } from "../bytes.ts";
import { BadInputError, UsageError } from "../errors.ts";
import type { FormatName } from "../formats/format.ts";
import { FormatError } from "../formats/format_error.ts";
import { formatOf } from "../formats/mod.ts";
import { globalAt } from "../formats/pickle_global.ts";
import type { Dictionary } from "../formats/value.ts";
import { showable } from "../ui.ts";
import type { Run } from "./command.ts";

/** What files are called, by format. */
const EXTENSIONS: Readonly<Record<string, FormatName>> = {
  ".txt": "text",
  ".json": "json",
  ".xml": "xml",
  ".msgpack": "msgpack",
  ".pickle": "pickle",
  ".pkl": "pickle",
  ".csv": "csv",
};

/** The format that the name of a file says; `undefined`: it says none. */
export function formatByName(path: string): FormatName | undefined {
  const extension = extname(path).toLowerCase();
  return Object.hasOwn(EXTENSIONS, extension) ? EXTENSIONS[extension] : undefined;
}

/** How to save a text so that it is read. */
export const SAVE_AS_UTF8 = "Save it as UTF-8 (in a spreadsheet: CSV UTF-8).";

/** What is said where a format is not the one that the user has named. */
export interface ParseOptions {
  /** The user has named the format. Default: it is what the bytes look like. */
  isNamed?: boolean;
}

/**
 * The dictionary that the bytes of an input are.
 *
 * @throws {BadInputError} when they are none in that format, or one that is not taken.
 */
export function parseDictionary(
  name: string,
  bytes: Uint8Array,
  format: FormatName,
  { isNamed = false }: ParseOptions = {},
): Dictionary {
  return told(
    `Cannot read ${name} as ${format}`,
    (error) => hintFor(error, bytes, format) ?? (isNamed ? undefined : otherFormat(name, format)),
    () => formatOf(format).read(bytes),
  );
}

/** What to do about a dictionary that is in that format, and is not taken. */
function hintFor(error: FormatError, bytes: Uint8Array, format: FormatName): string | undefined {
  const { at } = error;
  if (format === "pickle" && at !== undefined && "byte" in at) {
    const imported = globalAt(bytes, at.byte);
    if (imported === undefined) return undefined;
    return `It needs ${imported}, which is no plain data: pickle dict(x) of it instead.`;
  }
  return (format === "csv" || format === "text") && !isUtf8(bytes) ? SAVE_AS_UTF8 : undefined;
}

/** What to do where the name of a file says another format than its bytes. */
function otherFormat(name: string, format: FormatName): string | undefined {
  const named = formatByName(name);
  if (named === undefined || named === format) return undefined;
  return `It looks like ${format}, and its name says ${named}: wagons convert --from ${named} reads it as that.`;
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/**
 * The bytes of a dictionary in a format.
 *
 * @throws {BadInputError} when the format cannot say it.
 */
export function writeAs(
  dictionary: Dictionary,
  format: FormatName,
  pickleProtocol?: number,
): Uint8Array {
  return told(
    `Cannot write it as ${format}`,
    () => "Where there is a choice, name another format with --format.",
    () =>
      formatOf(format).write(dictionary, pickleProtocol === undefined ? {} : { pickleProtocol }),
  );
}

/**
 * The same for a file or a screen: lines of text end with a line break.
 *
 * @throws {BadInputError} as {@linkcode writeAs} does.
 */
export function writeForPeople(
  dictionary: Dictionary,
  format: FormatName,
  pickleProtocol?: number,
): Uint8Array {
  const bytes = writeAs(dictionary, format, pickleProtocol);
  const isWhole = !formatOf(format).isText || bytes.at(-1) === LINE_FEED;
  return isWhole ? bytes : concat([bytes, Uint8Array.of(LINE_FEED)]);
}

const LINE_FEED = 0x0a;

/**
 * Checks that `--pickle-protocol`, if it stands on the command line, is for a pickle.
 *
 * @throws {UsageError} when it is not.
 */
export function checkPickleFlag(flags: Run["flags"], format: FormatName): void {
  if (flags.pickleProtocol === undefined || format === "pickle") return;
  throw new UsageError(`--pickle-protocol does nothing for ${format}: leave it out`);
}

function told<T>(
  what: string,
  hintOf: (error: FormatError) => string | undefined,
  work: () => T,
): T {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    const hint = hintOf(error);
    const options = hint === undefined ? { cause: error } : { cause: error, hint };
    throw new BadInputError(`${what}: ${showable(error.message)}`, options);
  }
}
