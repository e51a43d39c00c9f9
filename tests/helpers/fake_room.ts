import { UnreachableError } from "../../lib/errors.ts";
import type { RoomLink } from "../../lib/client/room_link.ts";
import { Mailbox } from "../../lib/client/mailbox.ts";
import type { History, HistoryRequest, Members, RoomEvent } from "../../lib/wire/room_messages.ts";

/** What becomes of something that a client does. */
export type Fate =
  | "done"
  /** The connection is lost before the server has it. */
  | "lostBefore"
  /** The server does it, and the connection is lost before the answer. */
  | "lostAfter";

/** A room without a server: keeps what is said, tells all who are there, and loses connections. */
export class FakeRoom {
  readonly url = "tcp://room.example:1";
  /** Events that are kept. */
  readonly events: RoomEvent[] = [];
  /** Events that one answer of the history has at most. */
  pageEvents = 3;
  /** Is asked what becomes of each thing that a client does. */
  fate: (what: "join" | "say" | "history") => Fate = () => "done";
  /** Is asked whether a message is taken: throws to refuse it. */
  check: (text: string) => void = () => {};
  /** Is called before an answer of the history is made: throws to refuse it. */
  onHistory: () => void = () => {};
  /** Events that wait for a member before it gets nothing else. */
  maxWaitingEvents = Infinity;
  /** Whether it numbers its events and keeps them. */
  hasHistory = true;
  readonly links = new Set<FakeLink>();
  /** The most messages that were under way at a time. */
  mostUnderWay = 0;
  #last = 0;

  /** The texts that are kept, in order. */
  get texts(): string[] {
    return this.events.map(({ what }) => what.type === "text" ? what.text : "");
  }

  /** Connects and joins. */
  readonly open = async (name: string, signal: AbortSignal): Promise<RoomLink> => {
    await Promise.resolve();
    signal.throwIfAborted();
    const fate = this.fate("join");
    if (fate !== "done") throw lost();
    return new FakeLink(this, name, this.hasHistory ? this.#last : undefined);
  };

  /** Somebody says something. */
  say(name: string, id: string, text: string, sender?: FakeLink): void {
    if (this.events.some((event) => event.id === id)) return;
    const number = this.hasHistory ? ++this.#last : 0;
    const event: RoomEvent = {
      kind: "roomEvent",
      number,
      atMs: number,
      name,
      dialect: "tcp",
      id,
      what: { type: "text", text },
    };
    this.events.push(event);
    for (const link of this.links) {
      if (link !== sender) link.events.put(event);
    }
  }

  /** Forgets the oldest events. */
  forget(count: number): void {
    this.events.splice(0, count);
  }

  /** Begins anew: an empty store. */
  reset(): void {
    this.events.length = 0;
    this.#last = 0;
  }

  /** All connections are lost. */
  loseAll(): void {
    for (const link of this.links) link.lose();
  }
}

/** A connection to a {@linkcode FakeRoom}. */
export class FakeLink implements RoomLink {
  readonly url: string;
  readonly name: string;
  readonly last: number | undefined;
  readonly events = new Mailbox<RoomEvent>(() => {
    for (const resolve of this.#onTaken.splice(0)) resolve();
  });
  readonly #onTaken: (() => void)[] = [];
  readonly #room: FakeRoom;
  #error: Error | undefined;
  #underWay = 0;

  constructor(room: FakeRoom, name: string, last: number | undefined) {
    this.#room = room;
    this.url = room.url;
    this.name = name;
    this.last = last;
    room.links.add(this);
  }

  next(): Promise<RoomEvent> {
    return this.events.take();
  }

  async say(id: string, text: string): Promise<void> {
    const room = this.#room;
    room.mostUnderWay = Math.max(room.mostUnderWay, ++this.#underWay);
    await this.#do("say", () => {
      this.#underWay--;
      room.check(text);
      room.say(this.name, id, text, this);
    });
  }

  history({ after, before = Infinity, limit }: HistoryRequest): Promise<History> | undefined {
    if (!this.#room.hasHistory) return undefined;
    return this.#do("history", () => {
      this.#room.onHistory();
      const { events, pageEvents } = this.#room;
      const count = Math.min(limit, pageEvents);
      const found = events.filter(({ number }) => number > (after ?? 0) && number < before);
      const oldest = events[0]?.number;
      return {
        kind: "history",
        events: after === undefined ? found.slice(-count) : found.slice(0, count),
        ...(oldest === undefined ? {} : { oldest }),
      };
    });
  }

  who(): Promise<Members> {
    return this.#do("history", () => ({ kind: "members", members: [], total: 0 }));
  }

  offer(id: string, path: string): Promise<void> {
    return this.#do("say", () => this.#room.say(this.name, id, path, this));
  }

  save(): Promise<string> {
    return Promise.reject(new Error("Not a part of this fake"));
  }

  finish(): Promise<void> {
    this.lose();
    return Promise.resolve();
  }

  close(): void {
    this.lose();
  }

  /** The connection is lost. */
  lose(): void {
    if (this.#error !== undefined) return;
    this.#error = lost();
    this.#room.links.delete(this);
    this.events.end(this.#error);
  }

  /** Does something some turns later, if its fate is so. */
  async #do<T>(what: "say" | "history", action: () => T): Promise<T> {
    for (let turn = 0; turn < 5; turn++) {
      await Promise.resolve();
      if (this.#error !== undefined) throw this.#error;
    }
    const { fate: fateOf, maxWaitingEvents } = this.#room;
    const fate = fateOf(what);
    while (this.events.length > maxWaitingEvents) {
      await new Promise<void>((resolve) => this.#onTaken.push(resolve));
    }
    if (fate !== "lostBefore") {
      const result = action();
      if (fate === "done") return result;
    }
    this.lose();
    throw this.#error;
  }
}

function lost(): UnreachableError {
  return new UnreachableError("The connection to the room was lost");
}
