import type { StoreWrites } from "../store/store_writes.ts";

/** What is looked at to tell how a server is. A hub has it. */
export interface Examined {
  /** Aborted when the server begins to stop. */
  readonly draining: AbortSignal;
  /** What is known of the store's writes. */
  readonly writes: StoreWrites;
}

/** Whether a server should be sent work, and why, in a line for people. */
export interface Readiness {
  /** It should. */
  readonly isReady: boolean;
  /** `ready`, or what is wrong. It says nothing that not everybody may know. */
  readonly text: string;
}

/**
 * Whether a server should be sent work: not when it stops, nor when the last write to its store
 * failed. Nothing is written to find that out. A server that gets no work for that reason tries its
 * store when it next removes old events, within a minute, and counts as ready again if that is done:
 * then real work shows it.
 *
 * There is no such question for whether it is alive: who gets an answer knows that.
 */
export function readinessOf({ draining, writes }: Examined): Readiness {
  if (draining.aborted) return { isReady: false, text: "not ready: the server is stopping" };
  if (writes.isFailing) {
    return { isReady: false, text: "not ready: the last write to the store failed" };
  }
  return { isReady: true, text: "ready" };
}
