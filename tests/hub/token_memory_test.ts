import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { TokenMemory } from "../../lib/hub/token_memory.ts";

Deno.test("token memory: an id is new once, and is known for as long as it can come again", () => {
  const step = fc.record({ id: fc.nat({ max: 30 }), waitMs: fc.nat({ max: 60 }) });
  let known = 0;
  fc.assert(
    fc.property(fc.array(step, { minLength: 50, maxLength: 100, size: "max" }), (steps) => {
      const [goodForMs, maxIds] = [200, 20];
      const memory = new TokenMemory({ goodForMs, maxIds });
      /** The ids that were new, and when; the last one is at the end. */
      const firsts: { id: string; atMs: number }[] = [];
      let nowMs = 1000;
      for (const step of steps) {
        nowMs += step.waitMs;
        const id = `${step.id}`;
        const first = firsts.findLastIndex((one) => one.id === id);
        const since = firsts.length - first;
        const isDue = first !== -1 && nowMs - firsts[first]!.atMs < goodForMs && since <= maxIds;
        const isNew = memory.use(id, "", nowMs) === "new";
        if (first === -1) assert(isNew);
        if (isDue) {
          assert(!isNew);
          known++;
        }
        if (isNew) firsts.push({ id, atMs: nowMs });
        assert(memory.size <= 2 * maxIds);
      }
    }),
    { numRuns: 1000 },
  );
  assert(known > 1000, `${known}`);
});

Deno.test("token memory: what cannot come again is forgotten", () => {
  const memory = new TokenMemory({ goodForMs: 1000 });
  const use = (id: string, nowMs: number) => memory.use(id, "", nowMs);
  assertEquals([use("a", 0), use("a", 999), use("b", 1000)], ["new", "again", "new"]);
  assertEquals([use("c", 2000), memory.size], ["new", 2]);
  assertEquals(use("a", 2000), "new");
});

Deno.test("token memory: what was forgotten is new again, in either span", () => {
  const memory = new TokenMemory({ goodForMs: 1000 });
  memory.use("a", "", 0);
  memory.use("b", "", 1000);
  for (const id of ["a", "b", "c"]) memory.forget(id);
  assertEquals(["a", "b", "c"].map((id) => memory.use(id, "", 1001)), ["new", "new", "new"]);
});

Deno.test("token memory: an id is known by what it was used for first, in either span", () => {
  const memory = new TokenMemory({ goodForMs: 1000 });
  assertEquals(["x", "x", "y", ""].map((wanted) => memory.use("a", wanted, 0)), [
    ...["new", "again", "other", "other"],
  ]);
  memory.use("b", "", 1000);
  assertEquals(["y", "x"].map((wanted) => memory.use("a", wanted, 1001)), ["other", "again"]);
});
