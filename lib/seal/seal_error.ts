import { RefusedError } from "../errors.ts";

/**
 * Why something sealed does not open:
 *
 * - `broken`: it has not the form, whoever made it: its length, its alphabet, its version, or the
 *   padding under a tag that holds;
 * - `wrongTag`: it was changed, or sealed with another key, nonce or associated data;
 * - `tooOld`: it is whole, and its time to live is over;
 * - `fromFuture`: it is whole, and was made later than the clocks of two machines may differ.
 */
export type SealFailure = "broken" | "wrongTag" | "tooOld" | "fromFuture";

/**
 * What was sealed does not open, and nothing of it is given out. The message may be logged and
 * shown to a peer: it says lengths and times, never a byte of a key, a tag or a text.
 */
export class SealError extends RefusedError {
  /** Why, for a caller to switch on. */
  readonly reason: SealFailure;

  /** Takes why, and what is wrong, with the values that are no secret. */
  constructor(reason: SealFailure, message: string) {
    super(message);
    this.reason = reason;
  }
}
