import { BadInputError } from "../errors.ts";
import { isMessage } from "../seal/data_token.ts";
import { sealFernet } from "../seal/fernet.ts";

/** What {@linkcode sealData} seals. */
export interface DataToSeal {
  /** For messages. */
  readonly name: string;
  /** The data. */
  readonly bytes: Uint8Array;
  /** What to do with data that is not sealed. */
  readonly hint: string;
}

/**
 * The Fernet token of data, as of now.
 *
 * @throws {BadInputError} when the data could pass for a message: servers take no token of such.
 */
export function sealData(key: Uint8Array, { name, bytes, hint }: DataToSeal): string {
  if (isMessage(bytes)) {
    throw new BadInputError(
      `${name} has a userID, a cmd or a server, as messages have: its token could pass for one`,
      { hint },
    );
  }
  return sealFernet(key, bytes, {
    timeS: Math.floor(Date.now() / 1000),
    iv: crypto.getRandomValues(new Uint8Array(16)),
  });
}
