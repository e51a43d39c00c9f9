/**
 * Reads the rows of manifests, sealed or not.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { formatKeyId } from "../seal/key.ts";
import { RecordError } from "../seal/record.ts";
import { counted } from "../units.ts";
import { decodeBody } from "../wire/codec.ts";
import { uuidFromBytes } from "../wire/uuid.ts";
import type { Bodies, Body } from "./bodies.ts";
import { canBeSealed, givenKey, STORE_KEY_HINT } from "./seal_state.ts";
import { type Range, SealedError, type StoredManifest, type StoredRecord } from "./store.ts";

/**
 * `must_be_sealed`: no record of this store can be plain, by what it says of itself. In the same
 * statement, so that both are of the same moment.
 */
const COLUMNS = `id, stored_at_ms, body, key_id,
  (SELECT key_id IS NOT NULL AND NOT (is_rekeying AND old_key_id IS NULL) FROM seal)
    AS must_be_sealed`;
/** The same of a store that is too old to be sealed, which a reader can meet. */
const OLD_COLUMNS = "id, stored_at_ms, body, NULL AS key_id, 0 AS must_be_sealed";

/** A row with the columns of {@linkcode COLUMNS}, by their names. */
export type Row = Record<string, unknown>;

/** The manifests in a SQLite store, to be read. */
export class SqliteRecords {
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #bodies: Bodies;
  readonly #columns: string;
  readonly #select: StatementSync;

  /** Takes the open store, its path for messages, and what opens its bodies. */
  constructor(database: DatabaseSync, path: string, bodies: Bodies) {
    this.#database = database;
    this.#path = path;
    this.#bodies = bodies;
    this.#columns = canBeSealed(database) ? COLUMNS : OLD_COLUMNS;
    this.#select = database.prepare(`SELECT ${this.#columns} FROM manifests WHERE id = ?`);
  }

  /** The manifest of that id (16 bytes). */
  find(id: Uint8Array): StoredRecord | undefined {
    const row = this.#select.get(id);
    return row === undefined ? undefined : this.#record(row);
  }

  /** The body of that id's manifest and when it was stored, if it is there. */
  findBody(id: Uint8Array): { storedAtMs: number; body: Uint8Array } | undefined {
    const row = this.#select.get(id);
    if (row === undefined) return undefined;
    return { storedAtMs: row.stored_at_ms as number, body: this.#open(row) };
  }

  /** See `Store.records`. */
  *inRange(range: Range): Iterable<StoredRecord> {
    const { sinceMs = -Number.MAX_SAFE_INTEGER, untilMs = Number.MAX_SAFE_INTEGER } = range;
    // A statement of its own: a second look at the same time would end this one.
    const statement = this.#database.prepare(
      `SELECT ${this.#columns} FROM manifests WHERE stored_at_ms >= ? AND stored_at_ms < ? ` +
        "ORDER BY stored_at_ms, rowid",
    );
    for (const row of statement.iterate(sinceMs, untilMs)) yield this.#record(row);
  }

  #record(row: Row): StoredRecord {
    const { id, storedAtMs, keyId } = bodyOf(row);
    return {
      id: uuidFromBytes(id),
      storedAtMs,
      lockedBy: this.#isLocked(row) ? formatKeyId(keyId!) : undefined,
      read: () => this.#read(row),
    };
  }

  #read(row: Row): StoredManifest {
    const body = this.#open(row);
    const message = decodeBody(body, 0, body.length);
    if (message.kind !== "manifest") {
      throw new Error(`Cannot read a manifest: the store holds a ${message.kind} in its place`);
    }
    return { ...message, storedAtMs: row.stored_at_ms as number };
  }

  #open(row: Row): Uint8Array {
    const body = bodyOf(row);
    if (body.keyId === undefined) {
      // With a key it does not matter what the store says of itself: who can write it without the
      // key can write that too.
      const isWanted = this.#bodies.keyId === undefined && row.must_be_sealed === 0;
      if (isWanted) return body.bytes;
      throw new RecordError(
        `The manifest ${uuidFromBytes(body.id)} in the store ${this.#path} is plain, and ` +
          (row.must_be_sealed === 0 ? "a key was given" : "the store is sealed"),
        {
          hint: row.must_be_sealed === 0
            ? "Is the store sealed yet? wagons store info tells; if it was, somebody without the " +
              "key has written in it."
            : "Somebody who has not the key has written it there: compare it with a backup.",
        },
      );
    }
    if (this.#isLocked(row)) throw this.#locked(body.keyId);
    return this.#bodies.open(body);
  }

  #isLocked(row: Row): boolean {
    return row.key_id !== null && !this.#bodies.isOurs(bodyOf(row));
  }

  #locked(keyId: Uint8Array): SealedError {
    const { total, sealed } = this.#database.prepare(
      "SELECT count(*) AS total, count(*) FILTER (WHERE key_id = ?) AS sealed FROM manifests",
    ).get(keyId) as Record<string, number>;
    const many = `${sealed} of ${counted(total!, "manifest")} in the store ${this.#path}`;
    const are = sealed === 1 ? "is" : "are";
    return new SealedError(
      `${many} ${are} sealed with the key ${formatKeyId(keyId)}, and ${
        givenKey(this.#bodies.keyId)
      }`,
      { hint: STORE_KEY_HINT },
    );
  }
}

/** The body in a row that has the columns `id, stored_at_ms, body, key_id`. */
export function bodyOf(row: Row): Body {
  return {
    id: row.id as Uint8Array,
    storedAtMs: row.stored_at_ms as number,
    keyId: row.key_id as Uint8Array | null ?? undefined,
    bytes: row.body as Uint8Array,
  };
}
