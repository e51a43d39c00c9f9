/**
 * Data sealed as Fernet tokens: files behind a dictionary, as system E's programs send them, and
 * dictionaries by HTTP.
 *
 * @module
 */

import { MAX_TOKEN_BYTES } from "../limits/tokens.ts";
import { RefusalCode } from "../wire/messages.ts";
import { WireError } from "../wire/wire_error.ts";
import { hasMessageMark } from "./message_marks.ts";
import { type OpenedToken, openToken, type OpenTokenOptions } from "./open_token.ts";

/**
 * What was in a token of data. What comes with it is kept under its id, which is done once: whoever has
 * overheard it on the line can have it done no more.
 */
export type OpenedData = OpenedToken;

/**
 * Opens a token of data. The same key seals messages of system B, and strangers can overhear those and
 * get those of servers: what looks like a message is no data, or it would prove something for whoever
 * has it.
 *
 * @throws {SealError} when it does not open.
 * @throws {WireError} when it is a message.
 */
export function openData(key: Uint8Array, token: string, options: OpenTokenOptions): OpenedData {
  const opened = openToken(key, token, options);
  if (!isMessage(opened.data)) return opened;
  throw new WireError(
    RefusalCode.invalid,
    "A token is a message, with a userID or a cmd, where one of data stands",
  );
}

/**
 * Whether data could pass for a message of system B. It is not sealed as data either: who has the token
 * could post it as a message.
 */
export function isMessage(data: Uint8Array): boolean {
  // A longer one is no message to anybody.
  return data.length <= MAX_TOKEN_BYTES && hasMessageMark(data);
}
