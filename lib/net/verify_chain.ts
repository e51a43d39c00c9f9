import type { Certificate } from "./certificate.ts";

/** What a certificate is used for: the extended key usages of RFC 5280, section 4.2.1.12. */
export const Purpose = {
  /** A server shows it. */
  server: "1.3.6.1.5.5.7.3.1",
  /** A client shows it. */
  client: "1.3.6.1.5.5.7.3.2",
} as const;

/** One of the values of {@linkcode Purpose}. */
export type Purpose = (typeof Purpose)[keyof typeof Purpose];

/** What can be wrong with a chain. */
export type ChainFault = "none" | "version" | "not-yet-valid" | "expired" | "purpose" | "issuer";

/** Certificates between a peer's own and a trusted one: in practice 1 or 2. */
const MAX_DEPTH = 8;
/** Signatures that are looked at: a peer could send certificates that all issue each other. */
const MAX_CHECKS = 100;
const ANY_PURPOSE = "2.5.29.37.0";

/**
 * Whether a peer's certificate leads to a trusted one by signatures that are right, and whether it
 * is valid now and meant for the purpose. It is trusted by itself when it is one of the anchors.
 *
 * The runtime verifies chains too, with more rules. But where a certificate of version 1 is among
 * them it looks at names alone (Deno 2.9), and anyone can make such a certificate; it then does not
 * ask for a proof of the key either. So nothing is trusted that does not pass here as well, and
 * those of version 1 never do, but as anchors.
 *
 * @param shown the peer's own certificate, then any that it sent along.
 * @returns what is wrong with the peer's own certificate, or `undefined`.
 */
export function verifyChain(
  shown: readonly Certificate[],
  anchors: readonly Certificate[],
  purpose: Purpose,
  nowMs: number,
): ChainFault | undefined {
  const [own, ...others] = shown;
  if (own === undefined) return "none";
  if (own.version !== 3) return "version";
  const dated = checkDates(own, nowMs);
  if (dated !== undefined) return dated;
  const { purposes } = own;
  if (purposes && !purposes.includes(purpose) && !purposes.includes(ANY_PURPOSE)) return "purpose";
  if (anchors.some((anchor) => isSame(anchor.der, own.der))) return undefined;

  let checks = 0;
  const isIssuedBy = (certificate: Certificate, issuer: Certificate): boolean => {
    if (!isSame(certificate.issuer, issuer.subject) || checks >= MAX_CHECKS) return false;
    checks++;
    return isSignedBy(certificate, issuer) && checkDates(issuer, nowMs) === undefined;
  };
  const leadsToAnchor = (certificate: Certificate, depth: number): boolean =>
    anchors.some((anchor) => isIssuedBy(certificate, anchor)) ||
    (depth < MAX_DEPTH &&
      others.some((other) =>
        other.isCa && other.version === 3 && isIssuedBy(certificate, other) &&
        leadsToAnchor(other, depth + 1)
      ));
  return leadsToAnchor(own, 0) ? undefined : "issuer";
}

function checkDates(
  { notBeforeMs, notAfterMs }: Certificate,
  nowMs: number,
): "not-yet-valid" | "expired" | undefined {
  // Written so that a date that cannot be read is no good date.
  if (!(notBeforeMs <= nowMs)) return "not-yet-valid";
  if (!(nowMs <= notAfterMs)) return "expired";
  return undefined;
}

function isSignedBy(certificate: Certificate, issuer: Certificate): boolean {
  try {
    return certificate.x509.verify(issuer.x509.publicKey);
  } catch {
    // The runtime throws for a kind of key that it cannot verify with: that proves nothing.
    return false;
  }
}

function isSame(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
