import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import { AtMost } from "../../lib/hub/at_most.ts";

Deno.test("at most: no more are done at once, all are done, and begin in their order", async () => {
  let most = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.nat({ max: 5 }), { maxLength: 12 }),
      async (max, steps) => {
        const slots = new AtMost(max, 0);
        const begun: number[] = [];
        let running = 0;
        const results = await Promise.allSettled(steps.map((count, i) =>
          slots.run(async () => {
            begun.push(i);
            assert(++running <= max);
            most = Math.max(most, running);
            for (let step = 0; step < count; step++) await Promise.resolve();
            running--;
            if (count === 3) throw new Error("of its own");
            return i;
          })
        ));
        assertEquals(begun, steps.map((_, i) => i));
        assertEquals(
          results.map((result) =>
            result.status === "fulfilled" ? result.value : result.reason.message
          ),
          steps.map((count, i) => count === 3 ? "of its own" : i),
        );
      },
    ),
    { numRuns: 1000 },
  );
  assertEquals(most, 4);
});

Deno.test("at most: what throws at once gives its place to the next", async () => {
  const slots = new AtMost(1, 0);
  await assertRejects(() =>
    slots.run(() => {
      throw new RangeError("at once");
    }), RangeError);
  assertEquals(await slots.run(() => 1), 1);
});
