/**
 * `wagons cert`: certificates for `tls://`.
 *
 * @module
 */

import type { Command } from "commander";
import { BadInputError, ExitCode, reasonOf, UsageError } from "../errors.ts";
import { decodeText, inputName, readInput } from "../input.ts";
import { MAX_TEXT_BYTES } from "../limits/manifests.ts";
import { isoTime, showable } from "../ui.ts";
import { type AddAction, addJsonOption, type Run } from "./command.ts";

/** A day, in milliseconds. */
const DAY_MS = 86_400_000;
/** The clock of the other side may be slow. */
const HEAD_START_MS = 3_600_000;
/** A hundred years: more is a slip. */
const MAX_DAYS = 36_500;
/** Nobody else gets the same by chance (RFC 5280, section 4.1.2.2). */
const SERIAL_BYTES = 16;

/** Completes the command. */
export function define(command: Command, add: AddAction): void {
  add(addJsonOption(command.command("new")), makeNew)
    .description("make a certificate and its private key")
    .requiredOption("--host <name...>", "a name or an address that the server is reached by")
    .option("--days <number>", "how long it is valid", "365")
    .option("-o, --output <prefix>", "write <prefix>.pem and <prefix>.key", "wagons")
    .addHelpText("after", NEW_HELP);
  add(addJsonOption(command.command("show")), show)
    .description("what the certificates in a file say")
    .argument("<file>", "certificates in PEM; - is stdin");
}

const NEW_HELP = `
The certificate is its own issuer: whoever shall trust it gets the file, or its fingerprint. The key
stays where it is. Give --host again for each name and each address.`;

async function makeNew({ flags, ui }: Run): Promise<ExitCode> {
  const { readHost } = await import("../cert/host.ts");
  const { makeCertificate } = await import("../cert/make_certificate.ts");
  const { writeNewFiles } = await import("../new_files.ts");
  const hosts = Array.from(new Set((flags.host as string[]).map(readHost)));
  const days = readDays(flags.days as string);
  const prefix = flags.output as string;
  const nowMs = Date.now();
  const [notBeforeMs, notAfterMs] = [nowMs - HEAD_START_MS, nowMs + days * DAY_MS];
  const serial = crypto.getRandomValues(new Uint8Array(SERIAL_BYTES));
  const { certPem, keyPem, fingerprint } = await makeCertificate({
    hosts,
    notBeforeMs,
    notAfterMs,
    serial,
  });
  const [certificate, key] = [`${prefix}.pem`, `${prefix}.key`];
  await writeNewFiles([
    { path: key, text: keyPem, mode: 0o600 },
    { path: certificate, text: certPem, mode: 0o644 },
  ]);
  if (ui.json) {
    const notAfter = isoTime(notAfterMs);
    ui.object({ certificate, key, fingerprint, hosts, notBefore: isoTime(notBeforeMs), notAfter });
  } else {
    ui.text(`certificate  ${certificate}\nkey          ${key}\nfingerprint  ${fingerprint}\n`);
  }
  const pin = fingerprint.replaceAll(":", "").toLowerCase();
  ui.note(`on the server: wagons serve --tls-cert ${certificate} --tls-key ${key}`);
  ui.note(`on a client: --ca ${certificate}, which is no secret, or --pin ${pin}`);
  return ExitCode.ok;
}

function readDays(text: string): number {
  const days = /^[0-9]{1,6}$/.test(text) ? Number(text) : NaN;
  if (days >= 1 && days <= MAX_DAYS) return days;
  throw new UsageError(`--days: ${JSON.stringify(text)} is no number from 1 to ${MAX_DAYS}`);
}

async function show({ args, ui }: Run): Promise<ExitCode> {
  const { readCertificates } = await import("../net/certificate.ts");
  const name = inputName(args[0]!);
  const text = decodeText(
    await readInput(args[0]!, MAX_TEXT_BYTES),
    name,
    "It has to be in PEM: openssl x509 -inform DER -in FILE makes that of another file.",
  );
  let certificates;
  try {
    certificates = readCertificates(text);
  } catch (error) {
    throw new BadInputError(`A certificate in ${name} is broken: ${reasonOf(error)}`, {
      cause: error,
    });
  }
  if (certificates.length === 0) {
    throw new BadInputError(`There is no certificate in ${name}`, {
      hint: "A certificate in PEM begins with a line -----BEGIN CERTIFICATE-----.",
    });
  }
  for (const [index, certificate] of certificates.entries()) {
    const { commonName: subject = null, issuerTitle: issuer, hosts, fingerprint } = certificate;
    const notBefore = isoTime(certificate.notBeforeMs);
    const notAfter = isoTime(certificate.notAfterMs);
    if (ui.json) ui.object({ subject, issuer, hosts, notBefore, notAfter, fingerprint });
    else {
      const lines = [
        `subject      ${showable(subject ?? "(none)")}`,
        `issuer       ${showable(issuer)}`,
        `hosts        ${hosts.map(showable).join(", ") || "(none)"}`,
        `valid from   ${notBefore}`,
        `valid until  ${notAfter}`,
        `fingerprint  ${fingerprint}`,
      ];
      ui.text(`${index === 0 ? "" : "\n"}${lines.join("\n")}\n`);
    }
  }
  return ExitCode.ok;
}
