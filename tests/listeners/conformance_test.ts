import {
  assert,
  assertEquals,
  assertMatch,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { type Endpoint, formatEndpoint } from "../../lib/endpoint.ts";
import { UsageError } from "../../lib/errors.ts";
import { Hub } from "../../lib/hub/hub.ts";
import { LISTENERS } from "../../lib/listeners/mod.ts";
import { type Received, RefusalCode } from "../../lib/wire/messages.ts";
import {
  DIALECT_CLIENTS,
  type DialectClient,
  REQUEST_CLIENTS,
  type RequestClient,
  WITHOUT_REQUESTS,
} from "../helpers/dialects.ts";
import { SERVER } from "../helpers/raw_client.ts";
import { FakeStore } from "../helpers/fake_store.ts";
import { sampleId, sampleManifest } from "../helpers/samples.ts";
import { stop } from "../helpers/stopped.ts";
import { test } from "../helpers/strict.ts";
import { TestServer, type TestServerOptions } from "../helpers/test_server.ts";

/** What every listener can need. */
const OPTIONS = { tls: SERVER };

const hasIpv6 = canListen("::1");

test("each listener of the table is tested, with requests or with a reason why not", () => {
  const all = [...LISTENERS.keys()].sort();
  assertEquals([...DIALECT_CLIENTS.keys()].sort(), all);
  assertEquals([...REQUEST_CLIENTS.keys(), ...WITHOUT_REQUESTS.keys()].sort(), all);
});

for (const [scheme, connect] of DIALECT_CLIENTS) testListener(scheme, connect);
for (const [scheme, connect] of REQUEST_CLIENTS) testRequests(scheme, connect);

function testListener(
  scheme: string,
  connect: (endpoint: Endpoint) => Promise<DialectClient>,
): void {
  const listener = LISTENERS.get(scheme)!;
  const start = (options: TestServerOptions = {}) => TestServer.start({ scheme, ...options });
  const newHub = () => new Hub({ store: new FakeStore(), onEvent: () => {} });
  const local = { dialect: scheme, host: "127.0.0.1", isLoopback: true };

  test(`${scheme}: tells the port that it got`, async () => {
    await using one = await start();
    await using other = await start();
    for (const { endpoint } of [one, other]) {
      assertEquals({ ...endpoint, port: 0 }, { scheme, host: "127.0.0.1", port: 0 });
    }
    assert(one.endpoint.port > 0 && other.endpoint.port > 0);
    assertNotEquals(one.endpoint.port, other.endpoint.port);
  });

  test(`${scheme}: tells the hub who comes and goes`, async () => {
    await using server = await start();
    const client = await connect(server.endpoint);
    await client.served();
    const peer = { ...local, address: client.address };
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
    await one.served();
    const two = await connect(server.endpoint);
    await two.served();
    for (let i = 0; i < 3; i++) {
      using three = await connect(server.endpoint);
      assertStringIncludes((await three.refusal())!, "serves 2 connections at once");
      assertEquals(await three.refusal(), null);
    }
    for (const client of [one, two]) await client.served();
    two[Symbol.dispose]();
    await server.events.wait("disconnected");
    using four = await connect(server.endpoint);
    await four.served();
    assertEquals(server.events.of("connected").map(({ connections }) => connections), [1, 2, 2]);
  });

  test(`${scheme}: a port that is taken is a UsageError`, async () => {
    await using server = await start();
    const hub = newHub();
    const error = await assertRejects(
      async () => await listener.listen(server.endpoint, hub, OPTIONS),
      UsageError,
      formatEndpoint(server.endpoint),
    );
    assertStringIncludes(error.message, "taken");
  });

  test(`${scheme}: an address of another machine is a UsageError`, async () => {
    // For documentation only (RFC 5737): nobody has it.
    const endpoint = { scheme, host: "192.0.2.1", port: 0 };
    await assertRejects(
      async () => await listener.listen(endpoint, newHub(), OPTIONS),
      UsageError,
      formatEndpoint(endpoint),
    );
  });

  test(
    `${scheme}: listens on [::1]${hasIpv6 ? "" : " (skipped: this machine has no IPv6)"}`,
    async () => {
      await using server = await start({ host: "::1" });
      assertEquals(formatEndpoint(server.endpoint), `${scheme}://[::1]:${server.endpoint.port}`);
      using client = await connect(server.endpoint);
      await client.served();
      assertEquals((await server.events.wait("connected")).peer, {
        dialect: scheme,
        address: client.address,
        host: "::1",
        isLoopback: true,
      });
    },
    { ignore: !hasIpv6 },
  );

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
      await Promise.all(clients.map((client) => client.served()));
      for (const client of clients) client[Symbol.dispose]();
    }
    const last = await server.events.wait("disconnected", 200);
    assertEquals(last.connections, 0);
  });

  test(`${scheme}: a server that stops closes its connections`, async () => {
    const server = await start();
    using one = await connect(server.endpoint);
    using other = await connect(server.endpoint);
    for (const client of [one, other]) await client.served();
    await server.hub.drain();
    for (const client of [one, other]) {
      assertEquals(await client.refusal(), null);
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
    await served.served();
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
    await one.served();
    using other = await connect(second.endpoint);
    await other.served();
    assertEquals(server.events.of("connected").map(({ connections }) => connections), [1, 2]);
    await stop(server.hub);
    assertEquals([await one.refusal(), await other.refusal()], [null, null]);
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

function canListen(hostname: string): boolean {
  try {
    Deno.listen({ hostname, port: 0 }).close();
    return true;
  } catch {
    return false;
  }
}
