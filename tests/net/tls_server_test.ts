import { fileURLToPath } from "node:url";
import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { UsageError } from "../../lib/errors.ts";
import { listenTls } from "../../lib/net/tls_server.ts";
import { issue } from "../helpers/issue.ts";
import { ResettableClient } from "../helpers/resettable.ts";
import { test } from "../helpers/strict.ts";
import {
  bytesOf,
  closeIfOpen,
  HOST,
  readAtLeast,
  SERVER,
  settle,
  TestAcceptor,
  textOf,
  writeAll,
} from "../helpers/tls.ts";

const { BadResource } = Deno.errors;
const ca = issue("Yards", { isCa: true });

const FAILED_HANDSHAKES = fileURLToPath(
  new URL("../helpers/failed_handshakes.ts", import.meta.url),
);

test("a client is accepted once its handshake is done, with its address", async () => {
  await using acceptor = await TestAcceptor.listen();
  const [accepted, client] = await Promise.all([acceptor.accept(), acceptor.connect()]);
  const { conn, hostname, port, identity } = accepted;
  assertEquals([hostname, identity], [HOST, undefined]);
  assert(port > 0 && port !== acceptor.port);
  await writeAll(client, bytesOf("hello"));
  assertEquals(textOf(await readAtLeast(conn, 5)), "hello");
  client.close();
  assertEquals(await conn.read(new Uint8Array(1)), null);
  conn.close();
  await settle();
});

test("what is no TLS is refused, and costs nobody else anything", async () => {
  await using acceptor = await TestAcceptor.listen();
  const rude = {
    "GET / HTTP/1.1\r\n\r\n": "speaks no TLS",
    "\x05\x1a\x03abc": "speaks no TLS",
    "\x16\x03\x01\x00\x05hello": undefined,
  };
  for (const [text, why] of Object.entries(rude)) {
    const conn = await Deno.connect({ hostname: HOST, port: acceptor.port });
    await conn.write(Uint8Array.from(text, (character) => character.charCodeAt(0)));
    const refused = await Promise.all([acceptor.refused(), drain(conn)]).then(([first]) => first);
    assertEquals(refused.address, `${HOST}:${conn.localAddr.port}`);
    if (why !== undefined) assertEquals(refused.why, why);
    conn.close();
  }
  const [{ conn }, client] = await Promise.all([acceptor.accept(), acceptor.connect()]);
  conn.close();
  client.close();
  await settle();
});

test("clients that leave or reset in the handshake are refused", async () => {
  await using acceptor = await TestAcceptor.listen();
  const leaving = await Deno.connect({ hostname: HOST, port: acceptor.port });
  leaving.close();
  assertEquals((await acceptor.refused()).why, "left before the handshake was done");
  const resetting = await ResettableClient.connect({
    scheme: "tcp",
    host: HOST,
    port: acceptor.port,
  });
  await resetting.send(Uint8Array.of(22, 3, 1));
  await resetting.reset();
  assertStringIncludes((await acceptor.refused()).why, "reset the connection");
  await settle();
});

test("a handshake that is not done in time ends, with its connection", async () => {
  await using acceptor = await TestAcceptor.listen({ handshakeTimeoutMs: 20 });
  const silent = await Deno.connect({ hostname: HOST, port: acceptor.port });
  const [{ why }] = await Promise.all([acceptor.refused(), drain(silent)]);
  assertEquals(why, "was not done after 20 ms");
  silent.close();
});

test("of too many handshakes the longest under way makes room", async () => {
  await using acceptor = await TestAcceptor.listen({ maxHandshakes: 2 });
  const halfOpen: Deno.TcpConn[] = [];
  for (let index = 0; index < 3; index++) {
    halfOpen.push(await Deno.connect({ hostname: HOST, port: acceptor.port }));
  }
  const [{ conn }, client] = await Promise.all([acceptor.accept(), acceptor.connect()]);
  const first = await acceptor.refused();
  assertEquals(first.address, `${HOST}:${halfOpen[0]!.localAddr.port}`);
  assertEquals(first.why, "had to make room for others after it took too long");
  for (const each of [conn, client, ...halfOpen]) each.close();
  await settle();
});

test("hundreds of clients at once are all served", async () => {
  const COUNT = 300;
  await using acceptor = await TestAcceptor.listen({ maxHandshakes: 50 });
  const served = (async () => {
    const conns = [];
    while (conns.length < COUNT) conns.push((await acceptor.accept()).conn);
    return conns;
  })();
  const clients = await Promise.all(Array.from({ length: COUNT }, () => acceptor.connect()));
  for (const conn of [...await served, ...clients]) conn.close();
  await settle();
});

test("a client shows who it is by its certificate", async () => {
  await using acceptor = await TestAcceptor.listen({ clientCaPem: ca.certPem });
  const clients = {
    "Scanner 7": issue("Scanner 7", { issuer: ca }),
    "yard.example": issue("", { issuer: ca, hosts: ["yard.example"] }),
  };
  for (const [name, client] of Object.entries(clients)) {
    const [{ conn, identity }, own] = await Promise.all([
      acceptor.accept(),
      acceptor.connect(client),
    ]);
    assertEquals(identity, name);
    conn.close();
    own.close();
  }
  await settle();
});

test("a certificate that is its own issuer can be the one that is trusted", async () => {
  const client = issue("Scanner 7");
  await using acceptor = await TestAcceptor.listen({ clientCaPem: client.certPem });
  const [{ conn, identity }, own] = await Promise.all([
    acceptor.accept(),
    acceptor.connect(client),
  ]);
  assertEquals(identity, "Scanner 7");
  conn.close();
  own.close();
  await settle();
});

test("no client is accepted without a certificate that is good", async () => {
  await using acceptor = await TestAcceptor.listen({ clientCaPem: ca.certPem });
  const namesake = issue("Yards", { isCa: true });
  const clients = {
    "of nobody known": issue("Scanner 7"),
    "of a namesake": issue("Scanner 7", { issuer: namesake }),
    "of version 1": issue("Scanner 7", { issuer: namesake, version: 1 }),
    "expired": issue("Scanner 7", { issuer: ca, fromDays: -2, toDays: -1 }),
    "for servers": issue("Scanner 7", { issuer: ca, purposes: ["1.3.6.1.5.5.7.3.1"] }),
    "of nobody": issue("", { issuer: ca, hosts: [] }),
  };
  let isAccepted = false;
  const accepting = acceptor.accept().then(() => void (isAccepted = true), () => {});
  for (const [what, client] of Object.entries(clients)) {
    const own = await acceptor.connect(client);
    await assertRejects(() => own.read(new Uint8Array(1)), Error, "does not take", what);
    closeIfOpen(own);
    const { why } = await acceptor.refused();
    assertStringIncludes(why, "certificate", what);
  }
  const own = await acceptor.connect();
  await assertRejects(() => own.read(new Uint8Array(1)), Error, "wants a certificate");
  closeIfOpen(own);
  assertEquals((await acceptor.refused()).why, "showed no certificate");
  acceptor.close();
  await accepting;
  assertEquals(isAccepted, false);
  await settle();
});

test("a close ends what waits: accepting, handshakes, and who is not taken yet", async () => {
  const acceptor = await listenTls({
    hostname: HOST,
    port: 0,
    certPem: SERVER.certPem,
    keyPem: SERVER.keyPem,
    handshakeTimeoutMs: 30_000,
  });
  const halfOpen = await Deno.connect({ hostname: HOST, port: acceptor.addr.port });
  const accepting = acceptor.accept();
  acceptor.close();
  await assertRejects(() => accepting, BadResource);
  await assertRejects(() => acceptor.accept(), BadResource);
  await drain(halfOpen);
  halfOpen.close();
});

test("certificates and keys that do not do are told before anyone connects", async () => {
  const [one, other] = [issue("one"), issue("other")];
  const listen = (certPem: string, keyPem: string, clientCaPem?: string) =>
    TestAcceptor.listen({ certPem, keyPem, ...(clientCaPem === undefined ? {} : { clientCaPem }) });
  await assertRejects(() => listen(one.certPem, other.keyPem), UsageError, "does not belong");
  await assertRejects(() => listen("", one.keyPem), UsageError, "no certificate");
  await assertRejects(() => listen(one.certPem, ""), UsageError, "no private key");
  await assertRejects(() => listen(one.certPem, one.keyPem, ""), UsageError, "no certificate");
});

/** Reads until the other side ends, in whatever way. */
async function drain(conn: Deno.TcpConn): Promise<void> {
  try {
    while (await conn.read(new Uint8Array(1024)) !== null);
  } catch (error) {
    if (!(error instanceof Deno.errors.ConnectionReset)) throw error;
  }
}

test("thousands of handshakes that fail leave nothing behind, however long one may take", async () => {
  const count = 5000;
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    // Each would leave some 15 KB.
    args: [
      ...["run", "--quiet", "--allow-all", "--v8-flags=--max-old-space-size=40"],
      ...[FAILED_HANDSHAKES, `${count}`],
    ],
  }).output();
  const decoder = new TextDecoder();
  assertEquals([code, decoder.decode(stdout)], [0, `${count}\n`], decoder.decode(stderr));
});
