import { MAX_WAITING_EVENTS } from "../limits/room.ts";
import type { RoomEvent } from "../wire/room_messages.ts";

/**
 * Holds events that come while older ones are still asked for, until they are released. The oldest
 * of more than {@linkcode MAX_WAITING_EVENTS} are dropped: those that have numbers can be asked
 * for, and the others only tell who has come and left.
 */
export class HeldEvents {
  readonly #onEvent: (event: RoomEvent) => void;
  /** None any more: they are released. */
  #events: RoomEvent[] | undefined = [];
  #droppedTo = 0;

  /** Takes who is told of the events in the end. */
  constructor(onEvent: (event: RoomEvent) => void) {
    this.#onEvent = onEvent;
  }

  /** The greatest number of an event that was dropped; 0 when none was. */
  get droppedTo(): number {
    return this.#droppedTo;
  }

  /** One has come. */
  add(event: RoomEvent): void {
    if (this.#events === undefined) return this.#onEvent(event);
    this.#events.push(event);
    if (this.#events.length <= MAX_WAITING_EVENTS) return;
    this.#droppedTo = Math.max(this.#droppedTo, this.#events.shift()!.number);
  }

  /** Gives all that are held, in their order, and from now on each at once. */
  release(): void {
    const events = this.#events ?? [];
    this.#events = undefined;
    for (const event of events) this.#onEvent(event);
  }
}
