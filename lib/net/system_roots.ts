import { UsageError } from "../errors.ts";
import { type Certificate, readCertificates } from "./certificate.ts";

/** Where systems keep the certificates that they trust, as one file. */
const FILES = [
  // Debian, Ubuntu, Alpine, Arch
  "/etc/ssl/certs/ca-certificates.crt",
  // Fedora, RHEL
  "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
  "/etc/pki/tls/certs/ca-bundle.crt",
  // SUSE
  "/etc/ssl/ca-bundle.pem",
  // macOS, FreeBSD, OpenBSD
  "/etc/ssl/cert.pem",
];

/**
 * The root certificates that this system trusts. The runtime has its own, but lets nobody see them
 * who may not ask the system for everything.
 *
 * @throws {UsageError} when there are none to be found.
 */
export async function systemRoots(): Promise<Certificate[]> {
  for (const file of FILES) {
    try {
      const roots = readReadable(await Deno.readTextFile(file));
      if (roots.length > 0) return roots;
    } catch (error) {
      if (!(error instanceof Deno.errors.NotFound)) throw error;
    }
  }
  throw new UsageError("Cannot tell which certificates this system trusts: none are where usual", {
    hint: "Name the server's issuer with --ca, or its certificate with --pin.",
  });
}

/** One certificate that cannot be read is none that is trusted, and no fault of the others. */
function readReadable(text: string): Certificate[] {
  return text.split(/(?<=-----END CERTIFICATE-----)/).flatMap((part) => {
    try {
      return readCertificates(part);
    } catch {
      return [];
    }
  });
}
