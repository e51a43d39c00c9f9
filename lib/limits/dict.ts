/**
 * The bounds of what comes by the dict dialect and by `POST /dictionary`, each with its reason.
 *
 * @module
 */

import { MAX_DICTIONARY_BYTES } from "./formats.ts";

/**
 * Bytes of the token behind a dictionary. It opens only when all of it is there, takes six times as
 * much memory then, and the server for a fifth of a second. What is in it is three quarters as long:
 * a text has less, and other files can be put by tcp.
 */
export const MAX_DICT_TOKEN_BYTES = 32 * 1024 * 1024;

/**
 * Bytes that come by a listener of the dict dialect and are not whole, of all connections together,
 * beyond those that each may hold: three of the longest tokens.
 */
export const MAX_DICT_PENDING_BYTES = 96 * 1024 * 1024;

/**
 * Bytes that one connection by dict has time for as much as a frame has: who sends a longer part gets
 * the time anew, and who sends a byte now and then has none.
 */
export const DICT_STEP_BYTES = 1024 * 1024;

/**
 * Bytes of what counts as a long dictionary, with what came with it: one at a time is read and kept.
 * One read of a connection brings no two of them.
 */
export const LONG_DICTIONARY_BYTES = 64 * 1024;

/**
 * The longest time that is left to all others between two long ones that wait for each other: the reads
 * of hundreds of connections take less.
 */
export const MAX_LONG_PAUSE_MS = 250;

/**
 * Shorter ones that are read and kept at once: each takes some 13 MB at the very most, as 200 bytes for
 * each byte of the most hostile.
 */
export const SHORT_DICTIONARIES_AT_ONCE = 16;

/** Bytes of a dictionary's token by HTTP: a token is a third longer than what is in it. */
export const MAX_DICTIONARY_TOKEN_BYTES: number = Math.ceil(MAX_DICTIONARY_BYTES * 4 / 3) + 128;

/** Pieces in which such a token comes, some 200 bytes of memory each beside its own: as packets of 700. */
export const MAX_DICTIONARY_PIECES = 32_768;

/**
 * Bytes of such tokens that are not whole, of all connections by HTTP together: four of the longest,
 * and of peers that have proven nothing two.
 */
export const MAX_DICTIONARIES_PENDING_BYTES = 96 * 1024 * 1024;
