/**
 * What X.509 certificates (RFC 5280) say.
 *
 * The runtime reads them too, but it gives names as one text, where a comma in a name looks like
 * the end of it; whoever decides by names has to read them from the bytes.
 *
 * @module
 */

import { X509Certificate } from "node:crypto";
import type { TLSSocket } from "node:tls";
import { readElement, readElements, readOid, Tag } from "./der.ts";
import { formatIp, parseIp } from "./ip.ts";

/** A certificate that was read. */
export interface Certificate {
  /** The runtime's object. */
  readonly x509: X509Certificate;
  /** Its bytes. */
  readonly der: Uint8Array;
  /** 3, unless it is without extensions: those say what it is for. */
  readonly version: number;
  /** The SHA-256 of its bytes as OpenSSL prints it: pairs of capital digits and colons. */
  readonly fingerprint: string;
  /** The DER of the subject's name. */
  readonly subject: Uint8Array;
  /** The DER of the issuer's name. */
  readonly issuer: Uint8Array;
  /** The subject's common name, when it has exactly one. */
  readonly commonName: string | undefined;
  /** What its issuer is called in a message. */
  readonly issuerTitle: string;
  /** The host names (in small letters) and the addresses that it stands for, in its order. */
  readonly hosts: readonly string[];
  /** What it may be used for, as object identifiers; `undefined` when nothing is said. */
  readonly purposes: readonly string[] | undefined;
  /** Whether it says that it issues others. */
  readonly isCa: boolean;
  /** From when it is valid, in milliseconds since the Unix epoch. */
  readonly notBeforeMs: number;
  /** Until when it is valid, in milliseconds since the Unix epoch. */
  readonly notAfterMs: number;
}

const COMMON_NAME = "2.5.4.3";
const SUBJECT_ALT_NAME = "2.5.29.17";
const EXTENDED_KEY_USAGE = "2.5.29.37";
const VERSION_TAG = 0xa0;
const EXTENSIONS_TAG = 0xa3;
const DNS_NAME_TAG = 0x82;
const IP_ADDRESS_TAG = 0x87;

/** Reads a certificate, of DER or of one PEM block. Throws when it is broken. */
export function readCertificate(encoded: Uint8Array | string): Certificate {
  const x509 = new X509Certificate(encoded);
  const der = Uint8Array.from(x509.raw);
  const fields = readElements(readElements(readElement(der, Tag.sequence).content)[0]!.content);
  let version = 1;
  if (fields[0]?.tag === VERSION_TAG) {
    version = readElement(fields.shift()!.content, Tag.integer).content.at(-1)! + 1;
  }
  const [_serial, _algorithm, issuer, _validity, subject] = fields;
  if (issuer?.tag !== Tag.sequence || subject?.tag !== Tag.sequence) {
    throw new TypeError("This is no certificate");
  }
  const extensions = readExtensions(fields.find(({ tag }) => tag === EXTENSIONS_TAG)?.content);
  const commonNames = readCommonNames(subject.content);
  return {
    x509,
    der,
    version,
    fingerprint: x509.fingerprint256,
    subject: subject.whole,
    issuer: issuer.whole,
    commonName: commonNames.length === 1 ? commonNames[0] : undefined,
    issuerTitle: readCommonNames(issuer.content)[0] ?? "an issuer without a name",
    hosts: readHosts(extensions.get(SUBJECT_ALT_NAME)),
    purposes: readPurposes(extensions.get(EXTENDED_KEY_USAGE)),
    isCa: x509.ca,
    notBeforeMs: Date.parse(x509.validFrom),
    notAfterMs: Date.parse(x509.validTo),
  };
}

/** All certificates in a text; none when it holds none. Throws for one that is broken. */
export function readCertificates(pem: string): Certificate[] {
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? [];
  return blocks.map(readCertificate);
}

/**
 * What the peer of a socket showed: its own certificate, then those that it sent along. Throws when
 * one is broken.
 */
export function peerCertificates(socket: TLSSocket): Certificate[] {
  const found = new Map<string, Certificate>();
  let link = socket.getPeerCertificate(true);
  // The last one is its own issuer; without a certificate there is an empty object.
  while (link?.raw !== undefined && !found.has(link.fingerprint256)) {
    found.set(link.fingerprint256, readCertificate(link.raw));
    link = link.issuerCertificate;
  }
  return Array.from(found.values());
}

/**
 * Reads a fingerprint as people copy it: colons and spaces are free, and so is the case.
 *
 * @returns it as a {@linkcode Certificate} has it, or `undefined` when it is none.
 */
export function parseFingerprint(text: string): string | undefined {
  const digits = text.replaceAll(/[:\s]/g, "");
  if (!/^[0-9a-f]{64}$/i.test(digits)) return undefined;
  return digits.toUpperCase().match(/../g)!.join(":");
}

/** What a certificate is called in a message. */
export function titleOf(certificate: Certificate): string {
  return certificate.commonName ?? certificate.hosts[0] ?? "a certificate without a name";
}

/**
 * Whether a certificate stands for a host, a name or an address: by its subjectAltName alone, as
 * RFC 9525 has it. `*.` at the front stands for one label.
 */
export function standsFor(certificate: Certificate, host: string): boolean {
  const address = parseIp(host);
  const wanted = address === undefined ? host.toLowerCase().replace(/\.$/, "") : formatIp(address);
  const wildcard = address === undefined ? wanted.replace(/^[^.]+/, "*") : undefined;
  return certificate.hosts.some((name) => name === wanted || name === wildcard);
}

function readCommonNames(name: Uint8Array): string[] {
  const names: string[] = [];
  for (const set of readElements(name)) {
    for (const attribute of readElements(set.content)) {
      const [type, value] = readElements(attribute.content);
      if (type === undefined || value === undefined) continue;
      if (readOid(type.content) === COMMON_NAME) names.push(readText(value.tag, value.content));
    }
  }
  return names;
}

function readText(tag: number, content: Uint8Array): string {
  // BMPString and UniversalString have wider characters; nobody has used them for decades.
  if (tag === 0x1e || tag === 0x1c) throw new TypeError("This name is in an encoding of the past");
  return new TextDecoder().decode(content);
}

function readExtensions(content: Uint8Array | undefined): Map<string, Uint8Array> {
  const extensions = new Map<string, Uint8Array>();
  if (content === undefined) return extensions;
  for (const extension of readElements(readElement(content, Tag.sequence).content)) {
    const [type, ...rest] = readElements(extension.content);
    const value = rest.at(-1);
    if (type === undefined || value?.tag !== Tag.octets) throw new TypeError("No extension");
    extensions.set(readOid(type.content), value.content);
  }
  return extensions;
}

function readHosts(extension: Uint8Array | undefined): string[] {
  if (extension === undefined) return [];
  const hosts: string[] = [];
  for (const { tag, content } of readElements(readElement(extension, Tag.sequence).content)) {
    if (tag === DNS_NAME_TAG) hosts.push(new TextDecoder().decode(content).toLowerCase());
    if (tag === IP_ADDRESS_TAG) hosts.push(formatIp(content));
  }
  return hosts;
}

function readPurposes(extension: Uint8Array | undefined): string[] | undefined {
  if (extension === undefined) return undefined;
  return readElements(readElement(extension, Tag.sequence).content)
    .map(({ content }) => readOid(content));
}
