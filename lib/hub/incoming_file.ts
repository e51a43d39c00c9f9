import { UPLOAD_SYNC_BYTES } from "../limits/store.ts";
import type { AddedFile, Upload } from "../store/file_store.ts";
import type { PutFile } from "../wire/file_messages.ts";
import type { Member } from "./member.ts";

/** What became of a chunk: the whole file is kept, or so many bytes of it are on the disk by now. */
export type Written = AddedFile | { readonly durableBytes: number } | undefined;

/** One file that a peer puts: its chunks go to the store in order and without gaps. */
export class IncomingFile {
  /** What the peer has promised. */
  readonly put: PutFile;
  /** The member who offers it to the room, where somebody does. */
  readonly offerer: Member | undefined;
  readonly #upload: Upload;
  /** Where the next chunk has to begin. */
  #nextOffset: number;
  /** Bytes since the disk was waited for: as much as the store itself lets come together. */
  #unsyncedBytes = 0;
  #isFinishing = false;
  /** Settles with all that was begun. Never rejects. */
  #working: Promise<void> = Promise.resolve();
  #closed: Promise<void> | undefined;

  /** Takes what was promised, where it goes, and who offers it. */
  constructor(put: PutFile, upload: Upload, offerer: Member | undefined) {
    this.put = put;
    this.offerer = offerer;
    this.#upload = upload;
    this.#nextOffset = upload.durableBytes;
  }

  /** How much of it is on the disk. */
  get durableBytes(): number {
    return this.#upload.durableBytes;
  }

  /** All of it has come. */
  get isWhole(): boolean {
    return this.#nextOffset === this.put.size;
  }

  /** Somebody else goes on with the same content. */
  get isTakenOver(): boolean {
    return this.#upload.isTakenOver;
  }

  /** Why a chunk cannot be the next one, as a sentence, or `undefined` when it can. */
  chunkProblem(offset: number, length: number): string | undefined {
    if (offset !== this.#nextOffset) {
      return `A chunk begins at byte ${offset}, and the next one is byte ${this.#nextOffset}.`;
    }
    if (offset + length <= this.put.size) return undefined;
    return `A chunk ends at byte ${offset + length} of a file of ${this.put.size} bytes.`;
  }

  /**
   * Takes the next chunk, which has no {@linkcode chunkProblem}. `onWritten` is called once when
   * it needs no memory any more, also when it failed.
   */
  write(data: Uint8Array, onWritten: () => void): Promise<Written> {
    this.#nextOffset += data.length;
    const written = this.#upload.write(data).finally(onWritten);
    if (this.isWhole) return this.#finish(written);
    this.#unsyncedBytes += data.length;
    if (this.#unsyncedBytes < UPLOAD_SYNC_BYTES) return this.#track(written.then(() => undefined));
    this.#unsyncedBytes = 0;
    return this.#track(written.then(() => this.#sync()));
  }

  /** Keeps a file whose content was all there before a chunk came. */
  finish(): Promise<AddedFile> {
    return this.#finish(Promise.resolve());
  }

  #finish(written: Promise<void>): Promise<AddedFile> {
    this.#isFinishing = true;
    const { id, name, source } = this.put;
    return this.#track(written.then(() => this.#upload.finish({ id, name, source })));
  }

  async #sync(): Promise<Written> {
    return { durableBytes: await this.#upload.sync() };
  }

  #track<T>(work: Promise<T>): Promise<T> {
    this.#working = Promise.allSettled([this.#working, work]).then(() => {});
    return work;
  }

  /** Makes durable what has come, for whoever goes on with it, and ends. */
  close(): Promise<void> {
    this.#closed ??= this.#close();
    return this.#closed;
  }

  async #close(): Promise<void> {
    await this.#working;
    try {
      if (!this.#isFinishing && !this.#upload.isTakenOver) await this.#upload.sync();
    } finally {
      await this.#upload.close();
    }
  }
}
