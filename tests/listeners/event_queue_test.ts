import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { MAX_WAITING_BYTES, MAX_WAITING_EVENTS } from "../../lib/limits/room.ts";
import { EventQueue } from "../../lib/listeners/event_queue.ts";
import type { RoomEvent } from "../../lib/wire/room_messages.ts";
import { sampleEvent } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";

test("event queue: gives what it took, in order, and one event however long", () => {
  const queue = new EventQueue();
  for (const [number, bytes] of [[1, 10], [2, 10], [3, 500], [4, 10]] as const) {
    assert(queue.add(sampleEvent(number), bytes));
  }
  assertEquals(queue.length, 4);
  assertEquals(numbers(queue.take(20)), [1, 2]);
  assertEquals(numbers(queue.take(20)), [3]);
  assertEquals(numbers(queue.take(20)), [4]);
  assertEquals(numbers(queue.take(20)), []);
  assertEquals(queue.length, 0);
});

test("event queue: is full by count", () => {
  const queue = new EventQueue();
  for (let i = 0; i < MAX_WAITING_EVENTS; i++) assert(queue.add(sampleEvent(i), 1));
  assertEquals(queue.add(sampleEvent(0), 1), false);
  queue.take(1);
  assertEquals(queue.add(sampleEvent(0), 1), true);
});

test("event queue: is full by bytes, and empty takes anything", () => {
  const queue = new EventQueue();
  assert(queue.add(sampleEvent(1), 2 * MAX_WAITING_BYTES));
  assertEquals(queue.add(sampleEvent(2), 1), false);
  queue.clear();
  assert(queue.add(sampleEvent(1), MAX_WAITING_BYTES));
  assertEquals(queue.add(sampleEvent(2), 1), false);
});

test("event queue: nothing is lost, repeated or turned round, and the bounds hold", () => {
  const step = fc.oneof(
    fc.record({ add: fc.integer({ min: 0, max: 300_000 }) }),
    fc.record({ take: fc.integer({ min: 0, max: 1_000_000 }) }),
  );
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
      const queue = new EventQueue();
      const model: { number: number; bytes: number }[] = [];
      let number = 0;
      for (const it of steps) {
        const waiting = model.reduce((sum, { bytes }) => sum + bytes, 0);
        if ("add" in it) {
          const fits = model.length === 0 || waiting + it.add <= MAX_WAITING_BYTES;
          assertEquals(queue.add(sampleEvent(++number), it.add), fits);
          if (fits) model.push({ number, bytes: it.add });
        } else {
          const taken = numbers(queue.take(it.take));
          const wanted = model.splice(0, taken.length);
          assertEquals(taken, wanted.map(({ number }) => number));
          const bytes = wanted.reduce((sum, { bytes }) => sum + bytes, 0);
          assert(taken.length <= 1 || bytes <= it.take);
          if (waiting > 0 || model.length > 0) assert(taken.length > 0);
          if (model.length > 0) assert(bytes + model[0]!.bytes > it.take);
        }
        assertEquals(queue.length, model.length);
      }
    }),
    { numRuns: 1000 },
  );
});

function numbers(events: readonly RoomEvent[]): number[] {
  return events.map(({ number }) => number);
}
