import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertStrictEquals,
  assertStringIncludes,
} from "@std/assert";
import type { Answer } from "../../lib/hub/answer.ts";
import { Hub } from "../../lib/hub/hub.ts";
import type { HubOptions } from "../../lib/hub/hub_options.ts";
import { Peer, type PeerInfo } from "../../lib/hub/peer.ts";
import { Sleep } from "../../lib/sleep.ts";
import {
  MAX_TOLD_REFUSALS,
  MAX_TOLD_TURNED_AWAY_PER_MINUTE,
} from "../../lib/limits/connections.ts";
import { ConflictError } from "../../lib/store/store.ts";
import { type Message, type Received, RefusalCode } from "../../lib/wire/messages.ts";
import { EventLog } from "../helpers/events.ts";
import { FakeStore } from "../helpers/fake_store.ts";
import { FAST, LOCAL, REMOTE, sampleId, sampleManifest, slow } from "../helpers/samples.ts";
import { stop, stopped } from "../helpers/stopped.ts";
import { test } from "../helpers/strict.ts";
import { turn } from "../helpers/turn.ts";

const NOW_MS = 1_800_000_000_123;
const SHUTDOWN: Message = { kind: "shutdown" };

test("hub: a fast request is answered at once with the time", () => {
  const { hub, peer } = makeHub();
  const answer = atOnce(hub.handle(peer, FAST, NOW_MS));
  assert(answer.kind === "fastResponse");
  assertMatch(answer.currentDateTime, /^\d{8}T\d{6}\.123$/);
});

test("hub: all fast requests of a millisecond get the same answer, whoever asks", () => {
  const { hub, peer } = makeHub();
  const other = join(hub);
  const first = hub.handle(peer, FAST, NOW_MS);
  assertStrictEquals(hub.handle(peer, FAST, NOW_MS), first);
  assertStrictEquals(hub.handle(other, FAST, NOW_MS), first);
  const next = hub.handle(peer, FAST, NOW_MS + 1);
  assertNotEquals(next, first);
  // A clock that is set back is followed.
  assertEquals(hub.handle(peer, FAST, NOW_MS), first);
});

test("hub: a slow request of 0 seconds is answered at once", () => {
  const { hub, peer } = makeHub();
  assertEquals(hub.handle(peer, slow(0), NOW_MS), count(1));
  join(hub);
  assertEquals(hub.handle(peer, slow(0), NOW_MS), count(2));
});

test("hub: a slow answer counts the clients of the moment of its request", async () => {
  const { hub, peer } = makeHub();
  const others = [join(hub), join(hub)];
  const answer = hub.handle(peer, slow(1), NOW_MS);
  for (const other of others) hub.leave(other, "tested");
  assertEquals(hub.handle(peer, slow(0), NOW_MS), count(1));
  const startMs = performance.now();
  assertEquals(await answer, count(3));
  assert(performance.now() - startMs > 900, "a second has passed");
});

test("hub: a slow request holds up nothing", async () => {
  const { hub, peer } = makeHub();
  const long = watch(hub.handle(peer, slow(3600), NOW_MS));
  const short = hub.handle(peer, slow(1), NOW_MS);
  assertEquals(atOnce(hub.handle(peer, FAST, NOW_MS)).kind, "fastResponse");
  assertEquals((await hub.handle(peer, sampleManifest(1), NOW_MS))?.kind, "receipt");
  await short;
  assertEquals(long.isOver(), false);
  hub.leave(peer, "tested");
  assertEquals(await long.answer, undefined);
});

test("hub: a peer that leaves takes its sleeping requests along, and no other's", async () => {
  const { hub, peer } = makeHub();
  const other = join(hub);
  const answers = [1, 60, 4_294_967_295].map((seconds) => hub.handle(peer, slow(seconds), NOW_MS));
  const staying = watch(hub.handle(other, slow(3600), NOW_MS));
  hub.leave(peer, "tested");
  assertEquals(await Promise.all(answers), [undefined, undefined, undefined]);
  assertEquals([peer.sleeping.size, staying.isOver()], [0, false]);
  hub.leave(other, "tested");
  await staying.answer;
});

test("hub: the longest sleeps do not end early", async () => {
  const { hub, peer } = makeHub();
  // From 2^31 ms on, a timer would fire after a millisecond.
  const sleeps = [2_147_484, 4_294_967, 4_294_968, 4_294_967_295]
    .map((seconds) => watch(hub.handle(peer, slow(seconds), NOW_MS)));
  await new Promise<void>((resolve) => new Sleep(30, resolve));
  assertEquals(sleeps.map(({ isOver }) => isOver()), [false, false, false, false]);
  hub.leave(peer, "tested");
  for (const { answer } of sleeps) assertEquals(await answer, undefined);
});

test("hub: to leave twice is told once", () => {
  const { hub, peer, events } = makeHub();
  hub.leave(peer, "tested");
  hub.leave(peer, "tested again");
  assertEquals(events.of("disconnected"), [
    { event: "disconnected", peer: LOCAL, reason: "tested", connections: 0 },
  ]);
});

test("hub: tells who comes and goes, and how many there are", () => {
  const { hub, peer, events } = makeHub();
  const other = join(hub, REMOTE);
  hub.leave(peer, "tested");
  hub.leave(other, "also tested");
  assertEquals(events.all, [
    { event: "connected", peer: LOCAL, connections: 1 },
    { event: "connected", peer: REMOTE, connections: 2 },
    { event: "disconnected", peer: LOCAL, reason: "tested", connections: 1 },
    { event: "disconnected", peer: REMOTE, reason: "also tested", connections: 0 },
  ]);
});

test("hub: tells requests only when that is wanted", () => {
  for (const traceRequests of [false, true]) {
    const { hub, peer, events } = makeHub({ traceRequests });
    hub.handle(peer, FAST, NOW_MS);
    hub.handle(peer, { kind: "unknown" }, NOW_MS);
    const kinds = events.of("request").map(({ kind }) => kind);
    assertEquals(kinds, traceRequests ? ["fastRequest", "unknown"] : []);
  }
});

test("hub: serves maxConnections peers and refuses the next until one leaves", () => {
  const { hub, peer, events } = makeHub({ maxConnections: 2 });
  join(hub);
  for (let i = 0; i < 3; i++) {
    const refusal = hub.connect(LOCAL);
    assert(!(refusal instanceof Peer));
    assertEquals(refusal.code, RefusalCode.tooManyConnections);
    assertStringIncludes(refusal.text, "2 connections");
  }
  assertEquals(events.of("turnedAway").map(({ untold }) => untold), [0, 0, 0]);
  assertEquals(hub.handle(peer, slow(0), NOW_MS), count(2));
  hub.leave(peer, "tested");
  join(hub);
  assertEquals(events.of("disconnected").length, 1);
});

test("hub: a flood of connections that come to nothing is told in part", () => {
  const { hub, events } = makeHub();
  for (let i = 0; i < MAX_TOLD_TURNED_AWAY_PER_MINUTE + 50; i++) {
    hub.turnedAway("tls", "192.0.2.9:4002", "speaks no TLS");
  }
  assertEquals(events.of("turnedAway").length, MAX_TOLD_TURNED_AWAY_PER_MINUTE);
});

test("hub: lets maxSleeping requests of a peer sleep and refuses the next", async () => {
  const { hub, peer } = makeHub({ maxSleeping: 3 });
  const other = join(hub);
  const sleeping = [1, 2, 3].map(() => hub.handle(peer, slow(1), NOW_MS));
  assertRefused(hub.handle(peer, slow(1), NOW_MS), RefusalCode.tooManySleeping, "3 slow");
  // Neither what does not sleep nor who did not send them is concerned.
  assertEquals(hub.handle(peer, slow(0), NOW_MS), count(2));
  const others = hub.handle(other, slow(60), NOW_MS);
  assert(others instanceof Promise);
  await Promise.all(sleeping);
  const again = hub.handle(peer, slow(60), NOW_MS);
  assert(again instanceof Promise, "those that are over have made room");
  for (const gone of [peer, other]) hub.leave(gone, "tested");
  assertEquals(await Promise.all([others, again]), [undefined, undefined]);
});

test("hub: stores maxStoring manifests of a peer at a time and refuses the next", async () => {
  const { hub, peer, store } = makeHub({ maxStoring: 2 });
  const other = join(hub);
  store.isHolding = true;
  const storing = [1, 2].map((number) => hub.handle(peer, sampleManifest(number), NOW_MS));
  const refusal = hub.handle(peer, sampleManifest(3), NOW_MS);
  assertRefused(refusal, RefusalCode.failed, "2 manifests", sampleId(3));
  const others = hub.handle(other, sampleManifest(4), NOW_MS);
  assertEquals(store.held.map(({ what }) => what.id), [1, 2, 4].map(sampleId));
  // A failure makes room as well as a success.
  store.held[0]!.reject(new Error("the disk is on fire"));
  store.held[1]!.resolve({ storedAtMs: 5, duplicate: false });
  store.held[2]!.resolve({ storedAtMs: 6, duplicate: false });
  const kinds = (await Promise.all([...storing, others])).map((answer) => answer?.kind);
  assertEquals(kinds, ["refusal", "receipt", "receipt"]);
  const next = [5, 6].map((number) => hub.handle(peer, sampleManifest(number), NOW_MS));
  assertEquals(store.held.length, 5);
  for (const held of store.held.slice(3)) held.resolve({ storedAtMs: 7, duplicate: false });
  await Promise.all(next);
});

test("hub: a manifest is stored, told and receipted", async () => {
  const { hub, peer, store, events } = makeHub();
  const manifest = sampleManifest(1);
  for (const duplicate of [false, true]) {
    const receipt = await hub.handle(peer, manifest, NOW_MS);
    assertEquals(receipt, { kind: "receipt", id: manifest.id, storedAtMs: 1000, duplicate });
  }
  assertEquals(store.manifest(manifest.id), { ...manifest, storedAtMs: 1000 });
  assertEquals(
    events.of("manifest"),
    [false, true].map((duplicate) => (
      { event: "manifest", peer: LOCAL, manifest, storedAtMs: 1000, duplicate }
    )),
  );
});

test("hub: a receipt waits for the store", async () => {
  const { hub, peer, store, events } = makeHub();
  store.isHolding = true;
  const { answer, isOver } = watch(hub.handle(peer, sampleManifest(1), NOW_MS));
  await turn();
  assertEquals([isOver(), events.of("manifest").length], [false, 0]);
  store.held[0]!.resolve({ storedAtMs: 5, duplicate: false });
  assertEquals((await answer)?.kind, "receipt");
});

test("hub: the peer's leaving does not undo what is being stored", async () => {
  const { hub, peer, store, events } = makeHub();
  store.isHolding = true;
  const answer = hub.handle(peer, sampleManifest(1), NOW_MS);
  hub.leave(peer, "tested");
  store.held[0]!.resolve({ storedAtMs: 5, duplicate: false });
  assertEquals((await answer)?.kind, "receipt");
  assertEquals(events.of("manifest").length, 1);
});

test("hub: a manifest that cannot be stored is refused, and why is not told to the peer", async () => {
  const { hub, peer, store, events } = makeHub();
  store.isHolding = true;
  const error = new Error("/home/me/wagons.db: the disk is on fire");
  const answer = hub.handle(peer, sampleManifest(1), NOW_MS);
  store.held[0]!.reject(error);
  const refusal = await answer;
  assertRefused(refusal, RefusalCode.failed, "Try again later", sampleId(1));
  assert(refusal?.kind === "refusal" && !refusal.text.includes("fire"));
  const doing = `store the manifest ${sampleId(1)}`;
  assertEquals(events.of("fault"), [{ event: "fault", doing, error }]);
});

test("hub: another manifest of the same id is refused as invalid, not as a fault", async () => {
  const { hub, peer, store, events } = makeHub();
  store.isHolding = true;
  const answer = hub.handle(peer, sampleManifest(1), NOW_MS);
  store.held[0]!.reject(new ConflictError("manifest", sampleId(1)));
  assertRefused(await answer, RefusalCode.invalid, sampleId(1), sampleId(1));
  assertEquals(events.of("fault"), []);
});

const invalid: [string, Partial<ReturnType<typeof sampleManifest>>, string][] = [
  ["without entries", { entries: [] }, "no entry"],
  ["with a city without a name", { entries: [{ city: "", wagons: 1 }] }, "is empty"],
  ["with a line break in a city", { entries: [{ city: "a\nb", wagons: 1 }] }, "line break"],
  ["with an escape in a city", { entries: [{ city: "a\x1b[2J", wagons: 1 }] }, "control"],
  ["with a '=' in a city", { entries: [{ city: "a = 1", wagons: 1 }] }, "'='"],
  ["with spaces around a city", { entries: [{ city: " a", wagons: 1 }] }, "spaces"],
  ["with a city that is not NFC", { entries: [{ city: "Ko\u0308ln", wagons: 1 }] }, "NFC"],
  ["with half a character in a city", { entries: [{ city: "a\ud83d", wagons: 1 }] }, "Unicode"],
  ["with a city twice", {
    entries: [{ city: "a", wagons: 1 }, { city: "b", wagons: 1 }, { city: "a", wagons: 1 }],
  }, "comes twice"],
  ["with too long a city", { entries: [{ city: "a".repeat(1001), wagons: 1 }] }, "longer"],
  // To bring a name of a million marks to NFC takes minutes: its length has to be looked at first.
  ["with too long a city that is not NFC", {
    entries: [{ city: `a${"\u0301\u0323".repeat(501)}`, wagons: 1 }],
  }, "longer"],
  ["with half a wagon", { entries: [{ city: "a", wagons: 0.5 }] }, "whole number"],
  ["with fewer than no wagons", { entries: [{ city: "a", wagons: -1 }] }, "whole number"],
  ["with too many wagons", { entries: [{ city: "a", wagons: 2 ** 32 }] }, "whole number"],
  ["with NaN wagons", { entries: [{ city: "a", wagons: NaN }] }, "whole number"],
  ["with too long a source", { source: "\u{1F682}".repeat(201) }, "200"],
  ["with a control character in its source", { source: "a\tb" }, "control"],
];
for (const [what, wanted, why] of invalid) {
  test(`hub: a manifest ${what} is refused`, () => {
    const { hub, peer, store } = makeHub();
    const answer = hub.handle(peer, sampleManifest(1, wanted), NOW_MS);
    assertRefused(answer, RefusalCode.invalid, why, sampleId(1));
    assertEquals([...store.manifests()], []);
  });
}

test("hub: what is just within the bounds of a manifest is taken", async () => {
  const { hub, peer } = makeHub();
  const entries = [{ city: "\u{1F682}".repeat(1000), wagons: 4_294_967_295 }, {
    city: "__proto__",
    wagons: 0,
  }];
  const manifest = sampleManifest(1, { source: "\u{1F682}".repeat(200), entries });
  assertEquals((await hub.handle(peer, manifest, NOW_MS))?.kind, "receipt");
});

test("hub: peers of other machines get fast and slow responses, and no more", () => {
  const { hub, store } = makeHub();
  const peer = join(hub, REMOTE);
  assertEquals(atOnce(hub.handle(peer, FAST, NOW_MS)).kind, "fastResponse");
  assertEquals(hub.handle(peer, slow(0), NOW_MS), count(2));
  const manifest = sampleManifest(1, { entries: [] });
  // Not even what is wrong with it is looked at.
  assertRefused(hub.handle(peer, manifest, NOW_MS), RefusalCode.forbidden, "own", sampleId(1));
  assertRefused(hub.handle(peer, SHUTDOWN, NOW_MS), RefusalCode.forbidden, "own");
  assertEquals([hub.draining.aborted, ...store.manifests()], [false]);
});

test("hub: with isOpen they may send manifests, but not shut it down", async () => {
  const { hub } = makeHub({ isOpen: true });
  const peer = join(hub, REMOTE);
  assertEquals((await hub.handle(peer, sampleManifest(1), NOW_MS))?.kind, "receipt");
  assertRefused(hub.handle(peer, SHUTDOWN, NOW_MS), RefusalCode.forbidden, "own");
  assertEquals(hub.draining.aborted, false);
});

test("hub: messages that are no requests are refused, a refusal is not", async () => {
  const { hub, peer, events } = makeHub();
  const messages: Received[] = [
    { kind: "unknown" },
    { kind: "empty" },
    { kind: "hello", version: 1, nonce: new Uint8Array(16) },
    { kind: "welcome", version: 1, nonce: new Uint8Array(16), maxMessageBytes: 1 },
    { kind: "sealed", body: new Uint8Array(16) },
    { kind: "fastResponse", currentDateTime: "20270115T080000.000" },
    { kind: "slowResponse", connectedClientCount: 1 },
    { kind: "receipt", id: sampleId(1), storedAtMs: 1, duplicate: false },
    { kind: "shutdownReport", connections: 1, finished: 1, abandoned: 1, tookMs: 1 },
  ];
  for (const message of messages) {
    assertRefused(hub.handle(peer, message, NOW_MS), RefusalCode.unsupported, "kind");
  }
  const refusal: Message = { kind: "refusal", code: RefusalCode.unsupported, text: "no" };
  assertEquals(hub.handle(peer, refusal, NOW_MS), undefined);
  await stop(hub);
  assertEquals(hub.handle(peer, refusal, NOW_MS), undefined);
  assertEquals(events.of("refused").length, messages.length);
});

test("hub: a flood of refusals is answered in full and told in part", () => {
  const { hub, peer, events } = makeHub();
  const other = join(hub);
  for (let i = 0; i < MAX_TOLD_REFUSALS + 50; i++) {
    assertRefused(hub.handle(peer, { kind: "unknown" }, NOW_MS), RefusalCode.unsupported, "kind");
  }
  assertEquals(events.of("refused").length, MAX_TOLD_REFUSALS);
  hub.handle(other, { kind: "unknown" }, NOW_MS);
  assertEquals(events.of("refused").length, MAX_TOLD_REFUSALS + 1);
});

test("hub: drains at once when nothing runs", async () => {
  const { hub, peer, events } = makeHub();
  join(hub);
  const report = await hub.drain();
  assertEquals({ ...report, tookMs: 0 }, {
    kind: "shutdownReport",
    connections: 2,
    finished: 0,
    abandoned: 0,
    tookMs: 0,
  });
  assertEquals(events.of("draining"), [{ event: "draining", connections: 2, running: 0 }]);
  assertEquals(hub.draining.aborted, true);
  await stopped(hub);
  hub.leave(peer, "tested");
});

test("hub: a drain lets short sleeps end and refuses long ones at once", async () => {
  const { hub, peer, events } = makeHub({ drainTimeoutMs: 5000 });
  const other = join(hub);
  const short = watch(hub.handle(peer, slow(1), NOW_MS));
  const long = [6, 4_294_967_295].map((seconds) => hub.handle(other, slow(seconds), NOW_MS));
  const draining = hub.drain();
  for (const refusal of await Promise.all(long)) {
    assertRefused(refusal, RefusalCode.shuttingDown, "stopping");
  }
  assertEquals([short.isOver(), hub.stopped.aborted], [false, false]);
  const { connections, finished, abandoned, tookMs } = await draining;
  assertEquals([connections, finished, abandoned], [2, 1, 2]);
  assert(tookMs > 500 && tookMs < 5000, `it took ${tookMs} ms`);
  assertEquals(await short.answer, count(2));
  assertEquals(events.of("draining"), [{ event: "draining", connections: 2, running: 3 }]);
  await stopped(hub);
});

test("hub: a drain counts what runs, not what ran, and not who leaves", async () => {
  const { hub, peer, store } = makeHub();
  const other = join(hub);
  await hub.handle(peer, sampleManifest(1), NOW_MS);
  await hub.handle(peer, sampleManifest(2), NOW_MS);
  store.isHolding = true;
  const storing = hub.handle(peer, sampleManifest(3), NOW_MS);
  const sleeping = hub.handle(other, slow(5), NOW_MS);
  const draining = watch(hub.drain());
  hub.leave(other, "tested");
  assertEquals(await sleeping, undefined);
  assertEquals(draining.isOver(), false);
  store.held[0]!.resolve({ storedAtMs: 5, duplicate: false });
  assertEquals((await storing)?.kind, "receipt");
  const report = await draining.answer;
  assert(report.kind === "shutdownReport");
  assertEquals([report.connections, report.finished, report.abandoned], [2, 1, 0]);
  await stopped(hub);
});

test("hub: while it drains, new requests and new peers are refused", async () => {
  const { hub, peer, store } = makeHub();
  store.isHolding = true;
  const storing = hub.handle(peer, sampleManifest(1), NOW_MS);
  const draining = hub.drain();
  for (const message of [FAST, slow(0), slow(1), sampleManifest(2), SHUTDOWN]) {
    const id = "id" in message ? message.id : undefined;
    assertRefused(hub.handle(peer, message, NOW_MS), RefusalCode.shuttingDown, "stopping", id);
  }
  assertRefused(
    hub.connect(LOCAL) as Message,
    RefusalCode.shuttingDown,
    "stopping",
  );
  assertEquals(store.held.length, 1);
  store.held[0]!.resolve({ storedAtMs: 5, duplicate: false });
  await Promise.all([storing, draining]);
  await stopped(hub);
});

test("hub: a shutdown request drains it and gets the report", async () => {
  const { hub, peer } = makeHub();
  const sleeping = hub.handle(peer, slow(3600), NOW_MS);
  const answer = hub.handle(peer, SHUTDOWN, NOW_MS);
  assertEquals(hub.draining.aborted, true);
  assertRefused(await sleeping, RefusalCode.shuttingDown, "stopping");
  const report = await answer;
  assert(report?.kind === "shutdownReport");
  assertEquals([report.connections, report.finished, report.abandoned], [1, 0, 1]);
  assertEquals(hub.stopped.aborted, false, "the report is with its listener first");
  await stopped(hub);
});

test("hub: is drained once, however often that is asked for", async () => {
  const { hub, events } = makeHub();
  const reports = await Promise.all([hub.drain(), hub.drain()]);
  assertStrictEquals(reports[0], reports[1]);
  assertStrictEquals(await hub.drain(), reports[0]);
  assertEquals(events.of("draining").length, 1);
  await stopped(hub);
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

function count(connectedClientCount: number): Message {
  return { kind: "slowResponse", connectedClientCount };
}

/** The answer, which is no promise. */
function atOnce(answer: Answer): Message {
  const isThere = answer !== undefined && !(answer instanceof Promise) && answer.kind !== "lazy";
  assert(isThere, "the answer is there at once");
  return answer;
}

function assertRefused(answer: Answer, code: RefusalCode, text: string, id?: string): void {
  const refusal = atOnce(answer);
  assert(refusal.kind === "refusal", refusal.kind);
  assertEquals([refusal.code, refusal.id], [code, id]);
  assertStringIncludes(refusal.text, text);
}

/** A promised answer, and whether it has been given. */
function watch<T extends Answer>(answer: T): { answer: T; isOver: () => boolean } {
  assert(answer instanceof Promise, "the answer comes later");
  let over = false;
  answer.then(() => over = true);
  return { answer, isOver: () => over };
}
