/**
 * Changes the key of a store in its place.
 *
 * First the store is marked: from then on nobody writes it under the old key. Then its records are
 * sealed anew, some at a time, each such batch in a transaction of its own. Every record says which
 * key it is sealed with, so whatever ends this, the next run goes on where it stopped, and all the
 * while each record opens with one of the two keys. The mark goes away last, when nothing of the
 * old records is left in the files.
 *
 * The contents of files have keys of their own, which are in their records: from one key to another
 * their bytes stay as they are. Only to seal them, and to take the seal away, they are written anew,
 * each into a new file.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { reasonOf, UsageError, WagonsError } from "../errors.ts";
import {
  CONTENT_CHUNK_BYTES,
  REKEY_BATCH_RECORDS,
  STORE_BUSY_TIMEOUT_MS,
} from "../limits/store.ts";
import { RecordError } from "../seal/record.ts";
import { Bodies } from "./bodies.ts";
import { ContentFolder } from "./content_folder.ts";
import { Discarded } from "./discarded.ts";
import { RekeyContents } from "./rekey_contents.ts";
import { RekeyLock } from "./rekey_lock.ts";
import { type Keys, RekeyRecords } from "./rekey_records.ts";
import {
  isSameKey,
  readSealState,
  type SealState,
  unfinished,
  writeSealState,
  wrongKey,
} from "./seal_state.ts";
import { readStoreInfo } from "./sqlite_info.ts";
import { openDatabase } from "./sqlite_open.ts";
import { RECORD_TABLES, type RecordTable } from "./tables.ts";

const GO_ON = "Run the same command again to go on; a store that is half changed takes nothing.";

/** How to change the key of a store. */
export interface RekeyOptions {
  /** The 32 bytes of the key that it is sealed with. It is not looked at where that is none. */
  oldKey?: Uint8Array | undefined;
  /** The 32 bytes of the key to seal it with. Default: none, the seal is taken away. */
  newKey?: Uint8Array | undefined;
  /** Records in a transaction, at most. Default: {@linkcode REKEY_BATCH_RECORDS}. */
  batchRecords?: number;
  /** Bytes of a content that are sealed together. Default: {@linkcode CONTENT_CHUNK_BYTES}. */
  chunkBytes?: number;
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
  const total = step === "begin" ? info.records : info.stale;
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
  readonly #lock: RekeyLock;
  readonly #discarded: Discarded;
  readonly #tables: readonly RekeyRecords[];

  constructor(database: DatabaseSync, path: string, keys: Keys, options: RekeyOptions) {
    this.#database = database;
    this.#path = path;
    this.#keys = keys;
    this.#options = options;
    this.#lock = new RekeyLock(database, path, { hint: GO_ON, signal: options.signal });
    const folder = new ContentFolder(path);
    this.#discarded = new Discarded(database, folder);
    const parts = {
      database,
      path,
      keys,
      lock: this.#lock,
      batchRecords: options.batchRecords ?? REKEY_BATCH_RECORDS,
    };
    const contents = {
      folder,
      discarded: this.#discarded,
      chunkBytes: options.chunkBytes ?? CONTENT_CHUNK_BYTES,
    };
    this.#tables = RECORD_TABLES.map((table) =>
      table.kind === "content"
        ? new RekeyContents(table, parts, contents)
        : new RekeyRecords(table, parts)
    );
  }

  /** Marks the store, if all its records open: one that does not would keep the mark for ever. */
  async begin(): Promise<void> {
    try {
      for (const table of this.#tables) await table.check();
    } catch (error) {
      // Another run that has begun meanwhile has changed some of them.
      const state = readSealState(this.#database);
      if (nextStep(this.#path, state, this.#keys) === "begin") throw error;
    }
    await this.#lock.transaction(() => {
      // Asked again under the lock: another run may have been faster.
      if (nextStep(this.#path, readSealState(this.#database), this.#keys) !== "begin") return;
      const [keyId, oldKeyId] = [this.#keys.to.keyId, this.#keys.from.keyId];
      const mark = oldKeyId === undefined ? this.#keys.to.mark : undefined;
      writeSealState(this.#database, { keyId, isRekeying: true, oldKeyId, mark });
    });
  }

  /** Changes what is not changed yet, batch by batch; gives how many records that were. */
  async changeAll(total: number): Promise<number> {
    let changed = 0;
    for (const table of this.#tables) {
      for await (const count of table.change(() => this.#isMarked())) {
        changed += count;
        this.#options.onProgress?.({ changed, total });
        await this.#lock.pause(`after ${changed} of ${total} records`, GO_ON);
      }
    }
    return changed;
  }

  /**
   * Takes what is left of the old records out of the files: pages that were split keep pieces of
   * them, and the write-ahead log whole pages. A run that was killed leaves files in the folder.
   */
  async clean(): Promise<void> {
    const { gone, failure } = await this.#discarded.remove(this.#discarded.ids());
    if (failure !== undefined) throw failure;
    if (gone.length > 0) await this.#lock.transaction(() => this.#discarded.forget(gone));
    // Without a seal the same words stand in the new records.
    if (this.#keys.to.keyId !== undefined) {
      for (const table of RECORD_TABLES) await this.#writeAnew(table);
    }
    const checkpoint = this.#database.prepare("PRAGMA wal_checkpoint(TRUNCATE)");
    const sinceMs = performance.now();
    do {
      if (checkpoint.get()!.busy === 0) return;
      // For those who read SQLite has waited, not for another run that is doing the same.
      await this.#lock.pause("before the old records were out of the log", GO_ON);
    } while (performance.now() - sinceMs < STORE_BUSY_TIMEOUT_MS);
    throw new UsageError(
      `The old records are still in ${this.#path}-wal: another program has been reading the store`,
      { hint: "Let it end, and run the same command again." },
    );
  }

  /**
   * Writes all records to fresh pages. VACUUM would do it, if Deno let it: it attaches a database,
   * which takes a program with all permissions. A page that is freed is filled with zeros.
   */
  async #writeAnew({ name, columns }: RecordTable): Promise<void> {
    try {
      // The copy would be too much for the memory, and is sealed all through.
      this.#database.exec("PRAGMA temp_store = FILE");
      await this.#lock.transaction(() =>
        this.#database.exec(
          `CREATE TEMP TABLE copied AS SELECT ${columns} FROM ${name} ORDER BY rowid;
           DELETE FROM ${name};
           INSERT INTO ${name} (${columns}) SELECT ${columns} FROM copied ORDER BY rowid;
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
    await this.#lock.transaction(() => {
      if (!this.#isMarked()) return;
      if (this.#tables.some((table) => table.hasOld())) {
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
}
