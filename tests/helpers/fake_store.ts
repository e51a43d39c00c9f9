import { createHash } from "node:crypto";
import {
  BusyContentError,
  type Content,
  type ContentInfo,
  type Upload,
} from "../../lib/store/file_store.ts";
import type { Added, Store, StoredManifest, StoredRecord } from "../../lib/store/store.ts";
import { StoreWrites } from "../../lib/store/store_writes.ts";
import type { FileInfo } from "../../lib/wire/file_messages.ts";
import type { Manifest } from "../../lib/wire/messages.ts";
import { FakeEvents } from "./fake_events.ts";
import { type FakePart, FakeUpload } from "./fake_upload.ts";

/** An add that the test has not answered yet. */
export interface HeldAdd {
  /** What is to be stored. */
  readonly manifest: Manifest;
  /** It is stored. */
  resolve(added: Added): void;
  /** It cannot be stored. */
  reject(error: unknown): void;
}

/** A store in memory that answers at once, or when the test says so. */
export class FakeStore extends FakeEvents implements Store {
  /** Nothing is known of its writes but what a test says. */
  readonly writes: StoreWrites = new StoreWrites();
  /** Keep adds of manifests in {@linkcode held} instead of answering them. */
  isHolding = false;
  /** The adds that wait for the test. */
  readonly held: HeldAdd[] = [];
  /** Rejects what is uploaded to it, as long as it is set. */
  failure: unknown;
  /** Uploads give way to whoever begins the same content, as those that were idle for long do. */
  areIdle = false;
  readonly #stored = new Map<string, StoredManifest>();
  readonly #files: FileInfo[] = [];
  /** Contents, and parts of them, by their hashes. */
  readonly #parts = new Map<string, FakePart>();

  /** Stores it at the time 1000, or holds it. */
  addManifest(manifest: Manifest): Promise<Added> {
    if (this.isHolding) {
      const { promise, resolve, reject } = Promise.withResolvers<Added>();
      this.held.push({ manifest, resolve, reject });
      return promise;
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

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
