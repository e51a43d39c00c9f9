/**
 * The bounds of what is logged and printed, each with its reason.
 * Those that a flag can change are the defaults of that flag.
 *
 * @module
 */

/** Bytes of a log file before the next one is begun: some 100,000 lines. */
export const LOG_MAX_BYTES = 10 * 1024 * 1024;

/** Log files that are kept: half a million lines, and no more than 50 MB of disk. */
export const LOG_FILES = 5;

/** Bytes that a server prints and that nobody has read yet, before it leaves some out. */
export const MAX_PRINT_QUEUE_BYTES = 8 * 1024 * 1024;

/** Time for what a server has printed to be read when it stops. */
export const PRINT_FLUSH_TIMEOUT_MS = 2_000;
