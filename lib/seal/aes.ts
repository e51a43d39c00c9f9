import { type Cipheriv, createCipheriv } from "node:crypto";

/** Bytes in a block of AES (FIPS 197). */
export const BLOCK_BYTES = 16;

const ZERO_BLOCK = new Uint8Array(BLOCK_BYTES);

/**
 * The two uses of AES that EAX is made of, each with one cipher that is kept: to make a cipher costs
 * more than to seal a short message with it.
 *
 * The runtime frees a cipher only when it is finished, not when it is forgotten: call
 * {@linkcode Aes.close}.
 */
export class Aes {
  readonly #ecb: Cipheriv;
  /** Undefined for keys of 192 bits: Deno has no aes-192-cbc. */
  readonly #cbc: Cipheriv | undefined;
  /** The block that the CBC cipher gave last, and will add to the next one that it takes. */
  #last: Uint8Array = ZERO_BLOCK;
  #closed = false;

  /**
   * Takes a key of 16, 24 or 32 bytes.
   *
   * @throws {RangeError} for a key of another length.
   */
  constructor(key: Uint8Array) {
    const bits = key.length * 8;
    if (bits !== 128 && bits !== 192 && bits !== 256) {
      throw new RangeError(`Cannot use a key of ${key.length} bytes: AES takes 16, 24 or 32`);
    }
    this.#ecb = createCipheriv(`aes-${bits}-ecb`, key, null).setAutoPadding(false);
    this.#cbc = bits === 192
      ? undefined
      : createCipheriv(`aes-${bits}-cbc`, key, ZERO_BLOCK).setAutoPadding(false);
  }

  /** Each of some whole blocks by itself (ECB). */
  encryptBlocks(blocks: Uint8Array): Uint8Array {
    this.mustBeOpen();
    return this.#ecb.update(blocks);
  }

  /**
   * The last block of some whole blocks, at least one, in a chain that begins with `start` (CBC).
   * `blocks` are written over. What is given is shared: do not write to it.
   */
  chain(start: Uint8Array, blocks: Uint8Array): Uint8Array {
    this.mustBeOpen();
    if (this.#cbc === undefined) return this.#chainByBlock(start, blocks);
    // The cipher is amid the chain of what it took before. Its last block is added twice, once here
    // and once by the cipher, and so is gone.
    const last = this.#last;
    for (let i = 0; i < BLOCK_BYTES; i++) blocks[i]! ^= start[i]! ^ last[i]!;
    const chained: Uint8Array = this.#cbc.update(blocks);
    // A copy where the block is not all, so that the rest can go.
    this.#last = chained.length === BLOCK_BYTES
      ? chained
      : new Uint8Array(chained.subarray(-BLOCK_BYTES));
    return this.#last;
  }

  /** A call per block, some 10 times slower. Sessions have keys of 256 bits. */
  #chainByBlock(start: Uint8Array, blocks: Uint8Array): Uint8Array {
    let last = start;
    for (let at = 0; at < blocks.length; at += BLOCK_BYTES) {
      const block = blocks.subarray(at, at + BLOCK_BYTES);
      for (let i = 0; i < BLOCK_BYTES; i++) block[i]! ^= last[i]!;
      last = this.#ecb.update(block);
    }
    return last;
  }

  /** Frees the ciphers: later calls throw. */
  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#ecb.final();
    this.#cbc?.final();
  }

  /**
   * Nothing while there are ciphers.
   *
   * @throws {Error} after {@linkcode Aes.close}.
   */
  mustBeOpen(): void {
    if (this.#closed) throw new Error("Cannot use a key: it is closed");
  }
}
