/**
 * Connecting by TLS 1.3.
 *
 * The runtime says of a certificate whether it trusts it; that alone is not enough, see
 * `verify_chain.ts`. Who it is that shows a certificate, it only makes sure of when the certificate
 * is one that it can read, which is what trusting it implies. So a server whose certificate is
 * pinned is not taken at the first sight of it: the certificate is learned, compared, and then
 * connected to again with nothing else to trust.
 *
 * @module
 */

import { connect, type ConnectionOptions, type TLSSocket } from "node:tls";
import { isIP } from "node:net";
import { formatHostPort } from "../endpoint.ts";
import { reasonOf, UnreachableError, UsageError } from "../errors.ts";
import { formatDuration } from "../units.ts";
import {
  type Certificate,
  parseFingerprint,
  peerCertificates,
  readCertificates,
  standsFor,
} from "./certificate.ts";
import type { Conn } from "./conn.ts";
import { systemRoots } from "./system_roots.ts";
import { TlsConn } from "./tls_conn.ts";
import {
  explainHandshake,
  explainRefusal,
  explainSilence,
  notTrusted,
  wrongName,
  wrongPin,
} from "./tls_faults.ts";
import { checkKeyPair } from "./tls_files.ts";
import { TlsTransport } from "./tls_transport.ts";
import { Purpose, verifyChain } from "./verify_chain.ts";

/** Whom to trust, who to be, and how long to try. */
export interface TlsConnectOptions {
  /** The only certificates that the server's has to lead to. Default: those the system trusts. */
  caPem?: string;
  /**
   * The SHA-256 fingerprint of the server's certificate. Alone it stands for everything but the
   * dates: who issued the certificate and for which name does not matter.
   */
  pin?: string;
  /** This client's certificate, for a server that wants one. */
  certPem?: string;
  /** The private key that belongs to it. */
  keyPem?: string;
  /** Time for the connection and the handshake together. */
  connectTimeoutMs: number;
  /** Gives up. */
  signal?: AbortSignal;
}

/** A handshake that is done, and what the server showed in it. Nothing is trusted yet. */
interface Met {
  socket: TLSSocket;
  transport: TlsTransport;
  shown: Certificate[];
}

/**
 * Connects to a server by TLS 1.3.
 *
 * @throws {RefusedError} when the server is not trusted or refuses, {@linkcode UnreachableError}
 * when nobody is there or it takes too long, {@linkcode UsageError} for a pin or certificates that
 * are none, and the signal's reason when it is aborted. That a server refuses this client's
 * certificate comes with the first read, as a {@linkcode RefusedError} too.
 */
export async function connectTls(
  endpoint: { hostname: string; port: number },
  options: TlsConnectOptions,
): Promise<Conn> {
  const { hostname, port } = endpoint;
  const address = formatHostPort(hostname, port);
  const { connectTimeoutMs, certPem, keyPem } = options;
  const pin = options.pin === undefined ? undefined : readPin(options.pin);
  if (certPem !== undefined || keyPem !== undefined) checkKeyPair(certPem ?? "", keyPem ?? "");
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), connectTimeoutMs);
  const signals = options.signal ? [options.signal, timeout.signal] : [timeout.signal];
  const signal = AbortSignal.any(signals);
  let met: Met | undefined;
  try {
    const isPinAlone = pin !== undefined && options.caPem === undefined;
    const anchors = isPinAlone
      ? await learnPinned(endpoint, pin, signal)
      : options.caPem === undefined
      ? await systemRoots()
      : readCas(options.caPem);
    met = await meet(endpoint, {
      ca: anchors.map(({ x509 }) => x509.toString()),
      ...(certPem === undefined ? {} : { cert: certPem }),
      ...(keyPem === undefined ? {} : { key: keyPem }),
    }, signal);
    checkServer(met, { address, hostname, pin, anchors, isPinAlone });
    met.transport.release();
    const hasCertificate = certPem !== undefined;
    return new TlsConn(met.socket, met.transport, {
      explain: (error) => explainRefusal(error, address, hasCertificate),
      ...(hasCertificate ? { explainSilence: () => explainSilence(address) } : {}),
    });
  } catch (error) {
    met?.transport.destroy();
    options.signal?.throwIfAborted();
    if (timeout.signal.aborted) {
      throw new UnreachableError(
        `Cannot reach tls://${address}: no connection after ${formatDuration(connectTimeoutMs)}`,
        { cause: error, hint: "Does a server listen there by TLS? It may listen by tcp://." },
      );
    }
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

function readPin(text: string): string {
  const pin = parseFingerprint(text);
  if (pin === undefined) {
    throw new UsageError(`${JSON.stringify(text)} is no fingerprint of a certificate`, {
      hint: "It is the SHA-256: 64 hexadecimal digits, as wagons cert show FILE prints it.",
    });
  }
  return pin;
}

function readCas(pem: string): Certificate[] {
  const cas = readCertificates(pem);
  if (cas.length > 0) return cas;
  throw new UsageError("There is no certificate in what the server's shall lead to", {
    hint: "Give the server's own certificate, or that of its issuer, in PEM.",
  });
}

/** Meets the server once, trusting nothing, to get what the pin stands for. */
async function learnPinned(
  endpoint: { hostname: string; port: number },
  pin: string,
  signal: AbortSignal,
): Promise<Certificate[]> {
  const address = formatHostPort(endpoint.hostname, endpoint.port);
  const { transport, shown } = await meet(endpoint, {}, signal);
  transport.destroy();
  const [own] = shown;
  if (own === undefined) throw notTrusted(address, own, "none");
  if (own.fingerprint !== pin) throw wrongPin(address, own, pin);
  // Who issued it does not matter, but the runtime trusts by issuers: its own, when it is
  // self-signed, or those that were sent along. That says no more than the pin does.
  return shown;
}

function checkServer(
  { socket, shown }: Met,
  { address, hostname, pin, anchors, isPinAlone }: {
    address: string;
    hostname: string;
    pin: string | undefined;
    anchors: readonly Certificate[];
    isPinAlone: boolean;
  },
): void {
  const [own] = shown;
  if (own === undefined) throw notTrusted(address, own, "none");
  if (pin !== undefined && own.fingerprint !== pin) throw wrongPin(address, own, pin);
  const fault = verifyChain(shown, anchors, Purpose.server, Date.now());
  if (fault !== undefined) throw notTrusted(address, own, fault);
  if (!isPinAlone && !standsFor(own, hostname)) throw wrongName(address, own, hostname);
  // A session that goes on from another has shown nothing by itself.
  if (!socket.authorized || socket.isSessionReused()) throw notTrusted(address, own, "rules");
}

/** Connects and shakes hands, trusting nothing. What fails has closed what it opened. */
async function meet(
  { hostname, port }: { hostname: string; port: number },
  tls: ConnectionOptions,
  signal: AbortSignal,
): Promise<Met> {
  const address = formatHostPort(hostname, port);
  const transport = new TlsTransport(await reach(hostname, port, signal));
  transport.holdEncrypted();
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const onEnd = () =>
    reject(transport.readLoss ?? new Deno.errors.UnexpectedEof("The server hung up"));
  const onAbort = () => reject(signal.reason);
  transport.once("end", onEnd).once("close", onEnd);
  signal.addEventListener("abort", onAbort);
  try {
    signal.throwIfAborted();
    const socket = connect({
      ...tls,
      socket: transport,
      minVersion: "TLSv1.3",
      maxVersion: "TLSv1.3",
      // Else a failure would come without the certificate, which is what the user has to know of.
      // Nothing that matters is sent before checkServer has found it good, by what the runtime
      // says and more.
      rejectUnauthorized: false,
      // By the name it is checked there too.
      checkServerIdentity: () => undefined,
      ...(isIP(hostname) ? {} : { servername: hostname }),
    });
    socket.once("secureConnect", resolve).once("error", reject);
    await promise;
    return { socket, transport, shown: peerCertificates(socket) };
  } catch (error) {
    transport.destroy();
    throw signal.aborted ? error : explainHandshake(error, address);
  } finally {
    signal.removeEventListener("abort", onAbort);
    transport.off("end", onEnd).off("close", onEnd);
  }
}

async function reach(hostname: string, port: number, signal: AbortSignal): Promise<Deno.TcpConn> {
  try {
    const tcp = await Deno.connect({ hostname, port, signal });
    tcp.setNoDelay();
    return tcp;
  } catch (error) {
    if (signal.aborted) throw error;
    const why = error instanceof Deno.errors.ConnectionRefused
      ? "nobody listens there"
      : reasonOf(error);
    throw new UnreachableError(`Cannot reach tls://${formatHostPort(hostname, port)}: ${why}`, {
      cause: error,
      hint: "Is `wagons serve` running there? Name the server with a URL or WAGONS_SERVER.",
    });
  }
}
