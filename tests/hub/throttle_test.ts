import { assertEquals } from "@std/assert";
import { Throttle } from "../../lib/hub/throttle.ts";

Deno.test("so many are let through in a span, and the rest is counted", () => {
  const throttle = new Throttle(2, 1000);
  const asked = [0, 1, 2, 999, 1000, 1001, 1002, 5000].map((nowMs) => throttle.admit(nowMs));
  assertEquals(asked, [0, 0, undefined, undefined, 2, 0, undefined, 1]);
});

Deno.test("a throttle of none lets none through", () => {
  const throttle = new Throttle(0, 1000);
  assertEquals([0, 1, 10_000].map((nowMs) => throttle.admit(nowMs)), new Array(3).fill(undefined));
});
