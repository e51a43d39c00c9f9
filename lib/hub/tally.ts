import { DurationCounts } from "../duration_counts.ts";
import { RefusalCode } from "../wire/messages.ts";
import type { HubEvent } from "./events.ts";
import { HttpTally } from "./http_tally.ts";
import { MessageCounts, TokenCounts } from "./request_counts.ts";

/** The dialects that are counted each for itself. */
export const DIALECTS = ["chat", "dict", "http", "tcp", "tls", "udp"] as const;

/** One of {@linkcode DIALECTS}, or any other. */
export type CountedDialect = (typeof DIALECTS)[number] | "other";

/** How often something that was to be kept was new, and how often it was there before. */
export type Kept = Record<"new" | "duplicate", number>;

/**
 * What is counted of all peers of one dialect, since the server started. Listeners add what only
 * they see: the bytes.
 */
export class DialectTally {
  /** Peers that are connected now. */
  open = 0;
  /** Peers that have come. */
  connections = 0;
  /** Of those, peers that have proved that they have the key. */
  proven = 0;
  /** Connections that came to nothing before there was a peer. */
  turnedAway = 0;
  /** What has come and was dropped without an answer, junk without one included. */
  dropped = 0;
  /** Bytes that have come from peers, before they are decoded and after TLS. */
  receivedBytes = 0;
  /** Bytes that peers have taken. */
  sentBytes = 0;
  /** Requests in the protocol of proto/wagons.proto. */
  readonly messages: MessageCounts = new MessageCounts();
  /** Requests in tokens. */
  readonly tokens: TokenCounts = new TokenCounts();
}

/** What has come and did not open: bodies of HTTP requests, UDP datagrams, frames of WebSockets. */
export type Junk = Record<"body" | "datagram" | "frame", number>;

/**
 * What a server counts, from its start: plain numbers, which whoever sees something happen adds to
 * in place. A text is made of them only when somebody asks; see `renderMetrics`.
 */
export class Tally {
  readonly #dialects: Readonly<Record<CountedDialect, DialectTally>> = {
    chat: new DialectTally(),
    dict: new DialectTally(),
    http: new DialectTally(),
    tcp: new DialectTally(),
    tls: new DialectTally(),
    udp: new DialectTally(),
    other: new DialectTally(),
  };
  /** What is particular to HTTP. */
  readonly http: HttpTally = new HttpTally();
  /** Whoever cannot open something adds to it. */
  readonly junk: Junk = { body: 0, datagram: 0, frame: 0 };
  /** Refusals that peers were told, by their code. */
  readonly refusals: number[] = new Array(Object.keys(RefusalCode).length).fill(0);
  /** Manifests that were stored, or were there. */
  readonly manifests: Kept = { new: 0, duplicate: 0 };
  /** The same of documents. */
  readonly documents: Kept = { new: 0, duplicate: 0 };
  /** The same of files. */
  readonly files: Kept = { new: 0, duplicate: 0 };
  /** The same of texts that were said in the room. */
  readonly texts: Kept = { new: 0, duplicate: 0 };
  /** The same of files that were offered there. */
  readonly offers: Kept = { new: 0, duplicate: 0 };
  /** How long it took until what was said was with all who hear it, or was refused by the store. */
  readonly saying: DurationCounts = new DurationCounts();
  /** Who was put out of the room because they took its events too slowly. */
  readonly dropped: Record<"member" | "listener", number> = { member: 0, listener: 0 };
  /** What failed in the server. */
  faults = 0;

  /** The tally of a dialect, to hold on to: peers have it at hand. */
  of(dialect: string): DialectTally {
    return this.#dialects[isCounted(dialect) ? dialect : "other"];
  }

  /** Each dialect and its tally. */
  get dialects(): [CountedDialect, DialectTally][] {
    return Object.entries(this.#dialects) as [CountedDialect, DialectTally][];
  }

  /** Counts what the hub tells. What it tells only in part is counted where it happens. */
  observe(event: HubEvent): void {
    switch (event.event) {
      case "connected": {
        const dialect = this.of(event.peer.dialect);
        dialect.open++;
        dialect.connections++;
        break;
      }
      case "disconnected":
        this.of(event.peer.dialect).open--;
        break;
      case "sealed":
        this.of(event.peer.dialect).proven++;
        break;
      case "manifest":
        countKept(this.manifests, event.duplicate);
        break;
      case "document":
        countKept(this.documents, event.duplicate);
        break;
      case "file":
        countKept(this.files, event.duplicate);
        break;
      case "message":
        countKept(event.type === "text" ? this.texts : this.offers, event.duplicate);
        break;
      case "memberDropped":
        this.dropped.member++;
        break;
      case "listenerDropped":
        this.dropped.listener++;
        break;
      case "fault":
        this.faults++;
        break;
    }
  }
}

function isCounted(dialect: string): dialect is (typeof DIALECTS)[number] {
  return (DIALECTS as readonly string[]).includes(dialect);
}

function countKept(kept: Kept, isDuplicate: boolean): void {
  if (isDuplicate) kept.duplicate++;
  else kept.new++;
}
