/**
 * Keeps the events of the room in SQLite.
 *
 * @module
 */

import type { DatabaseSync, StatementSync } from "node:sqlite";
import { setImmediate } from "node:timers";
import { isSameBytes } from "../bytes.ts";
import { FORGET_BATCH_EVENTS } from "../limits/room.ts";
import { decodeBody, encodeBody } from "../wire/codec.ts";
import type { RoomEvent } from "../wire/room_messages.ts";
import { uuidToBytes } from "../wire/uuid.ts";
import type { Bodies } from "./bodies.ts";
import type { Commits } from "./commits.ts";
import type { AddedEvent, EventBounds, EventNumbers, EventRange, NewEvent } from "./event_store.ts";
import { lastNumber, misplaced, type StoreParts } from "./numbered.ts";
import type { Row, RowOpener } from "./rows.ts";
import { ConflictError, SealedError } from "./store.ts";

/** The events in a SQLite store. */
export class SqliteEvents {
  readonly #database: DatabaseSync;
  readonly #opener: RowOpener;
  readonly #bodies: Bodies;
  readonly #commits: Commits;
  readonly #nowMs: () => number;
  readonly #byId: StatementSync;
  readonly #insert: StatementSync;

  /** Takes what the store is made of. */
  constructor({ database, opener, bodies, commits, nowMs }: StoreParts) {
    this.#database = database;
    this.#opener = opener;
    this.#bodies = bodies;
    this.#commits = commits;
    this.#nowMs = nowMs;
    this.#byId = database.prepare(`SELECT number, ${opener.columns} FROM events WHERE id = ?`);
    this.#insert = database.prepare(
      "INSERT INTO events (number, id, stored_at_ms, body, key_id) VALUES (?, ?, ?, ?, ?)",
    );
  }

  /** See `EventStore.addEvent`. */
  async add(event: NewEvent): Promise<AddedEvent> {
    const id = uuidToBytes(event.id);
    return await this.#commits.add("message", () => this.#add(event, id));
  }

  #add({ id, name, dialect, what }: NewEvent, idBytes: Uint8Array): AddedEvent {
    const row = this.#byId.get(idBytes);
    if (row !== undefined) {
      const event = this.#read(row);
      // Who says it once more after a broken connection may have another name by then.
      const again = encodeBody({ ...event, what });
      if (!isSameBytes(again, encodeBody(event))) throw new ConflictError("message", id);
      return { event, duplicate: true };
    }
    const [number, atMs] = [lastNumber(this.#database, "events") + 1, this.#nowMs()];
    const event: RoomEvent = { kind: "roomEvent", number, atMs, name, dialect, id, what };
    const place = { kind: "message", id: idBytes, storedAtMs: atMs } as const;
    const sealed = this.#bodies.seal(place, encodeBody(event));
    this.#insert.run(number, idBytes, atMs, sealed, this.#bodies.keyId ?? null);
    return { event, duplicate: false };
  }

  /** See `EventStore.events`. */
  inRange(
    { after, before = Number.MAX_SAFE_INTEGER, limit, maxBytes }: EventRange,
    onUnreadable: (number: number, error: unknown) => void,
  ): RoomEvent[] {
    const order = after === undefined ? "DESC" : "ASC";
    // No LIMIT: an answer of nothing but damaged ones would look like the end of all.
    const statement = this.#database.prepare(
      `SELECT number, ${this.#opener.columns} FROM events
       WHERE number > ? AND number < ? ORDER BY number ${order}`,
    );
    const events: RoomEvent[] = [];
    let bytes = 0;
    let locked: unknown;
    for (const row of statement.iterate(after ?? 0, before)) {
      if (events.length >= limit) break;
      let body: Uint8Array;
      let event: RoomEvent;
      try {
        // To tell what is locked all of it is counted: once is enough.
        if (locked !== undefined && this.#opener.lockedBy("message", row)) throw locked;
        body = this.#opener.open("message", row);
        event = readEvent(row, body);
      } catch (error) {
        if (error instanceof SealedError) locked = error;
        onUnreadable(row.number as number, error);
        continue;
      }
      bytes += body.length;
      if (events.length > 0 && bytes > maxBytes) break;
      events.push(event);
    }
    return after === undefined ? events.reverse() : events;
  }

  /** See `EventStore.eventNumbers`. */
  numbers(): EventNumbers {
    const { oldest } = this.#database.prepare("SELECT min(number) AS oldest FROM events").get()!;
    return {
      oldest: oldest as number | null ?? undefined,
      last: lastNumber(this.#database, "events"),
    };
  }

  /** See `EventStore.forgetEvents`. */
  async forget({ maxCount, sinceMs, keepSinceMs }: EventBounds): Promise<number> {
    const tooMany = this.#database.prepare(
      `DELETE FROM events WHERE number IN (SELECT number FROM events
       WHERE stored_at_ms < ? ORDER BY number
       LIMIT min(?, max(0, (SELECT count(*) FROM events) - ?)))`,
    );
    const tooOld = this.#database.prepare(
      `DELETE FROM events WHERE number IN (SELECT number FROM events
       WHERE stored_at_ms < ? ORDER BY stored_at_ms LIMIT ?)`,
    );
    const keepMs = keepSinceMs ?? Number.MAX_SAFE_INTEGER;
    const oldMs = Math.min(sinceMs, keepMs);
    let forgotten = 0;
    for (;;) {
      const changes = await this.#commits.add(
        "cleanup",
        () =>
          Number(tooMany.run(keepMs, FORGET_BATCH_EVENTS, maxCount).changes) ||
          Number(tooOld.run(oldMs, FORGET_BATCH_EVENTS).changes),
      );
      if (changes === 0) return forgotten;
      forgotten += changes;
      // Others come in between.
      await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }

  #read(row: Row): RoomEvent {
    return readEvent(row, this.#opener.open("message", row));
  }
}

function readEvent(row: Row, body: Uint8Array): RoomEvent {
  const message = decodeBody(body, 0, body.length);
  if (message.kind !== "roomEvent") throw misplaced("message", row, `it is a ${message.kind}`);
  const { number, stored_at_ms } = row;
  if (message.number !== number || message.atMs !== stored_at_ms) {
    throw misplaced("message", row, `it is the one of the number ${message.number}`);
  }
  return message;
}
