import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { ProofLimiter } from "../../lib/hub/proof_limiter.ts";

const LIMITS = {
  firstDelayMs: 100,
  maxDelayMs: 1_000,
  maxFailures: 5,
  blockMs: 60_000,
  forgetMs: 300_000,
  maxAddresses: 3,
};

function failing(times: number, limiter = new ProofLimiter(LIMITS), address = "a"): ProofLimiter {
  for (let i = 0; i < times; i++) limiter.fail(address, i);
  return limiter;
}

Deno.test("each failure doubles the wait, up to a bound", () => {
  const limiter = new ProofLimiter(LIMITS);
  const delays = Array.from({ length: 7 }, (_, i) => limiter.fail("a", i));
  assertEquals(delays, [100, 200, 400, 800, 1000, 1000, 1000]);
  assertEquals(limiter.fail("b", 7), 100);
});

Deno.test("an address that fails too often is blocked for a time, and no other is", () => {
  const limiter = failing(4);
  assertEquals(limiter.blockedMs("a", 4), 0);
  limiter.fail("a", 4);
  assertEquals(limiter.blockedMs("a", 4), 60_000);
  assertEquals(limiter.blockedMs("b", 4), 0);
  assertEquals(limiter.blockedMs("a", 60_003), 1);
  assertEquals(limiter.blockedMs("a", 60_004), 0);
  // It is not as good as new yet: the next failure blocks it again.
  assertEquals(limiter.fail("a", 60_004), 1000);
  assertEquals(limiter.blockedMs("a", 60_004), 60_000);
});

Deno.test("a success, and time, make it as good as new", () => {
  const limiter = failing(5);
  limiter.succeed("a");
  assertEquals([limiter.blockedMs("a", 5), limiter.size], [0, 0]);
  failing(5, limiter);
  assertEquals(limiter.blockedMs("a", 4 + LIMITS.forgetMs), 0);
  assertEquals(limiter.size, 0);
  assertEquals(failing(5).fail("a", 4 + LIMITS.forgetMs), 100);
});

Deno.test("the address that failed longest ago is forgotten first", () => {
  const limiter = new ProofLimiter(LIMITS);
  for (const address of ["a", "b", "c", "a", "d"]) failing(5, limiter, address);
  assertEquals(limiter.size, 3);
  const blocked = ["a", "b", "c", "d"].filter((address) => limiter.blockedMs(address, 5) > 0);
  assertEquals(blocked, ["a", "c", "d"]);
});

Deno.test("whatever happens, the table is bounded and no wait is longer than the bound", () => {
  const step = fc.record({
    address: fc.constantFrom("a", "b", "c", "d", "e", "f"),
    act: fc.constantFrom("fail", "succeed", "ask"),
    afterMs: fc.integer({ min: 0, max: 100_000 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
      const limiter = new ProofLimiter(LIMITS);
      let nowMs = 0;
      for (const { address, act, afterMs } of steps) {
        nowMs += afterMs;
        if (act === "succeed") limiter.succeed(address);
        else if (act === "fail") {
          const delayMs = limiter.fail(address, nowMs);
          assert(delayMs >= LIMITS.firstDelayMs && delayMs <= LIMITS.maxDelayMs);
        } else {
          const blockedMs = limiter.blockedMs(address, nowMs);
          assert(blockedMs >= 0 && blockedMs <= LIMITS.blockMs);
        }
        assert(limiter.size <= LIMITS.maxAddresses);
      }
    }),
    { numRuns: 1000 },
  );
});
