/**
 * The one room of a server: whoever comes, by whichever dialect, hears what all others say.
 *
 * @module
 */

import type { DurationCounts } from "../duration_counts.ts";
import {
  MAX_ANNOUNCED_MEMBERS,
  MAX_HISTORY_BYTES,
  MAX_HISTORY_EVENTS,
  MAX_LISTED_MEMBERS,
  MAX_TOLD_UNREADABLE,
  OFFERS_PER_TURN,
} from "../limits/room.ts";
import type { EventStore } from "../store/event_store.ts";
import { RefusalCode } from "../wire/messages.ts";
import type {
  Happening,
  History,
  HistoryRequest,
  Members,
  RoomEvent,
} from "../wire/room_messages.ts";
import { Deliveries } from "./deliveries.ts";
import type { HubEvent } from "./events.ts";
import { type Denial, isDenial } from "./gate.ts";
import type { Hearer } from "./hearer.ts";
import { Member, type MemberRoom, type Said } from "./member.ts";
import { freeName, type MemberName, readMemberName } from "./member_name.ts";
import type { Outlet } from "./outlet.ts";
import type { Peer } from "./peer.ts";
import type { Running } from "./running.ts";
import { checkText } from "./say_rules.ts";
import { Sayings } from "./sayings.ts";
import { Throttle } from "./throttle.ts";

/** What a room is made of and bounded by. */
export interface RoomOptions {
  /** Where its events are kept. */
  store: EventStore;
  /** What people call the server. No member has that name: the server answers by it. */
  serverName: string;
  /** The time, in milliseconds since the Unix epoch. */
  nowMs: () => number;
  /** Is told what happens, at once; must not throw. */
  onEvent: (event: HubEvent) => void;
  /** Why a peer may not chat now, if so. */
  deny: (peer: Peer) => Denial | undefined;
  /** Why a peer may not listen now without being a member, if so. */
  denyListener: (peer: Peer) => Denial | undefined;
  /** Counts what is being said, until it is stored and handed on. */
  running: Running;
  /** Counts how long that took. */
  durations: DurationCounts;
  /** Events handed on before all else has its turn. Default: {@linkcode OFFERS_PER_TURN}. */
  offersPerTurn?: number;
  /** Comings, goings and new names told in a second. */
  announcedPerSecond: number;
}

/** Something that somebody says who is not in the room. */
export interface Post {
  /** By which name. */
  readonly name: string;
  /** A UUIDv7 of what is said. */
  readonly id: string;
  /** What is said. */
  readonly text: string;
}

/** The room. Listeners come in by {@linkcode Room.enter} and hold on to the {@linkcode Member}. */
export class Room {
  readonly #events: EventStore;
  readonly #nowMs: () => number;
  readonly #onEvent: (event: HubEvent) => void;
  readonly #deny: (peer: Peer) => Denial | undefined;
  readonly #denyListener: (peer: Peer) => Denial | undefined;
  readonly #announced: Throttle;
  readonly #deliveries: Deliveries;
  readonly #sayings: Sayings;
  /** In the order that they came in. */
  readonly #members = new Set<Member>();
  /** The keys of their names. */
  readonly #keys = new Set<string>();
  /** That of the server's name. */
  readonly #serverKey: string | undefined;
  /** The numbers of events that cannot be read, as far as that was told. */
  readonly #toldUnreadable = new Set<number>();
  readonly #forMembers: MemberRoom = {
    add: ({ peer, hearer: maker }, saying) => this.#sayings.add(peer, { ...saying, maker }),
    addMade: ({ peer, hearer: maker }, make) =>
      this.#sayings.addMade(peer, async () => {
        const event = await make();
        return isDenial(event) ? event : { event, bytes: 0, maker };
      }),
    rename: (member, wantedName) => this.#rename(member, wantedName),
    remove: (member, reason) => this.#remove(member, reason),
  };

  /** Takes what it needs from outside. */
  constructor(options: RoomOptions) {
    const { store, onEvent, deny, running, durations } = options;
    const { offersPerTurn: maxOffers = OFFERS_PER_TURN } = options;
    this.#events = store;
    const serverName = readMemberName(options.serverName);
    this.#serverKey = typeof serverName === "string" ? undefined : serverName.key;
    this.#nowMs = options.nowMs;
    this.#onEvent = onEvent;
    this.#deny = deny;
    this.#denyListener = options.denyListener;
    this.#announced = new Throttle(options.announcedPerSecond, 1_000);
    const drop = (hearer: Hearer, why: string) => this.#drop(hearer, why);
    const deliveries = new Deliveries({ maxOffers, drop });
    this.#deliveries = deliveries;
    this.#sayings = new Sayings({ store, deliveries, onEvent, deny, running, durations });
  }

  /**
   * A peer listens and is no member: its outlet gets what happens from now on, each event once and
   * in the order of their numbers. It is not shown and says nothing, until it leaves or has entered.
   *
   * @returns by what it is put out when it takes too little, or why it may not listen.
   */
  listen(peer: Peer, outlet: Outlet): Hearer | Denial {
    const denial = this.#denyListener(peer);
    if (denial !== undefined) return denial;
    if (peer.hearer !== undefined) {
      return [RefusalCode.invalid, "This connection listens to the room already."];
    }
    const hearer = peer.hearer = this.#deliveries.newHearer(peer, outlet);
    this.#deliveries.add(hearer);
    return hearer;
  }

  /**
   * A peer comes, once in its connection. From then on its outlet gets what happens, each event once
   * and in the order of their numbers: nothing before this call has returned. Who has listened
   * before misses nothing in between, and gets nothing twice.
   *
   * @returns the member, whose name has a number behind it where the wanted one was taken, or why it
   * may not come.
   */
  enter(peer: Peer, wantedName: string, outlet: Outlet): Member | Denial {
    const denial = this.#deny(peer) ?? denyAgain(peer);
    if (denial !== undefined) return denial;
    const name = this.#freeName(wantedName);
    if (isDenial(name)) return name;
    const when = { sinceMs: this.#nowMs(), last: this.#sayings.last };
    const hearer = peer.hearer ??= this.#deliveries.newHearer(peer, outlet);
    hearer.outlet = outlet;
    const member = new Member(this.#forMembers, hearer, name, when);
    peer.member = member;
    const members = this.#members.size + 1;
    this.#onEvent({ event: "came", peer: peer.info, name: member.name, members });
    // A member before it is told: one that has listened may be put out over what this brings it.
    this.#members.add(member);
    this.#keys.add(member.key);
    // And told before it hears: who is put out over this event leaves behind its back.
    this.#announce(member, { type: "came" });
    if (hearer.isPresent) this.#deliveries.add(hearer);
    return member;
  }

  /**
   * Somebody says something without being in the room, once for each id, however often that is tried.
   * The Receipt comes when it is stored and on its way to all who are there.
   */
  post(peer: Peer, { name: wantedName, id, text }: Post): Denial | Promise<Said> {
    const denial = this.#deny(peer);
    if (denial !== undefined) return denial;
    const name = this.#freeName(wantedName);
    if (isDenial(name)) return name;
    const checked = checkText(text);
    if (isDenial(checked)) return checked;
    const { info: { dialect } } = peer;
    return this.#sayings.add(peer, {
      event: { id, name: name.name, dialect, what: { type: "text", text } },
      bytes: checked.bytes,
    });
  }

  /** A peer has gone, for a reason that is part of a sentence. It need not have been here. */
  leave(peer: Peer, reason: string): void {
    peer.member?.leave(reason);
    if (peer.hearer !== undefined) this.#deliveries.remove(peer.hearer);
  }

  /** How many members there are. */
  get size(): number {
    return this.#members.size;
  }

  /** Who is there. */
  who(): Members {
    const members = [];
    for (const { name, peer, sinceMs } of this.#members) {
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

  /** A name that nobody has but perhaps the member itself. */
  #freeName(wantedName: string, member?: Member): MemberName | Denial {
    const wanted = readMemberName(wantedName);
    if (typeof wanted === "string") return [RefusalCode.invalid, wanted];
    return freeName(
      wanted,
      (key) => key === this.#serverKey || (key !== member?.key && this.#keys.has(key)),
    );
  }

  #rename(member: Member, wantedName: string): Denial | undefined {
    const denial = this.#deny(member.peer);
    if (denial !== undefined) return denial;
    const called = this.#freeName(wantedName, member);
    if (isDenial(called)) return called;
    const { name } = member;
    if (called.name === name) return undefined;
    this.#keys.delete(member.key);
    member.called = called;
    this.#keys.add(member.key);
    this.#onEvent({ event: "renamed", peer: member.peer.info, name: called.name, before: name });
    // In one go: it may itself be put out over what others do when they are told.
    const reason = `is now called ${called.name}`;
    this.#tell(member, [[name, { type: "left", reason }], [called.name, { type: "came" }]]);
    return undefined;
  }

  #remove(member: Member, reason: string): void {
    if (!this.#takeOut(member.hearer)) return;
    const members = this.#members.size;
    this.#onEvent({ event: "left", peer: member.peer.info, name: member.name, reason, members });
    this.#announce(member, { type: "left", reason });
  }

  #drop(hearer: Hearer, why: string): void {
    if (!this.#takeOut(hearer)) return;
    const { peer: { info: peer, member }, outlet } = hearer;
    if (member === undefined) {
      this.#onEvent({ event: "listenerDropped", peer, reason: why });
    } else {
      const members = this.#members.size;
      this.#onEvent({ event: "memberDropped", peer, name: member.name, reason: why, members });
    }
    const text = `You were put out of the room: ${why}.`;
    outlet.expel({ kind: "refusal", code: RefusalCode.tooSlow, text });
    if (member !== undefined) this.#announce(member, { type: "left", reason: `put out: ${why}` });
  }

  /** It hears nothing more, and is not shown; false when that was so already. */
  #takeOut(hearer: Hearer): boolean {
    if (!this.#deliveries.remove(hearer)) return false;
    const { member } = hearer.peer;
    if (member !== undefined) {
      this.#members.delete(member);
      this.#keys.delete(member.key);
    }
    return true;
  }

  /** Tells the others that somebody has come or left. */
  #announce(member: Member, what: Happening): void {
    this.#tell(member, [[member.name, what]]);
  }

  /** Tells the others what became of a member by which name, unless they are many, or it is often. */
  #tell(member: Member, happenings: [name: string, what: Happening][]): void {
    const others = this.#members.size - (this.#members.has(member) ? 1 : 0);
    if (others > MAX_ANNOUNCED_MEMBERS) return;
    if (this.#announced.admit(performance.now()) === undefined) return;
    const { hearer: maker, peer: { info: { dialect } } } = member;
    const atMs = this.#nowMs();
    this.#deliveries.deliver(...happenings.map(([name, what]) => {
      const event: RoomEvent = { kind: "roomEvent", number: 0, atMs, name, dialect, what };
      return { event, maker, isForMaker: false, bytes: 0, done: () => {} };
    }));
  }
}

/** Why a peer may not come once more. */
function denyAgain({ member, hearer }: Peer): Denial | undefined {
  if (member !== undefined) {
    return [RefusalCode.invalid, "This connection has joined the room already."];
  }
  if (hearer?.isPresent === false) {
    return [RefusalCode.invalid, "This connection was put out of the room."];
  }
  return undefined;
}
