import { createHash, generateKeyPairSync, sign } from "node:crypto";
import { parseIp } from "../net/ip.ts";
import {
  bits,
  element,
  integer,
  octets,
  oid,
  sequence,
  set,
  time,
  utf8,
  yes,
} from "./der_write.ts";

/** What a certificate says. */
export interface CertificateOptions {
  /** The host names and addresses that it stands for; the first is also what it is called. */
  hosts: readonly string[];
  /** From when it is valid, in milliseconds since the Unix epoch. */
  notBeforeMs: number;
  /** Until when it is valid, in milliseconds since the Unix epoch. */
  notAfterMs: number;
  /** What no other certificate of its name has: 1 to 20 bytes, of which 8 at random. */
  serial: Uint8Array;
}

/** A certificate and what goes with it. */
export interface MadeCertificate {
  /** The certificate, in PEM. */
  certPem: string;
  /** The private key, PKCS#8 in PEM. */
  keyPem: string;
  /** The SHA-256 of the certificate as OpenSSL prints it: pairs of capital digits and colons. */
  fingerprint: string;
}

const ECDSA_WITH_SHA256 = "1.2.840.10045.4.3.2";
const COMMON_NAME = "2.5.4.3";
const BASIC_CONSTRAINTS = "2.5.29.19";
const KEY_USAGE = "2.5.29.15";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const SUBJECT_ALT_NAME = "2.5.29.17";
const SERVER_AUTH = "1.3.6.1.5.5.7.3.1";
const CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

/** What fits into a common name (RFC 5280, appendix A.1). */
const MAX_COMMON_NAME_CHARS = 64;

/**
 * Makes a key (ECDSA, P-256) and a certificate of it that it signs itself (X.509, version 3; RFC
 * 5280), for a server or a client. It is meant to be trusted as it stands, and issues no others.
 */
export function makeCertificate(options: CertificateOptions): Promise<MadeCertificate> {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const algorithm = sequence(oid(ECDSA_WITH_SHA256));
  const [first = ""] = options.hosts;
  const name = nameOf(first.length <= MAX_COMMON_NAME_CHARS ? first : "wagons");
  const toBeSigned = sequence(
    // Version 3 is written as 2.
    element(0xa0, integer(Uint8Array.of(2))),
    integer(options.serial),
    algorithm,
    name,
    sequence(time(options.notBeforeMs), time(options.notAfterMs)),
    name,
    publicKey.export({ type: "spki", format: "der" }),
    element(0xa3, extensionsFor(options.hosts)),
  );
  const signature = sign("sha256", toBeSigned, privateKey);
  const der = sequence(toBeSigned, algorithm, bits(signature));
  return Promise.resolve({
    certPem: pem("CERTIFICATE", der),
    keyPem: privateKey.export({ type: "pkcs8", format: "pem" }) as string,
    fingerprint: createHash("sha256").update(der).digest("hex").toUpperCase().match(/../g)!
      .join(":"),
  });
}

function nameOf(commonName: string): Uint8Array {
  return sequence(set(sequence(oid(COMMON_NAME), utf8(commonName))));
}

function extensionsFor(hosts: readonly string[]): Uint8Array {
  const names = hosts.map((host) => {
    const address = parseIp(host);
    return address === undefined
      ? element(0x82, new TextEncoder().encode(host))
      : element(0x87, address);
  });
  return sequence(
    // Nothing in it: not an issuer.
    extension(BASIC_CONSTRAINTS, sequence(), { critical: true }),
    // The first bit: digitalSignature.
    extension(KEY_USAGE, bits(Uint8Array.of(0x80), 7), { critical: true }),
    extension(EXTENDED_KEY_USAGE, sequence(oid(SERVER_AUTH), oid(CLIENT_AUTH))),
    extension(SUBJECT_ALT_NAME, sequence(...names)),
  );
}

function extension(id: string, value: Uint8Array, { critical = false } = {}): Uint8Array {
  return sequence(oid(id), ...critical ? [yes()] : [], octets(value));
}

/** Base64 in lines of 64 between two that say what it is (RFC 7468). */
function pem(label: string, der: Uint8Array): string {
  const lines = der.toBase64().match(/.{1,64}/g)!;
  return `-----BEGIN ${label}-----\n${lines.join("\n")}\n-----END ${label}-----\n`;
}
