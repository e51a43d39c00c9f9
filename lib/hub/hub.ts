/**
 * What a server is, without sockets and without bytes: who is connected, what is answered, what is
 * kept, and how it stops.
 *
 * @module
 */

import {
  DRAIN_TIMEOUT_MS,
  MAX_CONNECTIONS,
  MAX_REFUSALS,
  MAX_SLEEPING,
  MAX_STORING,
  MAX_TOLD_REFUSALS,
  MAX_TOLD_TURNED_AWAY_PER_MINUTE,
} from "../limits.ts";
import { ConflictError, type Store } from "../store/store.ts";
import {
  type Manifest,
  type Message,
  type Received,
  type Refusal,
  RefusalCode,
  type ShutdownReport,
  type SlowRequest,
  type SlowResponse,
} from "../wire/messages.ts";
import { Clock } from "./clock.ts";
import type { HubEvent } from "./events.ts";
import { type Denial, Gate, type GateOptions } from "./gate.ts";
import { manifestProblem } from "./manifest_rules.ts";
import { Peer, type PeerInfo } from "./peer.ts";
import { Throttle } from "./throttle.ts";
import { Sleep } from "../sleep.ts";

/** What a hub is made of and bounded by. */
export interface HubOptions extends GateOptions {
  /** Where manifests are kept. The hub does not close it. */
  store: Store;
  /** Is told what happens, at once; must not throw. */
  onEvent: (event: HubEvent) => void;
  /** Peers at once. Default: {@linkcode MAX_CONNECTIONS}. */
  maxConnections?: number;
  /** Slow requests asleep for one peer. Default: {@linkcode MAX_SLEEPING}. */
  maxSleeping?: number;
  /** Manifests of one peer on their way to the disk. Default: {@linkcode MAX_STORING}. */
  maxStoring?: number;
  /** Refusals of one peer before it is sent away. Default: {@linkcode MAX_REFUSALS}. */
  maxRefusals?: number;
  /** What running requests get when the server stops. Default: {@linkcode DRAIN_TIMEOUT_MS}. */
  drainTimeoutMs?: number;
  /** Tell each request. Default: false. */
  traceRequests?: boolean;
}

/** A message, a promise of one, or nothing. A promise gives nothing when the peer has left. */
export type Answer = Message | Promise<Message | undefined> | undefined;

/** The heart of a server, the same for every listener. */
export class Hub {
  readonly #store: Store;
  readonly #onEvent: (event: HubEvent) => void;
  readonly #maxConnections: number;
  readonly #maxSleeping: number;
  readonly #maxStoring: number;
  readonly #maxRefusals: number;
  readonly #drainTimeoutMs: number;
  readonly #traceRequests: boolean;
  readonly #clock = new Clock();
  /** Who may come in and who is trusted. */
  readonly gate: Gate;
  readonly #turnedAway = new Throttle(MAX_TOLD_TURNED_AWAY_PER_MINUTE, 60_000);
  readonly #peers = new Set<Peer>();
  readonly #draining = new AbortController();
  readonly #stopped = new AbortController();
  /** The same as the signal, which is too slow to ask for each message. */
  #isDraining = false;
  #drained: Promise<ShutdownReport> | undefined;
  #endDrain: (() => void) | undefined;
  /** Requests whose answer is a promise that is still open. */
  #running = 0;
  /** Promised answers that were given: not those to peers that had left. */
  #answered = 0;

  /** Takes the store, who is told what happens, and the bounds. */
  constructor(options: HubOptions) {
    this.#store = options.store;
    this.#onEvent = options.onEvent;
    this.#maxConnections = options.maxConnections ?? MAX_CONNECTIONS;
    this.#maxSleeping = options.maxSleeping ?? MAX_SLEEPING;
    this.#maxStoring = options.maxStoring ?? MAX_STORING;
    this.#maxRefusals = options.maxRefusals ?? MAX_REFUSALS;
    this.#drainTimeoutMs = options.drainTimeoutMs ?? DRAIN_TIMEOUT_MS;
    this.#traceRequests = options.traceRequests ?? false;
    this.gate = new Gate(options);
  }

  /** Aborted when the server begins to stop: take no new peers. */
  get draining(): AbortSignal {
    return this.#draining.signal;
  }

  /** Aborted when all that was running has been answered: send what waits and close. */
  get stopped(): AbortSignal {
    return this.#stopped.signal;
  }

  /** Takes a new peer, or says why not. */
  connect(info: PeerInfo): Peer | Refusal {
    const denial = this.#deny(info);
    if (denial !== undefined) {
      const [code, text] = denial;
      this.turnedAway(info.dialect, info.address, `was told: ${text}`);
      return { kind: "refusal", code, text };
    }
    const peer = new Peer(info);
    this.#peers.add(peer);
    this.#onEvent({ event: "connected", peer: info, connections: this.#peers.size });
    return peer;
  }

  #deny(info: PeerInfo): Denial | undefined {
    if (this.#isDraining) return STOPPING;
    if (this.#peers.size >= this.#maxConnections) {
      return [
        RefusalCode.tooManyConnections,
        `This server serves ${this.#maxConnections} connections at once. Try again later.`,
      ];
    }
    return this.gate.enter(info);
  }

  /**
   * Tells the world that a connection came to nothing before there was a peer; why is a part of a
   * sentence that begins with the other side.
   */
  turnedAway(dialect: string, address: string, why: string): void {
    const untold = this.#turnedAway.admit(performance.now());
    if (untold === undefined) return;
    this.#onEvent({ event: "turnedAway", dialect, address, why, untold });
  }

  /** A peer has gone, for a reason that is part of a sentence. Its sleeping requests end. */
  leave(peer: Peer, reason: string): void {
    if (!this.#peers.delete(peer)) return;
    this.gate.leave(peer.info);
    for (const [sleep, answer] of peer.sleeping) {
      sleep.cancel();
      answer(undefined);
    }
    peer.sleeping.clear();
    const connections = this.#peers.size;
    this.#onEvent({ event: "disconnected", peer: peer.info, reason, connections });
  }

  /** Tells the world that a listener refused something, and makes the message that says so. */
  refuse(peer: Peer, code: RefusalCode, text: string, id?: string): Refusal {
    // A peer that sends nothing but nonsense must not fill the log.
    if (++peer.refusals <= MAX_TOLD_REFUSALS) {
      this.#onEvent({ event: "refused", peer: peer.info, code, text });
    }
    return { kind: "refusal", code, text, ...(id === undefined ? {} : { id }) };
  }

  /** The key that a peer may begin a sealed session with, or why it may not. */
  greet(peer: Peer): Uint8Array | Refusal {
    const answer = this.gate.greet(peer, performance.now());
    return answer instanceof Uint8Array ? answer : this.refuse(peer, ...answer);
  }

  /** A peer has proved that it has the key. */
  prove(peer: Peer): void {
    this.gate.prove(peer);
    this.#onEvent({ event: "sealed", peer: peer.info });
  }

  /** Whether a peer has been refused so much that it is better sent away. */
  isHopeless(peer: Peer): boolean {
    return peer.refusals > this.#maxRefusals;
  }

  /** Tells the world that a listener failed at something that concerns no single peer. */
  fault(doing: string, error: unknown): void {
    this.#onEvent({ event: "fault", doing, error });
  }

  /**
   * Acts on what a peer says at `nowMs` milliseconds since the Unix epoch. The time is the
   * listener's, which reads the clock once for all that one read brought.
   */
  handle(peer: Peer, message: Received, nowMs: number): Answer {
    if (this.#traceRequests) {
      this.#onEvent({ event: "request", peer: peer.info, kind: message.kind });
    }
    // To refuse a refusal could go on for ever.
    if (message.kind === "refusal") return undefined;
    if (this.#isDraining) return this.refuse(peer, ...STOPPING);
    switch (message.kind) {
      case "fastRequest":
        return this.#clock.fastResponse(nowMs);
      case "slowRequest":
        return this.#sleep(peer, message);
      case "manifest":
        return this.#keep(peer, message);
      case "shutdown":
        return this.#shutDown(peer);
      case "empty":
        return peer.isProven ? message : this.#refuseKind(peer);
      case "fastResponse":
      case "slowResponse":
      case "receipt":
      case "shutdownReport":
      case "hello":
      case "welcome":
      case "sealed":
      case "unknown":
        return this.#refuseKind(peer);
    }
  }

  #refuseKind(peer: Peer): Refusal {
    const text = "This server does not answer messages of that kind.";
    return this.refuse(peer, RefusalCode.unsupported, text);
  }

  #sleep(peer: Peer, { seconds }: SlowRequest): Answer {
    const answer: SlowResponse = { kind: "slowResponse", connectedClientCount: this.#peers.size };
    if (seconds === 0) return answer;
    if (peer.sleeping.size >= this.#maxSleeping) {
      return this.refuse(
        peer,
        RefusalCode.tooManySleeping,
        `${this.#maxSleeping} slow requests of this connection are waiting already.`,
      );
    }
    return this.#run(
      new Promise((resolve) => {
        const sleep = new Sleep(seconds * 1000, () => {
          peer.sleeping.delete(sleep);
          resolve(answer);
        });
        peer.sleeping.set(sleep, resolve);
      }),
    );
  }

  #keep(peer: Peer, manifest: Manifest): Answer {
    const refuse = (...denial: Denial) => this.refuse(peer, ...denial, manifest.id);
    const denial = this.gate.keep(peer);
    if (denial !== undefined) return refuse(...denial);
    const problem = manifestProblem(manifest);
    if (problem !== undefined) return refuse(RefusalCode.invalid, problem);
    if (peer.storing >= this.#maxStoring) {
      return refuse(
        RefusalCode.failed,
        `${this.#maxStoring} manifests of this connection are being stored already.`,
      );
    }
    peer.storing++;
    return this.#run(
      this.#store.addManifest(manifest).then((added): Message => {
        this.#onEvent({ event: "manifest", peer: peer.info, manifest, ...added });
        return { kind: "receipt", id: manifest.id, ...added };
      }, (error): Message => {
        if (error instanceof ConflictError) {
          return refuse(RefusalCode.invalid, `${error.message}, which says something else.`);
        }
        this.#onEvent({ event: "fault", doing: `store the manifest ${manifest.id}`, error });
        return refuse(RefusalCode.failed, "The server could not store it. Try again later.");
      }).finally(() => peer.storing--),
    );
  }

  #shutDown(peer: Peer): Answer {
    const denial = this.gate.shutDown(peer);
    return denial === undefined ? this.drain() : this.refuse(peer, ...denial);
  }

  /**
   * Stops: no new peers and no new requests; requests that can be answered in time are, the others
   * are refused at once. Resolves with what was done; then {@linkcode stopped} is aborted.
   */
  drain(): Promise<ShutdownReport> {
    this.#drained ??= this.#drain();
    return this.#drained;
  }

  async #drain(): Promise<ShutdownReport> {
    const startMs = performance.now();
    const connections = this.#peers.size;
    const answeredBefore = this.#answered;
    this.#onEvent({ event: "draining", connections, running: this.#running });
    this.#isDraining = true;
    this.#draining.abort();
    const abandoned = this.#abandonLongSleeps(startMs + this.#drainTimeoutMs);
    await new Promise<void>((resolve) => {
      this.#endDrain = resolve;
      this.#checkDrained();
    });
    // In a turn of its own: the answers are with their listeners before those are told to close.
    setTimeout(() => this.#stopped.abort());
    return {
      kind: "shutdownReport",
      connections,
      finished: this.#answered - answeredBefore - abandoned,
      abandoned,
      tookMs: Math.round(performance.now() - startMs),
    };
  }

  #abandonLongSleeps(deadlineMs: number): number {
    let abandoned = 0;
    for (const peer of this.#peers) {
      for (const [sleep, answer] of peer.sleeping) {
        if (sleep.endsAtMs <= deadlineMs) continue;
        sleep.cancel();
        peer.sleeping.delete(sleep);
        answer(this.refuse(peer, ...STOPPING));
        abandoned++;
      }
    }
    return abandoned;
  }

  async #run(answer: Promise<Message | undefined>): Promise<Message | undefined> {
    this.#running++;
    const message = await answer;
    this.#running--;
    if (message !== undefined) this.#answered++;
    this.#checkDrained();
    return message;
  }

  #checkDrained(): void {
    if (this.#running === 0) this.#endDrain?.();
  }
}

const STOPPING = [RefusalCode.shuttingDown, "This server is stopping."] as const;
