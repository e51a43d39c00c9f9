/**
 * Hands on what happens in the room, one event after the other, to all who hear it.
 *
 * @module
 */

import { EVENT_WRITE_BYTES } from "../limits/room.ts";
import type { RoomEvent } from "../wire/room_messages.ts";
import { Hearer } from "./hearer.ts";
import type { Original, Outlet } from "./outlet.ts";
import type { Peer } from "./peer.ts";
import { Turn } from "./turn.ts";

/** What {@linkcode Deliveries} are made of. */
export interface DeliveriesOptions {
  /** Events handed on before all else has its turn. */
  maxOffers: number;
  /** Somebody takes too little, and is to be put out; why is a part of a sentence. */
  drop: (hearer: Hearer, why: string) => void;
}

/** Something that happened and is to be handed on. */
export interface Delivery {
  /** What happened. */
  readonly event: RoomEvent;
  /** What it was said by, where there is such a thing. */
  readonly original?: Original;
  /** Who made it, if that is somebody in the room. */
  readonly maker?: Hearer;
  /** The one who made it gets it too, where its outlet wants that. */
  readonly isForMaker: boolean;
  /** How long it is. */
  readonly bytes: number;
  /** Is called when all have it. */
  readonly done: () => void;
}

/** What is on its way to those who hear it. */
export class Deliveries {
  readonly #options: DeliveriesOptions;
  /**
   * Nobody is given more in a turn than can be written meanwhile: who says much at once would put
   * out all that listen, however fast they are.
   */
  readonly #turn: Turn;
  /** In the order that they came in: whoever stays keeps the place while others are gone through. */
  readonly #hearers = new Set<Hearer>();
  /** The place of the last delivery. */
  #place = 0;
  readonly #waiting: (Delivery & { readonly place: number })[] = [];
  #isDelivering = false;

  /** Takes the bound, and who puts somebody out. */
  constructor(options: DeliveriesOptions) {
    this.#options = options;
    this.#turn = new Turn({ maxOffers: options.maxOffers, maxBytes: EVENT_WRITE_BYTES });
  }

  /** Somebody who is not handed anything yet. */
  newHearer(peer: Peer, outlet: Outlet): Hearer {
    return new Hearer(peer, outlet, this.#options.drop);
  }

  /** Begins to hand it what is delivered from now on, unless that has begun. */
  add(hearer: Hearer): void {
    if (this.#hearers.has(hearer)) return;
    hearer.place = this.#place;
    this.#hearers.add(hearer);
  }

  /** Hands it nothing more; false when that was so already. */
  remove(hearer: Hearer): boolean {
    hearer.isPresent = false;
    return this.#hearers.delete(hearer);
  }

  /** Hands something on, after all that was to be handed on before, and nothing in between. */
  deliver(...deliveries: Delivery[]): void {
    for (const delivery of deliveries) {
      this.#waiting.push({ ...delivery, place: ++this.#place });
    }
    // Else the loop that is running takes it: one event is with all before the next is with any.
    if (!this.#isDelivering) void this.#deliverAll();
  }

  /** Never rejects. Up to its first pause it is over when it returns. */
  async #deliverAll(): Promise<void> {
    this.#isDelivering = true;
    while (this.#waiting.length > 0) {
      const { event, original, maker, isForMaker, bytes, place, done } = this.#waiting.shift()!;
      // Who leaves meanwhile is not met any more; who comes is met, and came after this place.
      for (const hearer of this.#hearers) {
        if (hearer.place >= place) continue;
        if (hearer === maker && !(isForMaker && hearer.outlet.hearsItself)) continue;
        if (!hearer.outlet.offer(event, original)) hearer.dropSlow("too many events were waiting");
        const pause = this.#turn.offered();
        if (pause !== undefined) await pause;
      }
      const pause = this.#turn.delivered(bytes);
      if (pause !== undefined) await pause;
      done();
    }
    this.#isDelivering = false;
  }
}
