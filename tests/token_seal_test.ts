import { assert, assertEquals, assertMatch, assertNotEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { TOKEN_LIFE_MS } from "../lib/limits/tokens.ts";
import { SealError } from "../lib/seal/seal_error.ts";
import { TokenSeal } from "../lib/token_seal.ts";
import { localIsoTime } from "../lib/local_time.ts";
import { WireError } from "../lib/wire/wire_error.ts";
import { sealFernet } from "../lib/seal/fernet.ts";
import { assertRefused, bytesOf } from "./seal/arbitraries.ts";

const KEY = bytesOf(32, 1);
const NOW_MS = 1_800_000_000_789;

function sealAt(nowMs: number, lifeMs?: number): TokenSeal {
  return new TokenSeal(KEY, { nowMs: () => nowMs, ...(lifeMs === undefined ? {} : { lifeMs }) });
}

Deno.test("token seal: fields that are left out are empty, and the time is now", () => {
  const { message } = sealAt(NOW_MS).open(sealAt(NOW_MS).seal({ text: "hello", cmd: "say" }));
  const timestamp = localIsoTime(NOW_MS);
  assertMatch(timestamp, /^2027-01-1[45]T\d\d:\d\d:\d\d\.789000$/);
  assertEquals(message, { userID: "", timestamp, text: "hello", cmd: "say", args: "" });
  const all = { userID: "a", timestamp: "b", text: "c", cmd: "d", args: "e" };
  assertEquals(sealAt(NOW_MS).open(sealAt(NOW_MS).seal(all)).message, all);
});

Deno.test("token seal: no two tokens are the same, nor their ids", () => {
  const seal = new TokenSeal(KEY);
  const [one, two] = [seal.seal({ text: "hello" }), seal.seal({ text: "hello" })];
  assertNotEquals(one, two);
  assertNotEquals(seal.open(one).id, seal.open(two).id);
});

Deno.test("token seal: a token is good for its life, begun seconds counted", () => {
  const token = sealAt(NOW_MS).seal({});
  for (const lifeMs of [undefined, 1500]) {
    const lifeS = Math.ceil((lifeMs ?? TOKEN_LIFE_MS) / 1000);
    const open = (afterMs: number) => () => sealAt(NOW_MS + afterMs, lifeMs).open(token);
    assertEquals(open(lifeS * 1000)().message.text, "");
    assertEquals(open(-lifeS * 1000)().message.text, "");
    assertRefused(open(lifeS * 1000 + 1000), "tooOld");
    assertRefused(open(-lifeS * 1000 - 1000), "fromFuture");
  }
});

Deno.test("token seal: for so long a token can come again, and no longer", () => {
  const ms = fc.nat({ max: 10_000 });
  fc.assert(
    fc.property(ms, fc.integer({ min: 1, max: 5000 }), (offsetMs, lifeMs) => {
      // Opened as soon as that may be: its maker's clock is ahead.
      const openedMs = NOW_MS + offsetMs;
      const aheadMs = Math.ceil(lifeMs / 1000) * 1000;
      const token = sealAt(openedMs + aheadMs).seal({});
      const seal = sealAt(openedMs, lifeMs);
      assertEquals(seal.open(token).message.text, "");
      const open = (afterMs: number) => () => sealAt(openedMs + afterMs, lifeMs).open(token);
      assertRefused(open(seal.goodForMs), "tooOld");
      const lastMs = seal.goodForMs - 1 - openedMs % 1000;
      assertEquals(open(lastMs)().message.text, "");
    }),
    { numRuns: 1000 },
  );
});

Deno.test("token seal: white space around a token makes no difference, also to its id", () => {
  const seal = sealAt(NOW_MS);
  const token = seal.seal({ text: "hello" });
  const opened = seal.open(token);
  for (const spaced of [`${token}\n`, ` \t\r\n\v\f${token}\r\n `, `${" ".repeat(1e6)}${token}`]) {
    assertEquals(seal.open(spaced), opened);
    assertEquals(seal.open(new TextEncoder().encode(spaced)), opened);
  }
});

Deno.test("token seal: nothing else around it or in it is passed over, as text or as bytes", () => {
  const seal = sealAt(NOW_MS);
  const token = seal.seal({ text: "hello" });
  const half = token.length >> 1;
  for (const other of ["\u00a0", "\ufeff", "\u2003", "\0", "é", "€", "%", "=", "\x85", "\u0141"]) {
    for (const text of [other + token, token + other]) {
      assertRefused(() => seal.open(text), "broken", JSON.stringify(text));
      assertRefused(() => seal.open(new TextEncoder().encode(text)), "broken");
    }
  }
  for (const inside of [" ", "\n", "\u0141"]) {
    const text = token.slice(0, half) + inside + token.slice(half);
    assertRefused(() => seal.open(text), "broken", JSON.stringify(text));
  }
  // U+0141 has the low byte of an A, and the bytes of latin1 no other one.
  const high = new TextEncoder().encode(token).map((byte, i) => i === half ? byte | 0x80 : byte);
  assertRefused(() => seal.open(high), "broken");
});

Deno.test("token seal: bytes open where they lie in a larger buffer", () => {
  const seal = sealAt(NOW_MS);
  const token = seal.seal({ text: "hello" });
  const buffer = new TextEncoder().encode(`xx${token}yy`);
  assertEquals(seal.open(buffer.subarray(2, -2)), seal.open(token));
});

Deno.test("token seal: any text and any bytes open or are refused", () => {
  const seal = sealAt(NOW_MS);
  const token = seal.seal({ text: "hello" });
  const spoilt = fc.tuple(fc.nat(), fc.nat({ max: 255 })).map(([at, code]) => {
    const i = at % token.length;
    return token.slice(0, i) + String.fromCharCode(code) + token.slice(i + 1);
  });
  const base64 = fc.string({ unit: fc.constantFrom(..."gABCD_-9="), maxLength: 200 });
  const text = fc.oneof(fc.string(), spoilt, base64, base64.map((text) => `gAAAAA${text}`));
  let refused = 0;
  fc.assert(
    fc.property(fc.oneof(text, fc.uint8Array({ maxLength: 300 })), (input) => {
      try {
        assertEquals(seal.open(input).message.text, "hello");
      } catch (error) {
        assert(error instanceof SealError, String(error));
        refused++;
      }
    }),
    { numRuns: 2000 },
  );
  assert(refused > 1500, `${refused} were refused`);
});

Deno.test("token seal: what servers seal is opened by clients and by no server", () => {
  const server = new TokenSeal(KEY, { nowMs: () => NOW_MS, isServer: true });
  const client = sealAt(NOW_MS);
  const message = { userID: "a", timestamp: "b", text: "c", cmd: "d", args: "e" };
  const [own, theirs] = [server.seal(message), client.seal(message)];
  assertEquals([client.open(own).message, client.open(own).isOfServer], [message, true]);
  assertEquals([client.open(theirs).isOfServer, server.open(theirs).isOfServer], [false, false]);
  assertEquals(server.open(theirs).message, message);
  for (const token of [own, ` ${own}\n`, new TextEncoder().encode(own)]) {
    assertThrows(() => server.open(token), WireError, "a server's own");
  }
});

Deno.test("token seal: what is under the key and no message is refused", () => {
  const timeS = Math.floor(NOW_MS / 1000);
  const token = sealFernet(KEY, new Uint8Array(3), { timeS, iv: bytesOf(16, 1) });
  assertThrows(() => sealAt(NOW_MS).open(token), WireError, "no JSON");
});
