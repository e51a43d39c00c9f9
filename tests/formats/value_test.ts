/**
 * The values of dictionaries: what is whole, what is floating, what is the same.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import {
  float,
  isWhole,
  sameValue,
  type Value,
  whole,
  WholeFloat,
} from "../../lib/formats/value.ts";
import { anyFloat, anyValue, anyWhole, tell } from "../helpers/dictionaries.ts";
import { test } from "../helpers/strict.ts";

test("whole numbers keep their value, and are numbers where these hold them", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), (number) => {
      const value = whole(number);
      assertEquals(BigInt(value), number);
      assertEquals(typeof value === "number", Number.isSafeInteger(Number(number)));
      assert(isWhole(value));
    }),
    { numRuns: 1_000 },
  );
  assertEquals([whole(2n ** 53n - 1n), whole(2n ** 53n)], [2 ** 53 - 1, 2n ** 53n]);
});

test("floating numbers keep their value, and none is a whole one", () => {
  fc.assert(
    fc.property(fc.double(), (number) => {
      const value = float(number);
      if (value instanceof WholeFloat) {
        assert(Number.isSafeInteger(value.value));
        assertEquals(value.value, number);
      } else {
        assert(Object.is(value, number));
        assert(!isWhole(value));
      }
    }),
    { numRuns: 1_000 },
  );
  for (const number of [-0, 0.5, NaN, Infinity, 2 ** 53]) assert(Object.is(float(number), number));
  assertEquals(float(1), new WholeFloat(1));
});

test("two values are the same when they say the same", () => {
  fc.assert(
    fc.property(anyValue(), anyValue(), (a, b) => {
      assert(sameValue(a, a));
      assertEquals(sameValue(a, b), JSON.stringify(tell(a)) === JSON.stringify(tell(b)));
    }),
    { numRuns: 1_000 },
  );
  fc.assert(
    fc.property(anyWhole(), anyFloat(), (a, b) => assert(!sameValue(a, b))),
    { numRuns: 1_000 },
  );
  const map = (...members: [string, Value][]) => new Map(members);
  const cases: [Value, Value, boolean][] = [
    [NaN, NaN, true],
    [0, -0, false],
    [1, float(1), false],
    [float(1), float(1), true],
    [1, true, false],
    [null, "", false],
    [[], map(), false],
    [[1], [1, 2], false],
    [[1, 2], [1], false],
    [map(["a", 1], ["b", 2]), map(["b", 2], ["a", 1]), false],
    [map(["a", 1]), map(["a", 1], ["b", 2]), false],
    [map(["a", [map()]]), map(["a", [map()]]), true],
    ["e\u0301", "\u00e9", false],
  ];
  for (const [a, b, isSame] of cases) {
    assertEquals([sameValue(a, b), sameValue(b, a)], [isSame, isSame]);
  }
});
