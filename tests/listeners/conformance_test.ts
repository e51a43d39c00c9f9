import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import type { Endpoint } from "../../lib/endpoint.ts";
import { LISTENERS } from "../../lib/listeners/mod.ts";
import { type Received, RefusalCode } from "../../lib/wire/messages.ts";
import {
  DIALECT_CLIENTS,
  type DialectClient,
  REQUEST_CLIENTS,
  type RequestClient,
  TOLD_AT_THE_END,
  WITHOUT_CONNECTIONS,
  WITHOUT_REQUESTS,
} from "../helpers/dialects.ts";
import { sampleId, sampleManifest } from "../helpers/samples.ts";
import { stop } from "../helpers/stopped.ts";
import { test } from "../helpers/strict.ts";
import { TestServer, type TestServerOptions } from "../helpers/test_server.ts";
import {
  commonInfo,
  hubFor,
  OPTIONS,
  testAddress,
  testConnectionless,
} from "./conformance_address.ts";

test("each listener of the table is tested, or there is a reason why it is not", () => {
  const connected = [...DIALECT_CLIENTS.keys()].sort();
  const all = [...LISTENERS.keys()].sort();
  assertEquals([...connected, ...WITHOUT_CONNECTIONS.keys()].sort(), all);
  assertEquals([...REQUEST_CLIENTS.keys(), ...WITHOUT_REQUESTS.keys()].sort(), connected);
});

for (const [scheme, dialect] of WITHOUT_CONNECTIONS) {
  testAddress(scheme, dialect.ask);
  testConnectionless(scheme, dialect);
}
for (const [scheme, connect] of DIALECT_CLIENTS) {
  testAddress(scheme, (endpoint) => askOnce(endpoint, connect));
  testListener(scheme, connect);
}
for (const [scheme, connect] of REQUEST_CLIENTS) testRequests(scheme, connect);

/** A connection that was served and is over. */
async function askOnce(
  endpoint: Endpoint,
  connect: (endpoint: Endpoint) => Promise<DialectClient>,
): Promise<string> {
  using client = await connect(endpoint);
  await client.served();
  return client.address;
}

function testListener(
  scheme: string,
  connect: (endpoint: Endpoint) => Promise<DialectClient>,
): void {
  const listener = LISTENERS.get(scheme)!;
  const start = (options: TestServerOptions = {}) => TestServer.start({ scheme, ...options });
  const newHub = () => hubFor(scheme);

  test(`${scheme}: tells the hub who comes and goes`, async () => {
    await using server = await start();
    const client = await connect(server.endpoint);
    await client.served(server.events);
    const peer = { ...commonInfo(scheme), host: "127.0.0.1", address: client.address };
    assertEquals(server.events.of("connected"), [{ event: "connected", peer, connections: 1 }]);
    client[Symbol.dispose]();
    const reason = "closed the connection";
    assertEquals(
      await server.events.wait("disconnected"),
      { event: "disconnected", peer, reason, connections: 0 },
    );
  });

  test(`${scheme}: the client too many is told and closed, the others are served`, async () => {
    await using server = await start({ hub: { maxConnections: 2 } });
    using one = await connect(server.endpoint);
    await one.served(server.events);
    const two = await connect(server.endpoint);
    await two.served(server.events);
    for (let i = 0; i < 3; i++) {
      using three = await connect(server.endpoint);
      assertStringIncludes((await three.refusal())!, "serves 2 connections at once");
      assertEquals(await three.refusal(), null);
    }
    for (const client of [one, two]) await client.served(server.events);
    two[Symbol.dispose]();
    await server.events.wait("disconnected");
    using four = await connect(server.endpoint);
    await four.served(server.events);
    assertEquals(server.events.of("connected").map(({ connections }) => connections), [1, 2, 2]);
  });

  test(`${scheme}: stops with its hub`, async () => {
    const server = await start();
    await server[Symbol.asyncDispose]();
    await assertRejects(() => connect(server.endpoint), Deno.errors.ConnectionRefused);
  });

  test(`${scheme}: does not listen for a hub that has stopped`, async () => {
    const hub = newHub();
    await stop(hub);
    const bound = await listener.listen({ scheme, host: "127.0.0.1", port: 0 }, hub, OPTIONS);
    await bound.finished;
    await assertRejects(() => connect(bound.endpoint), Deno.errors.ConnectionRefused);
  });

  test(`${scheme}: many clients that come and go leave nothing behind`, async () => {
    await using server = await start();
    for (let round = 0; round < 5; round++) {
      const clients = await Promise.all(
        Array.from({ length: 40 }, () => connect(server.endpoint)),
      );
      await Promise.all(clients.map((client) => client.served(server.events)));
      for (const client of clients) client[Symbol.dispose]();
    }
    const last = await server.events.wait("disconnected", 200);
    assertEquals(last.connections, 0);
  });

  test(`${scheme}: a server that stops closes its connections`, async () => {
    const server = await start();
    using one = await connect(server.endpoint);
    using other = await connect(server.endpoint);
    for (const client of [one, other]) await client.served(server.events);
    await server.hub.drain();
    for (const client of [one, other]) {
      assertEquals(await client.refusal(), TOLD_AT_THE_END.get(scheme) ?? null);
      client[Symbol.dispose]();
    }
    await server.finished;
    const reasons = server.events.of("disconnected").map(({ reason }) => reason);
    assertEquals(reasons, ["the server stopped", "the server stopped"]);
  });

  test(`${scheme}: clients that do not close keep no server from stopping`, async () => {
    const server = await start();
    using silent = await connect(server.endpoint);
    using served = await connect(server.endpoint);
    await served.served(server.events);
    await server.events.wait("connected", 2);
    await server.hub.drain();
    await server.finished;
    assertEquals(server.events.of("disconnected").length, 2);
    silent[Symbol.dispose]();
  });

  test(`${scheme}: two listeners stop with their hub`, async () => {
    await using server = await start();
    const second = await listener.listen(
      { scheme, host: "127.0.0.1", port: 0 },
      server.hub,
      OPTIONS,
    );
    using one = await connect(server.endpoint);
    await one.served(server.events);
    using other = await connect(second.endpoint);
    await other.served(server.events);
    assertEquals(server.events.of("connected").map(({ connections }) => connections), [1, 2]);
    await stop(server.hub);
    const told = TOLD_AT_THE_END.get(scheme) ?? null;
    assertEquals([await one.refusal(), await other.refusal()], [told, told]);
    one[Symbol.dispose]();
    other[Symbol.dispose]();
    await Promise.all([server.finished, second.finished]);
  });
}

function testRequests(
  scheme: string,
  connect: (endpoint: Endpoint) => Promise<RequestClient>,
): void {
  const listener = LISTENERS.get(scheme)!;
  const start = (options: TestServerOptions = {}) => TestServer.start({ scheme, ...options });

  test(`${scheme}: answers what the hub answers`, async () => {
    await using server = await start();
    using client = await connect(server.endpoint);
    const fast = await client.fast();
    assert(fast?.kind === "fastResponse");
    assertMatch(fast.currentDateTime, /^\d{8}T\d{6}\.\d{3}$/);
    assertEquals(await client.slow(0), { kind: "slowResponse", connectedClientCount: 1 });
    for (const duplicate of [false, true]) {
      const receipt = await client.manifest(sampleManifest(1));
      assertEquals(receipt, { kind: "receipt", id: sampleId(1), storedAtMs: 1000, duplicate });
    }
    assertEquals(server.store.manifest(sampleId(1)), { ...sampleManifest(1), storedAtMs: 1000 });
  });

  test(`${scheme}: a slow request holds up no other client`, async () => {
    await using server = await start();
    using slow = await connect(server.endpoint);
    using fast = await connect(server.endpoint);
    // A client can be connected before the server has taken it.
    for (const client of [slow, fast]) await client.fast();
    let isOver = false;
    const sleeping = slow.slow(1).finally(() => isOver = true);
    for (let i = 0; i < 100; i++) assertEquals((await fast.fast())?.kind, "fastResponse");
    assertEquals(isOver, false);
    assertEquals(await sleeping, { kind: "slowResponse", connectedClientCount: 2 });
  });

  test(`${scheme}: a client that leaves takes its slow request along`, async () => {
    await using server = await start({ hub: { traceRequests: true } });
    const client = await connect(server.endpoint);
    const sleeping = assertRejects(() => client.slow(4_294_967_295), Error);
    await server.events.wait("request");
    client[Symbol.dispose]();
    await sleeping;
    await server.events.wait("disconnected");
  });

  test(`${scheme}: a shutdown is reported before the connections are closed`, async () => {
    await using server = await start();
    using asking = await connect(server.endpoint);
    using idle = await connect(server.endpoint);
    await idle.fast();
    const report = await asking.shutdown();
    assert(report?.kind === "shutdownReport");
    assertEquals([report.connections, report.finished, report.abandoned], [2, 0, 0]);
    for (const client of [asking, idle]) {
      assertEquals(await client.receive(), null);
      client[Symbol.dispose]();
    }
    await server.finished;
    const reasons = server.events.of("disconnected").map(({ reason }) => reason);
    assertEquals(reasons, ["the server stopped", "the server stopped"]);
  });

  test(`${scheme}: a client that does not close keeps no server from stopping`, async () => {
    const server = await start({ hub: { traceRequests: true } });
    using silent = await connect(server.endpoint);
    using sleeping = await connect(server.endpoint);
    await silent.fast();
    const answer = sleeping.slow(3600);
    await server.events.wait("request", 2);
    await server.hub.drain();
    assertRefusal(await answer, RefusalCode.shuttingDown);
    await server.finished;
    assertEquals(server.events.of("disconnected").length, 2);
  });

  test(`${scheme}: two listeners of a hub have the same clients and stop together`, async () => {
    await using server = await start();
    const second = await listener.listen(
      { scheme, host: "127.0.0.1", port: 0 },
      server.hub,
      OPTIONS,
    );
    using one = await connect(server.endpoint);
    using other = await connect(second.endpoint);
    await one.fast();
    assertEquals(await other.slow(0), { kind: "slowResponse", connectedClientCount: 2 });
    assertEquals(await one.slow(0), { kind: "slowResponse", connectedClientCount: 2 });
    assertEquals((await other.shutdown())?.kind, "shutdownReport");
    assertEquals([await one.receive(), await other.receive()], [null, null]);
    one[Symbol.dispose]();
    other[Symbol.dispose]();
    await Promise.all([server.finished, second.finished]);
  });
}

function assertRefusal(answer: Received | null, code: RefusalCode): void {
  assert(answer?.kind === "refusal", `the answer is ${JSON.stringify(answer)}`);
  assertEquals(answer.code, code);
}
