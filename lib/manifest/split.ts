import { BadInputError } from "../errors.ts";
import type { Entry } from "../wire/messages.ts";
import { formatManifestText } from "./text.ts";

/**
 * Cuts entries into runs whose text form takes at most `maxBytes` of UTF-8 each, in order, as few
 * as there can be.
 *
 * @throws {BadInputError} when the line of one entry alone takes more.
 */
export function splitEntries(entries: readonly Entry[], maxBytes: number): Entry[][] {
  const utf8 = new TextEncoder();
  const runs: Entry[][] = [];
  let run: Entry[] = [];
  let runBytes = 0;
  for (const entry of entries) {
    const bytes = utf8.encode(formatManifestText([entry])).length;
    if (bytes > maxBytes) {
      throw new BadInputError(
        `The line of ${entry.city.slice(0, 40)} takes ${bytes} bytes: one code holds ${maxBytes}`,
        { hint: "Shorten the name, or use a lower --level." },
      );
    }
    if (runBytes + bytes > maxBytes) {
      runs.push(run);
      run = [];
      runBytes = 0;
    }
    run.push(entry);
    runBytes += bytes;
  }
  if (run.length > 0) runs.push(run);
  return runs;
}
