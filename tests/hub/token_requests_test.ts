import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import type { Hub } from "../../lib/hub/hub.ts";
import type { HubOptions } from "../../lib/hub/hub_options.ts";
import type { Peer } from "../../lib/hub/peer.ts";
import { MAX_TOLD_REFUSALS } from "../../lib/limits/connections.ts";
import { MAX_NAME_CHARS, MAX_SAYING } from "../../lib/limits/room.ts";
import { openSqliteStore } from "../../lib/store/sqlite.ts";
import { TokenSeal } from "../../lib/token_seal.ts";
import { VERSION } from "../../lib/version.ts";
import { refusalName } from "../../lib/wire/messages.ts";
import type { TokenMessage } from "../../lib/wire/token_message.ts";
import { readIsoTime } from "../../lib/wire/iso_time.ts";
import { isUuidV7, uuidTimeMs } from "../../lib/wire/uuid.ts";
import { FakeOutlet } from "../helpers/fake_outlet.ts";
import { connect, type Made, makeRoom } from "../helpers/made_room.ts";
import { LOCAL } from "../helpers/samples.ts";
import { stop } from "../helpers/stopped.ts";
import { test } from "../helpers/strict.ts";
import { turn } from "../helpers/turn.ts";

const KEY = new Uint8Array(32).fill(7);
const NOW_MS = 1_800_000_000_000;
const PEER = { ...LOCAL, dialect: "udp" };

interface Tokens extends Made {
  peer: Peer;
  /** Sends a token of that message, new or one that was sent before. */
  send(message: Partial<TokenMessage> | string): Promise<TokenMessage>;
  seal(message: Partial<TokenMessage>): string;
}

/** A hub with a key, and a peer that has proved to have it. */
function makeTokens(options: Partial<HubOptions> = {}): Tokens {
  const made = makeRoom({ key: KEY, name: "Yard 7", ...options });
  const peer = connect(made.hub, PEER);
  made.hub.prove(peer);
  const sealer = new TokenSeal(KEY, { nowMs: () => NOW_MS });
  const seal = (message: Partial<TokenMessage>) => sealer.seal(message);
  const send = async (message: Partial<TokenMessage> | string) => {
    const token = typeof message === "string" ? message : seal(message);
    return await made.hub.tokens.handle(peer, sealer.open(token));
  };
  return { ...made, peer, send, seal };
}

/** Who answers, and when, is the same for all answers: they have the rest. */
function assertAnswer(answer: TokenMessage, wanted: { text: string; cmd: string; args: unknown }) {
  const { userID, timestamp, text, cmd, args } = answer;
  assertEquals(userID, "Yard 7");
  const nowMs = Date.now() - new Date().getTimezoneOffset() * 60_000;
  assert(Math.abs(readIsoTime(timestamp)!.wallMs - nowMs) < 60_000, timestamp);
  const read = typeof wanted.args === "string" ? args : JSON.parse(args);
  assertEquals({ text, cmd, args: read }, wanted);
}

function assertError(answer: TokenMessage, code: string, text: string): void {
  assertEquals([answer.cmd, answer.args], ["error", code]);
  assertStringIncludes(answer.text, text);
}

test("tokens: a handshake is answered with who the server is and where it listens", async () => {
  const { hub, send } = makeTokens();
  hub.identity.listensOn({ scheme: "http", host: "127.0.0.1", port: 7118 });
  hub.identity.listensOn({ scheme: "udp", host: "::", port: 7119 });
  const { id } = hub.identity;
  assert(isUuidV7(id));
  const listen = ["http://127.0.0.1:7118", "udp://[::]:7119"];
  const args = { id, name: "Yard 7", version: VERSION, listen };
  assertAnswer(await send({ cmd: "handshake" }), { text: "Yard 7", cmd: "handshake", args });
  assertEquals(JSON.parse((await send({ cmd: "handshake" })).args).id, id);
});

test("tokens: a ping is answered with what came along", async () => {
  const { send } = makeTokens();
  const args = '{"n": 1} \u0000 \ud800';
  assertAnswer(await send({ cmd: "ping", args }), { text: "pong", cmd: "ping", args });
});

test("tokens: any other command is an error, and counted as refused", async () => {
  const { send, events, peer } = makeTokens();
  const commands = ["", "reboot", "Ping", "__proto__", "toString", "error", "\x1b[2J"];
  for (const cmd of commands) {
    assertError(await send({ cmd }), "unsupported", `no command ${JSON.stringify(cmd)}: it knows`);
  }
  const long = await send({ cmd: "x".repeat(10_000) });
  assertError(long, "unsupported", "xxx…");
  assert(long.text.length < 150, long.text);
  assertEquals(peer.refusals, commands.length + 1);
  assertEquals(events.of("refused").length, commands.length + 1);
});

test("tokens: refusals are told up to the bound of a peer", async () => {
  const { send, events, peer } = makeTokens();
  for (let i = 0; i < MAX_TOLD_REFUSALS + 2; i++) await send({});
  assertEquals([peer.refusals, events.of("refused").length], [
    MAX_TOLD_REFUSALS + 2,
    MAX_TOLD_REFUSALS,
  ]);
});

test("tokens: what is said comes to all in the room, once for each token", async () => {
  const made = makeTokens();
  // Without a proof nobody is in a room with a key.
  const ann = connect(made.hub);
  made.hub.prove(ann);
  const outlet = new FakeOutlet();
  made.hub.room.enter(ann, "Ann", outlet);
  const token = made.seal({ userID: "Bob", text: "hello", cmd: "say" });
  const said = await made.send(token);
  const { id } = JSON.parse(said.args);
  assert(isUuidV7(id));
  const storedAt = "1970-01-01T00:00:02.000Z";
  const wanted = { text: "said", cmd: "say" };
  assertAnswer(said, { ...wanted, args: { id, storedAt, duplicate: false } });
  assertAnswer(await made.send(token), { ...wanted, args: { id, storedAt, duplicate: true } });
  const other = await made.send({ userID: "Bob", text: "hello", cmd: "say" });
  assertEquals(JSON.parse(other.args).duplicate, false);
  assertEquals(outlet.words, ["Bob: hello", "Bob: hello"]);
  assertEquals(outlet.events.map(({ dialect }) => dialect), ["udp", "udp"]);
  assertEquals(uuidTimeMs(id), NOW_MS);
});

test("tokens: who gives no name speaks by the address, and a manifest is unnamed", async () => {
  const made = makeTokens();
  await made.send({ text: "hello", cmd: "say" });
  await made.send({ args: '{"Köln":1}', cmd: "manifest" });
  assertEquals(made.events.of("message")[0]!.name, PEER.address);
  assertEquals(made.events.of("manifest")[0]!.manifest.source, "unnamed");
});

test("tokens: what cannot be said is an error", async () => {
  const { send } = makeTokens();
  assertError(await send({ cmd: "say" }), "invalid", "The text is empty.");
  assertError(await send({ cmd: "say", text: "a\ud800" }), "invalid", "no valid Unicode");
  assertError(await send({ cmd: "say", text: "a\x07" }), "invalid", "control character");
  assertError(await send({ cmd: "say", text: "é".repeat(40_000) }), "tooLarge", "65536 bytes");
  const userID = "x".repeat(MAX_NAME_CHARS + 1);
  assertError(await send({ cmd: "say", text: "a", userID }), "invalid", "name is longer");
});

test("tokens: a manifest is kept under the token's id and time, once", async () => {
  const { send, seal, store, events } = makeTokens();
  const args = '{"Ko\\u0308ln":3,"__proto__":4294967295,"7":1}';
  const token = seal({ userID: "Łódź", cmd: "manifest", args });
  const kept = await send(token);
  const { id } = JSON.parse(kept.args);
  const storedAt = "1970-01-01T00:00:01.000Z";
  const wanted = { text: "stored", cmd: "manifest" };
  assertAnswer(kept, { ...wanted, args: { id, storedAt, duplicate: false } });
  assertAnswer(await send(token), { ...wanted, args: { id, storedAt, duplicate: true } });
  assertEquals(store.manifest(id), {
    kind: "manifest",
    id,
    source: "Łódź",
    madeAtMs: NOW_MS,
    entries: [
      { city: "Köln", wagons: 3 },
      { city: "__proto__", wagons: 4_294_967_295 },
      { city: "7", wagons: 1 },
    ],
    storedAtMs: 1000,
  });
  assertEquals(events.of("manifest").map(({ duplicate }) => duplicate), [false, true]);
});

test("tokens: a manifest that is none is an error, which names the city", async () => {
  const { send, store } = makeTokens();
  const manifest = (args: string, userID = "") => send({ cmd: "manifest", args, userID });
  assertError(await manifest(""), "invalid", "no JSON");
  assertError(await manifest("[5]"), "invalid", "no JSON object");
  assertError(await manifest('{"a":1,"a":1}'), "invalid", '"a" comes twice, in line 1, column 8');
  assertError(await manifest("{}"), "invalid", "no entry");
  assertError(await manifest('{"Köln":"3"}'), "invalid", '"Köln" has a text');
  assertError(await manifest('{"Köln":-3}'), "invalid", "Köln has -3 wagons");
  assertError(await manifest('{"a=b":3}'), "invalid", "has a '='");
  assertError(await manifest('{"Köln":3}', "\n"), "invalid", "source has a control character");
  assertError(await manifest('{"Köln":3}', "\ud800"), "invalid", "source is no valid Unicode");
  assertEquals(Array.from(store.manifests()), []);
});

test("tokens: what was done is not done again after a restart", async () => {
  const folder = await Deno.makeTempDir({ prefix: "wagons-" });
  try {
    const duplicates: boolean[] = [];
    const { seal } = makeTokens();
    const tokens = [
      seal({ cmd: "say", text: "hello" }),
      seal({ cmd: "manifest", args: '{"Köln":3}' }),
    ];
    for (let run = 0; run < 2; run++) {
      const store = openSqliteStore(`${folder}/wagons.db`);
      const { send } = makeTokens({ store });
      for (const token of tokens) duplicates.push(JSON.parse((await send(token)).args).duplicate);
      store.close();
    }
    assertEquals(duplicates, [false, false, true, true]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("tokens: a new token proves that a peer has the key, and one that comes again does not", async () => {
  const { hub, events, seal } = makeTokens();
  const sealer = new TokenSeal(KEY, { nowMs: () => NOW_MS });
  const tokens = [
    seal({ cmd: "say", text: "hello" }),
    seal({ cmd: "manifest", args: '{"Köln":3}' }),
  ].map((token) => sealer.open(token));
  const [one, two] = [connect(hub, PEER), connect(hub, PEER)];
  const sealed = events.of("sealed").length;
  for (const [peer, duplicate] of [[one, false], [one, true], [two, true]] as const) {
    for (const token of tokens) {
      const { args } = await hub.tokens.handle(peer, token);
      assertEquals(JSON.parse(args).duplicate, duplicate);
    }
  }
  assertEquals([one.isProven, two.isProven], [true, false]);
  assertEquals(events.of("sealed").length, sealed + 1);
  assertEquals(one.tally.tokens.repeated, 4);
  await hub.tokens.handle(two, sealer.open(seal({ cmd: "ping" })));
  assertEquals([two.isProven, events.of("sealed").length], [true, sealed + 2]);
});

test("tokens: a text without a command is said where the listener wants that", async () => {
  const { hub, peer, seal } = makeTokens();
  const sealer = new TokenSeal(KEY, { nowMs: () => NOW_MS });
  const handle = (text: string, saysTexts: boolean) =>
    hub.tokens.handle(peer, sealer.open(seal({ text })), { saysTexts });
  assertEquals((await handle("hello", true)).cmd, "say");
  assertError(await handle("", true), "unsupported", 'no command ""');
  assertError(await handle("hello", false), "unsupported", 'no command ""');
  assertEquals(peer.tally.tokens.byKind, {
    ...{ handshake: 0, ping: 0, say: 0, manifest: 0, dictionary: 0, other: 0 },
    none: 3,
  });
});

test("tokens: what the store cannot keep is an error, and why is not told", async () => {
  const { send, store, events } = makeTokens();
  store.isHolding = store.isHoldingEvents = true;
  const kept = send({ cmd: "manifest", args: '{"Köln":3}' });
  const said = send({ cmd: "say", text: "hello" });
  store.held[0]!.reject(new Error("the disk is full"));
  store.heldEvents[0]!.reject(new Error("the disk is full"));
  for (const answer of [await kept, await said]) assertError(answer, "failed", "Try again later");
  assertEquals(events.of("fault").map(({ error }) => String(error)), [
    "Error: the disk is full",
    "Error: the disk is full",
  ]);
});

test("tokens: more than others can hear is not said", async () => {
  const { send, store } = makeTokens();
  store.isHoldingEvents = true;
  const said = Array.from({ length: MAX_SAYING }, () => send({ cmd: "say", text: "hello" }));
  assertError(await send({ cmd: "say", text: "hello" }), "failed", "More is said");
  store.releaseEvents();
  assertEquals(new Set((await Promise.all(said)).map(({ cmd }) => cmd)), new Set(["say"]));
});

test("tokens: a server that stops answers what is running, and says so to the rest", async () => {
  const { hub, send, store } = makeTokens();
  store.isHolding = store.isHoldingEvents = true;
  const running = [
    send({ cmd: "say", text: "hello" }),
    send({ cmd: "manifest", args: '{"Köln":3}' }),
  ];
  await turn();
  const stopping = stop(hub);
  for (const cmd of ["handshake", "ping", "say", "manifest", "", "reboot"]) {
    assertError(await send({ cmd, text: "a" }), "shuttingDown", "This server is stopping.");
  }
  await turn();
  assertEquals(hub.stopped.aborted, false);
  store.releaseEvents();
  store.held[0]!.resolve({ storedAtMs: 1000, duplicate: false });
  assertEquals((await Promise.all(running)).map(({ text }) => text), ["said", "stored"]);
  await stopping;
  assertEquals((await hub.drain()).finished, 2);
});

test("tokens: each is told where requests are traced, by its command where that is known", async () => {
  const traced = makeTokens({ traceRequests: true });
  for (const cmd of ["handshake", "ping", "\x1b[2J", ""]) await traced.send({ cmd });
  const kinds = traced.events.of("request").map(({ kind }) => kind);
  assertEquals(kinds, ["token handshake", "token ping", "token", "token"]);
  const { send, events } = makeTokens();
  await send({ cmd: "ping" });
  assertEquals(events.of("request"), []);
});

test("tokens: a refusal can be told as an error", () => {
  const { hub, peer } = makeTokens();
  const refusal = hub.refuse(peer, 12, "There is no key.");
  assertError(hub.tokens.error(refusal), "noKey", "There is no key.");
  assertMatch(refusalName(99), /^unknown$/);
});

test("tokens: two runs of a server are told apart, and a server has some name", () => {
  const [one, two]: Hub[] = [makeRoom().hub, makeRoom().hub];
  assert(one!.identity.id !== two!.identity.id);
  assertEquals([one!.identity.name, one!.identity.endpoints], ["wagons", []]);
});
