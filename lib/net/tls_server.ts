import { createServer, type TlsOptions, type TLSSocket } from "node:tls";
import { reasonOf, UsageError } from "../errors.ts";
import { MAX_HANDSHAKES, TLS_LINGER_MS } from "../limits/connections.ts";
import { type Certificate, peerCertificates, readCertificates } from "./certificate.ts";
import type { Conn } from "./conn.ts";
import { HandshakeQueue } from "./handshake_queue.ts";
import { TlsConn } from "./tls_conn.ts";
import { describeClientFault, describeHandshakeError, HandshakeFault } from "./tls_faults.ts";
import { checkKeyPair } from "./tls_files.ts";
import { TlsTransport } from "./tls_transport.ts";
import { Purpose, verifyChain } from "./verify_chain.ts";

/** Where and how to listen. */
export interface TlsListenOptions {
  /** A name or an address of this machine. */
  hostname: string;
  /** 0 is any free port. */
  port: number;
  /** The server's certificate, and those that lead to a root that its clients know. */
  certPem: string;
  /** The private key that belongs to it. */
  keyPem: string;
  /** Who issues the certificates of clients. With it none is served without such a certificate. */
  clientCaPem?: string;
  /** Time for a handshake to be done. */
  handshakeTimeoutMs: number;
  /** Handshakes under way at once. Default: {@linkcode MAX_HANDSHAKES}. */
  maxHandshakes?: number;
  /** Told of each connection that came to nothing, as `address:port`, and why. */
  onRefused?: (address: string, why: string) => void;
}

/** A connection whose handshake is done. */
export interface TlsAccepted {
  /** The connection. */
  readonly conn: Conn;
  /** The peer's address. */
  readonly hostname: string;
  /** The peer's port. */
  readonly port: number;
  /**
   * Who the peer is: the common name of its certificate, or else the first host of it. Only with
   * `clientCaPem`.
   */
  readonly identity?: string;
}

/** Listens for connections by TLS 1.3. */
export interface TlsAcceptor {
  /** What was really bound. */
  readonly addr: Deno.NetAddr;
  /**
   * The next connection whose handshake is done.
   *
   * @throws `BadResource` once it is closed, and what the system throws, as for want of file
   * descriptors: then it can be called again.
   */
  accept(): Promise<TlsAccepted>;
  /** Listens no more, and ends the handshakes that are under way. */
  close(): void;
  /** Resolves when it is closed and the last connection that was not taken is. Never rejects. */
  readonly finished: Promise<void>;
}

/**
 * Begins to listen. Certificate and key are checked here: they may be wrong, and a connection is
 * no place to find out.
 *
 * @throws {UsageError} when certificate and key do not do, and what `Deno.listen` throws.
 */
// deno-lint-ignore require-await -- so that what it throws comes with the promise
export async function listenTls(options: TlsListenOptions): Promise<TlsAcceptor> {
  const { hostname, port, certPem, keyPem } = options;
  checkKeyPair(certPem, keyPem);
  const settings: HandshakeSettings = {
    tls: {
      cert: certPem,
      key: keyPem,
      minVersion: "TLSv1.3",
      maxVersion: "TLSv1.3",
      // None: the time is kept here. The runtime's timer would hold what belongs to a handshake that
      // has failed until it fires, and a flood of those would fill the memory.
      handshakeTimeout: -1,
      ...(options.clientCaPem === undefined
        ? {}
        : { requestCert: true, rejectUnauthorized: true, ca: options.clientCaPem }),
    },
    clientCas: options.clientCaPem === undefined ? undefined : readCas(options.clientCaPem),
    timeoutMs: options.handshakeTimeoutMs,
  };
  const listener = Deno.listen({ hostname, port });
  return new HandshakeQueue(
    listener,
    (tcp, signal, after) => shakeHands(tcp, settings, signal, after),
    options.maxHandshakes ?? MAX_HANDSHAKES,
    options.onRefused ?? (() => {}),
  );
}

function readCas(pem: string): Certificate[] {
  const cas = readCertificates(pem);
  // Without one the runtime would have nobody to trust, and say nothing.
  if (cas.length === 0) {
    throw new UsageError("There is no certificate in what clients' certificates shall lead to", {
      hint: "Give the certificates of the issuers, in PEM.",
    });
  }
  return cas;
}

/** What is said of a client that only looked who is there: one that pins a certificate does. */
export const LEFT_EARLY = "left before the handshake was done";

interface HandshakeSettings {
  tls: TlsOptions;
  clientCas: Certificate[] | undefined;
  timeoutMs: number;
}

/** Does the server's part. Throws why it came to nothing; the connection is closed soon then. */
async function shakeHands(
  tcp: Deno.TcpConn,
  settings: HandshakeSettings,
  signal: AbortSignal,
  after: (work: Promise<void>) => void,
): Promise<TlsAccepted> {
  const { hostname, port } = tcp.remoteAddr;
  const transport = new TlsTransport(tcp);
  // To a client the handshake is done when its certificate is looked at: its request may be here
  // before it has read the refusal.
  if (settings.clientCas !== undefined) transport.lingerFor(TLS_LINGER_MS);
  try {
    // Else an answer that follows another waits for its acknowledgement: 40 ms (RFC 896).
    tcp.setNoDelay();
    // A peer whose machine is gone without a word must not hold its place for ever.
    tcp.setKeepAlive();
    const socket = await secure(transport, settings, signal);
    const identity = settings.clientCas && identify(socket, settings.clientCas);
    // Whoever takes it ends it as gently as it wants.
    transport.lingerFor(0);
    const conn = new TlsConn(socket, transport);
    return { conn, hostname, port, ...(identity === undefined ? {} : { identity }) };
  } catch (error) {
    if (signal.aborted) transport.lingerFor(0);
    if (!transport.destroy().closed) {
      after(new Promise((resolve) => transport.once("close", resolve)));
    }
    throw new HandshakeFault(describeHandshakeError(error), { cause: error });
  }
}

async function secure(
  transport: TlsTransport,
  { tls, timeoutMs }: HandshakeSettings,
  signal: AbortSignal,
): Promise<TLSSocket> {
  const { promise, resolve, reject } = Promise.withResolvers<TLSSocket>();
  // A server for this connection alone, which listens nowhere: of one for all it could not be told
  // whose handshake it was that failed.
  const server = createServer(tls, resolve);
  server.on("tlsClientError", reject);
  const onEnd = () => reject(transport.readLoss ?? new HandshakeFault(LEFT_EARLY));
  transport.once("end", onEnd).once("close", onEnd);
  const timer = setTimeout(
    () => reject(new HandshakeFault(`was not done after ${timeoutMs} ms`)),
    timeoutMs,
  );
  const onAbort = () => reject(new HandshakeFault(reasonOf(signal.reason)));
  signal.addEventListener("abort", onAbort);
  try {
    server.emit("connection", transport);
    return await promise;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener("abort", onAbort);
    transport.off("end", onEnd).off("close", onEnd);
  }
}

/** Who a client is. Throws when its certificate does not show that. */
function identify(socket: TLSSocket, clientCas: readonly Certificate[]): string {
  const shown = peerCertificates(socket);
  const fault = verifyChain(shown, clientCas, Purpose.client, Date.now());
  const [own] = shown;
  if (own === undefined || fault !== undefined) {
    throw new HandshakeFault(describeClientFault(own, fault ?? "none"));
  }
  if (!socket.authorized) throw new HandshakeFault(describeClientFault(own, "rules"));
  const identity = own.commonName ?? own.hosts[0];
  if (identity === undefined) throw new HandshakeFault("showed a certificate that names nobody");
  return identity;
}
