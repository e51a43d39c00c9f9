/** Which datagrams are tried, and which junk is answered. */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  JUNK_ANSWERS_SPAN_MS,
  MAX_JUNK_ANSWERS,
  MAX_JUNK_ANSWERS_PER_PEER,
  MIN_ANSWERED_JUNK_BYTES,
} from "../../lib/limits/udp.ts";
import { JunkAnswers, looksLikeToken } from "../../lib/listeners/udp_junk.ts";
import { sealFernet } from "../../lib/seal/fernet.ts";

const encoder = new TextEncoder();
const RUNS = { numRuns: 1000 };

Deno.test("each token up to the year 2106 looks like one", () => {
  const key = new Uint8Array(32);
  const timeS = fc.integer({ min: 0, max: 2 ** 32 - 1 });
  const iv = fc.uint8Array({ minLength: 16, maxLength: 16 });
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), timeS, iv, (plaintext, timeS, iv) => {
      assert(looksLikeToken(encoder.encode(sealFernet(key, plaintext, { timeS, iv }))));
    }),
    RUNS,
  );
});

Deno.test("what is short, or begins otherwise, does not", () => {
  const token = encoder.encode(`gAAAA${"x".repeat(95)}`);
  assertEquals(looksLikeToken(token), true);
  assertEquals(looksLikeToken(token.subarray(0, 99)), false);
  for (let i = 0; i < 5; i++) {
    const other = token.slice();
    other[i]!++;
    assertEquals(looksLikeToken(other), false);
  }
  assertEquals(looksLikeToken(new Uint8Array(0)), false);
});

Deno.test("in any span no more junk is answered than the bounds say, of one and of all", () => {
  const asked = fc.array(
    fc.record({ bytes: fc.nat(200), peer: fc.nat(3), afterMs: fc.nat(3000) }),
    { maxLength: 100 },
  );
  fc.assert(
    fc.property(asked, (all) => {
      const answers = new JunkAnswers();
      let nowMs = 0;
      const admitted: { peer: number; nowMs: number }[] = [];
      for (const { bytes, peer, afterMs } of all) {
        nowMs += afterMs;
        if (!answers.admit(bytes, `${peer}`, nowMs)) continue;
        assert(bytes >= MIN_ANSWERED_JUNK_BYTES);
        admitted.push({ peer, nowMs });
      }
      for (const { peer, nowMs } of admitted) {
        const near = admitted.filter((other) =>
          other.peer === peer && other.nowMs >= nowMs && other.nowMs < nowMs + JUNK_ANSWERS_SPAN_MS
        );
        // A span of time may touch two spans that are counted.
        assert(near.length <= 2 * MAX_JUNK_ANSWERS_PER_PEER);
      }
    }),
    RUNS,
  );
});

Deno.test("a flood from everywhere gets so many answers, and more later", () => {
  const answers = new JunkAnswers();
  const flood = (nowMs: number) =>
    Array.from({ length: 10_000 }, (_, i) => answers.admit(100, `${i}`, nowMs)).filter(Boolean);
  assertEquals(flood(0).length, MAX_JUNK_ANSWERS);
  assertEquals(flood(JUNK_ANSWERS_SPAN_MS - 1).length, 0);
  assertEquals(flood(JUNK_ANSWERS_SPAN_MS).length, MAX_JUNK_ANSWERS);
  const single = new JunkAnswers();
  const one = Array.from({ length: 100 }, () => single.admit(100, "one", 0)).filter(Boolean);
  assertEquals(one.length, MAX_JUNK_ANSWERS_PER_PEER);
});
