/**
 * The bounds of connections and their peers, whatever they speak, each with its reason.
 * Those that a flag can change are the defaults of that flag.
 *
 * @module
 */

/** Bytes in a frame's body. A manifest of 20,000 cities fits; a peer can make us hold no more. */
export const MAX_FRAME_BYTES = 1024 * 1024;

/**
 * Bytes in the body of a frame of a peer that has proved nothing, where a proof is wanted: a Hello
 * has 23 bytes and a slow request 8. A thousand such peers can make us hold 4 MB and not 1 GB.
 */
export const MAX_UNTRUSTED_FRAME_BYTES = 4 * 1024;

/**
 * What a seal adds to a message: 16 bytes of tag, and at most 13 of Protocol Buffers around them.
 * A frame of a sealed message may be longer by that.
 */
export const SEAL_OVERHEAD_BYTES = 32;

/** Connections served at once. An idle one costs some 20 KiB, so 10,000 cost 200 MB. */
export const MAX_CONNECTIONS = 10_000;

/**
 * Connections of one address of another machine: a tenth of all, and more than all programs behind
 * one address translator need. One peer alone cannot keep the others out.
 */
export const MAX_CONNECTIONS_PER_ADDRESS = 1_000;

/** Slow requests asleep on one connection: a timer and a promise each, some 1.5 KB. */
export const MAX_SLEEPING = 1_000;

/** Time for a frame that was begun to be whole: 1 MiB at 280 kbit/s, a poor mobile link. */
export const FRAME_TIMEOUT_MS = 30_000;

/**
 * Time for the proof of a sealed session, for a TLS handshake, and for a peer of the chat dialect to
 * say its name: some round trips on any link.
 */
export const HANDSHAKE_TIMEOUT_MS = 10_000;

/** The wait before the answer to an address's first failed proof; each further one doubles it. */
export const PROOF_FIRST_DELAY_MS = 250;

/** The longest such wait: less than the time that clients wait for an answer. */
export const PROOF_MAX_DELAY_MS = 4_000;

/** Failed proofs until an address is refused: a key that was mistaken fails a few times at most. */
export const PROOF_MAX_FAILURES = 10;

/** How long it is refused then. */
export const PROOF_BLOCK_MS = 60_000;

/** After so long without a failed proof an address is as good as new. */
export const PROOF_FORGET_MS = 300_000;

/** Addresses whose failed proofs are remembered: some 100 bytes each. */
export const PROOF_MAX_ADDRESSES = 10_000;

/** Time in which a peer must take some byte of what waits for it. */
export const STALL_TIMEOUT_MS = 60_000;

/** Bytes of answers that wait for one peer before its requests are no longer read. */
export const MAX_QUEUED_BYTES = 1024 * 1024;

/**
 * Manifests and documents of one connection on their way to the disk: more than two reads of 64 KiB
 * can bring.
 */
export const MAX_STORING = 4096;

/** Refusals of one connection that are logged: more say nothing new and would fill the disk. */
export const MAX_TOLD_REFUSALS = 100;

/**
 * Connections a minute that are logged though they came to nothing: a scan of all ports, or a flood,
 * would fill the disk.
 */
export const MAX_TOLD_TURNED_AWAY_PER_MINUTE = 100;

/** Refusals of one connection before it is closed: making them costs more than asking for them. */
export const MAX_REFUSALS = 1_000;

/**
 * Time that a peer gets to read what was sent to it last before it is cut off: what a poor mobile link
 * needs for 64 KiB. A server that stops waits for that.
 */
export const LINGER_MS = 2_000;

/**
 * The same of a client by TLS, for why it is not served: one record, and strangers can make us hold
 * connections by it.
 */
export const TLS_LINGER_MS = 1_000;

/**
 * The wait when the system has no file descriptor left for a new connection: soon enough for who
 * connects, and no load.
 */
export const ACCEPT_RETRY_MS = 100;

/** Time that running requests get when the server stops. */
export const DRAIN_TIMEOUT_MS = 10_000;

/** Handshakes by TLS under way at once: some 100 KiB each. Others wait in the system's queue. */
export const MAX_HANDSHAKES = 512;

/** Of those, of one address of another machine: an eighth. More are closed at once. */
export const MAX_HANDSHAKES_PER_ADDRESS = 64;

/**
 * Bytes of a message that AES-256-EAX seals; ChaCha20-Poly1305 seals longer ones, and both sides have
 * to agree on it. Measured, on one core: 40 bytes take 6 us by either; 1 KiB 17 us by EAX and 8 by
 * ChaCha; 16 KiB 110 and 18; 1 MiB 5,300 and 680. With a thousand sessions in turns 160 bytes take 9 to
 * 18 us by EAX, whose tables have left the caches by then, and 4 to 8 by ChaCha: a full room's events
 * were late by that. So the bound is low. The proof of a session has 0 bytes.
 */
export const MAX_EAX_BYTES = 64;

/**
 * Changes of names, and what was stored before and came again, that are logged in a minute, each with
 * how many were not: a program that sends on and on would fill the disk.
 */
export const MAX_TOLD_OFTEN_PER_MINUTE = 60;

/** Bytes in the name of a server: as many as a label of DNS has, by which it can be announced. */
export const MAX_SERVER_NAME_BYTES = 63;

/**
 * Datagrams a minute that are logged though they were dropped, each with how many were not: a flood
 * would fill the disk.
 */
export const MAX_TOLD_DROPPED_PER_MINUTE = 10;
