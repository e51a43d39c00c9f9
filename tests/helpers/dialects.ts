/**
 * A client for each dialect that the server speaks, for the tests that are the same for all.
 *
 * @module
 */

import { assert } from "@std/assert";
import type { Endpoint } from "../../lib/endpoint.ts";
import type { Manifest, Received } from "../../lib/wire/messages.ts";
import { ChatClient } from "./chat_client.ts";
import { DictClient } from "./dict_client.ts";
import type { EventLog } from "./events.ts";
import { HttpClient } from "./http_client.ts";
import { RawClient } from "./raw_client.ts";
import { FAST, slow } from "./samples.ts";
import { opened, token } from "./tokens.ts";
import { UdpClient } from "./udp_client.ts";

/** What all dialects can do. */
export interface DialectClient extends Disposable {
  /** Its own address, as the server's events name it. */
  readonly address: string;
  /**
   * Resolves when the server has acted on something that this client has said.
   *
   * @param events What the server tells. Without them what is said may be the last thing.
   */
  served(events?: EventLog): Promise<void>;
  /** What the server says of why it refuses, or null when it has closed. */
  refusal(): Promise<string | null>;
}

/** What dialects with requests can do. An answer is as the hub gave it, or null at the end. */
export interface RequestClient extends DialectClient {
  /** Asks for the time. */
  fast(): Promise<Received | null>;
  /** Asks for the number of clients, after that many seconds. */
  slow(seconds: number): Promise<Received | null>;
  /** Sends a manifest. */
  manifest(manifest: Manifest): Promise<Received | null>;
  /** Asks the server to stop. */
  shutdown(): Promise<Received | null>;
  /** What comes without being asked for. */
  receive(): Promise<Received | null>;
}

/** How to connect, by the scheme of a listener. */
export type Clients<Client> = ReadonlyMap<string, (endpoint: Endpoint) => Promise<Client>>;

/** For the dialects that have requests. */
export const REQUEST_CLIENTS: Clients<RequestClient> = new Map([
  ["tcp", connectRaw],
  ["tls", connectRaw],
]);

/** The dialects that have none, and why: what is tested with requests is not tested with these. */
export const WITHOUT_REQUESTS: ReadonlyMap<string, string> = new Map([
  ["chat", "system C's clients talk to each other and ask the server for nothing"],
  ["dict", "all of a connection is one dictionary, which is answered at its end"],
  ["http", "its messages have no fast and slow requests, and nobody stops a server by them"],
]);

/**
 * What connections are told that are open when the server stops, where they are: there, who has begun
 * something has to know that nothing came of it.
 */
export const TOLD_AT_THE_END: ReadonlyMap<string, string> = new Map([
  ["dict", "Refused: This server is stopping.\n"],
]);

/** For all dialects that have connections. */
export const DIALECT_CLIENTS: Clients<DialectClient> = new Map<
  string,
  (endpoint: Endpoint) => Promise<DialectClient>
>([...REQUEST_CLIENTS, ["chat", connectChat], ["dict", connectDict], ["http", connectHttp]]);

/**
 * The dialects that have no connections, and why what is tested of connections is not tested with
 * them. With each comes what answers whether a server answers, once.
 */
export const WITHOUT_CONNECTIONS: ReadonlyMap<string, ConnectionlessDialect> = new Map([
  ["udp", {
    why: "a datagram belongs to no connection: nobody is accepted, closed, or comes and goes",
    ask: askByUdp,
  }],
]);

/** See {@linkcode WITHOUT_CONNECTIONS}. */
export interface ConnectionlessDialect {
  /** Why it has none. */
  readonly why: string;
  /** Asks a server something, and gives its own address, as the server's events name it. */
  readonly ask: (endpoint: Endpoint) => Promise<string>;
}

async function askByUdp(endpoint: Endpoint): Promise<string> {
  await using client = await UdpClient.open(endpoint);
  assert((await client.ask({ cmd: "ping" })).cmd === "ping");
  return client.address;
}

async function connectRaw(endpoint: Endpoint): Promise<RequestClient> {
  const client = await RawClient.connect(endpoint);
  const ask = async (message: Parameters<RawClient["send"]>[0]) => {
    await client.send(message);
    return await client.receive();
  };
  return {
    address: client.address,
    served: async () => assert((await ask(FAST))?.kind === "fastResponse"),
    refusal: async () => {
      const message = await client.receive();
      assert(message === null || message.kind === "refusal", JSON.stringify(message));
      return message && message.text;
    },
    fast: () => ask(FAST),
    slow: (seconds) => ask(slow(seconds)),
    manifest: ask,
    shutdown: () => ask({ kind: "shutdown" }),
    receive: () => client.receive(),
    [Symbol.dispose]: () => client.close(),
  };
}

async function connectChat(endpoint: Endpoint): Promise<DialectClient> {
  const client = await ChatClient.connect(endpoint);
  let hasName = false;
  return {
    address: client.address,
    served: async () => {
      if (!hasName) await client.say("ann");
      hasName = true;
      await client.settle();
    },
    refusal: async () => {
      const event = await client.next();
      assert(event === null || event.user === "wagons", JSON.stringify(event));
      return event && event.text;
    },
    [Symbol.dispose]: () => client.close(),
  };
}

async function connectDict(endpoint: Endpoint): Promise<DialectClient> {
  const client = await DictClient.connect(endpoint);
  let hasBegun = false;
  return {
    address: client.address,
    served: async (events) => {
      if (events === undefined) {
        return assert(await client.send('{"Kiel": 1}') === "Data received successfully.\n");
      }
      // Nothing is answered before the end: that it has come is all that can be known.
      if (!hasBegun) await client.write('{"Kiel": ');
      hasBegun = true;
      for (let nth = 1; (await events.wait("connected", nth)).peer.address !== client.address;) {
        nth++;
      }
    },
    refusal: async () => await client.answer() || null,
    [Symbol.dispose]: () => client.close(),
  };
}

async function connectHttp(endpoint: Endpoint): Promise<DialectClient> {
  const client = await HttpClient.connect(endpoint);
  return {
    address: client.address,
    served: async () => {
      const answer = await client.ask("POST", "/message", token({ cmd: "ping" }));
      assert(answer?.status === 200 && opened(answer.body).cmd === "ping", JSON.stringify(answer));
    },
    refusal: async () => {
      const answer = await client.answer();
      assert(answer === null || answer.status === 503, JSON.stringify(answer));
      return answer && answer.body;
    },
    [Symbol.dispose]: () => client.close(),
  };
}
