import type { DatabaseSync, StatementSync } from "node:sqlite";
import { REKEY_BATCH_BYTES } from "../limits/store.ts";
import { RecordError } from "../seal/record.ts";
import { uuidFromBytes } from "../wire/uuid.ts";
import type { Bodies, Body } from "./bodies.ts";
import type { RekeyLock } from "./rekey_lock.ts";
import { bodyOf } from "./rows.ts";
import { keyName } from "./seal_state.ts";
import type { RecordTable } from "./tables.ts";

/** What opens the records as they were, and what seals them as they shall be. */
export interface Keys {
  /** As they were. */
  readonly from: Bodies;
  /** As they shall be. */
  readonly to: Bodies;
}

/** What a change of the key works with. */
export interface RekeyParts {
  /** The open store. */
  readonly database: DatabaseSync;
  /** Its path, for messages. */
  readonly path: string;
  /** The two keys. */
  readonly keys: Keys;
  /** Its transactions. */
  readonly lock: RekeyLock;
  /** Records in a transaction, at most. */
  readonly batchRecords: number;
}

/** A record that is to be changed. */
export interface OldRecord {
  /** Where it stands in its table. */
  readonly rowid: number;
  /** What it says. */
  readonly body: Body;
}

/** The change of the key in one table. */
export class RekeyRecords {
  /** What it works with. */
  protected readonly parts: RekeyParts;
  readonly #table: RecordTable;
  readonly #select: StatementSync;
  readonly #update: StatementSync;

  /** Takes the table, and what to work with. */
  constructor(table: RecordTable, parts: RekeyParts) {
    this.parts = parts;
    this.#table = table;
    this.#select = parts.database.prepare(
      `SELECT rowid AS rowid, id, stored_at_ms, body, key_id FROM ${table.name}
       WHERE rowid > ? AND key_id IS NOT ? ORDER BY rowid LIMIT ?`,
    );
    this.#update = parts.database.prepare(
      `UPDATE ${table.name} SET body = ?, key_id = ? WHERE rowid = ?`,
    );
  }

  /** Whether there is a record that is not as it shall be. */
  hasOld(): boolean {
    return this.batch(0, 1).length > 0;
  }

  /**
   * Makes sure that all records are as the store says, and open with the old key.
   *
   * @throws {RecordError} when one does not.
   */
  async check(): Promise<void> {
    this.#checkAllAlike();
    for (let batch = this.batch(0); batch.length > 0; batch = this.batch(batch.at(-1)!.rowid)) {
      for (const record of batch) await this.checkOne(record);
      await this.parts.lock.pause("before anything was changed", "The store is as it was.");
    }
  }

  /**
   * Changes the records, batch by batch.
   *
   * @param isMarked Whether that is still to be done, in the transaction that does it.
   * @returns how many records each batch had.
   */
  async *change(isMarked: () => boolean): AsyncGenerator<number> {
    for (let last = 0;;) {
      const batch = await this.changeBatch(last, isMarked);
      if (batch.length === 0) return;
      last = batch.at(-1)!.rowid;
      yield batch.length;
    }
  }

  /** Makes sure that a record opens. */
  protected checkOne({ body }: OldRecord): void | Promise<void> {
    this.parts.keys.from.open(body);
  }

  /** Changes the next records after a row; gives which those were. */
  protected changeBatch(afterRowid: number, isMarked: () => boolean): Promise<OldRecord[]> {
    const { keys: { from, to }, lock } = this.parts;
    return lock.transaction(() => {
      if (!isMarked()) return [];
      const batch = this.batch(afterRowid);
      for (const { rowid, body } of batch) {
        this.#update.run(to.seal(body, from.open(body)), to.keyId ?? null, rowid);
      }
      return batch;
    });
  }

  /** The next records that are not as they shall be: so many as the bounds allow. */
  protected batch(
    afterRowid: number,
    maxRecords: number = this.parts.batchRecords,
  ): OldRecord[] {
    const rows: OldRecord[] = [];
    let bytes = 0;
    const keyId = this.parts.keys.to.keyId ?? null;
    for (const row of this.#select.iterate(afterRowid, keyId, maxRecords)) {
      const body = bodyOf(this.#table.kind, row);
      rows.push({ rowid: row.rowid as number, body });
      bytes += body.bytes.length;
      if (bytes >= REKEY_BATCH_BYTES) break;
    }
    return rows;
  }

  /** Before a change all records are sealed alike. Else the store says of itself what is not so. */
  #checkAllAlike(): void {
    const { database, path, keys: { from } } = this.parts;
    const { name, kind } = this.#table;
    const row = database.prepare(
      `SELECT id, key_id FROM ${name} WHERE key_id IS NOT ? LIMIT 1`,
    ).get(from.keyId ?? null);
    if (row === undefined) return;
    const [is, others] = [row.key_id as Uint8Array | null ?? undefined, from.keyId].map(keyName);
    throw new RecordError(
      `The ${kind} ${uuidFromBytes(row.id as Uint8Array)} is sealed with ${is}, and the store ` +
        `${path} with ${others}`,
      { hint: "Somebody else has written in the store: compare it with a backup." },
    );
  }
}
