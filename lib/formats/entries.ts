/**
 * Manifests as dictionaries: which dictionary is one, and which dictionary one is.
 *
 * @module
 */

import { cityProblem, entriesProblem } from "../manifest/entries.ts";
import { MAX_CITY_CHARS } from "../limits/manifests.ts";
import type { Entry } from "../wire/messages.ts";
import { FormatError } from "./format_error.ts";
import { quoteJson } from "./json_write.ts";
import { type Dictionary, isDictionary, isList, type Value } from "./value.ts";

/** The dictionary of cities and counts, in the order of the entries. */
export function dictionaryOf(entries: readonly Entry[]): Dictionary {
  return new Map(entries.map(({ city, wagons }) => [city, wagons]));
}

/**
 * The entries of a dictionary that is a manifest: all its values are counts, and each name is one of a
 * city, which is normalised to NFC. Else why it is none, as a sentence.
 */
export function entriesOf(dictionary: Dictionary): Entry[] | string {
  const entries: Entry[] = [];
  for (const [name, wagons] of dictionary) {
    // What is far too long is not normalised: that takes time with the square of the length.
    const city = name.length > 4 * MAX_CITY_CHARS ? name : name.normalize("NFC");
    if (typeof wagons !== "number" || Object.is(wagons, -0)) return noCount(city, wagons);
    entries.push({ city, wagons });
  }
  return entriesProblem(entries) ?? entries;
}

/**
 * The entries of a dictionary that is a manifest and says exactly them: its names are in NFC already.
 * What is written in a form of manifests is read as the same dictionary then.
 */
export function exactEntriesOf(dictionary: Dictionary): Entry[] | undefined {
  const entries = entriesOf(dictionary);
  if (typeof entries === "string") return undefined;
  return entries.every(({ city }) => dictionary.has(city)) ? entries : undefined;
}

function noCount(city: string, value: Value): string {
  const shown = quoteJson(city.slice(0, 40));
  const problem = cityProblem(city);
  if (problem !== undefined) return `The city ${shown} ${problem}.`;
  return `The city ${shown} has ${describe(value)} where a whole number of wagons stands.`;
}

function describe(value: Value): string {
  switch (typeof value) {
    case "string":
      return "a text";
    case "boolean":
      return "true or false";
    case "bigint":
      return "a number beyond 2^53";
  }
  if (value === null) return "nothing";
  if (isList(value)) return "a list";
  return isDictionary(value) ? "a dictionary" : "a floating number";
}

/**
 * What was read of a format as a dictionary: it is one, or a list of entries {city, wagons}.
 *
 * @throws {FormatError} when it is neither, or a city comes twice.
 */
export function asDictionary(value: Value): Dictionary {
  if (isDictionary(value)) return value;
  if (!isList(value)) throw new FormatError("it is no dictionary but a single value");
  const counts = new Map<string, Value>();
  for (const [i, entry] of value.entries()) {
    const city = isDictionary(entry) && entry.size === 2 ? entry.get("city") : undefined;
    const wagons = isDictionary(entry) ? entry.get("wagons") : undefined;
    if (typeof city !== "string" || wagons === undefined) {
      throw new FormatError(`the value ${i + 1} of the list is no entry {city, wagons}`);
    }
    if (counts.has(city)) {
      throw new FormatError(`the city ${quoteJson(city.slice(0, 40))} comes twice`);
    }
    counts.set(city, wagons);
  }
  return counts;
}
