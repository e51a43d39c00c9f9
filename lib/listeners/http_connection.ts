import type { IncomingMessage, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Hub } from "../hub/hub.ts";
import type { Peer } from "../hub/peer.ts";
import { LINGER_MS } from "../limits/connections.ts";
import { MAX_PIPELINED_REQUESTS } from "../limits/http.ts";
import { describeSocketLoss, readFault } from "./http_faults.ts";
import { hasBody } from "./http_body.ts";
import { lastReply, type Reply, sendReply } from "./http_reply.ts";

/** What a connection is bounded by. */
export interface HttpTimes {
  /** Time without a request. */
  readonly idleTimeoutMs: number;
  /** Time in which the peer must take some byte of its answers. */
  readonly stallTimeoutMs: number;
}

/** What a connection has become that speaks HTTP no more. */
export interface Upgraded {
  /** Sends what waits and closes, for a reason that is part of a sentence. */
  end(reason: string): void;
  /** Ends it if it takes too long over something. */
  checkTimes(nowMs: number): void;
}

/**
 * A connection by TCP that speaks HTTP: one peer of the hub, from when it is taken until it is
 * closed, also when it has become a WebSocket.
 */
export class HttpConnection {
  readonly #socket: Socket;
  readonly #hub: Hub;
  readonly #times: HttpTimes;
  /** Who it is to the hub. */
  readonly peer: Peer;
  /** Resolves when it is closed and the hub has been told. Never rejects. */
  readonly closed: Promise<void>;
  /** Requests whose answers are not all sent. */
  #open = 0;
  /** Requests that came when the last answer was known already, and get none. */
  #ignored = 0;
  /** The last request that was taken and whose answer is not sent. */
  #last: IncomingMessage | undefined;
  /** The last answer, while others have to be sent before it. */
  #lastAnswer: string | undefined;
  /** Since when there are none; NaN while there are, and before the first one, which has its own time. */
  #idleSinceMs = NaN;
  /** As of the last look at the clock: bytes that the peer has taken, and since when it is that. */
  #takenBytes = NaN;
  #takenSinceMs = NaN;
  /** Why it ends, once it does. */
  #ending: string | undefined;
  #isClosed = false;
  #linger: ReturnType<typeof setTimeout> | undefined;
  #upgraded: Upgraded | undefined;
  /** Bytes that are counted already. */
  #countedReceived = 0;
  #countedSent = 0;
  readonly #onAnswered = () => this.#answered();

  /** Takes a connection, and the peer that the hub made of it. */
  constructor(socket: Socket, peer: Peer, hub: Hub, times: HttpTimes) {
    this.#socket = socket;
    this.#hub = hub;
    this.#times = times;
    this.peer = peer;
    // The runtime adds one each time that it finds a request late, also while that ends.
    socket.setMaxListeners(0);
    this.closed = new Promise((resolve) => {
      socket.on("error", (error) => this.#fail(error));
      socket.on("end", () => {
        if (this.#isReading) this.cut("closed the connection in the middle of a request");
      });
      socket.on("close", () => {
        this.#isClosed = true;
        clearTimeout(this.#linger);
        this.#countBytes();
        hub.leave(peer, this.#ending ?? "closed the connection");
        resolve();
      });
    });
  }

  /** Why it ends; `undefined` while it does not. */
  get ending(): string | undefined {
    return this.#ending;
  }

  /**
   * Counts a request, and gives whether it is to be answered. The runtime reads on whatever waits
   * here, so who sends too much at once is cut off.
   */
  take(request: IncomingMessage, response: ServerResponse): boolean {
    if (this.#open + this.#ignored >= MAX_PIPELINED_REQUESTS) {
      this.cut(`sent more than ${MAX_PIPELINED_REQUESTS} requests without waiting for the answers`);
      return false;
    }
    if (this.#ending !== undefined) {
      this.#ignored++;
      return false;
    }
    this.#open++;
    this.#last = request;
    this.#idleSinceMs = NaN;
    response.once("close", this.#onAnswered);
    return true;
  }

  /**
   * Answers a request that was taken. When the connection ends with it, because the server stops, too
   * much was refused, or its body is not whole and nobody reads it, the answer says so.
   */
  answer(request: IncomingMessage, response: ServerResponse, reply: Reply): void {
    const isHead = request.method === "HEAD";
    const isLast = request === this.#last;
    if (this.#hub.isHopeless(this.peer)) this.end("too much of it was refused");
    if (isLast && this.#hub.draining.aborted) this.#ending ??= "the server stopped";
    if (isLast && hasBody(request) && !request.complete) {
      this.#ending ??= "sent a body that nobody reads";
    }
    if (isLast && this.#ending !== undefined) this.#answerLast(lastReply(reply, isHead), true);
    else sendReply(response, reply, isHead);
  }

  /** A request has come whose body is not whole. */
  get #isReading(): boolean {
    return this.#last?.complete === false;
  }

  #answered(): void {
    if (this.#isClosed || --this.#open > 0) return;
    this.#last = undefined;
    this.#idleSinceMs = performance.now();
    if (this.#ending !== undefined) this.#close();
  }

  /** Answers are on their way: nothing else can be. */
  get isAnswering(): boolean {
    return this.#open > 0;
  }

  /** It has become something else, which ends and watches it from now on. */
  upgrade(upgraded: Upgraded): void {
    this.#idleSinceMs = NaN;
    this.#upgraded = upgraded;
  }

  /** Tells the peer that it sends what is no HTTP, or takes too long for it, and ends it. */
  broken(error: Error): void {
    const fault = readFault(error);
    if (fault === undefined) return this.#fail(error);
    if (this.#ending !== undefined) return;
    const { reply, code, reason } = fault;
    if (reply === undefined) return this.cut(reason);
    this.#hub.refuse(this.peer, code, reply.body.trimEnd());
    this.refuseRest(reply, reason);
    // What still comes would be taken for requests, byte by byte, for as long as anybody sends it.
    if (this.#open === 0) this.#socket.destroySoon();
  }

  /**
   * Answers what cannot be read, or is not worth it, and ends the connection, for a reason that is
   * part of a sentence. What still comes is thrown away.
   *
   * @param isTaken It is the answer to a request that was taken, and gets no other one.
   */
  refuseRest(reply: Reply, reason: string, isTaken: boolean = this.#isReading): void {
    this.#ending ??= reason;
    this.#hub.tally.http.refused(reply.status);
    this.#answerLast(lastReply(reply), isTaken);
    if (this.#open > 0) this.#linger ??= setTimeout(() => this.#socket.destroy(), LINGER_MS);
  }

  /** Sends the last answer, behind those that are on their way, and closes. */
  #answerLast(answer: string, isTaken: boolean): void {
    if (isTaken) this.#open--;
    this.#lastAnswer = answer;
    // What is not read of its request is thrown away.
    this.#last?.resume();
    this.#socket.resume();
    if (this.#open === 0) this.#close();
  }

  /** Answers what was asked and closes, for a reason that is part of a sentence. */
  end(reason: string): void {
    if (this.#upgraded !== undefined) return this.#upgraded.end(reason);
    this.#ending ??= reason;
    if (this.#open === 0) this.#close();
    // What waits for the disk has been answered before a server stops: the rest has its time.
    else this.#linger ??= setTimeout(() => this.#socket.destroy(), LINGER_MS);
  }

  /** Closes at once, for a reason that is part of a sentence. */
  cut(reason: string): void {
    this.#ending ??= reason;
    this.#socket.destroy();
  }

  /** The reason for which what it was upgraded to ends it. */
  because(reason: string): void {
    this.#ending ??= reason;
  }

  /** Ends it if it takes too long over something. */
  checkTimes(nowMs: number): void {
    this.#countBytes();
    if (this.#upgraded !== undefined) return this.#upgraded.checkTimes(nowMs);
    const { idleTimeoutMs, stallTimeoutMs } = this.#times;
    const { bytesWritten, writableLength } = this.#socket;
    const taken = writableLength === 0 ? NaN : bytesWritten - writableLength;
    if (taken !== this.#takenBytes) {
      this.#takenBytes = taken;
      this.#takenSinceMs = nowMs;
    } else if (nowMs - this.#takenSinceMs > stallTimeoutMs) {
      this.cut(`the peer took nothing for ${stallTimeoutMs} ms`);
    }
    if (nowMs - this.#idleSinceMs > idleTimeoutMs) {
      this.end(`sent no request for ${idleTimeoutMs} ms`);
    }
  }

  /**
   * Closes so that the peer gets what was written last: a close with something unread makes the
   * system send a reset, which can overtake the data (RFC 2525, section 2.17).
   */
  #close(): void {
    this.#idleSinceMs = NaN;
    if (this.#lastAnswer !== undefined) this.#socket.write(this.#lastAnswer);
    this.#lastAnswer = undefined;
    this.#socket.end();
    this.#linger ??= setTimeout(() => this.#socket.destroy(), LINGER_MS);
  }

  #countBytes(): void {
    const { bytesRead, bytesWritten } = this.#socket;
    this.peer.tally.receivedBytes += bytesRead - this.#countedReceived;
    this.peer.tally.sentBytes += bytesWritten - this.#countedSent;
    this.#countedReceived = bytesRead;
    this.#countedSent = bytesWritten;
  }

  #fail(error: Error): void {
    const loss = describeSocketLoss(error);
    if (loss === undefined && this.#ending === undefined) {
      this.#hub.fault(`serve ${this.peer.info.address}`, error);
    }
    this.#ending ??= loss ?? error.message;
    this.#socket.destroy();
  }
}
