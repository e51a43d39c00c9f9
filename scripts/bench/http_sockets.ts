/**
 * The process that posts over plain sockets: it is told what by its argument, an `HttpLoad` as JSON,
 * and prints the `HttpFigures`.
 *
 * @module
 */

import { Histogram } from "../../lib/client/histogram.ts";
import { figuresOf, type HttpLoad } from "./http_load.ts";

const LENGTH = /\r\nContent-Length: *(\d+)/i;

const load = JSON.parse(Deno.args[0]!) as HttpLoad;
const { hostname, port, pathname } = new URL(load.url);
const request = new TextEncoder().encode(
  `POST ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Length: ${load.body.length}\r\n` +
    `${load.keepAlive ? "" : "Connection: close\r\n"}\r\n${load.body}`,
);
const latency = new Histogram();
const startMs = performance.now();
const endMs = startMs + load.durationMs;
await Promise.all(Array.from({ length: load.connections }, post));
console.log(JSON.stringify(figuresOf(latency, performance.now() - startMs)));

/** Posts, and posts again when the answer is there. */
async function post(): Promise<void> {
  let conn: Deno.TcpConn | undefined;
  const buffer = new Uint8Array(64 * 1024);
  const decoder = new TextDecoder("latin1");
  for (let sentMs; (sentMs = performance.now()) < endMs;) {
    conn ??= await Deno.connect({ hostname, port: Number(port) });
    await conn.write(request);
    let answer = "";
    while (!isWhole(answer)) {
      const count = await conn.read(buffer);
      if (count === null) throw new Error(`The answer ends after ${JSON.stringify(answer)}`);
      answer += decoder.decode(buffer.subarray(0, count));
    }
    if (!/^HTTP\/1\.[01] 200 /.test(answer)) throw new Error(`The answer is ${answer}`);
    latency.record(performance.now() - sentMs);
    if (!load.keepAlive || /\r\nConnection: close/i.test(answer)) {
      conn.close();
      conn = undefined;
    }
  }
  conn?.close();
}

function isWhole(answer: string): boolean {
  const headersEnd = answer.indexOf("\r\n\r\n");
  if (headersEnd === -1) return false;
  const length = LENGTH.exec(answer)?.[1];
  if (length === undefined) throw new Error(`The answer has no length: ${answer}`);
  return answer.length >= headersEnd + 4 + Number(length);
}
