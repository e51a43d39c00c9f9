/**
 * Every bound on bytes, counts and time, with its reason. Those that a flag can change are the
 * defaults of that flag.
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

/** Time for the proof of a sealed session, and for a TLS handshake: some round trips on any link. */
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

/** Manifests of one connection on their way to the disk: more than two reads of 64 KiB can bring. */
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

/** Time that running requests get when the server stops. */
export const DRAIN_TIMEOUT_MS = 10_000;

/** Time for a connection to be made. */
export const CONNECT_TIMEOUT_MS = 5_000;

/** Handshakes by TLS under way at once: some 100 KiB each. Others wait in the system's queue. */
export const MAX_HANDSHAKES = 512;

/** Of those, of one address of another machine: an eighth. More are closed at once. */
export const MAX_HANDSHAKES_PER_ADDRESS = 64;

/** Time for an answer, beyond the sleep that was asked for. */
export const ANSWER_TIMEOUT_MS = 10_000;

/** Code points in the name of a city. The longest place name in use has 168. */
export const MAX_CITY_CHARS = 1_000;

/** Code points in the source of a manifest. */
export const MAX_SOURCE_CHARS = 200;

/** The largest number of wagons in an entry: what a uint32 holds. */
export const MAX_WAGONS = 4_294_967_295;

/** Bytes of an input that is a text: a manifest of one frame is far smaller. */
export const MAX_TEXT_BYTES = 16 * 1024 * 1024;

/** Bytes of a picture file: the largest phone cameras write JPEGs of some 40 MB. */
export const MAX_PICTURE_BYTES = 64 * 1024 * 1024;

/** Pixels of a picture: 4 bytes each while it is read, so 256 MB. Phone cameras make 50 million. */
export const MAX_PICTURE_PIXELS = 64_000_000;

/** Bytes of a log file before the next one is begun: some 100,000 lines. */
export const LOG_MAX_BYTES = 10 * 1024 * 1024;

/** Log files that are kept: half a million lines, and no more than 50 MB of disk. */
export const LOG_FILES = 5;

/** Bytes that a server prints and that nobody has read yet, before it leaves some out. */
export const MAX_PRINT_QUEUE_BYTES = 8 * 1024 * 1024;

/** Time for what a server has printed to be read when it stops. */
export const PRINT_FLUSH_TIMEOUT_MS = 2_000;

/**
 * Bytes from which a message is better sealed in other threads. Measured at 64 KiB: 0.25 ms there,
 * in which others are served, against 0.32 ms here, and less CPU; at 16 KiB nothing is gained.
 */
export const LARGE_BYTES = 64 * 1024;

/** Records that a change of the store's key writes at once: others wait for some 50 ms. */
export const REKEY_BATCH_RECORDS = 1_000;

/** Bytes of such records: few when they are large, for they are all held in memory. */
export const REKEY_BATCH_BYTES = 8 * 1024 * 1024;

/** Time that a change of the store's key waits for others that write, batch by batch. */
export const REKEY_LOCK_TIMEOUT_MS = 30_000;
