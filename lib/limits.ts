/**
 * Every bound on bytes, counts and time, with its reason. Those that a flag can change are the
 * defaults of that flag.
 *
 * @module
 */

/** Bytes in a frame's body. A manifest of 20,000 cities fits; a peer can make us hold no more. */
export const MAX_FRAME_BYTES = 1024 * 1024;

/** Connections served at once. An idle one costs some 20 KiB, so 10,000 cost 200 MB. */
export const MAX_CONNECTIONS = 10_000;

/** Slow requests asleep on one connection: a timer and a promise each, some 1.5 KB. */
export const MAX_SLEEPING = 1_000;

/** Time for a frame that was begun to be whole: 1 MiB at 280 kbit/s, a poor mobile link. */
export const FRAME_TIMEOUT_MS = 30_000;

/** Time in which a peer must take some byte of what waits for it. */
export const STALL_TIMEOUT_MS = 60_000;

/** Bytes of answers that wait for one peer before its requests are no longer read. */
export const MAX_QUEUED_BYTES = 1024 * 1024;

/** Manifests of one connection on their way to the disk: more than two reads of 64 KiB can bring. */
export const MAX_STORING = 4096;

/** Refusals of one connection that are logged: more say nothing new and would fill the disk. */
export const MAX_TOLD_REFUSALS = 100;

/** Refusals of one connection before it is closed: making them costs more than asking for them. */
export const MAX_REFUSALS = 1_000;

/** Time that running requests get when the server stops. */
export const DRAIN_TIMEOUT_MS = 10_000;

/** Time for a connection to be made. */
export const CONNECT_TIMEOUT_MS = 5_000;

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
