/**
 * `wagons send`: a manifest to a server.
 *
 * @module
 */

import type { Command } from "commander";
import { WireConnection } from "../client/wire_connection.ts";
import { resolveSettings } from "../config/resolve.ts";
import { BadInputError, ExitCode } from "../errors.ts";
import { CONNECT_TIMEOUT_MS } from "../limits/client.ts";
import { newId } from "../new_id.ts";
import { isoTime } from "../ui.ts";
import { formatBytes } from "../units.ts";
import { encodeBody } from "../wire/codec.ts";
import type { Manifest, Receipt } from "../wire/messages.ts";
import { uuidTimeMs } from "../wire/uuid.ts";
import { type AddAction, addJsonOption, type Run } from "./command.ts";
import { gatherEntries, readTexts } from "./gather.ts";
import { addSecurityOptions, readSecurity } from "./security_options.ts";
import { serverEndpoint } from "./server_endpoint.ts";
import { interruptible, unfinished } from "./unfinished.ts";
import { wantedId } from "./wanted_id.ts";

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
  const endpoint = serverEndpoint(flags.to as string | undefined, settings);
  const entries = gatherEntries(await readTexts(args), flags.strict === true, ui);
  const id = wantedId("send", flags) ?? newId();
  const source = settings.source ?? Deno.hostname();
  // The time in the id: a manifest that is sent again is the same to the last byte.
  const manifest: Manifest = { kind: "manifest", id, source, madeAtMs: uuidTimeMs(id), entries };
  const signal = context.interrupted();
  const how = {
    connectTimeoutMs: settings.connectTimeout ?? CONNECT_TIMEOUT_MS,
    ...await readSecurity(endpoint, settings, flags),
    signal,
  };
  using connection = await interruptible(
    signal,
    "Interrupted before the manifest was sent",
    () => WireConnection.open(endpoint, how),
  );
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
    const state = "it is not known whether the manifest was stored";
    throw unfinished(error, signal, {
      interrupted: `Interrupted: ${state}`,
      state,
      hint: `Send it again with --id ${manifest.id}: it is kept once.`,
    });
  }
}

function checkSize(manifest: Manifest, maxBytes: number): void {
  const bytes = encodeBody(manifest).length;
  if (bytes <= maxBytes) return;
  const size = `${manifest.entries.length} cities take ${bytes} bytes`;
  throw new BadInputError(`${size}: the server takes ${formatBytes(maxBytes)}`, {
    hint: "Send it in several parts.",
  });
}
