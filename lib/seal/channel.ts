import { byteLength, concat } from "../bytes.ts";
import { MAX_EAX_BYTES } from "../limits/connections.ts";
import { BLOCK_BYTES } from "./aes.ts";
import { CHACHA_NONCE_BYTES, openChaCha, sealChaCha } from "./chacha.ts";
import { Eax } from "./eax.ts";
import { SealError } from "./seal_error.ts";
import { SessionError } from "./session_error.ts";

/** Bytes of the tag behind each message, whichever cipher seals it. */
export const SEAL_TAG_BYTES = 16;

/**
 * Blocks of 16 bytes that a session takes in one direction, 4 PiB. EAX is as safe as AES while the
 * square of their number is far below 2^128 (the EAX paper, theorem 1): here by 2^32.
 * ChaCha20-Poly1305 bears more.
 */
const MAX_BLOCKS = 2 ** 48;
/** For the nonce, and for what is not a whole block. */
const MORE_BLOCKS = 4;

/** The keys of one direction, 32 bytes each. */
export interface ChannelKeys {
  /** For messages of up to `MAX_EAX_BYTES` of lib/limits/connections.ts. */
  eax: Uint8Array;
  /** For longer ones. */
  chacha: Uint8Array;
}

/**
 * One direction of a sealed session: the same keys at both ends, and a count of the messages that is
 * the nonce of each. What was changed, left out, put elsewhere or sent again does not open. The
 * length alone tells which cipher has sealed a message: both put as many bytes behind it.
 */
export class Channel {
  readonly #eax: Eax;
  readonly #chachaKey: Uint8Array;
  readonly #associatedData: Uint8Array;
  readonly #maxBlocks: number;
  #blocks = 0;
  #messages = 0;
  #failure: SealError | undefined;
  #isClosed = false;

  /**
   * Takes the direction's keys, and what its messages are bound to. After `maxBlocks` blocks of 16
   * bytes (2^48 by default) it takes no more.
   */
  constructor(keys: ChannelKeys, associatedData: Uint8Array, maxBlocks: number = MAX_BLOCKS) {
    this.#eax = new Eax(keys.eax);
    this.#chachaKey = new Uint8Array(keys.chacha);
    this.#associatedData = associatedData;
    this.#maxBlocks = maxBlocks;
  }

  /**
   * Seals the next message.
   *
   * @param message In parts, one behind the other.
   * @param room Bytes that are left free before it, for the head of its frame.
   * @returns In bytes of their own: the room, the ciphertext and the tag.
   * @throws {SessionError} when the keys have sealed as much as they may.
   */
  seal(message: readonly Uint8Array[], room = 0): Uint8Array {
    const length = byteLength(message);
    const nonce = this.#nextNonce(length);
    const associatedData = this.#associatedData;
    if (length > MAX_EAX_BYTES) {
      return sealChaCha(this.#chachaKey, nonce, message, associatedData, room);
    }
    const sealed = this.#eax.seal(eaxNonce(nonce), concat(message), associatedData);
    if (room === 0) return sealed;
    const whole = new Uint8Array(room + sealed.length);
    whole.set(sealed, room);
    return whole;
  }

  /**
   * Opens the next message.
   *
   * @returns The message, in bytes of its own.
   * @throws {SealError} when it is not the next one that the other side has sealed, after which the
   * channel is lost: every further call throws the same again; {@linkcode SessionError} when the keys
   * have opened as much as they may.
   */
  open(sealed: Uint8Array): Uint8Array {
    if (this.#failure !== undefined) throw this.#failure;
    const nonce = this.#nextNonce(sealed.length);
    const associatedData = this.#associatedData;
    try {
      return sealed.length - SEAL_TAG_BYTES > MAX_EAX_BYTES
        ? openChaCha(this.#chachaKey, nonce, sealed, associatedData)
        : this.#eax.open(eaxNonce(nonce), sealed, associatedData);
    } catch (error) {
      if (error instanceof SealError) this.#failure = error;
      throw error;
    }
  }

  /** Frees what the channel holds. Nothing can be sealed or opened any more. */
  close(): void {
    this.#isClosed = true;
    this.#eax.close();
  }

  /** The number of the message, as 8 bytes behind 4 that are 0. */
  #nextNonce(messageBytes: number): Uint8Array {
    if (this.#isClosed) throw new Error("Cannot use a sealed session: it is closed");
    this.#blocks += Math.ceil(messageBytes / BLOCK_BYTES) + MORE_BLOCKS;
    if (this.#blocks > this.#maxBlocks) {
      throw new SessionError(
        "usedUp",
        `A session seals ${this.#maxBlocks} blocks of 16 bytes: for more a new one has to be begun`,
      );
    }
    const nonce = new DataView(new ArrayBuffer(CHACHA_NONCE_BYTES));
    nonce.setUint32(4, this.#messages / 2 ** 32);
    nonce.setUint32(8, this.#messages % 2 ** 32);
    this.#messages++;
    return new Uint8Array(nonce.buffer);
  }
}

/** EAX takes nonces of any length: it gets the number alone. */
function eaxNonce(nonce: Uint8Array): Uint8Array {
  return nonce.subarray(4);
}
