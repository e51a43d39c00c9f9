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
  MAX_TOLD_DROPPED_PER_MINUTE,
  MAX_TOLD_REFUSALS,
} from "../limits/connections.ts";
import { MAX_CHUNK_BYTES, MAX_FILE_BYTES } from "../limits/files.ts";
import { MAX_ANNOUNCED_PER_SECOND } from "../limits/room.ts";
import type { StoreWrites } from "../store/store_writes.ts";
import { type Received, type Refusal, RefusalCode, type ShutdownReport } from "../wire/messages.ts";
import { TokenSeal } from "../token_seal.ts";
import type { Answer } from "./answer.ts";
import { Clock } from "./clock.ts";
import { Dictionaries } from "./dictionaries.ts";
import { DictionaryTurns } from "./dictionary_turns.ts";
import type { HubEvent, RequestEvent } from "./events.ts";
import { type FileRequest, Files } from "./files.ts";
import { Gate } from "./gate.ts";
import type { HubOptions } from "./hub_options.ts";
import { ServerIdentity } from "./identity.ts";
import { InlineFiles } from "./inline_files.ts";
import { Keeping } from "./keeping.ts";
import { ManifestRequests } from "./manifest_requests.ts";
import { SERVER_NAME } from "./member_name.ts";
import type { Peer, PeerInfo } from "./peer.ts";
import { Parcels } from "./parcels.ts";
import { Peers } from "./peers.ts";
import { Room } from "./room.ts";
import { RoomRequests } from "./room_requests.ts";
import { Running } from "./running.ts";
import { SlowRequests } from "./slow_requests.ts";
import { STOPPING, Stopping } from "./stopping.ts";
import { Tally } from "./tally.ts";
import { Throttle } from "./throttle.ts";
import { TokenDictionaries } from "./token_dictionaries.ts";
import { TokenRelay } from "./token_relay.ts";
import { TokenRequests } from "./token_requests.ts";

/** The heart of a server, the same for every listener. */
export class Hub {
  readonly #slow: SlowRequests;
  readonly #manifests: ManifestRequests;
  /** When dictionaries are read that came in a dialect of their own. */
  readonly dictionaryTurns: DictionaryTurns = new DictionaryTurns();
  /** Dictionaries in whatever format. Dialects that have no message for them keep them here. */
  readonly dictionaries: Dictionaries;
  /** The same of such that came with tokens of the key. */
  readonly tokenDictionaries: TokenDictionaries;
  readonly #files: Files;
  /** Files of dialects that have no messages for them. */
  readonly inlineFiles: InlineFiles;
  /** Dictionaries with files behind them. */
  readonly parcels: Parcels;
  readonly #onEvent: (event: HubEvent) => void;
  readonly #maxRefusals: number;
  readonly #drainTimeoutMs: number;
  readonly #traceRequests: boolean;
  readonly #clock = new Clock();
  /** Who may come in and who is trusted. */
  readonly gate: Gate;
  /** The one room. Dialects that have no message for it enter it here. */
  readonly room: Room;
  readonly #roomRequests: RoomRequests;
  /** Who this server is. */
  readonly identity: ServerIdentity;
  /** Opens and seals tokens of system B; `undefined` without a key. */
  readonly seal: TokenSeal | undefined;
  /** What comes as tokens of system B. */
  readonly tokens: TokenRequests;
  /** Hands on what is for the programs at the other ends alone. */
  readonly relay: TokenRelay = new TokenRelay();
  /** What the server counts. Listeners add what only they see. */
  readonly tally: Tally = new Tally();
  /** What is known of the store's writes. */
  readonly writes: StoreWrites;
  readonly #peers: Peers;
  readonly #dropped = new Throttle(MAX_TOLD_DROPPED_PER_MINUTE, 60_000);
  readonly #stopping = new Stopping();
  /** Requests whose answer is a promise that is still open. */
  readonly #running = new Running();

  /** Takes the store, who is told what happens, and the bounds. */
  constructor(options: HubOptions) {
    const { store, key, tokenLifeMs: lifeMs } = options;
    const { tally } = this;
    const onEvent = (event: HubEvent) => {
      tally.observe(event);
      options.onEvent(event);
    };
    this.#onEvent = onEvent;
    this.writes = store.writes;
    this.#maxRefusals = options.maxRefusals ?? MAX_REFUSALS;
    this.#drainTimeoutMs = options.drainTimeoutMs ?? DRAIN_TIMEOUT_MS;
    this.#traceRequests = options.traceRequests ?? false;
    this.gate = new Gate(options);
    const { maxConnections = MAX_CONNECTIONS, maxSleeping = MAX_SLEEPING } = options;
    this.#peers = new Peers({ gate: this.gate, maxConnections, onEvent, tally });
    const refuse = this.refuse.bind(this);
    const running = this.#running;
    this.#slow = new SlowRequests({ maxSleeping, refuse, running });
    const { maxStoring = MAX_STORING, announcedPerSecond = MAX_ANNOUNCED_PER_SECOND } = options;
    const { gate } = this;
    const stopping = () => this.#stopping.denial;
    const keeping = new Keeping({ gate, stopping, maxStoring, refuse, onEvent, running });
    const manifests = new ManifestRequests(store, keeping);
    this.#manifests = manifests;
    const { dictionaryTurns: turns } = this;
    const dictionaries = new Dictionaries({ store, gate, keeping, manifests, turns, refuse });
    this.dictionaries = dictionaries;
    this.tokenDictionaries = new TokenDictionaries({ store, dictionaries, refuse, onEvent });
    const deny = (peer: Peer) => stopping() ?? gate.chat(peer);
    const denyListener = (peer: Peer) => stopping() ?? gate.listen(peer);
    const nowMs = Date.now;
    const bounds = { running, announcedPerSecond, durations: tally.saying };
    this.identity = new ServerIdentity(options.name ?? SERVER_NAME);
    const serverName = this.identity.name;
    this.room = new Room({ store, serverName, nowMs, onEvent, deny, denyListener, ...bounds });
    this.#roomRequests = new RoomRequests(this, running);
    const onNoMessage = (id: string) => this.tokens.useUp(id);
    this.seal = key && new TokenSeal(key, { isServer: true, lifeMs, onNoMessage });
    this.tokens = new TokenRequests({
      goodForMs: this.seal?.goodForMs ?? 0,
      prove: (peer) => this.prove(peer),
      identity: this.identity,
      room: this.room,
      manifests: this.#manifests,
      nowMs,
      stopping,
      refuse,
      onRequest: (peer, kind) => this.#trace(peer, kind),
    });
    const { maxFileBytes = MAX_FILE_BYTES } = options;
    this.inlineFiles = new InlineFiles({ store, maxFileBytes, onEvent, deny });
    this.parcels = new Parcels(this, {
      fileName: options.dictFileName,
      stopping,
      refuse,
      running,
      nowMs,
    });
    this.#files = new Files(gate, {
      store,
      maxFileBytes,
      maxChunkBytes: options.maxChunkBytes ?? MAX_CHUNK_BYTES,
      refuse,
      onEvent,
    });
  }

  /** Aborted when the server begins to stop: take no new peers. */
  get draining(): AbortSignal {
    return this.#stopping.draining;
  }

  /** Aborted when all that was running has been answered: send what waits and close. */
  get stopped(): AbortSignal {
    return this.#stopping.stopped;
  }

  /** Requests whose answer is still open. */
  get running(): number {
    return this.#running.count;
  }

  /** Takes a new peer, or says why not. */
  connect(info: PeerInfo): Peer | Refusal {
    return this.#peers.connect(info, this.#stopping.denial);
  }

  /**
   * Tells the world that a connection came to nothing before there was a peer; why is a part of a
   * sentence that begins with the other side.
   */
  turnedAway(dialect: string, address: string, why: string): void {
    this.#peers.turnedAway(dialect, address, why);
  }

  /**
   * Tells the world that something came for which nothing is done, and why, as a sentence. What is
   * often so is told a few times only. It is counted where it is not even answered.
   */
  dropped(dialect: string, address: string, why: string, isAnswered = false): void {
    if (!isAnswered) this.tally.of(dialect).dropped++;
    const untold = this.#dropped.admit(performance.now());
    if (untold === undefined) return;
    this.#onEvent({ event: "dropped", dialect, address, why, untold });
  }

  /** A peer has gone, for a reason that is part of a sentence. Its sleeping requests end. */
  leave(peer: Peer, reason: string): void {
    if (!this.#peers.remove(peer)) return;
    this.room.leave(peer, reason);
    this.#slow.cutShort(peer, -Infinity, () => undefined);
    this.#files.leave(peer);
    const connections = this.#peers.size;
    this.#onEvent({ event: "disconnected", peer: peer.info, reason, connections });
  }

  /** Tells the world that a listener refused something, and makes the message that says so. */
  refuse(peer: Peer, code: RefusalCode, text: string, id?: string): Refusal {
    this.tally.refusals[code]!++;
    this.#tellRefused(peer, code, text);
    return { kind: "refusal", code, text, ...(id === undefined ? {} : { id }) };
  }

  /** Tells the world that a peer sent something that is not answered, and why, as a sentence. */
  ignore(peer: Peer, code: RefusalCode, text: string): void {
    peer.tally.dropped++;
    this.#tellRefused(peer, code, text);
  }

  #tellRefused(peer: Peer, code: RefusalCode, text: string): void {
    // A peer that sends nothing but nonsense must not fill the log.
    if (++peer.refusals > MAX_TOLD_REFUSALS) return;
    this.#onEvent({ event: "refused", peer: peer.info, code, text });
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

  /**
   * Resolves when more may be read of a peer; `undefined`: now. What it has sent may be waiting for
   * the disk, or for its turn.
   */
  whenReady(peer: Peer): Promise<void> | undefined {
    return this.#files.whenReady(peer) ?? this.dictionaries.whenReady(peer);
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
    peer.tally.messages.count(message.kind);
    this.#trace(peer, message.kind);
    // To refuse a refusal could go on for ever.
    if (message.kind === "refusal") return undefined;
    // A chunk of a file may be one of many: the first that is refused ends them all.
    if (this.#stopping.hasBegun && message.kind !== "fileChunk") {
      return this.#refuseStopping(peer, message);
    }
    switch (message.kind) {
      case "fastRequest":
        return this.#clock.fastResponse(nowMs);
      case "slowRequest":
        return this.#slow.answer(peer, message, this.#peers.size);
      case "manifest":
        return this.#manifests.keep(peer, message);
      case "document":
        return this.dictionaries.handle(peer, message);
      case "join":
      case "say":
      case "who":
      case "historyRequest":
        return this.#roomRequests.handle(peer, message);
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
      case "joined":
      case "roomEvent":
      case "history":
      case "members":
      case "fileProgress":
      case "fileList":
      case "fileInfo":
        return this.#refuseKind(peer);
      case "putFile":
      case "fileChunk":
      case "listFiles":
      case "findFile":
      case "readFile":
        return this.#serveFile(peer, message);
    }
  }

  #trace({ info }: Peer, kind: RequestEvent["kind"]): void {
    if (this.#traceRequests) this.#onEvent({ event: "request", peer: info, kind });
  }

  #refuseKind(peer: Peer): Refusal {
    const text = "This server does not answer messages of that kind.";
    return this.refuse(peer, RefusalCode.unsupported, text);
  }

  #serveFile(peer: Peer, message: FileRequest): Answer {
    const answer = this.#files.handle(peer, message);
    if (answer instanceof Promise) return this.#running.run(answer);
    if (answer?.kind !== "lazy") return answer;
    const make = () => {
      if (this.#stopping.hasBegun) return Promise.resolve(this.#refuseStopping(peer, message));
      return this.#running.run(answer.make());
    };
    return { kind: "lazy", make };
  }

  #refuseStopping(peer: Peer, message: Received): Refusal {
    return this.refuse(peer, ...STOPPING, "id" in message ? message.id : undefined);
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
    return this.#stopping.begin(() => this.#finish());
  }

  async #finish(): Promise<ShutdownReport> {
    const startMs = performance.now();
    const connections = this.#peers.size;
    const answeredBefore = this.#running.answered;
    this.#onEvent({ event: "draining", connections, running: this.#running.count });
    this.#files.drain();
    let abandoned = 0;
    for (const peer of this.#peers) {
      const refuse = () => this.refuse(peer, ...STOPPING);
      abandoned += this.#slow.cutShort(peer, startMs + this.#drainTimeoutMs, refuse);
    }
    await this.#running.idle();
    await this.#files.finished();
    return {
      kind: "shutdownReport",
      connections,
      finished: this.#running.answered - answeredBefore - abandoned,
      abandoned,
      tookMs: Math.round(performance.now() - startMs),
    };
  }
}
