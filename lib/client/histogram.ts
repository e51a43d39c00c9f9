/** Buckets for each doubling: one is at most 1/64 of its value wide, about 1.6 percent. */
const STEPS = 64;
/** Doublings: from 64 microseconds to 2^42 microseconds, some 50 days. */
const DOUBLINGS = 36;

/**
 * How often which duration came, in bounded memory however many there are: buckets of equal width
 * between powers of two of a microsecond, as in Gil Tene's HdrHistogram. Minimum and maximum are
 * exact.
 */
export class Histogram {
  readonly #counts = new Float64Array(STEPS * (DOUBLINGS + 1));
  #count = 0;
  #minMs = Infinity;
  #maxMs = 0;

  /** How many durations were recorded. */
  get count(): number {
    return this.#count;
  }

  /** Records a duration in milliseconds, `times` times. */
  record(durationMs: number, times = 1): void {
    this.#counts[bucketOf(durationMs * 1000)]! += times;
    this.#count += times;
    if (durationMs < this.#minMs) this.#minMs = durationMs;
    if (durationMs > this.#maxMs) this.#maxMs = durationMs;
  }

  /** Adds what another histogram has recorded. */
  add(other: Histogram): void {
    other.#counts.forEach((count, bucket) => this.#counts[bucket]! += count);
    this.#count += other.#count;
    this.#minMs = Math.min(this.#minMs, other.#minMs);
    this.#maxMs = Math.max(this.#maxMs, other.#maxMs);
  }

  /** The smallest duration in milliseconds; NaN when there is none. */
  get minMs(): number {
    return this.#count === 0 ? NaN : this.#minMs;
  }

  /** The largest duration in milliseconds; NaN when there is none. */
  get maxMs(): number {
    return this.#count === 0 ? NaN : this.#maxMs;
  }

  /**
   * The duration in milliseconds that a share `q` (0 to 1) of all durations do not exceed, to
   * within 1.6 percent, or a microsecond where that is more; NaN when there is none.
   */
  quantileMs(q: number): number {
    if (this.#count === 0) return NaN;
    const rank = Math.max(1, Math.ceil(q * this.#count));
    let seen = 0;
    for (const [bucket, count] of this.#counts.entries()) {
      seen += count;
      if (seen >= rank) {
        return Math.min(Math.max(middleOf(bucket) / 1000, this.#minMs), this.#maxMs);
      }
    }
    return this.#maxMs;
  }
}

/** Values below 64 have a bucket each; from there on 64 buckets for each doubling. */
function bucketOf(microseconds: number): number {
  if (microseconds < STEPS) return Math.max(0, Math.floor(microseconds));
  const doubling = Math.min(Math.floor(Math.log2(microseconds)), DOUBLINGS + 5) - 6;
  const step = Math.min(Math.floor(microseconds / 2 ** doubling) - STEPS, STEPS - 1);
  return STEPS * (doubling + 1) + step;
}

/** The value in the middle of a bucket, in microseconds. */
function middleOf(bucket: number): number {
  if (bucket < STEPS) return bucket + 0.5;
  const doubling = Math.floor(bucket / STEPS) - 1;
  return (STEPS + bucket % STEPS + 0.5) * 2 ** doubling;
}
