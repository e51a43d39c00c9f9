/**
 * What holds for all listeners, whether their peers have connections or not: where they listen, and
 * that they stop.
 *
 * @module
 */

import {
  assert,
  assertEquals,
  assertNotEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { type Endpoint, formatEndpoint } from "../../lib/endpoint.ts";
import { UsageError } from "../../lib/errors.ts";
import { Hub } from "../../lib/hub/hub.ts";
import { LISTENERS } from "../../lib/listeners/mod.ts";
import type { ConnectionlessDialect } from "../helpers/dialects.ts";
import { FakeStore } from "../helpers/fake_store.ts";
import { SERVER } from "../helpers/raw_client.ts";
import { KEY } from "../helpers/sealed_peer.ts";
import { stop } from "../helpers/stopped.ts";
import { test } from "../helpers/strict.ts";
import { TestServer, type TestServerOptions } from "../helpers/test_server.ts";

/** What every listener can need. */
export const OPTIONS = { tls: SERVER };

const hasIpv6 = canListen("::1");

/** Registers the tests; `ask` makes a peer, which is served once, and gives its address. */
export function testAddress(scheme: string, ask: (endpoint: Endpoint) => Promise<string>): void {
  const listener = LISTENERS.get(scheme)!;
  const start = (options: TestServerOptions = {}) => TestServer.start({ scheme, ...options });
  const newHub = () => hubFor(scheme);

  test(`${scheme}: tells the port that it got`, async () => {
    await using one = await start();
    await using other = await start();
    for (const { endpoint } of [one, other]) {
      assertEquals({ ...endpoint, port: 0 }, { scheme, host: "127.0.0.1", port: 0 });
    }
    assert(one.endpoint.port > 0 && other.endpoint.port > 0);
    assertNotEquals(one.endpoint.port, other.endpoint.port);
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
      const address = await ask(server.endpoint);
      assertEquals((await server.events.wait("connected")).peer, {
        ...commonInfo(scheme),
        address,
        host: "::1",
      });
    },
    { ignore: !hasIpv6 },
  );

  test(`${scheme}: gives its port back when its hub stops`, async () => {
    const server = await start();
    await ask(server.endpoint);
    await server[Symbol.asyncDispose]();
    const hub = newHub();
    const { endpoint, finished } = await listener.listen(server.endpoint, hub, OPTIONS);
    assertEquals(endpoint, server.endpoint);
    await ask(endpoint);
    await Promise.all([stop(hub), finished]);
  });

  test(`${scheme}: gives its port back at once for a hub that has stopped`, async () => {
    const hub = newHub();
    await stop(hub);
    const { endpoint, finished } = await listener
      .listen({ scheme, host: "127.0.0.1", port: 0 }, hub, OPTIONS);
    await finished;
    const next = newHub();
    const again = await listener.listen(endpoint, next, OPTIONS);
    await Promise.all([stop(next), again.finished]);
  });

  test(`${scheme}: two listeners of a hub serve, and stop with it`, async () => {
    await using server = await start();
    await using second = await server.alsoListen(scheme);
    const addresses = [await ask(server.endpoint), await ask(second.endpoint)];
    const connected = server.events.of("connected").map(({ peer }) => peer.address);
    assertEquals(connected, addresses);
  });
}

/** Registers what is tested of dialects without connections, and says why no more of it is. */
export function testConnectionless(scheme: string, { why }: ConnectionlessDialect): void {
  test(`${scheme}: has no connections: ${why}`, async () => {
    await using server = await TestServer.start({ scheme });
    await assertRejects(
      () => Deno.connect({ hostname: server.endpoint.host, port: server.endpoint.port }),
      Deno.errors.ConnectionRefused,
    );
  });
}

/** A hub for a listener of that dialect. */
export function hubFor(scheme: string): Hub {
  const key = LISTENERS.get(scheme)!.needsKey ? { key: KEY } : {};
  return new Hub({ store: new FakeStore(), onEvent: () => {}, ...key });
}

/** What is known of each peer on this machine. */
export function commonInfo(
  scheme: string,
): { dialect: string; isLoopback: boolean; isSealed?: boolean } {
  const isSealed = scheme === "http" ? { isSealed: true } : {};
  return { dialect: scheme, isLoopback: true, ...isSealed };
}

/** Whether this machine has an address. */
export function canListen(hostname: string): boolean {
  try {
    Deno.listen({ hostname, port: 0 }).close();
    return true;
  } catch {
    return false;
  }
}
