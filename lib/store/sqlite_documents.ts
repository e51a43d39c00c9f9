/**
 * Keeps documents in SQLite, and reads them: what is known of each in one table, and what it says, in
 * JSON, in another.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { isSameBytes } from "../bytes.ts";
import { jsonFormat } from "../formats/json.ts";
import { RecordError } from "../seal/record.ts";
import { uuidToBytes } from "../wire/uuid.ts";
import { decodeDocumentHead, encodeDocumentHead } from "./document_head.ts";
import type { Document, DocumentHead, DocumentRecord, StoredDocument } from "./document_store.ts";
import { type ClosedRecord, SqliteRecords, type SqliteRecordsParts } from "./sqlite_records.ts";
import type { Added, Range } from "./records.ts";

/** A document as it is written. */
export interface WrittenDocument {
  /** Its UUID. */
  readonly id: string;
  /** See document_head.ts. */
  readonly head: Uint8Array;
  /** What it says. */
  readonly json: Uint8Array;
}

/** The documents in a SQLite store. */
export class SqliteDocuments {
  readonly #heads: SqliteRecords;
  readonly #dictionaries: SqliteRecords;

  /** Takes the open store. */
  constructor(parts: SqliteRecordsParts) {
    this.#heads = new SqliteRecords("document", parts);
    this.#dictionaries = new SqliteRecords("dictionary", parts);
  }

  /**
   * Adds a document, in the transaction that is open.
   *
   * @throws {ConflictError} when another one has its id; then nothing is written.
   */
  add({ id, head, json }: WrittenDocument, nowMs: number): Added {
    // First: where the head is new too it cannot be in the way.
    if (!this.has(id)) this.#dictionaries.add(id, json, nowMs);
    return this.#heads.add(id, head, nowMs);
  }

  /** Whether there is one of that id. */
  has(id: string): boolean {
    return this.#heads.find(uuidToBytes(id)) !== undefined;
  }

  /** The document of that id (16 bytes). */
  find(id: Uint8Array): DocumentRecord | undefined {
    const head = this.#heads.find(id);
    return head === undefined ? undefined : this.#record(head);
  }

  /** See `Store.documentRecords`. */
  *inRange(range: Range): Iterable<DocumentRecord> {
    for (const head of this.#heads.inRange(range)) yield this.#record(head);
  }

  #record(record: ClosedRecord): DocumentRecord {
    const { id, storedAtMs, lockedBy } = record;
    return {
      ...{ id, storedAtMs, lockedBy },
      head: () => readHead(record),
      read: () => this.#read(record),
    };
  }

  #read(record: ClosedRecord): StoredDocument {
    const { id, storedAtMs } = record;
    const { source, madeAtMs, sha256 } = decodeDocumentHead(record.open());
    const json = this.#dictionaries.find(uuidToBytes(id))?.open();
    if (json === undefined || !isSameBytes(hashOf(json), sha256)) {
      const is = json === undefined ? "not there" : "not the one that was stored";
      throw new RecordError(`The dictionary of the document ${id} is ${is}`, {
        hint: "The store is damaged, or other hands have written in it: compare it with a backup.",
      });
    }
    return { id, source, madeAtMs, dictionary: jsonFormat.read(json), storedAtMs };
  }
}

/**
 * Makes of a document what is written of it.
 *
 * @throws {FormatError} when its JSON would be too long to be read again.
 */
export function writeDocument({ id, source, madeAtMs, dictionary }: Document): WrittenDocument {
  const json = jsonFormat.write(dictionary);
  const head = { madeAtMs, names: dictionary.size, sha256: hashOf(json), source };
  return { id, head: encodeDocumentHead(head), json };
}

function readHead(record: ClosedRecord): DocumentHead {
  const { source, madeAtMs, names } = decodeDocumentHead(record.open());
  return { id: record.id, source, madeAtMs, storedAtMs: record.storedAtMs, names };
}

function hashOf(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}
