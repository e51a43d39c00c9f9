/**
 * What every store does with documents.
 *
 * @module
 */

import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { FormatError } from "../../lib/formats/format_error.ts";
import { type Dictionary, sameValue, type Value, WholeFloat } from "../../lib/formats/value.ts";
import { MAX_DICTIONARY_BYTES } from "../../lib/limits/formats.ts";
import type { Document, StoredDocument } from "../../lib/store/document_store.ts";
import type { Range } from "../../lib/store/records.ts";
import { ConflictError, type Store } from "../../lib/store/store.ts";
import { sampleDocument, sampleId, sampleManifest } from "../helpers/samples.ts";
import type { StoreEngine, TestOpen } from "./conformance.ts";

/** Registers the tests. */
export function testDocuments(engine: StoreEngine, testOpen: TestOpen): void {
  testOpen("a new store has no documents", (store) => {
    assertEquals(idsOf(store), []);
    assertEquals(store.document(sampleId(1)), undefined);
  });

  testOpen("keeps a document as it is, and shows what is known of it", async (store) => {
    const document = sampleDocument(1);
    const { storedAtMs, duplicate } = await store.addDocument(document);
    // Not compared with a clock, which may be set back meanwhile.
    assert(Number.isSafeInteger(storedAtMs), `stored at ${storedAtMs}`);
    assertEquals(duplicate, false);
    assertSame(store.document(document.id), { ...document, storedAtMs });
    const [record, ...more] = store.documentRecords({});
    assertEquals(more, []);
    const { id, source, madeAtMs } = document;
    assertEquals(record!.head(), { id, source, madeAtMs, storedAtMs, names: 3 });
    assertEquals([record!.id, record!.storedAtMs, record!.lockedBy], [id, storedAtMs, undefined]);
    assertSame(record!.read(), { ...document, storedAtMs });
  });

  testOpen("keeps documents at the edges of what one can say", async (store) => {
    const edges: Partial<Document>[] = [
      { dictionary: new Map() },
      { source: "" },
      { source: `'; DROP TABLE documents; --` },
      { madeAtMs: -8.64e15 },
      { madeAtMs: 8.64e15 },
      { madeAtMs: 0 },
      // Also one that could be a manifest: the store does not judge.
      { dictionary: new Map([["Köln", 3]]) },
      { dictionary: new Map<string, Value>([["", ""], ["__proto__", 1], ["2", 2], ["1", 1]]) },
      { dictionary: new Map([["\0\n\u202e\u{1F682}", "\x1b[31m\u2028\uffff\u{10ffff}"]]) },
      { dictionary: new Map<string, Value>([["a", -0], ["b", new WholeFloat(-1)], ["c", NaN]]) },
      { dictionary: new Map<string, Value>([["a", Infinity], ["b", -(2n ** 200n)], ["c", []]]) },
      { dictionary: new Map([["long", "x".repeat(1_000_000)]]) },
    ];
    for (const [number, edge] of edges.entries()) {
      const document = sampleDocument(number, edge);
      const { storedAtMs } = await store.addDocument(document);
      assertSame(store.document(document.id), { ...document, storedAtMs });
    }
    assertEquals(idsOf(store).length, edges.length);
  });

  testOpen("keeps a document once and gives the first time again", async (store) => {
    const added = await Promise.all([1, 2, 1].map((n) => store.addDocument(sampleDocument(n))));
    assertEquals(added.map(({ duplicate }) => duplicate), [false, false, true]);
    for (let i = 0; i < 3; i++) {
      const again = await store.addDocument(sampleDocument(1));
      assertEquals(again, { storedAtMs: added[0]!.storedAtMs, duplicate: true });
    }
    assertEquals(idsOf(store), [sampleId(1), sampleId(2)]);
  });

  const { dictionary } = sampleDocument(1);
  const others: [string, Partial<Document>][] = [
    ["another value", { dictionary: new Map([...dictionary, ["wagons", 2]]) }],
    ["a float", { dictionary: new Map([...dictionary, ["wagons", new WholeFloat(1)]]) }],
    ["one name more", { dictionary: new Map([...dictionary, ["more", null]]) }],
    ["another order", { dictionary: new Map([...dictionary].reverse()) }],
    ["another source", { source: "Yard 8" }],
    ["another time", { madeAtMs: 5 }],
  ];
  testOpen("refuses the id of a document with anything else", async (store) => {
    const document = sampleDocument(1);
    const { storedAtMs } = await store.addDocument(document);
    for (const [what, wanted] of others) {
      const add = () => store.addDocument({ ...document, ...wanted });
      const error = await assertRejects(add, ConflictError, document.id, what);
      assertStringIncludes(error.message, "Another document");
      assertEquals(idsOf(store), [document.id]);
      assertSame(store.document(document.id), { ...document, storedAtMs });
    }
  });

  testOpen("an id belongs to a manifest or to a document, never to both", async (store) => {
    const [one, two] = [sampleDocument(1), sampleManifest(2)];
    await Promise.all([store.addDocument(one), store.addManifest(two)]);
    const manifest = { ...two, id: one.id };
    const document = { ...one, id: two.id };
    await assertRejects(() => store.addManifest(manifest), ConflictError, "Another document");
    await assertRejects(() => store.addDocument(document), ConflictError, "Another manifest");
    // At once too.
    const results = await Promise.allSettled([
      store.addManifest(sampleManifest(3)),
      store.addDocument(sampleDocument(3)),
    ]);
    assertEquals(results.map(({ status }) => status), ["fulfilled", "rejected"]);
    assertEquals(idsOf(store), [one.id]);
    assertEquals(Array.from(store.records({}), ({ id }) => id), [2, 3].map(sampleId));
  });

  testOpen("a conflict of documents does not harm what is added with it", async (store) => {
    const results = await Promise.allSettled([
      store.addDocument(sampleDocument(1)),
      store.addManifest(sampleManifest(3)),
      store.addDocument(sampleDocument(1, { dictionary: new Map() })),
      store.addDocument(sampleDocument(2)),
    ]);
    assertEquals(results.map(({ status }) => status === "fulfilled"), [true, true, false, true]);
    assertEquals(idsOf(store), [1, 2].map(sampleId));
    assertEquals(store.manifest(sampleId(3))?.id, sampleId(3));
  });

  testOpen("what would be too long to be read again is not kept", async (store) => {
    // Six bytes each in JSON, and one in other formats.
    const text = "\u0001".repeat(MAX_DICTIONARY_BYTES / 4);
    const add = () => store.addDocument(sampleDocument(1, { dictionary: new Map([["a", text]]) }));
    await assertRejects(add, FormatError, `${MAX_DICTIONARY_BYTES}`);
    assertEquals(idsOf(store), []);
  });

  testOpen("finds a document by the whole id only", async (store) => {
    const id = sampleId(1);
    await store.addDocument(sampleDocument(1));
    for (const other of ["", id.slice(0, 8), `${id}0`, "' OR 1=1 --", "\0", sampleId(2)]) {
      assertEquals(store.document(other), undefined, other);
    }
    assertEquals(store.document(id)?.id, id);
    assertEquals([store.manifest(id), [...store.records({})]], [undefined, []]);
  });

  testOpen("gives documents in the order that they were stored in", async (store) => {
    const numbers = Array.from({ length: 50 }, (_, i) => (i * 37) % 50);
    await Promise.all(numbers.slice(0, 25).map((n) => store.addDocument(sampleDocument(n))));
    for (const n of numbers.slice(25)) await store.addDocument(sampleDocument(n));
    assertEquals(idsOf(store), numbers.map(sampleId));
    const { storedAtMs } = store.document(sampleId(numbers[0]!))!;
    assertEquals(idsOf(store, { untilMs: storedAtMs }), []);
    assertEquals(idsOf(store, { sinceMs: storedAtMs }).length, 50);
    assertEquals(idsOf(store, { sinceMs: storedAtMs + 60_000 }), []);
  });

  testOpen("a commit that fails takes its documents along", async (store, folder) => {
    const callOff = engine.failOn(folder, sampleId(3));
    const results = await Promise.allSettled([
      store.addDocument(sampleDocument(1)),
      store.addManifest(sampleManifest(3)),
    ]);
    assertEquals(results.map(({ status }) => status), ["rejected", "rejected"]);
    assertEquals(idsOf(store), []);
    callOff();
    assertEquals((await store.addDocument(sampleDocument(1))).duplicate, false);
  });

  testOpen("documents that were stored are there when it is opened again", async (_, folder) => {
    const second = engine.open(folder);
    const adding = second.addDocument(sampleDocument(1));
    second.close();
    const { storedAtMs } = await adding;
    const third = engine.open(folder);
    assertSame(third.document(sampleId(1)), { ...sampleDocument(1), storedAtMs });
    third.close();
  });
}

/** A number that is none equals itself here, and 1 is not 1.0. */
function assertSame(actual: StoredDocument | undefined, expected: StoredDocument): void {
  assert(actual !== undefined, "it is not there");
  const { dictionary, ...rest } = expected;
  const { dictionary: read, ...readRest } = actual;
  assertEquals(readRest, rest);
  assert(sameValue(read, dictionary as Dictionary), "it says something else");
}

function idsOf(store: Store, range: Range = {}): string[] {
  return Array.from(store.documentRecords(range), ({ id }) => id);
}
