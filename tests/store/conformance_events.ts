/**
 * What every store does with the events of the room.
 *
 * @module
 */

import { assert, assertEquals, assertRejects } from "@std/assert";
import fc from "fast-check";
import type { EventRange, NewEvent } from "../../lib/store/event_store.ts";
import { ConflictError, type Store } from "../../lib/store/store.ts";
import { encodeBody } from "../../lib/wire/codec.ts";
import type { RoomEvent } from "../../lib/wire/room_messages.ts";
import { raise, sampleBytes, sampleEvent, sampleFile } from "../helpers/room_samples.ts";
import { sampleId, sampleManifest } from "../helpers/samples.ts";
import type { StoreEngine, TestOpen } from "./conformance.ts";

const ALL: EventRange = { after: 0, limit: 1_000_000, maxBytes: Number.MAX_SAFE_INTEGER };

/** Registers the tests. */
export function testEvents(engine: StoreEngine, testOpen: TestOpen): void {
  testOpen("a new store has no events", (store) => {
    assertEquals(store.events(ALL, raise), []);
    assertEquals(store.events({ limit: 10, maxBytes: 1000 }, raise), []);
    assertEquals(store.eventNumbers(), { oldest: undefined, last: 0 });
  });

  testOpen("numbers events and keeps them as they are", async (store) => {
    const what = {
      type: "file",
      file: {
        kind: "fileInfo",
        ...sampleFile(7),
        size: 2 ** 40,
        sha256: sampleBytes(32),
        storedAtMs: 5,
        number: 3,
      },
    } as const;
    const wanted: NewEvent[] = [
      sampleEvent(1),
      sampleEvent(2, { what: { type: "text", text: "\u{1F682}\n\tу нас\u0000" } }),
      sampleEvent(3, { name: "x".repeat(64), dialect: "chat", what }),
    ];
    const beforeMs = Date.now();
    const events: RoomEvent[] = [];
    for (const event of wanted) {
      const added = await store.addEvent(event);
      assertEquals(added.duplicate, false);
      events.push(added.event);
    }
    assertEquals(
      events,
      wanted.map((event, i) => (
        { kind: "roomEvent", number: i + 1, atMs: events[i]!.atMs, ...event }
      )),
    );
    assert(events.every(({ atMs }) => atMs >= beforeMs && atMs <= Date.now()));
    assertEquals(store.events(ALL, raise), events);
    assertEquals(store.eventNumbers(), { oldest: 1, last: 3 });
  });

  testOpen("keeps an event once, by whichever name it comes again", async (store) => {
    const first = await store.addEvent(sampleEvent(1));
    for (const wanted of [{}, { name: "Ольга 2" }, { dialect: "chat" }]) {
      const again = await store.addEvent(sampleEvent(1, wanted));
      assertEquals(again, { event: first.event, duplicate: true });
    }
    assertEquals(store.events(ALL, raise), [first.event]);
    assertEquals((await store.addEvent(sampleEvent(2))).event.number, 2);
  });

  testOpen("refuses an id that says something else, and nothing beside it", async (store) => {
    const results = await Promise.allSettled([
      store.addEvent(sampleEvent(1)),
      store.addEvent(sampleEvent(1, { what: { type: "text", text: "no" } })),
      store.addManifest(sampleManifest(1)),
      store.addEvent(sampleEvent(2)),
      store.addEvent(sampleEvent(2)),
    ]);
    assertEquals(results.map(({ status }) => status), [
      "fulfilled",
      "rejected",
      "fulfilled",
      "fulfilled",
      "fulfilled",
    ]);
    await assertRejects(
      () => store.addEvent(sampleEvent(1, { what: { type: "text", text: "no" } })),
      ConflictError,
      `Another message has the id ${sampleId(1)}`,
    );
    assertEquals(store.events(ALL, raise).map(({ number, id }) => [number, id]), [
      [1, sampleId(1)],
      [2, sampleId(2)],
    ]);
  });

  testOpen("resolves events in the order of their numbers", async (store) => {
    const order: number[] = [];
    const adding = Array.from(
      { length: 500 },
      (_, n) =>
        store.addEvent(sampleEvent(n)).then(({ event }) => {
          order.push(event.number);
        }),
    );
    // Some come while others are stored already.
    await adding[0];
    const more = Array.from(
      { length: 100 },
      (_, n) =>
        store.addEvent(sampleEvent(500 + n)).then(({ event }) => {
          order.push(event.number);
        }),
    );
    await Promise.all([...adding, ...more]);
    assertEquals(order, Array.from({ length: 600 }, (_, i) => i + 1));
  });

  testOpen("a commit that fails takes no number", async (store, folder) => {
    await store.addEvent(sampleEvent(1));
    const callOff = engine.failOn(folder, sampleId(9));
    const results = await Promise.allSettled([
      store.addEvent(sampleEvent(2)),
      store.addManifest(sampleManifest(9)),
    ]);
    assertEquals(results.map(({ status }) => status), ["rejected", "rejected"]);
    callOff();
    assertEquals((await store.addEvent(sampleEvent(3))).event.number, 2);
    assertEquals(store.events(ALL, raise).map(({ id }) => id), [1, 3].map(sampleId));
  });

  testOpen("gives any range of events, as a list would", async (store) => {
    const texts = Array.from({ length: 40 }, (_, n) => "x".repeat((n * 37) % 100));
    const added = await Promise.all(
      texts.map((text, n) => store.addEvent(sampleEvent(n, { what: { type: "text", text } }))),
    );
    const all = added.map(({ event }) => event);
    const number = fc.option(fc.nat(45), { nil: undefined });
    const ranges = fc.record({
      after: number,
      before: number,
      limit: fc.nat(45),
      maxBytes: fc.nat(4000),
    });
    fc.assert(
      fc.property(ranges, ({ after, before, limit, maxBytes }) => {
        const range = {
          ...(after === undefined ? {} : { after }),
          ...(before === undefined ? {} : { before }),
          limit,
          maxBytes,
        };
        assertEquals(store.events(range, raise), rangeOf(all, range));
      }),
      { numRuns: 1000 },
    );
  });

  testOpen("forgets what is too much and what is too old, and no number", async (store) => {
    const adding = Array.from({ length: 2500 }, (_, n) => store.addEvent(sampleEvent(n)));
    const events = (await Promise.all(adding)).map(({ event }) => event);
    assertEquals(await store.forgetEvents({ maxCount: 2500, sinceMs: events[0]!.atMs }), 0);
    assertEquals(await store.forgetEvents({ maxCount: 10, sinceMs: 0 }), 2490);
    assertEquals(store.events(ALL, raise), events.slice(-10));
    assertEquals(store.eventNumbers(), { oldest: 2491, last: 2500 });
    const laterMs = events.at(-1)!.atMs + 1;
    assertEquals(await store.forgetEvents({ maxCount: 10, sinceMs: laterMs }), 10);
    assertEquals(store.events(ALL, raise), []);
    assertEquals(store.eventNumbers(), { oldest: undefined, last: 2500 });
    assertEquals((await store.addEvent(sampleEvent(1))).event.number, 2501);
    assertEquals(await store.forgetEvents({ maxCount: 0, sinceMs: 0 }), 1);
  });

  testOpen("forgets nothing from a time on, however much and old it is", async (store) => {
    const adding = Array.from({ length: 20 }, (_, n) => store.addEvent(sampleEvent(n)));
    const events = (await Promise.all(adding)).map(({ event }) => event);
    const [firstMs, laterMs] = [events[0]!.atMs, events.at(-1)!.atMs + 1];
    const all = { maxCount: 0, sinceMs: laterMs };
    assertEquals(await store.forgetEvents({ ...all, keepSinceMs: firstMs }), 0);
    assertEquals(store.events(ALL, raise), events);
    assertEquals(await store.forgetEvents({ ...all, maxCount: 8, keepSinceMs: laterMs }), 20);
    const { event } = await store.addEvent(sampleEvent(30));
    const several = { maxCount: 5, sinceMs: 0, keepSinceMs: event.atMs + 1 };
    assertEquals(await store.forgetEvents(several), 0);
    assertEquals(await store.forgetEvents({ ...several, maxCount: 0 }), 1);
  });

  testOpen("others come in while events are forgotten", async (store) => {
    const adding = Array.from({ length: 3000 }, (_, n) => store.addEvent(sampleEvent(n)));
    await Promise.all(adding);
    let isForgotten = false;
    const forgetting = store.forgetEvents({ maxCount: 1, sinceMs: 0 }).then((count) => {
      isForgotten = true;
      return count;
    });
    const added = await store.addEvent(sampleEvent(3000));
    assertEquals(isForgotten, false);
    assertEquals(added.event.number, 3001);
    assertEquals(await forgetting, 3000);
    assertEquals(store.events(ALL, raise), [added.event]);
  });

  testOpen(
    "events are there when it is opened again, and seen by others",
    async (store, folder) => {
      const { event } = await store.addEvent(sampleEvent(1));
      const second = engine.open(folder);
      try {
        assertEquals(second.events(ALL, raise), [event]);
        assertEquals(await second.addEvent(sampleEvent(1)), { event, duplicate: true });
        const other = await second.addEvent(sampleEvent(2));
        assertEquals(other.event.number, 2);
        assertEquals(store.events(ALL, raise), [event, other.event]);
        await second.forgetEvents({ maxCount: 0, sinceMs: 0 });
      } finally {
        second.close();
      }
      const third: Store = engine.open(folder);
      try {
        assertEquals(third.eventNumbers(), { oldest: undefined, last: 2 });
        assertEquals((await third.addEvent(sampleEvent(3))).event.number, 3);
      } finally {
        third.close();
      }
    },
  );
}

/** What a store gives of some events. */
function rangeOf(all: readonly RoomEvent[], range: EventRange): RoomEvent[] {
  const { after, before = Infinity, limit, maxBytes } = range;
  const wanted = all.filter(({ number }) => number > (after ?? 0) && number < before);
  if (after === undefined) wanted.reverse();
  const given: RoomEvent[] = [];
  let bytes = 0;
  for (const event of wanted.slice(0, limit)) {
    bytes += encodeBody(event).length;
    if (given.length > 0 && bytes > maxBytes) break;
    given.push(event);
  }
  return after === undefined ? given.reverse() : given;
}
