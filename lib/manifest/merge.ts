import type { Entry } from "../wire/messages.ts";
import { parseManifestText } from "./text.ts";

/** A text and where it came from. */
export interface NamedText {
  /** For messages. */
  readonly name: string;
  /** Lines of `City = count`. */
  readonly text: string;
}

/** What several texts say together. */
export interface Merged {
  /** In the order in which the cities come first; the last count of a city is the one that stays. */
  readonly entries: Entry[];
  /** A sentence for each line that was not taken as it stands, with its place. */
  readonly problems: string[];
}

/** Reads several texts as one. A city that comes again, in whichever text, gets the new count. */
export function mergeTexts(texts: readonly NamedText[]): Merged {
  const found = new Map<string, { wagons: number; place: string }>();
  const problems: string[] = [];
  for (const { name, text } of texts) {
    const parsed = parseManifestText(text);
    for (const { line, reason, skipped } of parsed.problems) {
      problems.push(`${name}, line ${line}${skipped ? " skipped" : ""}: ${reason}`);
    }
    for (const { city, wagons } of parsed.entries) {
      const place = `${name}, line ${parsed.lineOf.get(city)}`;
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
  return { entries: Array.from(found, ([city, { wagons }]) => ({ city, wagons })), problems };
}
