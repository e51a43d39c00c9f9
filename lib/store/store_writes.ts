import { DurationCounts } from "../duration_counts.ts";
import type { RecordKind } from "../seal/record.ts";

/**
 * What is written to a store: a record of some kind, or the removal of what is not needed any more. A
 * document is written with its dictionary.
 */
export type WriteKind = Exclude<RecordKind, "dictionary"> | "cleanup";

/** What is known of a store's writes, counted since it was opened. */
export class StoreWrites {
  /**
   * How long each write took that was done, by its kind: from when the store was given it until it
   * was durable.
   */
  readonly durations: Readonly<Record<WriteKind, DurationCounts>> = {
    manifest: new DurationCounts(),
    document: new DurationCounts(),
    message: new DurationCounts(),
    file: new DurationCounts(),
    content: new DurationCounts(),
    cleanup: new DurationCounts(),
  };
  /** Commits that were done: several writes may share one. */
  commits = 0;
  /** Commits that failed, each with all its writes: the disk is full, or the key has changed. */
  failedCommits = 0;
  /** The last commit failed. */
  isFailing = false;

  /** A commit is durable. */
  committed(): void {
    this.commits++;
    this.isFailing = false;
  }

  /** A commit failed, and nothing of it is stored. */
  failed(): void {
    this.failedCommits++;
    this.isFailing = true;
  }
}
