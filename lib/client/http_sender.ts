import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import { askByPost } from "./ask_by_post.ts";
import type { HeardMessage, SealedMessage } from "./message_answer.ts";
import type { MessageSender, SendOptions } from "./message_sender.ts";

/** Sends messages by HTTP: a request for each, on a connection of its own. */
export class HttpSender implements MessageSender {
  readonly #endpoint: Endpoint;
  readonly #options: SendOptions;

  /** Takes the server, and how to send. */
  constructor(endpoint: Endpoint, options: SendOptions) {
    this.#endpoint = endpoint;
    this.#options = options;
  }

  /** See {@linkcode MessageSender}. */
  async send(sealed: SealedMessage, onAnswer: (answer: HeardMessage) => void): Promise<void> {
    const { seal, connectTimeoutMs, timeoutMs, signal } = this.#options;
    const from = formatEndpoint(this.#endpoint);
    const how = { connectTimeoutMs, timeoutMs, signal };
    const tell = (message: HeardMessage["message"]) => onAnswer({ message, from });
    await askByPost(this.#endpoint, sealed.token, seal, how, tell);
  }

  /** Nothing is kept open. */
  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}
