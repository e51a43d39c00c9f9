/**
 * What happens in a server, for logs, prints and machines.
 *
 * @module
 */

import type { Document } from "../store/document_store.ts";
import type { FileInfo } from "../wire/file_messages.ts";
import type { Manifest, Received, RefusalCode } from "../wire/messages.ts";
import type { PeerInfo } from "./peer.ts";
import type { TokenKind } from "./token_requests.ts";

/** A peer has come. */
export interface ConnectedEvent {
  /** Tells the events apart. */
  readonly event: "connected";
  /** Who. */
  readonly peer: PeerInfo;
  /** How many peers there are now. */
  readonly connections: number;
}

/** A peer has gone. */
export interface DisconnectedEvent {
  /** Tells the events apart. */
  readonly event: "disconnected";
  /** Who. */
  readonly peer: PeerInfo;
  /** Why, as a part of a sentence. */
  readonly reason: string;
  /** How many peers are left. */
  readonly connections: number;
}

/** A peer has proved that it has the server's key: from here on the connection is sealed. */
export interface SealedEvent {
  /** Tells the events apart. */
  readonly event: "sealed";
  /** Who. */
  readonly peer: PeerInfo;
}

/** A peer asks for something. Only told when {@linkcode HubOptions.traceRequests} is set. */
export interface RequestEvent {
  /** Tells the events apart. */
  readonly event: "request";
  /** Who. */
  readonly peer: PeerInfo;
  /** What: the kind of a message, or `token` and the command of one of system B's. */
  readonly kind: Received["kind"] | TokenKind;
}

/** A peer's message, or the peer, was refused. */
export interface RefusedEvent {
  /** Tells the events apart. */
  readonly event: "refused";
  /** Who. */
  readonly peer: PeerInfo;
  /** Why. */
  readonly code: RefusalCode;
  /** What the peer was told; or more than that, where it is not answered or may be a stranger. */
  readonly text: string;
}

/** A connection came to nothing before there was a peer. Of very many only some are told. */
export interface TurnedAwayEvent {
  /** Tells the events apart. */
  readonly event: "turnedAway";
  /** The dialect that it came by. */
  readonly dialect: string;
  /** Where it came from, as `host:port`. */
  readonly address: string;
  /** Why, as a part of a sentence that begins with the other side. */
  readonly why: string;
  /** How many others were not told since the last one that was. */
  readonly untold: number;
}

/** Something came for which nothing is done. Of very much only some is told. */
export interface DroppedEvent {
  /** Tells the events apart. */
  readonly event: "dropped";
  /** The dialect that it came by. */
  readonly dialect: string;
  /** Where it says that it came from, as `host:port`. */
  readonly address: string;
  /** Why, as a sentence of its own without its end. */
  readonly why: string;
  /** How much else was not told since the last one that was. */
  readonly untold: number;
}

/** A manifest is on the disk. */
export interface ManifestEvent {
  /** Tells the events apart. */
  readonly event: "manifest";
  /** Who sent it. */
  readonly peer: PeerInfo;
  /** What it says. */
  readonly manifest: Manifest;
  /** Milliseconds since the Unix epoch: when it was first stored. */
  readonly storedAtMs: number;
  /** It was there before. */
  readonly duplicate: boolean;
}

/** A dictionary that is no manifest is on the disk. */
export interface DocumentEvent {
  /** Tells the events apart. */
  readonly event: "document";
  /** Who sent it. */
  readonly peer: PeerInfo;
  /** What it says. */
  readonly document: Document;
  /** Milliseconds since the Unix epoch: when it was first stored. */
  readonly storedAtMs: number;
  /** It was there before. */
  readonly duplicate: boolean;
}

/** A file is on the disk. */
export interface FileEvent {
  /** Tells the events apart. */
  readonly event: "file";
  /** Who sent it. */
  readonly peer: PeerInfo;
  /** What is known of it. */
  readonly file: FileInfo;
  /** A file of this id was there before. */
  readonly duplicate: boolean;
}

/** What unfinished uploads had left was removed from the store. */
export interface LeftoversEvent {
  /** Tells the events apart. */
  readonly event: "leftovers";
  /** How many files. */
  readonly files: number;
}

/** A member has come into the room. */
export interface CameEvent {
  /** Tells the events apart. */
  readonly event: "came";
  /** Who. */
  readonly peer: PeerInfo;
  /** The name that it has there. */
  readonly name: string;
  /** How many members there are now. */
  readonly members: number;
}

/** A member has left the room. */
export interface LeftEvent {
  /** Tells the events apart. */
  readonly event: "left";
  /** Who. */
  readonly peer: PeerInfo;
  /** The name that it had there. */
  readonly name: string;
  /** Why, as a part of a sentence. */
  readonly reason: string;
  /** How many members are left. */
  readonly members: number;
}

/** A member was put out of the room because it took its events too slowly. */
export interface MemberDroppedEvent {
  /** Tells the events apart. */
  readonly event: "memberDropped";
  /** Who. */
  readonly peer: PeerInfo;
  /** The name that it had there. */
  readonly name: string;
  /** Why, as a part of a sentence. */
  readonly reason: string;
  /** How many members are left. */
  readonly members: number;
}

/** A peer that listens to the room without being a member was cut off, because it took too little. */
export interface ListenerDroppedEvent {
  /** Tells the events apart. */
  readonly event: "listenerDropped";
  /** Who. */
  readonly peer: PeerInfo;
  /** Why, as a part of a sentence. */
  readonly reason: string;
}

/** A member has another name. */
export interface RenamedEvent {
  /** Tells the events apart. */
  readonly event: "renamed";
  /** Who. */
  readonly peer: PeerInfo;
  /** The name that it has now. */
  readonly name: string;
  /** The name that it had. */
  readonly before: string;
}

/** Somebody has said something, or offered a file, and it is on the disk. What it was is not told. */
export interface RoomMessageEvent {
  /** Tells the events apart. */
  readonly event: "message";
  /** Who. */
  readonly peer: PeerInfo;
  /** By which name. */
  readonly name: string;
  /** The id of what was said, or of the file. */
  readonly id: string;
  /** The number that it has among the room's events. */
  readonly number: number;
  /** A text or a file. */
  readonly type: "text" | "file";
  /** How long it is. */
  readonly bytes: number;
  /** It was there before. */
  readonly duplicate: boolean;
}

/** The server begins to stop. */
export interface DrainingEvent {
  /** Tells the events apart. */
  readonly event: "draining";
  /** Peers that are connected. */
  readonly connections: number;
  /** Requests that are running. */
  readonly running: number;
}

/** Something failed in the server. */
export interface FaultEvent {
  /** Tells the events apart. */
  readonly event: "fault";
  /** What was being done, as the end of "Cannot ...". */
  readonly doing: string;
  /** Why it failed. */
  readonly error: unknown;
}

/** Anything that happens. */
export type HubEvent =
  | ConnectedEvent
  | DisconnectedEvent
  | SealedEvent
  | RequestEvent
  | RefusedEvent
  | TurnedAwayEvent
  | DroppedEvent
  | ManifestEvent
  | DocumentEvent
  | FileEvent
  | LeftoversEvent
  | CameEvent
  | LeftEvent
  | MemberDroppedEvent
  | ListenerDroppedEvent
  | RenamedEvent
  | RoomMessageEvent
  | DrainingEvent
  | FaultEvent;
