import { generateKeyPairSync, type KeyObject, randomBytes, sign } from "node:crypto";
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
} from "../../lib/cert/der_write.ts";
import { type Certificate, readCertificate } from "../../lib/net/certificate.ts";
import { parseIp } from "../../lib/net/ip.ts";

/** A certificate of any kind, also of kinds that nobody should make. */
export interface Issued {
  /** The certificate, in PEM. */
  certPem: string;
  /** Its private key, in PEM. */
  keyPem: string;
  /** The certificate as it is read. */
  certificate: Certificate;
  /** What it is called. */
  name: string;
  /** Its private key. */
  privateKey: KeyObject;
  /** Its public key. */
  publicKey: KeyObject;
}

/** What a certificate shall be. */
export interface IssueOptions {
  /** Who issues it. Default: itself. */
  issuer?: Pick<Issued, "name" | "privateKey">;
  /** Whose key it is for. Default: a new one. */
  keys?: Pick<Issued, "privateKey" | "publicKey">;
  /** Names and addresses. Default: localhost and 127.0.0.1. */
  hosts?: string[];
  /** 1 has no extensions. Default: 3. */
  version?: 1 | 3;
  /** It issues others. Default: no. */
  isCa?: boolean;
  /** Extended key usages. Default: no such extension. */
  purposes?: string[];
  /** Days from now. Default: -1. */
  fromDays?: number;
  /** Days from now. Default: 1. */
  toDays?: number;
}

const DAY_MS = 86_400_000;

/** Makes a certificate that is called so; an empty name is none. */
export function issue(name: string, options: IssueOptions = {}): Issued {
  const keys = options.keys ?? generateKeyPairSync("ec", { namedCurve: "P-256" });
  const issuer = options.issuer ?? { name, privateKey: keys.privateKey };
  const { version = 3, fromDays = -1, toDays = 1 } = options;
  const algorithm = sequence(oid("1.2.840.10045.4.3.2"));
  const nowMs = Date.now();
  const toBeSigned = sequence(
    ...version === 1 ? [] : [element(0xa0, integer(Uint8Array.of(2)))],
    integer(randomBytes(16)),
    algorithm,
    nameOf(issuer.name),
    sequence(time(nowMs + fromDays * DAY_MS), time(nowMs + toDays * DAY_MS)),
    nameOf(name),
    keys.publicKey.export({ type: "spki", format: "der" }),
    ...version === 1 ? [] : [element(0xa3, extensionsFor(options))],
  );
  const der = sequence(toBeSigned, algorithm, bits(sign("sha256", toBeSigned, issuer.privateKey)));
  return {
    certPem: `-----BEGIN CERTIFICATE-----\n${der.toBase64()}\n-----END CERTIFICATE-----\n`,
    keyPem: keys.privateKey.export({ type: "pkcs8", format: "pem" }) as string,
    certificate: readCertificate(der),
    name,
    privateKey: keys.privateKey,
    publicKey: keys.publicKey,
  };
}

function nameOf(name: string): Uint8Array {
  return name === "" ? sequence() : sequence(set(sequence(oid("2.5.4.3"), utf8(name))));
}

function extensionsFor({ hosts, isCa = false, purposes }: IssueOptions): Uint8Array {
  const names = (hosts ?? ["localhost", "127.0.0.1"]).map((host) => {
    const address = parseIp(host);
    return address === undefined
      ? element(0x82, new TextEncoder().encode(host))
      : element(0x87, address);
  });
  const extension = (id: string, value: Uint8Array) => sequence(oid(id), octets(value));
  return sequence(
    sequence(oid("2.5.29.19"), yes(), octets(sequence(...isCa ? [yes()] : []))),
    ...isCa ? [] : [extension("2.5.29.17", sequence(...names))],
    ...purposes ? [extension("2.5.29.37", sequence(...purposes.map(oid)))] : [],
  );
}
