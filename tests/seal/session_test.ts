/**
 * Sealed sessions: what the other side has sealed opens, in its place, and nothing else does.
 *
 * @module
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { MAX_EAX_BYTES } from "../../lib/limits/connections.ts";
import { sealChaCha } from "../../lib/seal/chacha.ts";
import { Channel } from "../../lib/seal/channel.ts";
import { Eax } from "../../lib/seal/eax.ts";
import { SealError } from "../../lib/seal/seal_error.ts";
import { SessionError } from "../../lib/seal/session_error.ts";
import { ClientSession, ServerSession } from "../../lib/seal/session.ts";
import type { Received, Welcome } from "../../lib/wire/messages.ts";
import { decodeBody } from "../../lib/wire/codec.ts";
import { FrameDecoder } from "../../lib/wire/frame_decoder.ts";
import { encodeFrame } from "../../lib/wire/frame_encoder.ts";
import { sealBody } from "../helpers/seal_body.ts";
import { test } from "../helpers/strict.ts";
import { toHex } from "../wire/arbitraries.ts";
import { bytesOf, bytesOfSize } from "./arbitraries.ts";

const KEY = new Uint8Array(32).fill(7);
const TIMEOUT_MS = 10_000;

interface Pair extends Disposable {
  client: ClientSession;
  server: ServerSession;
}

interface Wanted {
  clientKey?: Uint8Array;
  serverKey?: Uint8Array;
  nonces?: [number, number];
  nowMs?: number;
  change?: (welcome: Welcome) => Welcome;
}

/** The two sides of a session that has been agreed on. */
function agree(wanted: Wanted = {}): Pair {
  const [clientNonce, serverNonce] = wanted.nonces ?? [1, 2];
  const client = new ClientSession(wanted.clientKey ?? KEY, new Uint8Array(16).fill(clientNonce));
  const server = new ServerSession(client.hello, {
    key: wanted.serverKey ?? KEY,
    nonce: new Uint8Array(16).fill(serverNonce),
    maxMessageBytes: 1000,
    nowMs: wanted.nowMs ?? 0,
    proofTimeoutMs: TIMEOUT_MS,
  });
  client.begin((wanted.change ?? ((welcome) => welcome))(server.welcome));
  const dispose = () => [client, server].forEach((side) => side.close());
  return { client, server, [Symbol.dispose]: dispose };
}

function refused(
  fn: () => unknown,
  reason: SealError["reason"] | SessionError["reason"],
  what?: string,
): void {
  const error = assertThrows(fn, Error, undefined, what);
  assert(error instanceof SealError || error instanceof SessionError, String(error));
  assertEquals(error.reason, reason, what);
}

/** Bodies for both ciphers, and such that another byte makes it the other one. */
const body = fc.oneof(
  fc.uint8Array({ maxLength: 200, size: "max" }),
  bytesOfSize(fc.integer({ min: MAX_EAX_BYTES - 20, max: MAX_EAX_BYTES + 20 })),
  bytesOfSize(fc.integer({ min: MAX_EAX_BYTES, max: 3 * MAX_EAX_BYTES })),
);
const bodies = fc.array(body, { minLength: 1, maxLength: 8, size: "max" });

test("what one side seals the other opens, in both directions", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), body), { maxLength: 12 }), (messages) => {
      using pair = agree();
      for (const [isClients, message] of messages) {
        const [from, to] = isClients ? [pair.client, pair.server] : [pair.server, pair.client];
        assertEquals(to.open(sealBody(from, message)), message);
      }
    }),
    { numRuns: 1000 },
  );
});

test("long messages and short ones share one count", () => {
  using pair = agree();
  const sizes = [MAX_EAX_BYTES + 1, 3, MAX_EAX_BYTES, 1_000_000, 0, MAX_EAX_BYTES + 1];
  const messages = sizes.map((size, i) => bytesOf(size, i + 1));
  const sealed = messages.map((message) => sealBody(pair.client, message));
  for (const [i, message] of messages.entries()) {
    // Compared by hand: a failure of assertEquals would print megabytes.
    assert(toHex(pair.server.open(sealed[i]!)) === toHex(message), `the message ${i}`);
  }
});

test("a message is sealed in the frame that it goes in", () => {
  fc.assert(
    fc.property(body, fc.nat(), (message, cut) => {
      using pair = agree();
      const at = cut % (message.length + 1);
      const frame = pair.client.sealFrame([message.subarray(0, at), message.subarray(at)]);
      const read: Received[] = [];
      new FrameDecoder({ maxFrameBytes: 10_000 }).decode(frame, (bytes, start, end) => {
        read.push(decodeBody(bytes, start, end));
      });
      const [sealed] = read;
      assert(read.length === 1 && sealed?.kind === "sealed");
      assertEquals(frame, encodeFrame(sealed));
      assertEquals(pair.server.open(sealed.body), message);
    }),
    { numRuns: 1000 },
  );
});

test("any flipped bit is refused", () => {
  fc.assert(
    fc.property(body, fc.nat(), (message, at) => {
      using pair = agree();
      const sealed = sealBody(pair.client, message);
      const bit = at % (sealed.length * 8);
      sealed[bit >> 3]! ^= 1 << (bit & 7);
      refused(() => pair.server.open(sealed), "wrongTag");
      assertEquals(pair.server.isProven, false);
    }),
    { numRuns: 2000 },
  );
});

test("any truncation and any extension is refused", () => {
  fc.assert(
    fc.property(
      body,
      fc.nat(),
      fc.uint8Array({ minLength: 1, maxLength: 20 }),
      (message, at, more) => {
        const sealedBy = (pair: Pair) => sealBody(pair.client, message);
        using one = agree();
        const sealed = sealedBy(one);
        assertThrows(() => one.server.open(sealed.subarray(0, at % sealed.length)), SealError);
        using other = agree();
        const extended = Uint8Array.of(...sealedBy(other), ...more);
        assertThrows(() => other.server.open(extended), SealError);
      },
    ),
    { numRuns: 1000 },
  );
});

test("any message out of its place is refused: swapped, left out, or sent again", () => {
  fc.assert(
    fc.property(bodies, fc.nat(), fc.nat(), (messages, from, to) => {
      using pair = agree();
      const sealed = messages.map((message) => sealBody(pair.client, message));
      // The message that should come at `to` is another one.
      to %= sealed.length;
      from %= sealed.length + 1;
      const given = from === sealed.length ? undefined : sealed[from]!;
      for (let i = 0; i < to; i++) assertEquals(pair.server.open(sealed[i]!), messages[i]!);
      if (from === to || given === undefined) return;
      refused(() => pair.server.open(given), "wrongTag", `${from} in the place of ${to}`);
      // The session is lost: what would have been right does not open any more.
      refused(() => pair.server.open(sealed[to]!), "wrongTag");
    }),
    { numRuns: 2000 },
  );
});

test("behind a message that does not open nothing opens, were it the right one", () => {
  const sizes = [1, MAX_EAX_BYTES + 1];
  for (const firstBytes of sizes) {
    for (const secondBytes of sizes) {
      using pair = agree();
      const [first, second] = [firstBytes, secondBytes].map((size) =>
        sealBody(pair.client, bytesOf(size, 1))
      );
      first![0]! ^= 1;
      refused(() => pair.server.open(first!), "wrongTag");
      assertEquals(pair.server.isProven, false);
      refused(() => pair.server.open(second!), "wrongTag");
    }
  }
});

test("a message sent back to its sender is refused", () => {
  for (const size of [1, MAX_EAX_BYTES + 1]) {
    using pair = agree();
    refused(() => pair.client.open(sealBody(pair.client, bytesOf(size, 1))), "wrongTag");
    refused(() => pair.server.open(sealBody(pair.server, bytesOf(size, 1))), "wrongTag");
  }
});

test("a message of any other session is refused", () => {
  const others: Record<string, Wanted> = {
    "another nonce of the client": { nonces: [3, 2] },
    "another nonce of the server": { nonces: [1, 3] },
    "the nonces exchanged": { nonces: [2, 1] },
    "another key": { clientKey: new Uint8Array(32).fill(8), serverKey: new Uint8Array(32).fill(8) },
  };
  for (const [what, wanted] of Object.entries(others)) {
    for (const size of [1, MAX_EAX_BYTES + 1]) {
      using pair = agree();
      using other = agree(wanted);
      refused(() => pair.server.open(sealBody(other.client, bytesOf(size, 1))), "wrongTag", what);
      refused(() => pair.client.open(sealBody(other.server, bytesOf(size, 1))), "wrongTag", what);
    }
  }
});

test("keys that differ in one bit open nothing of each other", () => {
  for (let bit = 0; bit < 256; bit++) {
    const clientKey = KEY.slice();
    clientKey[bit >> 3]! ^= 1 << (bit & 7);
    for (const size of [0, MAX_EAX_BYTES + 1]) {
      using pair = agree({ clientKey });
      refused(() => pair.server.open(sealBody(pair.client, new Uint8Array(size))), "wrongTag");
      assertEquals(pair.server.isProven, false);
    }
  }
});

test("a Welcome that was changed on the way leads to nothing", () => {
  const changes: ((welcome: Welcome) => Welcome)[] = [
    (welcome) => ({ ...welcome, maxMessageBytes: welcome.maxMessageBytes + 1 }),
    (welcome) => ({ ...welcome, nonce: new Uint8Array(16).fill(9) }),
  ];
  for (const change of changes) {
    using pair = agree({ change });
    refused(() => pair.server.open(sealBody(pair.client, Uint8Array.of(1))), "wrongTag");
  }
});

test("versions that are not spoken are refused by either side", () => {
  const nonce = new Uint8Array(16);
  const options = { key: KEY, nonce, maxMessageBytes: 1, nowMs: 0, proofTimeoutMs: 1 };
  const greet = (version: number) => new ServerSession({ kind: "hello", version, nonce }, options);
  for (const version of [0, 1]) refused(() => greet(version), "unsupportedVersion");
  for (const version of [0, 1, 3]) {
    const change = (welcome: Welcome) => ({ ...welcome, version });
    refused(() => agree({ change }), "unsupportedVersion");
  }
  // A client that speaks a newer one too is told to speak this one.
  assertEquals(greet(7).welcome.version, 2);
});

test("a client seals nothing before the Welcome, and takes one only", () => {
  const client = new ClientSession(KEY, new Uint8Array(16));
  refused(() => sealBody(client, new Uint8Array(0)), "outOfTurn");
  refused(() => client.open(new Uint8Array(16)), "outOfTurn");
  using pair = agree();
  refused(() => pair.client.begin(pair.server.welcome), "outOfTurn");
});

test("a side is proven by the first message that opens, and by no other", () => {
  using pair = agree();
  assertEquals([pair.client.isProven, pair.server.isProven], [false, false]);
  const sealed = sealBody(pair.client, new Uint8Array(0));
  assertEquals(pair.server.open(sealed), new Uint8Array(0));
  assertEquals([pair.client.isProven, pair.server.isProven], [false, true]);
  const long = sealBody(pair.server, new Uint8Array(MAX_EAX_BYTES + 1));
  pair.client.open(long);
  assertEquals(pair.client.isProven, true);
  refused(() => pair.client.open(long), "wrongTag");
});

test("a client is late when its time is over and it has proved nothing", () => {
  using pair = agree({ nowMs: 5_000 });
  assertEquals(pair.server.isLate(5_000 + TIMEOUT_MS), false);
  assertEquals(pair.server.isLate(5_001 + TIMEOUT_MS), true);
  pair.server.open(sealBody(pair.client, new Uint8Array(0)));
  assertEquals(pair.server.isLate(Infinity), false);
});

test("the keys are those that proto/wagons.proto says", async () => {
  using pair = agree();
  // The same by another implementation of HKDF, and with the numbers written down.
  const material = await crypto.subtle.importKey("raw", KEY, "HKDF", false, ["deriveBits"]);
  const derived = new Uint8Array(
    await crypto.subtle.deriveBits(
      {
        name: "HKDF",
        hash: "SHA-256",
        salt: Uint8Array.of(...new Uint8Array(16).fill(1), ...new Uint8Array(16).fill(2)),
        info: Uint8Array.of(
          ...new TextEncoder().encode("wagons session"),
          ...[0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 3, 232],
        ),
      },
      material,
      8 * 144,
    ),
  );
  const part = (index: number) => derived.subarray(32 * index, 32 * (index + 1));
  for (const [number, side] of [pair.client, pair.server].entries()) {
    using eax = new Eax(part(number));
    const associatedData = Uint8Array.of(...derived.subarray(128), number);
    for (const count of [0, 1, 2, 3, 4]) {
      const nonce = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, count);
      const message = bytesOf(count % 2 === 0 ? 64 : 65, count);
      const expected = count % 2 === 0 ? eax.seal(nonce, message, associatedData) : sealChaCha(
        part(2 + number),
        Uint8Array.of(0, 0, 0, 0, ...nonce),
        [message],
        associatedData,
      );
      assertEquals(toHex(sealBody(side, message)), toHex(expected), `the message ${count}`);
    }
  }
});

test("a channel that has sealed its share seals and opens no more", () => {
  const keys = { eax: KEY, chacha: KEY };
  const make = () => new Channel(keys, new Uint8Array(17), 10);
  const [sealer, opener, other] = [make(), make(), make()];
  const first = sealer.seal([new Uint8Array(16)]);
  assertEquals(opener.open(first), new Uint8Array(16));
  refused(() => sealer.seal([new Uint8Array(96)]), "usedUp");
  refused(() => other.open(new Uint8Array(112)), "usedUp");
  for (const channel of [sealer, opener, other]) channel.close();
});

test("two messages never have the same nonce, nor the same bytes", () => {
  for (const size of [16, MAX_EAX_BYTES + 1]) {
    using pair = agree();
    const seen = new Set<string>();
    for (let i = 0; i < 1000; i++) seen.add(sealBody(pair.client, new Uint8Array(size)).toHex());
    assertEquals(seen.size, 1000);
    using same = agree();
    const again = sealBody(same.client, new Uint8Array(size)).toHex();
    assert(seen.has(again), "it depends on nothing else");
    using other = agree({ nonces: [1, 3] });
    assert(!seen.has(sealBody(other.client, new Uint8Array(size)).toHex()));
  }
});

test("a session that is closed seals and opens nothing", () => {
  for (const size of [1, MAX_EAX_BYTES + 1]) {
    const pair = agree();
    pair.server.open(sealBody(pair.client, new Uint8Array(size)));
    const sealed = sealBody(pair.client, new Uint8Array(size));
    pair[Symbol.dispose]();
    pair[Symbol.dispose]();
    const why = "Cannot use a sealed session: it is closed";
    assertThrows(() => sealBody(pair.client, new Uint8Array(size)), Error, why);
    assertThrows(() => pair.server.open(sealed), Error, why);
  }
});
