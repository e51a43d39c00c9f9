import type { Socket } from "node:net";
// @ts-types="@types/ws"
import type { WebSocket } from "ws";
import { MAX_WAITING_PONGS } from "../limits/http.ts";
import { EVENT_WRITE_BYTES } from "../limits/room.ts";
import { EventQueue } from "./event_queue.ts";
import type { WebSocketFrame } from "./websocket_frame.ts";

/** Bytes of a frame's header, and what else waiting costs. */
const FRAME_OVERHEAD_BYTES = 16;

/**
 * What waits for a peer by WebSocket. Some of it is given to the socket at a time, and the next when
 * the system has taken that: the rest are references to what all peers share.
 */
export class WebSocketOutput {
  readonly #webSocket: WebSocket;
  readonly #socket: Socket;
  readonly #frames = new EventQueue<WebSocketFrame>();
  /** Frames that were given to the socket and not taken. */
  #writing = 0;
  /** Answers to pings that were given to the socket and not taken. */
  #pongs = 0;
  /** No more frames are taken. */
  #isFinishing = false;
  #idle: PromiseWithResolvers<void> | undefined;

  /** Takes where it goes. */
  constructor(webSocket: WebSocket, socket: Socket) {
    this.#webSocket = webSocket;
    this.#socket = socket;
  }

  /** Bytes that the peer has taken. */
  get takenBytes(): number {
    return this.#socket.bytesWritten - this.#socket.writableLength;
  }

  /** The system has not taken all that there is. */
  get isWaiting(): boolean {
    return this.#writing > 0;
  }

  /** Adds a frame; gives false when too much waits already. */
  add(frame: WebSocketFrame): boolean {
    if (this.#isFinishing) return true;
    if (!this.#frames.add(frame, frame.data.length + FRAME_OVERHEAD_BYTES)) return false;
    if (this.#writing === 0) this.#write();
    return true;
  }

  /** Answers a ping; gives false when too many such answers wait. */
  pong(data: Buffer): boolean {
    if (this.#pongs === MAX_WAITING_PONGS) return false;
    this.#pongs++;
    this.#webSocket.pong(data, false, () => this.#pongs--);
    return true;
  }

  /** Takes no more frames; those that wait are sent. */
  finish(): void {
    this.#isFinishing = true;
  }

  /** Takes no more frames and drops those that wait. */
  drop(): void {
    this.#isFinishing = true;
    this.#frames.clear();
  }

  /** Resolves when nothing waits, or the connection is lost. Never rejects. */
  idle(): Promise<void> {
    if (this.#writing === 0) return Promise.resolve();
    this.#idle ??= Promise.withResolvers();
    return this.#idle.promise;
  }

  #write(): void {
    const frames = this.#frames.take(EVENT_WRITE_BYTES);
    this.#writing = frames.length;
    // One write to the system for all of them.
    this.#socket.cork();
    for (const { data, isBinary } of frames) {
      this.#webSocket.send(data, { binary: isBinary }, this.#onWritten);
    }
    this.#socket.uncork();
  }

  readonly #onWritten = (error?: Error) => {
    if (error) this.drop();
    if (--this.#writing > 0) return;
    if (this.#frames.length > 0) return this.#write();
    this.#idle?.resolve();
    this.#idle = undefined;
  };
}
