/**
 * Fernet tokens: what others have written down, round trips, and what does not open.
 *
 * @module
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { decodeBase64Url, encodeBase64Url } from "../../lib/seal/base64url.ts";
import { openFernet, type OpenFernetOptions, sealFernet } from "../../lib/seal/fernet.ts";
import { SealError, type SealFailure } from "../../lib/seal/seal_error.ts";
import { test } from "../helpers/strict.ts";
import { bytes, bytesOf, bytesOfSize, RUNS } from "./arbitraries.ts";

/** See tests/vectors/fernet/README.md. */
interface Vector {
  name: string;
  key: string;
  nowS: number;
  ttlS?: number;
  maxClockSkewS?: number;
  token: string;
  expect: "ok" | SealFailure;
  plaintext?: string;
  timeS?: number;
  iv?: string;
}

const key = bytesOfSize(fc.constant(32));
const iv = bytesOfSize(fc.constant(16));
const timeS = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 53 - 1 }),
  fc.constantFrom(0, 1, 2 ** 31, 2 ** 32, 2 ** 53 - 1),
);

const KEY = bytesOf(32, 1);
const IV = bytesOf(16, 2);
const TIME_S = 1_800_000_000;

function readVectors(file: string): Vector[] {
  const url = new URL(`../vectors/fernet/${file}.json`, import.meta.url);
  return JSON.parse(Deno.readTextFileSync(url));
}

function assertRefused(
  key: Uint8Array,
  token: string,
  options: OpenFernetOptions,
  reason: SealFailure,
  name = token,
): void {
  const error = assertThrows(() => openFernet(key, token, options), SealError, undefined, name);
  assertEquals(error.reason, reason, `${name}: ${error.message}`);
}

const COUNTS: Record<string, Record<Vector["expect"], number>> = {
  specification: { ok: 2, broken: 5, wrongTag: 1, tooOld: 1, fromFuture: 1 },
  made: { ok: 14, broken: 23, wrongTag: 6, tooOld: 2, fromFuture: 3 },
};

for (const [file, counts] of Object.entries(COUNTS)) {
  test(`the vectors of ${file}.json`, () => {
    const ran = { ok: 0, broken: 0, wrongTag: 0, tooOld: 0, fromFuture: 0 };
    for (const { name, token, expect, plaintext, timeS, iv, ...vector } of readVectors(file)) {
      const key = decodeBase64Url(vector.key)!;
      const { key: _, ...options } = vector;
      if (expect === "ok") {
        const opened = openFernet(key, token, options);
        const text = new TextDecoder().decode(opened.plaintext);
        assertEquals({ text, timeS: opened.timeS }, { text: plaintext!, timeS: timeS! }, name);
        if (iv !== undefined) {
          const options = { timeS: timeS!, iv: Uint8Array.fromHex(iv) };
          assertEquals(sealFernet(key, opened.plaintext, options), token, name);
        }
      } else {
        assertRefused(key, token, options, expect, name);
      }
      ran[expect]++;
    }
    assertEquals(ran, counts);
  });
}

test("any message comes back, with its time", () => {
  fc.assert(
    fc.property(key, bytes(300), timeS, iv, (key, message, timeS, iv) => {
      const token = sealFernet(key, message, { timeS, iv });
      const opened = openFernet(key, token, { nowS: 0 });
      assertEquals([opened.plaintext.toHex(), opened.timeS], [message.toHex(), timeS]);
      assertEquals(opened.plaintext.buffer.byteLength, message.length, "it holds more");
      assertEquals(openFernet(key, token, { nowS: timeS, ttlS: 0 }), opened);
    }),
    RUNS,
  );
});

test("no token with another character opens", () => {
  const character = fc.oneof(
    fc.constantFrom(..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_=+/ \n"),
    fc.string({ minLength: 1, maxLength: 1, unit: "binary" }),
  );
  const reasons = { broken: 0, wrongTag: 0 };
  fc.assert(
    fc.property(bytes(60), fc.nat(), character, (message, at, character) => {
      const token = sealFernet(KEY, message, { timeS: TIME_S, iv: IV });
      const place = at % token.length;
      const other = token.slice(0, place) + character + token.slice(place + 1);
      if (other === token) return;
      const error = assertThrows(() => openFernet(KEY, other, { nowS: TIME_S }), SealError);
      assert(error.reason === "broken" || error.reason === "wrongTag", error.reason);
      reasons[error.reason]++;
    }),
    { numRuns: 3000 },
  );
  // Else the property says little.
  assert(reasons.broken > 100 && reasons.wrongTag > 1000, JSON.stringify(reasons));
});

test("no token with a changed bit opens, nor a shorter or longer one", () => {
  const bytes = decodeBase64Url(sealFernet(KEY, bytesOf(20, 3), { timeS: TIME_S, iv: IV }))!;
  let bits = 0;
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const other = bytes.slice();
    other[bit >> 3]! ^= 1 << (bit & 7);
    const reason = bit < 8 ? "broken" : "wrongTag";
    assertRefused(KEY, encodeBase64Url(other), { nowS: TIME_S }, reason, `bit ${bit}`);
    bits++;
  }
  assertEquals(bits, 89 * 8);
  for (let length = 0; length < bytes.length; length++) {
    // A block less leaves the form of a token.
    const reason = length === 73 ? "wrongTag" : "broken";
    const shorter = encodeBase64Url(bytes.subarray(0, length));
    assertRefused(KEY, shorter, { nowS: TIME_S }, reason, `${length} bytes`);
  }
  for (const more of [1, 15, 16, 32]) {
    const longer = new Uint8Array(bytes.length + more);
    longer.set(bytes);
    const reason = more % 16 === 0 ? "wrongTag" : "broken";
    assertRefused(KEY, encodeBase64Url(longer), { nowS: TIME_S }, reason, `${more} more`);
  }
});

test("another key opens nothing", () => {
  fc.assert(
    fc.property(key, key, bytes(40), (one, other, message) => {
      if (one.toHex() === other.toHex()) return;
      // Only the second half, the key of AES, may be another: then the HMAC holds, and what comes
      // out has a valid padding by chance once in 250 times.
      if (one.subarray(0, 16).toHex() === other.subarray(0, 16).toHex()) return;
      const token = sealFernet(one, message, { timeS: TIME_S, iv: IV });
      assertRefused(other, token, { nowS: TIME_S }, "wrongTag");
    }),
    RUNS,
  );
});

test("a token opens from its time less the skew until its time and what it has to live", () => {
  const seconds = fc.integer({ min: 0, max: 1000 });
  const opened = { ok: 0, tooOld: 0, fromFuture: 0 };
  const ageS = fc.integer({ min: -1100, max: 1100 });
  fc.assert(
    fc.property(ageS, seconds, seconds, fc.boolean(), (ageS, ttlS, maxClockSkewS, atEdge) => {
      if (atEdge) ageS = ageS < 0 ? -maxClockSkewS - (ageS & 1) : ttlS + (ageS & 1);
      const token = sealFernet(KEY, IV, { timeS: TIME_S, iv: IV });
      const options = { nowS: TIME_S + ageS, ttlS, maxClockSkewS };
      const expect = ageS > ttlS ? "tooOld" : -ageS > maxClockSkewS ? "fromFuture" : "ok";
      if (expect === "ok") assertEquals(openFernet(KEY, token, options).timeS, TIME_S);
      else assertRefused(KEY, token, options, expect);
      // Without a time to live the time is of no account.
      assertEquals(openFernet(KEY, token, { nowS: options.nowS }).timeS, TIME_S);
      assertEquals(openFernet(KEY, token, { nowS: options.nowS, maxClockSkewS }).timeS, TIME_S);
      opened[expect]++;
    }),
    { numRuns: 3000 },
  );
  for (const [expect, times] of Object.entries(opened)) assert(times > 100, `${expect}: ${times}`);
});

test("random text is no token", () => {
  const text = fc.oneof(fc.string({ maxLength: 200 }), bytes(200).map(encodeBase64Url));
  fc.assert(
    fc.property(text, (text) => {
      assertThrows(() => openFernet(KEY, text, { nowS: TIME_S }), SealError);
    }),
    RUNS,
  );
});

test("an error says times and lengths", () => {
  const token = sealFernet(KEY, IV, { timeS: TIME_S, iv: IV });
  const messages: [OpenFernetOptions, string, string][] = [
    [{ nowS: TIME_S + 91, ttlS: 60 }, token, "was made 91 s ago: it is good for 60 s"],
    [{ nowS: TIME_S - 91, ttlS: 9 }, token, "is from a time 91 s ahead: clocks may differ by 60 s"],
    [{ nowS: TIME_S }, "gAAA", "has 3 bytes: the shortest has 73"],
    [{ nowS: TIME_S }, "gAA", "of 3 characters is not urlsafe base64 with its padding"],
    [{ nowS: TIME_S }, `B${token.slice(1)}`, "has version 4: there is only 128"],
  ];
  for (const [options, token, message] of messages) {
    const error = assertThrows(() => openFernet(KEY, token, options), SealError);
    assertEquals([error.message, error.exitCode], [`A Fernet token ${message}`, 5]);
  }
});

test("a caller's mistakes are RangeErrors", () => {
  const options = { timeS: TIME_S, iv: IV };
  const token = sealFernet(KEY, IV, options);
  for (const length of [0, 16, 31, 33, 64]) {
    const why = `Cannot use a key of ${length} bytes: Fernet takes 32`;
    assertThrows(() => sealFernet(new Uint8Array(length), IV, options), RangeError, why);
    assertThrows(() => openFernet(new Uint8Array(length), token, { nowS: 0 }), RangeError, why);
  }
  for (const length of [0, 15, 17]) {
    const wrong = { ...options, iv: new Uint8Array(length) };
    const why = `Cannot use an IV of ${length} bytes: AES-CBC takes 16`;
    assertThrows(() => sealFernet(KEY, IV, wrong), RangeError, why);
  }
  for (const seconds of [-1, 0.5, NaN, Infinity, 2 ** 53]) {
    const why = `S of ${seconds}: it is a whole number, 0 or more`;
    assertThrows(() => sealFernet(KEY, IV, { ...options, timeS: seconds }), RangeError, why);
    for (
      const wrong of [
        { nowS: seconds },
        { nowS: 0, ttlS: seconds },
        { nowS: 0, maxClockSkewS: seconds },
      ]
    ) {
      assertThrows(() => openFernet(KEY, token, wrong), RangeError, why);
    }
  }
});
