import { timingSafeEqual } from "node:crypto";
import { Aes, BLOCK_BYTES } from "./aes.ts";
import { BackgroundAes } from "./background_aes.ts";
import { addKeystream, plus } from "./counter.ts";
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

/** Bytes that one thread encrypts while another one chains those before. */
const CHUNK_BYTES = 1024 * 1024;

/** Associated data up to this size is known again when it comes again. */
const REMEMBERED_BYTES = 256;

/**
 * AES-EAX (Bellare, Rogaway, Wagner: "The EAX Mode of Operation", 2004): encryption of a message
 * with a tag over it, over a nonce and over associated data that is not sent. The nonce and the
 * associated data may have any length. No two messages of a key may have the same nonce.
 *
 * What is sealed is the ciphertext, as long as the message, and the tag. The calls that give a
 * promise make and take the same bytes as those that do not, in other threads: they are faster from
 * LARGE_BYTES of lib/limits.ts on. Calls may overlap in time.
 *
 * The ciphers that it keeps are freed by {@linkcode Eax.close}, or at the end of a `using` block,
 * and not before.
 */
export class Eax {
  readonly #tagBytes: number;
  readonly #aes: Aes;
  readonly #omac: Omac;
  readonly #background: BackgroundAes;
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
    this.#background = new BackgroundAes(key);
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

  /**
   * {@linkcode Eax.seal} in other threads. The plaintext is not to be written to before the promise
   * is settled.
   */
  async sealLarge(
    nonce: Uint8Array,
    plaintext: Uint8Array,
    associatedData: Uint8Array,
  ): Promise<Uint8Array> {
    const counter = this.#nonceMac(nonce);
    const dataMac = this.#dataMac(associatedData);
    const sealed = new Uint8Array(plaintext.length + this.#tagBytes);
    const ciphertext = sealed.subarray(0, plaintext.length);
    let chained = this.#omac.start(CIPHERTEXT);
    let next = await this.#crypt(counter, plaintext, 0);
    for (let at = 0; at < plaintext.length; at += CHUNK_BYTES) {
      ciphertext.set(next, at);
      [chained, next] = await Promise.all([
        this.#chain(chained, ciphertext, at),
        this.#crypt(counter, plaintext, at + CHUNK_BYTES),
      ]);
    }
    const mac = this.#finish(chained, ciphertext);
    sealed.set(this.#tag(counter, dataMac, mac), plaintext.length);
    return sealed;
  }

  /**
   * {@linkcode Eax.open} in other threads. It decrypts while it checks and gives nothing before the
   * tag has been found to hold. What is sealed is not to be written to before the promise is
   * settled: it is read more than once.
   *
   * @throws {SealError} when it is not whole, `broken` or `wrongTag`.
   */
  async openLarge(
    nonce: Uint8Array,
    sealed: Uint8Array,
    associatedData: Uint8Array,
  ): Promise<Uint8Array> {
    const ciphertext = this.#ciphertextOf(sealed);
    const counter = this.#nonceMac(nonce);
    const dataMac = this.#dataMac(associatedData);
    const plaintext = new Uint8Array(ciphertext.length);
    let chained = this.#omac.start(CIPHERTEXT);
    for (let at = 0; at < ciphertext.length; at += CHUNK_BYTES) {
      let part: Uint8Array;
      [chained, part] = await Promise.all([
        this.#chain(chained, ciphertext, at),
        this.#crypt(counter, ciphertext, at),
      ]);
      plaintext.set(part, at);
    }
    this.#check(sealed, this.#tag(counter, dataMac, this.#finish(chained, ciphertext)));
    return plaintext;
  }

  /** Frees the ciphers: later calls throw, and those that still run may. */
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

  /** The chunk at `at`, encrypted or decrypted; no bytes behind the last one. */
  #crypt(counter: Uint8Array, bytes: Uint8Array, at: number): Promise<Uint8Array> {
    if (at >= bytes.length) return Promise.resolve(new Uint8Array(0));
    const chunk = bytes.subarray(at, at + CHUNK_BYTES);
    return this.#background.addKeystream(plus(counter, at / BLOCK_BYTES), chunk);
  }

  /** Where the chain is behind the chunk at `at`, which has come to `chained` before it. */
  #chain(chained: Uint8Array, ciphertext: Uint8Array, at: number): Promise<Uint8Array> {
    const end = Math.min(at + CHUNK_BYTES, lastBlockAt(ciphertext));
    if (at >= end) return Promise.resolve(chained);
    return this.#background.chain(chained, ciphertext.subarray(at, end));
  }

  /** The MAC of a ciphertext whose chain has come to `chained` before its last block. */
  #finish(chained: Uint8Array, ciphertext: Uint8Array): Uint8Array {
    return ciphertext.length === 0
      ? this.#omac.tweaked(CIPHERTEXT, ciphertext)
      : this.#omac.finish(chained, ciphertext.subarray(lastBlockAt(ciphertext)));
  }
}

/** Where the last block begins, be it whole or not: it enters the MAC in another way. */
function lastBlockAt(ciphertext: Uint8Array): number {
  return Math.max(0, Math.ceil(ciphertext.length / BLOCK_BYTES) - 1) * BLOCK_BYTES;
}

function sameBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (one[i] !== other[i]) return false;
  return true;
}
