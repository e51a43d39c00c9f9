import type { TokenSeal } from "../token_seal.ts";
import { SealError } from "../seal/seal_error.ts";
import { DECODE_ERROR, type TokenMessage } from "../wire/token_message.ts";
import { WireError } from "../wire/wire_error.ts";
import {
  type HeardMessage,
  NotOpenedError,
  type Unreadable,
  unreadableAnswer,
} from "./message_answer.ts";
import type { TokenStream } from "./token_stream.ts";

/** Who is told what comes. */
export interface Hearing {
  /** Opens tokens. */
  readonly seal: TokenSeal;
  /** A message has come; or what the server greets with, which is no answer and said by nobody. */
  readonly onHeard: (heard: HeardMessage, isGreeting: boolean) => void;
  /** Something else has come. */
  readonly onUnreadable: (why: Unreadable, from: string) => void;
}

/**
 * Takes what comes by a stream, until the stream ends or a listener throws.
 *
 * @returns why it ended: what the stream or the listener threw, or a {@linkcode RefusedError} when
 * the server greets with another key.
 */
export async function hear(stream: TokenStream, hearing: Hearing): Promise<unknown> {
  const { seal, onHeard, onUnreadable } = hearing;
  try {
    for (let isFirst = true;; isFirst = false) {
      const { text, from } = await stream.next();
      const read = readToken(seal, text);
      if ("message" in read) {
        const { message } = read;
        onHeard({ message, from }, isFirst && stream.manners.isGreeted && isGreeting(message));
        continue;
      }
      if (isFirst && stream.manners.isGreeted && isOfOtherKey(read.why)) {
        return unreadableAnswer(stream.url, read.why);
      }
      onUnreadable(read.why, from);
    }
  } catch (error) {
    return error;
  }
}

/** The message in a token, with white space around it, or why there is none to be read. */
export function readToken(
  seal: TokenSeal,
  text: string,
): { readonly message: TokenMessage } | { readonly why: Unreadable } {
  if (text.trim() === DECODE_ERROR) return { why: new NotOpenedError() };
  try {
    return { message: seal.open(text).message };
  } catch (error) {
    if (error instanceof SealError || error instanceof WireError) return { why: error };
    throw error;
  }
}

/** A server greets whom it does not know by name yet: as the address that it sees. */
function isGreeting({ userID, cmd }: TokenMessage): boolean {
  return cmd === "" && /^[^\s]+:\d{1,5}$/.test(userID);
}

function isOfOtherKey(why: Unreadable): boolean {
  return why instanceof SealError && why.reason === "wrongTag";
}
