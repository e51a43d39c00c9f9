import { MAX_SOURCE_CHARS } from "../limits/manifests.ts";

/** Why nothing is taken from a source of that name, as a sentence, or `undefined` when it is. */
export function sourceProblem(source: string): string | undefined {
  if (/\p{Cc}/u.test(source)) return "The source has a control character.";
  if (source.length > MAX_SOURCE_CHARS && [...source].length > MAX_SOURCE_CHARS) {
    return `The source is longer than ${MAX_SOURCE_CHARS} characters.`;
  }
  if (!source.isWellFormed()) return "The source is no valid Unicode.";
  return undefined;
}
