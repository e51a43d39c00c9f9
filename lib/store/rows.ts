/**
 * Rows of records, sealed or not, and what is in them.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { formatKeyId } from "../seal/key.ts";
import { RecordError, type RecordKind } from "../seal/record.ts";
import { counted } from "../units.ts";
import { uuidFromBytes } from "../wire/uuid.ts";
import type { Bodies, Body } from "./bodies.ts";
import { canBeSealed, givenKey, STORE_KEY_HINT } from "./seal_state.ts";
import { SealedError } from "./store.ts";
import { tableOf } from "./tables.ts";

/** A row, by the names of its columns. */
export type Row = Record<string, unknown>;

/**
 * `must_be_sealed`: no record of this store can be plain, by what it says of itself. In the same
 * statement, so that both are of the same moment.
 */
const COLUMNS = `id, stored_at_ms, body, key_id,
  (SELECT key_id IS NOT NULL AND NOT (is_rekeying AND old_key_id IS NULL) FROM seal)
    AS must_be_sealed`;
/** The same of a store that is too old to be sealed, which a reader can meet. */
const OLD_COLUMNS = "id, stored_at_ms, body, NULL AS key_id, 0 AS must_be_sealed";

/** Opens what is in rows, with the key that the store was opened with. */
export class RowOpener {
  /** What has to be selected of a row to open it. */
  readonly columns: string;
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #bodies: Bodies;

  /** Takes the open store, its path for messages, and what opens its bodies. */
  constructor(database: DatabaseSync, path: string, bodies: Bodies) {
    this.#database = database;
    this.#path = path;
    this.#bodies = bodies;
    this.columns = canBeSealed(database) ? COLUMNS : OLD_COLUMNS;
  }

  /**
   * What is in a row with the {@linkcode columns}.
   *
   * @throws {SealedError} when it is sealed with a key that was not given.
   * @throws {RecordError} when it was changed, or is plain and may not be.
   */
  open(kind: RecordKind, row: Row): Uint8Array {
    const body = bodyOf(kind, row);
    if (body.keyId === undefined) {
      // With a key it does not matter what the store says of itself: who can write it without the
      // key can write that too.
      const isWanted = this.#bodies.keyId === undefined && row.must_be_sealed === 0;
      if (isWanted) return body.bytes;
      throw new RecordError(
        `The ${kind} ${uuidFromBytes(body.id)} in the store ${this.#path} is plain, and ` +
          (row.must_be_sealed === 0 ? "a key was given" : "the store is sealed"),
        {
          hint: row.must_be_sealed === 0
            ? "Is the store sealed yet? wagons store info tells; if it was, somebody without the " +
              "key has written in it."
            : "Somebody who has not the key has written it there: compare it with a backup.",
        },
      );
    }
    if (!this.#bodies.isOurs(body)) throw this.#locked(kind, body.keyId);
    return this.#bodies.open(body);
  }

  /** The `keyId` of the key that opening a row takes, where that was not given. */
  lockedBy(kind: RecordKind, row: Row): Uint8Array | undefined {
    const body = bodyOf(kind, row);
    return body.keyId === undefined || this.#bodies.isOurs(body) ? undefined : body.keyId;
  }

  #locked(kind: RecordKind, keyId: Uint8Array): SealedError {
    const { name, many: kinds } = tableOf(kind);
    const { total, sealed } = this.#database.prepare(
      `SELECT count(*) AS total, count(*) FILTER (WHERE key_id = ?) AS sealed FROM ${name}`,
    ).get(keyId) as Record<string, number>;
    const many = `${sealed} of ${counted(total!, kind, kinds)} in the store ${this.#path}`;
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
export function bodyOf(kind: RecordKind, row: Row): Body {
  return {
    kind,
    id: row.id as Uint8Array,
    storedAtMs: row.stored_at_ms as number,
    keyId: row.key_id as Uint8Array | null ?? undefined,
    bytes: row.body as Uint8Array,
  };
}
