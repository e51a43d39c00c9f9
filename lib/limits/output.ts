/**
 * The bounds of what is logged and printed, each with its reason.
 * Those that a flag can change are the defaults of that flag.
 *
 * @module
 */

import { MAX_DICTIONARY_BYTES } from "./formats.ts";

/** Bytes of a log file before the next one is begun: some 100,000 lines. */
export const LOG_MAX_BYTES = 10 * 1024 * 1024;

/** Log files that are kept: half a million lines, and no more than 50 MB of disk. */
export const LOG_FILES = 5;

/**
 * Bytes that a server prints and that nobody has read yet, or no disk has taken, before it leaves some
 * out: several of the largest dictionaries, which may come at once. One longer record waits alone: it
 * is in memory anyway.
 */
export const MAX_PRINT_QUEUE_BYTES = 4 * MAX_DICTIONARY_BYTES;

/** Bytes that are printed to a file at once: that is no slower than more, and stays below any file. */
export const MAX_PRINT_BATCH_BYTES = 64 * 1024;

/** Time before it is tried again to print to a file that takes nothing: a person mends it meanwhile. */
export const PRINT_RETRY_MS = 1_000;

/** Bytes of a file that is printed to before the next one is begun: any editor opens so much. */
export const PRINT_MAX_BYTES = 10 * 1024 * 1024;

/** Files of what was printed that are kept, as of the log: no more than 50 MB of disk. */
export const PRINT_FILES = 5;

/** Time for what a server has printed to be read when it stops. */
export const PRINT_FLUSH_TIMEOUT_MS = 2_000;
