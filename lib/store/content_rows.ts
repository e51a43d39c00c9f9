/**
 * The rows of contents in SQLite.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { CONTENT_KEY_BYTES } from "../seal/content.ts";
import { type Bodies, randomBytes } from "./bodies.ts";
import { type ContentRecord, decodeContentRecord, encodeContentRecord } from "./content_record.ts";
import type { ContentInfo } from "./file_store.ts";
import type { Row, RowOpener } from "./rows.ts";

/** A content, and how far it was put. */
export interface StoredContent extends ContentRecord {
  /** The number that files name it by. */
  readonly number: number;
  /** 16 random bytes: the name of its file. */
  readonly id: Uint8Array;
  /** When it was begun, in milliseconds since the Unix epoch. */
  readonly storedAtMs: number;
  /** All of it is there. */
  readonly isWhole: boolean;
  /** So many of its first bytes are on the disk. */
  readonly durableBytes: number;
}

const COLUMNS = "number, is_whole, durable_bytes";

/** Reads rows of contents, and writes them in a transaction that is open. */
export class ContentRows {
  readonly #database: DatabaseSync;
  readonly #opener: RowOpener;
  readonly #bodies: Bodies;
  readonly #byNumber: StatementSync;
  readonly #byDigest: StatementSync;

  /** Takes the open store, what opens its rows, and what seals them. */
  constructor(database: DatabaseSync, opener: RowOpener, bodies: Bodies) {
    this.#database = database;
    this.#opener = opener;
    this.#bodies = bodies;
    const select = `SELECT ${COLUMNS}, ${opener.columns} FROM contents WHERE`;
    this.#byNumber = database.prepare(`${select} number = ?`);
    this.#byDigest = database.prepare(`${select} digest = ?`);
  }

  /** The content of that number. */
  find(number: number): StoredContent | undefined {
    return this.#read(this.#byNumber.get(number));
  }

  /** The content of that SHA-256, whole or not. */
  findSame(sha256: Uint8Array): StoredContent | undefined {
    return this.#read(this.#byDigest.get(this.#bodies.digest(sha256)));
  }

  /** Adds a content of which nothing is there yet. */
  add(content: ContentInfo, nowMs: number): StoredContent {
    const { id, record, values } = this.#made(content, nowMs);
    const { lastInsertRowid } = this.#database.prepare(
      `INSERT INTO contents
         (id, stored_at_ms, body, key_id, digest, is_whole, durable_bytes, used_at_ms)
       VALUES (?, ?, ?, ?, ?, 0, 0, ?)`,
    ).run(...values, nowMs);
    const number = Number(lastInsertRowid);
    return { ...record, number, id, storedAtMs: nowMs, isWhole: false, durableBytes: 0 };
  }

  /** Takes all back that is said of a content: it is put from its beginning, in a new file. */
  restart(number: number, content: ContentInfo, nowMs: number): StoredContent {
    const { id, record, values } = this.#made(content, nowMs);
    this.#database.prepare(
      `UPDATE contents SET id = ?, stored_at_ms = ?, body = ?, key_id = ?, digest = ?,
         is_whole = 0, durable_bytes = 0, used_at_ms = ? WHERE number = ?`,
    ).run(...values, nowMs, number);
    return { ...record, number, id, storedAtMs: nowMs, isWhole: false, durableBytes: 0 };
  }

  /** Says how far a content is on the disk; false when somebody else has begun it anew. */
  setDurable({ number, id }: StoredContent, durableBytes: number, nowMs: number): boolean {
    return this.#database.prepare(
      `UPDATE contents SET durable_bytes = ?, used_at_ms = ?
       WHERE number = ? AND id = ? AND is_whole = 0`,
    ).run(durableBytes, nowMs, number, id).changes === 1;
  }

  /** Says that all of a content is there, and what its SHA-256 is. */
  setWhole(content: StoredContent, sha256: Uint8Array, nowMs: number): void {
    const { number, id, storedAtMs, size, key } = content;
    const record = { size, sha256, ...(key === undefined ? {} : { key }) };
    const place = { kind: "content", id, storedAtMs } as const;
    const body = this.#bodies.seal(place, encodeContentRecord(record));
    this.#database.prepare(
      `UPDATE contents SET body = ?, digest = ?, is_whole = 1, durable_bytes = ?, used_at_ms = ?
       WHERE number = ?`,
    ).run(body, this.#bodies.digest(sha256), size, nowMs, number);
  }

  /**
   * Removes a content that was not put to its end, unless there are files that had it before.
   *
   * @returns whether it is not there now: nobody needs its file any more.
   */
  remove({ number, id }: StoredContent): boolean {
    this.#database.prepare(
      `DELETE FROM contents WHERE number = ? AND id = ? AND is_whole = 0
         AND NOT EXISTS (SELECT 1 FROM files WHERE content = contents.number)`,
    ).run(number, id);
    return this.#database.prepare("SELECT 1 FROM contents WHERE id = ?").get(id) === undefined;
  }

  /**
   * Removes those that were not put to their end, and were not put any of since some time: another
   * time for those whose SHA-256 is not known.
   *
   * @param sparedNumbers Those that are being put.
   */
  removeUnused(
    sinceMs: number,
    unnamedSinceMs: number,
    sparedNumbers: ReadonlySet<number>,
  ): void {
    const rows = this.#database.prepare(
      `SELECT number FROM contents WHERE is_whole = 0
         AND used_at_ms < iif(digest IS NULL, ?, ?)
         AND NOT EXISTS (SELECT 1 FROM files WHERE content = contents.number)`,
    ).all(unnamedSinceMs, sinceMs);
    const remove = this.#database.prepare("DELETE FROM contents WHERE number = ?");
    for (const { number } of rows) {
      if (!sparedNumbers.has(number as number)) remove.run(number as number);
    }
  }

  /** Bytes of all contents, as far as they are on the disk. */
  durableBytes(): number {
    return this.#database.prepare("SELECT coalesce(sum(durable_bytes), 0) AS bytes FROM contents")
      .get()!.bytes as number;
  }

  #made({ size, sha256 }: ContentInfo, nowMs: number) {
    const id = randomBytes(16);
    const record: ContentRecord = {
      size,
      ...(sha256 === undefined ? {} : { sha256 }),
      ...(this.#bodies.keyId === undefined ? {} : { key: randomBytes(CONTENT_KEY_BYTES) }),
    };
    const place = { kind: "content", id, storedAtMs: nowMs } as const;
    const body = this.#bodies.seal(place, encodeContentRecord(record));
    const digest = sha256 === undefined ? null : this.#bodies.digest(sha256);
    const values = [id, nowMs, body, this.#bodies.keyId ?? null, digest] as const;
    return { id, record, values };
  }

  #read(row: Row | undefined): StoredContent | undefined {
    if (row === undefined) return undefined;
    return {
      ...decodeContentRecord(this.#opener.open("content", row)),
      number: row.number as number,
      id: row.id as Uint8Array,
      storedAtMs: row.stored_at_ms as number,
      isWhole: row.is_whole === 1,
      durableBytes: row.durable_bytes as number,
    };
  }
}
