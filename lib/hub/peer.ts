import type { Message } from "../wire/messages.ts";
import type { Sleep } from "../sleep.ts";
import type { Member } from "./member.ts";
import type { Outlet } from "./outlet.ts";

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
}

/** A peer as the hub sees it. Listeners pass it back and do not look inside. */
export class Peer {
  /** Who it is. */
  readonly info: PeerInfo;
  /** Its slow requests that are asleep, each with what answers it. */
  readonly sleeping: Map<Sleep, (answer: Message | undefined) => void> = new Map();
  /** Its manifests that are on their way to the disk. */
  storing = 0;
  /** Where its listener takes what happens in the room, if it can join it by a message. */
  outlet: Outlet | undefined;
  /** What it is in the room, once it has come; also when it has left again. */
  member: Member | undefined;
  /** How often it was refused something. */
  refusals = 0;
  /** It has proved who it is: it has the server's key, or a certificate that the server trusts. */
  isProven: boolean;

  /** Takes who it is. */
  constructor(info: PeerInfo) {
    this.info = info;
    this.isProven = info.identity !== undefined;
  }
}
