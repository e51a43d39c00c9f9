/**
 * The bounds of what is kept on the disk, each with its reason.
 * Those that a flag can change are the defaults of that flag.
 *
 * @module
 */

import { FRAME_TIMEOUT_MS } from "./connections.ts";

/**
 * Time that a write waits for another process that writes to the same store: some batches of a change
 * of its key. Half of the time that clients wait for their answers.
 */
export const STORE_BUSY_TIMEOUT_MS = 5_000;

/** Records that a change of the store's key writes at once: others wait for some 50 ms. */
export const REKEY_BATCH_RECORDS = 1_000;

/** Bytes of such records: few when they are large, for they are all held in memory. */
export const REKEY_BATCH_BYTES = 8 * 1024 * 1024;

/** Time that a change of the store's key waits for others that write, batch by batch. */
export const REKEY_LOCK_TIMEOUT_MS = 30_000;

/**
 * Bytes of a content that are sealed together, and read together: a quarter of the longest read, so
 * that little is opened in vain, and enough that each costs no more by the byte than a longer one
 * (0.7 ms for a MiB; in parts of 64 KiB it is 0.95).
 */
export const CONTENT_CHUNK_BYTES = 256 * 1024;

/** Bytes of an upload from one of its waits for the disk to the next: 30 ms on a disk of 500 MB/s. */
export const UPLOAD_SYNC_BYTES = 16 * 1024 * 1024;

/** Bytes of an upload that are not on the disk yet, before its next ones have to wait. */
export const UPLOAD_MAX_UNSYNCED_BYTES = 48 * 1024 * 1024;

/** Bytes of what an earlier upload has left that are hashed at once: others wait for some 2 ms. */
export const READ_AGAIN_BYTES = 1024 * 1024;

/**
 * Time for what an earlier upload has left to be read and hashed, before its sender is told to ask
 * again: less than any client waits for an answer. What was hashed counts the next time.
 */
export const HASH_PATIENCE_MS = 2_000;

/** Hashes under way that are kept for whoever goes on with a content: some 500 bytes each. */
export const MAX_KEPT_HASHES = 1_000;

/**
 * After so long without a byte an upload gives way to whoever begins the same content. Who is there
 * has brought a chunk by then, because each frame has to be whole in that time.
 */
export const UPLOAD_IDLE_MS: number = FRAME_TIMEOUT_MS;

/** How long what was put of a file waits for the rest: over a long weekend, and a yard's repair. */
export const PART_KEEP_MS = 7 * 86_400_000;

/**
 * The same of a content whose hash was not told, which nobody can go on with: longer than any such
 * upload lasts, because another server could be taking it at this moment.
 */
export const UNNAMED_PART_KEEP_MS = 3_600_000;

/** How often such leftovers are removed: the disk holds them a day longer at most. */
export const LEFTOVERS_INTERVAL_MS = 86_400_000;
