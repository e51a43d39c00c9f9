/**
 * Sending messages, one after the other, each with its answers.
 *
 * @module
 */

import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import { UsageError } from "../errors.ts";
import type { TokenSeal } from "../token_seal.ts";
import type { HeardMessage, SealedMessage } from "./message_answer.ts";

/** How messages are sent. */
export interface SendOptions {
  /** Opens what is answered. */
  readonly seal: TokenSeal;
  /** Time for a connection. */
  readonly connectTimeoutMs: number;
  /** Time for an answer, from when the message is sent. */
  readonly timeoutMs: number;
  /**
   * How long answers are collected after the first, by UDP. Default: {@linkcode ANSWERS_WAIT_MS}, and
   * not at all where the answer comes from the address that was sent to.
   */
  readonly waitMs?: number | undefined;
  /** Gives up. */
  readonly signal: AbortSignal;
}

/** Sends messages to one server. */
export interface MessageSender extends AsyncDisposable {
  /**
   * Sends a message, and resolves when it is answered. One at a time.
   *
   * @param onAnswer Is told each answer, also one that is an error.
   * @throws {RefusedError} when the answer is an error, or cannot be read; {@linkcode TimedOutError}
   * when none comes in time, {@linkcode UnreachableError} when nobody is there or the connection is
   * lost; and the signal's reason when it is aborted.
   */
  send(sealed: SealedMessage, onAnswer: (answer: HeardMessage) => void): Promise<void>;
}

/**
 * A sender for a server, by `http://`, `ws://` or `udp://`. It connects when something is sent.
 *
 * @throws {UsageError} for another scheme.
 */
export async function openSender(endpoint: Endpoint, options: SendOptions): Promise<MessageSender> {
  const { connectTimeoutMs, waitMs, signal } = options;
  const how = { connectTimeoutMs, signal };
  // Loaded here: each transport brings modules that the others do not need.
  switch (endpoint.scheme) {
    case "http": {
      const { HttpSender } = await import("./http_sender.ts");
      return new HttpSender(endpoint, options);
    }
    case "ws": {
      const { StreamSender } = await import("./stream_sender.ts");
      const { TokenSocket } = await import("./token_socket.ts");
      const open = () => TokenSocket.open(endpoint, how);
      return new StreamSender({ ...options, waitMs: undefined, open, keepsStream: true });
    }
    case "udp": {
      const { StreamSender } = await import("./stream_sender.ts");
      const { TokenDatagrams } = await import("./token_datagrams.ts");
      const wantsMore = waitMs !== undefined;
      const open = () => TokenDatagrams.open(endpoint, { ...how, wantsMore });
      return new StreamSender({ ...options, open, keepsStream: false });
    }
    default:
      throw new UsageError(`Cannot send messages to ${formatEndpoint(endpoint)}`, {
        hint: "Write it as http://host:port, ws://host:port or udp://host:port.",
      });
  }
}
