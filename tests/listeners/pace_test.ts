import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { Pace } from "../../lib/listeners/pace.ts";
import { test } from "../helpers/strict.ts";

test("what comes at once is taken for a second's worth, and then evenly", () => {
  const pace = new Pace(10);
  const delays = Array.from({ length: 13 }, () => Math.round(pace.delayMs(5000)));
  assertEquals(delays, [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 100, 200, 300]);
  assertEquals(Math.round(pace.delayMs(5300)), 100);
  assertEquals(pace.delayMs(7000), 0);
});

test("what counts for several waits for several", () => {
  const pace = new Pace(10);
  assertEquals(pace.delayMs(0, 10), 0);
  assertEquals(Math.round(pace.delayMs(0, 5)), 500);
});

test("whatever comes when, no more than the rate and one second more is let through", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 1000 }),
      fc.array(fc.tuple(fc.nat(500), fc.integer({ min: 1, max: 5 })), { maxLength: 50 }),
      (perSecond, steps) => {
        const pace = new Pace(perSecond);
        let nowMs = 0;
        let count = 0;
        let lastMs = 0;
        for (const [stepMs, weight] of steps) {
          nowMs += stepMs;
          const dueMs = nowMs + pace.delayMs(nowMs, weight);
          assert(dueMs >= lastMs - 1e-6, "the order stays");
          lastMs = dueMs;
          count += weight;
          assert(count <= perSecond * (1 + dueMs / 1000) + 1e-6);
        }
      },
    ),
    { numRuns: 1000 },
  );
});
