/**
 * What is said in the room on its way into the store and from there to those who hear it.
 *
 * @module
 */

import type { DurationCounts } from "../duration_counts.ts";
import { MAX_SAYING, MAX_SAYING_BYTES } from "../limits/room.ts";
import type { AddedEvent, EventStore, NewEvent } from "../store/event_store.ts";
import { ConflictError } from "../store/store.ts";
import { RefusalCode } from "../wire/messages.ts";
import type { Deliveries } from "./deliveries.ts";
import type { HubEvent } from "./events.ts";
import { type Denial, isDenial } from "./gate.ts";
import type { Hearer } from "./hearer.ts";
import type { Said } from "./member.ts";
import type { Original } from "./outlet.ts";
import type { Peer } from "./peer.ts";
import type { Running } from "./running.ts";

/** What {@linkcode Sayings} are made of and bounded by. */
export interface SayingsOptions {
  /** Where events are kept. */
  store: EventStore;
  /** Hands on what is kept. */
  deliveries: Deliveries;
  /** Is told what happens, at once; must not throw. */
  onEvent: (event: HubEvent) => void;
  /** Why a peer may not chat now, if so. */
  deny: (peer: Peer) => Denial | undefined;
  /** Counts what is being said, until it is stored and handed on. */
  running: Running;
  /** Counts how long that took. */
  durations: DurationCounts;
}

/** Something that is said or offered. */
export interface Saying {
  /** What is kept of it. */
  readonly event: NewEvent;
  /** Bytes of its text. */
  readonly bytes: number;
  /** What it was said by, where there is such a thing. */
  readonly original?: Original;
  /** Who said it, if that is somebody in the room. */
  readonly maker?: Hearer;
}

/** What is being said: not more at once than others can hear. */
export class Sayings {
  readonly #options: SayingsOptions;
  /** The number of the last event that was stored and whose delivery was begun. */
  #last: number;
  /** Bytes of what was said and not handed to all yet. */
  #bytes = 0;

  /** Takes what it needs from outside. */
  constructor(options: SayingsOptions) {
    this.#options = options;
    this.#last = options.store.eventNumbers().last;
  }

  /** The number of the last event that is on its way or with all; 0 where there was none. */
  get last(): number {
    return this.#last;
  }

  /** Keeps what a peer says and hands it on, unless too much is under way. */
  add(peer: Peer, saying: Saying): Denial | Promise<Said> {
    const bytes = saying.bytes + (saying.original?.bytes ?? 0);
    return this.#admit(peer, bytes, () => this.#store(peer, saying, bytes));
  }

  /** The same of what is only made when it may be said: `make` must not reject. */
  addMade(peer: Peer, make: () => Promise<Saying | Denial>): Denial | Promise<Said> {
    return this.#admit(peer, 0, async () => {
      const made = await make();
      return isDenial(made) ? made : await this.#store(peer, made, 0);
    });
  }

  /** Does what makes an event, unless too much is under way; `work` must not reject. */
  #admit(peer: Peer, bytes: number, work: () => Promise<Said>): Denial | Promise<Said> {
    const denial = this.#options.deny(peer);
    if (denial !== undefined) return denial;
    if (peer.saying >= MAX_SAYING || this.#bytes + bytes > MAX_SAYING_BYTES) return TOO_FAST;
    peer.saying++;
    this.#bytes += bytes;
    const sinceMs = performance.now();
    return this.#options.running.run(
      work().finally(() => {
        this.#options.durations.add(performance.now() - sinceMs);
        peer.saying--;
        this.#bytes -= bytes;
      }),
    );
  }

  #store(peer: Peer, saying: Saying, bytes: number): Promise<Said> {
    return this.#options.store.addEvent(saying.event).then(
      (added) => this.#added(peer, saying, added, bytes),
      (error) => this.#notAdded(saying.event, error),
    );
  }

  /** The event is stored. The answer is given when all have it: nobody says more than others hear. */
  #added(peer: Peer, saying: Saying, added: AddedEvent, bytes: number): Promise<Said> {
    const { event, duplicate } = added;
    const { event: { id, name, what }, original, maker } = saying;
    this.#options.onEvent({
      event: "message",
      peer: peer.info,
      name,
      id,
      number: event.number,
      type: what.type,
      bytes: what.type === "file" ? what.file.size : saying.bytes,
      duplicate,
    });
    const receipt: Said = { kind: "receipt", id, storedAtMs: event.atMs, duplicate };
    if (duplicate) return Promise.resolve(receipt);
    this.#last = event.number;
    return new Promise((resolve) =>
      this.#options.deliveries.deliver({
        event,
        ...(original === undefined ? {} : { original }),
        ...(maker === undefined ? {} : { maker }),
        isForMaker: true,
        bytes,
        done: () => resolve(receipt),
      })
    );
  }

  #notAdded({ id }: NewEvent, error: unknown): Said {
    if (error instanceof ConflictError) {
      return [RefusalCode.invalid, `Something else was said under the id ${id}.`];
    }
    this.#options.onEvent({ event: "fault", doing: `store what was said as ${id}`, error });
    return [RefusalCode.failed, "The server could not store it. Try again later."];
  }
}

const TOO_FAST: Denial = [
  RefusalCode.failed,
  "More is said than others can hear. Wait for the receipts, and try again.",
];
