/**
 * The upper ends of the buckets, in seconds: from what memory takes, over what a disk takes, to what
 * nobody waits for.
 */
export const DURATION_BOUNDS_S: readonly number[] = [
  0.0001,
  0.00025,
  0.0005,
  0.001,
  0.0025,
  0.005,
  0.01,
  0.025,
  0.05,
  0.1,
  0.25,
  0.5,
  1,
  2.5,
  5,
  10,
];

/** How many durations there were, by how long they were: plain numbers, of which a text can be made. */
export class DurationCounts {
  /** How many were in each bucket of {@linkcode DURATION_BOUNDS_S}, and at the end those above all. */
  readonly buckets: number[] = new Array(DURATION_BOUNDS_S.length + 1).fill(0);
  /** All durations together, in milliseconds. */
  sumMs = 0;

  /** Counts a duration. */
  add(durationMs: number): void {
    const seconds = durationMs / 1000;
    let bucket = 0;
    while (seconds > DURATION_BOUNDS_S[bucket]!) bucket++;
    this.buckets[bucket]!++;
    this.sumMs += durationMs;
  }
}
