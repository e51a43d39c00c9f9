import type { Hub } from "../hub/hub.ts";
import type { Peer } from "../hub/peer.ts";
import type { Outlet } from "../hub/outlet.ts";
import { LINGER_MS, MAX_QUEUED_BYTES } from "../limits/connections.ts";
import { MAX_WAITING_ANSWERS } from "../limits/files.ts";
import { MEMBER_STALL_TIMEOUT_MS } from "../limits/room.ts";
import type { Conn } from "../net/conn.ts";
import { SessionError } from "../seal/session_error.ts";
import { decodeBody } from "../wire/codec.ts";
import { FrameDecoder } from "../wire/frame_decoder.ts";
import type { FrameEncoder } from "../wire/frame_encoder.ts";
import {
  type Hello,
  type Message,
  type Received,
  type Refusal,
  RefusalCode,
} from "../wire/messages.ts";
import type { RoomEvent } from "../wire/room_messages.ts";
import { WireError } from "../wire/wire_error.ts";
import { closeGently, closeQuietly } from "./close_gently.ts";
import { describeLoss } from "./describe_loss.ts";
import { LazyAnswers } from "./lazy_answers.ts";
import { PeerSeal, type PeerSealOptions } from "./peer_seal.ts";
import { PeerWriter } from "./peer_writer.ts";
import type { Served } from "./serve_peers.ts";

/** What a connection is bounded by. */
export interface PeerConnectionOptions extends PeerSealOptions {
  /** Time for a frame that was begun to be whole. */
  frameTimeoutMs: number;
  /** Time in which the peer must take some byte of its answers. */
  stallTimeoutMs: number;
}

const FIRST_READ_BYTES = 2 * 1024;
const LARGEST_READ_BYTES = 64 * 1024;
/** As much of a read as is acted on before it is looked at how many answers wait. */
const STEP_BYTES = 8 * 1024;

/**
 * One peer: reads, lets the hub answer, and writes all answers of a read in one write. While answers
 * are written nothing is read, so a peer that takes none makes us hold those of one read and no
 * more. Events of the room wait until a write is done, and some of them go with the next: they hold
 * up no answer, and answers do not hold them up.
 */
export class PeerConnection implements Outlet, Served {
  readonly #conn: Conn;
  readonly #peer: Peer;
  readonly #hub: Hub;
  readonly #encoder: FrameEncoder;
  readonly #options: PeerConnectionOptions;
  readonly #decoder: FrameDecoder;
  readonly #writer: PeerWriter;
  readonly #seal: PeerSeal;
  /** The peer has asked for something: a session would come too late. */
  #hasAsked = false;
  /** Answers that are promised and not given yet. */
  readonly #promised = new Set<Promise<void>>();
  /** Answers that are made one after the other, when the peer has taken those before them. */
  readonly #lazy: LazyAnswers;
  /** As of the last look at the clock: how many bytes the peer has taken, and since when. */
  #seenBytes = NaN;
  #seenSinceMs = NaN;
  /** Since when a frame has been begun and not whole; NaN between frames. */
  #partialSinceMs = NaN;
  /** When the last read came, in milliseconds since the Unix epoch. */
  #nowMs = 0;
  /** Why the connection ends, once it does. */
  #ending: string | undefined;
  /** It was put out of the room: nothing follows what it was told about that. */
  #isExpelled = false;
  #linger: ReturnType<typeof setTimeout> | undefined;

  /** Takes a connection, and the peer that the hub made of it. */
  constructor(
    conn: Conn,
    peer: Peer,
    hub: Hub,
    encoder: FrameEncoder,
    options: PeerConnectionOptions,
  ) {
    this.#conn = conn;
    this.#peer = peer;
    this.#hub = hub;
    this.#encoder = encoder;
    this.#options = options;
    this.#seal = new PeerSeal(peer, hub, options);
    this.#decoder = new FrameDecoder({ maxFrameBytes: this.#seal.maxFrameBytes });
    this.#writer = new PeerWriter(conn, {
      tally: peer.tally,
      frameOf: (event) => this.#encodeEvent(event),
      onFailed: (error) => this.#fail(error),
    });
    this.#lazy = new LazyAnswers(this.#writer, (message) => this.#append(message));
    peer.outlet = this;
  }

  /** See {@linkcode Outlet}. */
  offer(event: RoomEvent): boolean {
    // It is on its way out, and the hub has not heard it yet.
    if (this.#ending !== undefined) return true;
    return this.#writer.addEvent(event, this.#encoder.encodeEvent(event).frame.length);
  }

  /** See {@linkcode Outlet}. */
  expel(refusal: Refusal): void {
    this.#writer.dropEvents();
    this.#append(refusal);
    this.#isExpelled = true;
    this.end("it took the room's events too slowly");
  }

  /** Serves the peer until either side ends it, and closes. Never rejects. */
  async run(): Promise<void> {
    try {
      await this.#readAll();
      this.#ending ??= this.#decoder.pendingBytes > 0
        ? "closed the connection in the middle of a frame"
        : "closed the connection";
    } catch (error) {
      this.#fail(error);
    }
    const refusal = await this.#seal.end();
    if (refusal !== undefined) this.#append(refusal);
    this.#hub.leave(this.#peer, this.#ending!);
    // A peer that only stopped sending still gets its receipts.
    await Promise.all(this.#promised);
    // It is no peer of the hub any more: whether it takes them does not hold up a server that stops.
    this.#linger ??= setTimeout(() => this.#close(), LINGER_MS);
    await this.#lazy.made;
    await this.#writer.flush();
    this.#seal.close();
    clearTimeout(this.#linger);
    await closeGently(this.#conn);
  }

  /** Sends what waits and closes, for a reason that is part of a sentence. */
  end(reason: string): void {
    if (this.#ending !== undefined) return;
    this.#ending = reason;
    this.#linger = setTimeout(() => this.#close(), LINGER_MS);
    this.#writer.flush().then(() => this.#conn.closeWrite()).catch(() => {
      // It is closed already; the read loop has seen that too.
    });
  }

  /** Ends the connection if the peer takes too long over a frame or over its answers. */
  checkTimes(nowMs: number): void {
    const { frameTimeoutMs } = this.#options;
    if (!this.#writer.isWriting || this.#writer.writtenBytes !== this.#seenBytes) {
      this.#seenBytes = this.#writer.writtenBytes;
      this.#seenSinceMs = nowMs;
    }
    if (nowMs - this.#seenSinceMs > this.#stallTimeoutMs) {
      this.#endStalled(this.#stallTimeoutMs);
    } else if (nowMs - this.#partialSinceMs > frameTimeoutMs && this.#ending === undefined) {
      this.#endLate(RefusalCode.frameTimedOut, `a frame was not whole after ${frameTimeoutMs} ms`);
    } else if (this.#seal.isLate(nowMs) && this.#ending === undefined) {
      const { proofTimeoutMs } = this.#options;
      const reason = `the key was not proved within ${proofTimeoutMs} ms of the Hello`;
      this.#endLate(RefusalCode.proofTimedOut, reason);
    }
  }

  get #stallTimeoutMs(): number {
    const { stallTimeoutMs } = this.#options;
    const isMember = this.#peer.member?.isPresent ?? false;
    return isMember ? Math.min(stallTimeoutMs, MEMBER_STALL_TIMEOUT_MS) : stallTimeoutMs;
  }

  #endStalled(stallTimeoutMs: number): void {
    this.#peer.member?.dropSlow(`nothing was taken for ${stallTimeoutMs} ms`);
    this.#ending ??= `the peer took no answers for ${stallTimeoutMs} ms`;
    this.#close();
  }

  #endLate(code: RefusalCode, reason: string): void {
    const text = `${reason[0]!.toUpperCase()}${reason.slice(1)}.`;
    this.#append(this.#hub.refuse(this.#peer, code, text));
    this.end(reason);
  }

  async #readAll(): Promise<void> {
    let buffer = new Uint8Array(FIRST_READ_BYTES);
    while (!this.#writer.isClosed) {
      const room = this.#decoder.makeRoom();
      const count = await this.#conn.read(room ?? buffer);
      if (count === null) return;
      this.#peer.tally.receivedBytes += count;
      // Once it ends, what still comes is only read so that the peer gets what was sent to it.
      if (this.#ending !== undefined) continue;
      this.#nowMs = Date.now();
      for (let at = 0; at < count;) {
        if (room === undefined) {
          at += this.#decoder.decode(buffer.subarray(at, count), this.#onFrame, STEP_BYTES);
        } else {
          this.#decoder.fill(count, this.#onFrame);
          at = count;
        }
        if (this.#writer.answerBytes > MAX_QUEUED_BYTES) await this.#writer.flushAnswers();
        if (this.#lazy.count > MAX_WAITING_ANSWERS) await this.#lazy.made;
        const ready = this.#hub.whenReady(this.#peer);
        if (ready !== undefined) await ready;
      }
      await this.#writer.flushAnswers();
      // After the write: until then nothing was read, which is no fault of the peer's.
      this.#watchFrame();
      if (room === undefined && count === buffer.length && count < LARGEST_READ_BYTES) {
        buffer = new Uint8Array(Math.min(count * 4, LARGEST_READ_BYTES));
      }
    }
  }

  readonly #onFrame = (bytes: Uint8Array, start: number, end: number, isOwn: boolean): void => {
    this.#partialSinceMs = NaN;
    if (this.#ending === undefined) this.#take(decodeBody(bytes, start, end, isOwn));
  };

  #take(message: Received): void {
    if (message.kind === "sealed") this.#open(message.body);
    else if (message.kind === "hello") this.#greet(message);
    else if (!this.#seal.isBegun) this.#handle(message);
    else {
      const what = `A ${message.kind} without a seal came in a sealed session`;
      throw new WireError(RefusalCode.brokenSeal, what);
    }
  }

  #handle(message: Received): void {
    this.#hasAsked = true;
    const answer = this.#hub.handle(this.#peer, message, this.#nowMs);
    if (answer instanceof Promise) this.#sendLater(answer);
    else if (answer?.kind === "lazy") this.#lazy.add(answer);
    else if (answer !== undefined) this.#append(answer);
    if (this.#hub.isHopeless(this.#peer)) {
      throw new WireError(RefusalCode.unsupported, "Too many messages were refused");
    }
  }

  #greet(hello: Hello): void {
    if (this.#hasAsked) {
      throw new WireError(RefusalCode.brokenSeal, "A Hello has to come before all else");
    }
    this.#append(this.#seal.begin(hello));
    // Whoever wants a seal has nothing to say without one.
    if (!this.#seal.isBegun) this.end("no sealed session could be begun");
  }

  #open(sealed: Uint8Array): void {
    const body = this.#seal.open(sealed);
    this.#decoder.maxFrameBytes = this.#seal.maxFrameBytes;
    this.#handle(decodeBody(body, 0, body.length, true));
  }

  #sendLater(answer: Promise<Message | undefined>): void {
    const sent = answer.then((message) => {
      this.#promised.delete(sent);
      if (message === undefined) return;
      this.#append(message);
      void this.#writer.flush();
    });
    this.#promised.add(sent);
  }

  #append(message: Message): void {
    if (this.#writer.isClosed || this.#isExpelled) return;
    this.#writer.append(this.#encode(message));
  }

  #encode(message: Message): Uint8Array {
    if (!this.#seal.isProven) return this.#encoder.encode(message);
    return this.#sealed(() => this.#seal.seal(message));
  }

  #encodeEvent(event: RoomEvent): Uint8Array {
    const { frame, body } = this.#encoder.encodeEvent(event);
    return this.#seal.isProven ? this.#sealed(() => this.#seal.sealBody(body)) : frame;
  }

  #sealed(seal: () => Uint8Array): Uint8Array {
    try {
      return seal();
    } catch (error) {
      if (!(error instanceof SessionError)) throw error;
      // The session is used up: the peer connects anew, and whatever it asked for it asks again.
      this.#ending ??= error.message;
      this.#close();
      return new Uint8Array(0);
    }
  }

  /** Notes when the frame that is not whole began. */
  #watchFrame(): void {
    if (this.#decoder.pendingBytes > 0 && Number.isNaN(this.#partialSinceMs)) {
      this.#partialSinceMs = performance.now();
    }
  }

  /** Makes an error of reading, of the protocol or of writing the reason why it ends. */
  #fail(error: unknown): void {
    error = this.#seal.explain(error);
    if (error instanceof WireError) {
      if (this.#ending === undefined && !this.#seal.hasWrongKey) {
        this.#append(this.#hub.refuse(this.#peer, error.code, `${error.message}.`));
      }
      this.#ending ??= error.message;
      return;
    }
    const loss = describeLoss(error);
    if (loss === undefined) this.#hub.fault(`serve ${this.#peer.info.address}`, error);
    this.#ending ??= loss ?? String(error);
  }

  #close(): void {
    this.#writer.close();
    closeQuietly(this.#conn);
  }
}
