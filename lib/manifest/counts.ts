/**
 * Manifests as JSON that programs send.
 *
 * @module
 */

import { asDictionary, entriesOf } from "../formats/entries.ts";
import { FormatError } from "../formats/format_error.ts";
import { readJson } from "../formats/json_read.ts";
import { type Dictionary, WholeFloat } from "../formats/value.ts";
import type { Entry } from "../wire/messages.ts";

/**
 * The entries in a JSON object of cities and counts, or in a list of entries {city, wagons}, in their
 * order, or why there are none, as a sentence. Cities are normalised to NFC. Counts like 5.0 are taken
 * as whole numbers: many programs know no others.
 */
export function readCounts(json: string): Entry[] | string {
  let counts: Dictionary;
  try {
    counts = asDictionary(readJson(json));
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return `The arguments are no JSON object of cities and counts: ${error.message}.`;
  }
  return entriesOf(
    new Map(Array.from(counts, ([city, wagons]) => [
      city,
      wagons instanceof WholeFloat ? wagons.value : wagons,
    ])),
  );
}
