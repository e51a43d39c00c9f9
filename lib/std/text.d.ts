/** The one of the words that is nearest to `given`, by Levenshtein distance. */
export function closestString(given: string, words: readonly string[]): string;
