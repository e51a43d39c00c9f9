import { RefusedError, UsageError, WagonsError } from "../errors.ts";
import { ANSWERS_WAIT_MS } from "../limits/client.ts";
import { pause } from "../pause.ts";
import { SealError } from "../seal/seal_error.ts";
import type { TokenSeal } from "../token_seal.ts";
import { backoffMs } from "./backoff.ts";
import { Delivery } from "./delivery.ts";
import { hear } from "./hear.ts";
import { HttpStatusError } from "./http_status.ts";
import type { HeardMessage, SealedMessage, Unreadable } from "./message_answer.ts";
import type { TokenStream } from "./token_stream.ts";

/** What a watch is made of. */
export interface MessageWatchOptions {
  /** Connects, over and over. */
  readonly open: (signal: AbortSignal) => Promise<TokenStream>;
  /** Opens what comes. */
  readonly seal: TokenSeal;
  /** How long a message that is said may be on its way, while there is a connection. */
  readonly timeoutMs: number;
  /** How long to wait before try number `failures + 1`. Default: {@linkcode backoffMs}. */
  readonly waitMs?: (failures: number) => number;
  /**
   * Tries again what has never succeeded: a server may be started later. Without a connection to be
   * made, as by UDP, there is nothing to wait for.
   */
  readonly retriesFirst: boolean;
  /** Ends it. */
  readonly signal: AbortSignal;
  /** Is told what happens. What it throws ends the watch. */
  readonly onEvent: (event: WatchEvent) => void;
}

/** What happens. */
export type WatchEvent =
  /** What comes can be heard now. */
  | { readonly event: "joined"; readonly url: string }
  /** No connection could be made; the next try comes after that wait. */
  | { readonly event: "failed"; readonly error: WagonsError; readonly waitMs: number }
  /** The connection was lost; the next one is tried after that wait. */
  | { readonly event: "lost"; readonly error: WagonsError; readonly waitMs: number }
  /** A message has come; or what the server greets with, which nobody has said. */
  | { readonly event: "heard"; readonly heard: HeardMessage; readonly isGreeting: boolean }
  /** Something else has come. */
  | { readonly event: "unreadable"; readonly why: Unreadable };

/** Hears what comes, over as many connections as it takes, and says something in between. */
export class MessageWatch {
  readonly #options: MessageWatchOptions;
  #stream: TokenStream | undefined;
  /** Resolves when there is another stream, or the end. */
  #change = Promise.withResolvers<void>();
  /** What is on its way. */
  #delivery: Delivery | undefined;

  /** Takes where to hear, and who is told. */
  constructor(options: MessageWatchOptions) {
    this.#options = options;
    options.signal.addEventListener("abort", () => this.#change.resolve());
  }

  /**
   * Resolves when there is a connection: what is sealed then is not old when it arrives.
   *
   * @throws the signal's reason when the watch is ended.
   */
  async connected(): Promise<void> {
    const { signal } = this.#options;
    while (this.#stream === undefined) {
      signal.throwIfAborted();
      await this.#change.promise;
    }
    signal.throwIfAborted();
  }

  /**
   * Says something, now or when there is a connection, and again when the connection is lost before
   * it has arrived: as the same token, which a server acts on once. Resolves when it has arrived. One
   * at a time.
   *
   * @throws {RefusedError} and {@linkcode TimedOutError} when it has not, and the signal's reason when
   * the watch is ended.
   */
  async say(sealed: SealedMessage): Promise<void> {
    const { timeoutMs, signal } = this.#options;
    const delivery = new Delivery({
      sealed,
      timeoutMs,
      waitMs: ANSWERS_WAIT_MS,
      onAnswer: () => {
        // It is told like all that comes.
      },
    });
    this.#delivery = delivery;
    const abort = () => delivery.fail(signal.reason);
    signal.addEventListener("abort", abort);
    try {
      signal.throwIfAborted();
      if (this.#stream !== undefined) delivery.start(this.#stream);
      await delivery.done;
    } finally {
      this.#delivery = undefined;
      delivery.pause();
      signal.removeEventListener("abort", abort);
    }
  }

  /**
   * Connects, hears, and connects again, until the signal is aborted.
   *
   * @throws {WagonsError} for a refusal that another try would not change, for the first failure where
   * that is not tried again, and what `onEvent` throws.
   */
  async run(): Promise<void> {
    const { retriesFirst, signal, onEvent, waitMs = usualWaitMs } = this.#options;
    let isWorthTrying = retriesFirst;
    for (let failures = 1; !signal.aborted; failures++) {
      let hasJoined = false;
      try {
        await this.#stay(() => {
          hasJoined = isWorthTrying = true;
          failures = 1;
        });
      } catch (caught) {
        if (signal.aborted) return;
        if (!isWorthTrying || !(caught instanceof WagonsError) || isFinal(caught, hasJoined)) {
          throw caught;
        }
        const nextMs = waitMs(failures);
        onEvent({ event: hasJoined ? "lost" : "failed", error: caught, waitMs: nextMs });
        await pause(nextMs, signal);
      }
    }
  }

  /** One connection, to its end, which is always an error. */
  async #stay(onJoined: () => void): Promise<never> {
    const { open, seal, signal, onEvent } = this.#options;
    await using stream = await open(signal);
    const close = () => stream.close();
    signal.addEventListener("abort", close);
    try {
      signal.throwIfAborted();
      onJoined();
      onEvent({ event: "joined", url: stream.url });
      this.#stream = stream;
      this.#change.resolve();
      this.#change = Promise.withResolvers();
      this.#delivery?.start(stream);
      const why = await hear(stream, {
        seal,
        onHeard: (heard, isGreeting) => {
          onEvent({ event: "heard", heard, isGreeting });
          this.#delivery?.take(heard);
        },
        onUnreadable: (why, from) => {
          onEvent({ event: "unreadable", why });
          this.#delivery?.takeUnreadable(why, from);
        },
      });
      // What the server does not take, it would not take by the next connection either.
      if (why instanceof RefusedError) this.#delivery?.fail(why);
      throw why;
    } finally {
      this.#stream = undefined;
      this.#delivery?.pause();
      signal.removeEventListener("abort", close);
    }
  }
}

/** Whether the next try would fail alike. */
function isFinal(error: WagonsError, hadJoined: boolean): boolean {
  if (error instanceof UsageError) return true;
  if (error instanceof HttpStatusError) return error.isFinal;
  if (!(error instanceof RefusedError)) return false;
  // Who was heard before is the right kind of server, unless its key is another one.
  return !hadJoined || error.cause instanceof SealError;
}

function usualWaitMs(failures: number): number {
  return backoffMs(failures, Math.random());
}
