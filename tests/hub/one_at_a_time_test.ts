import { assertEquals, assertRejects } from "@std/assert";
import { OneAtATime } from "../../lib/hub/one_at_a_time.ts";
import { test } from "../helpers/strict.ts";
import { turn } from "../helpers/turn.ts";

test("one at a time: what has the same key waits for what was begun before, also when that fails", async () => {
  const turns = new OneAtATime();
  const begun: string[] = [];
  const held = new Map<string, PromiseWithResolvers<string>>();
  const run = (key: string, name: string) =>
    turns.run(key, () => {
      begun.push(name);
      held.set(name, Promise.withResolvers());
      return held.get(name)!.promise;
    });
  const [a1, a2, a3, b1] = [run("a", "a1"), run("a", "a2"), run("a", "a3"), run("b", "b1")];
  assertEquals(begun, ["a1", "b1"]);
  held.get("b1")!.resolve("b");
  assertEquals(await b1, "b");
  held.get("a1")!.reject(new Error("it failed"));
  await assertRejects(() => a1, Error, "it failed");
  await turn();
  assertEquals(begun, ["a1", "b1", "a2"]);
  held.get("a2")!.resolve("second");
  assertEquals(await a2, "second");
  await turn();
  held.get("a3")!.resolve("third");
  assertEquals(await a3, "third");
  const again = run("a", "a4");
  assertEquals(begun, ["a1", "b1", "a2", "a3", "a4"]);
  held.get("a4")!.resolve("fourth");
  assertEquals(await again, "fourth");
});
