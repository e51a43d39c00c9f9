import { Sleep } from "../sleep.ts";
import {
  type Message,
  type Refusal,
  RefusalCode,
  type SlowRequest,
  type SlowResponse,
} from "../wire/messages.ts";
import type { Answer } from "./answer.ts";
import type { Peer } from "./peer.ts";
import type { Running } from "./running.ts";

/** What it takes to answer slow requests. */
export interface SlowRequestsOptions {
  /** Slow requests asleep for one peer. */
  maxSleeping: number;
  /** Tells the world of a refusal, and makes the message. */
  refuse: (peer: Peer, code: RefusalCode, text: string) => Refusal;
  /** Counts those that sleep. */
  running: Running;
}

/** Answers slow requests, each after its time. */
export class SlowRequests {
  readonly #options: SlowRequestsOptions;

  /** Takes what it needs. */
  constructor(options: SlowRequestsOptions) {
    this.#options = options;
  }

  /** The answer to a slow request that came when there were so many clients. */
  answer(peer: Peer, { seconds }: SlowRequest, connectedClientCount: number): Answer {
    const { maxSleeping, refuse, running } = this.#options;
    const answer: SlowResponse = { kind: "slowResponse", connectedClientCount };
    if (seconds === 0) return answer;
    if (peer.sleeping.size >= maxSleeping) {
      const text = `${maxSleeping} slow requests of this connection are waiting already.`;
      return refuse(peer, RefusalCode.tooManySleeping, text);
    }
    return running.run(
      new Promise((resolve) => {
        const sleep = new Sleep(seconds * 1000, () => {
          peer.sleeping.delete(sleep);
          resolve(answer);
        });
        peer.sleeping.set(sleep, resolve);
      }),
    );
  }

  /**
   * Ends those of a peer that would end after a time on the clock of `performance.now()`, with
   * another answer or with none; gives how many that were.
   */
  cutShort(peer: Peer, afterMs: number, answer: () => Message | undefined): number {
    let count = 0;
    for (const [sleep, resolve] of peer.sleeping) {
      if (sleep.endsAtMs <= afterMs) continue;
      sleep.cancel();
      peer.sleeping.delete(sleep);
      resolve(answer());
      count++;
    }
    return count;
  }
}
