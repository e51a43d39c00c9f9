/**
 * Random and changed handshakes and sealed frames against a server. `deno task attack` runs a
 * million of them.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { attackSessions } from "../helpers/seal_attack.ts";

const RUNS = 10_000;

Deno.test(`of ${RUNS} random and changed sessions only what is honest is taken`, async () => {
  const seed = crypto.getRandomValues(new Uint32Array(1))[0]!;
  const report = await attackSessions(RUNS, seed);
  assertEquals([report.runs, report.peersLeft], [RUNS, 0], `seed ${seed}`);
  // Each kind of attack has been made, and some sessions were honest: the test can fail.
  const least = RUNS / 12 / 2;
  const names = Object.keys(report.byTrick);
  assertEquals(names.length, 11, names.join(", "));
  const few = names.filter((name) => report.byTrick[name]! < least);
  assertEquals(few, [], JSON.stringify(report));
  assert(report.honest >= RUNS / 12 - 1, JSON.stringify(report));
});
