/**
 * Whom the hub trusts: by key, by certificate, or because they are on its machine.
 *
 * @module
 */

import { assert, assertEquals, assertStringIncludes } from "@std/assert";
import { Hub } from "../../lib/hub/hub.ts";
import type { HubOptions } from "../../lib/hub/hub_options.ts";
import { Peer, type PeerInfo } from "../../lib/hub/peer.ts";
import { type Message, RefusalCode } from "../../lib/wire/messages.ts";
import { EventLog } from "../helpers/events.ts";
import { FakeOutlet } from "../helpers/fake_outlet.ts";
import { FakeStore } from "../helpers/fake_store.ts";
import { FAST, LOCAL, REMOTE, sampleManifest, slow } from "../helpers/samples.ts";
import { stop } from "../helpers/stopped.ts";
import { test } from "../helpers/strict.ts";

const KEY = new Uint8Array(32).fill(7);
const SHUTDOWN: Message = { kind: "shutdown" };
const WHO: Message = { kind: "who" };
const JOIN: Message = { kind: "join", name: "Ann" };
const IDENTIFIED: PeerInfo = { ...REMOTE, identity: "yard.example" };

function makeHub(options: Partial<HubOptions> = {}): { hub: Hub; events: EventLog } {
  const events = new EventLog();
  return { hub: new Hub({ store: new FakeStore(), onEvent: events.take, ...options }), events };
}

function join(hub: Hub, info: PeerInfo): Peer {
  const peer = hub.connect(info);
  assert(peer instanceof Peer, "the hub takes the peer");
  return peer;
}

/** A peer comes and fails to prove that it has the key; gives how long its answer waits. */
function fail(hub: Hub, info: PeerInfo): number {
  return hub.gate.failProof(join(hub, info), performance.now());
}

/** What comes of a message: its answer's kind, or the code of a Refusal. */
async function outcome(hub: Hub, peer: Peer, message: Message): Promise<string | number> {
  const handled = await hub.handle(peer, message, 0);
  const answer = handled?.kind === "lazy" ? await handled.make() : handled;
  return answer?.kind === "refusal" ? answer.code : `${answer?.kind}`;
}

const { sealRequired, forbidden } = RefusalCode;

/** What a manifest and a shutdown lead to, for each kind of peer. */
const POLICY: {
  name: string;
  options: Partial<HubOptions>;
  local: [string | number, string | number];
  remote: [string | number, string | number];
}[] = [
  {
    name: "without a key programs of this machine are trusted",
    options: {},
    local: ["receipt", "shutdownReport"],
    remote: [forbidden, forbidden],
  },
  {
    name: "with a key nobody is trusted for an address",
    options: { key: KEY },
    local: [sealRequired, sealRequired],
    remote: [sealRequired, sealRequired],
  },
  {
    name: "open and without a key, manifests are taken from all",
    options: { isOpen: true },
    local: ["receipt", "shutdownReport"],
    remote: ["receipt", forbidden],
  },
  {
    name: "open and with a key, manifests are taken from all",
    options: { key: KEY, isOpen: true },
    local: ["receipt", sealRequired],
    remote: ["receipt", sealRequired],
  },
];

for (const { name, options, local, remote } of POLICY) {
  for (
    const [where, info, expected] of [["here", LOCAL, local], [
      "elsewhere",
      REMOTE,
      remote,
    ]] as const
  ) {
    test(`${name}: a peer from ${where}`, async () => {
      const { hub } = makeHub(options);
      const peer = join(hub, info);
      assertEquals(await outcome(hub, peer, FAST), "fastResponse");
      assertEquals(await outcome(hub, peer, slow(0)), "slowResponse");
      const outcomes = [await outcome(hub, peer, sampleManifest(1))];
      // Whose manifests are taken, may also come into the room.
      const mayChat = outcomes[0] === "receipt";
      assertEquals(await outcome(hub, peer, WHO), mayChat ? "members" : outcomes[0]!);
      peer.outlet = new FakeOutlet();
      assertEquals(await outcome(hub, peer, JOIN), mayChat ? "joined" : outcomes[0]!);
      outcomes.push(await outcome(hub, peer, SHUTDOWN));
      assertEquals(outcomes, [...expected]);
      await stop(hub);
    });

    test(`${name}: a peer from ${where} that has proved that it has the key`, async () => {
      const { hub, events } = makeHub(options);
      const peer = join(hub, info);
      hub.prove(peer);
      assertEquals(events.of("sealed"), [{ event: "sealed", peer: info }]);
      assertEquals(await outcome(hub, peer, sampleManifest(1)), "receipt");
      assertEquals(await outcome(hub, peer, { kind: "empty" }), "empty");
      assertEquals(await outcome(hub, peer, SHUTDOWN), "shutdownReport");
      await stop(hub);
    });
  }

  test(`${name}: a peer with a certificate that the server trusts`, async () => {
    const { hub } = makeHub(options);
    const peer = join(hub, IDENTIFIED);
    assertEquals(await outcome(hub, peer, sampleManifest(1)), "receipt");
    assertEquals(await outcome(hub, peer, SHUTDOWN), "shutdownReport");
    await stop(hub);
  });
}

test("a refused manifest is named by its id, and nothing is stored", async () => {
  const store = new FakeStore();
  const { hub } = makeHub({ key: KEY, store });
  const manifest = sampleManifest(1);
  const answer = await hub.handle(join(hub, LOCAL), manifest, 0);
  assert(answer?.kind === "refusal");
  assertEquals([answer.code, answer.id], [sealRequired, manifest.id]);
  assertStringIncludes(answer.text, "sealed session");
  assertEquals(store.manifest(manifest.id), undefined);
});

test("a session is begun with the hub's key, or refused by one without", () => {
  const { hub } = makeHub({ key: KEY });
  assertEquals(hub.greet(join(hub, REMOTE)), KEY);
  const { hub: keyless } = makeHub();
  const refusal = keyless.greet(join(keyless, LOCAL));
  assert(!(refusal instanceof Uint8Array));
  assertEquals(refusal.code, RefusalCode.noKey);
});

test("an address that fails to prove the key is refused for a time; this machine is not", () => {
  const limits = {
    firstDelayMs: 10,
    maxDelayMs: 40,
    maxFailures: 3,
    blockMs: 60_000,
    forgetMs: 60_000,
    maxAddresses: 10,
  };
  const { hub } = makeHub({ key: KEY, proofLimits: limits });
  for (const info of [REMOTE, LOCAL]) {
    const delays = [1, 2, 3, 4].map(() => fail(hub, info));
    assertEquals(delays, [10, 20, 40, 40]);
  }
  const refusal = hub.greet(join(hub, { ...REMOTE, address: "192.0.2.9:9" }));
  assert(!(refusal instanceof Uint8Array));
  assertEquals(refusal.code, RefusalCode.tooManyFailedProofs);
  assertStringIncludes(refusal.text, "60 s");
  assertEquals(hub.greet(join(hub, LOCAL)), KEY);
  assertEquals(hub.greet(join(hub, { ...REMOTE, host: "192.0.2.10" })), KEY);
  // Somebody else at the address has the key: a session of before, whose proof comes now.
  hub.prove(join(hub, REMOTE));
  assertEquals(hub.greet(join(hub, REMOTE)), KEY);
});

test("a machine with a wrong key does not shut its neighbours out, until its whole site fails", () => {
  const { hub } = makeHub({
    key: KEY,
    proofLimits: {
      ...{ firstDelayMs: 1, maxDelayMs: 1, maxFailures: 2 },
      ...{ blockMs: 60_000, forgetMs: 60_000, maxAddresses: 1000 },
    },
  });
  const at = (host: string) => ({ ...REMOTE, host });
  const isRefused = (host: string) => !(hub.greet(join(hub, at(host))) instanceof Uint8Array);
  for (let i = 0; i < 3; i++) fail(hub, at("2001:db8:1:2::bad"));
  assertEquals(["2001:db8:1:2::bad", "2001:db8:1:2::600d"].map(isRefused), [true, false]);
  for (let i = 0; i < 2; i++) fail(hub, at("fe80::1%eth0"));
  assertEquals(["fe80::1%eth0", "fe80::2%eth0", "fe80::1%eth1"].map(isRefused), [
    true,
    false,
    false,
  ]);
  // The hosts of a network change, and it goes on: 32 failures are too many for a /64.
  for (let i = 0; i < 29; i++) fail(hub, at(`2001:db8:1:2::${i.toString(16)}`));
  assertEquals(["2001:db8:1:2::600d", "2001:db8:1:3::600d"].map(isRefused), [true, false]);
});

test("a site cannot take all connections by changing its addresses", () => {
  const { hub } = makeHub({ maxConnectionsPerAddress: 2 });
  const at = (host: string) => ({ ...REMOTE, host });
  for (let i = 0; i < 4; i++) join(hub, at(`2001:db8:1:2::${i}`));
  const fifth = hub.connect(at("2001:db8:1:2::5"));
  assert(!(fifth instanceof Peer));
  assertStringIncludes(fifth.text, "2001:db8:1:2::/64");
  for (let i = 0; i < 4; i++) join(hub, at(`2001:db8:1:${3 + i}::1`));
  assert(!(hub.connect(at("2001:db8:1:9::1")) instanceof Peer), "8 of a /48");
  join(hub, at("2001:db8:2::1"));
});

test("one address cannot take all connections; this machine's programs can", () => {
  const { hub } = makeHub({ maxConnectionsPerAddress: 2 });
  const first = join(hub, REMOTE);
  join(hub, { ...REMOTE, host: "::ffff:192.0.2.9" });
  const third = hub.connect(REMOTE);
  assert(!(third instanceof Peer));
  assertEquals(third.code, RefusalCode.tooManyConnections);
  join(hub, { ...REMOTE, host: "192.0.2.10" });
  for (let i = 0; i < 5; i++) join(hub, LOCAL);
  hub.leave(first, "tested");
  join(hub, REMOTE);
  assert(!(hub.connect(REMOTE) instanceof Peer));
});
