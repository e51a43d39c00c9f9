import { ConflictError } from "../../lib/store/store.ts";
import type {
  AddedEvent,
  EventBounds,
  EventNumbers,
  EventRange,
  EventStore,
  NewEvent,
} from "../../lib/store/event_store.ts";
import { encodeBody } from "../../lib/wire/codec.ts";
import type { RoomEvent } from "../../lib/wire/room_messages.ts";

/** An event that the test has not let through yet. */
interface HeldEvent {
  resolve(added: AddedEvent): void;
  reject(error: unknown): void;
  event: NewEvent;
}

/** Events in memory; they are stored at once, or when the test says so, in their order. */
export class FakeEvents implements EventStore {
  /** Keep them in {@linkcode heldEvents} instead. */
  isHoldingEvents = false;
  /** Those that wait for the test. */
  readonly heldEvents: HeldEvent[] = [];
  /** The numbers of those that cannot be read. */
  readonly damagedNumbers = new Set<number>();
  #last = 0;
  #events: RoomEvent[] = [];

  /** Stores it at the time 2000, or holds it. */
  addEvent(event: NewEvent): Promise<AddedEvent> {
    const { promise, resolve, reject } = Promise.withResolvers<AddedEvent>();
    this.heldEvents.push({ event, resolve, reject });
    if (!this.isHoldingEvents) this.releaseEvents();
    return promise;
  }

  /** Stores what is held, or the first of it. */
  releaseEvents(count: number = Infinity): void {
    for (const { event, resolve, reject } of this.heldEvents.splice(0, count)) {
      const before = this.#events.find(({ id }) => id === event.id);
      if (before === undefined) {
        const stored: RoomEvent = { kind: "roomEvent", number: ++this.#last, atMs: 2000, ...event };
        this.#events.push(stored);
        resolve({ event: stored, duplicate: false });
      } else if (JSON.stringify(before.what) !== JSON.stringify(event.what)) {
        reject(new ConflictError("message", event.id));
      } else resolve({ event: before, duplicate: true });
    }
  }

  /** See {@linkcode EventStore}. */
  events(
    { after, before = Infinity, limit, maxBytes }: EventRange,
    onUnreadable: (number: number, error: unknown) => void,
  ): RoomEvent[] {
    const inRange = this.#events
      .filter(({ number }) => number > (after ?? 0) && number < before)
      .filter(({ number }) => {
        if (!this.damagedNumbers.has(number)) return true;
        onUnreadable(number, new Error("damaged"));
        return false;
      });
    if (after === undefined) inRange.reverse();
    const taken: RoomEvent[] = [];
    let bytes = 0;
    for (const event of inRange.slice(0, limit)) {
      bytes += encodeBody(event).length;
      if (taken.length > 0 && bytes > maxBytes) break;
      taken.push(event);
    }
    return after === undefined ? taken.reverse() : taken;
  }

  /** See {@linkcode EventStore}. */
  eventNumbers(): EventNumbers {
    return { oldest: this.#events[0]?.number, last: this.#last };
  }

  /** See {@linkcode EventStore}. */
  forgetEvents({ maxCount, sinceMs, keepSinceMs = Infinity }: EventBounds): Promise<number> {
    const before = this.#events.length;
    this.#events = this.#events.filter(({ atMs }, i) =>
      atMs >= keepSinceMs || (i >= before - maxCount && atMs >= sinceMs)
    );
    return Promise.resolve(before - this.#events.length);
  }
}
