/**
 * How clients and servers prove who they are, and check whom they talk to.
 *
 * @module
 */

import type { Command } from "commander";
import type { WireConnectionOptions } from "../client/wire_connection.ts";
import type { CommonSettings } from "../config/schema.ts";
import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import { UsageError } from "../errors.ts";
import type { ServerTls } from "../listeners/listener.ts";
import type { Run } from "./command.ts";

/** Adds the options of commands that talk to a server, and says what the key seals there. */
export function addSecurityOptions(command: Command, sealed = "everything"): Command {
  return addTlsOptions(
    command
      .option("--key-file <file>", `seal ${sealed} with the key in this file (WAGONS_KEY_FILE)`)
      .option("--plain", "seal nothing, even where a key is set"),
  );
}

/** Adds those of them that concern `tls://`. */
export function addTlsOptions(command: Command): Command {
  return command
    .option("--ca <file>", "by tls://, trust servers whose certificates lead to these (WAGONS_CA)")
    .option("--pin <sha256>", "by tls://, trust the certificate with this fingerprint (WAGONS_PIN)")
    .option("--tls-cert <file>", "by tls://, the certificate to show (WAGONS_TLS_CERT)")
    .option("--tls-key <file>", "its private key (WAGONS_TLS_KEY)");
}

/** What is meant for `tls://` alone. */
const TLS_FLAGS = { ca: "--ca", pin: "--pin", tlsCert: "--tls-cert", tlsKey: "--tls-key" };

/**
 * What is set of these, for a client of that server.
 *
 * @throws {UsageError} when a file that is named cannot be used, and when something on the command
 * line is meant for `tls://` and the server is another.
 */
export async function readSecurity(
  endpoint: Endpoint,
  settings: CommonSettings,
  flags: Run["flags"],
): Promise<Pick<WireConnectionOptions, "key" | "tls">> {
  const { ca, pin } = settings;
  const key = await readKey(settings, flags);
  checkTlsFlags(endpoint, flags);
  if (endpoint.scheme !== "tls") return key;
  const { readCertificateFile } = await import("../net/tls_files.ts");
  return {
    ...key,
    tls: {
      ...(ca === undefined ? {} : { caPem: await readCertificateFile(ca) }),
      ...(pin === undefined ? {} : { pin }),
      ...await readOwnCertificate(settings),
    },
  };
}

/**
 * Checks that what is meant for `tls://` does not stand on the command line for another server.
 *
 * @throws {UsageError} when it does.
 */
export function checkTlsFlags(endpoint: Endpoint, flags: Run["flags"]): void {
  if (endpoint.scheme === "tls") return;
  for (const [name, flag] of Object.entries(TLS_FLAGS)) {
    if (flags[name] === undefined) continue;
    throw new UsageError(`${flag} does nothing for ${formatEndpoint(endpoint)}`, {
      hint: "Write the server as tls://host:port, or leave it out.",
    });
  }
}

async function readKey(
  { keyFile }: CommonSettings,
  flags: Run["flags"],
): Promise<{ key?: Uint8Array }> {
  if (keyFile === undefined || flags.plain === true) return {};
  // Loaded here: without a key a command starts sooner.
  const { readKeyFile } = await import("../key_file.ts");
  return { key: readKeyFile(keyFile) };
}

/**
 * What is set of TLS for a server; `undefined` when it is no certificate.
 *
 * @throws {UsageError} when a file that is named cannot be used, or one is missing.
 */
export async function readServerTls(
  settings: CommonSettings & { clientCa?: string | undefined },
): Promise<ServerTls | undefined> {
  const { clientCa } = settings;
  const own = await readOwnCertificate(settings);
  if (own === undefined) {
    if (clientCa === undefined) return undefined;
    throw new UsageError("There is a --client-ca and no certificate for the server itself", {
      hint: "Name one with --tls-cert and --tls-key; wagons cert new makes both.",
    });
  }
  const { readCertificateFile } = await import("../net/tls_files.ts");
  return {
    ...own,
    ...(clientCa === undefined ? {} : { clientCaPem: await readCertificateFile(clientCa) }),
  };
}

async function readOwnCertificate(
  { tlsCert, tlsKey }: CommonSettings,
): Promise<{ certPem: string; keyPem: string } | undefined> {
  if (tlsCert === undefined && tlsKey === undefined) return undefined;
  if (tlsCert === undefined || tlsKey === undefined) {
    const [there, missing] = tlsCert === undefined
      ? ["--tls-key (tls_key, WAGONS_TLS_KEY)", "--tls-cert"]
      : ["--tls-cert (tls_cert, WAGONS_TLS_CERT)", "--tls-key"];
    throw new UsageError(`${there} is set without ${missing}`, {
      hint: "wagons cert new makes a certificate and the key that belongs to it.",
    });
  }
  const { readKeyPair } = await import("../net/tls_files.ts");
  return await readKeyPair(tlsCert, tlsKey);
}
