import { ANSWERS_WAIT_MS } from "../limits/client.ts";
import { Delivery } from "./delivery.ts";
import { hear } from "./hear.ts";
import type { HeardMessage, SealedMessage } from "./message_answer.ts";
import type { MessageSender, SendOptions } from "./message_sender.ts";
import type { TokenStream } from "./token_stream.ts";

/** What a {@linkcode StreamSender} sends by. */
export interface StreamSenderOptions extends SendOptions {
  /** Opens a stream. */
  readonly open: () => Promise<TokenStream>;
  /**
   * All messages go by one stream. Otherwise each has its own: what comes by it is its answer, and no
   * late one to the message before.
   */
  readonly keepsStream: boolean;
}

/** Sends messages where answers come by themselves. It opens a stream when something is sent. */
export class StreamSender implements MessageSender {
  readonly #options: StreamSenderOptions;
  #stream: TokenStream | undefined;
  /** Resolves when nothing comes any more. */
  #hearing: Promise<void> | undefined;
  #delivery: Delivery | undefined;
  /** Why nothing comes any more. */
  #ended: { readonly why: unknown } | undefined;

  /** Takes how to send. */
  constructor(options: StreamSenderOptions) {
    this.#options = options;
  }

  /** See {@linkcode MessageSender}. */
  async send(sealed: SealedMessage, onAnswer: (answer: HeardMessage) => void): Promise<void> {
    const { keepsStream, timeoutMs, waitMs = ANSWERS_WAIT_MS, signal } = this.#options;
    const stream = this.#stream ??= await this.#open();
    this.#delivery = new Delivery({ sealed, timeoutMs, waitMs, onAnswer });
    try {
      if (this.#ended !== undefined) throw this.#ended.why;
      await this.#delivery.run(stream, signal);
    } finally {
      if (!keepsStream) await this[Symbol.asyncDispose]();
    }
  }

  async #open(): Promise<TokenStream> {
    const { open, seal } = this.#options;
    const stream = await open();
    this.#ended = undefined;
    this.#hearing = hear(stream, {
      seal,
      onHeard: (heard) => this.#delivery?.take(heard),
      onUnreadable: (why, from) => this.#delivery?.takeUnreadable(why, from),
    }).then((why) => {
      this.#ended = { why };
      this.#delivery?.fail(why);
    });
    return stream;
  }

  /** Closes the stream. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stream?.[Symbol.asyncDispose]();
    await this.#hearing;
    this.#stream = undefined;
  }
}
