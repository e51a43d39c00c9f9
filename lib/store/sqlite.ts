/**
 * The embedded store: one SQLite file.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { setImmediate } from "node:timers";
import { decodeBody, encodeBody } from "../wire/codec.ts";
import type { Manifest } from "../wire/messages.ts";
import { isUuid, uuidToBytes } from "../wire/uuid.ts";
import { BUSY_TIMEOUT_MS, openDatabase, type SqliteStoreOptions } from "./sqlite_open.ts";
import { type Added, ConflictError, type Range, type Store, type StoredManifest } from "./store.ts";

/** How often a commit is tried again while another process writes. */
const BUSY_RETRY_MS = 20;
const SQLITE_BUSY = 5;

/** A manifest on its way to the disk. */
interface Pending {
  manifest: Manifest;
  /** When it came, on the clock of `performance.now()`. */
  sinceMs: number;
  resolve: (added: Added) => void;
  reject: (error: unknown) => void;
}

/**
 * Opens the store in the file at `path`, which is made if it is not there.
 *
 * @throws {UsageError} when the file cannot be opened, is no store, or is one of a newer version.
 */
export function openSqliteStore(path: string, options: SqliteStoreOptions = {}): Store {
  return new SqliteStore(openDatabase(path, options), Date.now);
}

class SqliteStore implements Store {
  readonly #database: DatabaseSync;
  readonly #nowMs: () => number;
  readonly #insert: StatementSync;
  readonly #select: StatementSync;
  #pending: Pending[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(database: DatabaseSync, nowMs: () => number) {
    this.#database = database;
    this.#nowMs = nowMs;
    this.#insert = database.prepare(
      "INSERT INTO manifests (id, stored_at_ms, body) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING",
    );
    this.#select = database.prepare("SELECT stored_at_ms, body FROM manifests WHERE id = ?");
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
      this.#begin(isLast);
      try {
        for (const { manifest } of pending) outcomes.push(this.#add(manifest));
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

  #add(manifest: Manifest): Added | ConflictError {
    const id = uuidToBytes(manifest.id);
    const body = encodeBody(manifest);
    const storedAtMs = this.#nowMs();
    if (this.#insert.run(id, storedAtMs, body).changes === 1) {
      return { storedAtMs, duplicate: false };
    }
    const row = this.#select.get(id)!;
    const stored = row.body as Uint8Array;
    const same = stored.length === body.length && stored.every((byte, i) => byte === body[i]);
    if (!same) return new ConflictError(manifest.id);
    return { storedAtMs: row.stored_at_ms as number, duplicate: true };
  }

  manifest(id: string): StoredManifest | undefined {
    const row = isUuid(id) ? this.#select.get(uuidToBytes(id)) : undefined;
    return row === undefined ? undefined : readRow(row);
  }

  *manifests(range: Range): Iterable<StoredManifest> {
    const { sinceMs = -Number.MAX_SAFE_INTEGER, untilMs = Number.MAX_SAFE_INTEGER } = range;
    // A statement of its own: a second look at the same time would end this one.
    const statement = this.#database.prepare(
      "SELECT stored_at_ms, body FROM manifests WHERE stored_at_ms >= ? AND stored_at_ms < ? " +
        "ORDER BY stored_at_ms, rowid",
    );
    for (const row of statement.iterate(sinceMs, untilMs)) yield readRow(row);
  }

  close(): void {
    clearTimeout(this.#retry);
    this.#commit(true);
    this.#database.close();
  }
}

function isBusy(error: unknown): boolean {
  // The low byte is the primary code: SQLITE_BUSY_RECOVERY and others are kinds of it.
  return error instanceof Error && "errcode" in error &&
    (Number(error.errcode) & 0xff) === SQLITE_BUSY;
}

function readRow(row: Record<string, unknown>): StoredManifest {
  const body = row.body as Uint8Array;
  const message = decodeBody(body, 0, body.length);
  if (message.kind !== "manifest") {
    throw new Error(`Cannot read a manifest: the store holds a ${message.kind} in its place`);
  }
  return { ...message, storedAtMs: row.stored_at_ms as number };
}
