import { FORGET_INTERVAL_MS } from "../limits/room.ts";
import { LEFTOVERS_INTERVAL_MS } from "../limits/store.ts";
import { pause } from "../pause.ts";
import type { EventStore } from "../store/event_store.ts";
import type { FileStore } from "../store/file_store.ts";

/** What of the room is kept, and who is told when that cannot be done. */
export interface RetentionOptions {
  /** The newest so many events. */
  maxCount: number;
  /** Those that are not older than this. */
  maxAgeMs: number;
  /**
   * Those that are younger are kept in any case: what comes again must be known by its id for as long
   * as it can come again. Default: 0, and none are kept for that.
   */
  minAgeMs?: number;
  /** How often it is looked after. Default: {@linkcode FORGET_INTERVAL_MS}. */
  intervalMs?: number;
  /** The time, in milliseconds since the Unix epoch. Default: the system's. */
  nowMs?: () => number;
  /** Is told when events cannot be deleted. It is tried again next time. */
  onFault: (doing: string, error: unknown) => void;
}

/**
 * Has a store forget the events of the room that are too old or too many: at once, and then again
 * and again until the signal is aborted. Resolves when it has ended; the store can be closed then.
 * Never rejects.
 */
export async function forgetOldEvents(
  store: EventStore,
  options: RetentionOptions,
  signal: AbortSignal,
): Promise<void> {
  const { maxCount, maxAgeMs, minAgeMs = 0 } = options;
  const { intervalMs = FORGET_INTERVAL_MS, nowMs = Date.now } = options;
  await repeat(
    async () => {
      try {
        const timeMs = nowMs();
        await store.forgetEvents({
          maxCount,
          sinceMs: timeMs - maxAgeMs,
          ...(minAgeMs > 0 ? { keepSinceMs: timeMs - minAgeMs } : {}),
        });
      } catch (error) {
        options.onFault("forget old events of the room", error);
      }
    },
    intervalMs,
    signal,
  );
}

/** Who is told what becomes of the leftovers of files. */
export interface LeftoversOptions {
  /** How often it is looked after. Default: {@linkcode LEFTOVERS_INTERVAL_MS}. */
  intervalMs?: number;
  /** Is told how many files were removed, when there were some. */
  onRemoved: (files: number) => void;
  /** Is told when they cannot be removed. It is tried again next time. */
  onFault: (doing: string, error: unknown) => void;
}

/**
 * Has a store remove what uploads have left that nobody goes on with: at once, and then again and
 * again until the signal is aborted. Resolves when it has ended; the store can be closed then. Never
 * rejects.
 */
export async function removeLeftovers(
  store: FileStore,
  { intervalMs = LEFTOVERS_INTERVAL_MS, onRemoved, onFault }: LeftoversOptions,
  signal: AbortSignal,
): Promise<void> {
  await repeat(
    async () => {
      try {
        const files = await store.removeLeftovers();
        if (files > 0) onRemoved(files);
      } catch (error) {
        onFault("remove what unfinished uploads have left", error);
      }
    },
    intervalMs,
    signal,
  );
}

async function repeat(
  action: () => Promise<void>,
  intervalMs: number,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await action();
    await pause(intervalMs, signal);
  }
}
