/**
 * How a content lies in its file: as it is, or in sealed chunks.
 *
 * @module
 */

import { type ChunkPlace, ContentKey, SEALED_CHUNK_OVERHEAD_BYTES } from "../seal/content.ts";

/** What the form of a file follows from. */
export interface ShapeOptions {
  /** The 16 bytes of the content's id. */
  readonly id: Uint8Array;
  /** Bytes of the content. */
  readonly size: number;
  /** The 32 bytes of its key; none: it is plain. */
  readonly key?: Uint8Array | undefined;
  /** Bytes of it in a chunk. */
  readonly chunkBytes: number;
}

/** Where the bytes of one content stand in its file. */
export class ContentShape {
  /** The 16 bytes of the content's id. */
  readonly id: Uint8Array;
  /** Bytes of the content. */
  readonly size: number;
  /** Bytes of it in a chunk; the last one may have fewer. */
  readonly chunkBytes: number;
  /** What its chunks are sealed with; none: it is plain. */
  readonly key: ContentKey | undefined;

  /** Takes what the form follows from. */
  constructor({ id, size, key, chunkBytes }: ShapeOptions) {
    this.id = id;
    this.size = size;
    this.chunkBytes = chunkBytes;
    this.key = key === undefined ? undefined : new ContentKey(key, id);
  }

  /** How long the file is when it holds so many bytes of the content: whole chunks, or all. */
  storedBytes(bytes: number): number {
    if (this.key === undefined) return bytes;
    return bytes + SEALED_CHUNK_OVERHEAD_BYTES * Math.ceil(bytes / this.chunkBytes);
  }

  /** How many of the content's first bytes are in whole chunks, when so many were written. */
  wholeBytes(bytes: number): number {
    if (this.key === undefined || bytes === this.size) return bytes;
    return bytes - bytes % this.chunkBytes;
  }

  /** Bytes of the content that the chunk of that index has. */
  bytesOfChunk(index: number): number {
    return Math.min(this.chunkBytes, this.size - index * this.chunkBytes);
  }

  /** Where the chunk stands that has the byte at that offset. */
  placeOf(offset: number): ChunkPlace {
    const index = Math.floor(offset / this.chunkBytes);
    return { index, isLast: (index + 1) * this.chunkBytes >= this.size };
  }
}
