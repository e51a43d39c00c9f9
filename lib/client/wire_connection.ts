import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import { reasonOf, RefusedError, TimedOutError, UnreachableError, WagonsError } from "../errors.ts";
import { ANSWER_TIMEOUT_MS } from "../limits/client.ts";
import { MAX_FRAME_BYTES, SEAL_OVERHEAD_BYTES } from "../limits/connections.ts";
import type { Conn } from "../net/conn.ts";
import { SealError } from "../seal/seal_error.ts";
import type { ClientSession } from "../seal/session.ts";
import { SessionError } from "../seal/session_error.ts";
import { formatDuration } from "../units.ts";
import { decodeBody, encodeParts } from "../wire/codec.ts";
import { FrameDecoder } from "../wire/frame_decoder.ts";
import { encodeFrame } from "../wire/frame_encoder.ts";
import type { Message, Received } from "../wire/messages.ts";
import { WireError } from "../wire/wire_error.ts";
import { dial, type DialOptions } from "./dial.ts";
import { notTheProtocol, refused, sealBroken } from "./failures.ts";

const READ_BYTES = 64 * 1024;

/** How to connect, and with which key. */
export interface WireConnectionOptions extends DialOptions {
  /** Seal everything with this key of 32 bytes, which the server has too. Default: no seal. */
  key?: Uint8Array;
  /** How long the server may take to begin a sealed session. Default: {@linkcode ANSWER_TIMEOUT_MS}. */
  handshakeTimeoutMs?: number;
}

/** A connection to a server that speaks the `tcp` protocol. */
export class WireConnection implements Disposable {
  readonly #conn: Conn;
  readonly #url: string;
  readonly #decoder = new FrameDecoder({ maxFrameBytes: MAX_FRAME_BYTES + SEAL_OVERHEAD_BYTES });
  readonly #buffer = new Uint8Array(READ_BYTES);
  readonly #received: Received[] = [];
  #session: ClientSession | undefined;
  #hasHeard = false;
  #maxMessageBytes = MAX_FRAME_BYTES;
  /** The last of the messages that are being sent, in their order. Never rejects. */
  #sending: Promise<void> = Promise.resolve();

  private constructor(conn: Conn, endpoint: Endpoint) {
    this.#conn = conn;
    this.#url = formatEndpoint(endpoint);
  }

  /**
   * Connects, and begins a sealed session where there is a key.
   *
   * @throws what {@linkcode dial} throws; {@linkcode RefusedError} when the server begins no sealed
   * session, and {@linkcode TimedOutError} when it does not answer.
   */
  static async open(
    endpoint: Endpoint,
    options: WireConnectionOptions = {},
  ): Promise<WireConnection> {
    const connection = new WireConnection(await dial(endpoint, options), endpoint);
    if (options.key === undefined) return connection;
    const close = () => connection.close();
    options.signal?.addEventListener("abort", close);
    try {
      await connection.#beginSession(options.key, options.handshakeTimeoutMs ?? ANSWER_TIMEOUT_MS);
      return connection;
    } catch (error) {
      connection.close();
      options.signal?.throwIfAborted();
      throw error;
    } finally {
      options.signal?.removeEventListener("abort", close);
    }
  }

  /** The server's URL. */
  get url(): string {
    return this.#url;
  }

  /** The longest body of a message that the server takes. */
  get maxMessageBytes(): number {
    return this.#maxMessageBytes;
  }

  async #beginSession(key: Uint8Array, timeoutMs: number): Promise<void> {
    // Loaded here: without a key a command starts sooner.
    const { ClientSession, SESSION_NONCE_BYTES } = await import("../seal/session.ts");
    const nonce = crypto.getRandomValues(new Uint8Array(SESSION_NONCE_BYTES));
    const session = new ClientSession(key, nonce);
    try {
      const welcome = await this.request(session.hello, "welcome", timeoutMs);
      session.begin(welcome);
      this.#session = session;
      // Each side proves that it has the key before the other says anything.
      await this.request({ kind: "empty" }, "empty", timeoutMs);
      this.#maxMessageBytes = welcome.maxMessageBytes;
    } catch (error) {
      if (isBroken(error)) throw sealBroken(this.#url, error);
      if (!(error instanceof TimedOutError)) throw error;
      throw new TimedOutError(
        `${this.#url} began no sealed session within ${formatDuration(timeoutMs)}`,
        {
          cause: error,
          hint: "A server that knows no keys answers only without one: see --plain.",
        },
      );
    }
  }

  /**
   * Sends a message, behind those that are being sent already.
   *
   * @throws {UnreachableError} when the connection is lost.
   */
  send(message: Message): Promise<void> {
    const sent = this.#sending.then(() => this.#write(this.#encode(message)));
    this.#sending = sent.catch(() => {
      // Its own caller is told.
    });
    return sent;
  }

  #encode(message: Message): Uint8Array {
    const session = this.#session;
    return session === undefined ? encodeFrame(message) : session.sealFrame(encodeParts(message));
  }

  async #write(bytes: Uint8Array): Promise<void> {
    try {
      while (bytes.length > 0) bytes = bytes.subarray(await this.#conn.write(bytes));
    } catch (error) {
      throw this.#lost(error);
    }
  }

  /**
   * The next message.
   *
   * @throws {UnreachableError} when the connection is closed or lost, and {@linkcode ProtocolError}
   * for bytes that are no message, and for what is not sealed as it should be.
   */
  async receive(): Promise<Received> {
    while (this.#received.length === 0) {
      const room = this.#decoder.makeRoom();
      let count: number | null;
      try {
        count = await this.#conn.read(room ?? this.#buffer);
      } catch (error) {
        throw this.#lost(error);
      }
      if (count === null) throw this.#closed();
      this.#take(count, room !== undefined);
    }
    const message = this.#received.shift()!;
    return this.#session === undefined ? message : this.#open(this.#session, message);
  }

  #take(count: number, isInRoom: boolean): void {
    try {
      if (isInRoom) this.#decoder.fill(count, this.#onFrame);
      else this.#decoder.decode(this.#buffer.subarray(0, count), this.#onFrame);
    } catch (error) {
      if (error instanceof WireError) throw notTheProtocol(this.#url, error);
      throw error;
    }
  }

  readonly #onFrame = (bytes: Uint8Array, start: number, end: number, isOwn: boolean): void => {
    this.#received.push(decodeBody(bytes, start, end, isOwn));
    this.#hasHeard = true;
  };

  #open(session: ClientSession, message: Received): Received {
    if (message.kind !== "sealed") {
      // A server that could not open our proof can only say so without a seal.
      if (message.kind === "refusal" && !session.isProven) return message;
      throw sealBroken(this.#url, new Error(`A ${message.kind} came without a seal`));
    }
    try {
      const opened = session.open(message.body);
      return decodeBody(opened, 0, opened.length, true);
    } catch (error) {
      if (isBroken(error)) throw sealBroken(this.#url, error);
      if (error instanceof WireError) throw notTheProtocol(this.#url, error);
      throw error;
    }
  }

  /**
   * Sends a message and waits for the answer of a kind. A Refusal, and any other answer, is an
   * error. When it fails the connection is closed.
   *
   * @throws {RefusedError} for a Refusal and for an answer of another kind,
   * {@linkcode TimedOutError} after `timeoutMs` (default: {@linkcode ANSWER_TIMEOUT_MS}), and what
   * {@linkcode send} and {@linkcode receive} throw.
   */
  async request<K extends Received["kind"]>(
    message: Message,
    kind: K,
    timeoutMs: number = ANSWER_TIMEOUT_MS,
  ): Promise<Extract<Received, { kind: K }>> {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.close();
    }, timeoutMs);
    try {
      await this.send(message);
      const answer = await this.receive();
      if (answer.kind === kind) return answer as Extract<Received, { kind: K }>;
      if (answer.kind === "refusal") throw refused(this.#url, answer.code, answer.text);
      throw new RefusedError(`${this.#url} answered with a ${answer.kind}, not with a ${kind}`, {
        hint: "Is that a wagons server?",
      });
    } catch (error) {
      this.close();
      if (!isLate) throw error;
      throw new TimedOutError(`${this.#url} gave no answer within ${formatDuration(timeoutMs)}`, {
        cause: error,
        hint: "Give it longer with --timeout.",
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Closes the connection. It may be closed already. */
  close(): void {
    this.#session?.close();
    try {
      this.#conn.close();
    } catch (error) {
      if (!(error instanceof Deno.errors.BadResource)) throw error;
    }
  }

  /** The same as {@linkcode close}, for `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  #closed(): UnreachableError {
    const [scheme, address] = this.#url.split("://");
    // An alert, which is no whole message, and the end: so does a server that waits for TLS.
    const isMute = !this.#hasHeard && scheme === "tcp" && this.#decoder.pendingBytes > 0;
    return new UnreachableError(
      `${this.#url} closed the connection`,
      isMute ? { hint: `It sent no message: does it listen as tls://${address}?` } : {},
    );
  }

  #lost(error: unknown): WagonsError {
    // What TLS has to say of a certificate comes with the first read.
    if (error instanceof WagonsError) return error;
    return new UnreachableError(`The connection to ${this.#url} was lost: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

/** Whether it is the session that cannot go on. */
function isBroken(error: unknown): boolean {
  return error instanceof SealError || error instanceof SessionError;
}
