/**
 * Sealed sessions on one connection of a server, over a connection whose other end is the test.
 *
 * @module
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import type { HubOptions } from "../../lib/hub/hub_options.ts";
import { MAX_EAX_BYTES } from "../../lib/limits/connections.ts";
import { type Message, type Received, RefusalCode } from "../../lib/wire/messages.ts";
import { concat, frames, repeat } from "../helpers/raw_client.ts";
import { FAST, REMOTE, sampleId, sampleManifest, slow } from "../helpers/samples.ts";
import { KEY, OTHER_KEY, SealedPeer } from "../helpers/sealed_peer.ts";
import { PROOF_TIMEOUT_MS, type ServedPeer, servePeer, stubNow } from "../helpers/served_peer.ts";
import { test } from "../helpers/strict.ts";
import { turn } from "../helpers/turn.ts";

const EMPTY: Message = { kind: "empty" };
const QUICK = {
  firstDelayMs: 1,
  maxDelayMs: 1,
  maxFailures: 3,
  blockMs: 60_000,
  forgetMs: 60_000,
  maxAddresses: 10,
};

/** A connection with a session that is agreed on and not proved yet. */
async function greet(
  options: Partial<HubOptions> = {},
  key = KEY,
): Promise<{ made: ServedPeer; peer: SealedPeer }> {
  const made = servePeer({ key: KEY, proofLimits: QUICK, ...options });
  const peer = new SealedPeer(key);
  made.conn.push(frames(peer.hello));
  await turn();
  assertEquals(made.kinds(), ["welcome"]);
  peer.begin(made.received()[0]);
  return { made, peer };
}

/** What came behind the Welcome, opened. */
function opened({ made, peer }: { made: ServedPeer; peer: SealedPeer }): Received[] {
  const [, ...sealed] = made.received();
  for (const { kind } of sealed) assertEquals(kind, "sealed");
  return sealed.map((message) => peer.open(message));
}

function codeOf(message: Received | undefined): RefusalCode | undefined {
  return message?.kind === "refusal" ? message.code : undefined;
}

/** A connection with a session that is proved. */
async function prove(options: Partial<HubOptions> = {}): ReturnType<typeof greet> {
  const both = await greet(options);
  both.made.conn.push(frames(both.peer.seal(EMPTY)));
  await turn();
  assertEquals(both.made.kinds(), ["welcome", "sealed"]);
  return both;
}

async function end({ made, peer }: { made: ServedPeer; peer: SealedPeer }): Promise<void> {
  await made.close();
  peer[Symbol.dispose]();
}

test("sealed connection: what is sealed is acted on, and every answer is sealed", async () => {
  const both = await greet();
  const { made, peer } = both;
  const asked: Message[] = [EMPTY, FAST, slow(0), sampleManifest(1)];
  made.conn.push(frames(...asked.map((message) => peer.seal(message))));
  await turn();
  const kinds = opened(both).map(({ kind }) => kind);
  assertEquals(kinds, ["empty", "fastResponse", "slowResponse", "receipt"]);
  assertEquals(made.store.manifest(sampleId(1))?.entries, sampleManifest(1).entries);
  assertEquals(made.events.of("sealed").length, 1);
  await end(both);
});

test("sealed connection: every split of the stream gives the same answers", async () => {
  const model = await greet();
  const length = frames(model.peer.seal(EMPTY), model.peer.seal(sampleManifest(1))).length;
  await end(model);
  for (let at = 1; at < length; at++) {
    const both = await greet();
    const { made, peer } = both;
    const bytes = frames(peer.seal(EMPTY), peer.seal(sampleManifest(1)));
    made.conn.push(bytes.slice(0, at));
    made.conn.push(bytes.slice(at));
    await turn();
    assertEquals(opened(both).map(({ kind }) => kind), ["empty", "receipt"], `split at ${at}`);
    await end(both);
  }
});

test("sealed connection: large messages and small ones are taken in their order", async () => {
  const both = await prove();
  const { made, peer } = both;
  const entries = Array.from({ length: 20_000 }, (_, i) => ({ city: `City ${i}`, wagons: i }));
  const large = sampleManifest(1, { entries });
  const sealed = [large, sampleManifest(2), FAST, large, FAST].map((message) => peer.seal(message));
  assert(sealed[0]!.body.length > 64 * 1024);
  made.conn.push(frames(...sealed));
  const stored = [await made.events.wait("manifest", 1), await made.events.wait("manifest", 2)];
  const last = await made.events.wait("manifest", 3);
  assertEquals(stored.map(({ manifest }) => manifest.id), [sampleId(1), sampleId(2)]);
  assertEquals([last.manifest.id, last.duplicate], [sampleId(1), true]);
  await turn();
  const [proof, ...answers] = opened(both).map(({ kind }) => kind);
  assertEquals(proof, "empty");
  answers.sort();
  assertEquals(answers, ["fastResponse", "fastResponse", "receipt", "receipt", "receipt"]);
  await end(both);
});

test("sealed connection: a large message that was changed ends it, and nothing behind it is acted on", async () => {
  const both = await prove();
  const { made, peer } = both;
  const entries = Array.from({ length: 20_000 }, (_, i) => ({ city: `City ${i}`, wagons: i }));
  const large = peer.seal(sampleManifest(1, { entries }));
  large.body[64 * 1024]! ^= 1;
  made.conn.push(frames(large, peer.seal(sampleManifest(2))));
  made.conn.push(null);
  await made.running;
  assertEquals(opened(both).map(codeOf), [undefined, RefusalCode.brokenSeal]);
  assertEquals([...made.store.manifests()], []);
  peer[Symbol.dispose]();
});

test("sealed connection: what is broken behind a large message ends it when that was acted on", async () => {
  const entries = Array.from({ length: 20_000 }, (_, i) => ({ city: `City ${i}`, wagons: i }));
  const tooLong = new Uint8Array(6).fill(0xff);
  for (const isChanged of [false, true]) {
    const both = await prove();
    const { made, peer } = both;
    const large = peer.seal(sampleManifest(1, { entries }));
    if (isChanged) large.body[0]! ^= 1;
    made.conn.push(concat(frames(large), tooLong));
    made.conn.push(null);
    await made.running;
    const wanted = isChanged ? RefusalCode.brokenSeal : RefusalCode.frameTooLarge;
    assertEquals(opened(both).map(codeOf).filter(Boolean), [wanted]);
    assertEquals([...made.store.manifests()].length, isChanged ? 0 : 1);
    assertEquals(made.events.of("fault"), []);
    peer[Symbol.dispose]();
  }
});

test("sealed connection: before the proof nothing long is taken, whoever asks", async () => {
  const entries = Array.from({ length: 500 }, (_, i) => ({ city: `City ${i}`, wagons: i }));
  const long = sampleManifest(1, { entries });
  for (const isGreeted of [false, true]) {
    const made = servePeer({ key: KEY, proofLimits: QUICK });
    using peer = new SealedPeer();
    made.conn.push(frames(...isGreeted ? [peer.hello] : [], long));
    made.conn.push(null);
    await made.running;
    assertEquals(made.received().map(codeOf).filter(Boolean), [RefusalCode.sealRequired]);
    assertEquals([...made.store.manifests()], []);
  }
});

test("sealed connection: behind a refused Hello nothing of the same read is acted on", async () => {
  const made = servePeer();
  using peer = new SealedPeer();
  made.conn.push(frames(peer.hello, sampleManifest(1), FAST));
  made.conn.push(null);
  await made.running;
  assertEquals(made.received().map(codeOf), [RefusalCode.noKey]);
  assertEquals([...made.store.manifests()], []);
});

test("sealed connection: nothing is acted on before the proof", async () => {
  const both = await greet();
  const { made, peer } = both;
  made.conn.push(frames(sampleManifest(1)));
  made.conn.push(null);
  await made.running;
  assertEquals(made.received().map(codeOf), [undefined, RefusalCode.brokenSeal]);
  assertEquals([...made.store.manifests()], []);
  peer[Symbol.dispose]();
});

test("sealed connection: another key is refused, without a seal, and the connection is closed", async () => {
  const both = await greet({}, OTHER_KEY);
  const { made, peer } = both;
  made.conn.push(frames(peer.seal(EMPTY), peer.seal(sampleManifest(1))));
  made.conn.push(null);
  await made.running;
  const [, refusal, ...more] = made.received();
  assertEquals([codeOf(refusal), more], [RefusalCode.wrongKey, []]);
  assertStringIncludes(made.reason(), "does not open");
  assertEquals([...made.store.manifests()], []);
  assertEquals(made.events.of("sealed"), []);
  peer[Symbol.dispose]();
});

test("sealed connection: a proof is one whichever cipher seals it, and none with another key", async () => {
  const entries = [{ city: "П".repeat(MAX_EAX_BYTES / 2), wagons: 1 }];
  for (const key of [KEY, OTHER_KEY]) {
    const both = await greet({}, key);
    const { made, peer } = both;
    made.conn.push(frames(peer.seal(sampleManifest(1, { entries }))));
    made.conn.push(null);
    await made.running;
    if (key === KEY) assertEquals(opened(both).map(({ kind }) => kind), ["receipt"]);
    else assertEquals(made.received().map(codeOf), [undefined, RefusalCode.wrongKey]);
    assertEquals([...made.store.manifests()].length, key === KEY ? 1 : 0);
    peer[Symbol.dispose]();
  }
});

test("sealed connection: the answer to a failed proof waits, and the server's end does not", async () => {
  const limits = { ...QUICK, firstDelayMs: 3_600_000, maxDelayMs: 3_600_000 };
  const both = await greet({ proofLimits: limits }, OTHER_KEY);
  const { made, peer } = both;
  made.conn.push(frames(peer.seal(EMPTY)));
  await turn();
  assertEquals(made.kinds(), ["welcome"]);
  await made.hub.drain();
  made.conn.push(null);
  await made.running;
  assertEquals(made.kinds(), ["welcome", "refusal"]);
  peer[Symbol.dispose]();
});

const wrong: Record<string, (peer: SealedPeer) => Message[]> = {
  "the same message twice": (peer) => {
    const once = peer.seal(sampleManifest(1));
    return [once, once];
  },
  "two messages swapped": (peer) => [peer.seal(FAST), peer.seal(sampleManifest(1))].reverse(),
  "a message left out": (peer) => [peer.seal(FAST), peer.seal(sampleManifest(1))].slice(1),
  "a message that is not sealed": () => [sampleManifest(1)],
  "a Refusal that is not sealed": () => [{ kind: "refusal", code: 0, text: "" }],
  "a second Hello": (peer) => [peer.hello],
  "an empty body": () => [{ kind: "sealed", body: new Uint8Array(0) }],
};
for (const [what, make] of Object.entries(wrong)) {
  test(`sealed connection: ${what} ends it, and the Refusal is sealed`, async () => {
    const both = await greet();
    const { made, peer } = both;
    made.conn.push(frames(peer.seal(EMPTY)));
    await turn();
    const messages = make(peer);
    made.conn.push(frames(...messages, peer.seal(sampleManifest(2))));
    made.conn.push(null);
    await made.running;
    const answers = opened(both);
    assertEquals(answers.map(codeOf).filter(Boolean), [RefusalCode.brokenSeal]);
    // Of a message that came twice the first one was right.
    const ids = Array.from(made.store.manifests(), ({ id }) => id);
    assertEquals(ids, what === "the same message twice" ? [sampleId(1)] : []);
    peer[Symbol.dispose]();
  });
}

test("sealed connection: what is sealed in what is sealed is refused, and the session goes on", async () => {
  const both = await greet();
  const { made, peer } = both;
  const inner: Message[] = [peer.hello, { kind: "sealed", body: new Uint8Array(16) }];
  made.conn.push(frames(...[...inner, FAST].map((message) => peer.seal(message))));
  await turn();
  const answers = opened(both);
  assertEquals(answers.map(({ kind }) => kind), ["refusal", "refusal", "fastResponse"]);
  assertEquals(codeOf(answers[0]), RefusalCode.unsupported);
  await end(both);
});

test("sealed connection: a server without a key says so, and closes", async () => {
  const made = servePeer();
  using peer = new SealedPeer();
  made.conn.push(frames(peer.hello));
  made.conn.push(null);
  await made.running;
  assertEquals(made.received().map(codeOf), [RefusalCode.noKey]);
});

test("sealed connection: a sealed message without a Hello, and a Hello behind a request, end it", async () => {
  using peer = new SealedPeer();
  for (
    const messages of [
      [{ kind: "sealed", body: new Uint8Array(16) }],
      [FAST, peer.hello],
    ] as Message[][]
  ) {
    const made = servePeer({ key: KEY });
    made.conn.push(frames(...messages));
    made.conn.push(null);
    await made.running;
    assertEquals(made.received().map(codeOf).at(-1), RefusalCode.brokenSeal);
  }
});

test("sealed connection: a version that is not spoken is refused", async () => {
  for (const version of [0, 1]) {
    const made = servePeer({ key: KEY });
    made.conn.push(frames({ kind: "hello", version, nonce: new Uint8Array(16) }));
    made.conn.push(null);
    await made.running;
    assertEquals(made.received().map(codeOf), [RefusalCode.unsupportedVersion]);
  }
});

test("sealed connection: a client that proves nothing in time is refused and closed", async () => {
  let nowMs = performance.now();
  using _stub = stubNow(() => nowMs);
  const both = await greet();
  const { made } = both;
  nowMs += PROOF_TIMEOUT_MS;
  made.connection.checkTimes(nowMs);
  assertEquals(made.kinds(), ["welcome"]);
  nowMs += 1;
  made.connection.checkTimes(nowMs);
  await turn();
  assertEquals(made.received().map(codeOf), [undefined, RefusalCode.proofTimedOut]);
  await end(both);
  assertStringIncludes(made.reason(), "not proved within 10000 ms");
});

test("sealed connection: a session that is proved may be silent for ever", async () => {
  const both = await greet();
  const { made, peer } = both;
  made.conn.push(frames(peer.seal(EMPTY)));
  await turn();
  made.connection.checkTimes(performance.now() + 1e9);
  await turn();
  assertEquals(opened(both).map(({ kind }) => kind), ["empty"]);
  await end(both);
});

test("sealed connection: an address that fails too often is refused at its Hello", async () => {
  const first = servePeer({ key: KEY, proofLimits: QUICK }, {}, REMOTE);
  for (let i = 0; i < QUICK.maxFailures; i++) {
    first.hub.gate.failProof(first.peer, performance.now());
  }
  using peer = new SealedPeer();
  first.conn.push(frames(peer.hello));
  first.conn.push(null);
  await first.running;
  assertEquals(first.received().map(codeOf), [RefusalCode.tooManyFailedProofs]);
});

test("sealed connection: a session that was proved and ends is no failure", async () => {
  const limits = { ...QUICK, maxFailures: 1 };
  const made = servePeer({ key: KEY, proofLimits: limits }, {}, REMOTE);
  using peer = new SealedPeer();
  made.conn.push(frames(peer.hello));
  await turn();
  peer.begin(made.received()[0]);
  made.conn.push(frames(peer.seal(EMPTY)));
  await made.close();
  assertEquals(made.kinds(), ["welcome", "sealed"]);
  assertEquals(made.hub.greet(made.peer), KEY);
});

test("sealed connection: a second Hello before the proof ends it", async () => {
  const made = servePeer({ key: KEY, proofLimits: QUICK });
  using peer = new SealedPeer();
  made.conn.push(frames(peer.hello, peer.hello));
  made.conn.push(null);
  await made.running;
  assertEquals(made.received().map(codeOf), [undefined, RefusalCode.brokenSeal]);
});

test("sealed connection: an open server takes long frames of anyone", async () => {
  const entries = Array.from({ length: 500 }, (_, i) => ({ city: `City ${i}`, wagons: i }));
  const made = servePeer({ key: KEY, isOpen: true });
  made.conn.push(frames(sampleManifest(1, { entries })));
  await turn();
  assertEquals(made.kinds(), ["receipt"]);
  await made.close();
});

test("sealed connection: a Hello that is followed by nothing counts as a failure", async () => {
  const made = servePeer({ key: KEY, proofLimits: { ...QUICK, maxFailures: 1 } }, {}, REMOTE);
  using peer = new SealedPeer();
  made.conn.push(frames(peer.hello));
  await made.close();
  assertEquals(made.kinds(), ["welcome"]);
  assert(!(made.hub.greet(made.peer) instanceof Uint8Array));
});

test("sealed connection: frames may be as long as the limit and the seal", async () => {
  const maxFrameBytes = 200;
  for (
    const [bytes, kind] of [[maxFrameBytes, "receipt"], [maxFrameBytes + 40, "refusal"]] as const
  ) {
    const made = servePeer({ key: KEY }, { maxFrameBytes });
    using peer = new SealedPeer();
    made.conn.push(frames(peer.hello));
    await turn();
    peer.begin(made.received()[0]);
    made.conn.push(frames(peer.seal(EMPTY)));
    await turn();
    peer.open(made.received()[1]!);
    const overhead = 53;
    const city = "x".repeat(bytes - overhead);
    made.conn.push(frames(peer.seal(sampleManifest(1, { entries: [{ city, wagons: 1 }] }))));
    await turn();
    const answer = peer.open(made.received()[2]!);
    assertEquals(answer.kind, kind, `${bytes} bytes`);
    await made.close();
  }
});

test("sealed connection: 2,000 requests that come at once are all answered", async () => {
  const both = await greet();
  const { made, peer } = both;
  const requests = Array.from({ length: 2000 }, () => frames(peer.seal(FAST)));
  made.conn.push(concat(...requests));
  await turn();
  assertEquals(opened(both).map(({ kind }) => kind), new Array(2000).fill("fastResponse"));
  await end(both);
});

test("sealed connection: without a session fast requests need no seal, whatever key there is", async () => {
  const made = servePeer({ key: KEY });
  made.conn.push(concat(repeat(frames(FAST), 3), frames(slow(0), sampleManifest(1), FAST)));
  await turn();
  assertEquals(made.received().map(codeOf).filter(Boolean), [RefusalCode.sealRequired]);
  assertEquals(made.kinds().length, 6);
  await made.close();
});
