/**
 * What a store does, whichever engine keeps the data.
 *
 * @module
 */

import { RefusedError } from "../errors.ts";
import type { RecordKind } from "../seal/record.ts";
import type { Manifest } from "../wire/messages.ts";
import type { Added, Range } from "./records.ts";
import type { DocumentStore } from "./document_store.ts";
import type { EventStore } from "./event_store.ts";
import type { FileStore } from "./file_store.ts";
import type { StoreWrites } from "./store_writes.ts";

/** A manifest and when it was stored. */
export interface StoredManifest extends Manifest {
  /** Milliseconds since the Unix epoch. */
  readonly storedAtMs: number;
}

/** What is seen of a manifest in a store before it is read: no key is needed for that. */
export interface StoredRecord {
  /** The manifest's id. */
  readonly id: string;
  /** Milliseconds since the Unix epoch. */
  readonly storedAtMs: number;
  /** The fingerprint of the key that reading it takes, where the store was not given that key. */
  readonly lockedBy: string | undefined;
  /**
   * What it says.
   *
   * @throws {SealedError} when it is locked.
   */
  read(): StoredManifest;
}

/** A store holds something else under the same id: one of that kind. */
export class ConflictError extends Error {
  /** Takes what it is, and the id. */
  constructor(kind: RecordKind, id: string) {
    super(`Another ${kind} has the id ${id}`);
    this.name = "ConflictError";
  }
}

/** What was asked for is sealed, and not with the key that the store was given. */
export class SealedError extends RefusedError {}

/** Keeps manifests, documents, what happens in the room, and files. */
export interface Store extends DocumentStore, EventStore, FileStore {
  /** What is known of its writes. */
  readonly writes: StoreWrites;
  /**
   * Keeps a manifest, once for each id. Resolves when it is durable: what was resolved survives a
   * crash of the process or the machine.
   *
   * @throws {ConflictError} (as a rejection) when the id belongs to a manifest that says something
   * else, or to a document; any other rejection means that nothing was stored.
   */
  addManifest(manifest: Manifest): Promise<Added>;
  /**
   * The manifest of that id.
   *
   * @throws {SealedError} when it is there and this opening of the store has no key for it.
   */
  manifest(id: string): StoredManifest | undefined;
  /**
   * The manifests of that time, in the order that they were stored in.
   *
   * @throws {SealedError} (while it is iterated) at the first that is locked.
   */
  manifests(range: Range): Iterable<StoredManifest>;
  /** The same, none of them read yet: what can be seen of a store without its key. */
  records(range: Range): Iterable<StoredRecord>;
  /** Ends the use of the store; what was added and not resolved yet is stored first. */
  close(): void;
}
