/**
 * The text form of a manifest: a line for each city, `City = count`.
 *
 * @module
 */

import { MAX_CITY_CHARS, MAX_WAGONS } from "../limits/manifests.ts";
import type { Entry } from "../wire/messages.ts";
import { cityProblem } from "./entries.ts";
import { TextLines } from "./lines.ts";

/** A line that was not taken as it stands. */
export interface LineProblem {
  /** Counted from 1. */
  readonly line: number;
  /** What is wrong with it, as a part of a sentence. */
  readonly reason: string;
  /** The line was skipped; else it was taken, and an earlier one of the same city was not. */
  readonly skipped: boolean;
}

/** What a text says. */
export interface ParsedText {
  /** In the order of the lines; a city that comes again keeps its place and gets the new count. */
  readonly entries: Entry[];
  /** In the order of the lines. */
  readonly problems: LineProblem[];
  /** The line of each city that counts, from 1. */
  readonly lineOf: ReadonlyMap<string, number>;
}

const SHOWN_CHARS = 40;

/**
 * Reads a text line by line: any text but `=`, then `=`, then a whole number from 0 to 4294967295,
 * with free spaces around each. Names are normalised to NFC. Blank lines and lines that begin with
 * `#` say nothing; any other line is skipped and reported. Never throws.
 */
export function parseManifestText(text: string): ParsedText {
  const found = new Map<string, { wagons: number; line: number }>();
  const problems: LineProblem[] = [];
  // A byte order mark goes with the spaces.
  const lines = new TextLines(text);
  for (let content; (content = lines.next()) !== undefined;) {
    const trimmed = content.trim();
    if (trimmed === "" || trimmed.startsWith("#")) continue;
    const line = lines.number;
    const entry = parseLine(trimmed);
    if (typeof entry === "string") {
      problems.push({ line, reason: entry, skipped: true });
      continue;
    }
    const earlier = found.get(entry.city);
    if (earlier !== undefined) {
      const reason = `${entry.city} stands in line ${earlier.line} already: ` +
        `${entry.wagons} counts, not ${earlier.wagons}`;
      problems.push({ line, reason, skipped: false });
    }
    found.set(entry.city, { wagons: entry.wagons, line });
  }
  const entries = Array.from(found, ([city, { wagons }]) => ({ city, wagons }));
  const lineOf = new Map(Array.from(found, ([city, { line }]) => [city, line]));
  return { entries, problems, lineOf };
}

/** Reads one line that is neither blank nor a comment; gives the reason when it is no entry. */
function parseLine(line: string): Entry | string {
  const parts = line.split("=");
  if (parts.length !== 2) {
    return parts.length < 2 ? `${show(line)} has no '='` : `${show(line)} has more than one '='`;
  }
  const name = parts[0]!.trim();
  // What is far too long is not normalised: that takes time with the square of the length.
  const city = name.length > 4 * MAX_CITY_CHARS ? name : name.normalize("NFC");
  const count = parts[1]!.trim();
  const problem = cityProblem(city);
  if (problem !== undefined) return `the city ${show(city)} ${problem}`;
  if (!/^[0-9]+$/.test(count)) return `${show(count)} is no whole number`;
  const wagons = Number(count);
  if (wagons > MAX_WAGONS) return `${show(count)} is more than ${MAX_WAGONS}`;
  return { city, wagons };
}

/** The text form of entries, a line each, with a line break at the end of each. */
export function formatManifestText(entries: readonly Entry[]): string {
  return entries.map(({ city, wagons }) => `${city} = ${wagons}\n`).join("");
}

/**
 * A JSON object with a member for each city, in the order of the entries. Written by hand because
 * a JavaScript object puts names like "1941" first.
 */
export function formatManifestJson(entries: readonly Entry[]): string {
  const members = entries.map(({ city, wagons }) => `${JSON.stringify(city)}:${wagons}`);
  return `{${members.join(",")}}`;
}

/** Quoted, escaped, and cut where it is long. */
function show(text: string): string {
  return JSON.stringify(
    text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS - 1)}…` : text,
  );
}
