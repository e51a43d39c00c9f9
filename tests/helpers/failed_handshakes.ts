/**
 * Listens by TLS and lets so many handshakes fail; prints that number at the end. For a process of
 * its own, with little memory.
 *
 *     failed_handshakes.ts COUNT
 *
 * @module
 */

import { listenTls } from "../../lib/net/tls_server.ts";
import { issue } from "./issue.ts";

const count = Number(Deno.args[0]);
const failed = Promise.withResolvers<void>();
let left = count;
const { certPem, keyPem } = issue("localhost");
const acceptor = await listenTls({
  hostname: "127.0.0.1",
  port: 0,
  certPem,
  keyPem,
  // What belongs to one of them must not be held for so long.
  handshakeTimeoutMs: 3_600_000,
  onRefused: () => {
    if (--left === 0) failed.resolve();
  },
});
const { port } = acceptor.addr;
const garbage = new Uint8Array(100).fill(22);
for (let i = 0; i < count; i++) {
  using conn = await Deno.connect({ hostname: "127.0.0.1", port });
  if (i % 2 === 0) await conn.write(garbage);
}
await failed.promise;
acceptor.close();
await acceptor.finished;
console.log(count);
