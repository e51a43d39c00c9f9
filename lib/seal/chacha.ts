/**
 * ChaCha20-Poly1305 (RFC 8439): encryption of a message with a tag of 16 bytes over it and over
 * associated data that is not sent. No two messages of a key may have the same nonce.
 *
 * A cipher is made for each message: RFC 8439 begins with a key that depends on the nonce. The
 * runtime frees it only when it is finished, be it in vain.
 *
 * @module
 */

import { createCipheriv, createDecipheriv } from "node:crypto";
import { byteLength } from "../bytes.ts";
import { SealError } from "./seal_error.ts";

/** Bytes in a key. */
export const CHACHA_KEY_BYTES = 32;
/** Bytes in a nonce. */
export const CHACHA_NONCE_BYTES = 12;
/** Bytes in the tag behind each message. */
export const CHACHA_TAG_BYTES = 16;

const NAME = "chacha20-poly1305";
const OPTIONS = { authTagLength: CHACHA_TAG_BYTES };

/**
 * Seals a message.
 *
 * @param plaintext The message in parts, one behind the other.
 * @param room Bytes that are left free before it, for who puts something there.
 * @returns In bytes of their own: the room, the ciphertext and the tag.
 * @throws {RangeError} for a key or a nonce of another length.
 */
export function sealChaCha(
  key: Uint8Array,
  nonce: Uint8Array,
  plaintext: readonly Uint8Array[],
  associatedData: Uint8Array,
  room = 0,
): Uint8Array {
  checkLengths(key, nonce);
  const cipher = createCipheriv(NAME, key, nonce, OPTIONS);
  const plaintextLength = byteLength(plaintext);
  cipher.setAAD(associatedData, { plaintextLength });
  const sealed = new Uint8Array(room + plaintextLength + CHACHA_TAG_BYTES);
  let at = room;
  for (const part of plaintext) {
    sealed.set(cipher.update(part), at);
    at += part.length;
  }
  // Nothing is kept back for the end.
  cipher.final();
  sealed.set(cipher.getAuthTag(), at);
  return sealed;
}

/**
 * Opens what {@linkcode sealChaCha} gave for the same key, nonce and associated data. Nothing is
 * given before the tag has been found to hold.
 *
 * @returns The message, in bytes of its own.
 * @throws {SealError} when it is not whole, `broken` or `wrongTag`; {@linkcode RangeError} for a key
 * or a nonce of another length.
 */
export function openChaCha(
  key: Uint8Array,
  nonce: Uint8Array,
  sealed: Uint8Array,
  associatedData: Uint8Array,
): Uint8Array {
  checkLengths(key, nonce);
  const length = sealed.length - CHACHA_TAG_BYTES;
  if (length < 0) {
    throw new SealError(
      "broken",
      `A sealed message of ${sealed.length} bytes is not whole: its tag alone has ${CHACHA_TAG_BYTES}`,
    );
  }
  const decipher = createDecipheriv(NAME, key, nonce, OPTIONS);
  decipher.setAAD(associatedData, { plaintextLength: length });
  decipher.setAuthTag(sealed.subarray(length));
  const opened = decipher.update(sealed.subarray(0, length));
  try {
    decipher.final();
  } catch {
    // It says no more than that: the tag is another one.
    throw new SealError(
      "wrongTag",
      `A sealed message of ${sealed.length} bytes does not open: it was changed, or sealed with another key, nonce or associated data`,
    );
  }
  // As what it is to everyone else, and not a Buffer, whose slice() is no copy.
  return new Uint8Array(opened.buffer, opened.byteOffset, opened.length);
}

function checkLengths(key: Uint8Array, nonce: Uint8Array): void {
  if (key.length !== CHACHA_KEY_BYTES) {
    throw new RangeError(
      `Cannot use a key of ${key.length} bytes: ChaCha20 takes ${CHACHA_KEY_BYTES}`,
    );
  }
  if (nonce.length !== CHACHA_NONCE_BYTES) {
    throw new RangeError(
      `Cannot use a nonce of ${nonce.length} bytes: ChaCha20 takes ${CHACHA_NONCE_BYTES}`,
    );
  }
}
