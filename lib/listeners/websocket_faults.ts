/**
 * Why a WebSocket is closed.
 *
 * @module
 */

import { MAX_WAITING_PONGS } from "../limits/http.ts";
import { RefusalCode } from "../wire/messages.ts";

/** The codes of RFC 6455, section 7.4.1, and of its registry, that are used here. */
export const CloseCode = {
  /** The server stops. */
  goingAway: 1001,
  /** The peer does what it must not. */
  policy: 1008,
  /** The server has no room now. */
  tryAgainLater: 1013,
} as const;

/** One of the values of {@linkcode CloseCode}. */
export type CloseCode = (typeof CloseCode)[keyof typeof CloseCode];

/** What is wrong with what came. */
export interface WebSocketFault {
  /** For the hub. */
  readonly code: RefusalCode;
  /** The same in a sentence. */
  readonly text: string;
  /** Why the connection ends, as a part of a sentence. */
  readonly reason: string;
}

/** What all that comes in has taken. */
export const NO_ROOM: WebSocketFault = {
  code: RefusalCode.busy,
  text: "Too much is coming in at once. Try again later.",
  reason: "there was no room for its message",
};

/** Pings whose answers the peer does not take. */
export const TOO_MANY_PINGS: WebSocketFault = {
  code: RefusalCode.busy,
  text: `More than ${MAX_WAITING_PONGS} answers to pings are waiting.`,
  reason: `sent more than ${MAX_WAITING_PONGS} pings without waiting for the answers`,
};

const TOO_LONG = ["WS_ERR_UNSUPPORTED_MESSAGE_LENGTH", "WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH"];
const TOO_MANY = ["WS_ERR_TOO_MANY_BUFFERED_PARTS"];

/** Reads what a WebSocket fails with; `undefined` when the peer has no part in it. */
export function describeWebSocketError(error: Error): WebSocketFault | undefined {
  const { code = "" } = error as NodeJS.ErrnoException;
  if (TOO_LONG.includes(code)) {
    return {
      code: RefusalCode.frameTooLarge,
      text: "A message is too long.",
      reason: "sent a message that is too long",
    };
  }
  if (TOO_MANY.includes(code)) {
    return {
      code: RefusalCode.frameTooLarge,
      text: "A message comes in too many pieces.",
      reason: "sent a message in too many pieces",
    };
  }
  if (!code.startsWith("WS_ERR_")) return undefined;
  return {
    code: RefusalCode.brokenFrame,
    text: `This is no WebSocket: ${error.message}.`,
    reason: "sent what is no WebSocket",
  };
}
