/**
 * Sealed sessions: what the other side has sealed opens, in its place, and nothing else does.
 *
 * @module
 */

import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import fc from "fast-check";
import { LARGE_BYTES } from "../../lib/limits.ts";
import { Channel } from "../../lib/seal/channel.ts";
import { Eax } from "../../lib/seal/eax.ts";
import { SealError } from "../../lib/seal/seal_error.ts";
import { SessionError } from "../../lib/seal/session_error.ts";
import { ClientSession, ServerSession } from "../../lib/seal/session.ts";
import type { Welcome } from "../../lib/wire/messages.ts";
import { toHex } from "../wire/arbitraries.ts";

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

const body = fc.uint8Array({ maxLength: 200, size: "max" });
const bodies = fc.array(body, { minLength: 1, maxLength: 8, size: "max" });

Deno.test("what one side seals the other opens, in both directions", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.boolean(), body), { maxLength: 12 }), (messages) => {
      using pair = agree();
      for (const [isClients, message] of messages) {
        const [from, to] = isClients ? [pair.client, pair.server] : [pair.server, pair.client];
        assertEquals(to.open(from.seal(message)), message);
      }
    }),
    { numRuns: 1000 },
  );
});

Deno.test("large messages and small ones share one count", async () => {
  using pair = agree();
  const large = new Uint8Array(LARGE_BYTES + 17).map((_, i) => i);
  const small = Uint8Array.of(1, 2, 3);
  const sealed = [
    await pair.client.sealLarge(large),
    pair.client.seal(small),
    pair.client.seal(large),
    await pair.client.sealLarge(small),
  ];
  assertEquals(await pair.server.openLarge(sealed[0]!), large);
  assertEquals(pair.server.open(sealed[1]!), small);
  assertEquals(await pair.server.openLarge(sealed[2]!), large);
  assertEquals(pair.server.open(sealed[3]!), small);
});

Deno.test("messages that are sealed at the same time are numbered as they were asked for", async () => {
  using pair = agree();
  const messages = [LARGE_BYTES * 3, LARGE_BYTES, 10].map((bytes) => new Uint8Array(bytes).fill(9));
  const sealed = await Promise.all(messages.map((message) => pair.client.sealLarge(message)));
  for (const [i, message] of messages.entries()) {
    assertEquals(await pair.server.openLarge(sealed[i]!), message);
  }
});

Deno.test("any flipped bit is refused", () => {
  fc.assert(
    fc.property(body, fc.nat(), (message, at) => {
      using pair = agree();
      const sealed = pair.client.seal(message);
      const bit = at % (sealed.length * 8);
      sealed[bit >> 3]! ^= 1 << (bit & 7);
      refused(() => pair.server.open(sealed), "wrongTag");
      assertEquals(pair.server.isProven, false);
    }),
    { numRuns: 2000 },
  );
});

Deno.test("any truncation and any extension is refused", () => {
  fc.assert(
    fc.property(
      body,
      fc.nat(),
      fc.uint8Array({ minLength: 1, maxLength: 20 }),
      (message, at, more) => {
        const sealedBy = (pair: Pair) => pair.client.seal(message);
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

Deno.test("any message out of its place is refused: swapped, left out, or sent again", () => {
  fc.assert(
    fc.property(bodies, fc.nat(), fc.nat(), (messages, from, to) => {
      using pair = agree();
      const sealed = messages.map((message) => pair.client.seal(message));
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

Deno.test("behind a message that does not open nothing opens, were it the right one", async () => {
  for (const isLarge of [false, true]) {
    using pair = agree();
    const [first, second] = [1, 2].map((n) => pair.client.seal(Uint8Array.of(n)));
    first![0]! ^= 1;
    if (isLarge) await assertRejects(() => pair.server.openLarge(first!), SealError);
    else refused(() => pair.server.open(first!), "wrongTag");
    refused(() => pair.server.open(second!), "wrongTag");
    await assertRejects(() => pair.server.openLarge(second!), SealError);
  }
});

Deno.test("a message sent back to its sender is refused", () => {
  using pair = agree();
  refused(() => pair.client.open(pair.client.seal(Uint8Array.of(1))), "wrongTag");
  refused(() => pair.server.open(pair.server.seal(Uint8Array.of(1))), "wrongTag");
});

Deno.test("a message of any other session is refused", () => {
  const others: Record<string, Wanted> = {
    "another nonce of the client": { nonces: [3, 2] },
    "another nonce of the server": { nonces: [1, 3] },
    "the nonces exchanged": { nonces: [2, 1] },
    "another key": { clientKey: new Uint8Array(32).fill(8), serverKey: new Uint8Array(32).fill(8) },
  };
  for (const [what, wanted] of Object.entries(others)) {
    using pair = agree();
    using other = agree(wanted);
    refused(() => pair.server.open(other.client.seal(Uint8Array.of(1))), "wrongTag", what);
    refused(() => pair.client.open(other.server.seal(Uint8Array.of(1))), "wrongTag", what);
  }
});

Deno.test("keys that differ in one bit open nothing of each other", () => {
  for (let bit = 0; bit < 256; bit++) {
    const clientKey = KEY.slice();
    clientKey[bit >> 3]! ^= 1 << (bit & 7);
    using pair = agree({ clientKey });
    refused(() => pair.server.open(pair.client.seal(new Uint8Array(0))), "wrongTag");
    assertEquals(pair.server.isProven, false);
  }
});

Deno.test("a Welcome that was changed on the way leads to nothing", () => {
  const changes: ((welcome: Welcome) => Welcome)[] = [
    (welcome) => ({ ...welcome, maxMessageBytes: welcome.maxMessageBytes + 1 }),
    (welcome) => ({ ...welcome, nonce: new Uint8Array(16).fill(9) }),
  ];
  for (const change of changes) {
    using pair = agree({ change });
    refused(() => pair.server.open(pair.client.seal(Uint8Array.of(1))), "wrongTag");
  }
});

Deno.test("versions that are not spoken are refused by either side", () => {
  const hello = { kind: "hello", version: 0, nonce: new Uint8Array(16) } as const;
  const options = { key: KEY, nonce: hello.nonce, maxMessageBytes: 1, nowMs: 0, proofTimeoutMs: 1 };
  refused(() => new ServerSession(hello, options), "unsupportedVersion");
  refused(
    () => agree({ change: (welcome) => ({ ...welcome, version: 2 }) }),
    "unsupportedVersion",
  );
  // A client that speaks a newer one too is told to speak this one.
  assertEquals(new ServerSession({ ...hello, version: 7 }, options).welcome.version, 1);
});

Deno.test("a client seals nothing before the Welcome, and takes one only", () => {
  const client = new ClientSession(KEY, new Uint8Array(16));
  refused(() => client.seal(new Uint8Array(0)), "outOfTurn");
  refused(() => client.open(new Uint8Array(16)), "outOfTurn");
  using pair = agree();
  refused(() => pair.client.begin(pair.server.welcome), "outOfTurn");
});

Deno.test("a side is proven by the first message that opens, and by no other", async () => {
  using pair = agree();
  assertEquals([pair.client.isProven, pair.server.isProven], [false, false]);
  const sealed = pair.client.seal(new Uint8Array(0));
  assertEquals(pair.server.open(sealed), new Uint8Array(0));
  assertEquals([pair.client.isProven, pair.server.isProven], [false, true]);
  const large = await pair.server.sealLarge(new Uint8Array(LARGE_BYTES));
  await pair.client.openLarge(large);
  assertEquals(pair.client.isProven, true);
  await assertRejects(() => pair.client.openLarge(large), SealError);
});

Deno.test("a client is late when its time is over and it has proved nothing", () => {
  using pair = agree({ nowMs: 5_000 });
  assertEquals(pair.server.isLate(5_000 + TIMEOUT_MS), false);
  assertEquals(pair.server.isLate(5_001 + TIMEOUT_MS), true);
  pair.server.open(pair.client.seal(new Uint8Array(0)));
  assertEquals(pair.server.isLate(Infinity), false);
});

Deno.test("the keys are those that proto/wagons.proto says", async () => {
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
          ...[0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 3, 232],
        ),
      },
      material,
      640,
    ),
  );
  for (const [number, side] of [pair.client, pair.server].entries()) {
    using eax = new Eax(derived.subarray(32 * number, 32 * (number + 1)));
    const associatedData = Uint8Array.of(...derived.subarray(64), number);
    for (const count of [0, 1, 2]) {
      const nonce = Uint8Array.of(0, 0, 0, 0, 0, 0, 0, count);
      const message = Uint8Array.of(1, 2, count);
      const sealed = side.seal(message);
      assertEquals(toHex(sealed), toHex(eax.seal(nonce, message, associatedData)));
    }
  }
});

Deno.test("a channel that has sealed its share seals and opens no more", () => {
  const make = () => new Channel(KEY, new Uint8Array(17), 10);
  const [sealer, opener, other] = [make(), make(), make()];
  const first = sealer.seal(new Uint8Array(16));
  assertEquals(opener.open(first), new Uint8Array(16));
  refused(() => sealer.seal(new Uint8Array(96)), "usedUp");
  refused(() => other.open(new Uint8Array(112)), "usedUp");
  for (const channel of [sealer, opener, other]) channel.close();
});

Deno.test("two messages never have the same nonce, nor the same bytes", () => {
  using pair = agree();
  const seen = new Set<string>();
  for (let i = 0; i < 1000; i++) seen.add(toHex(pair.client.seal(new Uint8Array(16))));
  assertEquals(seen.size, 1000);
  using same = agree();
  assert(seen.has(toHex(same.client.seal(new Uint8Array(16)))), "it depends on nothing else");
  using other = agree({ nonces: [1, 3] });
  assert(!seen.has(toHex(other.client.seal(new Uint8Array(16)))));
});
