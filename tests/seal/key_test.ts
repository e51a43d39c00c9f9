import { assertEquals, assertMatch, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { deriveBytes, formatKey, formatKeyId, keyId, parseKey } from "../../lib/seal/key.ts";
import { fromHex, toHex } from "../wire/arbitraries.ts";

const key = fc.uint8Array({ minLength: 32, maxLength: 32 });

Deno.test("a key is 44 characters, and comes back from them", () => {
  fc.assert(
    fc.property(key, (key) => {
      const text = formatKey(key);
      assertMatch(text, /^[\w-]{43}=$/);
      for (const end of ["", "\n", "\r\n"]) assertEquals(parseKey(text + end), key);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("what is no key is none", () => {
  const right = formatKey(new Uint8Array(32).fill(255));
  const wrong = [
    "",
    "\n",
    right.slice(0, -1),
    right.slice(0, -2),
    `${right}=`,
    ` ${right}`,
    `${right} `,
    `${right}\n\n`,
    right.replace("_", "/"),
    right.replace("_", "+"),
    right.replace("_", "\n"),
    right.replace("8=", "9="), // Bits behind the last byte.
    formatKey(new Uint8Array(31)),
    formatKey(new Uint8Array(33)),
    formatKey(new Uint8Array(16)),
  ];
  assertEquals(wrong.filter((text) => text === right), []);
  for (const text of wrong) assertEquals(parseKey(text), undefined, JSON.stringify(text));
});

Deno.test("a fingerprint tells keys apart and does not depend on anything else", () => {
  const one = formatKeyId(keyId(new Uint8Array(32)));
  assertMatch(one, /^[0-9a-f]{4}(-[0-9a-f]{4}){3}$/);
  assertEquals(formatKeyId(keyId(new Uint8Array(32))), one);
  for (let bit = 0; bit < 256; bit++) {
    const other = new Uint8Array(32);
    other[bit >> 3] = 1 << (bit & 7);
    assertNotEquals(formatKeyId(keyId(other)), one);
  }
});

Deno.test("HKDF gives the bytes of RFC 5869, A.1", () => {
  const okm = deriveBytes(
    new Uint8Array(22).fill(0x0b),
    fromHex("f0 f1 f2 f3 f4 f5 f6 f7 f8 f9"),
    42,
    fromHex("00 01 02 03 04 05 06 07 08 09 0a 0b 0c"),
  );
  assertEquals(
    toHex(okm).replaceAll(" ", ""),
    "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
  );
});
