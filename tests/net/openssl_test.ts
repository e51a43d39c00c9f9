// OpenSSL is the other peer, in both directions.

import {
  assert,
  assertEquals,
  assertMatch,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { makeCertificate } from "../../lib/cert/make_certificate.ts";
import { RefusedError } from "../../lib/errors.ts";
import type { Conn } from "../../lib/net/conn.ts";
import { connectTls, type TlsConnectOptions } from "../../lib/net/tls_client.ts";
import { issue } from "../helpers/issue.ts";
import {
  HAS_OPENSSL,
  OpensslClient,
  OpensslServer,
  PemFolder,
  withOpenssl,
} from "../helpers/openssl.ts";
import { test } from "../helpers/strict.ts";
import {
  bytesOf,
  closeIfOpen,
  HOST,
  readAtLeast,
  settle,
  TestAcceptor,
  textOf,
  writeAll,
} from "../helpers/tls.ts";

const NOW_MS = Date.now();
const made = await makeCertificate({
  hosts: ["localhost", HOST],
  notBeforeMs: NOW_MS - 60_000,
  notAfterMs: NOW_MS + 3_600_000,
  serial: Uint8Array.of(1, 2, 3),
});
const ca = issue("Yards", { isCa: true });
const scanner = issue("Scanner 7", { issuer: ca });
const options = { ignore: !HAS_OPENSSL };

test(
  withOpenssl("s_client trusts our server by the certificate that was made"),
  async () => {
    using folder = new PemFolder();
    await using acceptor = await TestAcceptor.listen(made);
    const echoing = echoOnce(acceptor);
    const trust = ["-CAfile", folder.write(made.certPem), "-verify_return_error"];
    const names = ["-verify_hostname", "localhost", "-verify_ip", HOST];
    const client = new OpensslClient(acceptor.port, ["-tls1_3", ...trust, ...names]);
    const { answer, stderr } = await client.exchange("hello\n");
    assertEquals(answer, "hello\n", stderr);
    assertEquals(await echoing, undefined);
  },
  options,
);

test(withOpenssl("our server speaks nothing older than TLS 1.3"), async () => {
  await using acceptor = await TestAcceptor.listen(made);
  for (const version of ["-tls1_2", "-tls1_1"]) {
    const args = [version, "-cipher", "DEFAULT:@SECLEVEL=0"];
    const { success, answer, stderr } = await new OpensslClient(acceptor.port, args).exchange(
      "x\n",
    );
    assertEquals([success, answer], [false, ""]);
    assertMatch(stderr, /alert (protocol version|handshake failure)/);
    assertEquals((await acceptor.refused()).why, "speaks no TLS 1.3");
  }
}, options);

test(withOpenssl("our server knows s_client by its certificate, and refuses others"), async () => {
  using folder = new PemFolder();
  await using acceptor = await TestAcceptor.listen({ ...made, clientCaPem: ca.certPem });
  const as = (client: { certPem: string; keyPem: string }) =>
    new OpensslClient(acceptor.port, [
      ...["-cert", folder.write(client.certPem)],
      ...["-key", folder.write(client.keyPem)],
    ]);
  const echoing = echoOnce(acceptor);
  assertEquals((await as(scanner).exchange("hello\n")).answer, "hello\n");
  assertEquals(await echoing, "Scanner 7");
  assertEquals((await as(issue("stranger")).exchange("hello\n")).answer, "");
  assertStringIncludes((await acceptor.refused()).why, "certificate");
  const none = await new OpensslClient(acceptor.port, []).exchange("hello\n");
  assertEquals(none.answer, "");
  assertStringIncludes(none.stderr, "alert certificate required");
  assertEquals((await acceptor.refused()).why, "showed no certificate");
}, options);

test(withOpenssl("our server is told when s_client does not trust it"), async () => {
  using folder = new PemFolder();
  await using acceptor = await TestAcceptor.listen(made);
  const trust = ["-CAfile", folder.write(ca.certPem), "-verify_return_error"];
  await new OpensslClient(acceptor.port, trust).exchange("x\n");
  assertStringIncludes((await acceptor.refused()).why, "does not trust this server (UnknownCA)");
}, options);

test(withOpenssl("our client trusts s_server by its certificate and by its pin"), async () => {
  using folder = new PemFolder();
  await using server = await OpensslServer.start(serverArgs(folder, made));
  await talk(server.port, { caPem: made.certPem });
  await talk(server.port, { pin: made.fingerprint });
  await talk(server.port, { pin: made.fingerprint, caPem: made.certPem });
  const refused = connect(server.port, { caPem: ca.certPem });
  await assertRejects(() => refused, RefusedError, "who is not trusted here");
}, options);

test(withOpenssl("our client finds its way to a group that it did not guess"), async () => {
  using folder = new PemFolder();
  const args = [...serverArgs(folder, made), "-groups", "P-384"];
  await using server = await OpensslServer.start(args);
  await talk(server.port, { caPem: made.certPem });
}, options);

test(withOpenssl("our client speaks nothing older than TLS 1.3"), async () => {
  using folder = new PemFolder();
  const args = [...serverArgs(folder, made), "-no_tls1_3"];
  await using server = await OpensslServer.start(args);
  for (const trust of [{ caPem: made.certPem }, { pin: made.fingerprint }]) {
    const refused = connect(server.port, trust);
    await assertRejects(() => refused, RefusedError, "speaks no TLS 1.3");
  }
}, options);

test(
  withOpenssl("our client shows its certificate, and reads that it is not taken"),
  async () => {
    using folder = new PemFolder();
    const args = [...serverArgs(folder, made), "-CAfile", folder.write(ca.certPem)];
    await using server = await OpensslServer.start([
      ...args,
      "-Verify",
      "3",
      "-verify_return_error",
    ]);
    await talk(server.port, { caPem: made.certPem, ...pairOf(scanner) });
    const stranger = { caPem: made.certPem, ...pairOf(issue("stranger")) };
    for (
      const [client, why] of [
        [stranger, "does not take this client's certificate (UnknownCA)"],
        [{ caPem: made.certPem }, "wants a certificate of this client"],
      ] as const
    ) {
      const conn = await connect(server.port, client);
      const error = await assertRejects(() => conn.read(new Uint8Array(1)), RefusedError, why);
      assert(error.hint !== undefined);
      closeIfOpen(conn);
    }
    await settle();
  },
  options,
);

test(withOpenssl("a large answer that s_server sends arrives whole"), async () => {
  using folder = new PemFolder();
  await using server = await OpensslServer.start(serverArgs(folder, made));
  const conn = await connect(server.port, { caPem: made.certPem });
  // It turns lines around, of 16 KiB at most.
  for (let round = 0; round < 50; round++) {
    const line = `${round}`.padEnd(10_000, "0123456789");
    const [answer] = await Promise.all([
      readAtLeast(conn, line.length + 1),
      writeAll(conn, bytesOf(`${line}\n`)),
    ]);
    assertEquals(textOf(answer), `${Array.from(line).reverse().join("")}\n`);
  }
  conn.close();
  await settle();
}, options);

function serverArgs(folder: PemFolder, pair: { certPem: string; keyPem: string }): string[] {
  return ["-cert", folder.write(pair.certPem), "-key", folder.write(pair.keyPem)];
}

function pairOf({ certPem, keyPem }: { certPem: string; keyPem: string }) {
  return { certPem, keyPem };
}

function connect(port: number, trust: Partial<TlsConnectOptions>): Promise<Conn> {
  return connectTls({ hostname: HOST, port }, { connectTimeoutMs: 30_000, ...trust });
}

async function talk(port: number, trust: Partial<TlsConnectOptions>): Promise<void> {
  const conn = await connect(port, trust);
  await writeAll(conn, bytesOf("hello\n"));
  assertEquals(textOf(await readAtLeast(conn, 6)), "olleh\n");
  conn.close();
  await settle();
}

/** Accepts one, sends back what it sends first, and waits for its end; gives who it was. */
async function echoOnce(acceptor: TestAcceptor): Promise<string | undefined> {
  const { conn, identity } = await acceptor.accept();
  const buffer = new Uint8Array(100);
  let count = await conn.read(buffer);
  while (count !== null) {
    await writeAll(conn, buffer.subarray(0, count));
    count = await conn.read(buffer);
  }
  conn.close();
  return identity;
}
