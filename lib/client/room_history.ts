import { HISTORY_PAGE_EVENTS } from "../limits/client.ts";
import type { RoomEvent } from "../wire/room_messages.ts";
import type { RoomLink } from "./room_link.ts";

/**
 * The last events before a number, in their order: fewer when there are no more, none where the
 * dialect has no history.
 */
export async function lastEvents(
  link: RoomLink,
  before: number,
  count: number,
): Promise<RoomEvent[]> {
  const pages: (readonly RoomEvent[])[] = [];
  let wanted = count;
  let end = before;
  while (wanted > 0 && end > 1) {
    const limit = Math.min(wanted, HISTORY_PAGE_EVENTS);
    const { events } = await link.history({ kind: "historyRequest", before: end, limit }) ?? NONE;
    if (events.length === 0 || events[0]!.number >= end) break;
    pages.unshift(events);
    wanted -= events.length;
    end = events[0]!.number;
  }
  return pages.flat();
}

/** Who is told of events that were missed. */
export interface MissedEvents {
  /** The next one, in the order of their numbers. */
  onEvent(event: RoomEvent): void;
  /** So many, which would come next, are not kept any more. */
  onLost(count: number): void;
}

/** Gives the events of greater numbers than `after` and of smaller ones than `before`. */
export async function missedEvents(
  link: RoomLink,
  after: number,
  before: number,
  { onEvent, onLost }: MissedEvents,
): Promise<void> {
  let seen = after;
  while (seen < before - 1) {
    const page = await link.history({
      kind: "historyRequest",
      after: seen,
      before,
      limit: HISTORY_PAGE_EVENTS,
    });
    if (page === undefined) return;
    const { events, oldest = before } = page;
    const next = events[0]?.number ?? before;
    // The numbers have no gaps but at the beginning, where events were forgotten.
    const forgotten = Math.min(oldest, next) - 1 - seen;
    if (forgotten > 0) onLost(forgotten);
    for (const event of events) onEvent(event);
    const last = events.at(-1)?.number ?? seen;
    if (last <= seen) return;
    seen = last;
  }
}

const NONE = { events: [] };
