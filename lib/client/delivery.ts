import { TimedOutError, type WagonsError } from "../errors.ts";
import { UDP_RESEND_FIRST_MS, UDP_RESEND_MAX_MS } from "../limits/client.ts";
import { Sleep } from "../sleep.ts";
import { formatDuration } from "../units.ts";
import {
  errorAnswer,
  type HeardMessage,
  type SealedMessage,
  type Unreadable,
  unreadableAnswer,
} from "./message_answer.ts";
import type { TokenStream } from "./token_stream.ts";

/** What a delivery is made of. */
export interface DeliveryOptions {
  /** What is sent. */
  readonly sealed: SealedMessage;
  /** How long the first answer may take, from when it is sent. */
  readonly timeoutMs: number;
  /** How long further answers are waited for after the first, and better ones after an error. */
  readonly waitMs: number;
  /** Is told each answer, once for each that gives one. */
  readonly onAnswer: (answer: HeardMessage) => void;
}

/** One message on its way, until it is answered. */
export class Delivery {
  /**
   * Resolves when it is answered, and all answers are there that were waited for.
   *
   * Rejects with a {@linkcode RefusedError} when the only answer is an error or cannot be read, with a
   * {@linkcode TimedOutError} when there is none, and with what {@linkcode Delivery.fail} is given.
   */
  readonly done: Promise<void>;
  readonly #options: DeliveryOptions;
  readonly #result = Promise.withResolvers<void>();
  readonly #answered = new Set<string>();
  /** Who has answered with an error: each time that it was sent, perhaps. */
  readonly #refused = new Set<string>();
  #stream: TokenStream | undefined;
  #patience: Sleep | undefined;
  #resending: Sleep | undefined;
  #isWaitingForMore = false;
  #isOver = false;
  /** What came and was no good answer, the first of them. */
  #bad: WagonsError | undefined;

  /** Takes what is to be sent, and how. */
  constructor(options: DeliveryOptions) {
    this.#options = options;
    this.done = this.#result.promise;
    // Whoever waits for it may do so later.
    this.done.catch(() => {});
  }

  /**
   * Sends it by this stream, and waits until it is answered.
   *
   * @throws what {@linkcode Delivery.done} rejects with, and the signal's reason when it is aborted.
   */
  async run(stream: TokenStream, signal: AbortSignal): Promise<void> {
    const abort = () => this.fail(signal.reason);
    signal.addEventListener("abort", abort);
    try {
      signal.throwIfAborted();
      this.start(stream);
      await this.done;
    } finally {
      this.pause();
      signal.removeEventListener("abort", abort);
    }
  }

  /** Sends it by this stream, for the first time or because the one before was lost. */
  start(stream: TokenStream): void {
    this.pause();
    this.#stream = stream;
    this.#isWaitingForMore = false;
    this.#wait(this.#options.timeoutMs);
    if (stream.manners.resends) this.#resendAfter(stream, UDP_RESEND_FIRST_MS);
    stream.send(this.#options.sealed.token);
  }

  /** There is nothing now by which it could be sent or answered, or nobody wants it any more. */
  pause(): void {
    this.#stream = undefined;
    this.#patience?.cancel();
    this.#resending?.cancel();
  }

  /** A message has come. */
  take(heard: HeardMessage): void {
    const stream = this.#stream;
    if (stream === undefined) return;
    const { sealed, onAnswer } = this.#options;
    const verdict = stream.manners.judge(sealed.message, heard);
    if (verdict === "other" || this.#answered.has(heard.from)) return;
    if (verdict === "error") {
      if (this.#refused.has(heard.from)) return;
      this.#refused.add(heard.from);
    }
    onAnswer(heard);
    if (verdict === "last") return this.#end(() => this.#result.resolve());
    if (verdict === "answer") {
      this.#answered.add(heard.from);
      return this.#waitForMore();
    }
    const error = errorAnswer(nameOf(heard.from, stream), heard.message);
    if (verdict === "refusal") return this.#end(() => this.#result.reject(error));
    this.#bad ??= error;
    this.#waitForMore();
  }

  /** Something has come that cannot be read. */
  takeUnreadable(why: Unreadable, from: string): void {
    const stream = this.#stream;
    if (stream === undefined) return;
    this.#bad ??= unreadableAnswer(nameOf(from, stream), why);
    if (stream.manners.hearsOnlyAnswers) this.#waitForMore();
  }

  /** It cannot be delivered, for that reason; one that the server gave is told instead. */
  fail(error: unknown): void {
    this.#end(() => this.#result.reject(this.#bad ?? error));
  }

  #resendAfter(stream: TokenStream, durationMs: number): void {
    this.#resending = new Sleep(durationMs, () => {
      this.#resendAfter(stream, Math.min(durationMs * 2, UDP_RESEND_MAX_MS));
      stream.send(this.#options.sealed.token);
    });
  }

  /** From the first answer on. */
  #waitForMore(): void {
    this.#resending?.cancel();
    if (this.#isWaitingForMore) return;
    this.#isWaitingForMore = true;
    this.#wait(this.#options.waitMs);
  }

  #wait(durationMs: number): void {
    this.#patience?.cancel();
    this.#patience = new Sleep(durationMs, () => {
      if (this.#answered.size > 0) this.#end(() => this.#result.resolve());
      else this.fail(late(this.#stream!, this.#options.timeoutMs));
    });
  }

  #end(settle: () => void): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.pause();
    settle();
  }
}

function late({ url, manners }: TokenStream, timeoutMs: number): TimedOutError {
  const what = manners.isGreeted ? "relayed it" : "answered";
  return new TimedOutError(`${url} has not ${what} within ${formatDuration(timeoutMs)}`, {
    hint: manners.resends
      ? "UDP does not tell whether anybody is there, and servers do not answer what another key has " +
        "sealed: compare host, port and key."
      : "It may have it all the same. Give it longer with --timeout.",
  });
}

/** Who has sent something, for a message to a person. */
function nameOf(from: string, { peer, url }: TokenStream): string {
  return from === peer ? url : from;
}
