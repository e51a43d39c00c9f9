/**
 * The bounds of dictionaries in other people's formats, each with its reason.
 *
 * @module
 */

/**
 * Bytes of a dictionary in any of its formats. It is read and written as a whole: its bytes, its text
 * and its values are in memory at the same time, and nobody else is served meanwhile.
 */
export const MAX_DICTIONARY_BYTES = 16 * 1024 * 1024;

/** Lists and dictionaries in each other. Nobody writes so many; each takes a place on the stack. */
export const MAX_DICTIONARY_DEPTH = 128;

/**
 * Values in a dictionary, itself and all that stands in it counted as often as it stands there: a
 * single one takes 8 to 32 bytes of memory, and one byte on the wire at least.
 */
export const MAX_DICTIONARY_VALUES = 4_194_304;

/**
 * Lists and dictionaries in a dictionary, counted like its values. An empty one may be a single byte on
 * the wire, and takes 200 bytes of memory: all of them take 55 MB. 10 MB of nested records in the
 * shortest format have some less, of 40 bytes each.
 */
export const MAX_DICTIONARY_CONTAINERS = 262_144;

/**
 * UTF-16 units of all texts and names in a dictionary, counted as often as they stand there: a format
 * in which they are written has a byte at least for each, and what is longer than
 * MAX_DICTIONARY_BYTES is not stored.
 */
export const MAX_DICTIONARY_CHARS: number = MAX_DICTIONARY_BYTES;

/**
 * Values on the stack of a pickle, 8 to 32 bytes of memory each. Python's picklers put a thousand at a
 * time there, but for tuples; some others all that a list or a dictionary has.
 */
export const MAX_PICKLE_STACK = 1_048_576;

/** Numbers that a pickle gives to its values, 8 bytes of memory each: one for each different text. */
export const MAX_PICKLE_MEMO = 2_097_152;

/** Decimal digits of a whole number: to read one takes time with the square of them. As CPython. */
export const MAX_WHOLE_DIGITS = 4_300;
