import type { Hub } from "../hub/hub.ts";
import type { Peer } from "../hub/peer.ts";
import { MAX_QUEUED_BYTES } from "../limits.ts";
import type { Conn } from "../net/conn.ts";
import { SessionError } from "../seal/session_error.ts";
import { decodeBody } from "../wire/codec.ts";
import { FrameDecoder } from "../wire/frame_decoder.ts";
import { type FrameEncoder, OutputBuffer } from "../wire/frame_encoder.ts";
import { type Hello, type Message, type Received, RefusalCode } from "../wire/messages.ts";
import { WireError } from "../wire/wire_error.ts";
import { closeGently, closeQuietly, LINGER_MS } from "./close_gently.ts";
import { describeLoss } from "./describe_loss.ts";
import { PeerSeal, type PeerSealOptions } from "./peer_seal.ts";

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
 * One peer: reads, lets the hub answer, and writes all answers of a read in one write. While a
 * write is under way nothing is read, so a peer that takes no answers makes us hold those of one
 * read and no more.
 */
export class PeerConnection {
  readonly #conn: Conn;
  readonly #peer: Peer;
  readonly #hub: Hub;
  readonly #encoder: FrameEncoder;
  readonly #options: PeerConnectionOptions;
  readonly #decoder: FrameDecoder;
  readonly #output = new OutputBuffer();
  /** The write that is under way, and all that has joined it. Never rejects. */
  #writing: Promise<void> | undefined;
  readonly #seal: PeerSeal;
  /** The peer has asked for something: a session would come too late. */
  #hasAsked = false;
  /** A large message that is being opened. */
  #opening: Promise<void> | undefined;
  /** Frames that came behind it in the same read. */
  #behind: Uint8Array[] = [];
  /** Answers that are promised and not given yet. */
  readonly #promised = new Set<Promise<void>>();
  /** Bytes that the peer has taken. */
  #writtenBytes = 0;
  /** As of the last look at the clock: {@linkcode #writtenBytes}, and since when it is that. */
  #seenBytes = NaN;
  #seenSinceMs = NaN;
  /** Since when a frame has been begun and not whole; NaN between frames. */
  #partialSinceMs = NaN;
  /** When the last read came, in milliseconds since the Unix epoch. */
  #nowMs = 0;
  /** Why the connection ends, once it does. */
  #ending: string | undefined;
  /** Nothing can be written any more. */
  #isLost = false;
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
  }

  /** Serves the peer until either side ends it, and closes. Never rejects. */
  async run(): Promise<void> {
    try {
      await this.#readAll();
      this.#ending ??= this.#decoder.pendingBytes > 0
        ? "closed by the peer in the middle of a frame"
        : "closed by the peer";
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
    await this.#flush();
    this.#seal.close();
    clearTimeout(this.#linger);
    await closeGently(this.#conn);
  }

  /** Sends what waits and closes, for a reason that is part of a sentence. */
  end(reason: string): void {
    if (this.#ending !== undefined) return;
    this.#ending = reason;
    this.#linger = setTimeout(() => this.#close(), LINGER_MS);
    this.#flush().then(() => this.#conn.closeWrite()).catch(() => {
      // It is closed already; the read loop has seen that too.
    });
  }

  /** Ends the connection if the peer takes too long over a frame or over its answers. */
  checkTimes(nowMs: number): void {
    const { frameTimeoutMs, stallTimeoutMs } = this.#options;
    if (this.#writing === undefined || this.#writtenBytes !== this.#seenBytes) {
      this.#seenBytes = this.#writtenBytes;
      this.#seenSinceMs = nowMs;
    }
    if (nowMs - this.#seenSinceMs > stallTimeoutMs) {
      this.#ending ??= `the peer took no answers for ${stallTimeoutMs} ms`;
      this.#close();
    } else if (nowMs - this.#partialSinceMs > frameTimeoutMs && this.#ending === undefined) {
      this.#endLate(RefusalCode.frameTimedOut, `a frame was not whole after ${frameTimeoutMs} ms`);
    } else if (this.#seal.isLate(nowMs) && this.#ending === undefined) {
      const { proofTimeoutMs } = this.#options;
      const reason = `the key was not proved within ${proofTimeoutMs} ms of the Hello`;
      this.#endLate(RefusalCode.proofTimedOut, reason);
    }
  }

  #endLate(code: RefusalCode, reason: string): void {
    const text = `${reason[0]!.toUpperCase()}${reason.slice(1)}.`;
    this.#append(this.#hub.refuse(this.#peer, code, text));
    this.end(reason);
  }

  async #readAll(): Promise<void> {
    let buffer = new Uint8Array(FIRST_READ_BYTES);
    while (!this.#isLost) {
      const count = await this.#conn.read(buffer);
      if (count === null) return;
      // Once it ends, what still comes is only read so that the peer gets what was sent to it.
      if (this.#ending !== undefined) continue;
      this.#nowMs = Date.now();
      for (let at = 0; at < count; at += STEP_BYTES) {
        const step = buffer.subarray(at, Math.min(at + STEP_BYTES, count));
        try {
          this.#decoder.decode(step, this.#onFrame);
        } finally {
          // Also when what follows is broken: nobody else waits for it.
          while (this.#opening !== undefined) await this.#opening;
        }
        if (this.#output.length > MAX_QUEUED_BYTES) await this.#flush();
      }
      if (this.#output.length > 0) await this.#flush();
      // After the write: until then nothing was read, which is no fault of the peer's.
      this.#watchFrame();
      if (count === buffer.length && count < LARGEST_READ_BYTES) {
        buffer = new Uint8Array(Math.min(count * 4, LARGEST_READ_BYTES));
      }
    }
  }

  readonly #onFrame = (bytes: Uint8Array, start: number, end: number): void => {
    this.#partialSinceMs = NaN;
    if (this.#ending !== undefined) return;
    // Messages are acted on in the order that they came in.
    if (this.#opening !== undefined) this.#behind.push(bytes.slice(start, end));
    else this.#take(decodeBody(bytes, start, end));
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
    if (body instanceof Uint8Array) return this.#takeOpened(body);
    this.#opening = body.finally(() => this.#opening = undefined).then((body) => {
      const behind = this.#behind;
      this.#behind = [];
      if (this.#ending === undefined) this.#takeOpened(body);
      // One of them may be large too: those behind it wait again.
      for (const frame of behind) this.#onFrame(frame, 0, frame.length);
    });
  }

  #takeOpened(body: Uint8Array): void {
    this.#decoder.maxFrameBytes = this.#seal.maxFrameBytes;
    this.#handle(decodeBody(body, 0, body.length));
  }

  #sendLater(answer: Promise<Message | undefined>): void {
    const sent = answer.then((message) => {
      this.#promised.delete(sent);
      if (message === undefined) return;
      this.#append(message);
      void this.#flush();
    });
    this.#promised.add(sent);
  }

  #append(message: Message): void {
    if (this.#isLost) return;
    this.#output.append(this.#encode(message));
  }

  #encode(message: Message): Uint8Array {
    if (!this.#seal.isProven) return this.#encoder.encode(message);
    try {
      return this.#seal.seal(message);
    } catch (error) {
      if (!(error instanceof SessionError)) throw error;
      // The session is used up: the peer connects anew, and whatever it asked for it asks again.
      this.#ending ??= error.message;
      this.#close();
      return new Uint8Array(0);
    }
  }

  /** Resolves when all that waits, and what joins it meanwhile, is written. Never rejects. */
  #flush(): Promise<void> {
    // With nothing to write, #write would be over before its promise is kept here, for ever.
    if (this.#writing === undefined && this.#output.length > 0) this.#writing = this.#write();
    return this.#writing ?? Promise.resolve();
  }

  async #write(): Promise<void> {
    try {
      while (this.#output.length > 0) {
        const bytes = this.#output.take();
        let written = await this.#conn.write(bytes);
        this.#writtenBytes += written;
        while (written < bytes.length) {
          const more = await this.#conn.write(bytes.subarray(written));
          this.#writtenBytes += more;
          written += more;
        }
      }
    } catch (error) {
      this.#isLost = true;
      this.#fail(error);
    }
    this.#writing = undefined;
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
    this.#isLost = true;
    closeQuietly(this.#conn);
  }
}
