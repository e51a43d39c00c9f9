import type { Message } from "../wire/messages.ts";
import type { Sleep } from "../sleep.ts";
import type { Hearer } from "./hearer.ts";
import type { Member } from "./member.ts";
import type { Outlet } from "./outlet.ts";
import type { DialectTally } from "./tally.ts";

/** Who is at the other end of a connection. */
export interface PeerInfo {
  /** The dialect that it came by: the scheme of the listener's URL. */
  readonly dialect: string;
  /** Its address, as `host:port`. */
  readonly address: string;
  /** The same without the port. */
  readonly host: string;
  /** It is on this machine. */
  readonly isLoopback: boolean;
  /** The name in its certificate, where it has shown one that the server trusts. */
  readonly identity?: string;
  /**
   * It is sent nothing but what is sealed with the server's key, so it may listen to the room before
   * it has proved to have that key. Default: false.
   */
  readonly isSealed?: boolean;
}

/** A peer as the hub sees it. Listeners pass it back and do not look inside. */
export class Peer {
  /** Who it is. */
  readonly info: PeerInfo;
  /** What is counted of its dialect. Its listener adds the bytes. */
  readonly tally: DialectTally;
  /** Its slow requests that are asleep, each with what answers it. */
  readonly sleeping: Map<Sleep, (answer: Message | undefined) => void> = new Map();
  /** Its manifests and documents that are on their way to the disk. */
  storing = 0;
  /** Where its listener takes what happens in the room, if it can join it by a message. */
  outlet: Outlet | undefined;
  /** What it is in the room, once it has come; also when it has left again. */
  member: Member | undefined;
  /** Where it hears what happens in the room, once it has listened or come; also afterwards. */
  hearer: Hearer | undefined;
  /** What it says in the room and others do not have yet. */
  saying = 0;
  /** How often it was refused something. */
  refusals = 0;
  /** It has proved who it is: it has the server's key, or a certificate that the server trusts. */
  isProven: boolean;
  /**
   * A token of the key has come from it, perhaps one that it has overheard: that proves nothing, and
   * what the token says may be done, which is once.
   */
  hasToken = false;

  /** Takes who it is, and what is counted of all that come by its dialect. */
  constructor(info: PeerInfo, tally: DialectTally) {
    this.info = info;
    this.tally = tally;
    this.isProven = info.identity !== undefined;
  }
}
