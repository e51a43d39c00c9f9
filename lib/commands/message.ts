/**
 * `wagons message`: sends messages of system B, and hears them, by HTTP, WebSocket and UDP.
 *
 * @module
 */

import type { Command } from "commander";
import type { SealedMessage } from "../client/message_answer.ts";
import { MessageClock } from "../client/message_clock.ts";
import { openSender } from "../client/message_sender.ts";
import { resolveSettings } from "../config/resolve.ts";
import type { Settings } from "../config/schema.ts";
import { type Endpoint, formatEndpoint, HTTP_PORT, parseEndpoint, UDP_PORT } from "../endpoint.ts";
import { BadInputError, ExitCode, UsageError } from "../errors.ts";
import { ANSWER_TIMEOUT_MS, CONNECT_TIMEOUT_MS } from "../limits/client.ts";
import { MAX_RELAYED_TOKEN_BYTES, MAX_TOKEN_BYTES } from "../limits/tokens.ts";
import { MAX_DATAGRAM_BYTES } from "../limits/udp.ts";
import { readKeyFile } from "../key_file.ts";
import { TokenSeal } from "../token_seal.ts";
import { type AddAction, addJsonOption, type Run } from "./command.ts";
import { checkInput, type Draft, drafts, hasDrafts, type MessageInput } from "./message_input.ts";
import { MESSAGE_JSON_HELP, MessagePrinter } from "./message_printer.ts";
import { ownName } from "./own_name.ts";
import { interruptible } from "./unfinished.ts";

/** Completes the command. */
export function define(command: Command, add: AddAction): void {
  add(addJsonOption(command), message)
    .argument("[text]", "what to say; - is each line of stdin")
    .option("--to <url>", "the server, http://, ws:// or udp:// (default: WAGONS_SERVER)")
    .option("--cmd <cmd>", "a command: handshake, ping, say, manifest (default: say by http://)")
    .option("--args <args>", "what belongs to the command; - is stdin")
    .option("--listen", "stay and print what comes in, until interrupted; not by http://")
    .option("--count <n>", "with --listen, end after that many messages")
    .option("--user <name>", "who says it (default: the user's and the machine's)")
    .option("--key-file <file>", "the server's key (WAGONS_KEY_FILE)")
    .option("--timeout <duration>", "how long an answer may take (default: 10s)")
    .option("--connect-timeout <duration>", "how long to wait for a connection (default: 5s)")
    .option(
      "--wait <duration>",
      "by udp://, collect answers for so long after the first (default: 1s where it is broadcast)",
    )
    .addHelpText("after", MESSAGE_HELP + MESSAGE_JSON_HELP);
}

const MESSAGE_HELP = `
A message is sealed as a Fernet token with the server's key; the answers are printed. The exit code
is 5 when the answer is an error, 4 when there is none.
  wagons message "train left" --to http://depot:7118
  wagons message --cmd ping --to udp://192.168.1.255:7119
  wagons message --cmd manifest --args '{"Omsk": 7}' --to http://depot:7118
  wagons message --listen --json --to ws://depot:7118 >> room.ndjson
  wagons message --listen --to udp://0.0.0.0:7119
By http:// the path is /message where none is named. By ws:// a message goes to everybody in the
room, and has arrived when it comes back: it is its own answer. A command goes to the others in the
same way, and the server does nothing for it. By udp:// a message is sent again, as the same token,
until an answer comes or the time is over; servers of wagons act on it once. A broadcast address is
sent to like any other, and each server that hears it answers.
With --listen a connection that is lost is made again; what others say in between is missed. What a
server greets with does not count for --count. The exit code is that of the first TEXT that was not
said. By udp:// without a TEXT or --cmd the URL is an address of this machine: what others send or
broadcast there is printed, and not answered.
When one of several lines of stdin cannot be sent, those after it are not sent.`;

/** The schemes that messages go by. */
const SCHEMES: readonly string[] = ["http", "ws", "udp"];

/** What sending and listening have in common. */
export interface Messaging {
  /** Where to. */
  readonly endpoint: Endpoint;
  /** What to send. */
  readonly input: MessageInput;
  /** Seals and opens. */
  readonly seal: TokenSeal;
  /** Makes the message of a draft, now. Throws a {@linkcode BadInputError} when it is too long. */
  readonly compose: (draft: Draft) => SealedMessage;
  /** Prints. */
  readonly printer: MessagePrinter;
  /** Time for a connection. */
  readonly connectTimeoutMs: number;
  /** Time for an answer. */
  readonly timeoutMs: number;
  /** Ends it. */
  readonly signal: AbortSignal;
}

async function message(run: Run): Promise<ExitCode> {
  const { args: [text], flags, ui, sources, context } = run;
  const { settings, origin } = resolveSettings("message", sources);
  const listens = flags.listen === true;
  const endpoint = messageEndpoint(flags.to as string | undefined, settings);
  const { scheme, port } = endpoint;
  const cmd = flags.cmd as string | undefined;
  const input = { text, cmd, args: flags.args as string | undefined, scheme };
  const keyFile = settings.keyFile;
  if (keyFile === undefined) {
    throw new UsageError("There is no key to seal the message with", {
      hint: "Name a copy of the server's key with --key-file or WAGONS_KEY_FILE.",
    });
  }
  checkInput(input, keyFile, listens);
  const count = readCount(flags.count as string | undefined, listens);
  if (listens && scheme === "http") {
    throw new UsageError(`Nothing comes from ${formatEndpoint(endpoint)} by itself`, {
      hint: "Listen by ws://host:port, or leave out --listen.",
    });
  }
  if (port === 0 && (scheme !== "udp" || hasDrafts(input))) {
    throw new UsageError(`Nobody has the port 0: ${formatEndpoint(endpoint)}`, {
      hint: `Leave it out for the usual one, ${scheme === "udp" ? UDP_PORT : HTTP_PORT}.`,
    });
  }
  if (scheme !== "udp" && origin("wait")?.rank === 3) {
    throw new UsageError(`--wait does nothing for ${formatEndpoint(endpoint)}: leave it out`);
  }
  const userID = settings.user ?? ownName(context.variable);
  const seal = new TokenSeal(readKeyFile(keyFile));
  const clock = new MessageClock();
  const messaging: Messaging = {
    endpoint,
    input,
    seal,
    compose: (draft) => {
      const message = { userID, timestamp: clock.next(), ...draft };
      const token = seal.seal(message);
      checkSize(token, scheme);
      return { message, token };
    },
    printer: new MessagePrinter(ui, scheme === "udp"),
    connectTimeoutMs: settings.connectTimeout ?? CONNECT_TIMEOUT_MS,
    timeoutMs: settings.timeout ?? ANSWER_TIMEOUT_MS,
    signal: context.interrupted(),
  };
  if (!listens) return await sendAll(messaging, settings.wait);
  // Loaded here: who only sends starts sooner.
  const { listenForMessages } = await import("./message_listen.ts");
  return await listenForMessages(messaging, ui, count);
}

async function sendAll(messaging: Messaging, waitMs: number | undefined): Promise<ExitCode> {
  const { endpoint, input, compose, printer, signal } = messaging;
  await using sender = await openSender(endpoint, { ...messaging, waitMs });
  await interruptible(signal, "Interrupted before the answer", async () => {
    let isAny = false;
    for await (const draft of untilAborted(drafts(input), signal)) {
      isAny = true;
      await sender.send(compose(draft), (answer) => printer.message(answer, Date.now()));
    }
    if (!isAny) throw new BadInputError("Nothing to send: stdin has no line that is not blank");
  });
  return ExitCode.ok;
}

/** What comes one by one; throws the signal's reason when it is aborted, also while nothing comes. */
async function* untilAborted<T>(things: AsyncGenerator<T, void>, signal: AbortSignal) {
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason));
  });
  aborted.catch(() => {
    // Nobody waits for it any more.
  });
  while (true) {
    signal.throwIfAborted();
    const { value, done } = await Promise.race([things.next(), aborted]);
    if (done) return;
    yield value as T;
  }
}

function messageEndpoint(flag: string | undefined, settings: Settings<"message">): Endpoint {
  const endpoint = flag === undefined
    ? settings.server
    : parseEndpoint(flag, "http://127.0.0.1:7118, ws://127.0.0.1:7118 or udp://127.0.0.1:7119");
  const hint = "Name the server with --to, as http://host:port, ws://host:port or udp://host:port.";
  if (endpoint === undefined) {
    throw new UsageError("It is not said where the message goes", { hint });
  }
  const { scheme } = endpoint;
  if (!SCHEMES.includes(scheme)) {
    const other = ["tcp", "tls", "chat"].includes(scheme)
      ? ` By ${scheme}:// use wagons chat.`
      : "";
    throw new UsageError(`Cannot send messages to ${formatEndpoint(endpoint)}`, {
      hint: `${hint}${other}`,
    });
  }
  return endpoint;
}

/** How many messages to print; `undefined` is no end. */
function readCount(text: string | undefined, listens: boolean): number | undefined {
  if (text === undefined) return undefined;
  if (!listens) throw new UsageError("--count does nothing without --listen");
  const count = Number(text);
  if (/^[0-9]+$/.test(text) && count >= 1 && Number.isSafeInteger(count)) return count;
  throw new UsageError(`--count: ${JSON.stringify(text)} is no whole number from 1`);
}

/** The longest token by each scheme. */
const MAX_BYTES: Readonly<Record<string, number>> = {
  udp: MAX_DATAGRAM_BYTES,
  ws: MAX_RELAYED_TOKEN_BYTES,
};

/** What is too long for the transport would be refused, or lost without a word. */
function checkSize({ length: bytes }: string, scheme: string): void {
  const maxBytes = MAX_BYTES[scheme] ?? MAX_TOKEN_BYTES;
  if (bytes <= maxBytes) return;
  const most = scheme === "udp" ? "a datagram has room for" : "servers take";
  throw new BadInputError(`The message makes a token of ${bytes} bytes: ${most} ${maxBytes}`, {
    ...(scheme === "udp" ? { hint: "Send it by http:// or ws://." } : {}),
  });
}
