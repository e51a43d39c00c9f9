/**
 * Writes a content to its file.
 *
 * @module
 */

import { CHUNK_NONCE_BYTES, type ChunkSeal, SEALED_CHUNK_OVERHEAD_BYTES } from "../seal/content.ts";
import { randomBytes } from "./bodies.ts";
import { cannot, type ContentFolder } from "./content_folder.ts";
import type { ContentShape } from "./content_shape.ts";
import { BusyContentError } from "./file_store.ts";

/**
 * The file of a content that is being written, from some byte on. Nothing of it is kept in memory
 * but what is on its way to the file: chunks are sealed as their bytes come, in any cuts.
 */
export class ContentWriter {
  readonly #shape: ContentShape;
  readonly #path: string;
  readonly #file: Deno.FsFile;
  /** The same file once more: the system keeps what is asked of one in its order, and a wait for the
   * disk would hold up the next bytes. */
  readonly #synced: Deno.FsFile;
  /** The chunk that is not whole yet. */
  #seal: ChunkSeal | undefined;
  #takenBytes: number;
  #writtenBytes: number;
  #writing: Promise<void> = Promise.resolve();

  private constructor(
    shape: ContentShape,
    path: string,
    files: readonly [Deno.FsFile, Deno.FsFile],
    fromBytes: number,
  ) {
    this.#shape = shape;
    this.#path = path;
    [this.#file, this.#synced] = files;
    this.#takenBytes = this.#writtenBytes = fromBytes;
  }

  /**
   * Opens it: so many of its first bytes (whole chunks, or all) stay, and what is behind them goes.
   *
   * @param check Throws when it is not to be written any more. Is called when no other process can
   * write it, before anything of it is changed.
   * @throws {UsageError} when the file cannot be opened.
   * @throws {BusyContentError} when another process is writing it.
   */
  static async open(
    folder: ContentFolder,
    shape: ContentShape,
    fromBytes: number,
    check: () => void = () => {},
  ): Promise<ContentWriter> {
    const path = folder.pathOf(shape.id);
    const files: Deno.FsFile[] = [];
    try {
      for (let i = 0; i < 2; i++) files.push(await folder.openToWrite(shape.id));
      const [file, synced] = files as [Deno.FsFile, Deno.FsFile];
      // Held until it is closed, or its process ends.
      if (!await file.tryLock(true)) {
        throw new BusyContentError("Another process is putting the same content", {
          hint: "Try again when it is done.",
        });
      }
      check();
      const end = shape.storedBytes(fromBytes);
      await file.truncate(end);
      await file.seek(end, Deno.SeekMode.Start);
      await folder.sync();
      return new ContentWriter(shape, path, [file, synced], fromBytes);
    } catch (error) {
      for (const file of files) file.close();
      throw error;
    }
  }

  /** Bytes of the content that were taken. */
  get takenBytes(): number {
    return this.#takenBytes;
  }

  /**
   * Takes the next bytes, in the order of the calls, and no more than belong to the content. They
   * are not to be changed any more. Resolves when all before them are written, so that one write is
   * under way while the next is made ready.
   *
   * @throws {UsageError} when the file cannot be written; then no more can be written.
   */
  async write(data: Uint8Array): Promise<void> {
    const earlier = this.#writing;
    const bytes = this.#shape.key === undefined ? data : this.#sealed(data);
    this.#takenBytes += data.length;
    const end = this.#takenBytes;
    this.#writing = earlier.then(async () => {
      await this.#writeAll(bytes);
      this.#writtenBytes = end;
    });
    // Whoever calls next, or waits for the disk, is told.
    this.#writing.catch(() => {});
    await earlier;
  }

  /**
   * Waits until what was taken so far is on the disk.
   *
   * @returns how many of the first bytes that are, in whole chunks.
   * @throws {UsageError} when it cannot be written.
   */
  async sync(): Promise<number> {
    await this.#writing;
    const bytes = this.#shape.wholeBytes(this.#writtenBytes);
    try {
      await this.#synced.syncData();
    } catch (error) {
      throw cannot("write", this.#path, error);
    }
    return bytes;
  }

  /**
   * Gives the room on the disk back.
   *
   * @throws {UsageError} when that cannot be done.
   */
  clear(): void {
    try {
      this.#file.truncateSync(0);
    } catch (error) {
      throw cannot("clear", this.#path, error);
    }
  }

  /** Ends it. What is under way is not waited for. */
  close(): void {
    // A cipher that is not finished is never let go.
    this.#seal?.finish();
    this.#seal = undefined;
    // The system closes a file a little later than it is told, and the next one may want it at once.
    // A write that is under way must not meet another's: the lock goes when that is done.
    if (this.#writtenBytes === this.#takenBytes) this.#file.unlockSync();
    this.#file.close();
    this.#synced.close();
  }

  /**
   * What goes into the file for some bytes, in one piece: to copy it once costs a quarter of what
   * the writes of its pieces would.
   */
  #sealed(data: Uint8Array): Uint8Array {
    const { chunkBytes, size } = this.#shape;
    const chunks = Math.ceil(data.length / chunkBytes) + 1;
    const sealed = new Uint8Array(data.length + chunks * SEALED_CHUNK_OVERHEAD_BYTES);
    let end = 0;
    const add = (piece: Uint8Array) => {
      sealed.set(piece, end);
      end += piece.length;
    };
    for (let at = 0; at < data.length;) {
      const offset = this.#takenBytes + at;
      if (this.#seal === undefined) {
        const nonce = randomBytes(CHUNK_NONCE_BYTES);
        this.#seal = this.#shape.key!.seal(this.#shape.placeOf(offset), nonce);
        add(nonce);
      }
      const left = Math.min(chunkBytes - offset % chunkBytes, size - offset);
      const piece = data.subarray(at, at + left);
      add(this.#seal.update(piece));
      at += piece.length;
      if (piece.length < left) continue;
      add(this.#seal.finish());
      this.#seal = undefined;
    }
    return sealed.subarray(0, end);
  }

  async #writeAll(bytes: Uint8Array): Promise<void> {
    try {
      for (let at = 0; at < bytes.length;) at += await this.#file.write(bytes.subarray(at));
    } catch (error) {
      throw cannot("write", this.#path, error);
    }
  }
}
