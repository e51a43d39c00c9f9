/**
 * The bounds of files that are put and got, each with its reason.
 * Those that a flag can change are the defaults of that flag.
 *
 * @module
 */

/** Bytes of a file that a server keeps: a disk image fits, and one mistake does not fill a disk. */
export const MAX_FILE_BYTES = 16 * 1024 ** 3;

/** Bytes in the name of a file: four times what file systems take, in whatever script. */
export const MAX_FILE_NAME_BYTES = 1024;

/** Files that one connection puts at once: each is an open file and a hash under way. */
export const MAX_UPLOADS = 4;

/** Files that one connection has open for reading: who takes turns between more opens them anew. */
export const MAX_OPEN_CONTENTS = 4;

/** Bytes of a chunk: with what else is in its message it fits a frame of 1 MiB, also sealed. */
export const MAX_CHUNK_BYTES = 1024 * 1024 - 1024;

/** Chunks of one file that a client holds: one is read while others are sealed and sent. */
export const CHUNKS_AHEAD = 3;

/** Bytes of a chunk that a client sends: larger ones gain nothing, smaller ones cost more each. */
export const CHUNK_BYTES = 512 * 1024;

/** What a chunk's message has besides its data: an id, an offset, tags and lengths, a seal. */
export const CHUNK_OVERHEAD_BYTES = 128;

/** What a chunk on its way to the disk takes besides its data: 3 KB were measured. */
export const CHUNK_MEMORY_BYTES = 4 * 1024;

/**
 * Memory of chunks of one connection on their way to the disk, before it is no longer read: one is
 * written while the next one comes. With 4 MiB a file of 2 GiB takes longer, and 30 MB more.
 */
export const MAX_WRITING_BYTES = 1024 * 1024;

/** Answers of one connection that are made when there is room, before it is no longer read. */
export const MAX_WAITING_ANSWERS = 64;

/** Bytes that a client asks for before they have come: a tenth of a second at 40 MB/s. */
export const READ_AHEAD_BYTES = 4 * 1024 * 1024;

/** Files in one answer: 2 KiB each with the longest names, so that a frame holds them. */
export const MAX_LISTED_FILES = 256;

/** Time in which something of a file must go on: a server's disk may be busy with much else. */
export const TRANSFER_STALL_TIMEOUT_MS = 60_000;

/** How often a lost connection is made again for a file, with nothing gained in between. */
export const TRANSFER_RETRIES = 5;

/** The wait before the first such try; each further one doubles it. */
export const RETRY_FIRST_DELAY_MS = 500;

/** The longest such wait. */
export const RETRY_MAX_DELAY_MS = 10_000;

/**
 * The wait of a client whose file the server cannot take now, but soon, before it asks again: half of
 * `HASH_PATIENCE_MS`, so that the server reads two thirds of the time.
 */
export const BUSY_RETRY_MS = 1_000;
