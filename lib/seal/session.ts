/**
 * Sealed sessions: how two sides that have the same key agree on keys for one connection. What the
 * messages are is in proto/wagons.proto, with the keys that are made.
 *
 * @module
 */

import { byteLength, concat } from "../bytes.ts";
import type { Hello, Welcome } from "../wire/messages.ts";
import { sealedHeadBytes, writeSealedHead } from "../wire/frame_encoder.ts";
import { Channel, SEAL_TAG_BYTES } from "./channel.ts";
import { deriveBytes, KEY_BYTES } from "./key.ts";
import { SessionError } from "./session_error.ts";

/** The version of sealed sessions that this program speaks. */
export const SESSION_VERSION = 2;
/** Bytes in the nonces of Hello and Welcome. */
export const SESSION_NONCE_BYTES = 16;
const SESSION_ID_BYTES = 16;
/** The last byte of the associated data, and the place of the direction's keys. */
const BY_CLIENT = 0;
const BY_SERVER = 1;

/** The two directions of a session, as one side has them. */
export interface Channels {
  /** For what this side seals. */
  readonly outgoing: Channel;
  /** For what this side opens. */
  readonly incoming: Channel;
}

/** What both sides do once the session is agreed on. */
export abstract class Session {
  #hasOpened = false;

  /** The directions' channels; made when they are needed first. */
  protected abstract channels(): Channels;

  /** Frees what the session holds. Nothing can be sealed or opened any more. */
  abstract close(): void;

  /** The other side has the key: a message of its has been opened. */
  get isProven(): boolean {
    return this.#hasOpened;
  }

  /**
   * Seals the body of the next message, which comes in parts, one behind the other.
   *
   * @returns Its frame, with the ciphertext and the tag in it, in bytes of their own.
   * @throws {SessionError} when the session has sealed as much as it may.
   */
  sealFrame(body: readonly Uint8Array[]): Uint8Array {
    const sealedBytes = byteLength(body) + SEAL_TAG_BYTES;
    const frame = this.channels().outgoing.seal(body, sealedHeadBytes(sealedBytes));
    writeSealedHead(sealedBytes, frame);
    return frame;
  }

  /**
   * Opens the body of the next message.
   *
   * @returns The body, in bytes of its own.
   * @throws {SealError} when it is not the next one that the other side has sealed; the session is
   * lost then.
   */
  open(sealed: Uint8Array): Uint8Array {
    const body = this.channels().incoming.open(sealed);
    this.#hasOpened = true;
    return body;
  }
}

/** What a server's side of a session is made of. */
export interface ServerSessionOptions {
  /** The key of both sides, 32 bytes. */
  key: Uint8Array;
  /** 16 random bytes, for this connection alone. */
  nonce: Uint8Array;
  /** What the client may send, in bytes before the seal. */
  maxMessageBytes: number;
  /** When the Hello came, on any clock that goes forward, in milliseconds. */
  nowMs: number;
  /** How long the client may take to prove that it has the key. */
  proofTimeoutMs: number;
}

/** The server's side of a session. It costs nothing before the client tries to prove something. */
export class ServerSession extends Session {
  /** The answer to the Hello. */
  readonly welcome: Welcome;
  readonly #key: Uint8Array;
  readonly #hello: Hello;
  readonly #lateAfterMs: number;
  #channels: Channels | undefined;

  /**
   * Takes a client's Hello.
   *
   * @throws {SessionError} when it offers no version that this program speaks.
   */
  constructor(hello: Hello, options: ServerSessionOptions) {
    super();
    if (hello.version < SESSION_VERSION) {
      throw new SessionError(
        "unsupportedVersion",
        `Sealed sessions of version ${hello.version} are not spoken here, but ${SESSION_VERSION}`,
      );
    }
    const { key, nonce, maxMessageBytes, nowMs, proofTimeoutMs } = options;
    this.#key = key;
    this.#hello = hello;
    this.#lateAfterMs = nowMs + proofTimeoutMs;
    this.welcome = { kind: "welcome", version: SESSION_VERSION, nonce, maxMessageBytes };
  }

  /** Whether the client should have proved by that time that it has the key, and has not. */
  isLate(nowMs: number): boolean {
    return !this.isProven && nowMs > this.#lateAfterMs;
  }

  /** See {@linkcode Session}. */
  override close(): void {
    this.#channels?.outgoing.close();
    this.#channels?.incoming.close();
  }

  /** See {@linkcode Session}. */
  protected override channels(): Channels {
    if (this.#channels === undefined) {
      const { byClient, byServer } = makeChannels(this.#key, this.#hello, this.welcome);
      this.#channels = { outgoing: byServer, incoming: byClient };
    }
    return this.#channels;
  }
}

/** The client's side of a session. */
export class ClientSession extends Session {
  /** What the connection begins with. */
  readonly hello: Hello;
  readonly #key: Uint8Array;
  #channels: Channels | undefined;

  /** Takes the key of both sides, and 16 random bytes for this connection alone. */
  constructor(key: Uint8Array, nonce: Uint8Array) {
    super();
    this.#key = key;
    this.hello = { kind: "hello", version: SESSION_VERSION, nonce };
  }

  /**
   * Takes the answer to {@linkcode hello}: from now on messages can be sealed and opened.
   *
   * @throws {SessionError} for a version that this program does not speak, and for a second one.
   */
  begin(welcome: Welcome): void {
    if (this.#channels !== undefined) {
      throw new SessionError("outOfTurn", "A second Welcome came in one session");
    }
    if (welcome.version !== SESSION_VERSION) {
      throw new SessionError(
        "unsupportedVersion",
        `The other side wants sealed sessions of version ${welcome.version}, not ${SESSION_VERSION}`,
      );
    }
    const { byClient, byServer } = makeChannels(this.#key, this.hello, welcome);
    this.#channels = { outgoing: byClient, incoming: byServer };
  }

  /** See {@linkcode Session}. */
  override close(): void {
    this.#channels?.outgoing.close();
    this.#channels?.incoming.close();
  }

  /** See {@linkcode Session}. */
  protected override channels(): Channels {
    if (this.#channels === undefined) {
      throw new SessionError("outOfTurn", "Nothing can be sealed or opened before the Welcome");
    }
    return this.#channels;
  }
}

/** The keys that proto/wagons.proto says at Hello. */
function makeChannels(
  key: Uint8Array,
  hello: Hello,
  welcome: Welcome,
): { byClient: Channel; byServer: Channel } {
  const numbers = new DataView(new ArrayBuffer(12));
  numbers.setUint32(0, hello.version);
  numbers.setUint32(4, welcome.version);
  numbers.setUint32(8, welcome.maxMessageBytes);
  const bytes = deriveBytes(
    key,
    concat([new TextEncoder().encode("wagons session"), new Uint8Array(numbers.buffer)]),
    4 * KEY_BYTES + SESSION_ID_BYTES,
    concat([hello.nonce, welcome.nonce]),
  );
  const keyAt = (index: number) => bytes.subarray(index * KEY_BYTES, (index + 1) * KEY_BYTES);
  const id = bytes.subarray(4 * KEY_BYTES);
  const make = (direction: number) =>
    new Channel(
      { eax: keyAt(direction), chacha: keyAt(2 + direction) },
      concat([id, Uint8Array.of(direction)]),
    );
  return { byClient: make(BY_CLIENT), byServer: make(BY_SERVER) };
}
