/**
 * The key of a store, as the commands that open one get it.
 *
 * @module
 */

import type { Command } from "commander";
import type { CommonSettings } from "../config/schema.ts";
import { UsageError } from "../errors.ts";
import { readKeyFile } from "../key_file.ts";
import { formatKeyId, keyId } from "../seal/key.ts";
import { isSameKey } from "../store/seal_state.ts";

/** The option of every command that opens a store. */
export function addStoreKeyOption(command: Command): Command {
  return command
    .option("--store-key-file <file>", "the key that seals the store (WAGONS_STORE_KEY_FILE)");
}

/**
 * The key that the settings name, if they name one.
 *
 * @throws {UsageError} when its file cannot be read or holds none.
 */
export function readStoreKey(settings: CommonSettings): Uint8Array | undefined {
  return settings.storeKeyFile === undefined ? undefined : readKeyFile(settings.storeKeyFile);
}

/**
 * Makes sure that a store is not sealed with the key that peers have: with it every yard could read
 * a disk that was stolen.
 *
 * @throws {UsageError} when both are one key.
 */
export function checkKeysDiffer(storeKey: Uint8Array | undefined, peersKey: Uint8Array): void {
  if (storeKey === undefined || !isSameKey(keyId(storeKey), keyId(peersKey))) return;
  const fingerprint = formatKeyId(keyId(storeKey));
  throw new UsageError(`The store and the peers have the same key, ${fingerprint}`, {
    hint: "Make a key for the store alone: wagons key new -o FILE.",
  });
}
