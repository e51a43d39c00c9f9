import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { postToken } from "../../lib/client/post_token.ts";
import type { Endpoint } from "../../lib/endpoint.ts";
import { ProtocolError, TimedOutError, UnreachableError } from "../../lib/errors.ts";
import { MAX_TOKEN_BYTES } from "../../lib/limits/tokens.ts";
import { test } from "../helpers/strict.ts";
import { PostServer, RawServer } from "../helpers/token_servers.ts";

function at(port: number): Endpoint {
  return { scheme: "http", host: "127.0.0.1", port };
}

/** Bytes of an answer that is too long. */
const TOO_LONG = MAX_TOKEN_BYTES + 1;

/** A port of this machine at which nobody listens. */
function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

test("a token is posted, and the answer is given with its status", async () => {
  await using server = new PostServer((body) => new Response(`got ${body}`, { status: 403 }));
  const { status, words, body } = await postToken(server.endpoint, "gAAAA-_=");
  assertEquals([status, words, body], [403, "Forbidden", "got gAAAA-_="]);
  await postToken({ ...server.endpoint, path: "/a/b%20c" }, "x");
  assertEquals(server.requests.map(({ path }) => path), ["/message", "/a/b%20c"]);
  const [{ headers } = { headers: new Headers() }] = server.requests;
  assertEquals(headers.get("content-type"), "text/plain");
  assertEquals(headers.get("content-length"), "8");
  assertEquals(headers.get("host"), `127.0.0.1:${server.endpoint.port}`);
});

test("an answer of any HTTP is read to its end", async () => {
  const answers: [string, "close" | "keep", string][] = [
    ["HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", "keep", "ok"],
    ["HTTP/1.0 200 OK\r\n\r\nto the end", "close", "to the end"],
    [
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n",
      "keep",
      "abc",
    ],
    ["HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx", "keep", "x"],
    [
      "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n",
      "keep",
      "",
    ],
  ];
  for (const [answer, then, body] of answers) {
    await using server = RawServer.writing(answer, then);
    assertEquals((await postToken(at(server.port), "t")).body, body, answer);
    assertEquals(server.connections, 1);
  }
});

test("what misbehaves is refused within its bounds", async () => {
  const cases: [
    string,
    string,
    "close" | "keep",
    typeof UnreachableError | typeof ProtocolError,
    RegExp,
  ][] = [
    ["no answer", "", "close", UnreachableError, /Cannot reach/],
    ["no HTTP", "SSH-2.0-OpenSSH\r\n", "close", ProtocolError, /no HTTP/],
    ["cut", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab", "close", UnreachableError, /broke/],
    [
      "huge",
      `HTTP/1.1 200 OK\r\nContent-Length: ${2 * TOO_LONG}\r\n\r\n${"x".repeat(TOO_LONG)}`,
      "keep",
      ProtocolError,
      /more than 1MiB/,
    ],
    [
      "endless",
      `HTTP/1.1 200 OK\r\n\r\n${"x".repeat(TOO_LONG)}`,
      "keep",
      ProtocolError,
      /more than 1MiB/,
    ],
    [
      "another protocol",
      "HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n",
      "keep",
      ProtocolError,
      /answers 101/,
    ],
    [
      "headers",
      `HTTP/1.1 200 OK\r\na: ${"x".repeat(200_000)}\r\n\r\n`,
      "keep",
      ProtocolError,
      /no HTTP/,
    ],
  ];
  for (const [name, answer, then, Kind, message] of cases) {
    await using server = RawServer.writing(answer, then);
    const error = await assertRejects(
      () => postToken(at(server.port), "t"),
      Kind,
      undefined,
      name,
    );
    assertMatch(error.message, message, name);
  }
});

test("an answer that does not come, or does not end, is given up", async () => {
  const answers = [
    "",
    "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab",
    "HTTP/1.1 100 Continue\r\n\r\n",
  ];
  for (const answer of answers) {
    await using server = RawServer.writing(answer, "keep");
    await assertRejects(
      () => postToken(at(server.port), "t", { timeoutMs: 50 }),
      TimedOutError,
      "has not answered within 50ms",
    );
  }
});

test("where nobody listens nothing is reached", async () => {
  const error = await assertRejects(() => postToken(at(freePort()), "t"), UnreachableError);
  assertMatch(error.message, /nobody listens there/);
  assert(error.hint !== undefined);
});

test("whoever gives up is heard at once", async () => {
  await using server = RawServer.writing("", "keep");
  const controller = new AbortController();
  const posting = postToken(at(server.port), "t", { signal: controller.signal });
  controller.abort(new RangeError("given up"));
  await assertRejects(() => posting, RangeError, "given up");
  await assertRejects(
    () => postToken(at(server.port), "t", { signal: controller.signal }),
    RangeError,
  );
});
