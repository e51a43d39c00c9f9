import { TokenSeal } from "../../lib/token_seal.ts";
import type { TokenMessage } from "../../lib/wire/token_message.ts";
import { KEY } from "./sealed_peer.ts";

/** Seals and opens with the key of the tests' servers. */
export const SEAL: TokenSeal = new TokenSeal(KEY);

/** Seals as a server of that key does. */
export const SERVER_SEAL: TokenSeal = new TokenSeal(KEY, { isServer: true });

/** The token of a message, by the name of Ann. */
export function token(message: Partial<TokenMessage>): string {
  return SEAL.seal({ userID: "ann", ...message });
}

/** The message in a token. */
export function opened(text: string): TokenMessage {
  return SEAL.open(text).message;
}
