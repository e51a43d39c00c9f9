/**
 * Records that have numbers: events of the room and files.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { RecordError, type RecordKind } from "../seal/record.ts";
import { uuidFromBytes } from "../wire/uuid.ts";
import type { Bodies } from "./bodies.ts";
import type { Commits } from "./commits.ts";
import type { Row, RowOpener } from "./rows.ts";

/** What a store is made of, for its parts. */
export interface StoreParts {
  /** The open database. */
  readonly database: DatabaseSync;
  /** Opens its rows. */
  readonly opener: RowOpener;
  /** Seals its bodies. */
  readonly bodies: Bodies;
  /** Writes to it. */
  readonly commits: Commits;
  /** The time in milliseconds since the Unix epoch. */
  readonly nowMs: () => number;
}

/** The greatest number that a table has ever given; 0 where it has given none. */
export function lastNumber(database: DatabaseSync, table: "events" | "files"): number {
  const row = database.prepare("SELECT seq FROM sqlite_sequence WHERE name = ?").get(table);
  return row === undefined ? 0 : row.seq as number;
}

/** A record is another one than its row says: its number and its time are in it too. */
export function misplaced(kind: RecordKind, row: Row, why: string): RecordError {
  const id = uuidFromBytes(row.id as Uint8Array);
  return new RecordError(`The ${kind} ${id} is not what its row says: ${why}`, {
    hint: "The store is damaged, or other hands have written in it: compare it with a backup.",
  });
}
