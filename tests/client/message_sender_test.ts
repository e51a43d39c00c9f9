/**
 * Sending messages by each transport, to servers that behave and to such that do not.
 *
 * @module
 */

import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import type { HeardMessage } from "../../lib/client/message_answer.ts";
import { openSender } from "../../lib/client/message_sender.ts";
import { type Endpoint, formatEndpoint, formatHostPort } from "../../lib/endpoint.ts";
import { RefusedError, TimedOutError, UsageError } from "../../lib/errors.ts";
import { TokenSeal } from "../../lib/token_seal.ts";
import { test } from "../helpers/strict.ts";
import {
  answerOk,
  DatagramServer,
  KEY,
  OTHER_KEY,
  PostServer,
  RawServer,
  RoomServer,
  SEAL,
  sealedOf,
} from "../helpers/token_servers.ts";

const OTHER = new TokenSeal(OTHER_KEY);
/** Far away from now. */
const LATE = new TokenSeal(KEY, { nowMs: () => Date.now() - 3_600_000 });

interface Options {
  timeoutMs?: number;
  waitMs?: number;
  signal?: AbortSignal;
}

/** Sends messages one after the other; gives all answers. */
async function sendTo(
  endpoint: Endpoint,
  texts: readonly string[],
  { timeoutMs = 30_000, waitMs, signal = new AbortController().signal }: Options = {},
): Promise<HeardMessage[]> {
  const how = { seal: SEAL, connectTimeoutMs: 5_000, timeoutMs, waitMs, signal };
  await using sender = await openSender(endpoint, how);
  const answers: HeardMessage[] = [];
  for (const text of texts) {
    await sender.send(sealedOf({ text }), (answer) => answers.push(answer));
  }
  return answers;
}

test("another scheme is none for messages", async () => {
  const endpoint = { scheme: "tcp", host: "127.0.0.1", port: 1 };
  await assertRejects(() => sendTo(endpoint, ["a"]), UsageError, "tcp://127.0.0.1:1");
});

test("http: each message is answered", async () => {
  await using server = new PostServer((token) => {
    const { message } = SEAL.open(token);
    return new Response(SEAL.seal({ ...message, userID: "depot", text: `got ${message.text}` }));
  });
  const answers = await sendTo(server.endpoint, ["a", "b"]);
  assertEquals(answers.map(({ message }) => message.text), ["got a", "got b"]);
  assertEquals(answers[0]!.from, formatEndpoint(server.endpoint));
});

test("http: an answer that is an error, or another status, is a refusal", async () => {
  const failed = SEAL.seal({ cmd: "error", text: "no such\n command", args: "unsupported" });
  const cases: [string, () => Response, RegExp, RegExp?][] = [
    ["an error", () => new Response(failed), /refuses: no such\\u\{a\} command \(unsupported\)/],
    ["an error with a status", () => new Response(failed, { status: 400 }), /refuses: no such/],
    [
      "no error, and a status",
      () => new Response(SEAL.seal({ text: "bad" }), { status: 400 }),
      /refuses: bad/,
    ],
    ["a page", () => new Response("<h1>Bad", { status: 400 }), /answers 400 Bad Request$/, /keys/],
    ["too long", () => new Response("", { status: 413 }), /answers 413/, /too long/],
    ["no path", () => new Response("<h1>", { status: 404 }), /answers 404 Not Found/, /path/],
    ["a fault", () => new Response("<h1>", { status: 500 }), /answers 500/],
    ["a redirect", () => Response.redirect("http://127.0.0.1:1/"), /answers 302/, /elsewhere/],
    ["another key", () => new Response(OTHER.seal({ text: "ok" })), /has another key/, /key show/],
    [
      "another key and status",
      () => new Response(OTHER.seal({}), { status: 400 }),
      /has another key/,
    ],
    ["an old token", () => new Response(LATE.seal({ text: "ok" })), /has another time/, /clocks/],
    ["no token", () => new Response("ok"), /sent what is no token/],
    ["nothing", () => new Response(""), /sent what is no token/],
  ];
  for (const [name, answer, message, hint] of cases) {
    await using server = new PostServer(answer);
    const error = await assertRejects(() => sendTo(server.endpoint, ["a"]), RefusedError, "", name);
    assertMatch(error.message, message, name);
    if (hint !== undefined) assertMatch(error.hint ?? "", hint, name);
    assertEquals(server.requests.length, 1);
  }
});

test("http: white space around a token does not matter", async () => {
  await using server = new PostServer((token) => new Response(`\r\n ${token}\n`));
  assertEquals((await sendTo(server.endpoint, ["a"])).length, 1);
});

test("ws: a message is its own answer when it comes back, whatever comes in between", async () => {
  await using server = new RoomServer({
    onToken: (token, room) => {
      room.broadcast("junk");
      room.broadcast(SEAL.seal({ userID: "Ann", text: "in between" }));
      room.broadcast(LATE.seal({ userID: "Ann", text: "old" }));
      // It need not come back as the same token.
      room.broadcast(SEAL.seal(SEAL.open(token).message));
    },
  });
  const answers = await sendTo({ ...server.endpoint, path: "/ws" }, ["a", "b", "c"]);
  assertEquals(answers.map(({ message }) => message.text), ["a", "b", "c"]);
  assertEquals(server.tokens.length, 3);
  assertEquals(server.paths, ["/ws"]);
});

test("ws: what a server greets with decides whether the keys are the same", async () => {
  for (const greeting of [null, "Welcome to the room!", ""]) {
    await using server = new RoomServer({ greeting });
    assertEquals((await sendTo(server.endpoint, ["a"])).length, 1);
  }
  await using server = new RoomServer({ greeting: OTHER.seal({ text: "Welcome" }) });
  await assertRejects(() => sendTo(server.endpoint, ["a"]), RefusedError, "has another key");
});

test("ws: an error is the answer when the message does not come back", async () => {
  const error = SEAL.seal({ cmd: "error", text: "too fast", args: "tooManyRequests" });
  await using refusing = new RoomServer({ onToken: (_token, room) => room.broadcast(error) });
  await assertRejects(() => sendTo(refusing.endpoint, ["a"]), RefusedError, "refuses: too fast");
  await using relaying = new RoomServer({
    onToken: (token, room) => {
      room.broadcast(error);
      room.relay(token);
    },
  });
  const answers = await sendTo(relaying.endpoint, ["a"]);
  assertEquals(answers.map(({ message }) => message.text), ["too fast", "a"]);
});

test("ws: what misbehaves is refused within its bounds", async () => {
  const cases: [string, (room: RoomServer, from: WebSocket) => void, RegExp, string][] = [
    ["closes", (_, from) => from.close(), /is lost/, "UnreachableError"],
    [
      "goes away",
      (_, from) => from.close(4001, "by\x1be"),
      /4001 by\\u\{1b\}e/,
      "UnreachableError",
    ],
    [
      "huge",
      (room) => room.broadcast("x".repeat(1024 * 1024 + 1)),
      /more than 1MiB/,
      "ProtocolError",
    ],
  ];
  for (const [name, act, message, Kind] of cases) {
    await using server = new RoomServer({ onToken: (_token, room, from) => act(room, from) });
    const error = await assertRejects(() => sendTo(server.endpoint, ["a"]), Error, "", name);
    assertMatch(error.message, message, name);
    assertEquals(error.constructor.name, Kind, name);
  }
  await using silent = new RoomServer({ onToken: () => {} });
  const late = () => sendTo(silent.endpoint, ["a"], { timeoutMs: 50 });
  await assertRejects(late, TimedOutError, "has not relayed it within 50ms");
});

test("ws: who opens no WebSocket is told of as what it is", async () => {
  const head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
  const cases: [string, string, "close" | "keep", RegExp, string][] = [
    [
      "refuses",
      "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n",
      "keep",
      /answers 403/,
      "HttpStatusError",
    ],
    [
      "redirects",
      "HTTP/1.1 302 Found\r\nLocation: ws://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
      "keep",
      /answers 302/,
      "HttpStatusError",
    ],
    [
      "is no WebSocket",
      "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
      "keep",
      /answers 200/,
      "HttpStatusError",
    ],
    ["closes", "", "close", /Cannot reach/, "UnreachableError"],
    ["is no HTTP", "SSH-2.0-OpenSSH\r\n", "close", /no HTTP/, "ProtocolError"],
    [
      "has another answer",
      `${head}Sec-WebSocket-Accept: AAAA\r\n\r\n`,
      "keep",
      /Cannot reach/,
      "UnreachableError",
    ],
  ];
  for (const [name, answer, then, message, Kind] of cases) {
    await using server = RawServer.writing(answer, then);
    const endpoint = { scheme: "ws", host: "127.0.0.1", port: server.port };
    const error = await assertRejects(() => sendTo(endpoint, ["a"]), Error, "", name);
    assertMatch(error.message, message, name);
    assertEquals(error.constructor.name, Kind, name);
  }
});

test("udp: a message is answered by the address that it was sent to", async () => {
  await using server = await DatagramServer.start();
  const answers = await sendTo(server.endpoint, ["a", "b"]);
  assertEquals(answers.map(({ message }) => message.text), ["decode ok", "decode ok"]);
  const { host, port } = server.endpoint;
  assertEquals(answers[0]!.from, formatHostPort(host, port));
  // Each goes from a port of its own.
  assert(answers[0]!.message.userID !== answers[1]!.message.userID);
});

test("udp: what is lost is sent again as the same token", async () => {
  let count = 0;
  await using server = await DatagramServer.start((token, reply) => {
    if (++count > 2) answerOk(token, reply);
  });
  assertEquals((await sendTo(server.endpoint, ["a"])).length, 1);
  assertEquals(new Set(server.tokens).size, 1);
  assert(server.tokens.length >= 3);
});

test("udp: a broadcast is answered by all who hear it, each once", async () => {
  await using first = await DatagramServer.start((token, reply) => {
    answerOk(token, reply);
    answerOk(token, reply);
  }, { host: "0.0.0.0" });
  const { port } = first.endpoint;
  await using second = await DatagramServer.start(answerOk, { host: "127.255.255.255", port: 0 });
  const everybody = { scheme: "udp", host: "127.255.255.255", port };
  const answers = await sendTo(everybody, ["a"], { waitMs: 300 });
  assertEquals(answers.map(({ from }) => from), [`127.0.0.1:${port}`]);
  // One that is bound to the broadcast address answers from where the system sends it.
  const others = await sendTo({ ...everybody, port: second.endpoint.port }, ["a"]);
  assertEquals(others.length, 1);
});

test("udp: what is no good answer is told of, unless a better one comes", async () => {
  const cases: [string, string, RegExp][] = [
    ["an error", SEAL.seal({ cmd: "error", text: "too long" }), /refuses: too long/],
    ["system B's error", SEAL.seal({ text: "decode error" }), /refuses: decode error/],
    ["the same without a key", "decode error", /refuses: decode error/],
    ["another key", OTHER.seal({ text: "decode ok" }), /has another key/],
    ["another time", LATE.seal({ text: "decode ok" }), /has another time/],
    ["junk", "decode \x1berror", /sent what is no token/],
    ["nothing", "", /sent what is no token/],
  ];
  for (const [name, answer, message] of cases) {
    await using server = await DatagramServer.start((_token, reply) => reply(answer));
    const send = () => sendTo(server.endpoint, ["a"], { waitMs: 0 });
    const error = await assertRejects(send, RefusedError, "", name);
    assertMatch(error.message, message, name);
    await using better = await DatagramServer.start((token, reply) => {
      reply(answer);
      answerOk(token, reply);
    });
    const answers = await sendTo(better.endpoint, ["a"], { waitMs: 100 });
    assertEquals(answers.at(-1)!.message.text, "decode ok", name);
  }
});

test("udp: an error that is answered again and again is told once, and a better answer still", async () => {
  const error = SEAL.seal({ cmd: "error", text: "too long" });
  await using server = await DatagramServer.start((token, reply) => {
    for (let i = 0; i < 3; i++) reply(error);
    answerOk(token, reply);
    reply(error);
  });
  const answers = await sendTo(server.endpoint, ["a"], { waitMs: 100 });
  assertEquals(answers.map(({ message }) => message.text), ["too long", "decode ok"]);
});

test("udp: nobody is there", async () => {
  await using server = await DatagramServer.start(() => {});
  const send = () => sendTo(server.endpoint, ["a"], { timeoutMs: 50 });
  await assertRejects(send, TimedOutError, "has not answered within 50ms");
});

test("whoever gives up is heard at once, and before anything is sent", async () => {
  await using room = new RoomServer({ onToken: () => {} });
  await using datagrams = await DatagramServer.start(() => {});
  await using posts = RawServer.writing("", "keep");
  const post = { scheme: "http", host: "127.0.0.1", port: posts.port };
  for (const endpoint of [post, room.endpoint, datagrams.endpoint]) {
    const before = AbortSignal.abort(new RangeError("given up"));
    await assertRejects(() => sendTo(endpoint, ["a"], { signal: before }), RangeError, "given up");
    const controller = new AbortController();
    const sending = sendTo(endpoint, ["a"], { signal: controller.signal });
    queueMicrotask(() => controller.abort(new RangeError("given up")));
    await assertRejects(() => sending, RangeError, "given up");
  }
});
