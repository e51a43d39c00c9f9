import type { PendingShare } from "./pending_bytes.ts";

const FIRST_BYTES = 1024;

/** Bytes that come in pieces, however small, as one run of them. What it holds is bounded. */
export class GatheredBytes {
  readonly #pending: PendingShare;
  #held = new Uint8Array();
  #length = 0;

  /** Takes what all that is gathered has in common. */
  constructor(pending: PendingShare) {
    this.#pending = pending;
  }

  /** How many there are. */
  get length(): number {
    return this.#length;
  }

  /** All of them so far; not to be kept beyond {@linkcode release}. */
  get bytes(): Uint8Array {
    return this.#held.subarray(0, this.#length);
  }

  /** Takes more, which may be changed afterwards. Gives false when there is no room for them now. */
  push(bytes: Uint8Array): boolean {
    const length = this.#length + bytes.length;
    if (length > this.#held.length) {
      const most = Math.max(length, FIRST_BYTES, 2 * this.#held.length);
      if (!this.#pending.change(this.#held.length, most)) return false;
      const larger = new Uint8Array(most);
      larger.set(this.bytes);
      this.#held = larger;
    }
    this.#held.set(bytes, this.#length);
    this.#length = length;
    return true;
  }

  /** They are needed no more. */
  release(): void {
    this.#pending.change(this.#held.length, 0);
    this.#held = new Uint8Array();
    this.#length = 0;
  }
}
