/**
 * Keeps manifests in SQLite, and reads them.
 *
 * @module
 */

import { decodeBody, encodeBody } from "../wire/codec.ts";
import type { Manifest } from "../wire/messages.ts";
import { uuidToBytes } from "../wire/uuid.ts";
import { type ClosedRecord, SqliteRecords, type SqliteRecordsParts } from "./sqlite_records.ts";
import type { Added, Range } from "./records.ts";
import type { StoredRecord } from "./store.ts";

/** The manifests in a SQLite store. */
export class SqliteManifests {
  readonly #records: SqliteRecords;

  /** Takes the open store. */
  constructor(parts: SqliteRecordsParts) {
    this.#records = new SqliteRecords("manifest", parts);
  }

  /**
   * Adds a manifest, in the transaction that is open.
   *
   * @throws {ConflictError} when another one has its id.
   */
  add(manifest: Manifest, nowMs: number): Added {
    return this.#records.add(manifest.id, encodeBody(manifest), nowMs);
  }

  /** Whether there is one of that id. */
  has(id: string): boolean {
    return this.#records.find(uuidToBytes(id)) !== undefined;
  }

  /** The manifest of that id (16 bytes). */
  find(id: Uint8Array): StoredRecord | undefined {
    const record = this.#records.find(id);
    return record === undefined ? undefined : manifestRecord(record);
  }

  /** See `Store.records`. */
  *inRange(range: Range): Iterable<StoredRecord> {
    for (const record of this.#records.inRange(range)) yield manifestRecord(record);
  }
}

function manifestRecord({ id, storedAtMs, lockedBy, open }: ClosedRecord): StoredRecord {
  return { id, storedAtMs, lockedBy, read: () => ({ ...readManifest(open()), storedAtMs }) };
}

function readManifest(body: Uint8Array): Manifest {
  const message = decodeBody(body, 0, body.length);
  if (message.kind === "manifest") return message;
  throw new Error(`Cannot read a manifest: the store holds a ${message.kind} in its place`);
}
