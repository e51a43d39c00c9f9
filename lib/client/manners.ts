/**
 * How one knows, by each transport, that a message has arrived.
 *
 * @module
 */

import type { TokenMessage } from "../wire/token_message.ts";
import { type HeardMessage, isErrorMessage, isSameMessage } from "./message_answer.ts";

/**
 * What a message that came is to one that was sent:
 *
 * - `last`: its answer, after which none comes;
 * - `refusal`: the same, and it was refused;
 * - `answer`: one of its answers;
 * - `error`: perhaps the answer that it was refused;
 * - `other`: nothing.
 */
export type Verdict = "last" | "refusal" | "answer" | "error" | "other";

/** What is usual where messages come by themselves too. */
export interface Manners {
  /** What `heard` is to `sent`. */
  judge(sent: TokenMessage, heard: HeardMessage): Verdict;
  /** What was not answered is sent again: it may be lost, and is acted on once. */
  readonly resends: boolean;
  /** Something that cannot be read is most likely an answer, and not by anybody else. */
  readonly hearsOnlyAnswers: boolean;
  /** The first thing that comes is a token of the server itself. */
  readonly isGreeted: boolean;
}

/**
 * In a WebSocket room each message goes to everyone, its sender included: it has arrived when it comes
 * back, sealed anew or not. Nothing tells whose error an error is.
 */
export const ROOM_MANNERS: Manners = {
  judge(sent, heard) {
    if (isSameMessage(sent, heard.message)) return "last";
    return isErrorMessage(heard.message) ? "error" : "other";
  },
  resends: false,
  hearsOnlyAnswers: false,
  isGreeted: true,
};

/**
 * By UDP each server that hears a message answers it. One that answers from the address that was
 * sent to is the only one, unless the caller wants to hear more all the same.
 *
 * @param peer That address, `host:port`.
 */
export function datagramManners(peer: string, wantsMore: boolean): Manners {
  return {
    judge(_sent, { message, from }) {
      const isOnly = from === peer && !wantsMore;
      if (isErrorMessage(message)) return isOnly ? "refusal" : "error";
      return isOnly ? "last" : "answer";
    },
    resends: true,
    hearsOnlyAnswers: true,
    isGreeted: false,
  };
}
