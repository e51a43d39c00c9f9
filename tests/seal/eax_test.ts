/**
 * AES-EAX: any message comes back; nothing that was changed does; and what an Eax has done before
 * makes no difference.
 *
 * @module
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { concat } from "../../lib/bytes.ts";
import { Eax } from "../../lib/seal/eax.ts";
import { SealError } from "../../lib/seal/seal_error.ts";
import { test } from "../helpers/strict.ts";
import {
  assertRefused,
  bytes,
  bytesOf,
  bytesOfSize,
  change,
  changed,
  key,
  messageSize,
  RUNS,
} from "./arbitraries.ts";

const nonce = bytes(40);
const data = bytesOfSize(fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  // Around the size up to which it is known again.
  fc.integer({ min: 250, max: 260 }),
));
const message = bytesOfSize(messageSize);

test("any message comes back", () => {
  const tagBytes = fc.integer({ min: 1, max: 16 });
  fc.assert(
    fc.property(key, tagBytes, nonce, message, data, (key, tagBytes, nonce, message, data) => {
      using eax = new Eax(key, { tagBytes });
      const before = [nonce, message, data].map((bytes) => bytes.toHex());
      const sealed = eax.seal(nonce, message, data);
      assertEquals(sealed.length, message.length + tagBytes);
      // As it comes out of a frame: somewhere in other bytes.
      const framed = concat([bytesOf(3, tagBytes), sealed]).subarray(3);
      assertEquals(eax.open(nonce, framed, data).toHex(), message.toHex());
      assertEquals(framed.toHex(), sealed.toHex(), "it was written to");
      assertEquals([nonce, message, data].map((bytes) => bytes.toHex()), before);
    }),
    RUNS,
  );
});

test("nothing that was changed opens", () => {
  // Of shorter tags one in some thousands holds by chance.
  const tagBytes = fc.integer({ min: 8, max: 16 });
  const refused: Record<string, number> = {};
  fc.assert(
    fc.property(
      fc.tuple(key, tagBytes, nonce, message, data),
      change,
      ([key, tagBytes, nonce, message, data], change) => {
        using eax = new Eax(key, { tagBytes });
        const sealed = eax.seal(nonce, message, data);
        const otherNonce = change.kind === "nonce" ? change.other : nonce;
        const otherData = change.kind === "data" ? change.other : data;
        const other = changed(sealed, change);
        if ([otherNonce, otherData].join("/") === [nonce, data].join("/") && other === sealed) {
          return;
        }
        const reason = other.length < tagBytes ? "broken" : "wrongTag";
        assertRefused(() => eax.open(otherNonce, other, otherData), reason, change.kind);
        assertEquals(eax.open(nonce, sealed, data).toHex(), message.toHex());
        refused[change.kind] = (refused[change.kind] ?? 0) + 1;
      },
    ),
    { numRuns: 2000 },
  );
  // Else the property says little.
  assertEquals(Object.keys(refused).length, 7);
  for (const [kind, times] of Object.entries(refused)) assert(times > 100, `${kind}: ${times}`);
});

test("every single bit of a sealed message counts", () => {
  using eax = new Eax(bytesOf(32, 1));
  const [nonce, data] = [bytesOf(16, 2), bytesOf(20, 3)];
  const sealed = eax.seal(nonce, bytesOf(33, 4), data);
  let bits = 0;
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const spoilt = changed(sealed, { kind: "flip", at: bit });
    assertRefused(() => eax.open(nonce, spoilt, data), "wrongTag");
    bits++;
  }
  assertEquals(bits, 49 * 8);
});

test("what an Eax has done before makes no difference", () => {
  const call = fc.record({
    nonce,
    message: bytes(40),
    // Few, so that the same come again, and some that begin alike.
    data: fc.constantFrom("", "00", "0000", "01", "0102", "aa".repeat(256), "aa".repeat(257)),
    spoil: fc.boolean(),
  });
  fc.assert(
    fc.property(key, fc.array(call, { maxLength: 8, size: "max" }), (key, calls) => {
      using eax = new Eax(key);
      for (const { nonce, message, data, spoil } of calls) {
        using fresh = new Eax(key);
        const associatedData = Uint8Array.fromHex(data);
        const sealed = fresh.seal(nonce, message, associatedData);
        assertEquals(eax.seal(nonce, message, associatedData).toHex(), sealed.toHex());
        if (spoil) {
          const other = changed(sealed, { kind: "flip", at: message.length });
          assertThrows(() => eax.open(nonce, other, associatedData), SealError);
        }
        // What is remembered is not the caller's bytes.
        associatedData.fill(0xee);
      }
    }),
    RUNS,
  );
});

test("what is given is the caller's own", () => {
  using eax = new Eax(bytesOf(32, 11));
  const none = new Uint8Array(0);
  for (const length of [0, 1, 16, 100]) {
    const message = bytesOf(length, 12);
    const sealed = eax.seal(none, message, none);
    const expected = sealed.toHex();
    const opened = eax.open(none, sealed, none);
    assertEquals(opened.buffer.byteLength, length);
    assertEquals(opened.constructor, Uint8Array);
    opened.fill(0xff);
    assertEquals(sealed.toHex(), expected);
    sealed.fill(0xff);
    assertEquals(eax.seal(none, message, none).toHex(), expected);
  }
});

test("the key is copied", () => {
  const key = bytesOf(32, 13);
  using eax = new Eax(key);
  const [nonce, message] = [bytesOf(16, 14), bytesOf(100, 15)];
  const sealed = eax.seal(nonce, message, nonce);
  key.fill(0);
  assertEquals(eax.seal(nonce, message, nonce), sealed);
});

test("a key and a tag have certain lengths", () => {
  for (const length of [0, 1, 15, 17, 23, 25, 31, 33, 64]) {
    const why = `Cannot use a key of ${length} bytes: AES takes 16, 24 or 32`;
    assertThrows(() => new Eax(new Uint8Array(length)), RangeError, why);
  }
  for (const tagBytes of [-1, 0, 17, 1.5, NaN, Infinity]) {
    const why = `Cannot make a tag of ${tagBytes} bytes: it has 1 to 16`;
    assertThrows(() => new Eax(new Uint8Array(16), { tagBytes }), RangeError, why);
  }
});

test("an error says lengths, and nothing of what is secret", () => {
  using eax = new Eax(bytesOf(32, 16));
  const none = new Uint8Array(0);
  const short = assertThrows(() => eax.open(none, new Uint8Array(15), none), SealError);
  assertEquals(
    [short.name, short.reason, short.exitCode, short.message],
    [
      "SealError",
      "broken",
      5,
      "A sealed message of 15 bytes is not whole: its tag alone has 16",
    ],
  );
  const wrong = assertThrows(() => eax.open(none, new Uint8Array(16), none), SealError);
  assertEquals(
    [wrong.reason, wrong.message],
    [
      "wrongTag",
      "A sealed message of 16 bytes does not open: it was changed, or sealed with another key, " +
      "nonce or associated data",
    ],
  );
});

test("nothing is done with a key that is closed", () => {
  const eax = new Eax(bytesOf(32, 17));
  const none = new Uint8Array(0);
  const sealed = eax.seal(none, none, none);
  eax.close();
  eax.close();
  const why = "Cannot use a key: it is closed";
  assertThrows(() => eax.seal(none, none, none), Error, why);
  assertThrows(() => eax.open(none, sealed, none), Error, why);
});
