/**
 * Changes the key of a store in its place.
 *
 * First the store is marked: from then on nobody writes it under the old key. Then its records are
 * sealed anew, some at a time, each such batch in a transaction of its own. Every record says which
 * key it is sealed with, so whatever ends this, the next run goes on where it stopped, and all the
 * while each record opens with one of the two keys. The mark goes away last, when nothing of the
 * old records is left in the files.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { setImmediate } from "node:timers";
import { InterruptedError, reasonOf, UsageError, WagonsError } from "../errors.ts";
import { REKEY_BATCH_BYTES, REKEY_BATCH_RECORDS, REKEY_LOCK_TIMEOUT_MS } from "../limits.ts";
import { RecordError } from "../seal/record.ts";
import { formatDuration } from "../units.ts";
import { uuidFromBytes } from "../wire/uuid.ts";
import { Bodies, type Body } from "./bodies.ts";
import {
  isSameKey,
  keyName,
  readSealState,
  type SealState,
  unfinished,
  writeSealState,
  wrongKey,
} from "./seal_state.ts";
import { readStoreInfo } from "./sqlite_info.ts";
import { BUSY_TIMEOUT_MS, isBusy, openDatabase } from "./sqlite_open.ts";
import { bodyOf } from "./sqlite_records.ts";

const GO_ON = "Run the same command again to go on; a store that is half changed takes nothing.";

/** How to change the key of a store. */
export interface RekeyOptions {
  /** The 32 bytes of the key that it is sealed with. It is not looked at where that is none. */
  oldKey?: Uint8Array | undefined;
  /** The 32 bytes of the key to seal it with. Default: none, the seal is taken away. */
  newKey?: Uint8Array | undefined;
  /** Records in a transaction, at most. Default: {@linkcode REKEY_BATCH_RECORDS}. */
  batchRecords?: number;
  /** Stops it after the batch that is being written. */
  signal?: AbortSignal;
  /** Is told before the first batch and after each. */
  onProgress?: (progress: RekeyProgress) => void;
}

/** How far a change of the key has come. */
export interface RekeyProgress {
  /** Records that this run has changed. */
  readonly changed: number;
  /** Records that this run has to change. */
  readonly total: number;
}

/** What opens the records as they were, and what seals them as they shall be. */
interface Keys {
  readonly from: Bodies;
  readonly to: Bodies;
}

/**
 * Changes the key of the store at `path`, seals a plain store, or takes the seal away. What an
 * earlier run began with the same keys is finished.
 *
 * @returns how many records it has changed; `undefined` when there was nothing to do.
 * @throws {UsageError} when there is no store, when it is sealed with another key than the old one,
 * when another change is not finished, and when others keep the old records in its files.
 * @throws {RecordError} when a record does not open; unless it was changed by other hands since
 * the beginning, nothing is changed yet.
 * @throws {InterruptedError} when the signal has stopped it.
 */
export async function rekeyStore(path: string, options: RekeyOptions): Promise<number | undefined> {
  // First to read only: a store that is not there is not made.
  const info = readStoreInfo(path);
  const isPlain = (info.isRekeying ? info.oldKeyId : info.keyId) === undefined;
  const keys = {
    from: new Bodies(isPlain ? undefined : options.oldKey),
    to: new Bodies(options.newKey),
  };
  const step = nextStep(path, info, keys);
  if (step === "none") return undefined;
  const total = step === "begin" ? info.manifests : info.stale;
  options.onProgress?.({ changed: 0, total });
  const database = openDatabase(path, {});
  try {
    const rekey = new Rekey(database, path, keys, options);
    if (step === "begin") await rekey.begin();
    const changed = await rekey.changeAll(total);
    await rekey.clean();
    await rekey.finish();
    return changed;
  } finally {
    database.close();
  }
}

/** What there is to do on a store that is as it says. */
function nextStep(path: string, state: SealState, keys: Keys): "none" | "begin" | "resume" {
  const { keyId, isRekeying, oldKeyId } = state;
  const isTarget = isSameKey(keyId, keys.to.keyId);
  if (isTarget && !isRekeying) return "none";
  if (!isTarget && isRekeying) {
    throw new UsageError(unfinished(path, state), {
      hint: "Finish that one first, with the same wagons store rekey as then.",
    });
  }
  if (isRekeying && oldKeyId === undefined && !isSameKey(state.mark, keys.to.mark)) {
    throw new RecordError(
      `${unfinished(path, state)}, and nobody who has the key has begun it`,
      { hint: "Somebody else has written in the store: compare it with a backup." },
    );
  }
  const needed = isRekeying ? oldKeyId : keyId;
  if (isSameKey(needed, keys.from.keyId)) return isRekeying ? "resume" : "begin";
  if (needed !== undefined) throw wrongKey(path, needed, keys.from.keyId);
  throw overtaken(path);
}

function overtaken(path: string): UsageError {
  return new UsageError(`The key of the store ${path} was changed by somebody else meanwhile`, {
    hint: "wagons store info shows how it is now.",
  });
}

/** One run over an open store. */
class Rekey {
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #keys: Keys;
  readonly #options: RekeyOptions;
  readonly #select: StatementSync;
  readonly #update: StatementSync;

  constructor(database: DatabaseSync, path: string, keys: Keys, options: RekeyOptions) {
    this.#database = database;
    this.#path = path;
    this.#keys = keys;
    this.#options = options;
    // What is replaced is overwritten with zeros.
    database.exec("PRAGMA secure_delete = ON");
    this.#select = database.prepare(
      `SELECT rowid, id, stored_at_ms, body, key_id FROM manifests
       WHERE rowid > ? AND key_id IS NOT ? ORDER BY rowid LIMIT ?`,
    );
    this.#update = database.prepare("UPDATE manifests SET body = ?, key_id = ? WHERE rowid = ?");
  }

  /** Marks the store, if all its records open: one that does not would keep the mark for ever. */
  async begin(): Promise<void> {
    this.#checkAllAlike();
    for (let batch = this.#batch(0); batch.length > 0; batch = this.#batch(batch.at(-1)!.rowid)) {
      for (const { body } of batch) this.#keys.from.open(body);
      await this.#pause("before anything was changed", "The store is as it was.");
    }
    await this.#transaction(() => {
      // Asked again under the lock: another run may have been faster.
      if (nextStep(this.#path, readSealState(this.#database), this.#keys) !== "begin") return;
      const [keyId, oldKeyId] = [this.#keys.to.keyId, this.#keys.from.keyId];
      const mark = oldKeyId === undefined ? this.#keys.to.mark : undefined;
      writeSealState(this.#database, { keyId, isRekeying: true, oldKeyId, mark });
    });
  }

  /** Before a change all records are sealed alike. Else the store says of itself what is not so. */
  #checkAllAlike(): void {
    const { from } = this.#keys;
    const row = this.#database.prepare(
      "SELECT id, key_id FROM manifests WHERE key_id IS NOT ? LIMIT 1",
    ).get(from.keyId ?? null);
    if (row === undefined) return;
    const [is, others] = [row.key_id as Uint8Array | null ?? undefined, from.keyId].map(keyName);
    throw new RecordError(
      `The manifest ${uuidFromBytes(row.id as Uint8Array)} is sealed with ${is}, and the store ` +
        `${this.#path} with ${others}`,
      { hint: "Somebody else has written in the store: compare it with a backup." },
    );
  }

  /** Changes what is not changed yet, batch by batch; gives how many records that were. */
  async changeAll(total: number): Promise<number> {
    let changed = 0;
    for (let last = 0;;) {
      const batch = await this.#transaction(() => this.#change(last));
      if (batch.length === 0) return changed;
      last = batch.at(-1)!.rowid;
      changed += batch.length;
      this.#options.onProgress?.({ changed, total });
      await this.#pause(`after ${changed} of ${total} manifests`, GO_ON);
    }
  }

  #change(afterRowid: number): Row[] {
    if (!this.#isMarked()) return [];
    const { from, to } = this.#keys;
    const batch = this.#batch(afterRowid);
    for (const { rowid, body } of batch) {
      const sealed = to.seal(body.id, body.storedAtMs, from.open(body));
      this.#update.run(sealed, to.keyId ?? null, rowid);
    }
    return batch;
  }

  /** The next records that are not as they shall be: so many as the bounds allow. */
  #batch(afterRowid: number): Row[] {
    const count = this.#options.batchRecords ?? REKEY_BATCH_RECORDS;
    const rows: Row[] = [];
    let bytes = 0;
    for (const row of this.#select.iterate(afterRowid, this.#keys.to.keyId ?? null, count)) {
      const body = bodyOf(row);
      rows.push({ rowid: row.rowid as number, body });
      bytes += body.bytes.length;
      if (bytes >= REKEY_BATCH_BYTES) break;
    }
    return rows;
  }

  /**
   * Takes what is left of the old records out of the files: pages that were split keep pieces of
   * them, and the write-ahead log whole pages.
   */
  async clean(): Promise<void> {
    // Without a seal the same words stand in the new records.
    if (this.#keys.to.keyId !== undefined) await this.#writeAnew();
    const { busy } = this.#database.prepare("PRAGMA wal_checkpoint(TRUNCATE)").get()!;
    if (busy === 0) return;
    throw new UsageError(
      `The old records are still in ${this.#path}-wal: another program has been reading the store`,
      { hint: "Let it end, and run the same command again." },
    );
  }

  /**
   * Writes all records to fresh pages. VACUUM would do it, if Deno let it: it attaches a database,
   * which takes a program with all permissions. A page that is freed is filled with zeros.
   */
  async #writeAnew(): Promise<void> {
    const columns = "id, stored_at_ms, body, key_id";
    try {
      // The copy would be too much for the memory, and is sealed all through.
      this.#database.exec("PRAGMA temp_store = FILE");
      await this.#transaction(() =>
        this.#database.exec(
          `CREATE TEMP TABLE copied AS SELECT ${columns} FROM manifests ORDER BY rowid;
           DELETE FROM manifests;
           INSERT INTO manifests (${columns}) SELECT ${columns} FROM copied ORDER BY rowid;
           DROP TABLE copied;`,
        )
      );
    } catch (error) {
      if (error instanceof WagonsError) throw error;
      throw new UsageError(
        `Cannot clean the store ${this.#path} of its old records: ${reasonOf(error)}`,
        {
          cause: error,
          hint: "Make room for two more copies of it, and run the same command again.",
        },
      );
    }
  }

  /** Takes the mark away. */
  async finish(): Promise<void> {
    await this.#transaction(() => {
      if (!this.#isMarked()) return;
      if (this.#batch(0).length > 0) {
        throw new UsageError(`Records were written to ${this.#path} with the old key meanwhile`, {
          hint: "Stop the old wagons that has done it, and run the same command again.",
        });
      }
      const keyId = this.#keys.to.keyId;
      const done = { keyId, isRekeying: false, oldKeyId: undefined, mark: undefined };
      writeSealState(this.#database, done);
    });
  }

  /** Whether it is still to be done: another run may have finished it, and even undone it again. */
  #isMarked(): boolean {
    const step = nextStep(this.#path, readSealState(this.#database), this.#keys);
    if (step === "begin") throw overtaken(this.#path);
    return step === "resume";
  }

  /** Lets signals come in, and ends here if one has. */
  async #pause(when: string, hint: string): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.#checkSignal(when, hint);
  }

  #checkSignal(when: string, hint: string): void {
    if (this.#options.signal?.aborted) {
      throw new InterruptedError(`Interrupted ${when}`, { hint });
    }
  }

  async #transaction<T>(action: () => T): Promise<T> {
    await this.#lock();
    try {
      const result = action();
      this.#database.exec("COMMIT");
      return result;
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
      throw error;
    }
  }

  /**
   * Begins to write. A server that is busy leaves the store free for moments only: SQLite, which
   * looks ten times a second, could miss all of them.
   */
  async #lock(): Promise<void> {
    const sinceMs = performance.now();
    while (!this.#tryLock()) {
      if (performance.now() - sinceMs > REKEY_LOCK_TIMEOUT_MS) {
        const time = formatDuration(REKEY_LOCK_TIMEOUT_MS);
        throw new UsageError(`Others were writing the store ${this.#path} for ${time}`, {
          hint: "Stop them, and run the same command again.",
        });
      }
      await new Promise((resolve) => setTimeout(resolve, 1));
      this.#checkSignal("while others were writing the store", GO_ON);
    }
  }

  #tryLock(): boolean {
    this.#database.exec("PRAGMA busy_timeout = 0");
    try {
      // A statement, because exec() does not tell why it fails.
      this.#database.prepare("BEGIN IMMEDIATE").run();
      return true;
    } catch (error) {
      if (isBusy(error)) return false;
      throw error;
    } finally {
      this.#database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    }
  }
}

interface Row {
  readonly rowid: number;
  readonly body: Body;
}
