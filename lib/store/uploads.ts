/**
 * The uploads into a store.
 *
 * @module
 */

import { createHash, type Hash } from "node:crypto";
import { isSameBytes } from "../bytes.ts";
import { READ_AGAIN_BYTES } from "../limits/store.ts";
import { RecordError } from "../seal/record.ts";
import type { Commits } from "./commits.ts";
import type { ContentFolder } from "./content_folder.ts";
import { ContentReader } from "./content_reader.ts";
import type { ContentRows, StoredContent } from "./content_rows.ts";
import { ContentSpace } from "./content_space.ts";
import type { ContentShape } from "./content_shape.ts";
import { ContentWriter } from "./content_writer.ts";
import {
  BusyContentError,
  type ContentInfo,
  type Upload,
  WrongContentError,
} from "./file_store.ts";
import { HashedParts } from "./hashed_parts.ts";
import type { FileParts, SqliteFiles } from "./sqlite_files.ts";
import { ContentUpload } from "./upload.ts";

/** The bounds of uploads. */
export interface UploadBounds {
  /** After so long without a byte an upload gives way to the next one of the same content. */
  readonly idleMs: number;
  /** The time in which what is there of a content is hashed, before that is put off. */
  readonly hashMs: number;
}

/** Until when somebody waits for an upload to be begun. */
interface Patience {
  /** On the clock of `performance.now()`. */
  readonly untilMs: number;
  readonly signal: AbortSignal | undefined;
}

/** The content that was to be put is not the one any more that is found by its hash. */
class PutMeanwhileError extends BusyContentError {}

/** Begins uploads, and knows which there are. */
export class Uploads {
  readonly #files: SqliteFiles;
  readonly #rows: ContentRows;
  readonly #folder: ContentFolder;
  readonly #commits: Commits;
  readonly #space: ContentSpace;
  readonly #nowMs: () => number;
  readonly #bounds: UploadBounds;
  /** By their hashes: those who begin one content take turns. They never reject. */
  readonly #turns = new Map<string, Promise<void>>();
  /** By their hashes: who puts a content. */
  readonly #putting = new Map<string, ContentUpload>();
  readonly #open = new Set<ContentUpload>();
  /** The numbers of contents that are there, and that somebody is about to go on with. */
  readonly #resumed = new Set<number>();
  readonly #hashed = new HashedParts();

  /** Takes the files that they are for, and what those are made of. */
  constructor(files: SqliteFiles, parts: FileParts, bounds: UploadBounds) {
    const { rows, folder, commits, nowMs, maxContentBytes } = parts;
    this.#files = files;
    this.#rows = rows;
    this.#folder = folder;
    this.#commits = commits;
    this.#nowMs = nowMs;
    this.#bounds = bounds;
    this.#space = new ContentSpace(rows, maxContentBytes);
  }

  /** See `FileStore.openUpload`. */
  openUpload(content: ContentInfo, signal?: AbortSignal): Promise<Upload> {
    return this.#space.open(content, (content) => this.#openUpload(content, signal));
  }

  /** The numbers of the contents that are being put. */
  get numbers(): ReadonlySet<number> {
    return new Set([...this.#resumed, ...Array.from(this.#open, ({ content }) => content.number)]);
  }

  #openUpload({ size, sha256 }: ContentInfo, signal?: AbortSignal): Promise<ContentUpload> {
    if (sha256 === undefined) return this.#beginUnnamed({ size });
    const name = sha256.toHex();
    const patience = { untilMs: performance.now() + this.#bounds.hashMs, signal };
    const earlier = this.#turns.get(name) ?? Promise.resolve();
    const upload = earlier.then(() => this.#beginNamed(name, { size, sha256 }, patience));
    const turn = upload.then(() => {}, () => {/* who has called is told */});
    this.#turns.set(name, turn);
    turn.then(() => this.#turns.get(name) === turn && this.#turns.delete(name));
    return upload;
  }

  /** Ends all of them: the store is closed. */
  close(): void {
    for (const upload of this.#open) upload.abandon();
  }

  async #beginUnnamed(info: ContentInfo): Promise<ContentUpload> {
    const content = await this.#commits.add("content", () => this.#rows.add(info, this.#nowMs()));
    return this.#upload(content, createHash("sha256"), await this.#writer(content));
  }

  async #beginNamed(
    name: string,
    info: Required<ContentInfo>,
    patience: Patience,
  ): Promise<ContentUpload> {
    patience.signal?.throwIfAborted();
    await this.#putting.get(name)?.giveWay(this.#bounds.idleMs);
    const upload = await this.#begin(info, patience).catch((error) => {
      if (!(error instanceof PutMeanwhileError)) throw error;
      // What was put is there.
      return this.#begin(info, patience);
    });
    if (patience.signal?.aborted) {
      await upload.close();
      throw patience.signal.reason;
    }
    this.#putting.set(name, upload);
    upload.ended.then(() => this.#putting.get(name) === upload && this.#putting.delete(name));
    return upload;
  }

  async #begin(info: Required<ContentInfo>, patience: Patience): Promise<ContentUpload> {
    const found = this.#rows.findSame(info.sha256);
    if (found === undefined) {
      const content = await this.#commits.add("content", () => this.#rows.add(info, this.#nowMs()));
      return this.#upload(content, createHash("sha256"), await this.#writer(content));
    }
    // They take turns: nobody else has it there.
    this.#resumed.add(found.number);
    try {
      return await this.#resume(found, info, patience);
    } finally {
      this.#resumed.delete(found.number);
    }
  }

  async #resume(
    found: StoredContent,
    info: Required<ContentInfo>,
    patience: Patience,
  ): Promise<ContentUpload> {
    if (found.isWhole && found.size !== info.size) {
      throw new WrongContentError(
        `No content of ${info.size} bytes has that SHA-256: it is one of ${found.size} bytes`,
      );
    }
    const shape = this.#files.shapeOf(found);
    if (found.isWhole && await this.#folder.bytesOf(found.id) === shape.storedBytes(found.size)) {
      return this.#upload(found, createHash("sha256"), undefined);
    }
    const hash = found.isWhole || found.size !== info.size
      ? undefined
      : await this.#hashAgain(shape, found.durableBytes, patience);
    if (hash !== undefined) return this.#upload(found, hash, await this.#writer(found));
    // What is there is of no use.
    const content = await this.#commits.add(
      "content",
      () => this.#rows.restart(found.number, info, this.#nowMs()),
    );
    await this.#folder.remove(found.id);
    return this.#upload(content, createHash("sha256"), await this.#writer(content));
  }

  /**
   * The hash of what an earlier upload has left; none when that is damaged.
   *
   * @throws {BusyContentError} when that takes too long: what was done of it is kept.
   */
  async #hashAgain(
    shape: ContentShape,
    durableBytes: number,
    { untilMs, signal }: Patience,
  ): Promise<Hash | undefined> {
    const kept = this.#hashed.take(shape.id);
    const hash = kept?.hash ?? createHash("sha256");
    let bytes = kept?.bytes ?? 0;
    if (durableBytes === 0) return hash;
    try {
      const reader = await ContentReader.open(this.#folder, shape, durableBytes);
      try {
        while (bytes < durableBytes) {
          const piece = await reader.read(bytes, Math.min(READ_AGAIN_BYTES, durableBytes - bytes));
          hash.update(piece);
          bytes += piece.length;
          signal?.throwIfAborted();
          if (bytes === durableBytes || performance.now() < untilMs) continue;
          const done = `${bytes} of ${durableBytes} bytes`;
          throw new BusyContentError(`What is there of the file is being read: ${done} so far`);
        }
      } finally {
        reader.close();
      }
      return hash;
    } catch (error) {
      if (error instanceof RecordError) return undefined;
      this.#hashed.keep(shape.id, { bytes, hash });
      throw error;
    }
  }

  async #writer(content: StoredContent): Promise<ContentWriter> {
    const { number, id, durableBytes } = content;
    const shape = this.#files.shapeOf(content);
    const find = () => {
      const now = this.#rows.find(number);
      return now !== undefined && isSameBytes(now.id, id) ? now : undefined;
    };
    try {
      return await ContentWriter.open(this.#folder, shape, durableBytes, () => {
        const now = find();
        if (now !== undefined && !now.isWhole && now.durableBytes === durableBytes) return;
        throw new PutMeanwhileError("Somebody else has put the same content meanwhile");
      });
    } catch (error) {
      // A file that was removed with its row may just have been made again.
      if (find() === undefined) await this.#folder.remove(id);
      throw error;
    }
  }

  #upload(
    content: StoredContent,
    hash: Hash,
    writer: ContentWriter | undefined,
  ): ContentUpload {
    const upload = new ContentUpload({
      content,
      writer,
      hash,
      owner: {
        setDurable: (content, bytes) =>
          this.#commits.add("content", () => this.#rows.setDurable(content, bytes, this.#nowMs())),
        keep: (file, content, sha256) => this.#files.keep(file, content, sha256),
        discard: (content) => this.#discard(content),
      },
    });
    this.#open.add(upload);
    upload.ended.then(() => {
      this.#open.delete(upload);
      if (upload.hashed !== undefined) this.#hashed.keep(content.id, upload.hashed);
    });
    return upload;
  }

  async #discard(content: StoredContent): Promise<void> {
    const isGone = await this.#commits.add("cleanup", () => this.#rows.remove(content));
    if (isGone) await this.#folder.remove(content.id);
  }
}
