import { FREE_PENDING_BYTES, MAX_PENDING_BYTES, STRANGERS_PENDING_SHARE } from "../limits/http.ts";

/**
 * What all messages together hold that are not whole. Each may hold a little; what is more is taken
 * from a store that all have in common, so that thousands of peers which begin a long message and
 * do not end it cannot fill the memory, and short ones come through all the same.
 *
 * Those of peers that have not proven the key come out of a part of it: they may fill that, and the
 * rest is for those who have.
 */
export class PendingBytes {
  readonly #all: PendingShare;
  readonly #strangers: PendingShare;

  /** Takes the bound. Default: {@linkcode MAX_PENDING_BYTES}. */
  constructor(maxBytes: number = MAX_PENDING_BYTES) {
    this.#all = new PendingShare(maxBytes);
    this.#strangers = new PendingShare(maxBytes * STRANGERS_PENDING_SHARE, this.#all);
  }

  /** Where a message counts that a peer begins now. */
  of({ isProven }: { readonly isProven: boolean }): PendingShare {
    return isProven ? this.#all : this.#strangers;
  }
}

/** A store of bytes, or a part of one. */
export class PendingShare {
  readonly #maxBytes: number;
  readonly #whole: PendingShare | undefined;
  #bytes = 0;

  /** Takes the bound, and the store of which this is a part, if it is one. */
  constructor(maxBytes: number, whole?: PendingShare) {
    this.#maxBytes = maxBytes;
    this.#whole = whole;
  }

  /**
   * A message that held `fromBytes` holds `toBytes` now. Gives false when that is too much: it holds
   * what it held then.
   */
  change(fromBytes: number, toBytes: number): boolean {
    const bytes = this.#bytes + beyondFree(toBytes) - beyondFree(fromBytes);
    if (bytes > this.#bytes && bytes > this.#maxBytes) return false;
    if (this.#whole?.change(fromBytes, toBytes) === false) return false;
    this.#bytes = bytes;
    return true;
  }
}

function beyondFree(bytes: number): number {
  return Math.max(0, bytes - FREE_PENDING_BYTES);
}
