/**
 * Stores whose key is changed, and what they hold.
 *
 * @module
 */

import { assert } from "@std/assert";
import { RecordError } from "../../lib/seal/record.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { SealedError, type StoredManifest, type StoredRecord } from "../../lib/store/store.ts";
import type { Manifest } from "../../lib/wire/messages.ts";
import { sampleManifest } from "../helpers/samples.ts";

/** Some are of a line, some of a few, and some take many pages: those leave most behind. */
export function manifest(number: number): Manifest {
  const count = number % 97 === 0 ? 300 : 1 + number % 5;
  const entries = Array.from({ length: count }, (_, i) => ({
    city: `Пермь ${number}.${i}`,
    wagons: number,
  }));
  return sampleManifest(number, { source: "yard of the test", entries });
}

/** Makes a store of so many manifests; gives what it holds. */
export async function fill(
  path: string,
  count: number,
  key?: Uint8Array,
): Promise<StoredManifest[]> {
  const store = openSqliteStore(path, { key });
  for (let from = 0; from < count; from += 100) {
    const numbers = Array.from({ length: Math.min(100, count - from) }, (_, i) => from + i);
    await Promise.all(numbers.map((number) => store.addManifest(manifest(number))));
  }
  const all = [...store.manifests({})];
  store.close();
  return all;
}

/** All that a key opens. */
export function read(path: string, key?: Uint8Array): StoredManifest[] {
  const store = openSqliteStore(path, { readOnly: true, key });
  try {
    return [...store.manifests({})];
  } finally {
    store.close();
  }
}

/** All that one of some keys opens; throws when there is one that none of them does. */
export function readWithAny(path: string, keys: (Uint8Array | undefined)[]): StoredManifest[] {
  const stores = keys.map((key) => openSqliteStore(path, { readOnly: true, key }));
  try {
    const lists = stores.map((store) => [...store.records({})]);
    return lists[0]!.map((record, i) => {
      const opened = lists.map((list) => readOrNone(list[i]!)).find((manifest) => manifest);
      assert(opened !== undefined, `${record.id} opens with none of the keys`);
      return opened;
    });
  } finally {
    for (const store of stores) store.close();
  }
}

function readOrNone(record: StoredRecord): StoredManifest | undefined {
  try {
    return record.read();
  } catch (error) {
    // Of another key, or plain where a key was given.
    if (error instanceof SealedError || error instanceof RecordError) return undefined;
    throw error;
  }
}
