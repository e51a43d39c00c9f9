/**
 * The tables of a store whose rows have sealed bodies. What is done with all records, as a change of
 * the key, goes by this list.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import type { RecordKind } from "../seal/record.ts";

/** A table of records. Each has the columns `id, stored_at_ms, body, key_id`. */
export interface RecordTable {
  /** Its name. */
  readonly name: string;
  /** What a row of it is. */
  readonly kind: RecordKind;
  /** What several of these are called. */
  readonly many: string;
  /** The columns that all its rows are made of, in their order. */
  readonly columns: string;
}

const COMMON = "id, stored_at_ms, body, key_id";

/** All of them, in the order that they are gone through. */
export const RECORD_TABLES: readonly RecordTable[] = [
  { name: "manifests", kind: "manifest", many: "manifests", columns: COMMON },
  { name: "documents", kind: "document", many: "documents", columns: COMMON },
  { name: "dictionaries", kind: "dictionary", many: "dictionaries", columns: COMMON },
  { name: "events", kind: "message", many: "messages", columns: `number, ${COMMON}` },
  { name: "files", kind: "file", many: "files", columns: `number, ${COMMON}, content` },
  {
    name: "contents",
    kind: "content",
    many: "contents",
    columns: `number, ${COMMON}, digest, is_whole, durable_bytes, used_at_ms`,
  },
];

/** The table of a kind of record. */
export function tableOf(kind: RecordKind): RecordTable {
  return RECORD_TABLES.find((table) => table.kind === kind)!;
}

/** How many records a store has. */
export function countRecords(database: DatabaseSync): number {
  return sumOver(({ name }) =>
    database.prepare(`SELECT count(*) AS n FROM ${name}`).get()!.n as number
  );
}

/** How many records are not sealed with that key, or not plain where it is none. */
export function countOthers(database: DatabaseSync, keyId: Uint8Array | undefined): number {
  return sumOver(({ name }) =>
    database.prepare(`SELECT count(*) AS n FROM ${name} WHERE key_id IS NOT ?`)
      .get(keyId ?? null)!.n as number
  );
}

/** Whether a store has no record at all. */
export function isEmptyStore(database: DatabaseSync): boolean {
  return RECORD_TABLES.every(({ name }) =>
    database.prepare(`SELECT 1 FROM ${name} LIMIT 1`).get() === undefined
  );
}

function sumOver(count: (table: RecordTable) => number): number {
  return RECORD_TABLES.reduce((sum, table) => sum + count(table), 0);
}
