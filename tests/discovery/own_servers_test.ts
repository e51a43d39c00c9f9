/**
 * What finds servers, and the servers that there are to be found.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { askSealed } from "../../lib/discovery/ask_sealed.ts";
import { askByUdp } from "../../lib/discovery/ask_udp.ts";
import { Attempts } from "../../lib/discovery/attempts.ts";
import { type Dialect, handshakeQuestion } from "../../lib/discovery/handshake.ts";
import { ask } from "../../lib/discovery/scan.ts";
import type { Sighting } from "../../lib/discovery/sighting.ts";
import { TokenSeal } from "../../lib/token_seal.ts";
import { KEY } from "../helpers/sealed_peer.ts";
import { test } from "../helpers/strict.ts";
import { TestServer } from "../helpers/test_server.ts";

const LONG_MS = 60_000;
const OTHER_KEY = new Uint8Array(32).fill(99);
const never = new AbortController().signal;

/** Asks a server in its dialect, until it has answered. */
async function askServer(server: TestServer, scheme: Dialect, key: Uint8Array | undefined) {
  const { host, port } = server.endpoint;
  const seal = key && new TokenSeal(key);
  const answered = new AbortController();
  const sightings: Sighting[] = [];
  const options = {
    way: "http" as const,
    question: handshakeQuestion(seal, "me", scheme),
    seal,
    timeoutMs: LONG_MS,
    signal: answered.signal,
    onSighting: (sighting: Sighting) => {
      sightings.push(sighting);
      answered.abort();
    },
  };
  if (scheme === "http") await ask(host, port, options);
  else await askByUdp(host, [{ address: host, port }], new Attempts("test"), options);
  return sightings;
}

for (const scheme of ["http", "udp"] as const) {
  test(`a server that listens by ${scheme} says who it is, and where else it listens`, async () => {
    await using server = await TestServer.start({ scheme });
    const { identity } = server.hub;
    const { host, port } = server.endpoint;
    for (const other of ["tcp", "tls", "chat"]) {
      identity.listensOn({ scheme: other, host: "127.0.0.1", port: 7117 });
    }
    const [found] = await askServer(server, scheme, KEY);
    assertEquals([found!.id, found!.name, found!.version, found!.key], [
      ...[identity.id, identity.name, identity.version, "opens"],
    ]);
    assertEquals(
      found!.endpoints.map(({ scheme, port }) => `${scheme}:${port}`),
      [`${scheme}:${port}`, "tcp:7117", "tls:7117", "chat:7117"],
    );
    assert(found!.endpoints.every((endpoint) => endpoint.host === host));
  });
}

test("a server by http answers without our key too, with what it does not open", async () => {
  await using server = await TestServer.start({ scheme: "http" });
  const [other] = await askServer(server, "http", OTHER_KEY);
  assertEquals([other!.id, other!.name, other!.key], [undefined, "", "other"]);
  const [keyless] = await askServer(server, "http", undefined);
  assertEquals(keyless!.key, "unknown");
});

test("a server that speaks tcp alone proves its key, or does not", async () => {
  await using server = await TestServer.start({ hub: { key: KEY } });
  const { host, port } = server.endpoint;
  const matchOf = (key: Uint8Array, signal = never) =>
    askSealed(host, port, { key, timeoutMs: LONG_MS, signal });
  assertEquals(await matchOf(KEY), "opens");
  assertEquals(await matchOf(OTHER_KEY), "other");
  assertEquals(await matchOf(KEY, AbortSignal.abort()), "unknown");
});

test("whether our key opens a server that is not there is unknown", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr;
  listener.close();
  const options = { key: KEY, timeoutMs: LONG_MS, signal: never };
  assertEquals(await askSealed("127.0.0.1", port, options), "unknown");
});
