/** The listener `http`: its routes, and tokens that are posted. */

import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { TokenSeal } from "../../lib/token_seal.ts";
import { HttpClient, requestOf } from "../helpers/http_client.ts";
import { KEY, OTHER_KEY } from "../helpers/sealed_peer.ts";
import { test } from "../helpers/strict.ts";
import { TestServer, type TestServerOptions } from "../helpers/test_server.ts";
import { opened, token } from "../helpers/tokens.ts";

const start = (options: TestServerOptions = {}) => TestServer.start({ scheme: "http", ...options });

/** A server and a client that is connected to it. */
async function pair(
  options: TestServerOptions = {},
): Promise<AsyncDisposable & { server: TestServer; client: HttpClient }> {
  const server = await start(options);
  const client = await HttpClient.connect(server.endpoint);
  return {
    server,
    client,
    async [Symbol.asyncDispose]() {
      client.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

test("http: each path answers its methods, with its length and for no cache", async () => {
  await using both = await pair();
  const asked: [string, string, number, string][] = [
    ["GET", "/", 200, ""],
    ["GET", "/?x=1", 200, ""],
    ["GET", "/healthz", 200, ""],
    ["GET", "/readyz", 200, ""],
    ["GET", "/metrics", 200, ""],
    ["GET", "/ws", 426, ""],
    ["GET", "/message", 405, "POST"],
    ["PUT", "/message", 405, "POST"],
    ["POST", "/healthz", 405, "GET, HEAD"],
    ["DELETE", "/", 405, "GET, HEAD"],
    ["GET", "/nowhere", 404, ""],
    ["POST", "/message/", 404, ""],
    ["OPTIONS", "*", 404, ""],
  ];
  for (const [method, path, status, allow] of asked) {
    // Who sends a body to where nobody reads it has to come again.
    using once = await HttpClient.connect(both.server.endpoint);
    const client = method === "POST" ? once : both.client;
    const answer = await client.ask(method, path, method === "POST" ? "x" : undefined);
    const { headers, body } = answer!;
    assertEquals([method, path, answer!.status], [method, path, status]);
    assertEquals(headers.get("allow") ?? "", allow);
    assertEquals(headers.get("cache-control"), "no-store");
    assertMatch(headers.get("content-type")!, /^text\/plain; (version=0.0.4; )?charset=utf-8$/);
    assertEquals(Number(headers.get("content-length")), body.length);
    assert(body.length > 0);
  }
});

test("http: HEAD is as GET without the text", async () => {
  await using both = await pair();
  for (const path of ["/", "/healthz", "/readyz"]) {
    const got = await both.client.ask("GET", path);
    const head = await both.client.ask("HEAD", path);
    assertEquals([head!.status, head!.body], [200, ""]);
    assertEquals(head!.headers.get("content-length"), got!.headers.get("content-length"));
  }
  assertEquals((await both.client.ask("HEAD", "/message"))!.status, 405);
});

test("http: the root says what this is and where what is", async () => {
  await using both = await pair();
  const { body } = (await both.client.ask("GET", "/"))!;
  for (const text of ["wagons", "POST /message", "GET  /ws", "/healthz", "/readyz", "/metrics"]) {
    assertStringIncludes(body, text);
  }
});

test("http: the numbers count what has happened", async () => {
  await using both = await pair();
  await both.client.ask("POST", "/message", token({ cmd: "ping" }));
  await both.client.ask("POST", "/message", "junk");
  const { body } = (await both.client.ask("GET", "/metrics"))!;
  for (
    const line of [
      'wagons_http_responses_total{status="200"} 1',
      'wagons_http_responses_total{status="400"} 1',
      'wagons_http_request_duration_seconds_count{route="message"} 2',
      'wagons_junk_total{kind="body"} 1',
    ]
  ) assertStringIncludes(body, `\n${line}\n`);
});

test("http: handshake and ping are answered with tokens", async () => {
  await using both = await pair({ hub: { name: "yard-7" } });
  const ask = async (cmd: string, args = "") => {
    const answer = await both.client.ask("POST", "/message", token({ cmd, args }));
    assertEquals(answer!.status, 200);
    return opened(answer!.body);
  };
  const shake = await ask("handshake");
  assertEquals([shake.userID, shake.text, shake.cmd], ["yard-7", "yard-7", "handshake"]);
  assertEquals(JSON.parse(shake.args).name, "yard-7");
  const ping = await ask("ping", "42");
  assertEquals([ping.cmd, ping.text, ping.args], ["ping", "pong", "42"]);
});

test("http: a command that is not known, and none, is answered 200 with an error", async () => {
  await using both = await pair();
  for (const cmd of ["", "dance", "HANDSHAKE"]) {
    const answer = await both.client.ask("POST", "/message", token({ cmd, text: "x" }));
    assertEquals(answer!.status, 200);
    const message = opened(answer!.body);
    assertEquals([message.cmd, message.args], ["error", "unsupported"]);
  }
});

test("http: a manifest is kept once, however often its token is posted", async () => {
  await using both = await pair();
  const body = token({ cmd: "manifest", args: '{"Москва": 7, "Тула": 2}' });
  for (const duplicate of [false, true]) {
    const message = opened((await both.client.ask("POST", "/message", body))!.body);
    assertEquals([message.cmd, message.text], ["manifest", "stored"]);
    assertEquals(JSON.parse(message.args).duplicate, duplicate);
  }
  const [manifest, ...others] = both.server.store.manifests();
  assertEquals(others, []);
  assertEquals(manifest!.source, "ann");
  assertEquals(manifest!.entries, [{ city: "Москва", wagons: 7 }, { city: "Тула", wagons: 2 }]);
});

test("http: whoever posts a token again, from wherever, gets its answer and proves nothing", async () => {
  await using both = await pair();
  for (
    const body of [
      token({ userID: "", cmd: "manifest", args: '{"Тула": 2}' }),
      token({ userID: "", cmd: "say", text: "once" }),
    ]
  ) {
    await both.client.ask("POST", "/message", body);
    using other = await HttpClient.connect(both.server.endpoint);
    const { status, body: answer } = (await other.ask("POST", "/message", body))!;
    assertEquals([status, JSON.parse(opened(answer).args).duplicate], [200, true]);
  }
  assertEquals(both.server.events.of("sealed").length, 1);
  assertEquals(Array.from(both.server.store.manifests(), ({ source }) => source), ["unnamed"]);
});

test("http: white space around a token is nothing", async () => {
  await using both = await pair();
  for (const [before, after] of [["", "\n"], ["", "\r\n"], [" \t\r\n", "  \n\n"]]) {
    const body = before + token({ cmd: "ping" }) + after;
    assertEquals((await both.client.ask("POST", "/message", body))!.status, 200);
  }
});

const good = token({ cmd: "ping" });
const junk: [string, string, string][] = [
  ["nothing", "", "brokenSeal"],
  ["a text", "hello", "brokenSeal"],
  ["a token with a byte changed", good.slice(0, -10) + "AAAA" + good.slice(-6), "brokenSeal"],
  ["a token cut short", good.slice(0, -4), "brokenSeal"],
  ["two tokens", good + good, "brokenSeal"],
  ["a token of another key", new TokenSeal(OTHER_KEY).seal({ cmd: "ping" }), "brokenSeal"],
  [
    "a token of yesterday",
    new TokenSeal(KEY, { nowMs: () => Date.now() - 86_400_000 }).seal({ cmd: "ping" }),
    "brokenSeal",
  ],
  ["bytes that are no ASCII", "é".repeat(200), "brokenSeal"],
];

for (const [what, body, code] of junk) {
  test(`http: ${what} is answered 400 with a token that says so`, async () => {
    await using both = await pair();
    const answer = await both.client.ask("POST", "/message", body);
    assertEquals(answer!.status, 400);
    const message = opened(answer!.body);
    assertEquals([message.cmd, message.args], ["error", code]);
    assertStringIncludes(message.text, "Fernet token");
    assertEquals(both.server.events.of("refused").map(({ text }) => text), [message.text]);
    assertEquals(both.server.events.of("sealed"), []);
    // The connection is as good as before.
    assertEquals((await both.client.ask("POST", "/message", token({ cmd: "ping" })))!.status, 200);
    assertEquals(both.server.events.of("sealed").length, 1);
  });
}

test("http: a server whose tokens live longer takes older tokens", async () => {
  await using both = await pair({ hub: { tokenLifeMs: 7_200_000 } });
  const old = new TokenSeal(KEY, { nowMs: () => Date.now() - 3_600_000 });
  const answer = await both.client.ask("POST", "/message", old.seal({ cmd: "ping" }));
  assertEquals(answer!.status, 200);
});

test("http: many requests in one packet are answered in their order", async () => {
  await using both = await pair();
  const count = 50;
  const requests = Array.from(
    { length: count },
    (_, i) =>
      i % 5 === 0 ? requestOf("GET", "/healthz") : requestOf(
        "POST",
        "/message",
        token({ cmd: i % 7 === 0 ? "say" : "ping", text: `${i}`, args: `${i}` }),
      ),
  );
  await both.client.write(requests.join(""));
  for (let i = 0; i < count; i++) {
    const { status, body } = (await both.client.answer())!;
    assertEquals(status, 200);
    if (i % 5 === 0) assertEquals(body, "ok\n");
    else if (i % 7 === 0) assertEquals(opened(body).text, "said");
    else assertEquals(opened(body).args, `${i}`);
  }
});

test("http: a request is the same wherever it is cut", async () => {
  await using both = await pair();
  const request = requestOf("POST", "/message", token({ cmd: "ping", args: "x" }));
  for (let cut = 1; cut < request.length; cut++) {
    await both.client.write(request.slice(0, cut));
    // A turn of the event loop: the server may have read the first part alone, or not.
    await new Promise((resolve) => setTimeout(resolve));
    await both.client.write(request.slice(cut));
    const answer = await both.client.answer();
    assertEquals([answer!.status, opened(answer!.body).args], [200, "x"]);
  }
});

test("http: a body in chunks is a body", async () => {
  await using both = await pair();
  const body = token({ cmd: "ping", args: "in pieces" });
  for (const size of [1, 7, 100, 1000]) {
    const pieces = body.match(new RegExp(`.{1,${size}}`, "g"))!;
    const chunks = pieces.map((piece) => `${piece.length.toString(16)}\r\n${piece}\r\n`).join("");
    await both.client.write(
      `POST /message HTTP/1.1\r\nHost: yard\r\nTransfer-Encoding: chunked\r\n\r\n${chunks}0\r\n\r\n`,
    );
    const answer = await both.client.answer();
    assertEquals([answer!.status, opened(answer!.body).args], [200, "in pieces"]);
  }
});

test("http: who asks first is told to go on, and who has too much is not", async () => {
  await using both = await pair({ listener: { maxFrameBytes: 1000 } });
  const head = (length: number) =>
    "POST /message HTTP/1.1\r\nHost: yard\r\nExpect: 100-continue\r\n" +
    `Content-Length: ${length}\r\n\r\n`;
  const body = token({ cmd: "ping" });
  await both.client.write(head(body.length));
  assertEquals((await both.client.answer())!.status, 100);
  await both.client.write(body);
  assertEquals((await both.client.answer())!.status, 200);
  await both.client.write(head(1001));
  assertEquals((await both.client.answer())!.status, 413);
  assertEquals(await both.client.answer(), null);
});

test("http: HTTP/1.0 is answered and closed, and so is who wants that", async () => {
  await using server = await start();
  for (
    const request of [
      "GET /healthz HTTP/1.0\r\n\r\n",
      "GET /healthz HTTP/1.1\r\nHost: yard\r\nConnection: close\r\n\r\n",
    ]
  ) {
    using client = await HttpClient.connect(server.endpoint);
    await client.write(request);
    assertEquals((await client.answer())!.body, "ok\n");
    assertEquals(await client.answer(), null);
  }
});

test("http: who offers HTTP/2 is answered by HTTP/1.1", async () => {
  await using both = await pair();
  const body = token({ cmd: "ping" });
  await both.client.write(
    "POST /message HTTP/1.1\r\nHost: yard\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n" +
      `HTTP2-Settings: AAMAAABkAAQAAP__\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  );
  assertEquals((await both.client.answer())!.status, 200);
});

test("http: who has sent all and closes its side gets the answers", async () => {
  await using both = await pair();
  const body = token({ cmd: "say", text: "the last word" });
  await both.client.write(requestOf("GET", "/healthz") + requestOf("POST", "/message", body));
  await both.client.conn.closeWrite();
  assertEquals((await both.client.answer())!.status, 200);
  assertEquals(opened((await both.client.answer())!.body).text, "said");
  assertEquals(await both.client.answer(), null);
});

test("http: the runtime's own client is served", async () => {
  await using server = await start();
  const url = `http://${server.endpoint.host}:${server.endpoint.port}`;
  using client = Deno.createHttpClient({ poolMaxIdlePerHost: 1 });
  for (let i = 0; i < 3; i++) {
    const body = token({ cmd: "ping", args: `${i}` });
    const answer = await fetch(`${url}/message`, { method: "POST", body, client });
    assertEquals(opened(await answer.text()).args, `${i}`);
  }
});

test("http: an absolute target finds its route, and a proxy is none", async () => {
  await using both = await pair();
  for (const target of ["http://yard/healthz", "HTTPS://yard:1/healthz?x=/", "http://yard?x"]) {
    assertEquals((await both.client.ask("GET", target))?.status, 200);
  }
  const answer = await both.client.ask("CONNECT", "yard:443");
  assertEquals([answer?.status, answer?.headers.get("connection")], [405, "close"]);
  assertEquals(await both.client.answer(), null);
});

test("http: what cannot be expected, or decoded, is refused and counted", async () => {
  await using server = await start();
  const refused: [header: string, status: number][] = [
    ["Expect: tea", 417],
    ["Transfer-Encoding: gzip, chunked", 501],
  ];
  for (const [header, status] of refused) {
    using client = await HttpClient.connect(server.endpoint);
    await client.write(`POST /message HTTP/1.1\r\nHost: y\r\n${header}\r\n\r\n`);
    assertEquals((await client.answer())?.status, status);
  }
  assertEquals(server.hub.tally.http.statuses.at(-1), 2);
});

test("http: an answer that fails is told, and the next one may do better", async () => {
  await using both = await pair();
  const { server, client } = both;
  // One of the numbers, which cannot be read for a while.
  Object.defineProperty(server.hub, "running", {
    configurable: true,
    get: () => {
      throw new Error("no number");
    },
  });
  assertEquals((await client.ask("GET", "/metrics"))?.status, 500);
  const { doing, error } = await server.events.wait("fault");
  assertEquals(doing, `answer GET /metrics of ${client.address}`);
  assertStringIncludes(String(error), "no number");
  Reflect.deleteProperty(server.hub, "running");
  assertEquals((await client.ask("GET", "/metrics"))?.status, 200);
});
