import { sealFernet } from "../../lib/seal/fernet.ts";
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

/** The token of data, as system E's programs make it; made so long ago, with that key. */
export function dataToken(
  data: string | Uint8Array,
  { ageS = 0, key = KEY }: { ageS?: number; key?: Uint8Array } = {},
): string {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  return sealFernet(key, bytes, {
    timeS: Math.floor(Date.now() / 1000) - ageS,
    iv: crypto.getRandomValues(new Uint8Array(16)),
  });
}
