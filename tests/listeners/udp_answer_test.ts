/** How long answers by UDP are, as properties. */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  MAX_DATAGRAM_BYTES,
  MAX_UDP_ANSWER_BYTES,
  MAX_UDP_ANSWER_FACTOR,
} from "../../lib/limits/udp.ts";
import { isUdpAnswer, maxAnswerBytes, sealWithin } from "../../lib/listeners/udp_answer.ts";
import { sealFernet } from "../../lib/seal/fernet.ts";
import { openMessage, sealMessage } from "../../lib/seal/message_token.ts";
import type { TokenMessage } from "../../lib/wire/token_message.ts";

const KEY = new Uint8Array(32).fill(7);
const NOW = { timeS: 1_700_000_000, iv: new Uint8Array(16) };

const RUNS = { numRuns: 1000 };

const text = (maxLength: number) => fc.string({ unit: "grapheme", maxLength });
const messages: fc.Arbitrary<TokenMessage> = fc.record({
  userID: text(60),
  timestamp: text(30),
  text: text(30),
  cmd: text(20),
  args: fc.oneof(text(20), text(1000)),
});

function seal(message: Partial<TokenMessage>): string {
  const empty = { userID: "", timestamp: "", text: "", cmd: "", args: "" };
  return sealMessage(KEY, { ...empty, ...message }, NOW);
}

function open(token: string): TokenMessage {
  return openMessage(KEY, token, { nowS: NOW.timeS, lifeS: 1 }).message;
}

Deno.test("an answer has no more bytes than it may, and its arguments when they fit", () => {
  let [whole, shortened, none] = [0, 0, 0];
  fc.assert(
    fc.property(messages, fc.nat(3000), (answer, maxBytes) => {
      const token = sealWithin(answer, maxBytes, seal);
      const without = { ...answer, args: "" };
      if (token === undefined) {
        none++;
        assert(seal(without).length > maxBytes);
        return;
      }
      assert(token.length <= maxBytes);
      const fits = seal(answer).length <= maxBytes;
      if (fits) whole++;
      else shortened++;
      assertEquals(open(token), fits ? answer : without);
    }),
    RUNS,
  );
  assert(whole > 0 && shortened > 0 && none > 0, `${whole} ${shortened} ${none}`);
});

Deno.test("what may be answered is bounded by the datagram, and by what system B reads", () => {
  fc.assert(
    fc.property(fc.nat(MAX_DATAGRAM_BYTES), (bytes) => {
      const max = maxAnswerBytes(bytes);
      assert(max <= MAX_UDP_ANSWER_FACTOR * bytes && max <= MAX_UDP_ANSWER_BYTES);
      assert(max === MAX_UDP_ANSWER_FACTOR * bytes || max === MAX_UDP_ANSWER_BYTES);
    }),
    RUNS,
  );
});

Deno.test("the shortest token can be answered with the longest address and command", () => {
  const shortest = sealFernet(KEY, new TextEncoder().encode("{}"), NOW);
  const answer = {
    userID: "[ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff%enp123s0f1np1]:65535",
    timestamp: "2026-11-26T12:00:00.000000",
    text: "decode error",
    cmd: "handshake",
    args: "x".repeat(1000),
  };
  const token = sealWithin(answer, maxAnswerBytes(shortest.length), seal);
  assertEquals(open(token!), { ...answer, args: "" });
});

Deno.test("an answer is known as one by its text alone", () => {
  fc.assert(
    fc.property(messages, fc.constantFrom("decode ok", "decode error"), (message, said) => {
      assertEquals(isUdpAnswer({ ...message, text: said }), true);
      assertEquals(isUdpAnswer({ ...message, text: `${message.text}!` }), false);
    }),
    RUNS,
  );
});
