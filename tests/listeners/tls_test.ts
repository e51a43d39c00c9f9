/**
 * What is particular to listening by TLS: who comes with a certificate is known.
 *
 * @module
 */

import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { WireConnection } from "../../lib/client/wire_connection.ts";
import { RefusedError, UsageError } from "../../lib/errors.ts";
import { Hub } from "../../lib/hub/hub.ts";
import { LISTENERS } from "../../lib/listeners/mod.ts";
import { RefusalCode } from "../../lib/wire/messages.ts";
import { FakeStore } from "../helpers/fake_store.ts";
import { issue } from "../helpers/issue.ts";
import { RawClient, SERVER } from "../helpers/raw_client.ts";
import { FAST, sampleManifest } from "../helpers/samples.ts";
import { KEY } from "../helpers/sealed_peer.ts";
import { test } from "../helpers/strict.ts";
import { TestServer } from "../helpers/test_server.ts";

const CA = issue("Yards", { isCa: true });
const YARD = issue("yard.example", { issuer: CA });
const STRANGER = issue("stranger.example");
const CA_PEM = SERVER.certPem;

const asYard = { caPem: CA_PEM, certPem: YARD.certPem, keyPem: YARD.keyPem };

test("tls: without a certificate it does not listen", async () => {
  const hub = new Hub({ store: new FakeStore(), onEvent: () => {} });
  const endpoint = { scheme: "tls", host: "127.0.0.1", port: 0 };
  const error = await assertRejects(
    async () => await LISTENERS.get("tls")!.listen(endpoint, hub, {}),
    UsageError,
    "without a certificate",
  );
  assertStringIncludes(error.hint!, "wagons cert new");
});

test("tls: a client with a certificate that the server trusts is known, and trusted", async () => {
  await using server = await TestServer.start({
    scheme: "tls",
    hub: { key: KEY },
    listener: { tls: { ...SERVER, clientCaPem: CA.certPem } },
  });
  using connection = await WireConnection.open(server.endpoint, { tls: asYard });
  assertEquals((await connection.request(sampleManifest(1), "receipt")).duplicate, false);
  assertEquals((await server.events.wait("connected")).peer.identity, "yard.example");
});

test("tls: a client without such a certificate is not served at all", async () => {
  await using server = await TestServer.start({
    scheme: "tls",
    listener: { tls: { ...SERVER, clientCaPem: CA.certPem } },
  });
  const stranger = { caPem: CA_PEM, certPem: STRANGER.certPem, keyPem: STRANGER.keyPem };
  for (const [number, tls] of [{ caPem: CA_PEM }, stranger].entries()) {
    await assertRejects(async () => {
      using connection = await WireConnection.open(server.endpoint, { tls });
      await connection.request(FAST, "fastResponse");
    }, RefusedError);
    const { dialect, why } = await server.events.wait("turnedAway", number + 1);
    assertEquals(dialect, "tls");
    assertStringIncludes(why, "showed");
  }
  assertEquals(server.events.of("connected"), []);
});

test("tls: without a certificate of its own a client is trusted as by tcp", async () => {
  await using server = await TestServer.start({ scheme: "tls", hub: { key: KEY } });
  using plain = await WireConnection.open(server.endpoint, { tls: { caPem: CA_PEM } });
  const error = await assertRejects(
    () => plain.request(sampleManifest(1), "receipt"),
    RefusedError,
  );
  assertStringIncludes(error.message, "sealed session");
  using sealed = await WireConnection.open(server.endpoint, { tls: { caPem: CA_PEM }, key: KEY });
  assertEquals((await sealed.request(sampleManifest(1), "receipt")).duplicate, false);
});

test("tls: who speaks no TLS is turned away, and harms nobody", async () => {
  await using server = await TestServer.start({ scheme: "tls" });
  const { host, port } = server.endpoint;
  using plain = await RawClient.connect({ scheme: "tcp", host, port });
  await plain.send(FAST);
  assertEquals((await server.events.wait("turnedAway")).why, "speaks no TLS");
  using client = await RawClient.connect(server.endpoint);
  assertEquals(await client.kindsOfAnswers(FAST), ["fastResponse"]);
});

test("tls: a client that comes to a tcp:// listener by TLS is told what it is", async () => {
  await using server = await TestServer.start();
  const endpoint = { ...server.endpoint, scheme: "tls" };
  const open = () => WireConnection.open(endpoint, { tls: { caPem: CA_PEM } });
  const error = await assertRejects(open, RefusedError);
  assertStringIncludes(`${error.message} ${error.hint}`, "tcp://");
  const refused = await server.events.wait("refused");
  assert(refused.code === RefusalCode.brokenFrame || refused.code === RefusalCode.frameTooLarge);
});
