import type { HubEvent } from "../../lib/hub/events.ts";

type EventOf<K extends HubEvent["event"]> = Extract<HubEvent, { event: K }>;

/** Keeps what a hub tells, and waits for it. */
export class EventLog {
  /** All that was told, in order. */
  readonly all: HubEvent[] = [];
  readonly #waiting = new Set<() => void>();

  /** Takes an event: the `onEvent` of a hub. */
  readonly take = (event: HubEvent): void => {
    this.all.push(event);
    for (const look of [...this.#waiting]) look();
  };

  /** All events of a kind, in order. */
  of<K extends HubEvent["event"]>(kind: K): EventOf<K>[] {
    return this.all.filter((event): event is EventOf<K> => event.event === kind);
  }

  /** Resolves with the `nth` event of a kind (from 1) as soon as it is told. */
  wait<K extends HubEvent["event"]>(kind: K, nth = 1): Promise<EventOf<K>> {
    return new Promise((resolve) => {
      const look = () => {
        const found = this.of(kind)[nth - 1];
        if (found === undefined) return;
        this.#waiting.delete(look);
        resolve(found);
      };
      this.#waiting.add(look);
      look();
    });
  }
}
