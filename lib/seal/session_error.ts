import { RefusedError } from "../errors.ts";

/**
 * Why a sealed session cannot go on, though nothing was changed on the way:
 *
 * - `unsupportedVersion`: the other side speaks no version that this program speaks;
 * - `outOfTurn`: something was asked of it before, or after, its time;
 * - `usedUp`: its keys have sealed as much as they may.
 */
export type SessionFailure = "unsupportedVersion" | "outOfTurn" | "usedUp";

/** A sealed session cannot be begun, or cannot go on. */
export class SessionError extends RefusedError {
  /** Why, for a caller to switch on. */
  readonly reason: SessionFailure;

  /** Takes why, and what is wrong, with the values. */
  constructor(reason: SessionFailure, message: string) {
    super(message);
    this.reason = reason;
  }
}
