/**
 * What a store keeps of the room.
 *
 * @module
 */

import type { Happening, RoomEvent } from "../wire/room_messages.ts";

/** Something that was said or offered, before it is stored. */
export interface NewEvent {
  /** The UUID of what was said, or of the file that is offered. */
  readonly id: string;
  /** Who made it. */
  readonly name: string;
  /** The dialect that this member has come by. */
  readonly dialect: string;
  /** A text or a file. */
  readonly what: Extract<Happening, { type: "text" | "file" }>;
}

/** What {@linkcode EventStore.addEvent} did. */
export interface AddedEvent {
  /** As it is stored, with its number and time. */
  readonly event: RoomEvent;
  /** It was there before; nothing was written. */
  readonly duplicate: boolean;
}

/** Which events are wanted. */
export interface EventRange {
  /** The first ones of a greater number than this; without it the last ones. */
  readonly after?: number;
  /** Only those of a smaller number. */
  readonly before?: number;
  /** How many at most. */
  readonly limit: number;
  /** Bytes of their bodies at most; one event is always given, however long. */
  readonly maxBytes: number;
}

/** The numbers of the events that there are. */
export interface EventNumbers {
  /** The smallest one that is kept; none where nothing is. */
  readonly oldest: number | undefined;
  /** The greatest one that was ever given; 0 where none was. */
  readonly last: number;
}

/** What is kept of the room: the number of events and their age are bounded. */
export interface EventBounds {
  /** The newest so many. */
  readonly maxCount: number;
  /** Not those from before this time, in milliseconds since the Unix epoch. */
  readonly sinceMs: number;
  /** Those from this time on in any case, however many. Default: none for that. */
  readonly keepSinceMs?: number;
}

/** Keeps the events of the room. */
export interface EventStore {
  /**
   * Keeps an event, once for each id, and gives it the next number. Resolves when it is durable, in
   * the order of the numbers.
   *
   * @throws {ConflictError} (as a rejection) when the id belongs to an event that says something
   * else; any other rejection means that nothing was stored.
   */
  addEvent(event: NewEvent): Promise<AddedEvent>;
  /**
   * Events in the order of their numbers. One that is damaged, or sealed with another key, is left
   * out: the others of its range are given as if it were not there.
   *
   * @param onUnreadable Is told of each that is left out: its number, and what is wrong with it.
   */
  events(range: EventRange, onUnreadable: (number: number, error: unknown) => void): RoomEvent[];
  /** The numbers of the events that there are. */
  eventNumbers(): EventNumbers;
  /** Deletes the events beyond the bounds, some at a time; gives how many that were. */
  forgetEvents(bounds: EventBounds): Promise<number>;
}
