/**
 * An attacker of sealed sessions: random and changed handshakes and sealed frames, each on a
 * connection of its own, against one hub.
 *
 * @module
 */

import { setImmediate } from "node:timers";
import { Hub } from "../../lib/hub/hub.ts";
import { Peer } from "../../lib/hub/peer.ts";
import { MAX_EAX_BYTES } from "../../lib/limits/connections.ts";
import { PeerConnection } from "../../lib/listeners/peer_connection.ts";
import type { Added } from "../../lib/store/records.ts";
import { decodeBody } from "../../lib/wire/codec.ts";
import { FrameDecoder } from "../../lib/wire/frame_decoder.ts";
import { FrameEncoder } from "../../lib/wire/frame_encoder.ts";
import type { Manifest, Message, Received } from "../../lib/wire/messages.ts";
import { makeUuidV7 } from "../../lib/wire/uuid.ts";
import { WireError } from "../../lib/wire/wire_error.ts";
import { FakeConn } from "./fake_conn.ts";
import { FakeStore } from "./fake_store.ts";
import { concat, frames } from "./raw_client.ts";
import { KEY, OTHER_KEY, SealedPeer } from "./sealed_peer.ts";

/** What came of an attack. */
export interface AttackReport {
  /** Connections. */
  runs: number;
  /** Those whose three frames said what an honest client says: their manifests are stored. */
  honest: number;
  /** Refusals by the name of what the attacker did, so that no kind has done nothing. */
  byTrick: Record<string, number>;
  /** Peers that the hub still counts at the end. */
  peersLeft: number;
}

/** So that a manifest with it is sealed by the other cipher than a short message. */
const LONG_NAME = "П".repeat(2 * MAX_EAX_BYTES);

/** Connections at once: their delays pass together. */
const BATCH = 500;

/** Random numbers that a seed repeats (mulberry32, public domain). */
function randomFrom(seed: number): (below: number) => number {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), seed | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor(((t ^ (t >>> 14)) >>> 0) / 2 ** 32 * below);
  };
}

type Random = (below: number) => number;

/** What an attacker has: what an honest client sends, and what one has sent before. */
interface Scene {
  /** The Hello that was sent. */
  hello: Uint8Array;
  /** The proof, and the manifest behind it. */
  behind: Uint8Array[];
  /** The three frames of a session before. */
  older: Uint8Array[];
  random: Random;
}

function bytesOf(random: Random, length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random(256));
}

function flip(frame: Uint8Array, random: Random): Uint8Array {
  frame[random(frame.length)]! ^= 1 << random(8);
  return frame;
}

/** What the attacker makes of one frame, the Hello or another: by name. */
const FRAME_TRICKS: Record<string, (frame: Uint8Array, random: Random) => Uint8Array> = {
  "flip a bit": flip,
  "flip some bits": (frame, random) => {
    for (let i = random(8); i >= 0; i--) flip(frame, random);
    return frame;
  },
  "cut a frame short": (frame, random) => frame.subarray(0, random(frame.length)),
  "put bytes in": (frame, random) => {
    const at = random(frame.length + 1);
    return concat(frame.subarray(0, at), bytesOf(random, 1 + random(20)), frame.subarray(at));
  },
};

/** What the attacker sends behind the Hello: by name. */
const TRICKS: Record<string, (scene: Scene) => Uint8Array> = {
  "nothing": ({ behind }) => concat(...behind),
  "another key": ({ behind }) => concat(...behind),
  "put a frame of an older session in": ({ behind, older, random }) => {
    const at = random(behind.length);
    return concat(...behind.map((frame, i) => i === at ? older[random(older.length)]! : frame));
  },
  "send an older session": ({ older }) => concat(...older.slice(1)),
  "another order": ({ hello, behind, random }) => {
    const all = [hello, ...behind];
    return concat(...Array.from({ length: 1 + random(4) }, () => all[random(all.length)]!));
  },
  "random bytes": ({ random }) => bytesOf(random, random(200)),
  "random sealed frames": ({ random }) => {
    // Such as either cipher would have sealed.
    const sealed = (): Message => {
      const body = bytesOf(random, random(2) === 0 ? random(80) : 1000 + random(1000));
      return { kind: "sealed", body };
    };
    return frames(...Array.from({ length: 1 + random(3) }, sealed));
  },
  "a random Hello": ({ behind, random }) => {
    const version = random(3) * random(2 ** 31);
    return concat(frames({ kind: "hello", version, nonce: bytesOf(random, 16) }), ...behind);
  },
  ...Object.fromEntries(
    Object.entries(FRAME_TRICKS).map(([name, trick]) => [name, ({ behind, random }: Scene) => {
      const at = random(behind.length);
      const changed = behind.map((frame, i) => i === at ? trick(frame.slice(), random) : frame);
      return concat(...changed);
    }]),
  ),
};
const NAMES = Object.keys(TRICKS);

/**
 * Runs an attack: gives the report, or throws with the seed and the run when something was taken
 * that an honest client did not say, or something honest was not.
 *
 * @param runs Connections.
 * @param seed What the random numbers depend on.
 * @param onProgress Is called behind each batch, with the connections so far.
 */
export async function attackSessions(
  runs: number,
  seed: number,
  onProgress: (runs: number) => void = () => {},
): Promise<AttackReport> {
  const random = randomFrom(seed);
  const report: AttackReport = { runs: 0, honest: 0, byTrick: {}, peersLeft: 0 };
  const store = new IdStore();
  let during = "";
  const hub = new Hub({
    store,
    key: KEY,
    maxRefusals: 1000,
    proofLimits: {
      firstDelayMs: 0,
      maxDelayMs: 0,
      maxFailures: Infinity,
      blockMs: 0,
      forgetMs: 1,
      maxAddresses: 100,
    },
    onEvent: (event) => {
      if (event.event === "fault") {
        throw new Error(`${during}: ${event.doing}`, { cause: event.error });
      }
      if (event.event === "disconnected") report.peersLeft = event.connections;
    },
  });
  const encoder = new FrameEncoder();
  let older: Uint8Array[] = [1, 2, 3].map(() => new Uint8Array(0));

  const once = async (number: number): Promise<void> => {
    const name = NAMES[number % NAMES.length]!;
    const conn = new FakeConn();
    const info = {
      dialect: "tcp",
      address: `${number}`,
      host: `${number % 1000}`,
      isLoopback: false,
    };
    const peer = hub.connect(info);
    if (!(peer instanceof Peer)) throw new Error(`The hub takes no more peers: ${peer.text}`);
    const connection = new PeerConnection(conn.asTcp, peer, hub, encoder, {
      maxFrameBytes: 10_000,
      frameTimeoutMs: 1e9,
      stallTimeoutMs: 1e9,
      proofTimeoutMs: 1e9,
    });
    const running = connection.run();
    using client = new SealedPeer(name === "another key" ? OTHER_KEY : KEY, random(256));
    const id = makeUuidV7(number, bytesOf(random, 10));
    const manifest = {
      ...{ kind: "manifest", id, source: "attack", madeAtMs: 1 } as const,
      // Every other one is so long that it is sealed by the other cipher.
      entries: [{ city: random(2) === 0 ? "Пермь" : LONG_NAME, wagons: number % 100 }],
    };
    const hello = frames(client.hello);
    const frameTrick = random(3) === 0 ? FRAME_TRICKS[name] : undefined;
    const first = frameTrick === undefined ? hello : frameTrick(hello.slice(), random);
    conn.push(first);
    await settled();
    const welcome = decode(concat(...conn.writes)).find(({ kind }) => kind === "welcome");
    if (welcome !== undefined) client.begin(welcome);
    // Without a Welcome there are no keys: what is sent then is sealed for nobody.
    const seal = (message: Message): Message =>
      welcome === undefined ? { kind: "sealed", body: bytesOf(random, 40) } : client.seal(message);
    const behind = [frames(seal({ kind: "empty" })), frames(seal(manifest))];
    const second = frameTrick === undefined
      ? TRICKS[name]!({ hello, behind, older, random })
      : concat(...behind);
    conn.push(second.slice());
    conn.push(null);
    await running;

    // What says the same as an honest client does is honest, however it is written.
    const honest = [hello, ...behind];
    const wanted = welcome !== undefined && name !== "another key" &&
      isPrefix(decode(concat(...honest)), decode(concat(first, second)));
    const isStored = store.ids.delete(id);
    if (isStored !== wanted) {
      const what = isStored ? "was taken" : "was not taken";
      throw new Error(`Seed ${seed}, run ${number}: ${name}: the manifest ${what}`);
    }
    if (isStored) report.honest++;
    else report.byTrick[name] = (report.byTrick[name] ?? 0) + 1;
    report.runs++;
    if (number % 7 === 0) older = honest;
  };

  for (let from = 0; from < runs; from += BATCH) {
    const batch = Array.from({ length: Math.min(BATCH, runs - from) }, (_, i) => from + i);
    during = `the batch from ${from}`;
    await Promise.all(batch.map(once));
    onProgress(report.runs);
  }
  if (store.ids.size > 0) throw new Error(`Seed ${seed}: manifests of nobody were taken`);
  return report;
}

/** Remembers the ids of what was stored until they are asked for: a million would be a leak. */
class IdStore extends FakeStore {
  readonly ids = new Set<string>();

  override addManifest(manifest: Manifest): Promise<Added> {
    this.ids.add(manifest.id);
    return Promise.resolve({ storedAtMs: 1000, duplicate: false });
  }
}

/** What the frames of a stream say, as far as they are whole and right. */
function decode(stream: Uint8Array): Received[] {
  const messages: Received[] = [];
  try {
    new FrameDecoder({ maxFrameBytes: 10_032 }).decode(stream, (bytes, start, end) => {
      messages.push(decodeBody(bytes, start, end));
    });
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
  }
  return messages;
}

function isPrefix(prefix: readonly Received[], messages: readonly Received[]): boolean {
  return prefix.every((message, i) => JSON.stringify(message) === JSON.stringify(messages[i]));
}

/** Lets everything happen that can happen without time passing. */
function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
