/**
 * Reads a content from its file.
 *
 * @module
 */

import { SEALED_CHUNK_OVERHEAD_BYTES } from "../seal/content.ts";
import { RecordError } from "../seal/record.ts";
import { uuidFromBytes } from "../wire/uuid.ts";
import { cannot, type ContentFolder } from "./content_folder.ts";
import type { ContentShape } from "./content_shape.ts";

/** The file of a content, open to be read by several at once. */
export class ContentReader {
  readonly #shape: ContentShape;
  readonly #path: string;
  readonly #file: Deno.FsFile;
  /** The reading that is under way: a file has one place that it is read from. */
  #reading: Promise<unknown> = Promise.resolve();
  /** Where the system reads on; NaN when that is not known. */
  #position = 0;

  private constructor(shape: ContentShape, path: string, file: Deno.FsFile) {
    this.#shape = shape;
    this.#path = path;
    this.#file = file;
  }

  /**
   * Opens it.
   *
   * @param bytes How many of the content's first bytes are there, in whole chunks. All by default.
   * @throws {RecordError} when its file is not there, or has not the length for that.
   */
  static async open(
    folder: ContentFolder,
    shape: ContentShape,
    bytes: number = shape.size,
  ): Promise<ContentReader> {
    const path = folder.pathOf(shape.id);
    const file = await folder.openToRead(shape.id);
    if (file === undefined) throw damaged(shape, `the file ${path} is not there`);
    try {
      const [is, wanted] = [(await file.stat()).size, shape.storedBytes(bytes)];
      const isRight = bytes === shape.size ? is === wanted : is >= wanted;
      if (!isRight) throw damaged(shape, `the file ${path} has ${is} bytes, not ${wanted}`);
      return new ContentReader(shape, path, file);
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /**
   * Bytes of the content from an offset on; fewer at its end.
   *
   * @throws {RecordError} when what is in the file is not what was put there.
   */
  read(offset: number, length: number): Promise<Uint8Array> {
    const end = Math.min(offset + length, this.#shape.size);
    if (offset >= end) return Promise.resolve(new Uint8Array(0));
    return this.#shape.key === undefined
      ? this.#readAt(offset, end - offset)
      : this.#readSealed(offset, end);
  }

  /** Ends it. */
  close(): void {
    this.#file.close();
  }

  async #readSealed(offset: number, end: number): Promise<Uint8Array> {
    const shape = this.#shape;
    const first = shape.placeOf(offset).index;
    const last = shape.placeOf(end - 1).index;
    const begin = first * (shape.chunkBytes + SEALED_CHUNK_OVERHEAD_BYTES);
    const stop = shape.storedBytes(last * shape.chunkBytes + shape.bytesOfChunk(last));
    const stored = await this.#readAt(begin, stop - begin);
    const bytes = new Uint8Array(end - offset);
    for (let index = first, at = 0; index <= last; index++) {
      const from = index * shape.chunkBytes;
      const storedBytes = shape.bytesOfChunk(index) + SEALED_CHUNK_OVERHEAD_BYTES;
      const chunk = shape.key!.open(shape.placeOf(from), stored.subarray(at, at + storedBytes));
      at += storedBytes;
      const part = chunk.subarray(Math.max(0, offset - from), end - from);
      bytes.set(part, Math.max(0, from - offset));
    }
    return bytes;
  }

  /** Bytes of the file, after those who have asked before. */
  #readAt(position: number, length: number): Promise<Uint8Array> {
    const read = this.#reading.then(() => this.#readNow(position, length));
    // Whoever has asked for it is told.
    this.#reading = read.catch(() => {});
    return read;
  }

  async #readNow(position: number, length: number): Promise<Uint8Array> {
    const bytes = new Uint8Array(length);
    let at = 0;
    try {
      // Most readers go on where they were.
      if (position !== this.#position) await this.#file.seek(position, Deno.SeekMode.Start);
      this.#position = NaN;
      while (at < length) {
        const count = await this.#file.read(bytes.subarray(at));
        if (count === null) break;
        at += count;
      }
    } catch (error) {
      throw cannot("read", this.#path, error);
    }
    this.#position = position + at;
    if (at === length) return bytes;
    throw damaged(this.#shape, `the file ${this.#path} ends at byte ${position + at}`);
  }
}

function damaged(shape: ContentShape, why: string): RecordError {
  return new RecordError(`Cannot read the content ${uuidFromBytes(shape.id)}: ${why}`, {
    hint: "Take the file from a backup of the store, or put the same file once more.",
  });
}
