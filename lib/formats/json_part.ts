import { FormatError, type FormatPlace } from "./format_error.ts";
import { readJson } from "./json_read.ts";
import type { Tally } from "./tally.ts";
import type { Value } from "./value.ts";

/**
 * Reads a value that stands in a text of another format as JSON. Takes the tally of all of that text.
 *
 * @throws {FormatError} with that place, when it is no JSON, or a value that is not taken.
 */
export function readJsonAt(json: string, place: FormatPlace, tally?: Tally): Value {
  try {
    return readJson(json, tally);
  } catch (error) {
    if (error instanceof FormatError) throw new FormatError(error.what, place);
    throw error;
  }
}
