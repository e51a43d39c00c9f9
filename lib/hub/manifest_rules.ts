import { MAX_SOURCE_CHARS } from "../limits.ts";
import { entriesProblem } from "../manifest/entries.ts";
import type { Manifest } from "../wire/messages.ts";

/** Why a server does not keep a manifest, as a sentence, or `undefined` when it does. */
export function manifestProblem(manifest: Manifest): string | undefined {
  const { source, entries } = manifest;
  if (/\p{Cc}/u.test(source)) return "The source has a control character.";
  if (source.length > MAX_SOURCE_CHARS && [...source].length > MAX_SOURCE_CHARS) {
    return `The source is longer than ${MAX_SOURCE_CHARS} characters.`;
  }
  return entriesProblem(entries);
}
