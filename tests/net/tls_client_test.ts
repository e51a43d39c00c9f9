import { assert, assertEquals, assertRejects, assertStringIncludes } from "@std/assert";
import { RefusedError, UnreachableError, UsageError, type WagonsError } from "../../lib/errors.ts";
import type { TlsConnectOptions } from "../../lib/net/tls_client.ts";
import { connectTls } from "../../lib/net/tls_client.ts";
import { Impostor } from "../helpers/impostor.ts";
import { issue, type Issued } from "../helpers/issue.ts";
import { test } from "../helpers/strict.ts";
import { connect, HOST, SERVER, settle, TestAcceptor } from "../helpers/tls.ts";

const ca = issue("Yards", { isCa: true });

test("a server is trusted that leads to the certificate named, and stands for the host", async () => {
  await succeed(SERVER, { caPem: SERVER.certPem });
  await succeed(issue("yard", { issuer: ca }), { caPem: ca.certPem });
  await succeed(issue("yard", { issuer: ca }), { caPem: SERVER.certPem + ca.certPem });
  const between = issue("Between", { issuer: ca, isCa: true });
  const own = issue("yard", { issuer: between });
  await succeed({ ...own, certPem: own.certPem + between.certPem }, { caPem: ca.certPem });
});

test("a name is found by its address and checked as a name", async () => {
  await using acceptor = await TestAcceptor.listen();
  const options = { caPem: SERVER.certPem, connectTimeoutMs: 30_000 };
  const [{ conn }, client] = await Promise.all([
    acceptor.accept(),
    connectTls({ hostname: "localhost", port: acceptor.port }, options),
  ]);
  conn.close();
  client.close();
});

test("a server is not trusted for a good reason, which is told", async () => {
  const namesake = issue("Yards", { isCa: true });
  const late = issue("yard", { issuer: ca, fromDays: -3, toDays: -2 });
  const early = issue("yard", { issuer: ca, fromDays: 2, toDays: 3 });
  const other = issue("yard", { issuer: ca, hosts: ["yard.example", "192.0.2.7"] });
  const client = issue("yard", { issuer: ca, purposes: ["1.3.6.1.5.5.7.3.2"] });
  const date = (timeMs: number) => new Date(timeMs).toISOString();
  await refuse(issue("yard", { issuer: namesake }), {}, "(yard) was issued by Yards, who is not");
  await refuse(issue("yard"), {}, "was issued by yard, who is not trusted here");
  await refuse(late, {}, `(yard) has expired at ${date(late.certificate.notAfterMs)}`);
  await refuse(early, {}, `is valid only from ${date(early.certificate.notBeforeMs)}`);
  await refuse(other, {}, "stands for yard.example, 192.0.2.7, not for 127.0.0.1");
  await refuse(issue("127.0.0.1", { issuer: ca, hosts: [] }), {}, "stands for no host");
  await refuse(client, {}, "(yard) is not meant for that");
  await refuse(issue("yard", { issuer: ca, version: 1 }), {}, "is of X.509 version 1");
  const self = issue("yard");
  await refuse(self, { caPem: undefined }, "was issued by yard, who is not trusted here");
});

test("certificates of version 1 get nobody in by names alone", async () => {
  // The runtime takes each of these for trusted.
  const namesake = issue("Yards", { isCa: true });
  await refuse(issue("localhost", { issuer: namesake, version: 1 }), {}, "version 1");
  const between = issue("Between", { issuer: namesake, version: 1 });
  const own = issue("localhost", { issuer: between });
  await refuse({ ...own, certPem: own.certPem + between.certPem }, {}, "was issued by Between");
});

test("a pin stands for everything but the dates", async () => {
  const far = issue("yard", { hosts: ["yard.example"] });
  await succeed(far, { pin: far.certificate.fingerprint });
  const late = issue("yard", { fromDays: -3, toDays: -2 });
  await refuse(late, { pin: late.certificate.fingerprint, caPem: undefined }, "has expired");
  const old = issue("yard", { version: 1 });
  await refuse(old, { pin: old.certificate.fingerprint, caPem: undefined }, "version 1");
  const { fingerprint } = issue("yard").certificate;
  const error = await refuse(SERVER, { pin: fingerprint, caPem: undefined }, "not");
  assertStringIncludes(error.message, `${SERVER.certificate.fingerprint}, not ${fingerprint}`);
});

test("a pinned certificate of an issuer needs what leads to it", async () => {
  const own = issue("yard", { issuer: ca, hosts: ["yard.example"] });
  const pin = own.certificate.fingerprint;
  await succeed({ ...own, certPem: own.certPem + ca.certPem }, { pin });
  await refuse(own, { pin, caPem: undefined }, "does not lead to what is trusted here");
});

test("with a pin and an issuer both must hold, and the name", async () => {
  const own = issue("yard", { issuer: ca });
  const pin = own.certificate.fingerprint.replaceAll(":", "").toLowerCase();
  await succeed(own, { pin, caPem: ca.certPem });
  await refuse(own, { pin, caPem: SERVER.certPem }, "who is not trusted here");
  await refuse(own, {
    pin: pin.replace(/^./, (digit) => digit === "0" ? "1" : "0"),
    caPem: ca.certPem,
  }, "has the fingerprint");
  const far = issue("yard", { issuer: ca, hosts: ["yard.example"] });
  await refuse(far, { pin: far.certificate.fingerprint }, "not for 127.0.0.1");
});

test("whoever shows the right certificate without its key is refused", async () => {
  const own = issue("localhost");
  const stranger = issue("stranger");
  const trusts = [{ pin: own.certificate.fingerprint }, { caPem: own.certPem }];
  for (const trust of trusts) {
    {
      // With the key it is no impostor: this shows that it does all else right.
      using honest = new Impostor([own.certificate.der], own.privateKey);
      const conn = await connect(honest.port, trust);
      conn.close();
      await settle();
    }
    using impostor = new Impostor([own.certificate.der], stranger.privateKey);
    await assertRejects(
      () => connect(impostor.port, trust),
      RefusedError,
      "did not prove that the certificate that it shows is its own",
    );
  }
});

test("a certificate of version 1 without its key gets nobody in either", async () => {
  // Of such a one the runtime wants no proof.
  const own = issue("localhost", { version: 1, issuer: ca });
  using impostor = new Impostor([own.certificate.der], issue("stranger").privateKey);
  for (const trust of [{ pin: own.certificate.fingerprint }, { caPem: ca.certPem }]) {
    await assertRejects(() => connect(impostor.port, trust), RefusedError, "version 1");
  }
});

test("a server that is not trusted learns nothing of the client, and serves nobody", async () => {
  await using acceptor = await TestAcceptor.listen({ clientCaPem: ca.certPem });
  const client = issue("Scanner 7", { issuer: ca });
  const trust = { caPem: ca.certPem, certPem: client.certPem, keyPem: client.keyPem };
  await assertRejects(() => acceptor.connect(trust), RefusedError, "not trusted");
  assertEquals((await acceptor.refused()).why, "left before the handshake was done");
});

test("what does not speak TLS is refused", async () => {
  using plain = new PlainServer("\x05hello");
  const error = await assertRejects(() => connect(plain.port), RefusedError, "speaks no TLS");
  assertStringIncludes(error.hint!, `tcp://${HOST}:${plain.port}`);
});

test("a server that hangs up cannot be reached", async () => {
  using plain = new PlainServer("");
  await assertRejects(() => connect(plain.port), UnreachableError, "hung up");
});

test("nobody there, nobody who answers, and a caller who gives up", async () => {
  const listener = Deno.listen({ hostname: HOST, port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  const held = listener.accept();
  const why = `Cannot reach tls://${HOST}:${port}: no connection after 50ms`;
  await assertRejects(() => connect(port, { connectTimeoutMs: 50 }), UnreachableError, why);
  (await held).close();
  const reason = new Error("enough");
  await assertRejects(() => connect(port, { signal: AbortSignal.abort(reason) }), Error, "enough");
  const controller = new AbortController();
  const waiting = connect(port, { signal: controller.signal });
  const conn = await listener.accept();
  controller.abort(reason);
  await assertRejects(() => waiting, Error, "enough");
  conn.close();
  listener.close();
  await assertRejects(() => connect(port), UnreachableError, "nobody listens there");
});

test("options that cannot be are told", async () => {
  await assertRejects(() => connect(1, { pin: "abc" }), UsageError, "is no fingerprint");
  await assertRejects(() => connect(1, { caPem: "abc" }), UsageError, "no certificate");
  const [one, other] = [issue("one"), issue("other")];
  const mixed = { certPem: one.certPem, keyPem: other.keyPem };
  await assertRejects(() => connect(1, mixed), UsageError, "does not belong");
  await assertRejects(() => connect(1, { certPem: one.certPem }), UsageError, "no private key");
});

type Trust = { [K in keyof TlsConnectOptions]?: TlsConnectOptions[K] | undefined };

async function open(server: Pick<Issued, "certPem" | "keyPem">, trust: Trust): Promise<void> {
  await using acceptor = await TestAcceptor.listen(server);
  const accepting = acceptor.accept().then(({ conn }) => conn.close(), () => {});
  try {
    const options = { connectTimeoutMs: 30_000, ...withoutUndefined(trust) };
    const client = await connectTls({ hostname: HOST, port: acceptor.port }, options);
    // Only with this is it sure that the server has accepted it.
    await accepting;
    client.close();
  } finally {
    acceptor.close();
    await accepting;
  }
}

async function succeed(server: Pick<Issued, "certPem" | "keyPem">, trust: Trust): Promise<void> {
  await open(server, trust);
}

async function refuse(
  server: Pick<Issued, "certPem" | "keyPem">,
  trust: Trust,
  why: string,
): Promise<WagonsError> {
  const error = await assertRejects(
    () => open(server, { caPem: ca.certPem, ...trust }),
    RefusedError,
    why,
  );
  assertEquals(error.exitCode, 5);
  assert(error.hint !== undefined, "there is a hint");
  assert(!error.message.includes("\n"), "one line");
  assert(/tls:\/\/127\.0\.0\.1:\d+/.test(error.message), error.message);
  return error;
}

function withoutUndefined(trust: Trust): Partial<TlsConnectOptions> {
  return Object.fromEntries(Object.entries(trust).filter(([, value]) => value !== undefined));
}

/** Says the same to everyone, and hangs up. */
class PlainServer implements Disposable {
  readonly #listener = Deno.listen({ hostname: HOST, port: 0 });

  constructor(text: string) {
    void this.#run(new TextEncoder().encode(text));
  }

  get port(): number {
    return (this.#listener.addr as Deno.NetAddr).port;
  }

  [Symbol.dispose](): void {
    this.#listener.close();
  }

  async #run(bytes: Uint8Array): Promise<void> {
    for await (const conn of this.#listener) {
      // All of what came is read, so that the end is no reset.
      await conn.read(new Uint8Array(16 * 1024));
      await conn.write(bytes);
      conn.close();
    }
  }
}
