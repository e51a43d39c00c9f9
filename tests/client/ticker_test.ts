/**
 * The ticker, over a clock of its own that is as late as the test wants, and over the real one.
 *
 * @module
 */

import { assert, assertEquals, assertGreaterOrEqual, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
import { startTicker } from "../../lib/client/ticker.ts";

/** A clock and its timers, in the place of the real ones while a synchronous test runs. */
class FakeTime {
  nowMs = 1000;
  #timers = new Map<number, { dueMs: number; fire: () => void }>();
  #lastId = 0;

  /** How many timers wait. */
  get waiting(): number {
    return this.#timers.size;
  }

  /** Replaces the clock and the timers while `use` runs. */
  during(use: () => void): void {
    const { setTimeout, clearTimeout } = globalThis;
    const now = performance.now;
    performance.now = () => this.nowMs;
    Object.assign(globalThis, {
      setTimeout: (fire: () => void, delayMs: number) => {
        assert(delayMs >= 0, `a delay of ${delayMs} ms`);
        this.#timers.set(++this.#lastId, { dueMs: this.nowMs + delayMs, fire });
        return this.#lastId;
      },
      clearTimeout: (id: number) => this.#timers.delete(id),
    });
    try {
      use();
    } finally {
      Object.assign(globalThis, { setTimeout, clearTimeout });
      performance.now = now;
    }
  }

  /** Lets the next timer fire, so much later than it is due; negative is too early. */
  fireNext(lateMs: number): void {
    assertEquals(this.#timers.size, 1);
    const [[id, { dueMs, fire }]] = [...this.#timers] as [
      [number, { dueMs: number; fire(): void }],
    ];
    this.#timers.delete(id);
    this.nowMs = Math.max(this.nowMs, dueMs + lateMs);
    fire();
  }
}

Deno.test("there are as many ticks as intervals have passed, however late the timers are", () => {
  const interval = fc.integer({ min: 10, max: 1000 });
  // Some timers fire a little early; some come after many intervals.
  const late = fc.oneof(
    fc.double({ min: -1, max: 5, noNaN: true }),
    fc.double({ min: 0, max: 5000, noNaN: true }),
  );
  const lates = fc.array(late, { maxLength: 20, size: "max" });
  // Short enough that no more than 1,000 ticks are ever behind.
  const tickMs = fc.double({ min: 0, max: 4, noNaN: true });
  fc.assert(
    fc.property(interval, lates, tickMs, (intervalMs, lates, tickMs) => {
      const time = new FakeTime();
      time.during(() => {
        const startMs = time.nowMs;
        const controller = new AbortController();
        let ticks = 0;
        startTicker(intervalMs, () => {
          ticks++;
          assertGreaterOrEqual(time.nowMs, startMs + ticks * intervalMs, "a tick came too early");
          time.nowMs += tickMs;
        }, controller.signal);
        for (const lateMs of lates) {
          time.fireNext(lateMs);
          assertLessOrEqual(startMs + ticks * intervalMs, time.nowMs);
          assert(startMs + (ticks + 1) * intervalMs > time.nowMs, "a tick is missing");
          assertEquals(time.waiting, 1);
        }
        controller.abort();
        assertEquals(time.waiting, 0);
      });
    }),
    { numRuns: 1000 },
  );
});

Deno.test("what one tick is late does not delay the next", () => {
  const time = new FakeTime();
  time.during(() => {
    const controller = new AbortController();
    const ticksMs: number[] = [];
    startTicker(100, () => ticksMs.push(time.nowMs - 1000), controller.signal);
    for (const lateMs of [0, 30, 0, 70, -20, 0, 250]) time.fireNext(lateMs);
    assertEquals(ticksMs, [100, 230, 300, 470, 500, 850, 850, 850]);
    controller.abort();
  });
});

Deno.test("of a clock that jumps far, 1,000 ticks are made up for and the beat goes on", () => {
  const time = new FakeTime();
  time.during(() => {
    const controller = new AbortController();
    let ticks = 0;
    startTicker(10, () => ticks++, controller.signal);
    time.fireNext(1_000_000);
    assertEquals(ticks, 1000);
    time.fireNext(0);
    assertEquals([ticks, (time.nowMs - 1000) % 10], [1001, 0]);
    controller.abort();
  });
});

Deno.test("a tick that aborts is the last, also of those that are made up for", () => {
  const time = new FakeTime();
  time.during(() => {
    const controller = new AbortController();
    let ticks = 0;
    startTicker(10, () => {
      if (++ticks === 3) controller.abort();
    }, controller.signal);
    time.fireNext(1000);
    assertEquals([ticks, time.waiting], [3, 0]);
  });
});

Deno.test("a signal that is aborted already leaves no timer", () => {
  const time = new FakeTime();
  time.during(() => {
    startTicker(10, () => assert(false), AbortSignal.abort());
    assertEquals(time.waiting, 0);
  });
});

Deno.test("with the real clock: no tick is early, and those that a busy process missed come", async () => {
  const intervalMs = 10;
  const controller = new AbortController();
  const beforeMs = performance.now();
  let afterMs = Infinity;
  let ticks = 0;
  let missed: { ticks: number; nowMs: number } | undefined;
  const { promise, resolve } = Promise.withResolvers<void>();
  startTicker(intervalMs, () => {
    ticks++;
    assertGreaterOrEqual(performance.now(), beforeMs + ticks * intervalMs);
    if (ticks === 1) {
      // Busy for more than five intervals. The missed ticks come before any other timer.
      while (performance.now() < afterMs + 6 * intervalMs);
      setTimeout(() => missed = { ticks, nowMs: performance.now() }, 0);
    }
    if (missed !== undefined) {
      controller.abort();
      resolve();
    }
  }, controller.signal);
  afterMs = performance.now();
  await promise;
  assertGreaterOrEqual(missed!.ticks, 6);
  assertLessOrEqual(missed!.ticks, Math.floor((missed!.nowMs - beforeMs) / intervalMs));
});
