/**
 * The messages of the room <-> what the generated code reads and writes.
 *
 * @module
 */

import { readFileInfo, writeFileInfo } from "./codec_files.ts";
import { broken, readCount, readId, readTime, type Wrapper } from "./codec_values.ts";
import type { TestTask } from "./generated/wagons_pb.js";
import type { Happening, HistoryRequest, RoomEvent, RoomMessage } from "./room_messages.ts";
import { uuidToBytes } from "./uuid.ts";

type Event = TestTask.Messages.RoomEvent.$Properties;

/** The fields of a WrapperMessage that are messages of the room. */
export const ROOM_FIELDS = [
  "join",
  "joined",
  "say",
  "roomEvent",
  "historyRequest",
  "history",
  "who",
  "members",
] as const;

/** One of {@linkcode ROOM_FIELDS}. */
export type RoomField = (typeof ROOM_FIELDS)[number];

/** A message as the generated code writes it. */
export function roomToWrapper(message: RoomMessage): Wrapper {
  switch (message.kind) {
    case "join":
      return { join: { name: message.name } };
    case "joined": {
      const { name, last, members } = message;
      return { joined: { name, last, members } };
    }
    case "say":
      return { say: { id: uuidToBytes(message.id), text: message.text } };
    case "roomEvent":
      return { roomEvent: writeEvent(message) };
    case "historyRequest": {
      const { after, before, limit } = message;
      return {
        historyRequest: {
          limit,
          ...(after === undefined ? {} : { after }),
          ...(before === undefined ? {} : { before }),
        },
      };
    }
    case "history": {
      const { oldest } = message;
      const events = message.events.map(writeEvent);
      return { history: oldest === undefined ? { events } : { events, oldest } };
    }
    case "who":
      return { who: {} };
    case "members": {
      const members = message.members.map(({ name, dialect, sinceMs }) => (
        { name, dialect, sinceMs }
      ));
      return { members: { members, total: message.total } };
    }
  }
}

/**
 * The message in a field that is set.
 *
 * @throws {WireError} for a value that the field cannot have.
 */
export function roomFromWrapper(field: RoomField, wrapper: Wrapper): RoomMessage {
  switch (field) {
    case "join":
      return { kind: "join", name: wrapper[field]!.name };
    case "joined": {
      const { name, last, members } = wrapper[field]!;
      return { kind: "joined", name, last: readCount("last", last), members };
    }
    case "say": {
      const { id, text } = wrapper[field]!;
      return { kind: "say", id: readId(id), text };
    }
    case "roomEvent":
      return readEvent(wrapper[field]!);
    case "historyRequest":
      return readHistoryRequest(wrapper[field]!);
    case "history": {
      const oldest = own(wrapper[field]!, "oldest");
      const events = (wrapper[field]!.events ?? []).map(readEvent);
      return oldest === undefined
        ? { kind: "history", events }
        : { kind: "history", events, oldest: readCount("oldest", oldest) };
    }
    case "who":
      return { kind: "who" };
    case "members": {
      const { members, total } = wrapper[field]!;
      return {
        kind: "members",
        members: (members ?? []).map(({ name, dialect, sinceMs }) => (
          { name, dialect, sinceMs: readTime("since_ms", sinceMs) }
        )),
        total,
      };
    }
    default:
      return field satisfies never;
  }
}

function readHistoryRequest(
  request: TestTask.Messages.HistoryRequest.$Properties,
): HistoryRequest {
  const after = own(request, "after");
  const before = own(request, "before");
  return {
    kind: "historyRequest",
    ...(after === undefined ? {} : { after: readCount("after", after) }),
    ...(before === undefined ? {} : { before: readCount("before", before) }),
    limit: request.limit,
  };
}

function writeEvent({ number, atMs, name, dialect, id, what }: RoomEvent): Event {
  return {
    ...(number === 0 ? {} : { number }),
    atMs,
    name,
    dialect,
    ...(id === undefined ? {} : { id: uuidToBytes(id) }),
    ...writeHappening(what),
  };
}

function writeHappening(what: Happening): Pick<Event, "text" | "file" | "came" | "left"> {
  switch (what.type) {
    case "text":
      return { text: what.text };
    case "file":
      return { file: writeFileInfo(what.file) };
    case "came":
      return { came: {} };
    case "left":
      return { left: { reason: what.reason } };
  }
}

function readEvent(event: Event): RoomEvent {
  const { atMs, name, dialect } = event;
  const number = own(event, "number");
  const id = own(event, "id");
  return {
    kind: "roomEvent",
    number: number === undefined ? 0 : readCount("number", number),
    atMs: readTime("at_ms", atMs),
    name,
    dialect,
    ...(id === undefined ? {} : { id: readId(id) }),
    what: readHappening(event),
  };
}

function readHappening(event: Event): Happening {
  switch (event.what) {
    case "text":
      return { type: "text", text: event.text! };
    case "file":
      return { type: "file", file: readFileInfo(event.file!) };
    case "came":
      return { type: "came" };
    case "left":
      return { type: "left", reason: event.left!.reason };
    default:
      throw broken("has an event in which nothing happened");
  }
}

/** A field that was there: for one that was not, the generated code gives a value too. */
function own<T extends object, K extends keyof T>(
  message: T,
  field: K,
): NonNullable<T[K]> | undefined {
  return Object.hasOwn(message, field) ? message[field] ?? undefined : undefined;
}
