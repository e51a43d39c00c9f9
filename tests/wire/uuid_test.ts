import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  isUuid,
  isUuidV7,
  makeUuidV7,
  uuidFromBytes,
  uuidTimeMs,
  uuidToBytes,
} from "../../lib/wire/uuid.ts";
import { fromHex, toHex } from "./arbitraries.ts";

/** RFC 9562, appendix A.6: 22 February 2022, 14:22:22 in UTC-5, with the random bits of its table. */
const EXAMPLE = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
const EXAMPLE_BYTES = "01 7f 22 e2 79 b0 7c c3 98 c4 dc 0c 0c 07 39 8f";
const EXAMPLE_TIME_MS = 1_645_557_742_000;

const RUNS = { numRuns: 1000 };
const timeMs = fc.oneof(
  fc.integer({ min: 0, max: 2 ** 48 - 1 }),
  fc.constantFrom(0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 48 - 1),
);
const random = fc.uint8Array({ minLength: 10, maxLength: 10 });

Deno.test("the example of RFC 9562", () => {
  assertEquals(toHex(uuidToBytes(EXAMPLE)), EXAMPLE_BYTES);
  assertEquals(uuidFromBytes(fromHex(EXAMPLE_BYTES)), EXAMPLE);
  assert(isUuid(EXAMPLE) && isUuidV7(EXAMPLE));
  assertEquals(uuidTimeMs(EXAMPLE), EXAMPLE_TIME_MS);
  // The bits of the version and of the variant are not taken from what is random.
  for (const bits of ["0c c3 18 c4", "fc c3 d8 c4"]) {
    assertEquals(makeUuidV7(EXAMPLE_TIME_MS, fromHex(`${bits} dc 0c 0c 07 39 8f`)), EXAMPLE);
  }
});

Deno.test("the least and the greatest", () => {
  const [zeros, ones] = [new Uint8Array(10), new Uint8Array(10).fill(0xff)];
  assertEquals(makeUuidV7(0, zeros), "00000000-0000-7000-8000-000000000000");
  assertEquals(makeUuidV7(2 ** 48 - 1, ones), "ffffffff-ffff-7fff-bfff-ffffffffffff");
});

Deno.test("bytes and text say the same", () => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 16, maxLength: 16 }), (bytes) => {
      const text = uuidFromBytes(bytes);
      assert(isUuid(text), text);
      assertEquals(text.replaceAll("-", ""), toHex(bytes).replaceAll(" ", ""));
      assertEquals(uuidToBytes(text), bytes);
    }),
    RUNS,
  );
});

Deno.test("a UUIDv7 holds its time, and sorts by it", () => {
  fc.assert(
    fc.property(timeMs, timeMs, random, random, (one, other, random1, random2) => {
      const [first, second] = [makeUuidV7(one, random1), makeUuidV7(other, random2)];
      assert(isUuidV7(first), first);
      assertEquals(uuidTimeMs(first), one);
      if (one !== other) assertEquals(first < second, one < other);
    }),
    RUNS,
  );
});

Deno.test("every random bit but the six of version and variant is used", () => {
  const bits = new Set<string>();
  for (let bit = 0; bit < 80; bit++) {
    const random = new Uint8Array(10);
    random[bit >> 3] = 1 << (bit & 7);
    bits.add(makeUuidV7(0, random));
  }
  bits.delete("00000000-0000-7000-8000-000000000000");
  assertEquals(bits.size, 74);
});

Deno.test("a time that does not fit 48 bits makes no UUID", () => {
  for (const timeMs of [-1, 2 ** 48, 0.5, NaN, Infinity]) {
    assertThrows(() => makeUuidV7(timeMs, new Uint8Array(10)), RangeError, String(timeMs));
  }
});

Deno.test("a text of another form is no UUID", () => {
  const others = [
    "",
    EXAMPLE.toUpperCase(),
    EXAMPLE.replaceAll("-", ""),
    `{${EXAMPLE}}`,
    `urn:uuid:${EXAMPLE}`,
    `${EXAMPLE}\n`,
    ` ${EXAMPLE}`,
    EXAMPLE.slice(1),
    `${EXAMPLE}0`,
    EXAMPLE.replace("f", "g"),
    EXAMPLE.replace("0", "٠"),
    "017f22e27-9b0-7cc3-98c4-dc0c0c07398f",
  ];
  for (const text of others) {
    assert(!isUuid(text) && !isUuidV7(text), text);
    assertThrows(() => uuidToBytes(text), RangeError, "Cannot read a UUID");
  }
  for (const length of [0, 15, 17]) {
    assertThrows(() => uuidFromBytes(new Uint8Array(length)), RangeError, `not ${length}`);
  }
});

Deno.test("a UUID of another version or variant is none of version 7", () => {
  for (const digit of "0123456789abcdef") {
    const version = `${EXAMPLE.slice(0, 14)}${digit}${EXAMPLE.slice(15)}`;
    const variant = `${EXAMPLE.slice(0, 19)}${digit}${EXAMPLE.slice(20)}`;
    assert(isUuid(version) && isUuid(variant));
    assertEquals(isUuidV7(version), digit === "7");
    assertEquals(isUuidV7(variant), "89ab".includes(digit));
  }
});
