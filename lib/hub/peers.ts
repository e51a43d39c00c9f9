import { MAX_TOLD_TURNED_AWAY_PER_MINUTE } from "../limits/connections.ts";
import { type Refusal, RefusalCode } from "../wire/messages.ts";
import type { HubEvent } from "./events.ts";
import type { Denial, Gate } from "./gate.ts";
import { Peer, type PeerInfo } from "./peer.ts";
import type { Tally } from "./tally.ts";
import { Throttle } from "./throttle.ts";

/** Who may come in, how many, and who is told. */
export interface PeersOptions {
  /** Decides who may come in. */
  gate: Gate;
  /** Peers at once. */
  maxConnections: number;
  /** Is told what happens. */
  onEvent: (event: HubEvent) => void;
  /** Counts those that come, and those that are turned away. */
  tally: Tally;
}

/** Who is connected: takes peers, and turns others away. */
export class Peers {
  readonly #options: PeersOptions;
  readonly #peers = new Set<Peer>();
  readonly #turnedAway = new Throttle(MAX_TOLD_TURNED_AWAY_PER_MINUTE, 60_000);

  /** Takes who may come in, and the bound. */
  constructor(options: PeersOptions) {
    this.#options = options;
  }

  /** How many there are. */
  get size(): number {
    return this.#peers.size;
  }

  /** All that there are. */
  [Symbol.iterator](): Iterator<Peer> {
    return this.#peers.values();
  }

  /** Takes a new peer, or says why not: because of `denial`, if there is one. */
  connect(info: PeerInfo, denial: Denial | undefined): Peer | Refusal {
    const why = denial ?? this.#deny(info);
    if (why !== undefined) {
      const [code, text] = why;
      this.turnedAway(info.dialect, info.address, `was told: ${text}`);
      return { kind: "refusal", code, text };
    }
    const peer = new Peer(info, this.#options.tally.of(info.dialect));
    this.#peers.add(peer);
    this.#options.onEvent({ event: "connected", peer: info, connections: this.#peers.size });
    return peer;
  }

  #deny(info: PeerInfo): Denial | undefined {
    const { maxConnections, gate } = this.#options;
    if (this.#peers.size < maxConnections) return gate.enter(info);
    return [
      RefusalCode.tooManyConnections,
      `This server serves ${maxConnections} connections at once. Try again later.`,
    ];
  }

  /**
   * Tells the world that a connection came to nothing before there was a peer; why is a part of a
   * sentence that begins with the other side.
   */
  turnedAway(dialect: string, address: string, why: string): void {
    this.#options.tally.of(dialect).turnedAway++;
    const untold = this.#turnedAway.admit(performance.now());
    if (untold === undefined) return;
    this.#options.onEvent({ event: "turnedAway", dialect, address, why, untold });
  }

  /** A peer has gone; false when it had gone before. */
  remove(peer: Peer): boolean {
    if (!this.#peers.delete(peer)) return false;
    this.#options.gate.leave(peer.info);
    return true;
  }
}
