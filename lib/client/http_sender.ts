import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import { ProtocolError } from "../errors.ts";
import { readToken } from "./hear.ts";
import { HttpStatusError } from "./http_status.ts";
import {
  errorAnswer,
  type HeardMessage,
  isErrorMessage,
  type SealedMessage,
  unreadableAnswer,
} from "./message_answer.ts";
import type { MessageSender, SendOptions } from "./message_sender.ts";
import { postToken } from "./post_token.ts";

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
    const url = formatEndpoint(this.#endpoint);
    const how = { connectTimeoutMs, timeoutMs, signal };
    const { status, words, body } = await postToken(this.#endpoint, sealed.token, how);
    const isSuccess = status >= 200 && status < 300;
    const read = readToken(seal, body);
    if ("why" in read) {
      const unreadable = unreadableAnswer(url, read.why);
      // An error page is no token; a token of another key explains the status.
      const explains = isSuccess || !(unreadable instanceof ProtocolError);
      throw explains ? unreadable : new HttpStatusError(url, status, words);
    }
    onAnswer({ message: read.message, from: url });
    if (!isSuccess || isErrorMessage(read.message)) throw errorAnswer(url, read.message);
  }

  /** Nothing is kept open. */
  [Symbol.asyncDispose](): Promise<void> {
    return Promise.resolve();
  }
}
