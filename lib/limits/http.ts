/**
 * The bounds of HTTP and WebSockets, each with its reason.
 * Those that a flag can change are the defaults of that flag.
 *
 * @module
 */

/** Bytes of all headers of a request by HTTP: what browsers send has some 2 KiB. */
export const MAX_HTTP_HEADER_BYTES = 16 * 1024;

/**
 * Time without a request by HTTP before a connection is closed, and by WebSocket without a byte:
 * longer than programs that ask every half a minute leave between. By WebSocket, half of it without a
 * byte makes the server ask whether the other side is there.
 */
export const IDLE_TIMEOUT_MS = 75_000;

/**
 * Requests of one connection by HTTP whose answers are not all sent: some 5 KB each. The runtime
 * reads on while they wait, so whoever sends more at once is cut off.
 */
export const MAX_PIPELINED_REQUESTS = 100;

/**
 * Tokens that one connection by HTTP posts in a second: a fifth of what a core opens and answers.
 * What is more is answered later.
 */
export const MAX_POSTS_PER_SECOND = 3_000;

/**
 * Tokens that one peer by WebSocket sends in a second: a program that reports ten times a second is
 * far from it, and each goes to everybody. What is more is read later. One that is longer than
 * {@linkcode WEBSOCKET_TOKEN_UNIT_BYTES} counts for several.
 */
export const MAX_WEBSOCKET_TOKENS_PER_SECOND = 100;

/** See {@linkcode MAX_WEBSOCKET_TOKENS_PER_SECOND}: a page of text has less. */
export const WEBSOCKET_TOKEN_UNIT_BYTES = 16 * 1024;

/**
 * Answers to pings that wait for one peer by WebSocket, some 500 bytes each: those to all pings of one
 * read do, and programs send one every some seconds.
 */
export const MAX_WAITING_PONGS = 1_000;

/** Fragments of a message by WebSocket, some 200 bytes of memory each: programs send one or a few. */
export const MAX_WEBSOCKET_FRAGMENTS = 1024;

/**
 * Pieces in which a token comes by HTTP or WebSocket, some 200 bytes of memory each beside its own:
 * the longest one in packets of 512 bytes.
 */
export const MAX_TOKEN_PIECES = 2048;

/**
 * Bytes that each request by HTTP or WebSocket may hold while it is not whole: with what a message
 * between people has, 10,000 peers hold 160 MB.
 */
export const FREE_PENDING_BYTES = 16 * 1024;

/** Bytes that all of them together may hold beyond that: 64 of the longest. */
export const MAX_PENDING_BYTES = 64 * 1024 * 1024;

/**
 * The part of that for peers that have not proven the key: enough for who posts a long manifest first,
 * and whoever fills it keeps out only others like himself.
 */
export const STRANGERS_PENDING_SHARE = 0.5;
