/**
 * Messages of system B sealed as Fernet tokens, each with an id of its own.
 *
 * @module
 */

import { createHash } from "node:crypto";
import {
  decodeTokenMessage,
  encodeTokenMessage,
  type ReadTokenMessage,
  type TokenMessage,
} from "../wire/token_message.ts";
import { makeUuidV7 } from "../wire/uuid.ts";
import { openFernet, sealFernet, type SealFernetOptions } from "./fernet.ts";

/** What {@linkcode sealMessage} needs beside the key and the message. */
export interface SealMessageOptions extends SealFernetOptions {
  /** A server makes it; see {@linkcode ReadTokenMessage}. Default: false. */
  isOfServer?: boolean;
}

/** What {@linkcode openMessage} needs beside the key and the token. */
export interface OpenMessageOptions {
  /** The time now, in whole seconds since the Unix epoch. */
  nowS: number;
  /** For how long a token is good, and how far its maker's clock may be ahead, in seconds. */
  lifeS: number;
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
  { nowS, lifeS }: OpenMessageOptions,
): OpenedMessage {
  const opened = openFernet(key, token, { nowS, ttlS: lifeS, maxClockSkewS: lifeS });
  return {
    ...decodeTokenMessage(opened.plaintext),
    id: makeUuidV7(opened.timeS * 1000, createHash("sha256").update(token).digest()),
  };
}
