import type { DatabaseSync } from "node:sqlite";
import { setImmediate } from "node:timers";
import { InterruptedError, UsageError } from "../errors.ts";
import { REKEY_LOCK_TIMEOUT_MS, STORE_BUSY_TIMEOUT_MS } from "../limits/store.ts";
import { formatDuration } from "../units.ts";
import { isBusy } from "./sqlite_open.ts";

/** How a change of the key is stopped. */
export interface RekeyLockOptions {
  /** What to do when it was stopped while it waited. */
  readonly hint: string;
  /** Stops it. */
  readonly signal: AbortSignal | undefined;
}

/** The transactions of a change of the key, which others may be busy to keep from it. */
export class RekeyLock {
  readonly #database: DatabaseSync;
  readonly #path: string;
  readonly #options: RekeyLockOptions;

  /** Takes the open store, and its path for messages. */
  constructor(database: DatabaseSync, path: string, options: RekeyLockOptions) {
    this.#database = database;
    this.#path = path;
    this.#options = options;
  }

  /**
   * Does something in a transaction.
   *
   * @throws {UsageError} when others write all the time.
   */
  async transaction<T>(action: () => T): Promise<T> {
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
   * Lets signals come in, and ends here if one has.
   *
   * @param when How far it is, for the message.
   * @throws {InterruptedError} if one has.
   */
  async pause(when: string, hint: string): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.checkSignal(when, hint);
  }

  /**
   * Ends here if a signal has come in.
   *
   * @throws {InterruptedError} if one has.
   */
  checkSignal(when: string, hint: string): void {
    if (this.#options.signal?.aborted) {
      throw new InterruptedError(`Interrupted ${when}`, { hint });
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
      this.checkSignal("while others were writing the store", this.#options.hint);
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
      this.#database.exec(`PRAGMA busy_timeout = ${STORE_BUSY_TIMEOUT_MS}`);
    }
  }
}
