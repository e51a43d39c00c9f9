/**
 * Contents of files at rest: each is sealed with a key of its own, in chunks (ChaCha20-Poly1305,
 * RFC 8439).
 *
 * A sealed chunk is 12 bytes of nonce, the ciphertext, and 16 bytes of tag. The associated data are
 * the content's id, the chunk's index, and whether it is the last one: a chunk that was changed,
 * moved, left out, or taken from another content does not open.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { createCipheriv, createDecipheriv } from "node:crypto";
import { uuidFromBytes } from "../wire/uuid.ts";
import { RecordError } from "./record.ts";

/** Bytes in the key of a content. */
export const CONTENT_KEY_BYTES = 32;
/** Bytes in the nonce of a chunk. */
export const CHUNK_NONCE_BYTES = 12;
const TAG_BYTES = 16;
/** By how many bytes a sealed chunk is longer than what it holds. */
export const SEALED_CHUNK_OVERHEAD_BYTES: number = CHUNK_NONCE_BYTES + TAG_BYTES;

const CIPHER = "chacha20-poly1305";

/** Which chunk of a content: it opens nowhere else. */
export interface ChunkPlace {
  /** From 0 on. */
  readonly index: number;
  /** No chunk follows. */
  readonly isLast: boolean;
}

/** A chunk that is being sealed, piece by piece. */
export interface ChunkSeal {
  /** The ciphertext of the next bytes: as many. */
  update(plaintext: Uint8Array): Uint8Array;
  /** The 16 bytes of tag behind the last of them. */
  finish(): Uint8Array;
}

/** The key of one content, ready to seal its chunks and to open them. */
export class ContentKey {
  readonly #key: Uint8Array;
  readonly #id: Uint8Array;

  /** Takes the 32 bytes of the content's own key, and the 16 of its id. */
  constructor(key: Uint8Array, id: Uint8Array) {
    this.#key = key;
    this.#id = id;
  }

  /**
   * Begins a chunk. The nonce goes before what the chunk then gives.
   *
   * @param nonce 12 random bytes, new for each chunk: one that was written in vain, because the
   * power failed, is written again, and perhaps with other bytes. A content of 1 TiB has 2^22 chunks:
   * the chance that two nonces are equal is below 2^-50.
   */
  seal(place: ChunkPlace, nonce: Uint8Array): ChunkSeal {
    const cipher = createCipheriv(CIPHER, this.#key, nonce, { authTagLength: TAG_BYTES });
    // The length is for modes that have to know it first.
    cipher.setAAD(this.#associatedData(place), { plaintextLength: 0 });
    return {
      update: (plaintext) => cipher.update(plaintext),
      finish: () => {
        cipher.final();
        return cipher.getAuthTag();
      },
    };
  }

  /**
   * Opens a chunk: its nonce, its ciphertext and its tag, one behind the other.
   *
   * @throws {RecordError} when it is not what was sealed for this place; nothing of it is given.
   */
  open(place: ChunkPlace, sealed: Uint8Array): Uint8Array {
    if (sealed.length < SEALED_CHUNK_OVERHEAD_BYTES) {
      throw this.#notOpened(place, `it has ${sealed.length} bytes, too few for a sealed chunk`);
    }
    const nonce = sealed.subarray(0, CHUNK_NONCE_BYTES);
    const decipher = createDecipheriv(CIPHER, this.#key, nonce, { authTagLength: TAG_BYTES });
    decipher.setAAD(this.#associatedData(place), { plaintextLength: 0 });
    decipher.setAuthTag(sealed.subarray(sealed.length - TAG_BYTES));
    const opened = decipher.update(
      sealed.subarray(CHUNK_NONCE_BYTES, sealed.length - TAG_BYTES),
    );
    try {
      decipher.final();
    } catch (error) {
      throw this.#notOpened(place, "it was changed, or moved from another place", error);
    }
    return opened;
  }

  #associatedData({ index, isLast }: ChunkPlace): Uint8Array {
    const bytes = Buffer.alloc(16 + 8 + 1);
    bytes.set(this.#id);
    bytes.writeBigUInt64BE(BigInt(index), 16);
    bytes[24] = isLast ? 1 : 0;
    return bytes;
  }

  #notOpened({ index }: ChunkPlace, why: string, cause?: unknown): RecordError {
    return new RecordError(
      `Cannot open the chunk ${index} of the content ${uuidFromBytes(this.#id)}: ${why}`,
      {
        cause,
        hint: "The store is damaged, or other hands have written in it: compare it with a backup.",
      },
    );
  }
}
