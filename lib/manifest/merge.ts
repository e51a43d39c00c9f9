import type { Entry } from "../wire/messages.ts";
import { type LineProblem, parseManifestText } from "./text.ts";

/** A text and where it came from. */
export interface NamedText {
  /** For messages. */
  readonly name: string;
  /** Lines of `City = count`. */
  readonly text: string;
}

/** Entries that came in another form than that of a text, and where from. */
export interface NamedEntries {
  /** For messages. */
  readonly name: string;
  /** No city twice. */
  readonly entries: readonly Entry[];
}

/** What several inputs say together. */
export interface Merged {
  /** In the order in which the cities come first; the last count of a city is the one that stays. */
  readonly entries: Entry[];
  /** A sentence for each line that was not taken as it stands, with its place. */
  readonly problems: string[];
  /** A sentence for each text that may be something else: for the first line that looks so. */
  readonly doubts: string[];
}

/**
 * Reads several texts and entries of other forms as one. A city that comes again, in whichever of
 * them, gets the new count.
 */
export function mergeInputs(inputs: readonly (NamedText | NamedEntries)[]): Merged {
  const found = new Map<string, { wagons: number; place: string }>();
  const problems: string[] = [];
  const doubts: string[] = [];
  for (const input of inputs) {
    const { entries, placeOf, lineProblems } = readOne(input);
    for (const { line, reason, skipped } of lineProblems) {
      problems.push(`${input.name}, line ${line}${skipped ? " skipped" : ""}: ${reason}`);
    }
    const quoted = "text" in input ? entries.find(({ city }) => JSON_TEXT.test(city)) : undefined;
    if (quoted !== undefined) {
      doubts.push(
        `${
          placeOf(quoted.city)
        }: the city ${quoted.city} has quotes around it: is the first line, ` +
          "# wagons: dictionary, missing?",
      );
    }
    for (const { city, wagons } of entries) {
      const place = placeOf(city);
      const earlier = found.get(city);
      if (earlier !== undefined) {
        problems.push(
          `${place}: ${city} stands in ${earlier.place} already: ${wagons} counts, ` +
            `not ${earlier.wagons}`,
        );
      }
      found.set(city, { wagons, place });
    }
  }
  return {
    entries: Array.from(found, ([city, { wagons }]) => ({ city, wagons })),
    problems,
    doubts,
  };
}

/** A city may be called so; but so are all names of a dictionary that is no manifest, in its lines. */
const JSON_TEXT = /^"(?:[^"\\]|\\.)*"$/;

/** What one input says, and how the place of a city in it is named. */
interface ReadInput {
  readonly entries: readonly Entry[];
  readonly placeOf: (city: string) => string;
  readonly lineProblems: readonly LineProblem[];
}

function readOne(input: NamedText | NamedEntries): ReadInput {
  const { name } = input;
  if ("entries" in input) {
    return { entries: input.entries, placeOf: () => name, lineProblems: [] };
  }
  const { entries, problems, lineOf } = parseManifestText(input.text);
  return {
    entries,
    placeOf: (city) => `${name}, line ${lineOf.get(city)}`,
    lineProblems: problems,
  };
}
