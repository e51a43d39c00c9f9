/**
 * Keeps files: what is known of them in SQLite, their contents in a folder beside it.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { isSameBytes } from "../bytes.ts";
import { PART_KEEP_MS, UNNAMED_PART_KEEP_MS } from "../limits/store.ts";
import { RecordError } from "../seal/record.ts";
import { decodeBody, encodeBody } from "../wire/codec.ts";
import type { FileInfo } from "../wire/file_messages.ts";
import { isUuid, uuidToBytes } from "../wire/uuid.ts";
import type { Bodies } from "./bodies.ts";
import type { Commits } from "./commits.ts";
import type { ContentFolder } from "./content_folder.ts";
import { ContentReader } from "./content_reader.ts";
import type { ContentRows, StoredContent } from "./content_rows.ts";
import { ContentShape } from "./content_shape.ts";
import type { Discarded } from "./discarded.ts";
import type { AddedFile, Content, NewFile } from "./file_store.ts";
import { lastNumber, misplaced, type StoreParts } from "./numbered.ts";
import type { Row, RowOpener } from "./rows.ts";
import { ConflictError } from "./store.ts";

/** What the files of a store are made of. */
export interface FileParts extends StoreParts {
  /** The rows of contents. */
  readonly rows: ContentRows;
  /** The folder of contents. */
  readonly folder: ContentFolder;
  /** The files that are to be removed. */
  readonly discarded: Discarded;
  /** Bytes of a content that are sealed together. */
  readonly chunkBytes: number;
  /** Bytes of all contents together. */
  readonly maxContentBytes: number;
}

/** The files in a SQLite store. */
export class SqliteFiles {
  readonly #database: DatabaseSync;
  readonly #opener: RowOpener;
  readonly #bodies: Bodies;
  readonly #commits: Commits;
  readonly #nowMs: () => number;
  readonly #rows: ContentRows;
  readonly #folder: ContentFolder;
  readonly #discarded: Discarded;
  readonly #chunkBytes: number;
  readonly #columns: string;
  readonly #byId: StatementSync;

  /** Takes what they are made of. */
  constructor(parts: FileParts) {
    this.#database = parts.database;
    this.#opener = parts.opener;
    this.#bodies = parts.bodies;
    this.#commits = parts.commits;
    this.#nowMs = parts.nowMs;
    this.#rows = parts.rows;
    this.#folder = parts.folder;
    this.#discarded = parts.discarded;
    this.#chunkBytes = parts.chunkBytes;
    this.#columns = `number, content, ${parts.opener.columns}`;
    this.#byId = parts.database.prepare(`SELECT ${this.#columns} FROM files WHERE id = ?`);
  }

  /** See `FileStore.file`. */
  find(id: string): FileInfo | undefined {
    const row = this.#rowOf(id);
    return row === undefined ? undefined : this.#read(row);
  }

  /** See `FileStore.files`. */
  inRange(after: number, limit: number): FileInfo[] {
    const rows = this.#database.prepare(
      `SELECT ${this.#columns} FROM files WHERE number > ? ORDER BY number LIMIT ?`,
    ).all(after, limit);
    return rows.map((row) => this.#read(row));
  }

  /** See `FileStore.openContent`. */
  async openContent(id: string): Promise<Content | undefined> {
    const row = this.#rowOf(id);
    if (row === undefined) return undefined;
    const file = this.#read(row);
    const content = this.#rows.find(row.content as number);
    if (content === undefined || !content.isWhole) {
      throw new RecordError(`The content of the file ${id} is not in the store`, {
        hint: "Take it from a backup of the store, or put the same file once more.",
      });
    }
    if (content.size !== file.size || !isSameBytes(content.sha256!, file.sha256)) {
      throw misplaced("file", row, "its content is that of another file");
    }
    const reader = await ContentReader.open(this.#folder, this.shapeOf(content));
    return {
      file,
      read: (offset, length) => reader.read(offset, length),
      close: () => reader.close(),
    };
  }

  /** How a content lies in its file. */
  shapeOf({ id, size, key }: StoredContent): ContentShape {
    return new ContentShape({ id, size, key, chunkBytes: this.#chunkBytes });
  }

  /**
   * Keeps a file with a content, all of which is on the disk, and whose SHA-256 is that. Where the
   * same content was there before, the file gets that one.
   *
   * @throws {ConflictError} when another file has its id.
   */
  async keep(file: NewFile, content: StoredContent, sha256: Uint8Array): Promise<AddedFile> {
    const { added, unused } = await this.#commits.add("file", () => {
      // First: a conflict writes nothing.
      const before = this.#before(file, content.size, sha256);
      const { number, unused } = this.#keepContent(content, sha256);
      const added = before ?? this.#add(file, content.size, sha256, number);
      return { added, unused };
    });
    // Only now: until the commit it was the content that counted.
    if (unused !== undefined) await this.#folder.remove(unused);
    return added;
  }

  /**
   * See `FileStore.removeLeftovers`.
   *
   * @param sparedNumbers Gives those of the contents that are being put.
   */
  async removeLeftovers(sparedNumbers: () => ReadonlySet<number>): Promise<number> {
    const nowMs = this.#nowMs();
    const ids = await this.#commits.add("cleanup", () => {
      this.#rows.removeUnused(nowMs - PART_KEEP_MS, nowMs - UNNAMED_PART_KEEP_MS, sparedNumbers());
      return this.#discarded.ids();
    });
    const { gone, files, failure } = await this.#discarded.remove(ids);
    if (gone.length > 0) await this.#commits.add("cleanup", () => this.#discarded.forget(gone));
    if (failure !== undefined) throw failure;
    return files;
  }

  /** The file of that id, if it is there and the same. */
  #before({ id, name }: NewFile, size: number, sha256: Uint8Array): AddedFile | undefined {
    const file = this.find(id);
    if (file === undefined) return undefined;
    // Who sends it once more after a broken connection may have another name by then.
    const isSame = file.name === name && file.size === size && isSameBytes(file.sha256, sha256);
    if (!isSame) throw new ConflictError("file", id);
    return { file, duplicate: true };
  }

  /** Makes a content whole; gives its number, and the id of the one that is not needed then. */
  #keepContent(
    content: StoredContent,
    sha256: Uint8Array,
  ): { number: number; unused?: Uint8Array } {
    const same = this.#rows.findSame(sha256);
    if (same !== undefined && same.number !== content.number) {
      if (same.isWhole) {
        this.#rows.remove(content);
        return { number: same.number, unused: content.id };
      }
      // Somebody puts the same, and is not so far.
      this.#rows.remove(same);
      this.#rows.setWhole(content, sha256, this.#nowMs());
      return { number: content.number, unused: same.id };
    }
    if (!content.isWhole) this.#rows.setWhole(content, sha256, this.#nowMs());
    return { number: content.number };
  }

  #add(file: NewFile, size: number, sha256: Uint8Array, content: number): AddedFile {
    const [number, storedAtMs] = [lastNumber(this.#database, "files") + 1, this.#nowMs()];
    const { name, source } = file;
    const what = { id: file.id, name, size, sha256, source };
    const info: FileInfo = { kind: "fileInfo", ...what, storedAtMs, number };
    const id = uuidToBytes(file.id);
    const body = this.#bodies.seal({ kind: "file", id, storedAtMs }, encodeBody(info));
    this.#database.prepare(
      `INSERT INTO files (number, id, stored_at_ms, body, key_id, content)
       VALUES (?, ?, ?, ?, ?, ?)`,
    ).run(number, id, storedAtMs, body, this.#bodies.keyId ?? null, content);
    return { file: info, duplicate: false };
  }

  #rowOf(id: string): Row | undefined {
    return isUuid(id) ? this.#byId.get(uuidToBytes(id)) : undefined;
  }

  #read(row: Row): FileInfo {
    const body = this.#opener.open("file", row);
    const message = decodeBody(body, 0, body.length);
    if (message.kind !== "fileInfo") throw misplaced("file", row, `it is a ${message.kind}`);
    const { number, stored_at_ms } = row;
    if (message.number !== number || message.storedAtMs !== stored_at_ms) {
      throw misplaced("file", row, `it is the one of the number ${message.number}`);
    }
    return message;
  }
}
