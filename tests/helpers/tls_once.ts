// Serves one client by TLS and is it too; prints what it got. Started with few permissions.

import { issue } from "./issue.ts";
import { readAtLeast, settle, TestAcceptor, textOf, writeAll } from "./tls.ts";

const ca = issue("Yards", { isCa: true });
const client = issue("Scanner 7", { issuer: ca });
const server = issue("localhost");
await using acceptor = await TestAcceptor.listen({ ...server, clientCaPem: ca.certPem });
const trusts = [{ caPem: server.certPem }, { pin: server.certificate.fingerprint }];
for (const trust of trusts) {
  const [{ conn, identity }, own] = await Promise.all([
    acceptor.accept(),
    acceptor.connect({ ...trust, certPem: client.certPem, keyPem: client.keyPem }),
  ]);
  await writeAll(own, new TextEncoder().encode("hello"));
  console.log(identity, textOf(await readAtLeast(conn, 5)));
  own.close();
  conn.close();
}
try {
  const { connectTls } = await import("../../lib/net/tls_client.ts");
  await connectTls({ hostname: "127.0.0.1", port: acceptor.port }, { connectTimeoutMs: 30_000 });
} catch (error) {
  // Trusting what the system trusts: either it is looked up and this one is not there, or there
  // is nothing to be looked up.
  console.log((error as Error).name);
}
await settle();
