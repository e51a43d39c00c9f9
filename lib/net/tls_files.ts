/**
 * Reading the files of TLS: certificates and keys in PEM. What is wrong with them is said here, in
 * words, before anyone connects.
 *
 * @module
 */

import { createPrivateKey, type KeyObject } from "node:crypto";
import { reasonOf, UsageError } from "../errors.ts";
import { checkPrivateMode } from "../private_mode.ts";
import { showable } from "../ui.ts";
import { type Certificate, readCertificates, titleOf } from "./certificate.ts";

/** Bytes of a file of certificates: those of a system's trusted ones have 250 KB. */
const MAX_FILE_BYTES = 4 * 1024 * 1024;

/** What the runtime's TLS signs with. A curve is named by its OpenSSL name; the first is P-256. */
const USABLE_KINDS = ["prime256v1", "secp384r1", "secp521r1", "ed25519", "rsa", "rsa-pss"];

/**
 * Reads a file of certificates, one's own with those that lead to a root, or those to trust.
 *
 * @returns its text.
 * @throws {UsageError} when it cannot be read or holds no certificate, or a broken one.
 */
export async function readCertificateFile(path: string): Promise<string> {
  const text = await readFile(path);
  parse(path, text);
  return text;
}

/**
 * Reads a certificate and the private key that belongs to it. They may be in one file.
 *
 * @throws {UsageError} when one of them cannot be read or is no such thing, when they do not belong
 * together, and when others than the owner may read the key.
 */
export async function readKeyPair(
  certPath: string,
  keyPath: string,
): Promise<{ certPem: string; keyPem: string }> {
  const certPem = await readFile(certPath);
  const keyPem = await readFile(keyPath, true);
  checkKeyPair(certPem, keyPem, { certName: certPath, keyName: keyPath });
  return { certPem, keyPem };
}

/**
 * Checks that a certificate and a private key belong together, and that the runtime can use them:
 * for a connection it would only say that something is not supported. The names are for messages.
 *
 * @throws {UsageError} when they do not.
 */
export function checkKeyPair(
  certPem: string,
  keyPem: string,
  { certName = "what shall be one", keyName = "what shall be one" } = {},
): void {
  const own = parse(certName, certPem)[0]!;
  const key = parseKey(keyName, keyPem);
  if (!own.x509.checkPrivateKey(key)) {
    const title = showable(titleOf(own));
    throw new UsageError(
      `The key in ${keyName} does not belong to the certificate of ${title} in ${certName}`,
      { hint: "The own certificate has to be the first in its file." },
    );
  }
  const kind = kindOf(key);
  if (USABLE_KINDS.includes(kind)) return;
  throw new UsageError(`The key in ${keyName} is of the kind ${kind}, which cannot be used`, {
    hint: `It can be ${USABLE_KINDS.join(", ")}; wagons cert new makes one of P-256.`,
  });
}

function kindOf(key: KeyObject): string {
  return key.asymmetricKeyDetails?.namedCurve ?? key.asymmetricKeyType ?? "unknown";
}

function parse(path: string, text: string): Certificate[] {
  let certificates: Certificate[];
  try {
    certificates = readCertificates(text);
  } catch (error) {
    throw new UsageError(`A certificate in ${path} is broken: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  if (certificates.length > 0) return certificates;
  throw new UsageError(`There is no certificate in ${path}`, {
    hint: "It has to be in PEM: openssl x509 -inform DER -in FILE makes that of another file.",
  });
}

function parseKey(path: string, text: string): KeyObject {
  if (/BEGIN ENCRYPTED PRIVATE KEY|ENCRYPTED\n/.test(text)) {
    throw new UsageError(`The key in ${path} is locked with a password`, {
      hint: `Unlock it: openssl pkey -in ${path} -out FILE, and chmod 600 FILE.`,
    });
  }
  const block = /-----BEGIN ([A-Z ]*PRIVATE KEY)-----[\s\S]*?-----END \1-----/.exec(text)?.[0];
  if (block === undefined) {
    throw new UsageError(`There is no private key in ${path}`, {
      hint: "It has to be in PEM, as wagons cert new writes it.",
    });
  }
  try {
    return createPrivateKey(block);
  } catch (error) {
    throw new UsageError(`The private key in ${path} is broken: ${reasonOf(error)}`, {
      cause: error,
    });
  }
}

async function readFile(path: string, isPrivate = false): Promise<string> {
  try {
    // What is looked at is what is read, whoever may put another file in its place.
    using file = await Deno.open(path);
    const { isDirectory, size, mode } = await file.stat();
    if (isDirectory) throw new UsageError(`Cannot read ${path}: it is a folder`);
    if (isPrivate) checkPrivateMode(mode, "private key", path);
    if (size > MAX_FILE_BYTES) {
      throw new UsageError(`Cannot read ${path}: ${size} bytes are too many for certificates`);
    }
    return await new Response(file.readable).text();
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw cannotRead(path, error);
  }
}

function cannotRead(path: string, error: unknown): UsageError {
  const why = error instanceof Deno.errors.NotFound ? "there is no such file" : reasonOf(error);
  return new UsageError(`Cannot read ${path}: ${why}`, { cause: error });
}
