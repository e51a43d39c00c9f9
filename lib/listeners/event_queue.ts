import { MAX_WAITING_BYTES, MAX_WAITING_EVENTS } from "../limits/room.ts";
import type { RoomEvent } from "../wire/room_messages.ts";

/** Events of the room that wait for one member: references to what all members share. */
export class EventQueue<Event = RoomEvent> {
  #events: Event[] = [];
  /** The bytes of each. */
  #sizes: number[] = [];
  #bytes = 0;

  /** How many wait. */
  get length(): number {
    return this.#events.length;
  }

  /** Adds one of that many bytes to the end; gives false when too much waits already. */
  add(event: Event, bytes: number): boolean {
    const isFull = this.#events.length >= MAX_WAITING_EVENTS ||
      (this.#events.length > 0 && this.#bytes + bytes > MAX_WAITING_BYTES);
    if (isFull) return false;
    this.#events.push(event);
    this.#sizes.push(bytes);
    this.#bytes += bytes;
    return true;
  }

  /** Takes the first ones, of so many bytes together at most; one at least, if there is one. */
  take(maxBytes: number): Event[] {
    let count = 0;
    let bytes = 0;
    for (const size of this.#sizes) {
      if (count > 0 && bytes + size > maxBytes) break;
      count++;
      bytes += size;
    }
    this.#bytes -= bytes;
    this.#sizes.splice(0, count);
    return this.#events.splice(0, count);
  }

  /** Drops all. */
  clear(): void {
    this.take(Infinity);
  }
}
