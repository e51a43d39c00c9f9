/**
 * Keeps manifests in SQLite, and reads them.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { isSameBytes } from "../bytes.ts";
import { formatKeyId } from "../seal/key.ts";
import { decodeBody, encodeBody } from "../wire/codec.ts";
import type { Manifest } from "../wire/messages.ts";
import { uuidFromBytes, uuidToBytes } from "../wire/uuid.ts";
import type { Bodies } from "./bodies.ts";
import type { Row, RowOpener } from "./rows.ts";
import {
  type Added,
  ConflictError,
  type Range,
  type StoredManifest,
  type StoredRecord,
} from "./store.ts";

/** The manifests in a SQLite store. */
export class SqliteManifests {
  readonly #database: DatabaseSync;
  readonly #opener: RowOpener;
  readonly #select: StatementSync;
  #insert: StatementSync | undefined;

  /** Takes the open store, and what opens its rows. */
  constructor(database: DatabaseSync, opener: RowOpener) {
    this.#database = database;
    this.#opener = opener;
    this.#select = database.prepare(`SELECT ${opener.columns} FROM manifests WHERE id = ?`);
  }

  /**
   * Adds a manifest, in the transaction that is open.
   *
   * @throws {ConflictError} when another one has its id.
   */
  add(manifest: Manifest, bodies: Bodies, nowMs: number): Added {
    // Made when it is first needed: a store of an older version that is only read has no such column.
    this.#insert ??= this.#database.prepare(
      "INSERT INTO manifests (id, stored_at_ms, body, key_id) VALUES (?, ?, ?, ?) " +
        "ON CONFLICT (id) DO NOTHING",
    );
    const id = uuidToBytes(manifest.id);
    const body = encodeBody(manifest);
    const sealed = bodies.seal({ kind: "manifest", id, storedAtMs: nowMs }, body);
    if (this.#insert.run(id, nowMs, sealed, bodies.keyId ?? null).changes === 1) {
      return { storedAtMs: nowMs, duplicate: false };
    }
    const row = this.#select.get(id)!;
    if (!isSameBytes(this.#opener.open("manifest", row), body)) {
      throw new ConflictError("manifest", manifest.id);
    }
    return { storedAtMs: row.stored_at_ms as number, duplicate: true };
  }

  /** The manifest of that id (16 bytes). */
  find(id: Uint8Array): StoredRecord | undefined {
    const row = this.#select.get(id);
    return row === undefined ? undefined : this.#record(row);
  }

  /** See `Store.records`. */
  *inRange(range: Range): Iterable<StoredRecord> {
    const { sinceMs = -Number.MAX_SAFE_INTEGER, untilMs = Number.MAX_SAFE_INTEGER } = range;
    // A statement of its own: a second look at the same time would end this one.
    const statement = this.#database.prepare(
      `SELECT ${this.#opener.columns} FROM manifests ` +
        "WHERE stored_at_ms >= ? AND stored_at_ms < ? ORDER BY stored_at_ms, rowid",
    );
    for (const row of statement.iterate(sinceMs, untilMs)) yield this.#record(row);
  }

  #record(row: Row): StoredRecord {
    const lockedBy = this.#opener.lockedBy("manifest", row);
    return {
      id: uuidFromBytes(row.id as Uint8Array),
      storedAtMs: row.stored_at_ms as number,
      lockedBy: lockedBy === undefined ? undefined : formatKeyId(lockedBy),
      read: () => this.#read(row),
    };
  }

  #read(row: Row): StoredManifest {
    const body = this.#opener.open("manifest", row);
    const message = decodeBody(body, 0, body.length);
    if (message.kind !== "manifest") {
      throw new Error(`Cannot read a manifest: the store holds a ${message.kind} in its place`);
    }
    return { ...message, storedAtMs: row.stored_at_ms as number };
  }
}
