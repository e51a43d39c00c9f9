/**
 * OMAC: the tweak as the EAX paper defines it, by a CMAC that gives the examples of NIST.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { createCipheriv } from "node:crypto";
import { concat } from "../../lib/bytes.ts";
import { Aes } from "../../lib/seal/aes.ts";
import { Omac } from "../../lib/seal/omac.ts";
import { test } from "../helpers/strict.ts";
import vectors from "../vectors/eax/cmac.json" with { type: "json" };
import { bytesOfSize, key, messageSize, RUNS } from "./arbitraries.ts";

/** The CMAC of a message, step by step as in RFC 4493, section 2.4. */
function cmac(key: Uint8Array, message: Uint8Array): string {
  const cipher = createCipheriv(`aes-${key.length * 8}-ecb`, key, null).setAutoPadding(false);
  const encrypt = (block: bigint) => numberOf(cipher.update(Uint8Array.fromHex(hexOf(block))));
  const double = (block: bigint) => ((block << 1n) & ((1n << 128n) - 1n)) ^ (block >> 127n) * 0x87n;
  const whole = double(encrypt(0n));
  const count = Math.max(1, Math.ceil(message.length / 16));
  let chained = 0n;
  for (let i = 0; i < count - 1; i++) {
    chained = encrypt(chained ^ numberOf(message.subarray(i * 16, i * 16 + 16)));
  }
  const last = message.subarray((count - 1) * 16);
  const padded = new Uint8Array(16);
  padded.set(last);
  if (last.length < 16) padded[last.length] = 0x80;
  const subkey = last.length < 16 ? double(whole) : whole;
  const mac = hexOf(encrypt(chained ^ numberOf(padded) ^ subkey));
  cipher.final();
  return mac;
}

function numberOf(bytes: Uint8Array): bigint {
  return BigInt(`0x${new Uint8Array(bytes).toHex()}`);
}

function hexOf(block: bigint): string {
  return block.toString(16).padStart(32, "0");
}

/** Runs `body` with the OMAC of a key, and frees the key. */
function withOmac(key: Uint8Array, body: (omac: Omac) => void): void {
  const aes = new Aes(key);
  try {
    body(new Omac(aes));
  } finally {
    aes.close();
  }
}

test("the CMAC here gives the examples of NIST SP 800-38B and RFC 4493", () => {
  let ran = 0;
  for (const { name, key, message, cmac: wanted } of vectors) {
    assertEquals(cmac(Uint8Array.fromHex(key), Uint8Array.fromHex(message)), wanted, name);
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
          assertEquals(omac.tweaked(tweak, message).toHex(), cmac(key, concat([block, message])));
        }
      });
    }),
    RUNS,
  );
});
