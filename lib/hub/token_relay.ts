import { OFFERS_PER_TURN } from "../limits/room.ts";
import type { Original } from "./outlet.ts";
import { Turn } from "./turn.ts";

/** Somebody who gets the commands of others. */
export interface RelayEnd {
  /** Takes a command that somebody has sent, and returns at once; never throws. */
  relay(original: Original): void;
}

/**
 * Hands on what nobody has to act on here: commands that the programs of system B send each other.
 * They are not kept, and nobody else in the room would understand them.
 */
export class TokenRelay {
  readonly #ends = new Set<RelayEnd>();
  readonly #turn = new Turn({ maxOffers: OFFERS_PER_TURN, maxBytes: Infinity });

  /** Begins to hand commands to somebody. */
  add(end: RelayEnd): void {
    this.#ends.add(end);
  }

  /** Ends that. */
  remove(end: RelayEnd): void {
    this.#ends.delete(end);
  }

  /**
   * Hands a command on to all, the sender included. Resolves when all have it; who sends more waits
   * for that, so that each one's stay in their order. Never rejects.
   */
  async relay(original: Original): Promise<void> {
    for (const end of this.#ends) {
      end.relay(original);
      const pause = this.#turn.offered();
      if (pause !== undefined) await pause;
    }
  }
}
