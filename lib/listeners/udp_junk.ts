/**
 * Datagrams that do not open: which ones need not be tried, and how few are answered.
 *
 * @module
 */

import { MIN_TOKEN_BYTES } from "../limits/tokens.ts";
import {
  JUNK_ANSWERS_SPAN_MS,
  MAX_JUNK_ANSWERS,
  MAX_JUNK_ANSWERS_PER_PEER,
  MIN_ANSWERED_JUNK_BYTES,
} from "../limits/udp.ts";

/** "gAAAA": the version, and the time of a token up to the year 2106. */
const TOKEN_START = new TextEncoder().encode("gAAAA");

/** A first look, which costs nothing: false for most of what is no Fernet token of our times. */
export function looksLikeToken(bytes: Uint8Array): boolean {
  return bytes.length >= MIN_TOKEN_BYTES && TOKEN_START.every((byte, i) => bytes[i] === byte);
}

/** Decides which junk is answered, where it is answered at all: see the bounds in limits/udp.ts. */
export class JunkAnswers {
  #spanEndsMs = -Infinity;
  /** Answers in this span. */
  #count = 0;
  /** Of those, by the address that they went to. */
  readonly #byAddress = new Map<string, number>();

  /** Asks for one more, to a datagram of so many bytes from an address. */
  admit(datagramBytes: number, address: string, nowMs: number): boolean {
    if (datagramBytes < MIN_ANSWERED_JUNK_BYTES) return false;
    if (nowMs >= this.#spanEndsMs) {
      this.#spanEndsMs = nowMs + JUNK_ANSWERS_SPAN_MS;
      this.#count = 0;
      this.#byAddress.clear();
    }
    const before = this.#byAddress.get(address) ?? 0;
    if (this.#count >= MAX_JUNK_ANSWERS || before >= MAX_JUNK_ANSWERS_PER_PEER) return false;
    this.#count++;
    this.#byAddress.set(address, before + 1);
    return true;
  }
}
