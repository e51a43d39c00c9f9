/** The one of the words that is nearest to `given`, by Levenshtein distance. */
export function closestString(given: string, words: readonly string[]): string;

/** How many characters have to be added, removed or replaced to make one word of the other. */
export function levenshteinDistance(one: string, other: string): number;
