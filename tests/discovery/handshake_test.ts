import { assert, assertEquals, assertLessOrEqual } from "@std/assert";
import fc from "fast-check";
import { handshakeQuestion, type Heard, readAnswer } from "../../lib/discovery/handshake.ts";
import { sealFernet } from "../../lib/seal/fernet.ts";
import { TokenSeal } from "../../lib/token_seal.ts";
import type { TokenMessage } from "../../lib/wire/token_message.ts";
import { sampleId } from "../helpers/samples.ts";
import { test } from "../helpers/strict.ts";

const KEY = new Uint8Array(32).fill(7);
const seal = new TokenSeal(KEY);
const server = new TokenSeal(KEY, { isServer: true });
const other = new TokenSeal(new Uint8Array(32).fill(8));
const id = sampleId(1);

function heard(answer: string, scheme: "http" | "udp" = "http"): Heard {
  const port = scheme === "http" ? 7118 : 7119;
  return { way: "http", scheme, address: "10.0.0.5", port, roundTripMs: 2, question: "?", answer };
}

function answered(message: Partial<TokenMessage>): Heard {
  return heard(server.seal({ cmd: "handshake", ...message }));
}

const place = {
  way: "http",
  address: "10.0.0.5",
  port: 7118,
  transport: "tcp",
  roundTripMs: 2,
} as const;
const here = { scheme: "http", host: "10.0.0.5", port: 7118 };

test("the question opens with our key, and by UDP leaves room for the answer", () => {
  const question = handshakeQuestion(seal, "me", "udp");
  const { message } = seal.open(question);
  assertEquals([message.userID, message.cmd, message.text], ["me", "handshake", ""]);
  assertLessOrEqual(question.length, 1200);
  assertEquals(seal.open(handshakeQuestion(seal, "me", "http")).message.args, "");
  assertEquals(handshakeQuestion(undefined, "me", "http"), "handshake");
});

test("a server of wagons says who it is, and where it can be reached from here", () => {
  const listen = [
    "http://0.0.0.0:7118",
    "tcp://[::]:7117",
    "udp://10.0.9.9:7119",
    "tls://127.0.0.1:7120",
    "new://0.0.0.0:1?parameter=1",
    "tcp://\x1b[2Jyard:7117",
    7,
  ];
  const args = JSON.stringify({ id, name: "yard", version: "0.1.0", listen });
  assertEquals(readAnswer(answered({ text: "yard", args }), seal), {
    ...place,
    id,
    name: "yard",
    version: "0.1.0",
    endpoints: [
      here,
      { scheme: "tcp", host: "10.0.0.5", port: 7117 },
      { scheme: "udp", host: "10.0.9.9", port: 7119 },
    ],
    key: "opens",
  });
});

test("a server of system B has a name and no more", () => {
  const sighting = { ...place, name: "Server B", endpoints: [here], key: "opens" as const };
  const greeting = { userID: "Server B", text: "Welcome to the server" };
  const args = JSON.stringify({
    id,
    name: "yard",
    version: "0.1.0",
    listen: ["tcp://10.0.0.5:7117"],
  });
  for (const more of [{}, { args }]) {
    const token = seal.seal({ cmd: "handshake", ...greeting, ...more });
    assertEquals(readAnswer(heard(token), seal), sighting);
  }
  const answer = seal.seal({ userID: "10.0.0.9:4000", text: "decode ok", cmd: "handshake" });
  assertEquals(readAnswer(heard(`${answer}\n`, "udp"), seal), {
    ...place,
    port: 7119,
    transport: "udp",
    name: "",
    endpoints: [{ scheme: "udp", host: "10.0.0.5", port: 7119 }],
    key: "opens",
  });
});

test("a token that our key does not open is of a server with another key", () => {
  const token = other.seal({ cmd: "error" });
  assertEquals(readAnswer(heard(token), seal)?.key, "other");
  assertEquals(readAnswer(heard(token), undefined)?.key, "unknown");
});

test("a server whose clock is wrong has our key all the same", () => {
  for (const aheadMs of [-3_600_000, 3_600_000]) {
    const late = new TokenSeal(KEY, { nowMs: () => Date.now() + aheadMs });
    assertEquals(readAnswer(heard(late.seal({ text: "x" })), seal)?.key, "clock");
  }
});

test("what is no message, under our key, is of a server with our key", () => {
  const options = { timeS: Math.floor(Date.now() / 1000), iv: new Uint8Array(16) };
  const token = sealFernet(KEY, new TextEncoder().encode("[]"), options);
  assertEquals(readAnswer(heard(token), seal), {
    ...place,
    name: "",
    endpoints: [here],
    key: "opens",
  });
});

test("the question that comes back is no server", () => {
  const question = handshakeQuestion(seal, "me", "udp");
  for (const answer of [question, `${question}\n`]) {
    assertEquals(readAnswer({ ...heard(answer), question }, seal), undefined);
  }
});

test("what is no token is no server", () => {
  for (const answer of ["", "hello", "<html>", "gAAAAA==", "x".repeat(60_000)]) {
    assertEquals(readAnswer(heard(answer), seal), undefined);
  }
  fc.assert(
    fc.property(fc.string({ maxLength: 200 }), (answer) => {
      assertEquals(readAnswer(heard(answer), seal), undefined);
    }),
    { numRuns: 1000 },
  );
});

test("whatever a server says of itself, what is taken of it is bounded and has the right form", () => {
  const anything = fc.oneof(
    fc.jsonValue(),
    fc.record({
      id: fc.oneof(fc.constant(id), fc.jsonValue()),
      name: fc.oneof(fc.string({ maxLength: 2000 }), fc.jsonValue()),
      version: fc.oneof(fc.string({ maxLength: 2000 }), fc.jsonValue()),
      listen: fc.array(
        fc.oneof(fc.webUrl(), fc.constant("http://0.0.0.0:7118"), fc.jsonValue()),
        { maxLength: 80, size: "max" },
      ),
    }, { requiredKeys: [] }),
  );
  fc.assert(
    fc.property(anything, fc.string({ maxLength: 2000 }), (args, text) => {
      const found = readAnswer(answered({ text, args: JSON.stringify(args) }), seal);
      assert(found !== undefined);
      assert(found.name.length <= 256 && (found.version ?? "").length <= 256);
      assert(found.id === undefined || found.id === id);
      assert(found.endpoints.length >= 1 && found.endpoints.length <= 65);
      for (const { host } of found.endpoints) assert(/^[\da-f.:]+$/i.test(host), host);
    }),
    { numRuns: 1000 },
  );
});
