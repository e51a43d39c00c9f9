import { MAX_UNRECEIPTED, MAX_WAITING_MESSAGES } from "../limits/client.ts";
import { RefusalCode } from "../wire/messages.ts";
import { ServerRefusedError } from "./failures.ts";
import type { RoomLink } from "./room_link.ts";

/** Something that is said. */
export interface Saying {
  /** UUIDv7: it is kept once, however often it is sent. */
  readonly id: string;
  /** Not empty. */
  readonly text: string;
}

/** Who is told what becomes of what is said. */
export interface OutboxEvents {
  /** It is safe with the server. */
  onSaid(saying: Saying): void;
  /** The server does not take it: another try would not help. */
  onRefused(saying: Saying, error: ServerRefusedError): void;
  /** Something failed that is not about one message: the connection is of no use any more. */
  onFailed(link: RoomLink, error: unknown): void;
}

interface Entry {
  readonly saying: Saying;
  /** The connection that it was sent by last. */
  sentBy: RoomLink | undefined;
}

/** What is said waits here until there is a connection, and until the server has it. */
export class Outbox {
  readonly #events: OutboxEvents;
  readonly #entries = new Map<string, Entry>();
  readonly #onChange: (() => void)[] = [];
  #link: RoomLink | undefined;
  #unreceipted = 0;

  /** Takes who is told what happens. */
  constructor(events: OutboxEvents) {
    this.#events = events;
  }

  /** How many messages wait for a connection or for their receipts. */
  get waiting(): number {
    return this.#entries.size;
  }

  /** Says something, as soon as can be; false when too much waits already. */
  add(saying: Saying): boolean {
    if (this.#entries.size >= MAX_WAITING_MESSAGES) return false;
    this.#entries.set(saying.id, { saying, sentBy: undefined });
    this.#send();
    return true;
  }

  /** There is a connection: all that waits is sent, in its order. */
  connect(link: RoomLink): void {
    this.#link = link;
    this.#unreceipted = 0;
    this.#send();
  }

  /** The connection is lost: what has no receipt yet waits for the next one. */
  disconnect(): void {
    this.#link = undefined;
  }

  /** Resolves when no more than so many messages wait. */
  async hasAtMost(count: number): Promise<void> {
    while (this.#entries.size > count) {
      await new Promise<void>((resolve) => this.#onChange.push(resolve));
    }
  }

  #send(): void {
    const link = this.#link;
    if (link === undefined) return;
    // Those that were sent stand first: no more of them than may be without receipts.
    for (const entry of this.#entries.values()) {
      if (this.#unreceipted >= MAX_UNRECEIPTED) return;
      if (entry.sentBy === link) continue;
      entry.sentBy = link;
      this.#unreceipted++;
      this.#deliver(entry.saying, link);
    }
  }

  async #deliver(saying: Saying, link: RoomLink): Promise<void> {
    let error: unknown;
    try {
      await link.say(saying.id, saying.text);
    } catch (caught) {
      error = caught;
    }
    const isCurrent = link === this.#link;
    if (isCurrent) this.#unreceipted--;
    if (error === undefined) {
      if (this.#settle(saying)) this.#events.onSaid(saying);
    } else if (error instanceof ServerRefusedError && OF_ONE_MESSAGE.has(error.code)) {
      if (this.#settle(saying)) this.#events.onRefused(saying, error);
    } else if (isCurrent) {
      this.#events.onFailed(link, error);
    }
    this.#send();
  }

  #settle(saying: Saying): boolean {
    const isFirst = this.#entries.delete(saying.id);
    for (const resolve of this.#onChange.splice(0)) resolve();
    return isFirst;
  }
}

/** Refusals that say something of the message and nothing of the connection. */
const OF_ONE_MESSAGE: ReadonlySet<RefusalCode> = new Set([
  RefusalCode.invalid,
  RefusalCode.tooLarge,
  RefusalCode.frameTooLarge,
]);
