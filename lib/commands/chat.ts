/**
 * `wagons chat`: talks with others in the room of a server.
 *
 * @module
 */

import type { Command } from "commander";
import { CHAT_PORT, chatEndpointFromEnvironment } from "../chat_endpoint.ts";
import { RoomOpener } from "../client/open_room.ts";
import { resolveSettings } from "../config/resolve.ts";
import type { CommonSettings } from "../config/schema.ts";
import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import { type ExitCode, UsageError } from "../errors.ts";
import { readMemberName } from "../hub/member_name.ts";
import { ANSWER_TIMEOUT_MS, CONNECT_TIMEOUT_MS } from "../limits/client.ts";
import { MAX_NAME_CHARS } from "../limits/room.ts";
import { DenoTerminal } from "../terminal/deno_terminal.ts";
import { CHAT_JSON_HELP } from "./chat_printer.ts";
import { type AddAction, addJsonOption, type Run } from "./command.ts";
import { ownName } from "./own_name.ts";
import { addSecurityOptions, readSecurity } from "./security_options.ts";
import { serverEndpoint } from "./server_endpoint.ts";

/** Completes the command. */
export function define(command: Command, add: AddAction): void {
  add(addSecurityOptions(addJsonOption(command)), chat)
    .argument("[url]", "the server (default: WAGONS_SERVER, or tcp://127.0.0.1:7117)")
    .option("--name <name>", "the name to go by (default: the user's and the machine's)")
    .option("--history <n>", "show the last events (default: 20 on a terminal, else 0)")
    .option("--once", "say all of stdin, wait until the server has it, and end")
    .option(
      "--from-env",
      `the chat:// server that HEADER, IP, PORT and ENCODING name (10, 127.0.0.1, ${CHAT_PORT}, utf-8)`,
    )
    .option("--timeout <duration>", "how long an answer may take (default: 10s)")
    .option("--connect-timeout <duration>", "how long to wait for a connection (default: 5s)")
    .addHelpText("after", CHAT_HELP + CHAT_JSON_HELP);
}

const CHAT_HELP = `
On a terminal a line that is typed is said to everyone in the room; !help tells the commands there.

Elsewhere, and with --json, each line of stdin is said, whatever it begins with, and what others
say is printed. The end of stdin does not end it: it goes on printing until it is interrupted. So
  wagons chat --name logger --json < /dev/null >> room.ndjson
runs until it is stopped. With --once it prints nothing of what others say, and ends at the end of
stdin with exit code 0 when the server has everything, else with an error:
  echo "train left" | wagons chat --name yard --once
A connection that is lost is made again, and what was missed is asked for; what was said meanwhile
is sent then, and kept once. Servers of the console chat (chat://) keep and confirm nothing: there,
what is sent counts as said.`;

/** What a terminal shows at first where nothing else is said. */
const SHOWN_EVENTS = 20;

async function chat(run: Run): Promise<ExitCode> {
  const { flags, ui, sources, context } = run;
  const { settings, origin } = resolveSettings("chat", sources);
  const endpoint = chatEndpoint(run, settings);
  const once = flags.once === true;
  const isOnScreen = !once && !ui.json && DenoTerminal.isThere(context.variable);
  const answerTimeoutMs = settings.timeout ?? ANSWER_TIMEOUT_MS;
  if (once && origin("history")?.rank === 3) {
    throw new UsageError("--once and --history are both set", {
      hint: "Leave out --history: with --once nothing of what others say is shown.",
    });
  }
  using opener = new RoomOpener(endpoint, {
    connection: {
      connectTimeoutMs: settings.connectTimeout ?? CONNECT_TIMEOUT_MS,
      ...await readChatSecurity(endpoint, settings, flags),
    },
    answerTimeoutMs,
    // Elsewhere there is no way to ask for one.
    keepsFiles: isOnScreen,
  });
  const session = {
    url: formatEndpoint(endpoint),
    name: memberName(settings.name, context.variable),
    historyEvents: once ? 0 : settings.history ?? (isOnScreen ? SHOWN_EVENTS : 0),
    open: (name: string, signal: AbortSignal) => opener.open(name, signal),
  };
  const interrupted = context.interrupted();
  if (isOnScreen) {
    const { chatOnScreen } = await import("./chat_screen.ts");
    return await chatOnScreen({
      session,
      isColoured: !context.variable("NO_COLOR"),
      home: context.variable("HOME") ?? context.variable("USERPROFILE"),
      interrupted,
    });
  }
  const { chatPlainly } = await import("./chat_plain.ts");
  return await chatPlainly({ session, once, timeoutMs: answerTimeoutMs, ui, interrupted });
}

function chatEndpoint({ args, flags, context }: Run, settings: CommonSettings): Endpoint {
  if (flags.fromEnv !== true) return serverEndpoint(args[0], settings);
  if (args[0] === undefined) return chatEndpointFromEnvironment(context.variable);
  throw new UsageError(`${args[0]} and --from-env are both given`, { hint: "Keep one of them." });
}

/** The dialect has no seal: a key that is set is for other servers. */
async function readChatSecurity(endpoint: Endpoint, settings: CommonSettings, flags: Run["flags"]) {
  if (endpoint.scheme !== "chat") return await readSecurity(endpoint, settings, flags);
  if (flags.keyFile !== undefined) {
    throw new UsageError(`--key-file does nothing for ${formatEndpoint(endpoint)}`, {
      hint: "What is said by chat:// is never sealed: leave it out, or use tcp:// or tls://.",
    });
  }
  return await readSecurity(endpoint, { ...settings, keyFile: undefined }, flags);
}

/** The name that is set, or one that tells who and where: any server takes it. */
function memberName(
  set: string | undefined,
  variable: (name: string) => string | undefined,
): string {
  if (set !== undefined) {
    const read = readMemberName(set);
    if (typeof read !== "string") return read.name;
    throw new UsageError(`Cannot go by the name ${JSON.stringify(set)}: ${read}`, {
      hint: `A name has 1 to ${MAX_NAME_CHARS} characters that can be seen.`,
    });
  }
  return ownName(variable);
}
