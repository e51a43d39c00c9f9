/**
 * A content that is being put into a store.
 *
 * @module
 */

import type { Hash } from "node:crypto";
import { isSameBytes } from "../bytes.ts";
import { RefusedError } from "../errors.ts";
import { UPLOAD_MAX_UNSYNCED_BYTES, UPLOAD_SYNC_BYTES } from "../limits/store.ts";
import type { StoredContent } from "./content_rows.ts";
import type { ContentWriter } from "./content_writer.ts";
import {
  type AddedFile,
  BusyContentError,
  type NewFile,
  type Upload,
  WrongContentError,
} from "./file_store.ts";
import type { HashedPart } from "./hashed_parts.ts";

/** What an upload is told of, and asks of the store. */
export interface UploadOwner {
  /** Says how far a content is on the disk; false when somebody else has begun it anew. */
  setDurable(content: StoredContent, bytes: number): Promise<boolean>;
  /** Keeps a file with a content, all of which is on the disk. */
  keep(file: NewFile, content: StoredContent, sha256: Uint8Array): Promise<AddedFile>;
  /** Throws away what was put. */
  discard(content: StoredContent): Promise<void>;
}

/** What an upload begins with. */
export interface UploadParts {
  /** The content. */
  readonly content: StoredContent;
  /** What writes it, behind what is there; none when all of it is there. */
  readonly writer: ContentWriter | undefined;
  /** The SHA-256 of what is there. */
  readonly hash: Hash;
  /** The store. */
  readonly owner: UploadOwner;
}

/** See {@linkcode Upload}. */
export class ContentUpload implements Upload {
  /** The content. */
  readonly content: StoredContent;
  /** Resolves when it is over, however that came, and does nothing to the content any more. */
  readonly ended: Promise<void>;
  readonly #writer: ContentWriter | undefined;
  readonly #hash: Hash;
  readonly #owner: UploadOwner;
  /** The hashes up to the places that the disk was waited for at, behind the first that is on it. */
  #marks: HashedPart[] = [];
  #durableBytes: number;
  /** Up to here the disk was waited for, or is at this moment. */
  #syncedTo: number;
  #syncing: Promise<void> = Promise.resolve();
  #isTakenOver = false;
  /** Why it can go on no more. */
  #failure: unknown;
  /** That is the disk: it may be full, and others need it more than a part of a file does. */
  #isUnwritable = false;
  /** It is being finished: what comes of that is waited for. */
  #finishing: Promise<unknown> = Promise.resolve();
  /** What its owner has asked for and does not have yet. */
  #asked = 0;
  /** When there was something to do last, on the clock of `performance.now()`. */
  #usedMs = performance.now();
  #isClosing = false;
  #isEnded = false;
  readonly #tellEnd: () => void;

  /** Takes what it begins with. */
  constructor({ content, writer, hash, owner }: UploadParts) {
    this.content = content;
    this.#writer = writer;
    this.#hash = hash;
    this.#owner = owner;
    this.#durableBytes = this.#syncedTo = content.durableBytes;
    if (writer !== undefined) this.#mark();
    ({ promise: this.ended, resolve: this.#tellEnd } = Promise.withResolvers<void>());
  }

  /** See {@linkcode Upload}. */
  get durableBytes(): number {
    return this.#durableBytes;
  }

  /** See {@linkcode Upload}. */
  get isTakenOver(): boolean {
    return this.#isTakenOver;
  }

  /** The hash of what is on the disk, or of its beginning; none when that is of no use any more. */
  get hashed(): HashedPart | undefined {
    return this.#marks.findLast(({ bytes }) => bytes <= this.#durableBytes);
  }

  /** See {@linkcode Upload}. */
  write(data: Uint8Array): Promise<void> {
    return this.#use(this.#write(data));
  }

  async #write(data: Uint8Array): Promise<void> {
    this.#check();
    const takenBytes = this.#takenBytes + data.length;
    if (takenBytes > this.content.size) {
      throw await this.#wrong(`${takenBytes} bytes have come of ${this.content.size}`);
    }
    // All of it is there, and this is nothing.
    if (this.#writer === undefined) return;
    this.#hash.update(data);
    await this.#orUnwritable(this.#writer.write(data));
    if (this.#takenBytes - this.#syncedTo >= UPLOAD_SYNC_BYTES) {
      // Whoever writes on, or waits for the disk, is told.
      this.#startSync().catch(() => {});
    }
    while (this.#takenBytes - this.#durableBytes > UPLOAD_MAX_UNSYNCED_BYTES) await this.#syncing;
  }

  /** See {@linkcode Upload}. */
  sync(): Promise<number> {
    return this.#use(this.#sync());
  }

  async #sync(): Promise<number> {
    this.#check();
    await this.#startSync();
    return this.#durableBytes;
  }

  /** See {@linkcode Upload}. */
  finish(file: NewFile): Promise<AddedFile> {
    const finishing = this.#finish(file);
    this.#finishing = finishing.catch(() => {/* who has called is told */});
    return finishing;
  }

  async #finish(file: NewFile): Promise<AddedFile> {
    this.#check();
    const { size, sha256: wanted } = this.content;
    if (this.#takenBytes !== size) {
      throw await this.#wrong(`${this.#takenBytes} bytes have come of ${size}`);
    }
    const sha256 = this.#writer === undefined ? wanted! : new Uint8Array(this.#hash.digest());
    if (wanted !== undefined && !isSameBytes(sha256, wanted)) {
      throw await this.#wrong("its SHA-256 is another one than was told");
    }
    if (this.#writer !== undefined) await this.#orUnwritable(this.#writer.sync());
    this.#check();
    const added = await this.#orFail(this.#owner.keep(file, this.content, sha256));
    this.#marks = [];
    await this.#end();
    return added;
  }

  /** See {@linkcode Upload}. */
  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#finishing;
    if (this.#isEnded) return await this.ended;
    const isResumable = this.content.sha256 !== undefined;
    try {
      if (isResumable && this.#failure === undefined && !this.#isTakenOver) await this.#startSync();
    } finally {
      const isOfUse = isResumable && this.#durableBytes > 0 && !this.#isUnwritable;
      await this.#end(!isOfUse && !this.#isTakenOver);
    }
  }

  /**
   * Resolves when nobody writes the content any more, and what has come of it is on the disk: the same
   * content is begun once more.
   *
   * @param idleMs It is ended when there was nothing to do for so long.
   * @throws {BusyContentError} when its owner goes on with it.
   */
  async giveWay(idleMs: number): Promise<void> {
    let finishing;
    do await (finishing = this.#finishing); while (finishing !== this.#finishing);
    if (this.#isEnded || this.#isClosing) return await this.ended;
    // All of it is there: any number can have it.
    if (this.#writer === undefined) return;
    if (this.#asked > 0 || performance.now() - this.#usedMs < idleMs) {
      throw new BusyContentError("Somebody else is putting the same content");
    }
    // From here on nothing more is taken, and what was taken is waited for.
    this.#isTakenOver = true;
    try {
      if (this.#failure === undefined) await this.#startSync();
    } catch {
      // Whoever writes it is told; what was on the disk before is there for the next one.
    }
    await this.#end();
  }

  /** Ends it because the store is closed. */
  abandon(): void {
    this.#failure ??= new Error("The store was closed");
    void this.#end();
  }

  get #takenBytes(): number {
    return this.#writer?.takenBytes ?? this.content.size;
  }

  /** Waits for the disk, behind the wait that is under way, and says in the store how far it is. */
  #startSync(): Promise<void> {
    const writer = this.#writer;
    // What the disk is waited for already need not be waited for twice.
    if (writer === undefined || this.#syncedTo === this.#takenBytes) return this.#syncing;
    this.#syncedTo = this.#takenBytes;
    this.#mark();
    const sync = this.#syncing.then(async () => {
      const bytes = await this.#orUnwritable(writer.sync());
      if (bytes === this.#durableBytes) return;
      if (!await this.#owner.setDurable(this.content, bytes)) {
        this.#isTakenOver = true;
        this.#check();
      }
      this.#durableBytes = bytes;
      const last = this.#marks.findLastIndex((mark) => mark.bytes <= bytes);
      this.#marks.splice(0, last);
    });
    this.#syncing = this.#orFail(sync);
    this.#syncing.catch(() => {/* it is kept as the failure, and given to whoever comes */});
    return this.#syncing;
  }

  #mark(): void {
    this.#marks.push({ bytes: this.#takenBytes, hash: this.#hash.copy() });
  }

  async #use<T>(asked: Promise<T>): Promise<T> {
    this.#asked++;
    try {
      return await asked;
    } finally {
      this.#asked--;
      this.#usedMs = performance.now();
    }
  }

  /** What was put is not what was promised, and is thrown away. */
  async #wrong(why: string): Promise<WrongContentError> {
    await this.#end(this.#writer !== undefined);
    return new WrongContentError(`The content is not what was promised: ${why}`);
  }

  /** Gives the room back: on a full disk the row cannot be removed before there is some again. */
  #clear(): void {
    try {
      this.#writer?.clear();
    } catch {
      // What the disk has failed in before is why, and was told.
    }
  }

  async #discard(): Promise<void> {
    try {
      await this.#owner.discard(this.content);
    } catch (error) {
      // Else what has failed before is why, and was told; what stays is a leftover.
      if (this.#failure === undefined) throw error;
    }
  }

  async #orUnwritable<T>(action: Promise<T>): Promise<T> {
    try {
      return await this.#orFail(action);
    } catch (error) {
      this.#isUnwritable = true;
      throw error;
    }
  }

  async #orFail<T>(action: Promise<T>): Promise<T> {
    try {
      return await action;
    } catch (error) {
      this.#failure ??= error;
      throw error;
    }
  }

  #check(): void {
    if (this.#isTakenOver) {
      throw new RefusedError("Somebody else is putting the same content now, and goes on with it");
    }
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#isEnded) throw new Error("The upload was ended");
  }

  async #end(isInVain = false): Promise<void> {
    if (this.#isEnded) return await this.ended;
    this.#isEnded = true;
    try {
      if (this.#isUnwritable) this.#clear();
      this.#writer?.close();
      if (isInVain) {
        this.#marks = [];
        await this.#discard();
      }
    } finally {
      this.#tellEnd();
    }
  }
}
