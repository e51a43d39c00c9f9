import { assert, assertEquals } from "@std/assert";
import { type Asked, askHttp } from "../../lib/discovery/ask_http.ts";
import { OddServer, readToEnd, writeText } from "../helpers/odd_server.ts";
import { test } from "../helpers/strict.ts";

const HOST = "127.0.0.1";
/** Never over in these tests. */
const LONG_MS = 60_000;
const never = new AbortController().signal;

/** What comes of a question to a server that does this. */
async function askOf(
  serve: (conn: Deno.TcpConn) => Promise<void>,
  timeoutMs: number = LONG_MS,
): Promise<Asked> {
  await using server = new OddServer(serve);
  return await askHttp(HOST, server.port, "question", { timeoutMs, signal: never });
}

test("an answer is given with the time that it took", async () => {
  const asked = await askOf((conn) =>
    writeText(conn, "HTTP/1.1 400 Bad Request\r\nContent-Length: 5\r\n\r\nhello")
  );
  assert("reply" in asked);
  assertEquals(asked.reply, { status: 400, body: "hello" });
  assert(asked.roundTripMs > 0);
});

test("the question is whole, and to /message", async () => {
  let request = "";
  await askOf(async (conn) => {
    const buffer = new Uint8Array(4096);
    while (!request.endsWith("question")) {
      const count = await conn.read(buffer);
      request += new TextDecoder().decode(buffer.subarray(0, count!));
    }
    await writeText(conn, "HTTP/1.1 200 OK\r\n\r\n");
  });
  assert(request.startsWith("POST /message HTTP/1.0\r\n"), request);
});

test("an answer that comes byte by byte is the same", async () => {
  const asked = await askOf(async (conn) => {
    conn.setNoDelay(true);
    for (const byte of "HTTP/1.1 200 OK\r\n\r\nhello") await writeText(conn, byte);
  });
  assertEquals("reply" in asked && asked.reply, { status: 200, body: "hello" });
});

test("nobody there, junk, nothing at all: each is told apart", async () => {
  const listener = Deno.listen({ hostname: HOST, port: 0 });
  const { port } = listener.addr;
  listener.close();
  const asked = await askHttp(HOST, port, "q", { timeoutMs: LONG_MS, signal: never });
  assertEquals(asked, { failure: "refused" });
  assertEquals(await askOf((conn) => writeText(conn, "220 mail.example ESMTP\r\n")), {
    failure: "no answer by HTTP",
  });
  assertEquals(await askOf(async (conn) => void await conn.read(new Uint8Array(4096))), {
    failure: "no whole answer by HTTP",
  });
});

test("an answer without an end is given up when it is too long", async () => {
  const asked = await askOf(async (conn) => {
    await writeText(conn, "HTTP/1.1 200 OK\r\n\r\n");
    while (true) await writeText(conn, "x".repeat(16 * 1024));
  });
  assertEquals(asked, { failure: "an answer that is too long" });
});

test("who takes the question and says nothing is given up when the time is over", async () => {
  assertEquals(await askOf(readToEnd, 200), { failure: "connected, and then silent" });
});

test("who takes no connection is given up when the time is over, with nothing left open", async () => {
  // Two connections wait there to be accepted, and the system has room for no third.
  using listener = Deno.listen({ hostname: HOST, port: 0, tcpBacklog: 1 });
  const { port } = listener.addr;
  using _first = await Deno.connect({ hostname: HOST, port });
  using _second = await Deno.connect({ hostname: HOST, port });
  const asked = await askHttp(HOST, port, "q", { timeoutMs: 200, signal: never });
  assertEquals(asked, { failure: "silent" });
});

test("an interrupt ends a question at once, before the connection and after", async () => {
  const early = await askHttp(HOST, 1, "q", { timeoutMs: LONG_MS, signal: AbortSignal.abort() });
  assertEquals(early, { failure: "interrupted" });
  const interrupt = new AbortController();
  await using server = new OddServer(async (conn) => {
    await conn.read(new Uint8Array(4096));
    interrupt.abort();
    await readToEnd(conn);
  });
  const { signal } = interrupt;
  const asked = await askHttp(HOST, server.port, "q", { timeoutMs: LONG_MS, signal });
  assertEquals(asked, { failure: "interrupted" });
});
