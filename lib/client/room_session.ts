/**
 * A member's stay in a room, over as many connections as it takes.
 *
 * @module
 */

import { RefusedError, UnreachableError, UsageError, WagonsError } from "../errors.ts";
import { MAX_OWN_IDS } from "../limits/client.ts";
import { newId } from "../new_id.ts";
import { pause } from "../pause.ts";
import { RefusalCode } from "../wire/messages.ts";
import type { RoomEvent } from "../wire/room_messages.ts";
import { backoffMs } from "./backoff.ts";
import { ServerRefusedError } from "./failures.ts";
import { HeldEvents } from "./held_events.ts";
import { Outbox, type Saying } from "./outbox.ts";
import { lastEvents, missedEvents } from "./room_history.ts";
import type { RoomLink } from "./room_link.ts";

/** What a session is made of. */
export interface RoomSessionOptions {
  /** The server's URL, for what is told. */
  url: string;
  /** Connects and joins, under that name or one that is made of it. */
  open: (name: string, signal: AbortSignal) => Promise<RoomLink>;
  /** The wanted name. */
  name: string;
  /** How many of the last events are shown at first. */
  historyEvents: number;
  /** Whether it goes on trying when not even the first connection can be made. */
  isPatient: boolean;
  /** How long to wait before try number `failures + 1`. Default: {@linkcode backoffMs}. */
  waitMs?: (failures: number) => number;
  /** Ends it: leaves the room. */
  signal: AbortSignal;
  /** Is told what happens. */
  onEvent: (event: SessionEvent) => void;
}

/** What happens. */
export type SessionEvent =
  /** It is in the room, under that name. */
  | { readonly event: "joined"; readonly url: string; readonly name: string }
  /** No connection could be made; the next try comes after that wait. */
  | { readonly event: "failed"; readonly error: WagonsError; readonly waitMs: number }
  /** The connection was lost; the next one is tried after that wait. */
  | { readonly event: "lost"; readonly error: WagonsError; readonly waitMs: number }
  /** Something happened in the room. */
  | { readonly event: "happened"; readonly what: RoomEvent }
  /** So many events came while there was no connection, and are not kept any more. */
  | { readonly event: "missed"; readonly count: number }
  /** Nobody can tell what came while there was no connection. */
  | { readonly event: "gap"; readonly why: "noHistory" | "otherRoom" }
  /** The server does not give what was said before. */
  | { readonly event: "gap"; readonly why: "refused"; readonly error: ServerRefusedError }
  /** What was said is safe with the server. */
  | { readonly event: "said"; readonly saying: Saying }
  /** What was said is not taken by the server. */
  | {
    readonly event: "refused";
    readonly saying: Saying;
    readonly error: ServerRefusedError;
  };

/**
 * Stays in a room: connects again when the connection is lost, shows each event of others once and
 * in order, also those that came in between, and sends what is said until the server has it.
 */
export class RoomSession {
  readonly #options: RoomSessionOptions;
  readonly #outbox: Outbox;
  /** What this member has made itself: events of these ids are not shown. The oldest are first. */
  readonly #ownIds = new Set<string>();
  readonly #onLink = new Set<() => void>();
  #link: RoomLink | undefined;
  /** Events up to this number were shown; `undefined` before the first connection. */
  #seen: number | undefined;
  #hasJoined = false;
  #isLeaving = false;
  /** Why a connection that we close is closed. */
  #failure: { readonly link: RoomLink; readonly error: unknown } | undefined;

  /** Takes the room and who is told what happens. */
  constructor(options: RoomSessionOptions) {
    this.#options = options;
    const { onEvent } = options;
    this.#outbox = new Outbox({
      onSaid: (saying) => onEvent({ event: "said", saying }),
      onRefused: (saying, error) => onEvent({ event: "refused", saying, error }),
      onFailed: (link, error) => this.#fail(link, error),
    });
  }

  /** The name that the member has, or the wanted one while it is not in the room. */
  get name(): string {
    return this.#link?.name ?? this.#options.name;
  }

  /** Whether it is in the room now. */
  get isConnected(): boolean {
    return this.#link !== undefined;
  }

  /** How many messages wait for a connection or for their receipts. */
  get waiting(): number {
    return this.#outbox.waiting;
  }

  /** Says something, now or when there is a connection; `undefined` when too much waits already. */
  say(text: string): Saying | undefined {
    const saying = { id: this.newId(), text };
    return this.#outbox.add(saying) ? saying : undefined;
  }

  /** Resolves when no more than so many messages wait. */
  async hasAtMost(count: number): Promise<void> {
    await this.#outbox.hasAtMost(count);
  }

  /**
   * Leaves when nothing waits any more, so that the server gets all of it: {@linkcode run} resolves
   * then, if there is a connection. Nothing more may be said.
   */
  async leave(): Promise<void> {
    await this.#outbox.hasAtMost(0);
    this.#isLeaving = true;
    await this.#link?.finish();
  }

  /** An id for something that this member makes: its event will not be shown. */
  newId(): string {
    const id = newId();
    this.#ownIds.add(id);
    if (this.#ownIds.size > MAX_OWN_IDS) {
      const [oldest] = this.#ownIds;
      this.#ownIds.delete(oldest!);
    }
    return id;
  }

  /**
   * Does something with a connection, and again with the next one when it is lost meanwhile: it has
   * to be something that may be done twice.
   *
   * @throws the signal's reason when it is aborted, and what is not the fault of a connection.
   */
  async withLink<T>(use: (link: RoomLink) => Promise<T>, signal: AbortSignal): Promise<T> {
    while (true) {
      const link = await this.#nextLink(signal);
      try {
        return await use(link);
      } catch (error) {
        signal.throwIfAborted();
        const isLost = error instanceof UnreachableError ||
          (error instanceof RefusedError && link !== this.#link);
        if (!isLost) throw error;
        this.#fail(link, error);
      }
    }
  }

  /**
   * Connects, shows what happens, and connects again, until it leaves or the signal is aborted.
   *
   * @throws {WagonsError} when not even the first connection can be made and it is not patient, and
   * for a refusal that another try would not change.
   */
  async run(): Promise<void> {
    const { signal, isPatient, onEvent, waitMs = usualWaitMs } = this.#options;
    for (let failures = 1; !signal.aborted; failures++) {
      let event: "failed" | "lost" = "failed";
      try {
        await this.#stay(() => {
          event = "lost";
          failures = 1;
        });
      } catch (caught) {
        if (signal.aborted || this.#isLeaving) return;
        if (!(caught instanceof WagonsError)) throw caught;
        if (this.#isFinal(caught) || !(isPatient || this.#hasJoined)) throw caught;
        const nextMs = waitMs(failures);
        onEvent({ event, error: caught, waitMs: nextMs });
        await pause(nextMs, signal);
      }
    }
  }

  /** One connection, to its end, which is always an error. */
  async #stay(onJoined: () => void): Promise<never> {
    const { open, name, url, signal, onEvent } = this.#options;
    const link = await open(name, signal);
    const close = () => link.close();
    signal.addEventListener("abort", close);
    try {
      signal.throwIfAborted();
      onJoined();
      onEvent({ event: "joined", url, name: link.name });
      this.#link = link;
      for (const wake of this.#onLink) wake();
      this.#outbox.connect(link);
      return await this.#listen(link);
    } catch (error) {
      throw this.#failure?.link === link ? this.#failure.error : error;
    } finally {
      this.#failure = undefined;
      signal.removeEventListener("abort", close);
      this.#leave(link);
    }
  }

  #leave(link: RoomLink): void {
    this.#link = undefined;
    this.#outbox.disconnect();
    link.close();
  }

  /** Shows what was said before, then what has come meanwhile, then what comes. */
  async #listen(link: RoomLink): Promise<never> {
    const held = new HeldEvents((event) => this.#take(event));
    const hear = async () => {
      // Also while it catches up: no answer comes from a connection whose events nobody takes.
      while (true) held.add(await link.next());
    };
    const [never] = await Promise.all([hear(), this.#catchUp(link, held)]);
    return never;
  }

  async #catchUp(link: RoomLink, held: HeldEvents): Promise<void> {
    const { onEvent } = this.#options;
    const { last } = link;
    if (last !== undefined) {
      const newest = () => Math.max(last, held.droppedTo);
      try {
        await this.#showHistory(link, last, newest);
      } catch (error) {
        if (!isAnswer(error)) throw error;
        onEvent({ event: "gap", why: "refused", error });
        this.#seen = newest();
      }
    } else if (this.#hasJoined) {
      onEvent({ event: "gap", why: "noHistory" });
    }
    this.#hasJoined = true;
    held.release();
  }

  /** Shows what was said up to the newest event that will not come by itself. */
  async #showHistory(link: RoomLink, last: number, newest: () => number): Promise<void> {
    const { historyEvents, onEvent } = this.#options;
    if (this.#seen !== undefined && last < this.#seen) {
      // Another store, or an older copy of it: its numbers mean something else.
      onEvent({ event: "gap", why: "otherRoom" });
      this.#seen = undefined;
    }
    if (this.#seen === undefined) {
      const events = await lastEvents(link, last + 1, historyEvents);
      this.#seen = 0;
      for (const event of events) this.#take(event);
      this.#seen = last;
    }
    while (this.#seen < newest()) {
      const to = newest();
      await missedEvents(link, this.#seen, to + 1, {
        onEvent: (event) => this.#take(event),
        onLost: (count) => onEvent({ event: "missed", count }),
      });
      this.#seen = to;
    }
  }

  #take(event: RoomEvent): void {
    if (event.number > 0) {
      // Never twice, whatever a server sends.
      if (event.number <= (this.#seen ?? 0)) return;
      this.#seen = event.number;
    }
    if (event.id !== undefined && this.#ownIds.has(event.id)) return;
    this.#options.onEvent({ event: "happened", what: event });
  }

  #fail(link: RoomLink, error: unknown): void {
    if (link !== this.#link) return;
    this.#failure = { link, error };
    this.#leave(link);
  }

  async #nextLink(signal: AbortSignal): Promise<RoomLink> {
    while (this.#link === undefined) {
      signal.throwIfAborted();
      await new Promise<void>((resolve) => {
        const wake = () => {
          this.#onLink.delete(wake);
          signal.removeEventListener("abort", wake);
          resolve();
        };
        this.#onLink.add(wake);
        signal.addEventListener("abort", wake);
      });
    }
    signal.throwIfAborted();
    return this.#link;
  }

  /** Whether the next try would fail alike. */
  #isFinal(error: WagonsError): boolean {
    if (error instanceof UsageError) return true;
    if (error instanceof ServerRefusedError) return error.isFinal || FINAL_HERE.has(error.code);
    // Of a server that it never was in the room of: it is another kind of server.
    return error instanceof RefusedError && !this.#hasJoined;
  }
}

/** Refusals that are no answer to a question. */
const OF_THE_CONNECTION: ReadonlySet<RefusalCode> = new Set([
  RefusalCode.tooSlow,
  RefusalCode.shuttingDown,
]);

/** Refusals of a name, and of rooms altogether. */
const FINAL_HERE: ReadonlySet<RefusalCode> = new Set([
  RefusalCode.invalid,
  RefusalCode.unsupported,
]);

/** Whether a server's answer is that it does not answer. */
function isAnswer(error: unknown): error is ServerRefusedError {
  return error instanceof ServerRefusedError && !OF_THE_CONNECTION.has(error.code);
}

function usualWaitMs(failures: number): number {
  return backoffMs(failures, Math.random());
}
