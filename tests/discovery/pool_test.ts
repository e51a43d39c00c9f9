import { assertEquals, assertRejects } from "@std/assert";
import { Pool } from "../../lib/discovery/pool.ts";
import { test } from "../helpers/strict.ts";

test("no more tasks run at once than may, and all run, in their order", async () => {
  const pool = new Pool(2);
  const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
  const begun: number[] = [];
  const tasks = gates.map(({ promise }, i) =>
    pool.run(async () => {
      begun.push(i);
      await promise;
      return i;
    })
  );
  assertEquals(begun, [0, 1]);
  gates[1]!.resolve();
  assertEquals(await tasks[1], 1);
  assertEquals(begun, [0, 1, 2]);
  for (const { resolve } of gates) resolve();
  assertEquals(await Promise.all(tasks), [0, 1, 2, 3, 4]);
});

test("a task that fails makes room for the next", async () => {
  const pool = new Pool(1);
  await assertRejects(() => pool.run(() => Promise.reject(new Error("no"))), Error, "no");
  assertEquals(await pool.run(() => Promise.resolve(7)), 7);
});
