/**
 * What goes wrong with TLS, in words.
 *
 * @module
 */

import { reasonOf, RefusedError, UnreachableError, type WagonsError } from "../errors.ts";
import { isoTime, showable } from "../ui.ts";
import { type Certificate, titleOf } from "./certificate.ts";
import type { ChainFault } from "./verify_chain.ts";

/**
 * What the runtime says of a signature that is wrong. That a certificate is not trusted it says
 * after the handshake, and so it is this when it is said in the midst of it.
 */
const NOT_PROVED = ["DEPTH_ZERO_SELF_SIGNED_CERT", "UNABLE_TO_VERIFY_LEAF_SIGNATURE"];

/** Alerts about a client's certificate, or the want of one. */
const REFUSALS = [
  "CertificateRequired",
  "NoCertificate",
  "BadCertificate",
  "UnsupportedCertificate",
  "CertificateRevoked",
  "CertificateExpired",
  "CertificateUnknown",
  "UnknownCA",
  "AccessDenied",
  "DecryptError",
];

/** Why a client's handshake came to nothing: the end of a sentence that begins with the client. */
export class HandshakeFault extends Error {}

/** What is wrong: with a chain, or by rules of the runtime's that are not looked into here. */
export type Fault = ChainFault | "rules";

/** Makes an error of a handshake the end of a sentence that begins with the client. */
export function describeHandshakeError(error: unknown): string {
  if (error instanceof HandshakeFault) return error.message;
  if (error instanceof Deno.errors.ConnectionReset) return "reset the connection";
  const alert = alertOf(error);
  if (alert !== undefined) return `does not trust this server (${alert})`;
  // It misses what only TLS 1.3 has to have.
  if (/^peer is incompatible: \w+ExtensionRequired/.test(reasonOf(error))) {
    return "speaks no TLS 1.3";
  }
  const { code } = error as { code?: string };
  switch (code) {
    case "ERR_SSL_WRONG_VERSION_NUMBER":
      return "speaks no TLS";
    case "ERR_SSL_PEER_DID_NOT_RETURN_A_CERTIFICATE":
      return "showed no certificate";
    // It is the runtime that hangs up, when it does not trust.
    case "ECONNRESET":
      return "showed a certificate that is not trusted";
  }
  return `failed with ${showable(reasonOf(error))}`;
}

/** That a client's certificate is not good enough, as the end of a sentence about the client. */
export function describeClientFault(own: Certificate | undefined, fault: Fault): string {
  if (own === undefined) return "showed no certificate";
  return `showed a certificate of ${showable(titleOf(own))} that ${clauseOf(own, fault)}`;
}

/** That a server's certificate is not trusted. */
export function notTrusted(
  address: string,
  own: Certificate | undefined,
  fault: Fault,
): RefusedError {
  if (own === undefined) return new RefusedError(`tls://${address} showed no certificate`);
  const hint = fault === "issuer"
    ? "If it is the right server, name its issuer with --ca, or pin its certificate with --pin " +
      `${own.fingerprint.replaceAll(":", "").toLowerCase()}.`
    : fault === "rules"
    ? "Name the issuer of the certificate with --ca."
    : "The server needs another certificate: wagons cert new makes one. Is the clock right here?";
  const what = `The certificate of tls://${address} (${showable(titleOf(own))})`;
  return new RefusedError(`${what} ${clauseOf(own, fault)}`, { hint });
}

/** That a server's certificate stands for other hosts. */
export function wrongName(address: string, own: Certificate, hostname: string): RefusedError {
  const names = own.hosts.map(showable).join(", ") || "no host";
  return new RefusedError(
    `The certificate of tls://${address} stands for ${names}, not for ${hostname}`,
    { hint: "Name the server as its certificate does, or pin the certificate with --pin." },
  );
}

/** That a server's certificate is another than the one that is pinned. */
export function wrongPin(address: string, own: Certificate, pin: string): RefusedError {
  return new RefusedError(
    `The certificate of tls://${address} has the fingerprint ${own.fingerprint}, not ${pin}`,
    {
      hint: "Either the server has a new certificate or this is another server: ask who runs it, " +
        "and trust only what they tell you.",
    },
  );
}

/** Makes an error of a client's handshake one that says what to do. */
export function explainHandshake(error: unknown, address: string): WagonsError {
  const url = `tls://${address}`;
  const { code } = error as { code?: string };
  if (code === "ERR_SSL_WRONG_VERSION_NUMBER") {
    return new RefusedError(`${url} speaks no TLS`, {
      cause: error,
      hint: `Does it listen by TCP? Then it is tcp://${address}.`,
    });
  }
  const alert = alertOf(error);
  if (alert === "ProtocolVersion") {
    return new RefusedError(`${url} speaks no TLS 1.3`, {
      cause: error,
      hint: "Older versions are not spoken here: the server has to be a newer one.",
    });
  }
  if (code !== undefined && NOT_PROVED.includes(code)) {
    return new RefusedError(`${url} did not prove that the certificate that it shows is its own`, {
      cause: error,
      hint: "Someone may be in between: ask who runs the server.",
    });
  }
  if (alert !== undefined) {
    return new RefusedError(`${url} refuses the handshake (${alert})`, { cause: error });
  }
  if (isLoss(error)) {
    return new UnreachableError(`${url} hung up during the TLS handshake`, {
      cause: error,
      hint: "It may have too much to do, or listen by tcp://.",
    });
  }
  return new RefusedError(`No TLS with ${url}: ${showable(reasonOf(error))}`, {
    cause: error,
    hint: "Does the server have a certificate that fits its key?",
  });
}

/**
 * Makes an error of a read one that says that the server does not take this client: by TLS 1.3 that
 * comes only after the client's part of the handshake is done. `undefined` for any other.
 */
export function explainRefusal(
  error: Error,
  address: string,
  hasCertificate: boolean,
): WagonsError | undefined {
  const alert = alertOf(error);
  if (alert === undefined || !REFUSALS.includes(alert)) return undefined;
  if (alert === "CertificateRequired" || !hasCertificate) {
    return new RefusedError(`tls://${address} wants a certificate of this client (${alert})`, {
      cause: error,
      hint: "Name one, and its key, with --tls-cert and --tls-key.",
    });
  }
  return notTaken(address, ` (${alert})`, error);
}

/** That a server has ended a connection without a word to a client that showed a certificate. */
export function explainSilence(address: string): WagonsError {
  return notTaken(address, ": it hung up", undefined);
}

function notTaken(address: string, how: string, cause: unknown): RefusedError {
  return new RefusedError(`tls://${address} does not take this client's certificate${how}`, {
    cause,
    hint: "The server's --client-ca has to name its issuer, and it has to be valid today.",
  });
}

function clauseOf(own: Certificate, fault: Fault): string {
  switch (fault) {
    case "none":
      return "is not there";
    case "version":
      return `is of X.509 version ${own.version}, and only version 3 proves anything`;
    case "not-yet-valid":
      return `is valid only from ${isoTime(own.notBeforeMs)}`;
    case "expired":
      return `has expired at ${isoTime(own.notAfterMs)}`;
    case "purpose":
      return "is not meant for that";
    case "issuer":
      return `was issued by ${showable(own.issuerTitle)}, who is not trusted here`;
    case "rules":
      return "does not lead to what is trusted here";
  }
}

/**
 * The peer's alert (RFC 8446, section 6) in an error of the runtime. Its message says which; its
 * code is the same for several, and for errors that are no alerts.
 */
function alertOf(error: unknown): string | undefined {
  return /^received fatal alert: (\w+)/.exec(reasonOf(error))?.[1];
}

function isLoss(error: unknown): boolean {
  return error instanceof Deno.errors.ConnectionReset ||
    error instanceof Deno.errors.UnexpectedEof || error instanceof Deno.errors.BrokenPipe ||
    (error as { code?: string }).code === "ECONNRESET";
}
