/** How much a peer may fail to prove that it has the key. */
export interface ProofLimits {
  /** The wait after the first failure; each further one doubles it. */
  firstDelayMs: number;
  /** The longest wait. */
  maxDelayMs: number;
  /** Failures until no session is begun any more. */
  maxFailures: number;
  /** For how long none is begun then. */
  blockMs: number;
  /** After so long without a failure all is forgotten. */
  forgetMs: number;
  /** Addresses, and networks, that are remembered: the one that failed longest ago is forgotten first. */
  maxAddresses: number;
}

/** What is known of an address. */
interface Record {
  failures: number;
  lastMs: number;
}

/**
 * Remembers which addresses have failed to prove that they have the key, in bounded memory. A key
 * cannot be guessed; this keeps one that tries from costing the others time and log lines.
 */
export class ProofLimiter {
  readonly #limits: ProofLimits;
  /** The one that failed last is at the end. */
  readonly #records = new Map<string, Record>();

  /** Takes the bounds. */
  constructor(limits: ProofLimits) {
    this.#limits = limits;
  }

  /** How many addresses are remembered. */
  get size(): number {
    return this.#records.size;
  }

  /**
   * For how long an address may not begin a session, in milliseconds; 0 when it may. One that stands
   * for many may fail `share` times as often.
   */
  blockedMs(address: string, nowMs: number, share = 1): number {
    const record = this.#recall(address, nowMs);
    if (record === undefined || record.failures < this.#limits.maxFailures * share) return 0;
    return Math.max(0, record.lastMs + this.#limits.blockMs - nowMs);
  }

  /** Notes a failure; gives how long its answer has to wait, in milliseconds. */
  fail(address: string, nowMs: number): number {
    const { firstDelayMs, maxDelayMs, maxAddresses } = this.#limits;
    const failures = (this.#recall(address, nowMs)?.failures ?? 0) + 1;
    this.#records.delete(address);
    this.#records.set(address, { failures, lastMs: nowMs });
    if (this.#records.size > maxAddresses) {
      this.#records.delete(this.#records.keys().next().value!);
    }
    return Math.min(firstDelayMs * 2 ** (failures - 1), maxDelayMs);
  }

  /** Notes that somebody at the address has the key: what others failed at there is forgotten. */
  succeed(address: string): void {
    this.#records.delete(address);
  }

  #recall(address: string, nowMs: number): Record | undefined {
    const record = this.#records.get(address);
    if (record === undefined || nowMs - record.lastMs < this.#limits.forgetMs) return record;
    this.#records.delete(address);
    return undefined;
  }
}
