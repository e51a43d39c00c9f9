import { timingSafeEqual } from "node:crypto";
import { Aes, BLOCK_BYTES } from "./aes.ts";
import { addKeystream } from "./counter.ts";
import { Omac } from "./omac.ts";
import { SealError } from "./seal_error.ts";

/** How messages are sealed. */
export interface EaxOptions {
  /** Bytes of the tag behind each message, 1 to 16. Default: 16. */
  tagBytes?: number;
}

/** The tweaks of the paper: what each MAC is of. */
const NONCE = 0;
const ASSOCIATED_DATA = 1;
const CIPHERTEXT = 2;

/** Associated data up to this size is known again when it comes again. */
const REMEMBERED_BYTES = 256;

/**
 * AES-EAX (Bellare, Rogaway, Wagner: "The EAX Mode of Operation", 2004): encryption of a message
 * with a tag over it, over a nonce and over associated data that is not sent. The nonce and the
 * associated data may have any length. No two messages of a key may have the same nonce.
 *
 * What is sealed is the ciphertext, as long as the message, and the tag.
 *
 * The ciphers that it keeps are freed by {@linkcode Eax.close}, or at the end of a `using` block,
 * and not before.
 */
export class Eax {
  readonly #tagBytes: number;
  readonly #aes: Aes;
  readonly #omac: Omac;
  /** The associated data that came last, and its MAC: a session has the same for every message. */
  #lastData: Uint8Array | undefined;
  #lastDataMac: Uint8Array = new Uint8Array(0);

  /**
   * Takes a key of 16, 24 or 32 bytes, and copies it.
   *
   * @throws {RangeError} for a key or a tag of another length.
   */
  constructor(key: Uint8Array, options: EaxOptions = {}) {
    const { tagBytes = BLOCK_BYTES } = options;
    if (!Number.isInteger(tagBytes) || tagBytes < 1 || tagBytes > BLOCK_BYTES) {
      throw new RangeError(`Cannot make a tag of ${tagBytes} bytes: it has 1 to ${BLOCK_BYTES}`);
    }
    this.#tagBytes = tagBytes;
    this.#aes = new Aes(key);
    this.#omac = new Omac(this.#aes);
  }

  /**
   * Seals a message.
   *
   * @returns The ciphertext and then the tag, in bytes of their own.
   */
  seal(nonce: Uint8Array, plaintext: Uint8Array, associatedData: Uint8Array): Uint8Array {
    const counter = this.#nonceMac(nonce);
    const sealed = new Uint8Array(plaintext.length + this.#tagBytes);
    const ciphertext = sealed.subarray(0, plaintext.length);
    ciphertext.set(plaintext);
    addKeystream(this.#aes, counter, ciphertext);
    const mac = this.#omac.tweaked(CIPHERTEXT, ciphertext);
    sealed.set(this.#tag(counter, this.#dataMac(associatedData), mac), plaintext.length);
    return sealed;
  }

  /**
   * Opens what {@linkcode Eax.seal} gave for the same key, nonce and associated data. Nothing is
   * decrypted before the tag has been found to hold, in a time that does not depend on its bytes.
   *
   * @returns The message, in bytes of its own.
   * @throws {SealError} when it is not whole, `broken` or `wrongTag`.
   */
  open(nonce: Uint8Array, sealed: Uint8Array, associatedData: Uint8Array): Uint8Array {
    const ciphertext = this.#ciphertextOf(sealed);
    const counter = this.#nonceMac(nonce);
    const mac = this.#omac.tweaked(CIPHERTEXT, ciphertext);
    this.#check(sealed, this.#tag(counter, this.#dataMac(associatedData), mac));
    const plaintext = new Uint8Array(ciphertext);
    addKeystream(this.#aes, counter, plaintext);
    return plaintext;
  }

  /** Frees the ciphers: later calls throw. */
  close(): void {
    this.#aes.close();
  }

  /** {@linkcode Eax.close}, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** What is sealed without its tag. */
  #ciphertextOf(sealed: Uint8Array): Uint8Array {
    const length = sealed.length - this.#tagBytes;
    if (length >= 0) return sealed.subarray(0, length);
    throw new SealError(
      "broken",
      `A sealed message of ${sealed.length} bytes is not whole: its tag alone has ${this.#tagBytes}`,
    );
  }

  /** The MAC of the nonce, which is the first value of the counter too. */
  #nonceMac(nonce: Uint8Array): Uint8Array {
    this.#aes.mustBeOpen();
    return this.#omac.tweaked(NONCE, nonce);
  }

  #dataMac(data: Uint8Array): Uint8Array {
    if (this.#lastData === undefined || !sameBytes(this.#lastData, data)) {
      const mac = this.#omac.tweaked(ASSOCIATED_DATA, data);
      if (data.length > REMEMBERED_BYTES) return mac;
      this.#lastData = new Uint8Array(data);
      this.#lastDataMac = mac;
    }
    return this.#lastDataMac;
  }

  #tag(nonceMac: Uint8Array, dataMac: Uint8Array, ciphertextMac: Uint8Array): Uint8Array {
    const tag = new Uint8Array(this.#tagBytes);
    for (let i = 0; i < tag.length; i++) tag[i] = nonceMac[i]! ^ dataMac[i]! ^ ciphertextMac[i]!;
    return tag;
  }

  #check(sealed: Uint8Array, tag: Uint8Array): void {
    if (timingSafeEqual(sealed.subarray(sealed.length - tag.length), tag)) return;
    throw new SealError(
      "wrongTag",
      `A sealed message of ${sealed.length} bytes does not open: it was changed, or sealed with another key, nonce or associated data`,
    );
  }
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}
