/**
 * The embedded store: one SQLite file.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { setImmediate } from "node:timers";
import { encodeBody } from "../wire/codec.ts";
import type { Manifest } from "../wire/messages.ts";
import { isUuid, uuidToBytes } from "../wire/uuid.ts";
import { Bodies } from "./bodies.ts";
import { claimStore, isSameKey, keyName } from "./seal_state.ts";
import { BUSY_TIMEOUT_MS, isBusy, openDatabase, type SqliteOptions } from "./sqlite_open.ts";
import { SqliteRecords } from "./sqlite_records.ts";
import {
  type Added,
  ConflictError,
  type Range,
  SealedError,
  type Store,
  type StoredManifest,
  type StoredRecord,
} from "./store.ts";

/** How often a commit is tried again while another process writes. */
const BUSY_RETRY_MS = 20;

/** A manifest on its way to the disk. */
interface Pending {
  manifest: Manifest;
  /** When it came, on the clock of `performance.now()`. */
  sinceMs: number;
  resolve: (added: Added) => void;
  reject: (error: unknown) => void;
}

/** How to open a SQLite store, and with which key. */
export interface SqliteStoreOptions extends SqliteOptions {
  /**
   * The store's key, 32 bytes. A store that is new or empty is sealed with it from then on; one
   * that is sealed takes the same key to be written, and to be read beyond ids and times. Default:
   * none, the store is plain.
   */
  key?: Uint8Array | undefined;
}

/**
 * Opens the store in the file at `path`, which is made if it is not there.
 *
 * @throws {UsageError} when the file cannot be opened, is no store, or is one of a newer version;
 * and, to write, when it is sealed and this is not the key, when it is not sealed and there is a
 * key, and when a change of its key is not finished.
 */
export function openSqliteStore(path: string, options: SqliteStoreOptions = {}): Store {
  const database = openDatabase(path, options);
  try {
    const bodies = new Bodies(options.key);
    const isReadOnly = options.readOnly ?? false;
    if (!isReadOnly) claimStore(database, path, bodies.keyId);
    return new SqliteStore({ database, path, bodies, isReadOnly }, Date.now);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** What a store is made of. */
interface Parts {
  readonly database: DatabaseSync;
  readonly path: string;
  readonly bodies: Bodies;
  readonly isReadOnly: boolean;
}

/** What is needed to write. */
interface WriteStatements {
  /** Adds a row, unless there is one of that id. */
  readonly insert: StatementSync;
  /** Reads how the store is sealed now. */
  readonly seal: StatementSync;
}

class SqliteStore implements Store {
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #bodies: Bodies;
  readonly #records: SqliteRecords;
  readonly #nowMs: () => number;
  /** None when it is only read. */
  readonly #write: WriteStatements | undefined;
  #pending: Pending[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor({ database, path, bodies, isReadOnly }: Parts, nowMs: () => number) {
    this.#database = database;
    this.#path = path;
    this.#bodies = bodies;
    this.#records = new SqliteRecords(database, path, bodies);
    this.#nowMs = nowMs;
    if (isReadOnly) return;
    this.#write = {
      insert: database.prepare(
        "INSERT INTO manifests (id, stored_at_ms, body, key_id) VALUES (?, ?, ?, ?) " +
          "ON CONFLICT (id) DO NOTHING",
      ),
      seal: database.prepare("SELECT key_id, is_rekeying FROM seal"),
    };
  }

  addManifest(manifest: Manifest): Promise<Added> {
    return new Promise((resolve, reject) => {
      // What arrives in one turn of the event loop shares a commit, and its wait for the disk.
      if (this.#pending.length === 0) setImmediate(() => this.#commit());
      this.#pending.push({ manifest, sinceMs: performance.now(), resolve, reject });
    });
  }

  /** Stores what is pending in one transaction; tries again later while another process writes. */
  #commit(isLast = false): void {
    const pending = this.#pending;
    this.#pending = [];
    if (pending.length === 0) return;
    const outcomes: (Added | ConflictError)[] = [];
    try {
      const write = this.#write;
      if (write === undefined) throw new Error(`The store ${this.#path} was opened as readonly`);
      this.#begin(isLast);
      try {
        this.#checkKey(write.seal);
        for (const { manifest } of pending) outcomes.push(this.#add(write.insert, manifest));
        this.#database.exec("COMMIT");
      } catch (error) {
        if (this.#database.isTransaction) this.#database.exec("ROLLBACK");
        throw error;
      }
    } catch (error) {
      const waitedMs = performance.now() - pending[0]!.sinceMs;
      if (isBusy(error) && !isLast && waitedMs < BUSY_TIMEOUT_MS) {
        this.#pending = [...pending, ...this.#pending];
        this.#retry = setTimeout(() => this.#commit(), BUSY_RETRY_MS);
        return;
      }
      for (const { reject } of pending) reject(error);
      return;
    }
    for (const [index, { resolve, reject }] of pending.entries()) {
      const outcome = outcomes[index]!;
      if (outcome instanceof ConflictError) reject(outcome);
      else resolve(outcome);
    }
  }

  /** Begins to write, at once or not at all: to wait here would stop the whole server. */
  #begin(isLast: boolean): void {
    if (!isLast) this.#database.exec("PRAGMA busy_timeout = 0");
    try {
      // A statement, because exec() does not tell why it fails.
      this.#database.prepare("BEGIN IMMEDIATE").run();
    } finally {
      this.#database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    }
  }

  /**
   * Makes sure, in the transaction that writes, that the store is sealed as it was when it was
   * opened: once its key is being changed, nothing may be written under the old one.
   */
  #checkKey(seal: StatementSync): void {
    const { key_id, is_rekeying } = seal.get()!;
    const keyId = key_id as Uint8Array | null ?? undefined;
    if (is_rekeying === 0 && isSameKey(keyId, this.#bodies.keyId)) return;
    const [opened, now] = [keyName(this.#bodies.keyId), keyName(keyId)];
    throw new SealedError(
      `The store ${this.#path} was opened with ${opened}, and ` +
        (is_rekeying === 0 ? `is sealed with ${now} now` : `its key is being changed to ${now}`),
      { hint: "Restart what has it open with the new key, when the change is done." },
    );
  }

  #add(insert: StatementSync, manifest: Manifest): Added | ConflictError {
    const id = uuidToBytes(manifest.id);
    const body = encodeBody(manifest);
    const storedAtMs = this.#nowMs();
    const sealed = this.#bodies.seal(id, storedAtMs, body);
    if (insert.run(id, storedAtMs, sealed, this.#bodies.keyId ?? null).changes === 1) {
      return { storedAtMs, duplicate: false };
    }
    const stored = this.#records.findBody(id)!;
    const same = stored.body.length === body.length &&
      stored.body.every((byte, i) => byte === body[i]);
    if (!same) return new ConflictError(manifest.id);
    return { storedAtMs: stored.storedAtMs, duplicate: true };
  }

  manifest(id: string): StoredManifest | undefined {
    return isUuid(id) ? this.#records.find(uuidToBytes(id))?.read() : undefined;
  }

  *manifests(range: Range): Iterable<StoredManifest> {
    for (const record of this.#records.inRange(range)) yield record.read();
  }

  records(range: Range): Iterable<StoredRecord> {
    return this.#records.inRange(range);
  }

  close(): void {
    clearTimeout(this.#retry);
    this.#commit(true);
    this.#database.close();
  }
}
