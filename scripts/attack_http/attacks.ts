/**
 * What nobody should do by HTTP and WebSocket, and how it has to end.
 *
 * @module
 */

import type { Endpoint } from "../../lib/endpoint.ts";
import { MAX_WAITING_PONGS } from "../../lib/limits/http.ts";
import { HttpClient, requestOf } from "../../tests/helpers/http_client.ts";
import {
  frame,
  frameHeader,
  Opcode,
  WebSocketClient,
} from "../../tests/helpers/websocket_client.ts";

const MIB = 1024 * 1024;

/** An attack. */
export interface Attack {
  /** What is done. */
  readonly name: string;
  /**
   * Does it: gives how each connection, or request, has ended. That is the status or the close code,
   * `closed` without one, or `reset`: what is written on can make the system reset before the answer
   * was read.
   */
  readonly run: (endpoint: Endpoint) => Promise<string[]>;
  /** Ends of which each has to be seen. */
  readonly must: readonly string[];
  /** Other ends that are right too. */
  readonly may?: readonly string[];
}

/** Time for a message to be whole, and for an answer to be taken, of a server that is attacked. */
export const ATTACKED_TIMEOUT = "3s";

const many = <T>(count: number, make: (index: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, index) => make(index)));

/** Connects, writes while it reads, and gives how that ends. */
async function byHttp(
  endpoint: Endpoint,
  write: (client: HttpClient) => Promise<void>,
): Promise<string> {
  using client = await HttpClient.connect(endpoint);
  // What is refused is not read to its end: then writing fails.
  const writing = write(client).catch(() => {});
  const status = await client.answer().then(
    (answer) => `${answer?.status ?? "closed"}`,
    () => "reset",
  );
  client.close();
  await writing;
  return status;
}

/** The same by WebSocket. */
async function byWebSocket(
  endpoint: Endpoint,
  write: (client: WebSocketClient) => Promise<void>,
): Promise<string> {
  using client = await WebSocketClient.connect(endpoint);
  const writing = write(client).catch(() => {});
  const end = await endOf(client);
  client.close();
  await writing;
  return end;
}

/** The code that a WebSocket is closed with: it may have come when the system resets. */
async function endOf(client: WebSocketClient): Promise<string> {
  let code: string | undefined;
  try {
    for (let next = await client.frame(); next !== null; next = await client.frame()) {
      if (next.opcode === Opcode.close) code = `${next.data[0]! * 256 + next.data[1]!}`;
    }
  } catch (error) {
    if (!(error instanceof Deno.errors.ConnectionReset)) throw error;
    return code ?? "reset";
  }
  return code ?? "closed";
}

/** Writes one byte, or frame, a second until that fails. */
async function drip(write: () => Promise<void>): Promise<void> {
  for (;;) {
    await write();
    await new Promise((resolve) => setTimeout(resolve, 1_000));
  }
}

/** Says a lot, which many hear who never read, until the server has put them all out. */
async function sayToDeaf(endpoint: Endpoint, count: number): Promise<string[]> {
  const deaf = await many(count, () => WebSocketClient.connect(endpoint));
  using loud = await WebSocketClient.connect(endpoint);
  using numbers = await HttpClient.connect(endpoint);
  await loud.message();
  for (let i = 0;; i++) {
    await loud.say({ text: "x".repeat(60_000), args: `${i}` });
    // Others talk too.
    while ((await loud.message()).args !== `${i}`);
    const { body } = (await numbers.ask("GET", "/metrics"))!;
    if (Number(/^wagons_open_websockets (\d+)$/m.exec(body)![1]) === 1) break;
  }
  for (const client of deaf) client.close();
  return deaf.map(() => "put out");
}

/** All of them. */
export const ATTACKS: readonly Attack[] = [
  {
    name: "10,000 junk bodies",
    run: async (endpoint) => {
      const statuses = await many(20, async () => {
        using client = await HttpClient.connect(endpoint);
        const statuses: string[] = [];
        for (let i = 0; i < 10; i++) {
          await client.write(requestOf("POST", "/message", "junk".repeat(100)).repeat(50));
          for (let j = 0; j < 50; j++) statuses.push(`${(await client.answer())?.status}`);
        }
        return statuses;
      });
      return statuses.flat();
    },
    must: ["400"],
  },
  {
    name: "900 bodies of 1 MiB of junk",
    run: async (endpoint) => {
      using client = await HttpClient.connect(endpoint);
      const statuses: string[] = [];
      for (let i = 0; i < 900; i++) {
        statuses.push(`${(await client.ask("POST", "/message", "x".repeat(MIB)))?.status}`);
      }
      return statuses;
    },
    must: ["400"],
  },
  {
    name: "1,000 connections with slow headers",
    run: (endpoint) =>
      many(1_000, () =>
        byHttp(endpoint, async (client) => {
          await client.write("POST /message HTTP/1.1\r\nHost: x\r\nX: ");
          await drip(() => client.write("x"));
        })),
    must: ["408"],
  },
  {
    name: "500 bodies of 1 MiB that do not end",
    run: (endpoint) =>
      many(500, () =>
        byHttp(endpoint, async (client) => {
          await client.write(`POST /message HTTP/1.1\r\nHost: x\r\nContent-Length: ${MIB}\r\n\r\n`);
          await client.write(new Uint8Array(MIB - 1));
        })),
    must: ["408", "503"],
    may: ["reset"],
  },
  {
    name: "100 bodies of 64 MiB to where nobody reads",
    run: (endpoint) =>
      many(100, () =>
        byHttp(endpoint, async (client) => {
          await client.write(
            `PUT /healthz HTTP/1.1\r\nHost: x\r\nContent-Length: ${64 * MIB}\r\n\r\n`,
          );
          for (let i = 0; i < 64; i++) await client.write(new Uint8Array(MIB));
        })),
    must: ["405"],
    may: ["reset"],
  },
  {
    name: "100 header bombs of 16 MiB",
    run: (endpoint) =>
      many(100, () =>
        byHttp(endpoint, async (client) => {
          await client.write("GET / HTTP/1.1\r\nX: ");
          await client.write(new Uint8Array(16 * MIB).fill(120));
        })),
    must: ["431"],
    may: ["reset"],
  },
  {
    name: "20 floods of requests that wait for no answer",
    run: (endpoint) =>
      many(20, () =>
        byHttp(endpoint, async (client) => {
          await client.write(requestOf("GET", "/metrics").repeat(10_000));
        })),
    must: ["reset"],
    may: ["200", "closed"],
  },
  {
    name: "50 frames of 64 MiB",
    run: (endpoint) =>
      many(50, () =>
        byWebSocket(endpoint, async (client) => {
          await client.write(frameHeader(Opcode.binary, 64 * MIB));
          for (let i = 0; i < 64; i++) await client.write(new Uint8Array(MIB));
        })),
    must: ["1009"],
    may: ["reset"],
  },
  {
    name: "500 messages of 1 MiB that do not end",
    run: (endpoint) =>
      many(
        500,
        () =>
          byWebSocket(endpoint, (client) =>
            client.write(frame(Opcode.binary, new Uint8Array(MIB), false))),
      ),
    must: ["1008", "1013"],
    may: ["reset"],
  },
  {
    name: "500 of those in fragments of 16,000 bytes",
    run: (endpoint) =>
      many(500, () =>
        byWebSocket(endpoint, async (client) => {
          for (let i = 0; i < 64; i++) {
            const opcode = i === 0 ? Opcode.binary : Opcode.more;
            await client.write(frame(opcode, new Uint8Array(16_000), false));
          }
        })),
    must: ["1008", "1013"],
    may: ["reset"],
  },
  {
    name: "100 of those with a ping a second",
    run: (endpoint) =>
      many(100, () =>
        byWebSocket(endpoint, async (client) => {
          await client.write(frame(Opcode.binary, new Uint8Array(MIB / 2), false));
          await drip(() => client.write(frame(Opcode.ping, new Uint8Array(1))));
        })),
    must: ["1008", "1013"],
    may: ["reset"],
  },
  {
    name: "20 floods of pings",
    run: (endpoint) =>
      many(20, () =>
        byWebSocket(endpoint, async (client) => {
          const ping = frame(Opcode.ping, new Uint8Array(0));
          const pings = new Uint8Array(10 * MAX_WAITING_PONGS * ping.length);
          for (let at = 0; at < pings.length; at += ping.length) pings.set(ping, at);
          for (let i = 0; i < 100; i++) await client.write(pings);
        })),
    must: ["1008"],
    may: ["reset"],
  },
  {
    name: "100 WebSockets that never read what is said",
    run: (endpoint) => sayToDeaf(endpoint, 100),
    must: ["put out"],
  },
];
