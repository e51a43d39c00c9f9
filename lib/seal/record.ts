/**
 * Records at rest: each is sealed by itself, for the one place that it stands in (AES-256-GCM,
 * NIST SP 800-38D).
 *
 * A sealed record is a byte for the version of this format, 12 bytes of nonce, the ciphertext, and
 * 16 bytes of tag. The associated data are the version, the record's id, its time and its kind: a
 * record that is moved to another row, or whose row is given another time, does not open.
 *
 * @module
 */

import { createCipheriv, createDecipheriv } from "node:crypto";
import { RefusedError } from "../errors.ts";
import { uuidFromBytes } from "../wire/uuid.ts";
import { deriveBytes, keyId } from "./key.ts";

/** Bytes in the nonce of a record. */
export const RECORD_NONCE_BYTES = 12;
/** By how many bytes a sealed record is longer than what it holds. */
export const RECORD_OVERHEAD_BYTES: number = 1 + RECORD_NONCE_BYTES + 16;

const VERSION = 1;
const TAG_BYTES = 16;
const AES_KEY_BYTES = 32;
const HEADER_BYTES = 1 + RECORD_NONCE_BYTES;
const PURPOSE = "wagons records at rest";
const MARK_PURPOSE = "wagons records to be sealed";
/** Bytes of {@linkcode RecordKey.mark}. */
const MARK_BYTES = 16;

/**
 * What kind of thing a record is: what was said in the room is a message, and what a document says is
 * a dictionary.
 */
export type RecordKind = "manifest" | "document" | "dictionary" | "message" | "file" | "content";

/** What a record is and where it stands: it opens nowhere else. */
export interface RecordPlace {
  /** What kind of thing it is. */
  readonly kind: RecordKind;
  /** The 16 bytes of its UUID. */
  readonly id: Uint8Array;
  /** Milliseconds since the Unix epoch: a whole number. */
  readonly storedAtMs: number;
}

/** A record does not open: it was changed, or is not one of this key and this place. */
export class RecordError extends RefusedError {}

/** The key of a store, ready to seal its records and to open them. */
export class RecordKey {
  /** The `keyId` of the store's key. */
  readonly id: Uint8Array;
  /**
   * What only who has the key can write: it says that whoever had it wanted plain records sealed.
   * Else anyone who can write a store could have its own records sealed.
   */
  readonly mark: Uint8Array;
  /** Made once: to derive it takes longer than to seal a record. */
  readonly #aesKey: Uint8Array;

  /** Takes the 32 bytes of the store's key. */
  constructor(storeKey: Uint8Array) {
    this.id = keyId(storeKey);
    this.mark = deriveBytes(storeKey, MARK_PURPOSE, MARK_BYTES);
    this.#aesKey = deriveBytes(storeKey, PURPOSE, AES_KEY_BYTES);
  }

  /**
   * Seals a record.
   *
   * @param nonce 12 random bytes, new for each record. Two that are equal would undo the seal of
   * both records; as long as a key seals no more than 2^32 records, the chance that any two are is
   * below 2^-32 (SP 800-38D, 8.3): a hundred records a second for 16 months. A counter would last
   * longer, but begin again where a store is restored from a backup and written on.
   * @throws {RangeError} for a nonce or an id of another length.
   */
  seal(place: RecordPlace, plaintext: Uint8Array, nonce: Uint8Array): Uint8Array {
    if (nonce.length !== RECORD_NONCE_BYTES) {
      throw new RangeError(
        `Cannot seal a record: a nonce has ${RECORD_NONCE_BYTES} bytes, not ${nonce.length}`,
      );
    }
    const associated = associatedData(place);
    const cipher = createCipheriv("aes-256-gcm", this.#aesKey, nonce, { authTagLength: TAG_BYTES });
    cipher.setAAD(associated);
    const sealed = new Uint8Array(plaintext.length + RECORD_OVERHEAD_BYTES);
    sealed[0] = VERSION;
    sealed.set(nonce, 1);
    sealed.set(cipher.update(plaintext), HEADER_BYTES);
    // GCM keeps nothing back for the end.
    cipher.final();
    sealed.set(cipher.getAuthTag(), sealed.length - TAG_BYTES);
    return sealed;
  }

  /**
   * Opens what {@linkcode seal} has made with the same key for the same place.
   *
   * @throws {RecordError} for anything else; then nothing of it is given.
   * @throws {RangeError} for an id of another length.
   */
  open(place: RecordPlace, sealed: Uint8Array): Uint8Array {
    if (sealed.length < RECORD_OVERHEAD_BYTES) {
      throw notOpened(place, `it has ${sealed.length} bytes, too few for a sealed record`);
    }
    if (sealed[0] !== VERSION) {
      throw notOpened(
        place,
        `its format is version ${sealed[0]}, and this wagons knows ${VERSION}`,
      );
    }
    const associated = associatedData(place);
    const nonce = sealed.subarray(1, HEADER_BYTES);
    const decipher = createDecipheriv("aes-256-gcm", this.#aesKey, nonce, {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(associated);
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    const opened = decipher.update(sealed.subarray(HEADER_BYTES, sealed.length - TAG_BYTES));
    try {
      decipher.final();
    } catch (error) {
      const why = "it was changed, moved from another place, or sealed with another key";
      throw notOpened(place, why, error);
    }
    return new Uint8Array(opened);
  }
}

/** All parts but the last have one length, so that no two places give the same bytes. */
function associatedData({ kind, id, storedAtMs }: RecordPlace): Uint8Array {
  if (id.length !== 16) {
    throw new RangeError(`Cannot seal or open a record: an id has 16 bytes, not ${id.length}`);
  }
  const kindBytes = new TextEncoder().encode(kind);
  const bytes = new Uint8Array(1 + 16 + 8 + kindBytes.length);
  bytes[0] = VERSION;
  bytes.set(id, 1);
  new DataView(bytes.buffer).setBigInt64(17, BigInt(storedAtMs));
  bytes.set(kindBytes, 25);
  return bytes;
}

function notOpened({ kind, id }: RecordPlace, why: string, cause?: unknown): RecordError {
  return new RecordError(`Cannot open the ${kind} ${uuidFromBytes(id)}: ${why}`, {
    cause,
    hint: "The store is damaged, or other hands have written in it: compare it with a backup.",
  });
}
