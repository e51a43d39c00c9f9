import { assertEquals } from "@std/assert";
import { forgetOldEvents, removeLeftovers } from "../../lib/hub/retention.ts";
import type { EventBounds } from "../../lib/store/event_store.ts";
import { FakeEvents } from "../helpers/fake_events.ts";
import { FakeStore } from "../helpers/fake_store.ts";
import { test } from "../helpers/strict.ts";

test("retention: looks after the events at once, again and again, and ends with its signal", async () => {
  const asked: EventBounds[] = [];
  const faults: [string, unknown][] = [];
  const error = new Error("the disk is on fire");
  const over = new AbortController();
  class Watched extends FakeEvents {
    override forgetEvents(bounds: EventBounds): Promise<number> {
      asked.push(bounds);
      if (asked.length === 4) over.abort();
      return asked.length === 2 ? Promise.reject(error) : Promise.resolve(0);
    }
  }
  let nowMs = 5000;
  await forgetOldEvents(new Watched(), {
    maxCount: 7,
    maxAgeMs: 3000,
    intervalMs: 1,
    nowMs: () => nowMs++,
    onFault: (doing, error) => faults.push([doing, error]),
  }, over.signal);
  assertEquals(asked, [2000, 2001, 2002, 2003].map((sinceMs) => ({ maxCount: 7, sinceMs })));
  assertEquals(faults, [["forget old events of the room", error]]);
});

test("retention: what could come again is kept, however many there are", async () => {
  const asked: EventBounds[] = [];
  const over = new AbortController();
  class Watched extends FakeEvents {
    override forgetEvents(bounds: EventBounds): Promise<number> {
      asked.push(bounds);
      over.abort();
      return Promise.resolve(0);
    }
  }
  const onFault = (_doing: string, error: unknown) => {
    throw error;
  };
  const bounds = { maxCount: 7, maxAgeMs: 100, minAgeMs: 3000, nowMs: () => 5000 };
  await forgetOldEvents(new Watched(), { ...bounds, onFault }, over.signal);
  assertEquals(asked, [{ maxCount: 7, sinceMs: 4900, keepSinceMs: 2000 }]);
});

test("retention: does nothing when it is over before it begins", async () => {
  const store = new FakeEvents();
  store.forgetEvents = () => Promise.reject(new Error("it is asked"));
  const onFault = (_doing: string, error: unknown) => {
    throw error;
  };
  await forgetOldEvents(store, { maxCount: 1, maxAgeMs: 1, onFault }, AbortSignal.abort());
});

test("retention: leftovers are removed at once, again and again, and what fails is told", async () => {
  const over = new AbortController();
  const error = new Error("the disk is on fire");
  const [told, faults]: [number[], [string, unknown][]] = [[], []];
  const store = new FakeStore();
  let asked = 0;
  store.removeLeftovers = () => {
    if (++asked === 4) over.abort();
    return asked === 2 ? Promise.reject(error) : Promise.resolve(asked === 3 ? 0 : asked);
  };
  await removeLeftovers(store, {
    intervalMs: 1,
    onRemoved: (files) => told.push(files),
    onFault: (doing, error) => faults.push([doing, error]),
  }, over.signal);
  assertEquals([asked, told], [4, [1, 4]]);
  assertEquals(faults, [["remove what unfinished uploads have left", error]]);
});
