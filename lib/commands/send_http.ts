import { askByPost } from "../client/ask_by_post.ts";
import { sealData } from "../client/seal_data.ts";
import { formatEndpoint } from "../endpoint.ts";
import { ExitCode, ProtocolError, UsageError } from "../errors.ts";
import { readKeyFile } from "../key_file.ts";
import { ANSWER_TIMEOUT_MS, CONNECT_TIMEOUT_MS } from "../limits/client.ts";
import { TokenSeal } from "../token_seal.ts";
import { showable } from "../ui.ts";
import { TokenCommand, type TokenMessage } from "../wire/token_message.ts";
import { checkPickleFlag, writeAs } from "./dictionary_bytes.ts";
import type { Sending } from "./send.ts";
import { printReceipt, type SendReceipt } from "./send_receipt.ts";
import { interruptible } from "./unfinished.ts";

/** Where dictionaries are posted to where no path is named. */
const DEFAULT_PATH = "/dictionary";

/** Sends a dictionary by `http://`, as a Fernet token. */
export async function sendByHttp(sending: Sending): Promise<ExitCode> {
  const { run: { ui, flags }, settings, gathered, signal } = sending;
  const endpoint = { ...sending.endpoint, path: sending.endpoint.path ?? DEFAULT_PATH };
  const url = formatEndpoint(endpoint);
  const { format = "json" } = settings;
  checkPickleFlag(flags, format);
  if (settings.keyFile === undefined) {
    throw new UsageError(`There is no key to seal the dictionary with, as ${url} wants it`, {
      hint: "Name a copy of the server's key with --key-file or WAGONS_KEY_FILE.",
    });
  }
  const key = readKeyFile(settings.keyFile);
  // What a format writes is short enough for a token that servers take.
  const token = sealData(key, {
    name: "The dictionary",
    bytes: writeAs(gathered.dictionary, format, settings.pickleProtocol),
    hint: "Send it in another format, like --format xml, or by tcp://.",
  });
  const how = {
    connectTimeoutMs: settings.connectTimeout ?? CONNECT_TIMEOUT_MS,
    timeoutMs: settings.timeout ?? ANSWER_TIMEOUT_MS,
    signal,
  };
  const answer = await interruptible(
    signal,
    "Interrupted before the answer: it is not known whether the dictionary was stored",
    () => askByPost(endpoint, token, new TokenSeal(key), how),
  );
  printReceipt(ui, readReceipt(url, answer), gathered);
  return ExitCode.ok;
}

/** The receipt in a server's answer. */
function readReceipt(url: string, { cmd, text, args }: TokenMessage): SendReceipt {
  const receipt = cmd === TokenCommand.dictionary ? parseReceipt(args) : undefined;
  if (receipt !== undefined) return receipt;
  const said = showable([text, cmd, args].filter(Boolean).join(" ").slice(0, 200));
  throw new ProtocolError(`${url} answers with no receipt but with ${JSON.stringify(said)}`, {
    hint: "Is that a wagons server of this version, and is the path right?",
  });
}

function parseReceipt(args: string): SendReceipt | undefined {
  let json: Partial<Record<keyof SendReceipt, unknown>> | null;
  try {
    json = JSON.parse(args);
  } catch {
    return undefined;
  }
  const { id, kind, storedAt, duplicate } = json ?? {};
  const isReceipt = typeof id === "string" && typeof storedAt === "string" &&
    typeof duplicate === "boolean" && (kind === "manifest" || kind === "document");
  // A server has the key; all the same it steers no terminal.
  return isReceipt
    ? { id: showable(id), kind, storedAt: showable(storedAt), duplicate }
    : undefined;
}
