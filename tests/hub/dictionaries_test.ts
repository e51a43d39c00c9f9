/**
 * How the hub keeps dictionaries, whichever way they came.
 *
 * @module
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { FormatError } from "../../lib/formats/format_error.ts";
import { jsonFormat } from "../../lib/formats/json.ts";
import type { Dictionary, Value } from "../../lib/formats/value.ts";
import type { KeptDictionary } from "../../lib/hub/dictionaries.ts";
import { Hub } from "../../lib/hub/hub.ts";
import type { HubOptions } from "../../lib/hub/hub_options.ts";
import { Peer, type PeerInfo } from "../../lib/hub/peer.ts";
import type { Document } from "../../lib/store/document_store.ts";
import { type DocumentMessage, type Message, RefusalCode } from "../../lib/wire/messages.ts";
import { EventLog } from "../helpers/events.ts";
import { FakeStore } from "../helpers/fake_store.ts";
import { LOCAL, REMOTE, sampleDocument, sampleId, sampleKey } from "../helpers/samples.ts";
import { stop } from "../helpers/stopped.ts";
import { test } from "../helpers/strict.ts";
import { turn } from "../helpers/turn.ts";

test("dictionaries: one whose values are counts is kept as a manifest", async () => {
  const { peer, hub, store, events } = makeHub();
  const dictionary = new Map([["Ко\u0301н", 7], ["Köln", 4_294_967_295], ["2", 0]]);
  const document = sampleDocument(1, { dictionary });
  for (const duplicate of [false, true]) {
    assertEquals(await hub.dictionaries.keep(peer, document), {
      of: "manifest",
      answer: { kind: "receipt", id: document.id, storedAtMs: 1000, duplicate },
    });
  }
  const { id, source, madeAtMs } = document;
  const entries = [...dictionary].map(([city, wagons]) => ({ city: city.normalize(), wagons }));
  const stored = { kind: "manifest", id, source, madeAtMs, entries, storedAtMs: 1000 } as const;
  assertEquals(store.manifest(id), stored);
  assertEquals(store.document(id), undefined);
  assertEquals(events.of("manifest").map(({ duplicate }) => duplicate), [false, true]);
  assertEquals(events.of("document"), []);
});

const OTHERS: [string, Dictionary][] = [
  ["an empty one", new Map()],
  ["with a text", new Map<string, Value>([["Köln", 1], ["Kiel", "2"]])],
  ["with a number that is too large", new Map([["Köln", 4_294_967_296]])],
  ["with a number below 0", new Map([["Köln", -1]])],
  ["with -0", new Map([["Köln", -0]])],
  ["with a fraction", new Map([["Köln", 1.5]])],
  ["with a very large number", new Map([["Köln", 2n ** 64n]])],
  ["with true", new Map([["Köln", true]])],
  ["with a name that no city has", new Map([["a = b", 1]])],
  ["with a name that turns the text around", new Map([["a\u202eb", 1]])],
  ["with a name without a letter", new Map([["", 1]])],
  ["with one city twice, by two names", new Map([["é", 1], ["e\u0301", 2]])],
];
for (const [name, dictionary] of OTHERS) {
  test(`dictionaries: ${name} is kept as a document`, async () => {
    const { peer, hub, store, events } = makeHub();
    const document = sampleDocument(1, { dictionary });
    for (const duplicate of [false, true]) {
      const answer = { kind: "receipt", id: document.id, storedAtMs: 1000, duplicate } as const;
      assertEquals(await hub.dictionaries.keep(peer, document), { of: "document", answer });
    }
    assertEquals(store.document(document.id), { ...document, storedAtMs: 1000 });
    assertEquals(store.manifest(document.id), undefined);
    assertEquals(events.of("manifest"), []);
    assertEquals(
      events.of("document"),
      [false, true].map((duplicate) => (
        { event: "document", peer: LOCAL, document, storedAtMs: 1000, duplicate }
      )),
    );
  });
}

test("dictionaries: another document of the same id is refused as invalid", async () => {
  const { peer, hub, events } = makeHub();
  await hub.dictionaries.keep(peer, sampleDocument(1));
  const kept = await hub.dictionaries.keep(peer, sampleDocument(1, { source: "another yard" }));
  assertRefused(kept, "document", RefusalCode.invalid, "which says something else");
  assertEquals(events.of("fault"), []);
});

test("dictionaries: a bad source is refused, of manifests and of documents", async () => {
  for (const source of ["a\x1b[2J", "x".repeat(1000), "\ud800"]) {
    const { peer, hub, store } = makeHub();
    const counts = sampleDocument(1, { source, dictionary: new Map([["Köln", 1]]) });
    for (const [of, document] of [["manifest", counts], ["document", sampleDocument(2)]] as const) {
      const kept = hub.dictionaries.keep(peer, { ...document, source });
      assertRefused(await kept, of, RefusalCode.invalid, "The source");
    }
    assertEquals([[...store.records()].length, [...store.documentRecords()].length], [0, 0]);
  }
});

test("dictionaries: a receipt waits for the store", async () => {
  const { peer, hub, store, events } = makeHub();
  store.isHolding = true;
  let isOver = false;
  const kept = Promise.resolve(hub.dictionaries.keep(peer, sampleDocument(1)))
    .finally(() => isOver = true);
  await turn();
  assertEquals([isOver, events.of("document").length, hub.running], [false, 0, 1]);
  store.heldDocuments[0]!.resolve({ storedAtMs: 5, duplicate: false });
  assertEquals((await kept).answer.kind, "receipt");
});

test("dictionaries: manifests and documents on their way share one bound", async () => {
  const { peer, hub, store } = makeHub({ maxStoring: 2 });
  store.isHolding = true;
  const counts = sampleDocument(1, { dictionary: new Map([["Köln", 1]]) });
  const kept = [counts, sampleDocument(2)].map((one) => hub.dictionaries.keep(peer, one));
  const refused = await hub.dictionaries.keep(peer, sampleDocument(3));
  assertRefused(refused, "document", RefusalCode.failed, "2 manifests and documents");
  store.held[0]!.resolve({ storedAtMs: 5, duplicate: false });
  store.heldDocuments[0]!.reject(new Error("/home/me: the disk is on fire"));
  assertEquals((await kept[0]!).answer.kind, "receipt");
  assertRefused(await kept[1]!, "document", RefusalCode.failed, "Try again later");
  const again = hub.dictionaries.keep(peer, sampleDocument(3));
  assertEquals(store.heldDocuments.length, 2);
  store.heldDocuments[1]!.resolve({ storedAtMs: 5, duplicate: false });
  await again;
});

test("dictionaries: why the store fails is told, and not to the peer", async () => {
  const { peer, hub, store, events } = makeHub();
  store.isHolding = true;
  const error = new Error("/home/me/wagons.db: the disk is on fire");
  const kept = hub.dictionaries.keep(peer, sampleDocument(1));
  store.heldDocuments[0]!.reject(error);
  const { answer } = await kept;
  assert(answer.kind === "refusal" && !answer.text.includes("fire"));
  const doing = `store the document ${sampleId(1)}`;
  assertEquals(events.of("fault"), [{ event: "fault", doing, error }]);
});

test("dictionaries: what the store cannot write is the fault of what was sent", async () => {
  const { peer, hub, store, events } = makeHub();
  store.isHolding = true;
  const kept = hub.dictionaries.keep(peer, sampleDocument(1));
  store.heldDocuments[0]!.reject(new FormatError("as JSON it has too many bytes"));
  assertRefused(await kept, "document", RefusalCode.invalid, "as JSON it has too many bytes.");
  assertEquals(events.of("fault"), []);
});

test("dictionaries: who is not trusted keeps none", async () => {
  const { hub, store } = makeHub({ key: sampleKey(1) });
  const open = makeHub();
  for (const document of [sampleDocument(1), counts(1)]) {
    const kept = await hub.dictionaries.keep(join(hub), document);
    const of = document.dictionary.size === 1 ? "manifest" : "document";
    assertRefused(kept, of, RefusalCode.sealRequired, `takes ${of}s in a sealed session only`);
    const far = await open.hub.dictionaries.keep(join(open.hub, REMOTE), document);
    assertRefused(far, of, RefusalCode.forbidden, `takes ${of}s from its own machine only`);
  }
  assertEquals([[...store.records()].length, [...store.documentRecords()].length], [0, 0]);
  const proven = join(hub);
  hub.prove(proven);
  assertEquals((await hub.dictionaries.keep(proven, sampleDocument(1))).answer.kind, "receipt");
  const token = join(hub);
  token.hasToken = true;
  assertEquals((await hub.dictionaries.keep(token, sampleDocument(2))).answer.kind, "receipt");
});

test("dictionaries: a server that stops keeps none", async () => {
  const { peer, hub } = makeHub();
  await stop(hub);
  for (const document of [sampleDocument(1), counts(1)]) {
    const { answer } = await hub.dictionaries.keep(peer, document);
    assert(answer.kind === "refusal" && answer.code === RefusalCode.shuttingDown);
  }
});

test("dictionaries: one that comes as a message is kept as any other", async () => {
  const { peer, hub, store, events } = makeHub();
  const document = sampleDocument(1);
  const message = messageOf(document);
  for (const duplicate of [false, true]) {
    const answer = await hub.handle(peer, message, 0);
    assertEquals(answer, { kind: "receipt", id: message.id, storedAtMs: 1000, duplicate });
  }
  assertEquals(store.document(document.id), { ...document, storedAtMs: 1000 });
  assertEquals((await hub.handle(peer, messageOf(counts(2)), 0))?.kind, "receipt");
  assertEquals(store.manifest(sampleId(2))?.entries, [{ city: "Köln", wagons: 2 }]);
  assertEquals([events.of("document").length, events.of("manifest").length], [2, 1]);
});

test("dictionaries: bad JSON in a message is refused, with the reason", async () => {
  const { peer, hub, store } = makeHub();
  const message = messageOf(sampleDocument(1));
  const bad = ["", "{", "1", '{"a": 1, "a": 2}', '{"a": 1}x', "\xff"];
  for (const text of bad) {
    const json = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const answer = await hub.handle(peer, { ...message, json }, 0);
    assert(answer?.kind === "refusal", text);
    assertEquals([answer.code, answer.id], [RefusalCode.invalid, message.id]);
    assertStringIncludes(answer.text, "It is no dictionary in JSON: ");
  }
  assertEquals([...store.documentRecords()], []);
  assertEquals(hub.tally.refusals[RefusalCode.invalid], bad.length);
});

test("dictionaries: a message of who is not trusted is not even read", async () => {
  const { hub } = makeHub({ key: sampleKey(1) });
  const message: Message = { ...messageOf(sampleDocument(1)), json: new Uint8Array(1) };
  const answer = await hub.handle(join(hub), message, 0);
  assert(answer?.kind === "refusal");
  assertEquals([answer.code, answer.id], [RefusalCode.sealRequired, sampleId(1)]);
});

interface Made {
  hub: Hub;
  /** A peer on this machine. */
  peer: Peer;
  store: FakeStore;
  events: EventLog;
}

function makeHub(options: Partial<HubOptions> = {}): Made {
  const [store, events] = [new FakeStore(), new EventLog()];
  const hub = new Hub({ store, onEvent: events.take, ...options });
  return { hub, peer: join(hub), store, events };
}

function join(hub: Hub, info: PeerInfo = LOCAL): Peer {
  const peer = hub.connect(info);
  assert(peer instanceof Peer, "the hub takes the peer");
  return peer;
}

/** One that is a manifest. */
function counts(number: number): Document {
  return sampleDocument(number, { dictionary: new Map([["Köln", number]]) });
}

function messageOf({ id, source, madeAtMs, dictionary }: Document): DocumentMessage {
  return { kind: "document", id, source, madeAtMs, json: jsonFormat.write(dictionary) };
}

function assertRefused(
  { of, answer }: KeptDictionary,
  kind: KeptDictionary["of"],
  code: RefusalCode,
  text: string,
): void {
  assert(answer.kind === "refusal", answer.kind);
  assertEquals([of, answer.code], [kind, code]);
  assertStringIncludes(answer.text, text);
}
