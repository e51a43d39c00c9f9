import { createHash } from "node:crypto";
import { concat, isSameBytes } from "../../lib/bytes.ts";
import {
  type AddedFile,
  type ContentInfo,
  type NewFile,
  type Upload,
  WrongContentError,
} from "../../lib/store/file_store.ts";

/** What a fake store has of a content. */
export interface FakePart {
  /** Its first bytes. */
  pieces: Uint8Array<ArrayBuffer>[];
  /** Who puts it at the moment. */
  taker: FakeUpload | undefined;
}

/** An upload into a fake store. */
export class FakeUpload implements Upload {
  readonly #content: ContentInfo;
  readonly #part: FakePart;
  readonly #keep: (file: NewFile, bytes: Uint8Array) => AddedFile;

  #isTakenOver = false;

  /** Takes over the part from whoever puts it. */
  constructor(
    content: ContentInfo,
    part: FakePart,
    keep: (file: NewFile, bytes: Uint8Array) => AddedFile,
  ) {
    this.#content = content;
    this.#part = part;
    this.#keep = keep;
    if (part.taker !== undefined) part.taker.#isTakenOver = true;
    part.taker = this;
  }

  /** See {@linkcode Upload}. */
  get durableBytes(): number {
    return this.#part.pieces.reduce((sum, piece) => sum + piece.length, 0);
  }

  /** See {@linkcode Upload}. */
  get isTakenOver(): boolean {
    return this.#isTakenOver;
  }

  /** See {@linkcode Upload}. */
  write(data: Uint8Array): Promise<void> {
    if (this.isTakenOver) return Promise.reject(new Error("Somebody else goes on with it"));
    if (this.durableBytes + data.length > this.#content.size) return this.#wrong();
    this.#part.pieces.push(data.slice());
    return Promise.resolve();
  }

  /** See {@linkcode Upload}. */
  sync(): Promise<number> {
    return Promise.resolve(this.durableBytes);
  }

  /** See {@linkcode Upload}. */
  finish(file: NewFile): Promise<AddedFile> {
    const bytes = concat(this.#part.pieces);
    const { size, sha256 } = this.#content;
    const hash = createHash("sha256").update(bytes).digest();
    const isRight = bytes.length === size && (sha256 === undefined || isSameBytes(hash, sha256));
    return isRight ? Promise.resolve(this.#keep(file, bytes)) : this.#wrong();
  }

  /** Leaves the part to the next one. */
  close(): Promise<void> {
    if (this.#part.taker === this) this.#part.taker = undefined;
    return Promise.resolve();
  }

  #wrong(): Promise<never> {
    this.#part.pieces = [];
    return Promise.reject(new WrongContentError("The content is not what was promised"));
  }
}
