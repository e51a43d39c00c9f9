import { sealData } from "../client/seal_data.ts";
import { isReceived, sendDictionary } from "../client/send_dictionary.ts";
import { formatEndpoint } from "../endpoint.ts";
import {
  BadInputError,
  ExitCode,
  ProtocolError,
  RefusedError,
  UnreachableError,
  UsageError,
} from "../errors.ts";
import type { FormatName } from "../formats/format.ts";
import { inputName, readWhole } from "../input.ts";
import { readKeyFile } from "../key_file.ts";
import { ANSWER_TIMEOUT_MS, CONNECT_TIMEOUT_MS, FILE_PAUSE_MS } from "../limits/client.ts";
import { MAX_DICT_TOKEN_BYTES } from "../limits/dict.ts";
import { showable } from "../ui.ts";
import { formatBytes } from "../units.ts";
import { FRAMED_FORMATS, kindOfFormat } from "../wire/dict_frame.ts";
import type { Run } from "./command.ts";
import { checkPickleFlag, writeAs } from "./dictionary_bytes.ts";
import type { Sending } from "./send.ts";
import { interruptible } from "./unfinished.ts";

/** Sends a dictionary, and perhaps a file, by `dict://`, as system E's client does. */
export async function sendByDict(sending: Sending): Promise<ExitCode> {
  const { run: { ui, flags }, settings, endpoint, gathered, signal } = sending;
  const url = formatEndpoint(endpoint);
  const { format = "pickle" } = settings;
  checkPickleFlag(flags, format);
  const framedAs = flags.framed === true ? kindToFrame(format) : undefined;
  const dictionary = writeAs(gathered.dictionary, format, settings.pickleProtocol);
  const token = await readFile(sending);
  const how = {
    connectTimeoutMs: settings.connectTimeout ?? CONNECT_TIMEOUT_MS,
    timeoutMs: settings.timeout ?? ANSWER_TIMEOUT_MS,
    // Frames say where a part ends.
    pauseMs: framedAs === undefined ? settings.pause ?? FILE_PAUSE_MS : 0,
    signal,
  };
  const answer = await interruptible(
    signal,
    "Interrupted before the answer: it is not known whether the dictionary was kept",
    () => sendDictionary(endpoint, { dictionary, token, framedAs }, how),
  );
  checkAnswer(url, answer, flags.answer === false);
  const isKnown = answer !== "";
  if (ui.json) ui.object({ received: isKnown || null, answer: isKnown ? answer : null });
  else if (isKnown) ui.text(`${answer}\n`);
  return ExitCode.ok;
}

/** What the frame of a dictionary in that format says. */
function kindToFrame(format: FormatName): number {
  const kind = kindOfFormat(format);
  if (kind !== undefined) return kind;
  throw new UsageError(`With --framed there is no ${format}`, {
    hint: `Name another format with --format: ${FRAMED_FORMATS.join(", ")}.`,
  });
}

/** Throws unless the answer says that all was received, or there is none and none is expected. */
function checkAnswer(url: string, answer: string, mayBeNone: boolean): void {
  if (isReceived(answer) || answer === "" && mayBeNone) return;
  if (answer === "") {
    const state = "it is not known whether it was kept";
    throw new UnreachableError(`${url} has closed without an answer: ${state}`, {
      hint: "Is the port right? For a server that never answers, say so with --no-answer.",
    });
  }
  // Another kind of server: none of ours says such a thing.
  if (/^HTTP\/|[\ufffd\0]/.test(answer)) {
    const shown = showable(answer.split(/[\r\n]/, 1)[0]!.slice(0, SHOWN_CHARS));
    throw new ProtocolError(`${url} is no server for dictionaries: it answers ${shown}`, {
      hint: "Is the port right?",
    });
  }
  const options = answer.startsWith(TOKEN_REFUSED) ? { hint: COMPARE } : {};
  throw new RefusedError(`${url} answers: ${showable(answer)}`, options);
}

/** How servers of wagons begin what they say of a token that does not open. */
const TOKEN_REFUSED = "Refused: The token is not taken";

const COMPARE =
  "Compare what `wagons key show FILE` says on both sides, and copy the server's file to this one.";

/** As much of an answer that is none as shows what it is. */
const SHOWN_CHARS = 60;

/** What to do with a file that cannot go this way. */
const PUT = "Put the file there with wagons put, by tcp:// or tls://.";

/** The token of the file that goes with it, if one is named. */
async function readFile({ run: { flags, ui }, settings }: Sending): Promise<string | undefined> {
  checkFileFlags(flags);
  const path = flags.file as string | undefined;
  if (path === undefined) {
    if (settings.keyFile !== undefined) {
      ui.note("the dictionary goes in plain: by dict:// the key seals the file alone");
    }
    return undefined;
  }
  if (settings.keyFile === undefined) {
    throw new UsageError(`There is no key to seal ${path} with`, {
      hint: "Name a copy of the server's key with --key-file or WAGONS_KEY_FILE.",
    });
  }
  const key = readKeyFile(settings.keyFile);
  const name = inputName(path);
  const bytes = await readWhole(path, MAX_DICT_TOKEN_BYTES);
  const token = sealData(key, { name, bytes, hint: PUT });
  if (token.length <= MAX_DICT_TOKEN_BYTES) return token;
  const size = `${name} makes a token of ${token.length} bytes`;
  throw new BadInputError(`${size}: servers take ${formatBytes(MAX_DICT_TOKEN_BYTES)}`, {
    hint: PUT,
  });
}

function checkFileFlags(flags: Run["flags"]): void {
  if (flags.pause !== undefined && flags.framed === true) {
    throw new UsageError("--pause does nothing with --framed: frames say where a part ends", {
      hint: "Leave one of the two out.",
    });
  }
  if (flags.file !== undefined) return;
  if (flags.pause !== undefined) {
    throw new UsageError("--pause does nothing without --file: it is the time before the file", {
      hint: "Name a file to go with the dictionary, or leave it out.",
    });
  }
  if (flags.keyFile === undefined) return;
  throw new UsageError("--key-file does nothing without --file: the dictionary goes in plain", {
    hint: "Name a file to go with it, or send it by tcp:// or http://, which seal it.",
  });
}
