import { openDatabase } from "./sqlite_open.ts";
import { readSealState, type SealState } from "./seal_state.ts";
import { countOthers, countRecords } from "./tables.ts";

/** What is known of a store without its key. */
export interface StoreInfo extends SealState {
  /** The version of the file. */
  readonly version: number;
  /** How many manifests are in it. */
  readonly manifests: number;
  /** How many documents. */
  readonly documents: number;
  /** How many messages of the room, and offers of files there. */
  readonly messages: number;
  /** How many files. */
  readonly files: number;
  /** How many bytes are in these files; what is the same is counted once. */
  readonly fileBytes: number;
  /** How many records: all of these, and what is in files and documents. */
  readonly records: number;
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
    const count = (table: string) =>
      database.prepare(`SELECT count(*) AS n FROM ${table}`).get()!.n as number;
    const state = readSealState(database);
    const version = database.prepare("PRAGMA user_version").get()!.user_version as number;
    const { bytes } = database.prepare(
      "SELECT total(durable_bytes) AS bytes FROM contents WHERE is_whole",
    ).get()!;
    return {
      ...state,
      version,
      manifests: count("manifests"),
      documents: count("documents"),
      messages: count("events"),
      files: count("files"),
      fileBytes: bytes as number,
      records: countRecords(database),
      stale: state.isRekeying ? countOthers(database, state.keyId) : 0,
    };
  } finally {
    database.close();
  }
}
