/**
 * `wagons send`: a manifest to a server.
 *
 * @module
 */

import type { Command } from "commander";
import { WireConnection, type WireConnectionOptions } from "../client/wire_connection.ts";
import { resolveSettings } from "../config/resolve.ts";
import { type Endpoint, parseEndpoint } from "../endpoint.ts";
import {
  BadInputError,
  ExitCode,
  InterruptedError,
  ProtocolError,
  TimedOutError,
  UnreachableError,
  UsageError,
  WagonsError,
} from "../errors.ts";
import { CONNECT_TIMEOUT_MS } from "../limits.ts";
import { isoTime } from "../ui.ts";
import { formatBytes } from "../units.ts";
import { encodeBody } from "../wire/codec.ts";
import type { Manifest, Receipt } from "../wire/messages.ts";
import { isUuidV7, makeUuidV7, uuidTimeMs } from "../wire/uuid.ts";
import { type AddAction, addJsonOption, type Run } from "./command.ts";
import { gatherEntries, readTexts } from "./gather.ts";
import { addSecurityOptions, readSecurity } from "./security_options.ts";
import { serverEndpoint } from "./server_endpoint.ts";

/** Completes the command. */
export function define(command: Command, add: AddAction): void {
  add(addSecurityOptions(addJsonOption(command)), send)
    .argument("<file...>", "texts of City = count, or pictures of QR codes; - is stdin")
    .option("--to <url>", "the server (default: WAGONS_SERVER, or tcp://127.0.0.1:7117)")
    .option("--source <name>", "who sends it (default: the name of this machine)")
    .option("--id <uuid>", "the id of a manifest that was sent before, perhaps in vain")
    .option("--strict", "any line that is no entry is an error")
    .option("--timeout <duration>", "how long to wait for the receipt (default: 10s)")
    .option("--connect-timeout <duration>", "how long to wait for a connection (default: 5s)")
    .addHelpText("after", SEND_HELP);
}

const SEND_HELP = `
All inputs make one manifest. The receipt that is printed means that it is on the server's disk. A
manifest is kept once for each id: to send it again after a failure, use the --id that was shown.`;

async function send({ args, flags, ui, sources, context }: Run): Promise<ExitCode> {
  const { settings } = resolveSettings("send", sources);
  const endpoint = flags.to === undefined
    ? serverEndpoint(undefined, settings)
    : parseEndpoint(flags.to as string);
  const entries = gatherEntries(await readTexts(args), flags.strict === true, ui);
  const id = manifestId(flags.id as string | undefined);
  const source = settings.source ?? Deno.hostname();
  // The time in the id: a manifest that is sent again is the same to the last byte.
  const manifest: Manifest = { kind: "manifest", id, source, madeAtMs: uuidTimeMs(id), entries };
  const signal = context.interrupted();
  using connection = await connect(endpoint, signal, {
    connectTimeoutMs: settings.connectTimeout ?? CONNECT_TIMEOUT_MS,
    ...await readSecurity(endpoint, settings, flags),
  });
  checkSize(manifest, connection.maxMessageBytes);
  const receipt = await deliver(manifest, connection, settings.timeout, signal);
  const { storedAtMs, duplicate } = receipt;
  const storedAt = isoTime(storedAtMs);
  if (ui.json) ui.object({ id, storedAt, duplicate, cities: entries.length });
  else ui.text(`${id}  ${duplicate ? "was stored before, at" : "stored at"} ${storedAt}\n`);
  return ExitCode.ok;
}

async function deliver(
  manifest: Manifest,
  connection: WireConnection,
  timeoutMs: number | undefined,
  signal: AbortSignal,
): Promise<Receipt> {
  signal.addEventListener("abort", () => connection.close());
  try {
    return await connection.request(manifest, "receipt", timeoutMs);
  } catch (error) {
    // It may have been stored: only the same id makes another try safe.
    const message = "it is not known whether the manifest was stored";
    const more = error instanceof WagonsError && error.hint !== undefined ? ` ${error.hint}` : "";
    const hint = `Send it again with --id ${manifest.id}: it is kept once.${more}`;
    const options = { cause: error, hint };
    if (signal.aborted) throw new InterruptedError(`Interrupted: ${message}`, options);
    for (const Kind of [TimedOutError, UnreachableError, ProtocolError]) {
      if (error instanceof Kind) throw new Kind(`${error.message}: ${message}`, options);
    }
    throw error;
  }
}

async function connect(
  endpoint: Endpoint,
  signal: AbortSignal,
  options: WireConnectionOptions,
): Promise<WireConnection> {
  try {
    return await WireConnection.open(endpoint, { ...options, signal });
  } catch (error) {
    if (signal.aborted) throw new InterruptedError("Interrupted before the manifest was sent");
    throw error;
  }
}

function manifestId(text: string | undefined): string {
  if (text === undefined) {
    return makeUuidV7(Date.now(), crypto.getRandomValues(new Uint8Array(10)));
  }
  const id = text.toLowerCase();
  if (isUuidV7(id)) return id;
  throw new UsageError(`--id: ${JSON.stringify(text)} is no UUIDv7`, {
    hint: "Use the id that an earlier wagons send has shown.",
  });
}

function checkSize(manifest: Manifest, maxBytes: number): void {
  const bytes = encodeBody(manifest).length;
  if (bytes <= maxBytes) return;
  const size = `${manifest.entries.length} cities take ${bytes} bytes`;
  throw new BadInputError(`${size}: the server takes ${formatBytes(maxBytes)}`, {
    hint: "Send it in several parts.",
  });
}
