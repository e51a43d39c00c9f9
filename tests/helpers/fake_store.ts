import { createHash } from "node:crypto";
import { sameValue } from "../../lib/formats/value.ts";
import {
  BusyContentError,
  type Content,
  type ContentInfo,
  type Upload,
} from "../../lib/store/file_store.ts";
import type { Document, DocumentRecord, StoredDocument } from "../../lib/store/document_store.ts";
import type { Added } from "../../lib/store/records.ts";
import {
  ConflictError,
  type Store,
  type StoredManifest,
  type StoredRecord,
} from "../../lib/store/store.ts";
import { StoreWrites } from "../../lib/store/store_writes.ts";
import type { FileInfo } from "../../lib/wire/file_messages.ts";
import type { Manifest } from "../../lib/wire/messages.ts";
import { FakeEvents } from "./fake_events.ts";
import { type FakePart, FakeUpload } from "./fake_upload.ts";

/** An add that the test has not answered yet. */
export interface HeldAdd<What> {
  /** What is to be stored. */
  readonly what: What;
  /** It is stored. */
  resolve(added: Added): void;
  /** It cannot be stored. */
  reject(error: unknown): void;
}

/** A store in memory that answers at once, or when the test says so. */
export class FakeStore extends FakeEvents implements Store {
  /** Nothing is known of its writes but what a test says. */
  readonly writes: StoreWrites = new StoreWrites();
  /** Keep adds in {@linkcode held} and {@linkcode heldDocuments} instead of answering them. */
  isHolding = false;
  /** The adds of manifests that wait for the test. */
  readonly held: HeldAdd<Manifest>[] = [];
  /** The adds of documents that wait for the test. */
  readonly heldDocuments: HeldAdd<Document>[] = [];
  /** Rejects what is uploaded to it, as long as it is set. */
  failure: unknown;
  /** Uploads give way to whoever begins the same content, as those that were idle for long do. */
  areIdle = false;
  readonly #stored = new Map<string, StoredManifest>();
  readonly #documents = new Map<string, StoredDocument>();
  readonly #files: FileInfo[] = [];
  /** Contents, and parts of them, by their hashes. */
  readonly #parts = new Map<string, FakePart>();

  /** Stores it at the time 1000, or holds it. */
  addManifest(manifest: Manifest): Promise<Added> {
    if (this.isHolding) return hold(this.held, manifest);
    if (this.#documents.has(manifest.id)) {
      return Promise.reject(new ConflictError("document", manifest.id));
    }
    const duplicate = this.#stored.has(manifest.id);
    this.#stored.set(manifest.id, { ...manifest, storedAtMs: 1000 });
    return Promise.resolve({ storedAtMs: 1000, duplicate });
  }

  /** See {@linkcode Store}. */
  manifest(id: string): StoredManifest | undefined {
    return this.#stored.get(id);
  }

  /** All of them, whatever the range. */
  manifests(): Iterable<StoredManifest> {
    return this.#stored.values();
  }

  /** The same, none of them locked. */
  *records(): Iterable<StoredRecord> {
    for (const manifest of this.#stored.values()) {
      const { id, storedAtMs } = manifest;
      yield { id, storedAtMs, lockedBy: undefined, read: () => manifest };
    }
  }

  /** Stores it at the time 1000, or holds it. */
  addDocument(document: Document): Promise<Added> {
    if (this.isHolding) return hold(this.heldDocuments, document);
    if (this.#stored.has(document.id)) {
      return Promise.reject(new ConflictError("manifest", document.id));
    }
    const before = this.#documents.get(document.id);
    if (before === undefined) this.#documents.set(document.id, { ...document, storedAtMs: 1000 });
    else if (!isSameDocument(before, document)) {
      return Promise.reject(new ConflictError("document", document.id));
    }
    return Promise.resolve({ storedAtMs: 1000, duplicate: before !== undefined });
  }

  /** See {@linkcode Store}. */
  document(id: string): StoredDocument | undefined {
    return this.#documents.get(id);
  }

  /** All of them, whatever the range, none of them locked. */
  *documentRecords(): Iterable<DocumentRecord> {
    for (const document of this.#documents.values()) {
      const { id, storedAtMs, source, madeAtMs, dictionary } = document;
      const head = { id, source, madeAtMs, storedAtMs, names: dictionary.size };
      yield { id, storedAtMs, lockedBy: undefined, head: () => head, read: () => document };
    }
  }

  /** All that is written is durable at once. */
  async openUpload(content: ContentInfo, signal?: AbortSignal): Promise<Upload> {
    await Promise.resolve();
    signal?.throwIfAborted();
    if (this.failure !== undefined) throw this.failure;
    const name = content.sha256 === undefined
      ? crypto.randomUUID()
      : `${hexOf(content.sha256)} ${content.size}`;
    const part = this.#parts.get(name) ?? { pieces: [], taker: undefined };
    this.#parts.set(name, part);
    if (part.taker !== undefined && !this.areIdle) {
      throw new BusyContentError("Somebody else is putting the same content");
    }
    const upload = new FakeUpload(content, part, (file, bytes) => {
      const before = this.file(file.id);
      if (before !== undefined) return { file: before, duplicate: true };
      const info: FileInfo = {
        kind: "fileInfo",
        id: file.id,
        name: file.name,
        source: file.source,
        size: bytes.length,
        sha256: new Uint8Array(createHash("sha256").update(bytes).digest()),
        storedAtMs: 1000,
        number: this.#files.length + 1,
      };
      this.#files.push(info);
      this.#parts.set(`${hexOf(info.sha256)} ${info.size}`, part);
      return { file: info, duplicate: false };
    });
    return upload;
  }

  /** See {@linkcode Store}. */
  file(id: string): FileInfo | undefined {
    return this.#files.find((file) => file.id === id);
  }

  /** See {@linkcode Store}. */
  files(after: number, limit: number): FileInfo[] {
    return this.#files.slice(after, after + limit);
  }

  /** See {@linkcode Store}. */
  openContent(id: string): Promise<Content | undefined> {
    const file = this.file(id);
    if (file === undefined) return Promise.resolve(undefined);
    const { pieces } = this.#parts.get(`${hexOf(file.sha256)} ${file.size}`)!;
    const content = new Blob(pieces);
    return Promise.resolve({
      file,
      read: async (offset, length) =>
        new Uint8Array(await content.slice(offset, offset + length).arrayBuffer()),
      close: () => {},
    });
  }

  /** There are none. */
  removeLeftovers(): Promise<number> {
    return Promise.resolve(0);
  }

  /** Nothing to close. */
  close(): void {}
}

function hold<What>(held: HeldAdd<What>[], what: What): Promise<Added> {
  const { promise, resolve, reject } = Promise.withResolvers<Added>();
  held.push({ what, resolve, reject });
  return promise;
}

function isSameDocument(one: Document, other: Document): boolean {
  return one.source === other.source && one.madeAtMs === other.madeAtMs &&
    sameValue(one.dictionary, other.dictionary);
}

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
