/**
 * The bounds of the console chat, each with its reason.
 * Those that a flag can change are the defaults of that flag.
 *
 * @module
 */

/** Bytes of a text in the chat dialect: what people type is far shorter. */
export const MAX_CHAT_TEXT_BYTES = 64 * 1024;

/**
 * Bytes of a file in the chat dialect. The other end's programs hold it whole, and it cannot be
 * gone on with when the connection breaks.
 */
export const MAX_CHAT_FILE_BYTES = 64 * 1024 * 1024;

/**
 * Bytes of a file in the chat dialect that go out in one write with all that belongs to it. System C's
 * programs take what one read brings for the whole of it: through loopback that is some 100 KiB of a
 * write.
 */
export const CHAT_WHOLE_FILE_BYTES = 128 * 1024;

/** Bytes of a longer one that are read and written at a time: all that is held of it. */
export const CHAT_FILE_STEP_BYTES = 64 * 1024;

/** Bytes of files that a client of the chat dialect keeps until they are saved: what /tmp has room for. */
export const MAX_CHAT_SPOOL_BYTES = 512 * 1024 * 1024;

/** Time that a chat's server gets to read what was said last, when a client leaves: some round trips. */
export const CHAT_LEAVE_TIMEOUT_MS = 2_000;

/**
 * Bytes of a length's header in the chat dialect. Fewer than two cannot say how long a time is, and
 * more than some twenty digits say nothing.
 */
export const MIN_CHAT_HEADER_BYTES = 2;

/** See {@linkcode MIN_CHAT_HEADER_BYTES}. */
export const MAX_CHAT_HEADER_BYTES = 32;
