/**
 * The bodies of records, as they stand in a store: sealed when it has a key, plain when not.
 *
 * @module
 */

import { createHmac } from "node:crypto";
import { deriveBytes } from "../seal/key.ts";
import { RECORD_NONCE_BYTES, RecordError, RecordKey, type RecordPlace } from "../seal/record.ts";
import { uuidFromBytes } from "../wire/uuid.ts";
import { isSameKey, keyName } from "./seal_state.ts";

const DIGEST_PURPOSE = "wagons digests of contents";

/** A body where it stands. */
export interface Body extends RecordPlace {
  /** The `keyId` of the key that it is sealed with; none: it is plain. */
  readonly keyId: Uint8Array | undefined;
  /** The body as it stands there. */
  readonly bytes: Uint8Array;
}

/** Seals and opens bodies with one key, or with none. */
export class Bodies {
  readonly #key: RecordKey | undefined;
  readonly #digestKey: Uint8Array | undefined;

  /** Takes the store's key: 32 bytes. Without one it leaves everything plain. */
  constructor(storeKey: Uint8Array | undefined) {
    if (storeKey === undefined) return;
    this.#key = new RecordKey(storeKey);
    this.#digestKey = deriveBytes(storeKey, DIGEST_PURPOSE, 32);
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
  seal(place: RecordPlace, body: Uint8Array): Uint8Array {
    if (this.#key === undefined) return body;
    return this.#key.seal(place, body, randomBytes(RECORD_NONCE_BYTES));
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
        `Cannot open the ${body.kind} ${
          uuidFromBytes(body.id)
        }: it is sealed with ${has}, not ${wanted}`,
        { hint: "The store is damaged, or other hands have written in it." },
      );
    }
    if (this.#key === undefined) return body.bytes;
    return this.#key.open(body, body.bytes);
  }

  /**
   * What the same content is found by: 32 bytes. With a key it is a keyed hash: who takes the disk
   * cannot look there for a file that is known elsewhere.
   *
   * @param sha256 The SHA-256 of what is in it.
   */
  digest(sha256: Uint8Array): Uint8Array {
    if (this.#digestKey === undefined) return sha256;
    return createHmac("sha256", this.#digestKey).update(sha256).digest();
  }
}

/** Random bytes, of the system. */
export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}
