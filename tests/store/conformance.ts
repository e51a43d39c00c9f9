/**
 * What every store does, whichever engine keeps the data. A file for each engine calls
 * {@linkcode testStore}.
 *
 * @module
 */

import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { ConflictError, type Store } from "../../lib/store/store.ts";
import type { Manifest } from "../../lib/wire/messages.ts";
import { sampleId, sampleManifest } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";
import { testDocuments } from "./conformance_documents.ts";
import { testEvents } from "./conformance_events.ts";
import { testFiles } from "./conformance_files.ts";

/** An engine under test. */
export interface StoreEngine {
  /** For the names of the tests. */
  readonly name: string;
  /** Opens the store in a folder; a folder that was used before holds the same store again. */
  open(folder: string): Store;
  /** Makes every commit that has the manifest of that id in it fail, until it is called off. */
  failOn(folder: string, id: string): () => void;
}

/** Registers a test that gets a new store, and the folder that it is in. */
export type TestOpen = (
  name: string,
  fn: (store: Store, folder: string) => void | Promise<void>,
) => void;

/** Registers the tests. */
export function testStore(engine: StoreEngine): void {
  const testOpen: TestOpen = (name, fn) =>
    test(`${engine.name}: ${name}`, async () => {
      const folder = Deno.makeTempDirSync();
      try {
        const store = engine.open(folder);
        try {
          await fn(store, folder);
        } finally {
          store.close();
        }
      } finally {
        Deno.removeSync(folder, { recursive: true });
      }
    });

  testOpen("a new store is empty", (store) => {
    assertEquals(idsOf(store), []);
    assertEquals(store.manifest(sampleId(1)), undefined);
  });

  testOpen("keeps a manifest as it is", async (store) => {
    const beforeMs = Date.now();
    const manifest = sampleManifest(1);
    const { storedAtMs, duplicate } = await store.addManifest(manifest);
    assert(storedAtMs >= beforeMs && storedAtMs <= Date.now(), `stored at ${storedAtMs}`);
    assertEquals(duplicate, false);
    assertEquals(store.manifest(manifest.id), { ...manifest, storedAtMs });
    assertEquals([...store.manifests({})], [{ ...manifest, storedAtMs }]);
  });

  testOpen("keeps what is at the edges of the format", async (store) => {
    const edges: Partial<Manifest>[] = [
      { source: "", entries: [{ city: "A", wagons: 0 }] },
      { madeAtMs: -8.64e15 },
      { madeAtMs: 8.64e15 },
      { madeAtMs: 0 },
      {
        source: `'; DROP TABLE manifests; --`,
        entries: [{ city: `O'Brien "x" \\ %_`, wagons: 1 }],
      },
      { entries: [{ city: "\u{1F682} \u{10FFFF} \u0000\u200d", wagons: 4_294_967_295 }] },
      { entries: Array.from({ length: 5000 }, (_, i) => ({ city: `City ${i}`, wagons: i })) },
      { entries: [] },
    ];
    for (const [number, edge] of edges.entries()) {
      const manifest = sampleManifest(number, edge);
      const { storedAtMs } = await store.addManifest(manifest);
      assertEquals(store.manifest(manifest.id), { ...manifest, storedAtMs });
    }
    assertEquals(idsOf(store).length, edges.length);
  });

  testOpen("keeps it once and gives the first time again", async (store) => {
    const first = await store.addManifest(sampleManifest(1));
    for (let i = 0; i < 3; i++) {
      const again = await store.addManifest(sampleManifest(1));
      assertEquals(again, { storedAtMs: first.storedAtMs, duplicate: true });
    }
    assertEquals(idsOf(store), [sampleId(1)]);
  });

  testOpen("keeps it once when it comes twice at the same time", async (store) => {
    const added = await Promise.all([1, 2, 1, 1].map((n) => store.addManifest(sampleManifest(n))));
    assertEquals(added.map(({ duplicate }) => duplicate), [false, false, true, true]);
    assertEquals(added[2]!.storedAtMs, added[0]!.storedAtMs);
    assertEquals(idsOf(store), [sampleId(1), sampleId(2)]);
  });

  const others: [string, Partial<Manifest>][] = [
    ["another number", { entries: [{ city: "Köln", wagons: 2 }] }],
    ["other entries", { entries: [...sampleManifest(1).entries].reverse() }],
    ["another source", { source: "Yard 8" }],
    ["another time", { madeAtMs: 5 }],
  ];
  testOpen("refuses the same id with anything else, and changes nothing", async (store) => {
    const manifest = sampleManifest(1);
    const { storedAtMs } = await store.addManifest(manifest);
    for (const [what, wanted] of others) {
      const add = () => store.addManifest({ ...manifest, ...wanted });
      const error = await assertRejects(add, ConflictError, manifest.id, what);
      assertStringIncludes(error.message, "Another manifest");
      assertEquals([...store.manifests({})], [{ ...manifest, storedAtMs }], what);
    }
  });

  testOpen("a conflict does not harm what is added with it", async (store) => {
    const results = await Promise.allSettled([
      store.addManifest(sampleManifest(1)),
      store.addManifest(sampleManifest(2)),
      store.addManifest(sampleManifest(1, { source: "someone else" })),
      store.addManifest(sampleManifest(3)),
    ]);
    assertEquals(results.map(({ status }) => status), [
      "fulfilled",
      "fulfilled",
      "rejected",
      "fulfilled",
    ]);
    assertEquals(idsOf(store), [1, 2, 3].map(sampleId));
    assertEquals(store.manifest(sampleId(1))!.source, "Yard 7");
  });

  testOpen("finds by the whole id only", async (store) => {
    const id = sampleId(1);
    await store.addManifest(sampleManifest(1));
    for (const other of ["", id.slice(0, 8), `${id}0`, id.toUpperCase(), "' OR 1=1 --", "\0"]) {
      if (other !== id) assertEquals(store.manifest(other), undefined, other);
    }
    assertEquals(store.manifest(id)?.id, id);
  });

  testOpen("gives them in the order that they were stored in", async (store) => {
    // Not the order of their ids.
    const numbers = Array.from({ length: 100 }, (_, i) => (i * 37) % 100);
    await Promise.all(numbers.slice(0, 50).map((n) => store.addManifest(sampleManifest(n))));
    for (const n of numbers.slice(50)) await store.addManifest(sampleManifest(n));
    assertEquals(idsOf(store), numbers.map(sampleId));
  });

  testOpen("gives those from one time on and before another", async (store) => {
    const times: number[] = [];
    for (const n of [1, 2, 3]) {
      const { storedAtMs } = await store.addManifest(sampleManifest(n));
      times.push(storedAtMs);
      await nextMillisecond();
    }
    const [first, second, third] = times as [number, number, number];
    const ids = (...numbers: number[]) => numbers.map(sampleId);
    assertEquals(idsOf(store, { sinceMs: second }), ids(2, 3));
    assertEquals(idsOf(store, { sinceMs: second + 1 }), ids(3));
    assertEquals(idsOf(store, { untilMs: second }), ids(1));
    assertEquals(idsOf(store, { untilMs: second + 1 }), ids(1, 2));
    assertEquals(idsOf(store, { sinceMs: first, untilMs: third }), ids(1, 2));
    assertEquals(idsOf(store, { sinceMs: second, untilMs: second }), []);
    assertEquals(idsOf(store, { sinceMs: third, untilMs: first }), []);
    assertEquals(idsOf(store, { sinceMs: -8.64e15, untilMs: 8.64e15 }), ids(1, 2, 3));
    assertEquals(idsOf(store, { sinceMs: first - 0.5, untilMs: first + 0.5 }), ids(1));
  });

  testOpen("shows ids and times before anything is read", async (store) => {
    for (const n of [1, 2, 3]) await store.addManifest(sampleManifest(n));
    const records = [...store.records({})];
    assertEquals(records.map(({ id }) => id), [1, 2, 3].map(sampleId));
    assertEquals(records.map(({ lockedBy }) => lockedBy), [undefined, undefined, undefined]);
    assertEquals(records.map((record) => record.read()), [...store.manifests({})]);
    const { storedAtMs } = records[1]!;
    assertEquals(storedAtMs, store.manifest(sampleId(2))!.storedAtMs);
    assertEquals([...store.records({ sinceMs: storedAtMs + 60_000 })], []);
  });

  testOpen("resolves each of many that are added at once", async (store) => {
    const numbers = Array.from({ length: 2000 }, (_, i) => i);
    const added = await Promise.all(numbers.map((n) => store.addManifest(sampleManifest(n))));
    assertEquals(added.filter(({ duplicate }) => duplicate), []);
    assertEquals(idsOf(store), numbers.map(sampleId));
  });

  testOpen("reads while it is written", async (store) => {
    for (const n of [1, 2, 3]) await store.addManifest(sampleManifest(n));
    const seen: string[] = [];
    for (const { id } of store.manifests({})) {
      seen.push(id);
      if (seen.length <= 3) await store.addManifest(sampleManifest(10 + seen.length));
    }
    assertEquals(seen.slice(0, 3), [1, 2, 3].map(sampleId));
    assertEquals(idsOf(store), [1, 2, 3, 11, 12, 13].map(sampleId));
  });

  testOpen("is read by several at the same time", async (store) => {
    for (const n of [1, 2, 3]) await store.addManifest(sampleManifest(n));
    const [one, other] = [store.manifests({}), store.manifests({})].map((it) =>
      it[Symbol.iterator]()
    );
    const seen: (string | undefined)[] = [];
    for (let i = 0; i < 3; i++) seen.push(one!.next().value?.id, other!.next().value?.id);
    assertEquals(seen, [1, 1, 2, 2, 3, 3].map(sampleId));
    assertEquals([one!.next().done, other!.next().done], [true, true]);
  });

  testOpen("a reading that is broken off keeps nobody from writing", async (store) => {
    for (const n of [1, 2, 3]) await store.addManifest(sampleManifest(n));
    for (const _ of store.manifests({})) break;
    await store.addManifest(sampleManifest(4));
    assertEquals(idsOf(store).length, 4);
  });

  testOpen(
    "a commit that fails rejects all that is in it and stores none",
    async (store, folder) => {
      await store.addManifest(sampleManifest(1));
      const callOff = engine.failOn(folder, sampleId(3));
      const results = await Promise.allSettled(
        [2, 3, 4].map((n) => store.addManifest(sampleManifest(n))),
      );
      assertEquals(results.map(({ status }) => status), ["rejected", "rejected", "rejected"]);
      assertEquals(idsOf(store), [sampleId(1)]);
      // What does not touch it works all the while, and the rest does when the trouble is over.
      await store.addManifest(sampleManifest(5));
      callOff();
      for (const n of [2, 3, 4]) {
        assertEquals((await store.addManifest(sampleManifest(n))).duplicate, false);
      }
      assertEquals(idsOf(store), [1, 5, 2, 3, 4].map(sampleId));
    },
  );

  testOpen("close() stores what is not stored yet", async (store, folder) => {
    const second = engine.open(folder);
    const adding = [1, 2, 3].map((n) => second.addManifest(sampleManifest(n)));
    second.close();
    const added = await Promise.all(adding);
    assertEquals(added.map(({ duplicate }) => duplicate), [false, false, false]);
    assertEquals(idsOf(store), [1, 2, 3].map(sampleId));
  });

  testOpen("close() rejects what cannot be stored any more", async (_, folder) => {
    const second = engine.open(folder);
    const callOff = engine.failOn(folder, sampleId(1));
    const adding = assertRejects(() => second.addManifest(sampleManifest(1)), Error);
    second.close();
    await adding;
    callOff();
  });

  testOpen("after close() nothing is taken", async (_, folder) => {
    const second = engine.open(folder);
    second.close();
    await assertRejects(() => second.addManifest(sampleManifest(1)), Error);
    const third = engine.open(folder);
    assertEquals(idsOf(third), []);
    third.close();
  });

  testOpen("what was stored is there when it is opened again", async (_, folder) => {
    const second = engine.open(folder);
    const { storedAtMs } = await second.addManifest(sampleManifest(1));
    second.close();
    const third = engine.open(folder);
    assertEquals([...third.manifests({})], [{ ...sampleManifest(1), storedAtMs }]);
    const again = await third.addManifest(sampleManifest(1));
    assertEquals(again, { storedAtMs, duplicate: true });
    third.close();
  });

  testOpen("two that are open see each other's", async (store, folder) => {
    const second = engine.open(folder);
    const first = await store.addManifest(sampleManifest(1));
    const again = await second.addManifest(sampleManifest(1));
    assertEquals(again, { storedAtMs: first.storedAtMs, duplicate: true });
    await second.addManifest(sampleManifest(2));
    assertEquals(idsOf(store), idsOf(second));
    await assertRejects(
      () => store.addManifest(sampleManifest(2, { source: "someone else" })),
      ConflictError,
    );
    second.close();
  });

  testDocuments(engine, testOpen);
  testEvents(engine, testOpen);
  testFiles(engine, testOpen);
}

/** The ids in a store, in the order that it gives them. */
function idsOf(store: Store, range: Parameters<Store["manifests"]>[0] = {}): string[] {
  return Array.from(store.manifests(range), ({ id }) => id);
}

/** Waits until the clock has moved on: what is stored then has another time. */
async function nextMillisecond(): Promise<void> {
  const nowMs = Date.now();
  while (Date.now() === nowMs) await Promise.resolve();
}
