/**
 * How long answers by UDP may be.
 *
 * @module
 */

import { MAX_UDP_ANSWER_BYTES, MAX_UDP_ANSWER_FACTOR } from "../limits/udp.ts";
import { DECODE_ERROR, DECODE_OK, type TokenMessage } from "../wire/token_message.ts";

/** Bytes that the answer to a datagram may have. */
export function maxAnswerBytes(datagramBytes: number): number {
  return Math.min(MAX_UDP_ANSWER_FACTOR * datagramBytes, MAX_UDP_ANSWER_BYTES);
}

/**
 * The token of an answer, without the arguments when it would be longer than `maxBytes` with them;
 * `undefined` when it is longer all the same.
 *
 * @param seal Makes the token of a message.
 */
export function sealWithin(
  answer: Partial<TokenMessage>,
  maxBytes: number,
  seal: (message: Partial<TokenMessage>) => string,
): string | undefined {
  const fitting = (message: Partial<TokenMessage>) => {
    const token = seal(message);
    return token.length <= maxBytes ? token : undefined;
  };
  return fitting(answer) ?? (answer.args ? fitting({ ...answer, args: "" }) : undefined);
}

/**
 * Whether a message is an answer by UDP, which nobody answers: somebody who names one server as the
 * sender of another's token would have the two answer each other for ever.
 */
export function isUdpAnswer({ text }: TokenMessage): boolean {
  return text === DECODE_OK || text === DECODE_ERROR;
}
