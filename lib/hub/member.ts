import type { NewEvent } from "../store/event_store.ts";
import type { FileInfo } from "../wire/file_messages.ts";
import { type Receipt, RefusalCode } from "../wire/messages.ts";
import { type Denial, isDenial } from "./gate.ts";
import type { Hearer } from "./hearer.ts";
import type { MemberName } from "./member_name.ts";
import type { Original } from "./outlet.ts";
import type { Peer } from "./peer.ts";
import { checkText } from "./say_rules.ts";
import type { Saying } from "./sayings.ts";

/** What became of something that a member said or offered. */
export type Said = Receipt | Denial;

/** What a member needs of its room. */
export interface MemberRoom {
  /** Stores something that a member says, and hands it on. */
  add(member: Member, saying: Omit<Saying, "maker">): Denial | Promise<Said>;
  /** The same of what is only made when it may be: `make` must not reject. */
  addMade(member: Member, make: () => Promise<NewEvent | Denial>): Denial | Promise<Said>;
  /** The member wants another name. */
  rename(member: Member, wantedName: string): Denial | undefined;
  /** The member leaves, for a reason that is part of a sentence. */
  remove(member: Member, reason: string): void;
}

/** A member of the room, from when it comes until it leaves or is put out. */
export class Member {
  /** The room's: what it is called now. */
  called: MemberName;
  /** Who it is to the hub. */
  readonly peer: Peer;
  /** The room's: where it gets what happens. */
  readonly hearer: Hearer;
  /** Milliseconds since the Unix epoch: when it came. */
  readonly sinceMs: number;
  /** The number of the last event before it came; 0 where there was none. */
  readonly last: number;
  readonly #room: MemberRoom;

  /** Made by {@linkcode Room.enter}. */
  constructor(
    room: MemberRoom,
    hearer: Hearer,
    name: MemberName,
    when: { sinceMs: number; last: number },
  ) {
    this.#room = room;
    this.peer = hearer.peer;
    this.hearer = hearer;
    this.called = name;
    this.sinceMs = when.sinceMs;
    this.last = when.last;
  }

  /** The name, which no other member has. */
  get name(): string {
    return this.called.name;
  }

  /** What names are compared by. */
  get key(): string {
    return this.called.key;
  }

  /** It is in the room. */
  get isPresent(): boolean {
    return this.hearer.isPresent;
  }

  /**
   * Says something, once for each id (a UUIDv7), however often that is tried. The Receipt comes when
   * it is stored and on its way to all others.
   *
   * @param original What it was said by, for those who take all of it.
   */
  say(id: string, text: string, original?: Original): Denial | Promise<Said> {
    if (!this.isPresent) return NOT_IN_ROOM;
    const checked = checkText(text);
    if (isDenial(checked)) return checked;
    const event = this.#eventOf(id, { type: "text", text });
    return this.#room.add(this, {
      event,
      bytes: checked.bytes,
      ...(original === undefined ? {} : { original }),
    });
  }

  /** Offers a file that is stored. It is offered once, however often that is tried. */
  offer(file: FileInfo): Denial | Promise<Said> {
    if (!this.isPresent) return NOT_IN_ROOM;
    return this.#room.add(this, { event: this.#offerOf(file), bytes: 0 });
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

  /**
   * Takes another name, with a number behind it where it is taken, or says why it cannot. The old
   * one is free then, and the others are told.
   */
  rename(wantedName: string): Denial | undefined {
    return this.isPresent ? this.#room.rename(this, wantedName) : NOT_IN_ROOM;
  }

  /** Leaves, for a reason that is part of a sentence. It may have left already. */
  leave(reason: string): void {
    this.#room.remove(this, reason);
  }

  /** Its listener has found out that it takes too little; why is a part of a sentence. */
  dropSlow(why: string): void {
    this.hearer.dropSlow(why);
  }
}

/** What somebody is told who is no member, or is not any more. */
export const NOT_IN_ROOM: Denial = [
  RefusalCode.notInRoom,
  "Only members of the room can do that: join it first.",
];
