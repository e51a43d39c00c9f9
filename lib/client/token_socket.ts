// @ts-types="@types/ws"
import { WebSocket } from "ws";
import type { IncomingMessage } from "node:http";
import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import {
  ProtocolError,
  RefusedError,
  UnreachableError,
  UsageError,
  type WagonsError,
} from "../errors.ts";
import { CONNECT_TIMEOUT_MS, SOCKET_CLOSE_TIMEOUT_MS, SOCKET_PING_MS } from "../limits/client.ts";
import { MAX_TOKEN_BYTES } from "../limits/tokens.ts";
import { directAgent } from "../net/direct_agent.ts";
import { codeOf } from "../net/system_faults.ts";
import { showable } from "../ui.ts";
import { formatBytes, formatDuration } from "../units.ts";
import { HttpStatusError } from "./http_status.ts";
import { type Manners, ROOM_MANNERS } from "./manners.ts";
import { Mailbox } from "./mailbox.ts";
import { cannotReach, noConnection } from "./node_failures.ts";
import { Patience } from "./patience.ts";
import type { Arrival, TokenStream } from "./token_stream.ts";

/** How to connect. */
export interface TokenSocketOptions {
  /** Time until the WebSocket is open. Default: {@linkcode CONNECT_TIMEOUT_MS}. */
  connectTimeoutMs?: number;
  /**
   * How often it is pinged when nothing comes; it is lost when still nothing has come then. Default:
   * {@linkcode SOCKET_PING_MS}.
   */
  pingMs?: number;
  /** Gives up connecting. */
  signal?: AbortSignal;
}

/** Tokens by WebSocket, straight to the server, past any proxy. */
export class TokenSocket implements TokenStream {
  /** See {@linkcode TokenStream}. */
  readonly url: string;
  /** See {@linkcode TokenStream}: the URL. */
  readonly peer: string;
  /** See {@linkcode TokenStream}. */
  readonly manners: Manners = ROOM_MANNERS;
  readonly #socket: WebSocket;
  readonly #arrivals = new Mailbox<Arrival>();
  readonly #closed = Promise.withResolvers<void>();
  #pinging: ReturnType<typeof setInterval> | undefined;
  #closing: ReturnType<typeof setTimeout> | undefined;
  /** Whether anything has come since the last ping. */
  #isAlive = true;
  /** Why the connection ends, once that is known. */
  #why: WagonsError | undefined;

  private constructor(endpoint: Endpoint) {
    this.url = formatEndpoint(endpoint);
    this.peer = this.url;
    this.#socket = new WebSocket(this.url, {
      agent: directAgent(),
      maxPayload: MAX_TOKEN_BYTES,
      // Tokens do not get shorter by it, and it makes a small frame a large one.
      perMessageDeflate: false,
    });
    // An error that nobody listens to would end the program.
    this.#socket.on("error", (error) => this.#why ??= this.#failure(error));
    this.#socket.on("message", (data) => {
      this.#isAlive = true;
      this.#arrivals.put({ text: String(data), from: this.url });
    });
    for (const sign of ["ping", "pong"]) this.#socket.on(sign, () => this.#isAlive = true);
    this.#socket.on("close", (code, reason) => this.#end(code, String(reason)));
  }

  /**
   * Connects to a `ws://` server.
   *
   * @throws {UnreachableError} when nobody is there or no WebSocket opens in time,
   * {@linkcode HttpStatusError} when the server answers with another status, {@linkcode ProtocolError}
   * when it speaks something else, {@linkcode UsageError} when the URL cannot be used; and the signal's
   * reason when it is aborted.
   */
  static async open(endpoint: Endpoint, options: TokenSocketOptions = {}): Promise<TokenSocket> {
    const { connectTimeoutMs = CONNECT_TIMEOUT_MS, pingMs = SOCKET_PING_MS, signal } = options;
    signal?.throwIfAborted();
    const url = formatEndpoint(endpoint);
    if (!URL.canParse(url)) throw new UsageError(`Cannot reach ${url}: it is no URL`);
    const connection = new TokenSocket(endpoint);
    using patience = new Patience(signal);
    patience.last(connectTimeoutMs, () => noConnection(url, connectTimeoutMs));
    try {
      await patience.wait(connection.#opened());
      connection.#pinging = setInterval(() => connection.#ping(pingMs), pingMs);
      return connection;
    } catch (error) {
      connection.#socket.terminate();
      await connection.#closed.promise;
      throw error;
    }
  }

  #opened(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#socket.once("open", resolve);
      this.#socket.once("unexpected-response", (_request, response: IncomingMessage) => {
        const { statusCode = 0, statusMessage = "" } = response;
        this.#why = new HttpStatusError(this.url, statusCode, statusMessage);
        response.destroy();
        this.#socket.terminate();
      });
      this.#closed.promise.then(() => reject(this.#why));
    });
  }

  #failure(error: Error): WagonsError {
    const code = codeOf(error);
    if (code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH") {
      return new ProtocolError(
        `${this.url} sent more than ${formatBytes(MAX_TOKEN_BYTES)} at once`,
        {
          cause: error,
          hint: "No token is that long: is that a server for messages?",
        },
      );
    }
    if (code.startsWith("WS_ERR_")) {
      return new ProtocolError(`${this.url} sent what is no WebSocket: ${error.message}`, {
        cause: error,
      });
    }
    return cannotReach(this.url, error);
  }

  #ping(pingMs: number): void {
    if (this.#isAlive) {
      this.#isAlive = false;
      this.#socket.ping();
      return;
    }
    this.#why ??= this.#lost(`nothing has come for ${formatDuration(2 * pingMs)}`);
    this.#socket.terminate();
  }

  #end(code: number, reason: string): void {
    clearInterval(this.#pinging);
    clearTimeout(this.#closing);
    this.#why ??= this.#closedByServer(code, reason);
    this.#arrivals.end(this.#why);
    this.#closed.resolve();
  }

  #closedByServer(code: number, reason: string): WagonsError {
    const words = `${code} ${showable(reason)}`.trimEnd();
    if (REFUSALS.has(code)) {
      return new RefusedError(`${this.url} closed the connection: ${words}`, {
        hint: "It does not take what was sent.",
      });
    }
    return this.#lost(code === NO_CLOSE_FRAME ? "it broke" : `the server closed it: ${words}`);
  }

  #lost(why: string): UnreachableError {
    return new UnreachableError(`The connection to ${this.url} is lost: ${why}`, {
      hint: "Is the server still running? What was sent last may have arrived all the same.",
    });
  }

  /** See {@linkcode TokenStream}. */
  send(token: string): void {
    this.#socket.send(token, (error) => {
      if (error) this.#why ??= this.#lost(error.message);
    });
  }

  /** See {@linkcode TokenStream}. */
  async next(): Promise<Arrival> {
    return await this.#arrivals.take();
  }

  /** See {@linkcode TokenStream}. The server gets a moment to close too. */
  close(): void {
    if (this.#closing !== undefined || this.#socket.readyState === WebSocket.CLOSED) return;
    clearInterval(this.#pinging);
    this.#why ??= this.#lost("it was closed here");
    this.#arrivals.end(this.#why);
    this.#closing = setTimeout(() => this.#socket.terminate(), SOCKET_CLOSE_TIMEOUT_MS);
    this.#socket.close(NORMAL);
  }

  /** Closes it, and waits until it is closed. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.close();
    await this.#closed.promise;
  }
}

const NORMAL = 1000;
const NO_CLOSE_FRAME = 1006;

/** Protocol error, unsupported data, invalid data, against the policy, too long. */
const REFUSALS: ReadonlySet<number> = new Set([1002, 1003, 1007, 1008, 1009]);
