/**
 * The embedded store: one SQLite file, and a folder beside it with the contents of files.
 *
 * @module
 */

import type { DatabaseSync } from "node:sqlite";
import { CONTENT_CHUNK_BYTES, HASH_PATIENCE_MS, UPLOAD_IDLE_MS } from "../limits/store.ts";
import type { FileInfo } from "../wire/file_messages.ts";
import type { Manifest } from "../wire/messages.ts";
import type { RoomEvent } from "../wire/room_messages.ts";
import { isUuid, uuidToBytes } from "../wire/uuid.ts";
import { Bodies } from "./bodies.ts";
import { Commits } from "./commits.ts";
import { ContentFolder } from "./content_folder.ts";
import { ContentRows } from "./content_rows.ts";
import { Discarded } from "./discarded.ts";
import type { Document, DocumentRecord, StoredDocument } from "./document_store.ts";
import type { AddedEvent, EventBounds, EventNumbers, EventRange, NewEvent } from "./event_store.ts";
import type { Content, ContentInfo, Upload } from "./file_store.ts";
import { RowOpener } from "./rows.ts";
import { claimStore } from "./seal_state.ts";
import { SqliteDocuments, writeDocument } from "./sqlite_documents.ts";
import { SqliteEvents } from "./sqlite_events.ts";
import { SqliteFiles } from "./sqlite_files.ts";
import { SqliteManifests } from "./sqlite_manifests.ts";
import { openDatabase, type SqliteOptions } from "./sqlite_open.ts";
import type { Added, Range } from "./records.ts";
import { ConflictError, type Store, type StoredManifest, type StoredRecord } from "./store.ts";
import { StoreWrites } from "./store_writes.ts";
import { Uploads } from "./uploads.ts";

/** How to open a SQLite store, and with which key. */
export interface SqliteStoreOptions extends SqliteOptions {
  /**
   * The store's key, 32 bytes. A store that is new or empty is sealed with it from then on; one
   * that is sealed takes the same key to be written, and to be read beyond ids and times. Default:
   * none, the store is plain.
   */
  key?: Uint8Array | undefined;
  /**
   * Bytes of a content that are sealed together: in one store always the same. Default:
   * {@linkcode CONTENT_CHUNK_BYTES}.
   */
  chunkBytes?: number;
  /** Bytes of all contents together, those that are being put too. Default: as the disk has room. */
  maxContentBytes?: number;
  /**
   * After so long without a byte an upload gives way to whoever begins the same content. Default:
   * {@linkcode UPLOAD_IDLE_MS}.
   */
  uploadIdleMs?: number;
  /**
   * The time in which what is there of a content is hashed, before its sender is told to ask again.
   * Default: {@linkcode HASH_PATIENCE_MS}.
   */
  hashPatienceMs?: number;
}

/**
 * Opens the store in the file at `path`, which is made if it is not there.
 *
 * @throws {UsageError} when the file cannot be opened, is no store, or is one of a newer version;
 * and, to write, when it is sealed and this is not the key, when it is not sealed and there is a
 * key, and when a change of its key is not finished.
 */
export function openSqliteStore(path: string, options: SqliteStoreOptions = {}): Store {
  const database = openDatabase(path, options);
  try {
    const bodies = new Bodies(options.key);
    if (options.readOnly !== true) claimStore(database, path, bodies.keyId);
    return new SqliteStore({ database, path, bodies, options }, Date.now);
  } catch (error) {
    database.close();
    throw error;
  }
}

/** What a store is opened with, and what it is made of then. */
interface Opened {
  readonly database: DatabaseSync;
  readonly path: string;
  readonly bodies: Bodies;
  readonly options: SqliteStoreOptions;
}

class SqliteStore implements Store {
  readonly writes: StoreWrites = new StoreWrites();
  readonly #database: DatabaseSync;
  readonly #commits: Commits;
  readonly #manifests: SqliteManifests;
  readonly #documents: SqliteDocuments;
  readonly #events: SqliteEvents;
  readonly #files: SqliteFiles;
  readonly #uploads: Uploads;
  readonly #nowMs: () => number;

  constructor({ database, path, bodies, options }: Opened, nowMs: () => number) {
    this.#database = database;
    this.#nowMs = nowMs;
    const isReadOnly = options.readOnly ?? false;
    const opener = new RowOpener(database, path, bodies);
    const commits = new Commits({
      ...{ database, path, isReadOnly },
      keyId: bodies.keyId,
      writes: this.writes,
    });
    const parts = { database, opener, bodies, commits, nowMs };
    const folder = new ContentFolder(path);
    const fileParts = {
      ...parts,
      rows: new ContentRows(database, opener, bodies),
      folder,
      discarded: new Discarded(database, folder),
      chunkBytes: options.chunkBytes ?? CONTENT_CHUNK_BYTES,
      maxContentBytes: options.maxContentBytes ?? Infinity,
    };
    this.#commits = commits;
    this.#manifests = new SqliteManifests(parts);
    this.#documents = new SqliteDocuments(parts);
    this.#events = new SqliteEvents(parts);
    this.#files = new SqliteFiles(fileParts);
    this.#uploads = new Uploads(this.#files, fileParts, {
      idleMs: options.uploadIdleMs ?? UPLOAD_IDLE_MS,
      hashMs: options.hashPatienceMs ?? HASH_PATIENCE_MS,
    });
  }

  addManifest(manifest: Manifest): Promise<Added> {
    const { id } = manifest;
    return this.#commits.add("manifest", () => {
      if (this.#documents.has(id)) throw new ConflictError("document", id);
      return this.#manifests.add(manifest, this.#nowMs());
    });
  }

  manifest(id: string): StoredManifest | undefined {
    return isUuid(id) ? this.#manifests.find(uuidToBytes(id))?.read() : undefined;
  }

  *manifests(range: Range): Iterable<StoredManifest> {
    for (const record of this.#manifests.inRange(range)) yield record.read();
  }

  records(range: Range): Iterable<StoredRecord> {
    return this.#manifests.inRange(range);
  }

  async addDocument(document: Document): Promise<Added> {
    // Once: the transaction may be tried again.
    const written = writeDocument(document);
    const { id } = document;
    return await this.#commits.add("document", () => {
      if (this.#manifests.has(id)) throw new ConflictError("manifest", id);
      return this.#documents.add(written, this.#nowMs());
    });
  }

  document(id: string): StoredDocument | undefined {
    return isUuid(id) ? this.#documents.find(uuidToBytes(id))?.read() : undefined;
  }

  documentRecords(range: Range): Iterable<DocumentRecord> {
    return this.#documents.inRange(range);
  }

  addEvent(event: NewEvent): Promise<AddedEvent> {
    return this.#events.add(event);
  }

  events(
    range: EventRange,
    onUnreadable: (number: number, error: unknown) => void,
  ): RoomEvent[] {
    return this.#events.inRange(range, onUnreadable);
  }

  eventNumbers(): EventNumbers {
    return this.#events.numbers();
  }

  forgetEvents(bounds: EventBounds): Promise<number> {
    return this.#events.forget(bounds);
  }

  openUpload(content: ContentInfo, signal?: AbortSignal): Promise<Upload> {
    return this.#uploads.openUpload(content, signal);
  }

  file(id: string): FileInfo | undefined {
    return this.#files.find(id);
  }

  files(after: number, limit: number): FileInfo[] {
    return this.#files.inRange(after, limit);
  }

  openContent(id: string): Promise<Content | undefined> {
    return this.#files.openContent(id);
  }

  removeLeftovers(): Promise<number> {
    return this.#files.removeLeftovers(() => this.#uploads.numbers);
  }

  close(): void {
    this.#uploads.close();
    this.#commits.close();
    this.#database.close();
  }
}
