/**
 * The rules for what a manifest says, the same wherever it comes from.
 *
 * @module
 */

import { MAX_CITY_CHARS, MAX_WAGONS } from "../limits/manifests.ts";
import type { Entry } from "../wire/messages.ts";

/**
 * What is wrong with the name of a city, as the end of a sentence that begins with "the city", or
 * `undefined` when nothing is. A good name is NFC, can stand before the `=` of a line, and cannot
 * do anything to a terminal.
 */
export function cityProblem(city: string): string | undefined {
  if (city === "") return "is empty";
  // First of all: normalising takes time that grows with the square of the length. A code point
  // takes one or two units, so only the doubtful ones are counted.
  const isDoubtful = city.length > MAX_CITY_CHARS && city.length <= 2 * MAX_CITY_CHARS;
  if ((isDoubtful ? [...city].length : city.length) > MAX_CITY_CHARS) {
    return `is longer than ${MAX_CITY_CHARS} characters`;
  }
  if (/[\p{Cc}\u2028\u2029]/u.test(city)) return "has a control character or a line break";
  // Unicode Standard Annex 9: these can make a line look like another one.
  if (/[\u202A-\u202E\u2066-\u2069]/.test(city)) {
    return "has a character that turns the text around";
  }
  if (city.includes("=")) return "has a '='";
  if (city.startsWith("#")) return "begins with '#'";
  if (city.trim() !== city) return "has spaces around it";
  if (!city.isWellFormed()) return "is no valid Unicode";
  if (city.normalize("NFC") !== city) return "is not in NFC";
  return undefined;
}

/**
 * What is wrong with the entries that a peer sent, as a sentence, or `undefined` when nothing is:
 * there is at least one, each city is good and comes once, each number is a whole one that fits.
 */
export function entriesProblem(entries: readonly Entry[]): string | undefined {
  if (entries.length === 0) return "The manifest has no entry.";
  const cities = new Set<string>();
  for (const { city, wagons } of entries) {
    const problem = cityProblem(city);
    if (problem !== undefined) return `The city ${JSON.stringify(city.slice(0, 40))} ${problem}.`;
    if (!Number.isInteger(wagons) || wagons < 0 || wagons > MAX_WAGONS) {
      return `${city} has ${wagons} wagons: a whole number from 0 to ${MAX_WAGONS} is needed.`;
    }
    if (cities.has(city)) return `The city ${city} comes twice.`;
    cities.add(city);
  }
  return undefined;
}
