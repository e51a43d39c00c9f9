/**
 * Slow, broken and hostile peers of the `http` listener: each is gone within its time, with a
 * reason, and nobody else notices.
 */

import { assertEquals, assertStringIncludes } from "@std/assert";
import { MAX_HTTP_HEADER_BYTES, MAX_PIPELINED_REQUESTS } from "../../lib/limits/http.ts";
import { MAX_TOKEN_BYTES } from "../../lib/limits/tokens.ts";
import { HttpClient, requestOf } from "../helpers/http_client.ts";
import { ResettableClient } from "../helpers/resettable.ts";
import { test } from "../helpers/strict.ts";
import { TestServer, type TestServerOptions } from "../helpers/test_server.ts";
import { opened, token } from "../helpers/tokens.ts";

const start = (options: TestServerOptions = {}) => TestServer.start({ scheme: "http", ...options });
/** Short, and long enough for who does nothing wrong. */
const SHORT = { handshakeTimeoutMs: 500, frameTimeoutMs: 1000, idleTimeoutMs: 60_000 };

/** Somebody who looks that the server serves. */
async function other(server: TestServer): Promise<Disposable & { ask(): Promise<void> }> {
  const client = await HttpClient.connect(server.endpoint);
  const ask = async () => {
    const answer = await client.ask("POST", "/message", token({ cmd: "ping" }));
    assertEquals(answer?.status, 200);
  };
  await ask();
  return { ask, [Symbol.dispose]: () => client.close() };
}

const head = (length: number) =>
  `POST /message HTTP/1.1\r\nHost: yard\r\nContent-Length: ${length}\r\n\r\n`;

/** What is sent, and what is answered to it. */
const broken: [string, string, number, string][] = [
  ["no HTTP", "hello\r\n\r\n", 400, "sent what is no HTTP"],
  ["bytes of TLS", "\x16\x03\x01\x02\x00\x01\x00", 400, "sent what is no HTTP"],
  [
    "a bad length",
    "POST /message HTTP/1.1\r\nHost: y\r\nContent-Length: x\r\n\r\n",
    400,
    "sent what",
  ],
  [
    "two lengths",
    "POST /message HTTP/1.1\r\nHost: y\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
    400,
    "sent what is no HTTP",
  ],
  [
    "a length and chunks",
    "POST /message HTTP/1.1\r\nHost: y\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    400,
    "sent what is no HTTP",
  ],
  [
    "a long header",
    `GET / HTTP/1.1\r\nHost: y\r\nX: ${"x".repeat(MAX_HTTP_HEADER_BYTES)}\r\n\r\n`,
    431,
    "sent headers of more than 16384 bytes",
  ],
  [
    "many headers",
    `GET / HTTP/1.1\r\nHost: y\r\n${"X-Header: with a value\r\n".repeat(1000)}\r\n`,
    431,
    "sent headers of more than 16384 bytes",
  ],
  ["a long path", `GET /${"x".repeat(20_000)} HTTP/1.1\r\n\r\n`, 431, "sent headers of more"],
  ["a body that says it is too long", head(MAX_TOKEN_BYTES + 1), 413, "sent a body of more than"],
  ["a body of 10^15 bytes", head(1e15), 413, "sent a body of more than"],
];

for (const [what, bytes, status, reason] of broken) {
  test(`http: ${what} ends the connection with ${status}`, async () => {
    await using server = await start();
    using others = await other(server);
    const rude = await HttpClient.connect(server.endpoint);
    await rude.write(bytes);
    const answer = await rude.answer();
    assertEquals([answer?.status, answer?.headers.get("connection")], [status, "close"]);
    assertEquals(await rude.answer(), null);
    rude.close();
    const event = await server.events.wait("disconnected");
    assertEquals(event.peer.address, rude.address);
    assertStringIncludes(event.reason, reason);
    await others.ask();
  });
}

test("http: a body that is too long is answered with a token, also when it was sent already", async () => {
  await using server = await start({ listener: { maxFrameBytes: 1000 } });
  for (const [isChunked, size] of [[false, 1001], [false, 200_000], [true, 200_000]] as const) {
    using client = await HttpClient.connect(server.endpoint);
    const body = "x".repeat(size);
    await client.write(
      isChunked
        ? `POST /message HTTP/1.1\r\nHost: y\r\nTransfer-Encoding: chunked\r\n\r\n` +
          `${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n`
        : head(body.length) + body,
    );
    const answer = await client.answer();
    assertEquals(answer?.status, 413);
    const message = opened(answer!.body);
    assertEquals([message.cmd, message.args], ["error", "frameTooLarge"]);
    assertEquals(await client.answer(), null);
  }
});

test("http: a body that is too long ends what is sent behind it too", async () => {
  await using server = await start({ listener: { maxFrameBytes: 1000 } });
  using client = await HttpClient.connect(server.endpoint);
  const long = head(1001) + "x".repeat(1001);
  await client.write(requestOf("GET", "/healthz") + long + requestOf("GET", "/healthz"));
  assertEquals((await client.answer())?.status, 200);
  await client.end();
  client.close();
  const { reason } = await server.events.wait("disconnected");
  assertStringIncludes(reason, "sent a body of more than 1000 bytes");
});

for (
  const [method, path, status] of [
    ["POST", "/nowhere", 404],
    ["PUT", "/message", 405],
    ["GET", "/healthz", 200],
    ["HEAD", "/healthz", 200],
  ] as const
) {
  test(`http: a body of ${method} ${path} is read by nobody, and holds nobody up`, async () => {
    await using server = await start();
    using client = await HttpClient.connect(server.endpoint);
    const size = 30 * 1024 * 1024;
    await client.write(
      `${method} ${path} HTTP/1.1\r\nHost: y\r\nContent-Length: ${size}\r\n\r\n`,
    );
    const sending = client.write(new Uint8Array(size)).catch(() => {});
    const answer = await client.answer(method === "HEAD");
    assertEquals([answer?.status, answer?.headers.get("connection")], [status, "close"]);
    assertEquals(await client.answer().catch(() => null), null);
    const { reason } = await server.events.wait("disconnected");
    assertEquals(reason, "sent a body that nobody reads");
    client.close();
    await sending;
  });
}

test("http: a stop answers all that is running on a connection, in its order", async () => {
  const server = await start();
  server.store.isHoldingEvents = true;
  using client = await HttpClient.connect(server.endpoint);
  const texts = ["one", "two", "three"];
  const said = texts.map((text) => requestOf("POST", "/message", token({ cmd: "say", text })));
  await client.write(said.join(""));
  while (server.store.heldEvents.length < 3) await new Promise((resolve) => setTimeout(resolve));
  const stopping = server[Symbol.asyncDispose]();
  server.store.releaseEvents();
  const connection = [];
  for (const _ of texts) {
    const answer = await client.answer();
    assertEquals([answer?.status, opened(answer!.body).text], [200, "said"]);
    connection.push(answer!.headers.get("connection"));
  }
  assertEquals(connection, ["keep-alive", "keep-alive", "close"]);
  assertEquals(await client.answer(), null);
  client.close();
  await stopping;
});

test("http: a request behind those that are running when the server stops is refused", async () => {
  const server = await start();
  server.store.isHoldingEvents = true;
  using client = await HttpClient.connect(server.endpoint);
  await client.write(requestOf("POST", "/message", token({ cmd: "say", text: "x" })));
  while (server.store.heldEvents.length === 0) await new Promise((resolve) => setTimeout(resolve));
  const stopping = server[Symbol.asyncDispose]();
  const before = server.hub.tally.http.statuses.at(-2);
  const late = requestOf("POST", "/message", token({ cmd: "ping" }));
  await client.write(late);
  // It is answered, but its answer has to wait for its turn.
  while (server.hub.tally.http.statuses.at(-2) === before) {
    await new Promise((resolve) => setTimeout(resolve));
  }
  await client.write(late.repeat(10));
  server.store.releaseEvents();
  assertEquals((await client.answer())?.status, 200);
  const refused = await client.answer();
  assertEquals([refused?.status, opened(refused!.body).args], [503, "shuttingDown"]);
  assertEquals(refused?.headers.get("connection"), "close");
  assertEquals(await client.answer(), null);
  client.close();
  await stopping;
});

test("http: the last answer to who was refused too much says that it is the last", async () => {
  await using server = await start({ hub: { maxRefusals: 2 } });
  using client = await HttpClient.connect(server.endpoint);
  const connection = [];
  for (;;) {
    const answer = await client.ask("POST", "/message", "junk").catch(() => null);
    if (answer === null) break;
    connection.push(answer.headers.get("connection"));
  }
  assertEquals(connection, ["keep-alive", "keep-alive", "close"]);
});

test("http: a body in very many pieces is too long", async () => {
  await using server = await start();
  using client = await HttpClient.connect(server.endpoint);
  await client.write(
    "POST /message HTTP/1.1\r\nHost: y\r\nTransfer-Encoding: chunked\r\n\r\n" +
      "1\r\nx\r\n".repeat(10_000),
  );
  assertEquals((await client.answer())?.status, 413);
});

test("http: the longest body is taken, from many at once", async () => {
  await using server = await start({ listener: { maxFrameBytes: 100_000 } });
  const clients = await Promise.all(
    Array.from({ length: 20 }, () => HttpClient.connect(server.endpoint)),
  );
  const body = "x".repeat(100_000);
  const statuses = await Promise.all(clients.map(async (client) => {
    const answer = await client.ask("POST", "/message", body);
    client.close();
    return answer?.status;
  }));
  assertEquals(new Set(statuses), new Set([400]));
});

test("http: 10,000 junk bodies are refused, and who sends more than a thousand is sent away", async () => {
  await using server = await start({ hub: { maxRefusals: 1000 } });
  using others = await other(server);
  let refused = 0;
  for (let round = 0; refused < 10_000; round++) {
    using client = await HttpClient.connect(server.endpoint);
    for (;;) {
      await client.write(requestOf("POST", "/message", `junk ${round}`).repeat(50));
      let answered = 0;
      while (answered < 50 && (await client.answer())?.status === 400) answered++;
      refused += answered;
      if (answered < 50) break;
    }
  }
  await others.ask();
  assertEquals(server.hub.tally.junk.body, refused);
  for (const { reason } of server.events.of("disconnected")) {
    assertEquals(reason, "too much of it was refused");
  }
});

test("http: 100 connections that never end their headers are gone in time", async () => {
  await using server = await start({ listener: SHORT });
  using others = await other(server);
  const slow = await Promise.all(
    Array.from({ length: 100 }, () => HttpClient.connect(server.endpoint)),
  );
  for (const [i, client] of slow.entries()) {
    if (i % 2 === 0) await client.write("POST /message HTTP/1.1\r\nHost: y\r\nX-");
  }
  await others.ask();
  for (const client of slow) {
    const answer = await client.answer();
    assertEquals(answer?.status, 408);
    assertEquals(await client.answer(), null);
    client.close();
  }
  await server.events.wait("disconnected", 100);
  const reasons = new Set(server.events.of("disconnected").map(({ reason }) => reason));
  assertEquals([...reasons], ["a request was not whole in time"]);
  await others.ask();
});

test("http: a body that comes too slowly ends the connection", async () => {
  await using server = await start({ listener: SHORT });
  using others = await other(server);
  using slow = await HttpClient.connect(server.endpoint);
  await slow.write(`${head(1000)}half of it`);
  assertEquals((await slow.answer())?.status, 408);
  assertEquals(await slow.answer(), null);
  assertEquals(
    (await server.events.wait("disconnected")).reason,
    "a request was not whole in time",
  );
  await others.ask();
});

test("http: a connection without a request is closed in time", async () => {
  await using server = await start({ listener: { idleTimeoutMs: 500 } });
  using client = await HttpClient.connect(server.endpoint);
  assertEquals((await client.ask("GET", "/healthz"))?.status, 200);
  assertEquals(await client.answer(), null);
  client.close();
  const { reason } = await server.events.wait("disconnected");
  assertEquals(reason, "sent no request for 500 ms");
});

test("http: more requests than may wait cut the connection off", async () => {
  await using server = await start();
  using others = await other(server);
  server.store.isHoldingEvents = true;
  using rude = await HttpClient.connect(server.endpoint);
  const say = requestOf("POST", "/message", token({ cmd: "say", text: "x" }));
  await rude.write(say + requestOf("GET", "/healthz").repeat(MAX_PIPELINED_REQUESTS));
  const event = await server.events.wait("disconnected");
  assertEquals(event.peer.address, rude.address);
  assertEquals(event.reason, "sent more than 100 requests without waiting for the answers");
  server.store.releaseEvents();
  await others.ask();
});

test("http: as many requests as may wait are answered", async () => {
  await using server = await start();
  using client = await HttpClient.connect(server.endpoint);
  server.store.isHoldingEvents = true;
  const say = requestOf("POST", "/message", token({ cmd: "say", text: "x" }));
  await client.write(say + requestOf("GET", "/healthz").repeat(MAX_PIPELINED_REQUESTS - 1));
  while (server.store.heldEvents.length === 0) await new Promise((resolve) => setTimeout(resolve));
  server.store.releaseEvents();
  for (let i = 0; i < MAX_PIPELINED_REQUESTS; i++) {
    assertEquals((await client.answer())?.status, 200);
  }
});

test("http: answers that nobody reads end the connection in time", async () => {
  await using server = await start({ listener: { stallTimeoutMs: 500 } });
  using others = await other(server);
  using deaf = await HttpClient.connect(server.endpoint);
  // Their answers together are more than the buffers of both systems take.
  const ask = requestOf("POST", "/message", token({ cmd: "ping", args: "x".repeat(700_000) }));
  const asking = deaf.write(ask.repeat(20)).catch(() => {});
  const { reason, peer } = await server.events.wait("disconnected");
  assertEquals([peer.address, reason], [deaf.address, "the peer took nothing for 500 ms"]);
  deaf.close();
  await asking;
  await others.ask();
});

test("http: who resets, or leaves in the middle, leaves nothing behind", async () => {
  await using server = await start();
  for (const bytes of ["POST /mess", head(100), `${head(100)}half`, requestOf("GET", "/")]) {
    const client = await ResettableClient.connect(server.endpoint);
    await client.send(new TextEncoder().encode(bytes));
    await client.reset();
    const left = await HttpClient.connect(server.endpoint);
    await left.write(bytes);
    left.close();
  }
  await server.events.wait("disconnected", 8);
  assertEquals(server.events.of("fault"), []);
  using others = await other(server);
  await others.ask();
});

test("http: a server that stops answers what is running, refuses the rest, and says so", async () => {
  const server = await start();
  server.store.isHoldingEvents = true;
  using running = await HttpClient.connect(server.endpoint);
  using idle = await HttpClient.connect(server.endpoint);
  using posting = await HttpClient.connect(server.endpoint);
  for (const client of [idle, posting]) {
    assertEquals((await client.ask("GET", "/readyz"))?.status, 200);
  }
  await running.write(requestOf("POST", "/message", token({ cmd: "say", text: "x" })));
  while (server.store.heldEvents.length === 0) await new Promise((resolve) => setTimeout(resolve));

  const stopping = server[Symbol.asyncDispose]();
  const ready = await idle.ask("GET", "/readyz");
  assertEquals([ready?.status, ready?.headers.get("connection")], [503, "close"]);
  assertEquals(ready?.body, "not ready: the server is stopping\n");
  assertEquals(await idle.answer(), null);
  const posted = await posting.ask("POST", "/message", token({ cmd: "ping" }));
  assertEquals(posted?.status, 503);
  assertEquals(opened(posted!.body).args, "shuttingDown");
  using late = await HttpClient.connect(server.endpoint);
  assertEquals((await late.answer())?.body, "This server is stopping.\n");

  server.store.releaseEvents();
  const said = await running.answer();
  assertEquals([said?.status, opened(said!.body).text], [200, "said"]);
  assertEquals(await running.answer(), null);
  for (const client of [running, idle, posting, late]) client.close();
  await stopping;
  const reasons = server.events.of("disconnected").map(({ reason }) => reason);
  assertEquals(reasons, Array(3).fill("the server stopped"));
});
