/**
 * Manifests as a JSON object of cities and counts, as programs send them.
 *
 * @module
 */

import { MAX_CITY_CHARS } from "../limits/manifests.ts";
import type { Entry } from "../wire/messages.ts";
import { cityProblem } from "./entries.ts";

/**
 * The entries in a JSON object of cities and counts, or why there are none, as a sentence. Cities are
 * normalised to NFC; whether they and the counts are good is for `entriesProblem`. The order is the
 * one of `JSON.parse`: cities whose names are whole numbers come first, and of one that comes twice
 * the last count is taken.
 */
export function readCounts(json: string): Entry[] | string {
  let counts: unknown;
  try {
    counts = JSON.parse(json);
  } catch {
    return "The arguments are no JSON: an object of cities and counts is needed.";
  }
  if (typeof counts !== "object" || counts === null || Array.isArray(counts)) {
    return "The arguments are no JSON object of cities and counts.";
  }
  const entries: Entry[] = [];
  for (const [name, wagons] of Object.entries(counts)) {
    // What is far too long is not normalised: that takes time with the square of the length.
    const city = name.length > 4 * MAX_CITY_CHARS ? name : name.normalize("NFC");
    if (typeof wagons !== "number") return noCount(city, wagons);
    // JSON has a zero below zero.
    entries.push({ city, wagons: wagons + 0 });
  }
  return entries;
}

function noCount(city: string, value: unknown): string {
  const shown = JSON.stringify(city.slice(0, 40));
  const problem = cityProblem(city);
  if (problem !== undefined) return `The city ${shown} ${problem}.`;
  const what = value === null
    ? "null"
    : Array.isArray(value)
    ? "a list"
    : { string: "a text", boolean: "true or false" }[typeof value as string] ?? "an object";
  return `The city ${shown} has ${what} where a whole number of wagons stands.`;
}
