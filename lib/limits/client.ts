/**
 * The bounds of clients and of what people type, each with its reason.
 * Those that a flag can change are the defaults of that flag.
 *
 * @module
 */

/** Time for a connection to be made. */
export const CONNECT_TIMEOUT_MS = 5_000;

/** Time for an answer, beyond the sleep that was asked for. */
export const ANSWER_TIMEOUT_MS = 10_000;

/**
 * UTF-16 code units in a line that is being typed or pasted: at most 48 KiB in UTF-8, less than the
 * 64 KiB that a text may have, and laid out anew at each key in some milliseconds.
 */
export const MAX_TYPED_CHARS = 16 * 1024;

/** Characters of a key's sequence that are looked at: none is longer, and what is pasted may be. */
export const MAX_KEY_SEQUENCE_CHARS = 16;

/** Lines that the arrow keys bring back. */
export const MAX_TYPED_LINES = 500;

/** Messages that wait for a connection or for their receipts: more than a person types in a day. */
export const MAX_WAITING_MESSAGES = 1_000;

/** Of those, sent and without their receipts: half of what a server takes of one member at once. */
export const MAX_UNRECEIPTED = 50;

/**
 * Ids of own messages that are remembered, to know them again in the history: some 100 bytes each.
 * They are needed for as long as one connection lasts.
 */
export const MAX_OWN_IDS = 100_000;

/** Events that are asked for at once; a server may give fewer. */
export const HISTORY_PAGE_EVENTS = 500;

/** Events that `--history` shows at most: they are all held until the first one is there. */
export const MAX_SHOWN_EVENTS = 10_000;

/** Files that can be saved by their numbers: some 300 bytes each. */
export const MAX_OFFERED_FILES = 1_000;

/** The wait before a lost connection is made again, and the longest to which it grows. */
export const RECONNECT_FIRST_MS = 1_000;

/** See {@linkcode RECONNECT_FIRST_MS}. */
export const RECONNECT_MAX_MS = 10_000;

/**
 * The wait before a datagram that was not answered is sent again: more than a round trip by radio.
 * It doubles each time, up to {@linkcode UDP_RESEND_MAX_MS}.
 */
export const UDP_RESEND_FIRST_MS = 250;

/** See {@linkcode UDP_RESEND_FIRST_MS}: 6 datagrams in the 10 s that an answer may take. */
export const UDP_RESEND_MAX_MS = 4_000;

/**
 * How long the answers to a broadcast are collected after the first, and how long an answer that is
 * an error may still be followed by a better one: some round trips on a slow network.
 */
export const ANSWERS_WAIT_MS = 1_000;

/** How often a WebSocket on which nothing comes is pinged; it is lost when nothing has come then. */
export const SOCKET_PING_MS = 20_000;

/** Time that the other end of a WebSocket gets to answer a close: some round trips. */
export const SOCKET_CLOSE_TIMEOUT_MS = 1_000;

/**
 * The time between a dictionary and the file behind it, by `dict://`: system E's server takes what its
 * first read brings for the dictionary and loses what came with it of the file.
 */
export const FILE_PAUSE_MS = 200;

/** Bytes of the line that a server answers a dictionary with: a sentence has some hundred. */
export const MAX_DICT_ANSWER_BYTES = 4096;
