import { assert, assertEquals } from "@std/assert";
import { Sleep } from "../lib/sleep.ts";
import { test } from "./helpers/strict.ts";

const MAX_TIMER_MS = 2 ** 31 - 1;

test("sleep: wakes once, and not early", async () => {
  const startMs = performance.now();
  let woken = 0;
  const sleeps: Sleep[] = [];
  await new Promise<void>((resolve) => {
    for (let i = 0; i < 50; i++) {
      sleeps.push(
        new Sleep(20.3, () => {
          const tookMs = performance.now() - startMs;
          assert(tookMs >= 20.3, `it took ${tookMs} ms`);
          if (++woken === 50) resolve();
        }),
      );
    }
  });
  for (const sleep of sleeps) sleep.cancel();
  assertEquals(woken, 50);
});

test("sleep: one that is cancelled does not wake", async () => {
  let woken = false;
  const sleep = new Sleep(10, () => woken = true);
  sleep.cancel();
  sleep.cancel();
  await new Promise<void>((resolve) => new Sleep(30, resolve));
  assertEquals(woken, false);
});

test("sleep: a long one is made of timers that the system can hold", () => {
  using time = new FakeTime();
  const durationMs = 4_294_967_295_000;
  let woken = 0;
  const startMs = performance.now();
  const sleep = new Sleep(durationMs, () => woken++);
  assertEquals(sleep.endsAtMs, startMs + durationMs);
  let timers = 0;
  while (woken === 0) {
    const delayMs = time.fire();
    assert(delayMs >= 0 && delayMs <= MAX_TIMER_MS && Number.isInteger(delayMs), `${delayMs}`);
    timers++;
  }
  assertEquals(timers, Math.ceil(durationMs / MAX_TIMER_MS));
  assertEquals(performance.now(), startMs + durationMs);
  assertEquals([woken, time.pending], [1, 0]);
});

test("sleep: a timer that fires early is followed by another", () => {
  using time = new FakeTime();
  let woken = 0;
  const startMs = performance.now();
  new Sleep(1000, () => woken++);
  time.fire(-0.4);
  assertEquals([woken, time.pending], [0, 1]);
  time.fire(-0.4);
  assertEquals([woken, time.pending], [1, 0]);
  assert(performance.now() >= startMs + 1000);
});

test("sleep: a long one is cancelled in its later parts too", () => {
  using time = new FakeTime();
  let woken = 0;
  const sleep = new Sleep(MAX_TIMER_MS * 3, () => woken++);
  time.fire();
  time.fire();
  assertEquals(time.pending, 1);
  sleep.cancel();
  assertEquals([woken, time.pending], [0, 0]);
});

/** Takes the place of `setTimeout`, `clearTimeout` and `performance.now` until it is disposed. */
class FakeTime implements Disposable {
  readonly #real = { setTimeout, clearTimeout, now: performance.now };
  readonly #timers = new Map<number, { callback: () => void; delayMs: number }>();
  #nowMs = 5;
  #ids = 0;

  constructor() {
    performance.now = () => this.#nowMs;
    globalThis.setTimeout = ((callback: () => void, delayMs: number) => {
      this.#timers.set(++this.#ids, { callback, delayMs });
      return this.#ids;
    }) as unknown as typeof setTimeout;
    globalThis.clearTimeout = (id) => {
      this.#timers.delete(id as number);
    };
  }

  /** How many timers wait. */
  get pending(): number {
    return this.#timers.size;
  }

  /** Fires the only timer, so much late; gives the delay that it was set to. */
  fire(lateMs = 0): number {
    const [[id, { callback, delayMs }]] = [...this.#timers] as [
      [number, { callback: () => void; delayMs: number }],
    ];
    this.#timers.delete(id);
    this.#nowMs += delayMs + lateMs;
    callback();
    return delayMs;
  }

  [Symbol.dispose](): void {
    globalThis.setTimeout = this.#real.setTimeout;
    globalThis.clearTimeout = this.#real.clearTimeout;
    performance.now = this.#real.now;
  }
}
