import type { NewEvent } from "../store/event_store.ts";
import type { FileInfo } from "../wire/file_messages.ts";
import { type Receipt, RefusalCode } from "../wire/messages.ts";
import { type Denial, isDenial } from "./gate.ts";
import type { MemberName } from "./member_name.ts";
import type { Outlet } from "./outlet.ts";
import type { Peer } from "./peer.ts";
import { checkText } from "./say_rules.ts";

/** What became of something that a member said or offered. */
export type Said = Receipt | Denial;

/** What a member needs of its room. */
export interface MemberRoom {
  /** Stores an event of a member, which takes so many bytes, and hands it to the others. */
  add(member: Member, event: NewEvent, bytes: number): Denial | Promise<Said>;
  /** The same of an event that is only made when it may be: `make` must not reject. */
  addMade(member: Member, make: () => Promise<NewEvent | Denial>): Denial | Promise<Said>;
  /** The member leaves, for a reason that is part of a sentence. */
  remove(member: Member, reason: string): void;
  /** Puts the member out because it takes its events too slowly; why is a part of a sentence. */
  drop(member: Member, why: string): void;
}

/** A member of the room, from when it comes until it leaves or is put out. */
export class Member {
  /** The name, which no other member has. */
  readonly name: string;
  /** What names are compared by. */
  readonly key: string;
  /** Who it is to the hub. */
  readonly peer: Peer;
  /** How it gets what happens. */
  readonly outlet: Outlet;
  /** Milliseconds since the Unix epoch: when it came. */
  readonly sinceMs: number;
  /** The number of the last event before it came; 0 where there was none. */
  readonly last: number;
  /** The room's: what was to be handed on up to this place was before its time. */
  readonly place: number;
  /** The room's: events of this member that others do not have yet. */
  saying = 0;
  /** The room's: it is there. */
  isPresent = true;
  readonly #room: MemberRoom;

  /** Made by {@linkcode Room.enter}. */
  constructor(
    room: MemberRoom,
    peer: Peer,
    { name, key }: MemberName,
    outlet: Outlet,
    when: { sinceMs: number; last: number; place: number },
  ) {
    this.#room = room;
    this.peer = peer;
    this.name = name;
    this.key = key;
    this.outlet = outlet;
    this.sinceMs = when.sinceMs;
    this.last = when.last;
    this.place = when.place;
  }

  /**
   * Says something, once for each id (a UUIDv7), however often that is tried. The Receipt comes when
   * it is stored and on its way to all others.
   */
  say(id: string, text: string): Denial | Promise<Said> {
    if (!this.isPresent) return NOT_IN_ROOM;
    const checked = checkText(text);
    if ("problem" in checked) {
      const { isTooLong, problem } = checked;
      return [isTooLong ? RefusalCode.tooLarge : RefusalCode.invalid, problem];
    }
    return this.#room.add(this, this.#eventOf(id, { type: "text", text }), checked.bytes);
  }

  /** Offers a file that is stored. It is offered once, however often that is tried. */
  offer(file: FileInfo): Denial | Promise<Said> {
    return this.isPresent ? this.#room.add(this, this.#offerOf(file), 0) : NOT_IN_ROOM;
  }

  /**
   * Stores a file and offers it. It is stored only when nothing speaks against the offer any more.
   *
   * @param keep Stores it, or says why that cannot be done; must not reject.
   */
  offerKept(keep: () => Promise<FileInfo | Denial>): Denial | Promise<Said> {
    if (!this.isPresent) return NOT_IN_ROOM;
    return this.#room.addMade(this, async () => {
      const file = await keep();
      return isDenial(file) ? file : this.#offerOf(file);
    });
  }

  #offerOf(file: FileInfo): NewEvent {
    return this.#eventOf(file.id, { type: "file", file });
  }

  #eventOf(id: string, what: NewEvent["what"]): NewEvent {
    return { id, name: this.name, dialect: this.peer.info.dialect, what };
  }

  /** Leaves, for a reason that is part of a sentence. It may have left already. */
  leave(reason: string): void {
    this.#room.remove(this, reason);
  }

  /** Its listener has found out that it takes too little; why is a part of a sentence. */
  dropSlow(why: string): void {
    this.#room.drop(this, why);
  }
}

/** What somebody is told who is no member, or is not any more. */
export const NOT_IN_ROOM: Denial = [
  RefusalCode.notInRoom,
  "Only members of the room can do that: join it first.",
];
