/**
 * ChaCha20-Poly1305: what others have written down, any message comes back, and nothing that was
 * changed does.
 *
 * @module
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { concat } from "../../lib/bytes.ts";
import { openChaCha, sealChaCha } from "../../lib/seal/chacha.ts";
import { SealError } from "../../lib/seal/seal_error.ts";
import { test } from "../helpers/strict.ts";
import { cut } from "../wire/arbitraries.ts";
import {
  assertRefused,
  bytes,
  bytesOf,
  bytesOfSize,
  change,
  changed,
  messageSize,
  RUNS,
} from "./arbitraries.ts";

/** See tests/vectors/chacha/README.md. */
interface Vector {
  name: string;
  key: string;
  nonce: string;
  associatedData: string;
  sealed: string;
  expect: "ok" | "wrongTag" | "badNonce";
  plaintext?: string;
}

const COUNTS: Record<string, Record<Vector["expect"], number>> = {
  rfc8439: { ok: 2, wrongTag: 0, badNonce: 0 },
  wycheproof: { ok: 233, wrongTag: 60, badNonce: 7 },
};

for (const [file, counts] of Object.entries(COUNTS)) {
  test(`the vectors of chacha/${file}.json`, async () => {
    const url = new URL(`../vectors/chacha/${file}.json`, import.meta.url);
    const vectors = JSON.parse(await Deno.readTextFile(url)) as Vector[];
    const ran = { ok: 0, wrongTag: 0, badNonce: 0 };
    for (const { name, expect, plaintext, ...vector } of vectors) {
      const [key, nonce, data, sealed] = [
        vector.key,
        vector.nonce,
        vector.associatedData,
        vector.sealed,
      ].map((hex) => Uint8Array.fromHex(hex)) as [Uint8Array, Uint8Array, Uint8Array, Uint8Array];
      const open = () => openChaCha(key, nonce, sealed, data);
      if (expect === "ok") {
        const message = Uint8Array.fromHex(plaintext!);
        assertEquals(sealChaCha(key, nonce, [message], data), sealed, name);
        assertEquals(open(), message, name);
      } else if (expect === "wrongTag") assertRefused(open, expect, name);
      else assertThrows(open, RangeError, "ChaCha20 takes 12", name);
      ran[expect]++;
    }
    assertEquals(ran, counts);
  });
}

const key = bytesOfSize(fc.constant(32));
const nonce = bytesOfSize(fc.constant(12));
const message = bytesOfSize(messageSize);
const data = bytes(40);

test("any message comes back by ChaCha20, in any parts and with any room before it", () => {
  const room = fc.nat(20);
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 4 });
  fc.assert(
    fc.property(key, nonce, message, data, room, shares, (key, nonce, message, data, ...how) => {
      const [room, shares] = how;
      const before = [key, nonce, message, data].map((bytes) => bytes.toHex());
      const sealed = sealChaCha(key, nonce, cut(message, { shares }), data, room);
      assertEquals(sealed.length, room + message.length + 16);
      assertEquals(sealed.subarray(0, room), new Uint8Array(room));
      assertEquals(sealed.subarray(room), sealChaCha(key, nonce, [message], data));
      // As it comes out of a frame: somewhere in other bytes.
      const framed = concat([bytesOf(3, room), sealed]).subarray(3 + room);
      const copy = framed.toHex();
      assertEquals(openChaCha(key, nonce, framed, data).toHex(), message.toHex());
      assertEquals(framed.toHex(), copy, "it was written to");
      assertEquals([key, nonce, message, data].map((bytes) => bytes.toHex()), before);
    }),
    RUNS,
  );
});

test("nothing that was changed opens by ChaCha20", () => {
  const refused: Record<string, number> = {};
  fc.assert(
    fc.property(
      fc.tuple(key, nonce, message, data),
      change,
      ([key, nonce, message, data], change) => {
        const sealed = sealChaCha(key, nonce, [message], data);
        const otherNonce = change.kind === "nonce" ? resized(change.other, 12) : nonce;
        const otherData = change.kind === "data" ? change.other : data;
        const other = changed(sealed, change);
        if ([otherNonce, otherData].join("/") === [nonce, data].join("/") && other === sealed) {
          return;
        }
        const reason = other.length < 16 ? "broken" : "wrongTag";
        assertRefused(() => openChaCha(key, otherNonce, other, otherData), reason, change.kind);
        refused[change.kind] = (refused[change.kind] ?? 0) + 1;
      },
    ),
    { numRuns: 2000 },
  );
  // Else the property says little.
  assertEquals(Object.keys(refused).length, 7);
  for (const [kind, times] of Object.entries(refused)) assert(times > 100, `${kind}: ${times}`);
});

function resized(bytes: Uint8Array, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, i) => bytes[i] ?? 0);
}

test("every single bit of a message sealed by ChaCha20 counts", () => {
  const [key, nonce, data] = [bytesOf(32, 1), bytesOf(12, 2), bytesOf(20, 3)];
  const sealed = sealChaCha(key, nonce, [bytesOf(33, 4)], data);
  let bits = 0;
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const spoilt = changed(sealed, { kind: "flip", at: bit });
    assertRefused(() => openChaCha(key, nonce, spoilt, data), "wrongTag");
    bits++;
  }
  assertEquals(bits, 49 * 8);
});

test("what ChaCha20 gives is the caller's own", () => {
  const [key, nonce, none] = [bytesOf(32, 5), bytesOf(12, 6), new Uint8Array(0)];
  for (const length of [0, 1, 16, 100, 100_000]) {
    const message = bytesOf(length, 7);
    const sealed = sealChaCha(key, nonce, [message], none);
    const expected = sealed.toHex();
    const opened = openChaCha(key, nonce, sealed, none);
    assertEquals([opened.constructor, sealed.constructor], [Uint8Array, Uint8Array]);
    assertEquals(opened.buffer.byteLength, length);
    opened.fill(0xff);
    assert(sealed.toHex() === expected);
    sealed.fill(0xff);
    assert(sealChaCha(key, nonce, [message], none).toHex() === expected);
  }
});

test("a key and a nonce of ChaCha20 have one length each", () => {
  const none = new Uint8Array(0);
  const calls = [
    (key: Uint8Array, nonce: Uint8Array) => sealChaCha(key, nonce, [none], none),
    (key: Uint8Array, nonce: Uint8Array) => openChaCha(key, nonce, new Uint8Array(16), none),
  ];
  for (const call of calls) {
    for (const length of [0, 16, 31, 33]) {
      const why = `Cannot use a key of ${length} bytes: ChaCha20 takes 32`;
      assertThrows(
        () => call(new Uint8Array(length), new Uint8Array(12)),
        RangeError,
        why,
      );
    }
    for (const length of [0, 8, 11, 13, 24]) {
      const why = `Cannot use a nonce of ${length} bytes: ChaCha20 takes 12`;
      assertThrows(
        () => call(new Uint8Array(32), new Uint8Array(length)),
        RangeError,
        why,
      );
    }
  }
});

test("an error of ChaCha20 says lengths, and nothing of what is secret", () => {
  const [key, nonce, none] = [bytesOf(32, 8), bytesOf(12, 9), new Uint8Array(0)];
  const open = (length: number) =>
    assertThrows(() => openChaCha(key, nonce, new Uint8Array(length), none), SealError);
  assertEquals(
    [open(15), open(16)].map(({ reason, message }) => [reason, message]),
    [
      ["broken", "A sealed message of 15 bytes is not whole: its tag alone has 16"],
      [
        "wrongTag",
        "A sealed message of 16 bytes does not open: it was changed, or sealed with another key, " +
        "nonce or associated data",
      ],
    ],
  );
});
