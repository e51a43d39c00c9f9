import { formatHostPort, isLoopback } from "../endpoint.ts";
import type { Hub } from "../hub/hub.ts";
import { Peer } from "../hub/peer.ts";
import { Throttle } from "../hub/throttle.ts";
import {
  MAX_NEW_UDP_PEERS_PER_SECOND,
  MAX_UDP_ACTING_PER_PEER,
  MAX_UDP_MESSAGES_PER_SECOND,
  MAX_UDP_PEERS,
  UDP_PEER_IDLE_MS,
} from "../limits/udp.ts";
import type { Refusal } from "../wire/messages.ts";
import type { Sender } from "./udp_socket.ts";

/** How many peers there may be, and for how long. */
export interface UdpPeersOptions {
  /** Peers at once. Default: {@linkcode MAX_UDP_PEERS}. */
  maxPeers?: number;
  /** New ones in a second. Default: {@linkcode MAX_NEW_UDP_PEERS_PER_SECOND}. */
  maxNewPerSecond?: number;
  /** Messages of one in a second. Default: {@linkcode MAX_UDP_MESSAGES_PER_SECOND}. */
  maxMessagesPerSecond?: number;
  /** Time without a message after which one has gone. Default: {@linkcode UDP_PEER_IDLE_MS}. */
  idleMs?: number;
}

/** Somebody who sends tokens of our key from one address and port. */
export class UdpPeer {
  /** Who it is to the hub. */
  readonly peer: Peer;
  /** Its messages that are acted on, and whose answers are not sent. */
  acting = 0;
  /** When its last message came, on the clock of `performance.now()`. */
  seenMs: number;
  readonly #hub: Hub;
  readonly #messages: Throttle;

  /** Takes who it is, to which hub, when its first message came, and how many may come in a second. */
  constructor(peer: Peer, hub: Hub, nowMs: number, maxMessagesPerSecond: number) {
    this.peer = peer;
    this.seenMs = nowMs;
    this.#hub = hub;
    this.#messages = new Throttle(maxMessagesPerSecond, 1_000);
  }

  /**
   * One more message has come. Gives why it is dropped, if it is: there is no connection to close when
   * too much of a peer was refused, so it gets no answer until it was silent and has gone.
   */
  dropWhy(nowMs: number): string | undefined {
    if (this.acting >= MAX_UDP_ACTING_PER_PEER) {
      return `${MAX_UDP_ACTING_PER_PEER} messages of it were being acted on`;
    }
    if (this.#hub.isHopeless(this.peer)) return "too much of it was refused";
    if (this.#messages.admit(nowMs) === undefined) {
      return "too many messages came of it in a second";
    }
    return undefined;
  }
}

/**
 * Who sends tokens. A peer begins with its first token and ends when it was silent for long: UDP has
 * no other beginning and no end. Whoever has sent nothing but junk is nobody.
 */
export class UdpPeers {
  readonly #hub: Hub;
  readonly #dialect: string;
  readonly #options: Required<UdpPeersOptions>;
  readonly #new: Throttle;
  /** By their addresses; who was silent for longest comes first. */
  readonly #peers = new Map<string, UdpPeer>();

  /** Takes whose peers they are, and by which dialect they come. */
  constructor(hub: Hub, dialect: string, options: UdpPeersOptions = {}) {
    this.#hub = hub;
    this.#dialect = dialect;
    this.#options = {
      maxPeers: options.maxPeers ?? MAX_UDP_PEERS,
      maxNewPerSecond: options.maxNewPerSecond ?? MAX_NEW_UDP_PEERS_PER_SECOND,
      maxMessagesPerSecond: options.maxMessagesPerSecond ?? MAX_UDP_MESSAGES_PER_SECOND,
      idleMs: options.idleMs ?? UDP_PEER_IDLE_MS,
    };
    this.#new = new Throttle(this.#options.maxNewPerSecond, 1_000);
  }

  /**
   * The peer who has sent a token that opens.
   *
   * @returns it; why the hub does not take it; or `undefined` when too many new ones come at once.
   */
  of({ host, port }: Sender, nowMs: number): UdpPeer | Refusal | undefined {
    const address = formatHostPort(host, port);
    const known = this.#peers.get(address);
    if (known !== undefined) {
      known.seenMs = nowMs;
      // Behind the others.
      this.#peers.delete(address);
      this.#peers.set(address, known);
      return known;
    }
    if (this.#new.admit(nowMs) === undefined) return undefined;
    const peer = this.#hub.connect({
      dialect: this.#dialect,
      address,
      host,
      isLoopback: isLoopback(host),
    });
    if (!(peer instanceof Peer)) return peer;
    // Nobody has to go for one that is not taken.
    if (this.#peers.size >= this.#options.maxPeers) this.#makeRoom();
    const made = new UdpPeer(peer, this.#hub, nowMs, this.#options.maxMessagesPerSecond);
    this.#peers.set(address, made);
    return made;
  }

  /** Lets those go who were silent for long. */
  checkTimes(nowMs: number): void {
    const { idleMs } = this.#options;
    for (const peer of this.#peers.values()) {
      if (nowMs - peer.seenMs <= idleMs) return;
      this.#leave(peer, `it was silent for ${idleMs} ms`);
    }
  }

  /** Lets all go, for a reason that is part of a sentence. */
  leaveAll(reason: string): void {
    for (const peer of this.#peers.values()) this.#leave(peer, reason);
  }

  #makeRoom(): void {
    const [longest] = this.#peers.values();
    this.#leave(longest!, `it made room for another: ${this.#options.maxPeers} are served at once`);
  }

  #leave({ peer }: UdpPeer, reason: string): void {
    this.#peers.delete(peer.info.address);
    this.#hub.leave(peer, reason);
  }
}
