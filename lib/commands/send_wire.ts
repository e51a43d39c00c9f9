import { ServerRefusedError } from "../client/failures.ts";
import { WireConnection } from "../client/wire_connection.ts";
import { BadInputError, ExitCode, RefusedError } from "../errors.ts";
import { CONNECT_TIMEOUT_MS } from "../limits/client.ts";
import { newId } from "../new_id.ts";
import { isoTime } from "../ui.ts";
import { counted, formatBytes } from "../units.ts";
import { encodeBody } from "../wire/codec.ts";
import {
  type DocumentMessage,
  type Manifest,
  type Receipt,
  RefusalCode,
} from "../wire/messages.ts";
import { uuidTimeMs } from "../wire/uuid.ts";
import { writeAs } from "./dictionary_bytes.ts";
import type { Gathered } from "./gather.ts";
import { readSecurity } from "./security_options.ts";
import type { Sending } from "./send.ts";
import { printReceipt } from "./send_receipt.ts";
import { interruptible, unfinished } from "./unfinished.ts";
import { wantedId } from "./wanted_id.ts";

/** Sends a manifest or a document by `tcp://` or `tls://`, as a message of the protocol. */
export async function sendByWire(sending: Sending): Promise<ExitCode> {
  const { run: { flags, ui }, settings, endpoint, gathered, signal } = sending;
  const id = wantedId("send", flags) ?? newId();
  const message = messageOf(gathered, id, settings.source ?? Deno.hostname());
  const how = {
    connectTimeoutMs: settings.connectTimeout ?? CONNECT_TIMEOUT_MS,
    ...await readSecurity(endpoint, settings, flags),
    signal,
  };
  using connection = await interruptible(
    signal,
    `Interrupted before the ${message.kind} was sent`,
    () => WireConnection.open(endpoint, how),
  );
  checkSize(message, connection.maxMessageBytes);
  const { storedAtMs, duplicate } = await deliver(message, connection, settings.timeout, signal);
  const storedAt = isoTime(storedAtMs);
  printReceipt(ui, { id, kind: message.kind, storedAt, duplicate }, gathered);
  return ExitCode.ok;
}

function isUnsupported(error: unknown): error is ServerRefusedError {
  return error instanceof ServerRefusedError && error.code === RefusalCode.unsupported;
}

function messageOf(
  { dictionary, entries }: Gathered,
  id: string,
  source: string,
): Manifest | DocumentMessage {
  // The time in the id: what is sent again is the same to the last byte.
  const madeAtMs = uuidTimeMs(id);
  if (typeof entries !== "string") return { kind: "manifest", id, source, madeAtMs, entries };
  return { kind: "document", id, source, madeAtMs, json: writeAs(dictionary, "json") };
}

async function deliver(
  message: Manifest | DocumentMessage,
  connection: WireConnection,
  timeoutMs: number | undefined,
  signal: AbortSignal,
): Promise<Receipt> {
  signal.addEventListener("abort", () => connection.close());
  try {
    return await connection.request(message, "receipt", timeoutMs);
  } catch (error) {
    if (message.kind === "document" && isUnsupported(error)) {
      throw new RefusedError(error.message, {
        cause: error,
        hint: "The server may be of a version before documents: use the same one on both sides.",
      });
    }
    // It may have been stored: only the same id makes another try safe.
    const state = `it is not known whether the ${message.kind} was stored`;
    throw unfinished(error, signal, {
      interrupted: `Interrupted: ${state}`,
      state,
      hint: `Send it again with --id ${message.id}: it is kept once.`,
    });
  }
}

const OTHER_WAYS =
  "Send it by http:// or dict://, or start the server with a larger --max-frame-bytes.";

function checkSize(message: Manifest | DocumentMessage, maxBytes: number): void {
  const bytes = encodeBody(message).length;
  if (bytes <= maxBytes) return;
  const what = message.kind === "manifest"
    ? counted(message.entries.length, "city takes", "cities take")
    : "the document takes";
  throw new BadInputError(`${what} ${bytes} bytes: the server takes ${formatBytes(maxBytes)}`, {
    hint: message.kind === "manifest" ? "Send it in several parts." : OTHER_WAYS,
  });
}
