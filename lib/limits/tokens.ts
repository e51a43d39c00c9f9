/**
 * The bounds of Fernet tokens, by whichever way they come, each with its reason.
 * Those that a flag can change are the defaults of that flag.
 *
 * @module
 */

/**
 * How long a Fernet token is good, and how far its maker's clock may be ahead: clocks of machines
 * that nobody looks after differ by some minutes.
 */
export const TOKEN_LIFE_MS = 300_000;

/**
 * Bytes of a token that comes by HTTP or WebSocket: the longest text that can be said, in JSON with
 * each of its characters escaped, sealed and in base64, and a manifest of some 20,000 cities.
 */
export const MAX_TOKEN_BYTES = 1024 * 1024;

/**
 * Bytes in a token that others get by WebSocket. It is sealed anew for them, which adds the names of
 * fields that it left out and the mark of a server; programs of system B take no more than 1 MiB.
 */
export const MAX_RELAYED_TOKEN_BYTES: number = MAX_TOKEN_BYTES - 256;

/**
 * Ids of the last tokens that came, which are remembered for as long as a token can come again, and up
 * to twice as many: some 200 bytes each, with what each was used for. One peer by WebSocket sends 60,000 at its full pace in that
 * time.
 */
export const MAX_TOKEN_IDS = 100_000;

/** Bytes of the shortest Fernet token: a block of a message, a head, and an HMAC, in base64. */
export const MIN_TOKEN_BYTES = 100;
