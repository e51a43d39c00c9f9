import type { Hub } from "../hub/hub.ts";
import type { Peer } from "../hub/peer.ts";
import { MAX_UNTRUSTED_FRAME_BYTES, SEAL_OVERHEAD_BYTES } from "../limits/connections.ts";
import { pause } from "../pause.ts";
import { SealError } from "../seal/seal_error.ts";
import { ServerSession, SESSION_NONCE_BYTES } from "../seal/session.ts";
import { SessionError } from "../seal/session_error.ts";
import { encodeParts } from "../wire/codec.ts";
import { type Hello, type Message, type Refusal, RefusalCode } from "../wire/messages.ts";
import { WireError } from "../wire/wire_error.ts";

/** What a session is bounded by. */
export interface PeerSealOptions {
  /** Bytes in the body of a message, before the seal. */
  maxFrameBytes: number;
  /** Time in which the peer must prove that it has the key, once it has said Hello. */
  proofTimeoutMs: number;
}

/** The sealed session of one connection, once its peer asks for one, and what it means to the hub. */
export class PeerSeal {
  readonly #peer: Peer;
  readonly #hub: Hub;
  readonly #options: PeerSealOptions;
  #session: ServerSession | undefined;
  #hasWrongKey = false;

  /** Takes the peer, and the hub that knows whether it is trusted. */
  constructor(peer: Peer, hub: Hub, options: PeerSealOptions) {
    this.#peer = peer;
    this.#hub = hub;
    this.#options = options;
  }

  /** The peer has asked for a session: nothing comes without a seal from then on. */
  get isBegun(): boolean {
    return this.#session !== undefined;
  }

  /** The peer has proved that it has the key: nothing goes without a seal from then on. */
  get isProven(): boolean {
    return this.#session?.isProven ?? false;
  }

  /** Whether the peer should have proved by that time that it has the key, and has not. */
  isLate(nowMs: number): boolean {
    return this.#session?.isLate(nowMs) ?? false;
  }

  /**
   * The longest body of a frame that is taken now. A peer that gets short answers only has nothing
   * long to say, and cannot make us hold it.
   */
  get maxFrameBytes(): number {
    const { maxFrameBytes } = this.#options;
    const isTrusted = this.#hub.gate.denyLong(this.#peer) === undefined;
    const overhead = this.#hub.gate.key === undefined ? 0 : SEAL_OVERHEAD_BYTES;
    return overhead +
      (isTrusted ? maxFrameBytes : Math.min(maxFrameBytes, MAX_UNTRUSTED_FRAME_BYTES));
  }

  /**
   * The answer to a Hello: a Welcome, or a Refusal when there is no session to be had.
   *
   * @throws {WireError} for a second Hello, {@linkcode SessionError} for a version that is not spoken.
   */
  begin(hello: Hello): Message {
    if (this.isBegun) throw new WireError(RefusalCode.brokenSeal, "A Hello has to come once");
    const key = this.#hub.greet(this.#peer);
    if (!(key instanceof Uint8Array)) return key;
    this.#session = new ServerSession(hello, {
      key,
      nonce: crypto.getRandomValues(new Uint8Array(SESSION_NONCE_BYTES)),
      maxMessageBytes: this.#options.maxFrameBytes,
      nowMs: performance.now(),
      proofTimeoutMs: this.#options.proofTimeoutMs,
    });
    return this.#session.welcome;
  }

  /**
   * Opens a sealed message. The first one that opens is the proof.
   *
   * @throws {WireError} when there is no session, {@linkcode SealError} when it does not open.
   */
  open(sealed: Uint8Array): Uint8Array {
    const session = this.#session;
    if (session === undefined) {
      throw new WireError(RefusalCode.brokenSeal, "A sealed message came before a Hello");
    }
    const isFirst = !session.isProven;
    const body = session.open(sealed);
    if (isFirst) this.#hub.prove(this.#peer);
    return body;
  }

  /**
   * The frame of a message of ours.
   *
   * @throws {SessionError} when the session has sealed as much as it may.
   */
  seal(message: Message): Uint8Array {
    return this.#session!.sealFrame(encodeParts(message));
  }

  /** The same of a message whose body is made already. */
  sealBody(body: Uint8Array): Uint8Array {
    return this.#session!.sealFrame([body]);
  }

  /** What an error means to the peer, where it is one of the session; else the error itself. */
  explain(error: unknown): unknown {
    if (error instanceof SealError) {
      // What the peer is told of a wrong key has to wait: see endUnproven().
      this.#hasWrongKey = !this.isProven;
      return new WireError(RefusalCode.brokenSeal, error.message);
    }
    if (error instanceof SessionError) {
      const isVersion = error.reason === "unsupportedVersion";
      const code = isVersion ? RefusalCode.unsupportedVersion : RefusalCode.brokenSeal;
      return new WireError(code, error.message);
    }
    const isTooLong = error instanceof WireError && error.code === RefusalCode.frameTooLarge;
    const denial = isTooLong ? this.#hub.gate.denyLong(this.#peer) : undefined;
    if (denial === undefined) return error;
    const [code, text] = denial;
    return new WireError(code, text.replace(/\.$/, ""));
  }

  /** The first sealed message did not open. */
  get hasWrongKey(): boolean {
    return this.#hasWrongKey;
  }

  /**
   * The peer leaves, or has to. If it has begun a session and proved nothing that counts as a
   * failure; a wrong key is refused after a wait that grows with their number.
   */
  async end(): Promise<Refusal | undefined> {
    if (!this.isBegun || this.isProven) return undefined;
    const delayMs = this.#hub.gate.failProof(this.#peer, performance.now());
    if (!this.#hasWrongKey) return undefined;
    await pause(delayMs, this.#hub.stopped);
    const text = "The first sealed message does not open: this server has another key.";
    return this.#hub.refuse(this.#peer, RefusalCode.wrongKey, text);
  }

  /** Frees the session. Nothing can be sealed or opened any more. */
  close(): void {
    this.#session?.close();
  }
}
