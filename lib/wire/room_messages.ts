/**
 * The messages of the room as the rest of the program sees them. What each means, field by field,
 * is in proto/wagons.proto.
 *
 * @module
 */

import type { FileInfo } from "./file_messages.ts";

/** Enters the room. */
export interface Join {
  /** Tells the messages apart. */
  readonly kind: "join";
  /** The wanted name: 1 to 64 characters. */
  readonly name: string;
}

/** The answer to {@linkcode Join}. */
export interface Joined {
  /** Tells the messages apart. */
  readonly kind: "joined";
  /** The name that the member has. */
  readonly name: string;
  /** The number of the last event before; 0 where there was none. */
  readonly last: number;
  /** Members of the room, this one included. */
  readonly members: number;
}

/** Says something to the room. */
export interface Say {
  /** Tells the messages apart. */
  readonly kind: "say";
  /** UUIDv7 in its text form. */
  readonly id: string;
  /** Not empty. */
  readonly text: string;
}

/** What happened in the room: something was said, a file is offered, somebody came or left. */
export type Happening =
  | { readonly type: "text"; readonly text: string }
  | { readonly type: "file"; readonly file: FileInfo }
  | { readonly type: "came" }
  | { readonly type: "left"; readonly reason: string };

/** Something happened in the room. */
export interface RoomEvent {
  /** Tells the messages apart. */
  readonly kind: "roomEvent";
  /** From 1 on; 0 for an event that is not kept. */
  readonly number: number;
  /** Milliseconds since the Unix epoch. */
  readonly atMs: number;
  /** Who made it. */
  readonly name: string;
  /** The dialect that this member has come by: the scheme of the listener's URL. */
  readonly dialect: string;
  /** The UUID of what was said, or of the file that is offered; none for what is not kept. */
  readonly id?: string;
  /** What happened. */
  readonly what: Happening;
}

/** Asks for events that are kept. */
export interface HistoryRequest {
  /** Tells the messages apart. */
  readonly kind: "historyRequest";
  /** The first ones of a greater number than this; without it the last ones. */
  readonly after?: number;
  /** Only those of a smaller number. */
  readonly before?: number;
  /** How many at most. */
  readonly limit: number;
}

/** The answer to {@linkcode HistoryRequest}. */
export interface History {
  /** Tells the messages apart. */
  readonly kind: "history";
  /** In the order of their numbers. */
  readonly events: readonly RoomEvent[];
  /** The smallest number that is still kept; none where nothing is. */
  readonly oldest?: number;
}

/** Asks who is in the room. */
export interface Who {
  /** Tells the messages apart. */
  readonly kind: "who";
}

/** A member of the room. */
export interface MemberInfo {
  /** The name, which no other member has. */
  readonly name: string;
  /** The dialect that this member has come by. */
  readonly dialect: string;
  /** Milliseconds since the Unix epoch: when it came. */
  readonly sinceMs: number;
}

/** The answer to {@linkcode Who}. */
export interface Members {
  /** Tells the messages apart. */
  readonly kind: "members";
  /** In the order that they came in; at most 1000 of them. */
  readonly members: readonly MemberInfo[];
  /** How many there are. */
  readonly total: number;
}

/** Any message of the room. */
export type RoomMessage =
  | Join
  | Joined
  | Say
  | RoomEvent
  | HistoryRequest
  | History
  | Who
  | Members;
