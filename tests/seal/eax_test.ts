/**
 * AES-EAX: any message comes back, in both paths alike; nothing that was changed does; and what an
 * Eax has done before makes no difference.
 *
 * @module
 */

import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
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
  key,
  messageSize,
  RUNS,
} from "./arbitraries.ts";

/** What one thread does at a time. */
const CHUNK_BYTES = 1024 * 1024;

const nonce = bytes(40);
const data = bytesOfSize(fc.oneof(
  fc.integer({ min: 0, max: 40 }),
  // Around the size up to which it is known again.
  fc.integer({ min: 250, max: 260 }),
));
const message = bytesOfSize(messageSize);

test("any message comes back, and both paths give the same", async () => {
  const tagBytes = fc.integer({ min: 1, max: 16 });
  await fc.assert(
    fc.asyncProperty(
      key,
      tagBytes,
      nonce,
      message,
      data,
      async (key, tagBytes, nonce, message, data) => {
        using eax = new Eax(key, { tagBytes });
        const before = [nonce, message, data].map((bytes) => bytes.toHex());
        const sealed = eax.seal(nonce, message, data);
        assertEquals(sealed.length, message.length + tagBytes);
        assertEquals((await eax.sealLarge(nonce, message, data)).toHex(), sealed.toHex());
        // As it comes out of a frame: somewhere in other bytes.
        const framed = concat([bytesOf(3, tagBytes), sealed]).subarray(3);
        assertEquals(eax.open(nonce, framed, data).toHex(), message.toHex());
        assertEquals((await eax.openLarge(nonce, framed, data)).toHex(), message.toHex());
        assertEquals(framed.toHex(), sealed.toHex(), "it was written to");
        assertEquals([nonce, message, data].map((bytes) => bytes.toHex()), before);
      },
    ),
    RUNS,
  );
});

/** Some change of what is sealed, of the nonce or of the associated data. */
type Change =
  | { kind: "flip"; at: number }
  | { kind: "cut"; bytes: number }
  | { kind: "cutBefore"; bytes: number }
  | { kind: "extend"; by: Uint8Array }
  | { kind: "extendBefore"; by: Uint8Array }
  | { kind: "nonce"; other: Uint8Array }
  | { kind: "data"; other: Uint8Array };

const some = bytesOfSize(fc.integer({ min: 1, max: 40 }));
const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant("flip"), at: fc.nat() }),
  fc.record({ kind: fc.constant("cut"), bytes: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant("cutBefore"), bytes: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant("extend"), by: some }),
  fc.record({ kind: fc.constant("extendBefore"), by: some }),
  fc.record({ kind: fc.constant("nonce"), other: nonce }),
  fc.record({ kind: fc.constant("data"), other: data }),
);

function changed(sealed: Uint8Array, change: Change): Uint8Array {
  switch (change.kind) {
    case "flip": {
      const bit = change.at % (sealed.length * 8);
      const flipped = sealed.slice();
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      return flipped;
    }
    case "cut":
      return sealed.slice(0, Math.max(0, sealed.length - change.bytes));
    case "cutBefore":
      return sealed.slice(change.bytes);
    case "extend":
      return concat([sealed, change.by]);
    case "extendBefore":
      return concat([change.by, sealed]);
    case "nonce":
    case "data":
      return sealed;
  }
}

test("nothing that was changed opens, in neither path", async () => {
  // Of shorter tags one in some thousands holds by chance.
  const tagBytes = fc.integer({ min: 8, max: 16 });
  const refused: Record<string, number> = {};
  await fc.assert(
    fc.asyncProperty(
      fc.tuple(key, tagBytes, nonce, message, data),
      change,
      async ([key, tagBytes, nonce, message, data], change) => {
        using eax = new Eax(key, { tagBytes });
        const sealed = eax.seal(nonce, message, data);
        const otherNonce = change.kind === "nonce" ? change.other : nonce;
        const otherData = change.kind === "data" ? change.other : data;
        const other = changed(sealed, change);
        if ([otherNonce, otherData].join("/") === [nonce, data].join("/") && other === sealed) {
          return;
        }
        const reason = other.length < tagBytes ? "broken" : "wrongTag";
        await assertRefused(eax, otherNonce, other, otherData, reason, change.kind);
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

test("every single bit of a sealed message counts", async () => {
  using eax = new Eax(bytesOf(32, 1));
  const [nonce, data] = [bytesOf(16, 2), bytesOf(20, 3)];
  const sealed = eax.seal(nonce, bytesOf(33, 4), data);
  let bits = 0;
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    await assertRefused(eax, nonce, changed(sealed, { kind: "flip", at: bit }), data, "wrongTag");
    bits++;
  }
  assertEquals(bits, 49 * 8);
});

test("messages of a byte and a block less than chunks, as many, and more", async () => {
  using eax = new Eax(bytesOf(32, 5));
  const [nonce, data] = [bytesOf(16, 6), bytesOf(20, 7)];
  for (const chunks of [1, 2]) {
    for (const more of [-17, -16, -15, -1, 0, 1, 15, 16, 17]) {
      const message = bytesOf(chunks * CHUNK_BYTES + more, 8);
      const sealed = eax.seal(nonce, message, data);
      // Compared by hand: a failure of assertEquals would print megabytes.
      assert(isSame(await eax.sealLarge(nonce, message, data), sealed), `${chunks}, ${more}`);
      assert(isSame(await eax.openLarge(nonce, sealed, data), message), `${chunks}, ${more}`);
      assert(isSame(eax.open(nonce, sealed, data), message), `${chunks}, ${more}`);
      for (const at of [0, CHUNK_BYTES - 1, message.length - 1, message.length]) {
        const byte = Math.min(at, sealed.length - 1);
        const spoilt = sealed.slice();
        spoilt[byte]! ^= 0x10;
        await assertRefused(eax, nonce, spoilt, data, "wrongTag", `${chunks}, ${more}, ${byte}`);
      }
    }
  }
});

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

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

test("calls that overlap do not meet", async () => {
  const call = fc.record({
    how: fc.constantFrom("seal", "open", "sealLarge", "openLarge", "spoilt"),
    nonce,
    message: bytes(100),
    data: bytes(3),
    turns: fc.integer({ min: 0, max: 5 }),
  });
  await fc.assert(
    fc.asyncProperty(key, fc.array(call, { maxLength: 8, size: "max" }), async (key, calls) => {
      using eax = new Eax(key);
      await Promise.all(calls.map(async ({ how, nonce, message, data, turns }) => {
        using fresh = new Eax(key);
        const sealed = fresh.seal(nonce, message, data);
        for (let turn = 0; turn < turns; turn++) await Promise.resolve();
        if (how === "spoilt") {
          const other = changed(sealed, { kind: "flip", at: message.length });
          await assertRejects(() => eax.openLarge(nonce, other, data), SealError);
          return;
        }
        const isSeal = how === "seal" || how === "sealLarge";
        const got = await eax[how](nonce, isSeal ? message : sealed, data);
        assertEquals(got.toHex(), (isSeal ? sealed : message).toHex());
      }));
    }),
    RUNS,
  );
});

test("large calls that overlap do not meet", async () => {
  using eax = new Eax(bytesOf(32, 9));
  const nonce = bytesOf(12, 10);
  const messages = [0, 1, 2, 3].map((i) => bytesOf(i * CHUNK_BYTES + 100 * i, i));
  const expected = messages.map((message, i) => eax.seal(nonce, message, bytesOf(i, i)));
  const sealing = messages.map((message, i) => eax.sealLarge(nonce, message, bytesOf(i, i)));
  const opening = expected.map((sealed, i) => eax.openLarge(nonce, sealed, bytesOf(i, i)));
  for (let i = 0; i < 50; i++) {
    const small = eax.seal(nonce, messages[1]!.subarray(0, i), nonce);
    assertEquals(eax.open(nonce, small, nonce), messages[1]!.slice(0, i));
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  for (const [i, sealed] of (await Promise.all(sealing)).entries()) {
    assert(isSame(sealed, expected[i]!), `sealed ${i}`);
  }
  for (const [i, message] of (await Promise.all(opening)).entries()) {
    assert(isSame(message, messages[i]!), `opened ${i}`);
  }
});

test("what is given is the caller's own", async () => {
  using eax = new Eax(bytesOf(32, 11));
  const none = new Uint8Array(0);
  for (const length of [0, 1, 16, 100]) {
    const message = bytesOf(length, 12);
    const expected = eax.seal(none, message, none).toHex();
    for (
      const sealed of [eax.seal(none, message, none), await eax.sealLarge(none, message, none)]
    ) {
      for (
        const opened of [eax.open(none, sealed, none), await eax.openLarge(none, sealed, none)]
      ) {
        assertEquals(opened.buffer.byteLength, length);
        assertEquals(opened.constructor, Uint8Array);
        opened.fill(0xff);
      }
      assertEquals(sealed.toHex(), expected);
      sealed.fill(0xff);
    }
    assertEquals(eax.seal(none, message, none).toHex(), expected);
  }
});

test("the key is copied", async () => {
  const key = bytesOf(32, 13);
  using eax = new Eax(key);
  const [nonce, message] = [bytesOf(16, 14), bytesOf(100, 15)];
  const sealed = eax.seal(nonce, message, nonce);
  key.fill(0);
  assertEquals(eax.seal(nonce, message, nonce), sealed);
  assertEquals(await eax.sealLarge(nonce, message, nonce), sealed);
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

test("nothing is done with a key that is closed", async () => {
  const eax = new Eax(bytesOf(32, 17));
  const none = new Uint8Array(0);
  const sealed = eax.seal(none, none, none);
  eax.close();
  eax.close();
  const why = "Cannot use a key: it is closed";
  assertThrows(() => eax.seal(none, none, none), Error, why);
  assertThrows(() => eax.open(none, sealed, none), Error, why);
  await assertRejects(() => eax.sealLarge(none, none, none), Error, why);
  await assertRejects(() => eax.openLarge(none, sealed, none), Error, why);
});

test("a call that still runs when the key is closed fails", async () => {
  const eax = new Eax(bytesOf(32, 18));
  const none = new Uint8Array(0);
  const sealing = eax.sealLarge(none, bytesOf(1000, 19), none);
  eax.close();
  await assertRejects(() => sealing, Error, "Cannot use a key: it is closed");
});
