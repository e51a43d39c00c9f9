import { type Aes, BLOCK_BYTES } from "./aes.ts";

/** Messages are made ready for the chain in pieces of at most this size. */
const PIECE_BYTES = 16 * 1024;

/** How many tweaks EAX uses. */
const TWEAKS = 3;

/**
 * OMAC1 over AES, which NIST SP 800-38B and RFC 4493 call CMAC, in the form with a tweak that EAX is
 * made of.
 */
export class Omac {
  readonly #aes: Aes;
  /** What is added to a last block that is whole: K1 of RFC 4493. */
  readonly #whole: Uint8Array;
  /** What is added to a last block that is padded: K2. */
  readonly #padded: Uint8Array;
  /** Where the chain is behind the block of each tweak. */
  readonly #starts: Uint8Array[] = [];
  /** The MAC of each tweak without a message. */
  readonly #empty: Uint8Array[] = [];

  /** Takes a key that is open as long as this is used. */
  constructor(aes: Aes) {
    this.#aes = aes;
    const tweaks = new Uint8Array(TWEAKS * BLOCK_BYTES);
    for (let tweak = 0; tweak < TWEAKS; tweak++) tweaks[(tweak + 1) * BLOCK_BYTES - 1] = tweak;
    const starts = aes.encryptBlocks(tweaks);
    // The block of tweak 0 is all zeros: what it becomes is L of RFC 4493.
    this.#whole = double(starts.subarray(0, BLOCK_BYTES));
    this.#padded = double(this.#whole);
    for (let i = 0; i < tweaks.length; i++) tweaks[i]! ^= this.#whole[i % BLOCK_BYTES]!;
    const empty = aes.encryptBlocks(tweaks);
    for (let at = 0; at < tweaks.length; at += BLOCK_BYTES) {
      this.#starts.push(starts.subarray(at, at + BLOCK_BYTES));
      this.#empty.push(empty.subarray(at, at + BLOCK_BYTES));
    }
  }

  /**
   * The 16 bytes of the CMAC of a block that says `tweak`, 0 to 2, and a message behind it: OMAC^t
   * of the EAX paper. They are shared: do not write to them.
   */
  tweaked(tweak: number, message: Uint8Array): Uint8Array {
    return message.length === 0 ? this.#empty[tweak]! : this.#finish(this.#starts[tweak]!, message);
  }

  /** The MAC of a message of which `rest` is left, when the chain so far has come to `chained`. */
  #finish(chained: Uint8Array, rest: Uint8Array): Uint8Array {
    const padded = Math.max(BLOCK_BYTES, Math.ceil(rest.length / BLOCK_BYTES) * BLOCK_BYTES);
    const piece = new Uint8Array(Math.min(padded, PIECE_BYTES));
    let at = 0;
    for (; rest.length - at > PIECE_BYTES; at += PIECE_BYTES) {
      piece.set(rest.subarray(at, at + PIECE_BYTES));
      chained = this.#aes.chain(chained, piece);
    }
    piece.set(at === 0 ? rest : rest.subarray(at));
    const length = rest.length - at;
    const end = padded - at;
    if (length < end) piece.fill(0, length, end)[length] = 0x80;
    const key = length < end ? this.#padded : this.#whole;
    for (let i = 0; i < BLOCK_BYTES; i++) piece[end - BLOCK_BYTES + i]! ^= key[i]!;
    return this.#aes.chain(chained, piece.subarray(0, end));
  }
}

/** A block times x in the field of NIST SP 800-38B, section 5.3, whichever its bits are. */
function double(block: Uint8Array): Uint8Array {
  const doubled = new Uint8Array(BLOCK_BYTES);
  let carry = 0;
  for (let i = BLOCK_BYTES - 1; i >= 0; i--) {
    doubled[i] = (block[i]! << 1) | carry;
    carry = block[i]! >> 7;
  }
  // Not a branch: its time would tell a bit of the key.
  doubled[BLOCK_BYTES - 1]! ^= 0x87 & -carry;
  return doubled;
}
