import { openDatabase } from "./sqlite_open.ts";
import { canBeSealed, readSealState, type SealState } from "./seal_state.ts";

/** What is known of a store without its key. */
export interface StoreInfo extends SealState {
  /** The version of the file. */
  readonly version: number;
  /** How many manifests are in it. */
  readonly manifests: number;
  /** How many of them are not sealed as the store is now: some while its key is being changed. */
  readonly stale: number;
}

/**
 * Reads what is known of the store at `path` without its key, and changes nothing.
 *
 * @throws {UsageError} when the file is not there, cannot be opened, is no store, or is one of a
 * newer version.
 */
export function readStoreInfo(path: string): StoreInfo {
  const database = openDatabase(path, { readOnly: true });
  try {
    // One transaction: all of it is of one moment.
    database.exec("BEGIN");
    const count = (where: string, ...values: (Uint8Array | null)[]) =>
      database.prepare(`SELECT count(*) AS n FROM manifests ${where}`).get(...values)!.n as number;
    const state = readSealState(database);
    const version = database.prepare("PRAGMA user_version").get()!.user_version as number;
    const stale = canBeSealed(database) && state.isRekeying
      ? count("WHERE key_id IS NOT ?", state.keyId ?? null)
      : 0;
    return { ...state, version, manifests: count(""), stale };
  } finally {
    database.close();
  }
}
