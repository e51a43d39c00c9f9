import type { DatabaseSync, StatementSync } from "node:sqlite";
import { setImmediate } from "node:timers";
import { STORE_BUSY_TIMEOUT_MS } from "../limits/store.ts";
import { RecordError } from "../seal/record.ts";
import { isSameKey, keyName } from "./seal_state.ts";
import { isBusy } from "./sqlite_open.ts";
import { ConflictError, SealedError } from "./store.ts";
import type { StoreWrites, WriteKind } from "./store_writes.ts";

/** How often a commit is tried again while another process writes. */
const BUSY_RETRY_MS = 20;

/** Something on its way to the disk. */
interface Pending {
  /** What it is. */
  readonly kind: WriteKind;
  /** Writes it. */
  readonly write: () => unknown;
  /** When it came, on the clock of `performance.now()`. */
  readonly sinceMs: number;
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: unknown) => void;
}

/** What a store is written by. */
export interface CommitsOptions {
  /** The open store. */
  readonly database: DatabaseSync;
  /** Its path, for messages. */
  readonly path: string;
  /** The `keyId` of the key that it was opened with; none: it is plain. */
  readonly keyId: Uint8Array | undefined;
  /** Nothing can be written. */
  readonly isReadOnly: boolean;
  /** Is told what became of each commit. */
  readonly writes: StoreWrites;
}

/** Writes to a store: what comes in one turn of the event loop shares a commit, whatever it is. */
export class Commits {
  readonly #options: CommitsOptions;
  /** Reads how the store is sealed now; none when it is only read. */
  readonly #seal: StatementSync | undefined;
  #pending: Pending[] = [];
  #retry: ReturnType<typeof setTimeout> | undefined;

  /** Takes the store. */
  constructor(options: CommitsOptions) {
    this.#options = options;
    if (options.isReadOnly) return;
    this.#seal = options.database.prepare("SELECT key_id, is_rekeying FROM seal");
  }

  /**
   * Has something written, in the order of the calls. Resolves with what `write` gave when that is
   * durable, in the same order.
   *
   * @param kind What it is, for those who measure.
   * @param write Is called in a transaction. It is called again when that has to be tried again. A
   * {@linkcode ConflictError} and a {@linkcode RecordError} concern it alone, which then has written
   * nothing; after any other error nothing of the transaction is stored, and all that were in it get
   * that error.
   */
  add<T>(kind: WriteKind, write: () => T): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      // What arrives in one turn of the event loop shares a commit, and its wait for the disk.
      if (this.#pending.length === 0) setImmediate(() => this.#commit());
      const sinceMs = performance.now();
      this.#pending.push({
        ...{ kind, write, sinceMs, reject },
        resolve: (result) => resolve(result as T),
      });
    });
  }

  /** Stores what is pending; nothing may be added any more. */
  close(): void {
    clearTimeout(this.#retry);
    this.#commit(true);
  }

  /** Stores what is pending in one transaction; tries again later while another process writes. */
  #commit(isLast = false): void {
    const pending = this.#pending;
    this.#pending = [];
    if (pending.length === 0) return;
    let outcomes: Outcome[];
    try {
      outcomes = this.#write(pending, isLast);
    } catch (error) {
      const waitedMs = performance.now() - pending[0]!.sinceMs;
      if (isBusy(error) && !isLast && waitedMs < STORE_BUSY_TIMEOUT_MS) {
        this.#pending = [...pending, ...this.#pending];
        this.#retry = setTimeout(() => this.#commit(), BUSY_RETRY_MS);
        return;
      }
      this.#options.writes.failed();
      for (const { reject } of pending) reject(error);
      return;
    }
    const { writes } = this.#options;
    writes.committed();
    const nowMs = performance.now();
    for (const [index, { kind, sinceMs, resolve, reject }] of pending.entries()) {
      const { error, result } = outcomes[index]!;
      if (error === undefined) {
        writes.durations[kind].add(nowMs - sinceMs);
        resolve(result);
      } else reject(error);
    }
  }

  #write(pending: readonly Pending[], isLast: boolean): Outcome[] {
    const { database, path } = this.#options;
    const seal = this.#seal;
    if (seal === undefined) throw new Error(`The store ${path} was opened as readonly`);
    this.#begin(isLast);
    try {
      this.#checkKey(seal);
      const outcomes = pending.map(({ write }) => outcomeOf(write));
      database.exec("COMMIT");
      return outcomes;
    } catch (error) {
      if (database.isTransaction) database.exec("ROLLBACK");
      throw error;
    }
  }

  /** Begins to write, at once or not at all: to wait here would stop the whole server. */
  #begin(isLast: boolean): void {
    const { database } = this.#options;
    if (!isLast) database.exec("PRAGMA busy_timeout = 0");
    try {
      // A statement, because exec() does not tell why it fails.
      database.prepare("BEGIN IMMEDIATE").run();
    } finally {
      database.exec(`PRAGMA busy_timeout = ${STORE_BUSY_TIMEOUT_MS}`);
    }
  }

  /**
   * Makes sure, in the transaction that writes, that the store is sealed as it was when it was
   * opened: once its key is being changed, nothing may be written under the old one.
   */
  #checkKey(seal: StatementSync): void {
    const { key_id, is_rekeying } = seal.get()!;
    const keyId = key_id as Uint8Array | null ?? undefined;
    if (is_rekeying === 0 && isSameKey(keyId, this.#options.keyId)) return;
    const [opened, now] = [keyName(this.#options.keyId), keyName(keyId)];
    throw new SealedError(
      `The store ${this.#options.path} was opened with ${opened}, and ` +
        (is_rekeying === 0 ? `is sealed with ${now} now` : `its key is being changed to ${now}`),
      { hint: "Restart what has it open with the new key, when the change is done." },
    );
  }
}

/** What came of one of the things that were to be written. */
interface Outcome {
  /** What it gave. */
  readonly result?: unknown;
  /** What is wrong with it, and with nothing else. */
  readonly error?: Error;
}

function outcomeOf(write: () => unknown): Outcome {
  try {
    return { result: write() };
  } catch (error) {
    if (error instanceof ConflictError || error instanceof RecordError) return { error };
    throw error;
  }
}
