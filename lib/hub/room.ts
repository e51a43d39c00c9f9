/**
 * The one room of a server: whoever comes, by whichever dialect, hears what all others say.
 *
 * @module
 */

import {
  EVENT_WRITE_BYTES,
  MAX_ANNOUNCED_MEMBERS,
  MAX_HISTORY_BYTES,
  MAX_HISTORY_EVENTS,
  MAX_LISTED_MEMBERS,
  MAX_SAYING,
  MAX_SAYING_BYTES,
  MAX_TOLD_UNREADABLE,
  OFFERS_PER_TURN,
} from "../limits/room.ts";
import type { AddedEvent, EventStore, NewEvent } from "../store/event_store.ts";
import { ConflictError } from "../store/store.ts";
import { RefusalCode } from "../wire/messages.ts";
import type {
  Happening,
  History,
  HistoryRequest,
  Members,
  RoomEvent,
} from "../wire/room_messages.ts";
import type { HubEvent } from "./events.ts";
import { type Denial, isDenial } from "./gate.ts";
import { Member, type MemberRoom, type Said } from "./member.ts";
import { freeName, readMemberName } from "./member_name.ts";
import type { Outlet } from "./outlet.ts";
import type { Peer } from "./peer.ts";
import type { Running } from "./running.ts";
import { Throttle } from "./throttle.ts";
import { Turn } from "./turn.ts";

/** What a room is made of and bounded by. */
export interface RoomOptions {
  /** Where its events are kept. */
  store: EventStore;
  /** The time, in milliseconds since the Unix epoch. */
  nowMs: () => number;
  /** Is told what happens, at once; must not throw. */
  onEvent: (event: HubEvent) => void;
  /** Why a peer may not chat now, if so. */
  deny: (peer: Peer) => Denial | undefined;
  /** Counts what is being said, until it is stored and handed on. */
  running: Running;
  /** Events handed on before all else has its turn. Default: {@linkcode OFFERS_PER_TURN}. */
  offersPerTurn?: number;
  /** Comings and goings told in a second. */
  announcedPerSecond: number;
}

/** Something that happened and is handed to the members, one after the other. */
interface Delivery {
  /** What happened. */
  readonly event: RoomEvent;
  /** Who made it and does not get it. */
  readonly maker: Member;
  /** How long the text of it is. */
  readonly bytes: number;
  /** The place among all deliveries, also of what is not kept. */
  readonly place: number;
  /** Is called when all have it. */
  readonly done: () => void;
}

/** The room. Listeners come in by {@linkcode Room.enter} and hold on to the {@linkcode Member}. */
export class Room {
  readonly #events: EventStore;
  readonly #nowMs: () => number;
  readonly #onEvent: (event: HubEvent) => void;
  readonly #deny: (peer: Peer) => Denial | undefined;
  readonly #running: Running;
  /**
   * A member is given no more in a turn than it can be written meanwhile: who says much at once would
   * put out all that listen, however fast they are.
   */
  readonly #turn: Turn;
  readonly #announced: Throttle;
  /** By the keys of their names, in the order that they came in. */
  readonly #members = new Map<string, Member>();
  /** The number of the last event that was stored and whose delivery was begun. */
  #last: number;
  /** The place of the last delivery. */
  #place = 0;
  readonly #deliveries: Delivery[] = [];
  #isDelivering = false;
  /** Bytes of what was said and not handed to all yet. */
  #sayingBytes = 0;
  /** The numbers of events that cannot be read, as far as that was told. */
  readonly #toldUnreadable = new Set<number>();
  readonly #forMembers: MemberRoom = {
    add: (member, event, bytes) =>
      this.#admit(member, bytes, () => this.#store(member, event, bytes)),
    addMade: (member, make) =>
      this.#admit(member, 0, async () => {
        const made = await make();
        return isDenial(made) ? made : await this.#store(member, made, 0);
      }),
    remove: (member, reason) => this.#remove(member, reason),
    drop: (member, why) => this.#drop(member, why),
  };

  /** Takes what it needs from outside. */
  constructor(options: RoomOptions) {
    this.#events = options.store;
    this.#nowMs = options.nowMs;
    this.#onEvent = options.onEvent;
    this.#deny = options.deny;
    this.#running = options.running;
    const maxOffers = options.offersPerTurn ?? OFFERS_PER_TURN;
    this.#turn = new Turn({ maxOffers, maxBytes: EVENT_WRITE_BYTES });
    this.#announced = new Throttle(options.announcedPerSecond, 1_000);
    this.#last = options.store.eventNumbers().last;
  }

  /**
   * A peer comes, once in its connection. From then on its outlet gets what happens, each event once
   * and in the order of their numbers: nothing before this call has returned.
   *
   * @returns the member, whose name has a number behind it where the wanted one was taken, or why it
   * may not come.
   */
  enter(peer: Peer, wantedName: string, outlet: Outlet): Member | Denial {
    const denial = this.#deny(peer);
    if (denial !== undefined) return denial;
    if (peer.member !== undefined) {
      return [RefusalCode.invalid, "This connection has joined the room already."];
    }
    const wanted = readMemberName(wantedName);
    if (typeof wanted === "string") return [RefusalCode.invalid, wanted];
    const name = freeName(wanted, (key) => this.#members.has(key));
    const when = { sinceMs: this.#nowMs(), last: this.#last, place: this.#place };
    const member = new Member(this.#forMembers, peer, name, outlet, when);
    peer.member = member;
    const members = this.#members.size + 1;
    this.#onEvent({ event: "came", peer: peer.info, name: member.name, members });
    // Before it is in: who is put out over this event leaves behind its back.
    this.#announce(member, { type: "came" });
    this.#members.set(member.key, member);
    return member;
  }

  /** How many members there are. */
  get size(): number {
    return this.#members.size;
  }

  /** Who is there. */
  who(): Members {
    const members = [];
    for (const { name, peer, sinceMs } of this.#members.values()) {
      if (members.length === MAX_LISTED_MEMBERS) break;
      members.push({ name, dialect: peer.info.dialect, sinceMs });
    }
    return { kind: "members", members, total: this.#members.size };
  }

  /**
   * What was said before. What of it cannot be read is left out, and told once. Throws what the store
   * throws.
   */
  history({ after, before, limit }: HistoryRequest): History {
    const events = limit === 0 ? [] : this.#events.events({
      ...(after === undefined ? {} : { after }),
      ...(before === undefined ? {} : { before }),
      limit: Math.min(limit, MAX_HISTORY_EVENTS),
      maxBytes: MAX_HISTORY_BYTES,
    }, (number, error) => this.#unreadable(number, error));
    const { oldest } = this.#events.eventNumbers();
    return { kind: "history", events, ...(oldest === undefined ? {} : { oldest }) };
  }

  #unreadable(number: number, error: unknown): void {
    if (this.#toldUnreadable.has(number)) return;
    if (this.#toldUnreadable.size >= MAX_TOLD_UNREADABLE) return;
    this.#toldUnreadable.add(number);
    this.#onEvent({ event: "fault", doing: `read the event ${number} of the room`, error });
  }

  /** Does what makes an event of a member, unless too much is under way; `work` must not reject. */
  #admit(member: Member, bytes: number, work: () => Promise<Said>): Denial | Promise<Said> {
    const denial = this.#deny(member.peer);
    if (denial !== undefined) return denial;
    if (member.saying >= MAX_SAYING || this.#sayingBytes + bytes > MAX_SAYING_BYTES) {
      return TOO_FAST;
    }
    member.saying++;
    this.#sayingBytes += bytes;
    return this.#running.run(
      work().finally(() => {
        member.saying--;
        this.#sayingBytes -= bytes;
      }),
    );
  }

  #store(member: Member, event: NewEvent, bytes: number): Promise<Said> {
    return this.#events.addEvent(event).then(
      (added) => this.#added(member, event, added, bytes),
      (error) => this.#notAdded(event, error),
    );
  }

  /** The event is stored. The answer is given when all have it: nobody says more than others hear. */
  #added(member: Member, said: NewEvent, added: AddedEvent, bytes: number): Promise<Said> {
    const { event, duplicate } = added;
    const { id, what } = said;
    this.#onEvent({
      event: "message",
      peer: member.peer.info,
      name: member.name,
      id,
      number: event.number,
      type: what.type,
      bytes: what.type === "file" ? what.file.size : bytes,
      duplicate,
    });
    const receipt: Said = { kind: "receipt", id, storedAtMs: event.atMs, duplicate };
    if (duplicate) return Promise.resolve(receipt);
    this.#last = event.number;
    return new Promise((resolve) => this.#deliver(event, member, bytes, () => resolve(receipt)));
  }

  #notAdded({ id }: NewEvent, error: unknown): Said {
    if (error instanceof ConflictError) {
      return [RefusalCode.invalid, `Something else was said under the id ${id}.`];
    }
    this.#onEvent({ event: "fault", doing: `store what was said as ${id}`, error });
    return [RefusalCode.failed, "The server could not store it. Try again later."];
  }

  #remove(member: Member, reason: string): void {
    if (!member.isPresent) return;
    this.#takeOut(member);
    const members = this.#members.size;
    this.#onEvent({ event: "left", peer: member.peer.info, name: member.name, reason, members });
    this.#announce(member, { type: "left", reason });
  }

  #drop(member: Member, why: string): void {
    if (!member.isPresent) return;
    this.#takeOut(member);
    const { name, peer: { info: peer } } = member;
    const members = this.#members.size;
    this.#onEvent({ event: "memberDropped", peer, name, reason: why, members });
    const text = `You were put out of the room: ${why}.`;
    member.outlet.expel({ kind: "refusal", code: RefusalCode.tooSlow, text });
    this.#announce(member, { type: "left", reason: `put out: ${why}` });
  }

  #takeOut(member: Member): void {
    member.isPresent = false;
    this.#members.delete(member.key);
  }

  /** Tells the others that somebody has come or left, unless they are very many, or it is often. */
  #announce(member: Member, what: Happening): void {
    if (this.#members.size > MAX_ANNOUNCED_MEMBERS) return;
    if (this.#announced.admit(performance.now()) === undefined) return;
    const { name, peer: { info: { dialect } } } = member;
    const atMs = this.#nowMs();
    const event: RoomEvent = { kind: "roomEvent", number: 0, atMs, name, dialect, what };
    this.#deliver(event, member, 0, () => {});
  }

  #deliver(event: RoomEvent, maker: Member, bytes: number, done: () => void): void {
    this.#deliveries.push({ event, maker, bytes, place: ++this.#place, done });
    // Else the loop that is running takes it: one event is with all before the next is with any.
    if (!this.#isDelivering) void this.#deliverAll();
  }

  /** Never rejects. Up to its first pause it is over when it returns. */
  async #deliverAll(): Promise<void> {
    this.#isDelivering = true;
    while (this.#deliveries.length > 0) {
      const next = this.#deliveries.shift()!;
      // Who leaves meanwhile is not met any more; who comes is met, and came after this place.
      for (const member of this.#members.values()) {
        if (member === next.maker || member.place >= next.place) continue;
        if (!member.outlet.offer(next.event)) this.#drop(member, "too many events were waiting");
        const pause = this.#turn.offered();
        if (pause !== undefined) await pause;
      }
      const pause = this.#turn.delivered(next.bytes);
      if (pause !== undefined) await pause;
      next.done();
    }
    this.#isDelivering = false;
  }
}

const TOO_FAST: Denial = [
  RefusalCode.failed,
  "More is said than others can hear. Wait for the receipts, and try again.",
];
