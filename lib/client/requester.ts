/**
 * Fast and slow requests, one at a time, over a connection that is made again when it is lost.
 *
 * @module
 */

import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import { TimedOutError, WagonsError } from "../errors.ts";
import { Sleep } from "../sleep.ts";
import type { Received } from "../wire/messages.ts";
import { Histogram } from "./histogram.ts";
import { pause } from "../pause.ts";
import { formatDuration } from "../units.ts";
import { refused, ServerRefusedError } from "./failures.ts";
import { WireConnection, type WireConnectionOptions } from "./wire_connection.ts";

/** What is asked for. */
export type Ask = { readonly kind: "fast" } | { readonly kind: "slow"; readonly seconds: number };

/** What a requester is made of and bounded by. */
export interface RequesterOptions {
  /** The server. */
  endpoint: Endpoint;
  /** How long to wait before a lost connection is made again; `undefined`: never. */
  reconnectMs: number | undefined;
  /** How to connect, and with which key. */
  connection: Omit<WireConnectionOptions, "signal">;
  /** How long an answer may take, beyond the sleep that was asked for. */
  answerTimeoutMs: number;
  /** Ends it. */
  signal: AbortSignal;
  /** Is told what happens. */
  onEvent: (event: RequesterEvent) => void;
}

/** What happens. */
export type RequesterEvent =
  | { readonly event: "connecting"; readonly url: string; readonly attempt: number }
  | { readonly event: "connected"; readonly url: string; readonly sealed: boolean }
  | { readonly event: "failed"; readonly url: string; readonly error: WagonsError }
  | { readonly event: "lost"; readonly url: string; readonly error: WagonsError }
  | { readonly event: "request"; readonly kind: Ask["kind"]; readonly number: number }
  | {
    readonly event: "answer";
    readonly kind: "fast";
    readonly number: number;
    readonly currentDateTime: string;
    readonly rttMs: number;
  }
  | {
    readonly event: "answer";
    readonly kind: "slow";
    readonly number: number;
    readonly connectedClientCount: number;
    readonly rttMs: number;
  }
  | { readonly event: "skipped"; readonly reason: "unanswered" | "unconnected" };

/** What was done. */
export interface Summary {
  /** Requests that were sent. */
  readonly sent: number;
  /** Requests that were answered. */
  readonly answered: number;
  /** Requests that were due while another was unanswered, or while there was no connection. */
  readonly skipped: number;
  /** Requests that were sent and whose connection was lost before the answer. */
  readonly lost: number;
  /** Round-trip times of the answers, as the server slept included. */
  readonly rtt: Histogram;
}

interface Outstanding {
  ask: Ask;
  number: number;
  sentAtMs: number;
  /** Ends the connection when it ends. */
  patience: Sleep;
}

/** Keeps a connection, sends requests when it is told to, and counts. */
export class Requester {
  readonly #options: RequesterOptions;
  readonly #url: string;
  readonly #rtt = new Histogram();
  #connection: WireConnection | undefined;
  #outstanding: Outstanding | undefined;
  #sent = 0;
  #skipped = 0;
  #lost = 0;
  /** Why a connection that we close is closed. */
  #timeout: TimedOutError | undefined;

  /** Takes the server and who is told what happens. */
  constructor(options: RequesterOptions) {
    this.#options = options;
    this.#url = formatEndpoint(options.endpoint);
  }

  /** What was done so far. */
  get summary(): Summary {
    return {
      sent: this.#sent,
      answered: this.#rtt.count,
      skipped: this.#skipped,
      lost: this.#lost,
      rtt: this.#rtt,
    };
  }

  /** Sends a request, unless one is unanswered or there is no connection: then it is skipped. */
  ask(ask: Ask): void {
    const connection = this.#connection;
    if (connection === undefined || this.#outstanding !== undefined) {
      this.#skipped++;
      const reason = connection === undefined ? "unconnected" : "unanswered";
      this.#options.onEvent({ event: "skipped", reason });
      return;
    }
    const number = ++this.#sent;
    const sleepMs = ask.kind === "slow" ? ask.seconds * 1000 : 0;
    const timeoutMs = sleepMs + this.#options.answerTimeoutMs;
    const patience = new Sleep(timeoutMs, () => {
      this.#timeout = new TimedOutError(
        `${this.#url} gave no answer within ${formatDuration(timeoutMs)}`,
      );
      connection.close();
    });
    this.#outstanding = { ask, number, sentAtMs: performance.now(), patience };
    this.#options.onEvent({ event: "request", kind: ask.kind, number });
    connection.send(
      ask.kind === "fast" ? { kind: "fastRequest" } : { kind: "slowRequest", seconds: ask.seconds },
    ).catch(() => connection.close()); // The read of the same connection tells what happened.
  }

  /**
   * Connects, takes the answers, and connects again, until the signal is aborted.
   *
   * @throws {WagonsError} when there is no connection, or it is lost, or the server refuses, and no
   * `reconnectMs`; {@linkcode ServerRefusedError} for a refusal that another try would not change.
   */
  async run(onConnected: () => void): Promise<void> {
    const { endpoint, connection, reconnectMs, signal, onEvent } = this.#options;
    const sealed = connection.key !== undefined;
    for (let attempt = 1; !signal.aborted; attempt++) {
      let event: "failed" | "lost" = "failed";
      try {
        onEvent({ event: "connecting", url: this.#url, attempt });
        this.#connection = await WireConnection.open(endpoint, { ...connection, signal });
        event = "lost";
        attempt = 0;
        onEvent({ event: "connected", url: this.#url, sealed });
        onConnected();
        await this.#takeAnswers(this.#connection);
      } catch (caught) {
        if (signal.aborted) return;
        if (!(caught instanceof WagonsError)) throw caught;
        const error = this.#timeout ?? caught;
        this.#timeout = undefined;
        this.#drop();
        onEvent({ event, url: this.#url, error });
        const isFinal = error instanceof ServerRefusedError && error.isFinal;
        if (reconnectMs === undefined || isFinal) throw error;
      } finally {
        this.#drop();
      }
      await pause(reconnectMs!, signal);
    }
  }

  async #takeAnswers(connection: WireConnection): Promise<never> {
    const { signal } = this.#options;
    const close = () => connection.close();
    signal.addEventListener("abort", close);
    try {
      while (true) this.#take(await connection.receive());
    } finally {
      signal.removeEventListener("abort", close);
      connection.close();
    }
  }

  #take(message: Received): void {
    const outstanding = this.#outstanding;
    if (message.kind === "refusal") throw refused(this.#url, message.code, message.text);
    if (outstanding === undefined) return;
    const { ask, number } = outstanding;
    const rttMs = performance.now() - outstanding.sentAtMs;
    const { onEvent } = this.#options;
    if (ask.kind === "fast" && message.kind === "fastResponse") {
      this.#settle(rttMs);
      const { currentDateTime } = message;
      onEvent({ event: "answer", kind: "fast", number, currentDateTime, rttMs });
    } else if (ask.kind === "slow" && message.kind === "slowResponse") {
      this.#settle(rttMs);
      const { connectedClientCount } = message;
      onEvent({ event: "answer", kind: "slow", number, connectedClientCount, rttMs });
    }
  }

  #settle(rttMs: number): void {
    this.#outstanding!.patience.cancel();
    this.#outstanding = undefined;
    this.#rtt.record(rttMs);
  }

  /** The connection is over: what was not answered is lost. */
  #drop(): void {
    this.#connection = undefined;
    if (this.#outstanding === undefined) return;
    this.#outstanding.patience.cancel();
    this.#outstanding = undefined;
    if (!this.#options.signal.aborted) this.#lost++;
  }
}
