/**
 * What a store says of how it is sealed. One row of its own says with which key it is written now;
 * whoever writes looks there first, in the same transaction.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { UsageError } from "../errors.ts";
import { formatKeyId } from "../seal/key.ts";
import { shellWord } from "../shell.ts";
import { isEmptyStore } from "./tables.ts";

/** How a store is sealed. */
export interface SealState {
  /** The `keyId` of the key that it is written with now; none: it is plain. */
  readonly keyId: Uint8Array | undefined;
  /** A change of the key is not finished: some records may still be as they were before it. */
  readonly isRekeying: boolean;
  /** What {@linkcode keyId} was before that change. */
  readonly oldKeyId: Uint8Array | undefined;
  /** While a plain store is being sealed: what proves that somebody with the key has begun that. */
  readonly mark: Uint8Array | undefined;
}

/** The first version of a store that can be sealed. A reader can meet an older one. */
const SEAL_VERSION = 2;

/** Where the name of a key's file is taken from. */
export const STORE_KEY_HINT =
  "Name the file of that key with --store-key-file or in WAGONS_STORE_KEY_FILE.";

/** Whether a store is of a version that can be sealed. */
export function canBeSealed(database: DatabaseSync): boolean {
  return database.prepare("PRAGMA user_version").get()!.user_version as number >= SEAL_VERSION;
}

/** Reads how a store is sealed. */
export function readSealState(database: DatabaseSync): SealState {
  if (!canBeSealed(database)) {
    return { keyId: undefined, isRekeying: false, oldKeyId: undefined, mark: undefined };
  }
  const row = database.prepare("SELECT * FROM seal").get()!;
  return {
    keyId: row.key_id as Uint8Array | null ?? undefined,
    isRekeying: row.is_rekeying === 1,
    oldKeyId: row.old_key_id as Uint8Array | null ?? undefined,
    mark: row.mark as Uint8Array | null ?? undefined,
  };
}

/** Says how a store is sealed from now on. */
export function writeSealState(database: DatabaseSync, state: SealState): void {
  const { keyId, isRekeying, oldKeyId, mark } = state;
  database.prepare("UPDATE seal SET key_id = ?, is_rekeying = ?, old_key_id = ?, mark = ?")
    .run(keyId ?? null, isRekeying ? 1 : 0, oldKeyId ?? null, mark ?? null);
}

/**
 * Makes sure that a store may be written with a key, or without one. A store that has nothing in it
 * yet is sealed with the key from then on.
 *
 * @throws {UsageError} when it is sealed with another key or with none, and while a change of its
 * key is not finished.
 */
export function claimStore(
  database: DatabaseSync,
  path: string,
  keyId: Uint8Array | undefined,
): void {
  if (isReady(database, path, keyId)) return;
  database.exec("BEGIN IMMEDIATE");
  // Asked again under the lock: another process may have been faster.
  if (!isReady(database, path, keyId)) {
    writeSealState(database, { keyId, isRekeying: false, oldKeyId: undefined, mark: undefined });
  }
  database.exec("COMMIT");
}

/** Whether it is as wanted; false when it is plain, has to be sealed, and is empty. */
function isReady(
  database: DatabaseSync,
  path: string,
  keyId: Uint8Array | undefined,
): boolean {
  const state = readSealState(database);
  if (state.isRekeying) {
    throw new UsageError(`${unfinished(path, state)}: it cannot be written now`, {
      hint: "Run the same wagons store rekey as then once more: it goes on where it stopped.",
    });
  }
  if (isSameKey(state.keyId, keyId)) return true;
  if (state.keyId !== undefined) throw wrongKey(path, state.keyId, keyId);
  if (isEmptyStore(database)) return false;
  throw new UsageError(
    `The store ${path} has records that are not sealed, and a key was given: ${keyName(keyId)}`,
    {
      hint: `Seal them with: wagons store rekey --store ${
        shellWord(path)
      } --new-store-key-file FILE`,
    },
  );
}

/** Whether two are the same bytes, of a key's id or of a mark, or both none. */
export function isSameKey(one: Uint8Array | undefined, other: Uint8Array | undefined): boolean {
  if (one === undefined || other === undefined) return one === other;
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

/** The fingerprint of a key, or that there is none. */
export function keyName(keyId: Uint8Array | undefined): string {
  return keyId === undefined ? "no key" : formatKeyId(keyId);
}

/** The beginning of a sentence about a store whose key is being changed. */
export function unfinished(path: string, { keyId, oldKeyId }: SealState): string {
  const change = `from ${keyName(oldKeyId)} to ${keyName(keyId)}`;
  return `A change of the key of the store ${path}, ${change}, is not finished`;
}

/** A store is sealed with a key, and another or none was given. */
export function wrongKey(
  path: string,
  needed: Uint8Array,
  given: Uint8Array | undefined,
): UsageError {
  return new UsageError(
    `The store ${path} is sealed with the key ${formatKeyId(needed)}, and ${givenKey(given)}`,
    { hint: STORE_KEY_HINT },
  );
}

/** The end of a sentence about a key that was not given. */
export function givenKey(keyId: Uint8Array | undefined): string {
  return keyId === undefined
    ? "no key was given"
    : `the key that was given is ${formatKeyId(keyId)}`;
}
