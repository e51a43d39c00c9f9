/**
 * The bodies of manifests, as they stand in a store: sealed when it has a key, plain when not.
 *
 * @module
 */

import { RECORD_NONCE_BYTES, RecordError, RecordKey } from "../seal/record.ts";
import { uuidFromBytes } from "../wire/uuid.ts";
import { isSameKey, keyName } from "./seal_state.ts";

/** A body where it stands. */
export interface Body {
  /** The 16 bytes of the manifest's id. */
  readonly id: Uint8Array;
  /** Milliseconds since the Unix epoch. */
  readonly storedAtMs: number;
  /** The `keyId` of the key that it is sealed with; none: it is plain. */
  readonly keyId: Uint8Array | undefined;
  /** The body as it stands there. */
  readonly bytes: Uint8Array;
}

/** Seals and opens bodies with one key, or with none. */
export class Bodies {
  readonly #key: RecordKey | undefined;

  /** Takes the store's key: 32 bytes. Without one it leaves everything plain. */
  constructor(storeKey: Uint8Array | undefined) {
    this.#key = storeKey === undefined ? undefined : new RecordKey(storeKey);
  }

  /** The `keyId` of the key. */
  get keyId(): Uint8Array | undefined {
    return this.#key?.id;
  }

  /** See {@linkcode RecordKey}; none without a key. */
  get mark(): Uint8Array | undefined {
    return this.#key?.mark;
  }

  /** A body as it is written to the store. */
  seal(id: Uint8Array, storedAtMs: number, body: Uint8Array): Uint8Array {
    if (this.#key === undefined) return body;
    const nonce = crypto.getRandomValues(new Uint8Array(RECORD_NONCE_BYTES));
    return this.#key.seal({ kind: "manifest", id, storedAtMs }, body, nonce);
  }

  /** Whether a body was written with this key, or without one where there is none. */
  isOurs(body: Body): boolean {
    return isSameKey(body.keyId, this.keyId);
  }

  /**
   * A body as it was before it was sealed.
   *
   * @throws {RecordError} when it was changed, and when it is not of this key.
   */
  open(body: Body): Uint8Array {
    if (!this.isOurs(body)) {
      const [has, wanted] = [keyName(body.keyId), keyName(this.keyId)];
      throw new RecordError(
        `Cannot open the manifest ${
          uuidFromBytes(body.id)
        }: it is sealed with ${has}, not ${wanted}`,
        { hint: "The store is damaged, or other hands have written in it." },
      );
    }
    if (this.#key === undefined) return body.bytes;
    return this.#key.open({ kind: "manifest", ...body }, body.bytes);
  }
}
