/**
 * Records in SQLite that are kept once for each id, and read by the time that they were stored.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { isSameBytes } from "../bytes.ts";
import { formatKeyId } from "../seal/key.ts";
import type { RecordKind } from "../seal/record.ts";
import { uuidFromBytes, uuidToBytes } from "../wire/uuid.ts";
import type { Bodies } from "./bodies.ts";
import type { Row, RowOpener } from "./rows.ts";
import type { Added, Range } from "./records.ts";
import { ConflictError } from "./store.ts";
import { tableOf } from "./tables.ts";

/** What records are read and written with. */
export interface SqliteRecordsParts {
  /** The open database. */
  readonly database: DatabaseSync;
  /** Opens its rows. */
  readonly opener: RowOpener;
  /** Seals its bodies. */
  readonly bodies: Bodies;
}

/** A record whose body is not opened yet. */
export interface ClosedRecord {
  /** Its UUID. */
  readonly id: string;
  /** Milliseconds since the Unix epoch. */
  readonly storedAtMs: number;
  /** The fingerprint of the key that opening it takes, where the store was not given that key. */
  readonly lockedBy: string | undefined;
  /**
   * Its body.
   *
   * @throws {SealedError} when it is locked.
   * @throws {RecordError} when it was changed, or is plain and may not be.
   */
  open(): Uint8Array;
}

/** The records of one kind. */
export class SqliteRecords {
  readonly #kind: RecordKind;
  readonly #parts: SqliteRecordsParts;
  readonly #table: string;
  readonly #select: StatementSync;
  #insert: StatementSync | undefined;

  /** Takes what they are, and the open store. */
  constructor(kind: RecordKind, parts: SqliteRecordsParts) {
    this.#kind = kind;
    this.#parts = parts;
    this.#table = tableOf(kind).name;
    this.#select = parts.database.prepare(
      `SELECT ${parts.opener.columns} FROM ${this.#table} WHERE id = ?`,
    );
  }

  /**
   * Adds a record, in the transaction that is open.
   *
   * @throws {ConflictError} when one with another body has its id.
   */
  add(id: string, body: Uint8Array, nowMs: number): Added {
    const { database, opener, bodies } = this.#parts;
    // Made when it is first needed: a store of an older version that is only read has no such column.
    this.#insert ??= database.prepare(
      `INSERT INTO ${this.#table} (id, stored_at_ms, body, key_id) VALUES (?, ?, ?, ?)
       ON CONFLICT (id) DO NOTHING`,
    );
    const idBytes = uuidToBytes(id);
    const sealed = bodies.seal({ kind: this.#kind, id: idBytes, storedAtMs: nowMs }, body);
    if (this.#insert.run(idBytes, nowMs, sealed, bodies.keyId ?? null).changes === 1) {
      return { storedAtMs: nowMs, duplicate: false };
    }
    const row = this.#select.get(idBytes)!;
    if (!isSameBytes(opener.open(this.#kind, row), body)) throw new ConflictError(this.#kind, id);
    return { storedAtMs: row.stored_at_ms as number, duplicate: true };
  }

  /** The record of that id (16 bytes). */
  find(id: Uint8Array): ClosedRecord | undefined {
    const row = this.#select.get(id);
    return row === undefined ? undefined : this.#record(row);
  }

  /** The records of that time, in the order that they were stored in. */
  *inRange(range: Range): Iterable<ClosedRecord> {
    const { sinceMs = -Number.MAX_SAFE_INTEGER, untilMs = Number.MAX_SAFE_INTEGER } = range;
    // A statement of its own: a second look at the same time would end this one.
    const statement = this.#parts.database.prepare(
      `SELECT ${this.#parts.opener.columns} FROM ${this.#table}
       WHERE stored_at_ms >= ? AND stored_at_ms < ? ORDER BY stored_at_ms, rowid`,
    );
    for (const row of statement.iterate(sinceMs, untilMs)) yield this.#record(row);
  }

  #record(row: Row): ClosedRecord {
    const lockedBy = this.#parts.opener.lockedBy(this.#kind, row);
    return {
      id: uuidFromBytes(row.id as Uint8Array),
      storedAtMs: row.stored_at_ms as number,
      lockedBy: lockedBy === undefined ? undefined : formatKeyId(lockedBy),
      open: () => this.#parts.opener.open(this.#kind, row),
    };
  }
}
