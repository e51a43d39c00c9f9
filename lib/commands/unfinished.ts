/**
 * What commands tell when they could not do all that they were asked for.
 *
 * @module
 */

import {
  InterruptedError,
  ProtocolError,
  TimedOutError,
  UnreachableError,
  WagonsError,
} from "../errors.ts";

/** What has come of something that failed. */
export interface Unfinished {
  /** What happened, when it was interrupted. */
  interrupted: string;
  /** What is to be added to what went wrong on the way. */
  state?: string;
  /** What to do next: it comes before the hint that the failure has itself. */
  hint: string;
}

/**
 * The error to tell, of something that the same command can go on with: when it was interrupted, or
 * went wrong between here and the server. Any other error is given as it is.
 */
export function unfinished(
  error: unknown,
  signal: AbortSignal,
  { interrupted, state, hint }: Unfinished,
): unknown {
  const more = error instanceof WagonsError && error.hint !== undefined ? ` ${error.hint}` : "";
  const options = { cause: error, hint: `${hint}${more}` };
  if (signal.aborted) return new InterruptedError(interrupted, options);
  for (const Kind of [TimedOutError, UnreachableError, ProtocolError]) {
    if (!(error instanceof Kind)) continue;
    return new Kind(state === undefined ? error.message : `${error.message}: ${state}`, options);
  }
  return error;
}

/**
 * Does something that a signal can interrupt.
 *
 * @throws {InterruptedError} with that message when it was interrupted, unless the action has thrown
 * one that tells more.
 */
export async function interruptible<T>(
  signal: AbortSignal,
  message: string,
  action: () => Promise<T>,
): Promise<T> {
  try {
    return await action();
  } catch (error) {
    if (signal.aborted && !(error instanceof InterruptedError)) {
      throw new InterruptedError(message);
    }
    throw error;
  }
}
