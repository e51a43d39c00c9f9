/**
 * Messages of system B sealed as Fernet tokens, each with an id of its own.
 *
 * @module
 */

import {
  decodeTokenMessage,
  encodeTokenMessage,
  type ReadTokenMessage,
  type TokenMessage,
} from "../wire/token_message.ts";
import { sealFernet, type SealFernetOptions } from "./fernet.ts";
import { type OpenedToken, openToken, type OpenTokenOptions } from "./open_token.ts";

/** What {@linkcode sealMessage} needs beside the key and the message. */
export interface SealMessageOptions extends SealFernetOptions {
  /** A server makes it; see {@linkcode ReadTokenMessage}. Default: false. */
  isOfServer?: boolean;
}

/** What was in a token, and what it is called. */
export interface OpenedMessage extends ReadTokenMessage {
  /**
   * A UUIDv7 that belongs to this token alone, made of its time and of what it is. Whatever is done
   * for the token is done under this id: a store does nothing twice for one id, so a token that is
   * sent again by whoever has overheard it on the line is answered and acted on no more.
   */
  readonly id: string;
}

/**
 * The token of a message.
 *
 * @throws {RangeError} as {@linkcode sealFernet} does.
 */
export function sealMessage(
  key: Uint8Array,
  message: TokenMessage,
  { isOfServer = false, ...options }: SealMessageOptions,
): string {
  return sealFernet(key, encodeTokenMessage(message, isOfServer), options);
}

/**
 * Opens a token and reads its message.
 *
 * @throws {SealError} when it does not open.
 * @throws {WireError} when what is in it is no message.
 */
export function openMessage(
  key: Uint8Array,
  token: string,
  options: OpenTokenOptions,
): OpenedMessage {
  return messageIn(openToken(key, token, options));
}

/**
 * The message that was in a token.
 *
 * @throws {WireError} when there is none.
 */
export function messageIn({ data, id }: OpenedToken): OpenedMessage {
  return { ...decodeTokenMessage(data), id };
}
