/**
 * What it means that a message, or what should be one, has come.
 *
 * @module
 */

import { ProtocolError, RefusedError } from "../errors.ts";
import { SealError } from "../seal/seal_error.ts";
import { showable } from "../ui.ts";
import { DECODE_ERROR, DECODE_OK, TokenCommand, type TokenMessage } from "../wire/token_message.ts";
import type { WireError } from "../wire/wire_error.ts";

/** A message that is sent, and the same sealed: sent twice as one token, it is acted on once. */
export interface SealedMessage {
  /** What it says. */
  readonly message: TokenMessage;
  /** Its Fernet token. */
  readonly token: string;
}

/** A message that has come, out of a token of our key. */
export interface HeardMessage {
  /** What it says. */
  readonly message: TokenMessage;
  /** Who has sent the token: a URL, or `host:port`. */
  readonly from: string;
}

/** Why something that came cannot be read. */
export type Unreadable = SealError | WireError | NotOpenedError;

/** What came is no token but says that the other side could not open one. */
export class NotOpenedError extends Error {
  /** The name of this class. */
  override readonly name = "NotOpenedError";

  /** Says so. */
  constructor() {
    super("It could not open what was sent");
  }
}

/** Whether a message says that something could not be done. */
export function isErrorMessage({ cmd, text }: TokenMessage): boolean {
  return cmd === TokenCommand.error || (cmd === "" && text === DECODE_ERROR);
}

/** Whether all five texts are the same. */
export function isSameMessage(a: TokenMessage, b: TokenMessage): boolean {
  return a.userID === b.userID && a.timestamp === b.timestamp && a.text === b.text &&
    a.cmd === b.cmd && a.args === b.args;
}

/** The error that it is when a server's answer is an error. */
export function errorAnswer(url: string, { text, args }: TokenMessage): RefusedError {
  // By UDP a server of wagons says that it has opened the message, and then why it does no more.
  const isReason = text === DECODE_OK && args !== "";
  const reason = isReason ? showable(args) : showable(text) + (args && ` (${showable(args)})`);
  const options = text === DECODE_ERROR ? { hint: COMPARE } : {};
  return new RefusedError(`${url} refuses: ${reason}`, options);
}

/** The error that it is when what a server sent cannot be read. */
export function unreadableAnswer(url: string, why: Unreadable): RefusedError {
  if (why instanceof NotOpenedError) {
    return new RefusedError(`${url} refuses: ${DECODE_ERROR}`, { cause: why, hint: COMPARE });
  }
  if (!(why instanceof SealError)) {
    return new ProtocolError(`${url} sent what is no message: ${why.message}`, { cause: why });
  }
  switch (why.reason) {
    case "wrongTag":
      return new RefusedError(`${url} has another key: what it sent does not open`, {
        cause: why,
        hint: COMPARE,
      });
    case "tooOld":
    case "fromFuture":
      return new RefusedError(`${url} has another time, or sent what is old: ${why.message}`, {
        cause: why,
        hint: "Set the clocks of both machines.",
      });
    case "broken":
      return new ProtocolError(`${url} sent what is no token: ${why.message}`, {
        cause: why,
        hint: "Is that a server for messages, and are the path and the port right?",
      });
  }
}

const COMPARE =
  "Compare what `wagons key show FILE` says on both sides, and copy the server's file to this one.";
