/**
 * OMAC: the examples of CMAC, and the tweak as the EAX paper defines it.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { concat } from "../../lib/bytes.ts";
import { Aes } from "../../lib/seal/aes.ts";
import { Omac } from "../../lib/seal/omac.ts";
import { test } from "../helpers/strict.ts";
import vectors from "../vectors/eax/cmac.json" with { type: "json" };
import { bytesOfSize, key, messageSize, RUNS } from "./arbitraries.ts";

/** Runs `body` with the OMAC of a key, and frees the key. */
function withOmac(key: Uint8Array, body: (omac: Omac) => void): void {
  const aes = new Aes(key);
  try {
    body(new Omac(aes));
  } finally {
    aes.close();
  }
}

test("the examples of NIST SP 800-38B and RFC 4493", () => {
  let ran = 0;
  for (const { name, key, message, cmac } of vectors) {
    withOmac(Uint8Array.fromHex(key), (omac) => {
      assertEquals(omac.cmac(Uint8Array.fromHex(message)).toHex(), cmac, name);
    });
    ran++;
  }
  assertEquals(ran, 12);
});

test("a tweak is a block before the message that says its number", () => {
  const tweak = fc.integer({ min: 0, max: 2 });
  const message = fc.tuple(tweak, bytesOfSize(messageSize));
  fc.assert(
    fc.property(key, fc.array(message, { maxLength: 4, size: "max" }), (key, messages) => {
      withOmac(key, (omac) => {
        for (const [tweak, message] of messages) {
          const block = new Uint8Array(16);
          block[15] = tweak;
          const whole = omac.cmac(concat([block, message])).toHex();
          assertEquals(omac.tweaked(tweak, message).toHex(), whole);
        }
      });
    }),
    RUNS,
  );
});

test("a message may be chained in two parts at any whole block but its last", () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(key, bytesOfSize(messageSize), share, (key, message, share) => {
      const aes = new Aes(key);
      const omac = new Omac(aes);
      const cut = Math.floor(share * Math.max(0, Math.ceil(message.length / 16) - 1)) * 16;
      const start = omac.start(2);
      const chained = cut === 0 ? start : aes.chain(start, message.slice(0, cut));
      const mac = omac.finish(chained, message.subarray(cut)).toHex();
      if (message.length > 0) assertEquals(mac, omac.tweaked(2, message).toHex());
      aes.close();
    }),
    RUNS,
  );
});
