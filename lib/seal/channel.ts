import { Eax } from "./eax.ts";
import { SealError } from "./seal_error.ts";
import { SessionError } from "./session_error.ts";

/**
 * Blocks of AES that one key may be used for in a session, 4 PiB. EAX is as safe as AES while the
 * square of their number is far below 2^128 (the EAX paper, theorem 1): here by 2^32.
 */
const MAX_BLOCKS = 2 ** 48;
const BLOCK_BYTES = 16;
/** For the nonce, and for what is not a whole block. */
const MORE_BLOCKS = 4;

/**
 * One direction of a sealed session: the same key at both ends, and a count of the messages that is
 * the nonce of each. What was changed, left out, put elsewhere or sent again does not open.
 */
export class Channel {
  readonly #eax: Eax;
  readonly #associatedData: Uint8Array;
  readonly #maxBlocks: number;
  #blocks = 0;
  #messages = 0;
  #failure: SealError | undefined;

  /**
   * Takes the direction's key of 32 bytes, and what its messages are bound to. After `maxBlocks`
   * blocks of 16 bytes (2^48 by default) it takes no more.
   */
  constructor(key: Uint8Array, associatedData: Uint8Array, maxBlocks: number = MAX_BLOCKS) {
    this.#eax = new Eax(key);
    this.#associatedData = associatedData;
    this.#maxBlocks = maxBlocks;
  }

  /**
   * Seals the next message: ciphertext and tag.
   *
   * @throws {SessionError} when the key has sealed as much as it may.
   */
  seal(message: Uint8Array): Uint8Array {
    return this.#eax.seal(this.#nextNonce(message), message, this.#associatedData);
  }

  /** The same bytes as {@linkcode seal} gives, sooner for a large message, and made elsewhere. */
  async sealLarge(message: Uint8Array): Promise<Uint8Array> {
    return await this.#eax.sealLarge(this.#nextNonce(message), message, this.#associatedData);
  }

  /**
   * Opens the next message.
   *
   * @throws {SealError} when it is not the next one that the other side has sealed, after which the
   * channel is lost: every further call throws the same again; {@linkcode SessionError} when the key
   * has opened as much as it may.
   */
  open(sealed: Uint8Array): Uint8Array {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return this.#eax.open(this.#nextNonce(sealed), sealed, this.#associatedData);
    } catch (error) {
      throw this.#fail(error);
    }
  }

  /** The same as {@linkcode open}, sooner for a large message, and done elsewhere. */
  async openLarge(sealed: Uint8Array): Promise<Uint8Array> {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return await this.#eax.openLarge(this.#nextNonce(sealed), sealed, this.#associatedData);
    } catch (error) {
      throw this.#fail(error);
    }
  }

  /** Frees what the channel holds. Nothing can be sealed or opened any more. */
  close(): void {
    this.#eax.close();
  }

  /** The number of the message, as 8 bytes. */
  #nextNonce(message: Uint8Array): Uint8Array {
    this.#blocks += Math.ceil(message.length / BLOCK_BYTES) + MORE_BLOCKS;
    if (this.#blocks > this.#maxBlocks) {
      throw new SessionError(
        "usedUp",
        `A session seals ${this.#maxBlocks} blocks of 16 bytes: for more a new one has to be begun`,
      );
    }
    const nonce = new DataView(new ArrayBuffer(8));
    nonce.setUint32(0, this.#messages / 2 ** 32);
    nonce.setUint32(4, this.#messages % 2 ** 32);
    this.#messages++;
    return new Uint8Array(nonce.buffer);
  }

  #fail(error: unknown): unknown {
    if (error instanceof SealError) this.#failure = error;
    return error;
  }
}
