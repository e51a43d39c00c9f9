/**
 * Opens Fernet tokens, each with an id of its own, whatever is in them.
 *
 * @module
 */

import { createHash } from "node:crypto";
import { makeUuidV7 } from "../wire/uuid.ts";
import { openFernet } from "./fernet.ts";

/** What {@linkcode openToken} needs beside the key and the token. */
export interface OpenTokenOptions {
  /** The time now, in whole seconds since the Unix epoch. */
  nowS: number;
  /** For how long a token is good, and how far its maker's clock may be ahead, in seconds. */
  lifeS: number;
}

/** What was in a token, and what it is called. */
export interface OpenedToken {
  /** The data. */
  readonly data: Uint8Array;
  /** A UUIDv7 that belongs to this token alone, made of its time and of what it is. */
  readonly id: string;
  /** When the token was made, in milliseconds since the Unix epoch. */
  readonly madeAtMs: number;
}

/**
 * Opens a token.
 *
 * @throws {SealError} when it does not open.
 */
export function openToken(
  key: Uint8Array,
  token: string,
  { nowS, lifeS }: OpenTokenOptions,
): OpenedToken {
  const { plaintext, timeS } = openFernet(key, token, { nowS, ttlS: lifeS, maxClockSkewS: lifeS });
  const madeAtMs = timeS * 1000;
  return {
    data: plaintext,
    id: makeUuidV7(madeAtMs, createHash("sha256").update(token).digest()),
    madeAtMs,
  };
}
