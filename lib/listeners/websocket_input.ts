import type { Buffer } from "node:buffer";
// @ts-types="@types/ws"
import type { WebSocket } from "ws";
import { MAX_WEBSOCKET_TOKENS_PER_SECOND, WEBSOCKET_TOKEN_UNIT_BYTES } from "../limits/http.ts";
import { WebSocketWatch } from "../wire/websocket_watch.ts";
import { Pace } from "./pace.ts";
import type { PendingShare } from "./pending_bytes.ts";
import type { WebSocketFrame } from "./websocket_frame.ts";

/** What an input needs. */
export interface WebSocketInputOptions {
  /** Where messages come from. */
  webSocket: WebSocket;
  /** Gives where a message counts that begins now. */
  pendingOf: () => PendingShare;
  /** Is given each message, the next one when it is done; must not reject. */
  onMessage: (message: WebSocketFrame) => Promise<void> | void;
  /** There is no room for what is coming. */
  onNoRoom: () => void;
}

/**
 * What comes from a peer by WebSocket, one message after the other. While one is acted on nothing is
 * read, so a peer that says more than the store takes, or more than it may, is read more slowly.
 */
export class WebSocketInput {
  readonly #options: WebSocketInputOptions;
  readonly #watch = new WebSocketWatch();
  readonly #pace = new Pace(MAX_WEBSOCKET_TOKENS_PER_SECOND);
  /** Those that the last read has brought. */
  #messages: WebSocketFrame[] = [];
  #isActing = false;
  #isClosed = false;
  #isStopped = false;
  /** Where the message counts that is not whole, and what it holds. */
  #pending: PendingShare | undefined;
  #pendingBytes = 0;
  #wait: { timer: ReturnType<typeof setTimeout>; over: () => void } | undefined;
  /** Since when a message has been coming that is not whole; NaN between messages. */
  midSinceMs: number = NaN;
  /** When the last byte has come, or was last waited for. */
  heardMs: number = performance.now();

  /** Begins to read. */
  constructor(options: WebSocketInputOptions) {
    this.#options = options;
    options.webSocket.on("message", (data: Buffer, isBinary: boolean) => {
      this.#take({ data, isBinary });
    });
  }

  /** Looks at bytes that have come, before their messages are taken. */
  see(bytes: Uint8Array): void {
    const before = this.#watch.wholeCount;
    this.#watch.take(bytes);
    this.heardMs = performance.now();
    if (!this.#watch.isMidMessage) this.midSinceMs = NaN;
    else if (Number.isNaN(this.midSinceMs) || this.#watch.wholeCount > before) {
      this.midSinceMs = this.heardMs;
    }
    // What comes behind a close is held too.
    if (this.#isStopped || this.#hold(this.#watch.pendingBytes)) return;
    this.stop();
    this.#options.onNoRoom();
  }

  /** Nothing is read while the last message is acted on: nobody can expect to hear anything. */
  get isBusy(): boolean {
    return this.#isActing;
  }

  /**
   * What still comes is not even read: its peer sends what it must not, and holding or throwing away
   * more of it would cost too. Whether the peer closes is not noticed any more.
   */
  stop(): void {
    this.close();
    this.#isStopped = true;
    this.#options.webSocket.pause();
  }

  /** What has come is gone with the connection: until then it is held, and counts. */
  forget(): void {
    this.#hold(0);
  }

  /** What still comes is not acted on. */
  close(): void {
    this.#isClosed = true;
    this.#messages = [];
    clearTimeout(this.#wait?.timer);
    this.#wait?.over();
  }

  /** What is not whole holds so much now; gives false when there is no room for it. */
  #hold(bytes: number): boolean {
    // Who has proven the key meanwhile has another one.
    if (this.#pendingBytes === 0) this.#pending = this.#options.pendingOf();
    if (!this.#pending!.change(this.#pendingBytes, bytes)) return false;
    this.#pendingBytes = bytes;
    return true;
  }

  #take(message: WebSocketFrame): void {
    if (this.#isClosed) return;
    this.#messages.push(message);
    if (!this.#isActing) void this.#act();
  }

  async #act(): Promise<void> {
    this.#isActing = true;
    this.#options.webSocket.pause();
    for (let next = this.#messages.shift(); next !== undefined; next = this.#messages.shift()) {
      const count = Math.ceil(next.data.length / WEBSOCKET_TOKEN_UNIT_BYTES);
      const delayMs = this.#pace.delayMs(performance.now(), count);
      if (delayMs > 0) await this.#pause(delayMs);
      if (!this.#isClosed) await this.#options.onMessage(next);
    }
    this.#isActing = false;
    // The time that this took is not the peer's fault.
    this.heardMs = performance.now();
    if (this.#watch.isMidMessage) this.midSinceMs = this.heardMs;
    if (!this.#isStopped) this.#options.webSocket.resume();
  }

  /** Waits, unless it is closed meanwhile. */
  #pause(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      const over = () => {
        this.#wait = undefined;
        resolve();
      };
      this.#wait = { timer: setTimeout(over, delayMs), over };
    });
  }
}
