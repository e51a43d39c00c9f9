/**
 * The counter mode: against the runtime's own, and where the counter runs over.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { createCipheriv } from "node:crypto";
import { Aes } from "../../lib/seal/aes.ts";
import { addKeystream, plus } from "../../lib/seal/counter.ts";
import { test } from "../helpers/strict.ts";
import { bytesOfSize, key, messageSize, RUNS } from "./arbitraries.ts";

const TOP = 2n ** 128n;

function toBytes(counter: bigint): Uint8Array {
  return Uint8Array.fromHex(counter.toString(16).padStart(32, "0"));
}

/** Any counter, and such that soon carry into the next word. */
const counter: fc.Arbitrary<bigint> = fc.oneof(
  fc.bigInt({ min: 0n, max: TOP - 1n }),
  fc.tuple(
    fc.constantFrom(32n, 64n, 96n, 128n),
    fc.bigInt({ min: 1n, max: 1100n }),
    fc.bigInt({ min: 0n, max: TOP - 1n }),
  ).map(([bits, before, above]) => ((above >> bits << bits) + 2n ** bits - before) % TOP),
);

test("the same bytes as the runtime's CTR", () => {
  fc.assert(
    fc.property(key, counter, bytesOfSize(messageSize), (key, counter, message) => {
      const cipher = createCipheriv(`aes-${key.length * 8}-ctr`, key, toBytes(counter));
      const expected = cipher.update(message).toHex();
      cipher.final();
      const aes = new Aes(key);
      const before = message.slice();
      addKeystream(aes, toBytes(counter), message);
      assertEquals(message.toHex(), expected);
      addKeystream(aes, toBytes(counter), message);
      assertEquals(message.toHex(), before.toHex());
      aes.close();
    }),
    RUNS,
  );
});

test("a counter goes on at 0 behind its last value", () => {
  fc.assert(
    fc.property(counter, fc.integer({ min: 0, max: 2 ** 45 }), (counter, blocks) => {
      const first = toBytes(counter);
      const sum = toBytes((counter + BigInt(blocks)) % TOP);
      assertEquals(plus(first, blocks), sum);
      assertEquals(first, toBytes(counter), "it was written to");
    }),
    RUNS,
  );
  assertEquals(plus(toBytes(TOP - 1n), 1), new Uint8Array(16));
});
