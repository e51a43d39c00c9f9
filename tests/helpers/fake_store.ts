import type { Added, Store, StoredManifest, StoredRecord } from "../../lib/store/store.ts";
import type { Manifest } from "../../lib/wire/messages.ts";

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
export class FakeStore implements Store {
  /** Keep adds in {@linkcode held} instead of answering them. */
  isHolding = false;
  /** The adds that wait for the test. */
  readonly held: HeldAdd[] = [];
  readonly #stored = new Map<string, StoredManifest>();

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

  /** Nothing to close. */
  close(): void {}
}
