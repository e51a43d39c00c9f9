import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import {
  ProtocolError,
  reasonOf,
  RefusedError,
  TimedOutError,
  UnreachableError,
} from "../errors.ts";
import { ANSWER_TIMEOUT_MS, MAX_FRAME_BYTES } from "../limits.ts";
import { decodeBody } from "../wire/codec.ts";
import { FrameDecoder } from "../wire/frame_decoder.ts";
import { encodeFrame } from "../wire/frame_encoder.ts";
import { type Message, type Received, RefusalCode } from "../wire/messages.ts";
import { WireError } from "../wire/wire_error.ts";
import { dial, type DialOptions } from "./dial.ts";

const READ_BYTES = 16 * 1024;

/** A connection to a server that speaks the `tcp` protocol. */
export class WireConnection implements Disposable {
  readonly #conn: Deno.TcpConn;
  readonly #url: string;
  readonly #decoder = new FrameDecoder({ maxFrameBytes: MAX_FRAME_BYTES });
  readonly #buffer = new Uint8Array(READ_BYTES);
  readonly #received: Received[] = [];

  private constructor(conn: Deno.TcpConn, endpoint: Endpoint) {
    this.#conn = conn;
    this.#url = formatEndpoint(endpoint);
  }

  /** Connects. Throws what {@linkcode dial} throws. */
  static async open(endpoint: Endpoint, options: DialOptions = {}): Promise<WireConnection> {
    return new WireConnection(await dial(endpoint, options), endpoint);
  }

  /**
   * Sends a message.
   *
   * @throws {UnreachableError} when the connection is lost.
   */
  async send(message: Message): Promise<void> {
    let bytes = encodeFrame(message);
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
   * for bytes that are no message.
   */
  async receive(): Promise<Received> {
    while (this.#received.length === 0) {
      let length: number | null;
      try {
        length = await this.#conn.read(this.#buffer);
      } catch (error) {
        throw this.#lost(error);
      }
      if (length === null) throw new UnreachableError(`${this.#url} closed the connection`);
      this.#take(this.#buffer.subarray(0, length));
    }
    return this.#received.shift()!;
  }

  #take(chunk: Uint8Array): void {
    try {
      this.#decoder.decode(chunk, (bytes, start, end) => {
        this.#received.push(decodeBody(bytes, start, end));
      });
    } catch (error) {
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
      throw new TimedOutError(`${this.#url} gave no answer within ${timeoutMs} ms`, {
        cause: error,
        hint: "Give it longer with --timeout.",
      });
    } finally {
      clearTimeout(timer);
    }
  }

  /** Closes the connection. It may be closed already. */
  close(): void {
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

  #lost(error: unknown): UnreachableError {
    const why = reasonOf(error);
    return new UnreachableError(`The connection to ${this.#url} was lost: ${why}`, {
      cause: error,
    });
  }
}

/** The error that it is when a server sends something else. */
export function notTheProtocol(url: string, error: WireError): ProtocolError {
  return new ProtocolError(`${url} sent what is not the wagons protocol: ${error.message}`, {
    cause: error,
    hint: "Is that a wagons server?",
  });
}

/** The error that a server's Refusal is. */
export function refused(url: string, code: RefusalCode, text: string): RefusedError {
  const busy = code === RefusalCode.tooManyConnections || code === RefusalCode.failed ||
    code === RefusalCode.shuttingDown;
  return new RefusedError(
    `${url} refuses: ${text}`,
    busy ? { hint: "Nothing is wrong on this side: run it again later." } : {},
  );
}
