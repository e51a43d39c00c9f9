/**
 * `wagons send`: a manifest, or another dictionary, to a server.
 *
 * @module
 */

import type { Command } from "commander";
import { resolveSettings } from "../config/resolve.ts";
import type { Settings } from "../config/schema.ts";
import { type Endpoint, formatEndpoint } from "../endpoint.ts";
import { type ExitCode, UsageError } from "../errors.ts";
import { FORMAT_NAMES } from "../formats/format.ts";
import { type Value, WholeFloat } from "../formats/value.ts";
import { isStdin } from "../input.ts";
import { showable, type Ui } from "../ui.ts";
import { type AddAction, addJsonOption, type Run } from "./command.ts";
import { gather, type Gathered } from "./gather.ts";
import { addSecurityOptions, checkTlsFlags } from "./security_options.ts";
import { serverEndpoint } from "./server_endpoint.ts";

/** Completes the command. */
export function define(command: Command, add: AddAction): void {
  const sealed = "everything (by dict:// the file alone)";
  add(addSecurityOptions(addJsonOption(command), sealed), send)
    .argument("<file...>", "dictionaries in any format, or pictures of QR codes; - is stdin")
    .option(
      "--to <url>",
      "the server, tcp://, tls://, http:// or dict:// (default: WAGONS_SERVER, or tcp://127.0.0.1:7117)",
    )
    .option("--source <name>", "who sends it (default: the name of this machine)")
    .option("--id <uuid>", "the id of what was sent before, perhaps in vain")
    .option("--strict", "what is no manifest, or has a line that is no entry, is an error")
    .option(
      "--format <format>",
      `by http:// and dict://: ${
        FORMAT_NAMES.join(", ")
      } (default: json by http://, pickle by dict://)`,
    )
    .option("--pickle-protocol <number>", "the protocol of a pickle, 2 to 4 (default: 4)")
    .option("--file <file>", "by dict://, a file to send with it, sealed with the key; - is stdin")
    .option(
      "--pause <duration>",
      "by dict://, the time between the dictionary and the file (default: 200ms)",
    )
    .option("--framed", "by dict://, each part with its length and its format before it")
    .option("--no-answer", "by dict://, the server may take all and close without a word")
    .option("--timeout <duration>", "how long to wait for the answer (default: 10s)")
    .option("--connect-timeout <duration>", "how long to wait for a connection (default: 5s)")
    .addHelpText("after", SEND_HELP);
}

const SEND_HELP = `
All inputs make one manifest; a dictionary that is none, which is kept as a document, is sent alone.
  wagons send today.txt code.png --to tcp://depot
  wagons send today.xml --to http://depot --key-file yard.key
  wagons send today.csv --format xml --file notes.txt --to dict://depot --key-file yard.key
The receipt that is printed means that it is on the server's disk. By tcp:// and tls:// it is kept
once for each id: to send it again after a failure, use the --id that was shown. By http:// it
is sealed with the key, and what is sent again is kept again.
By dict:// it goes as programs in Python send it that have a dictionary and a text file: the dictionary
in plain, then the file as a Fernet token. The server's line is printed, and the exit code is 5 when it
does not say that all was received, and 3 when it closes without an answer. The servers of these
programs never answer: --no-answer says so, and the exit code is 0. They want a file each time, and the
pause, since they take what the first read brings, 4096 bytes at most, for the whole dictionary. Later
ones want each part in a frame: --framed.`;

/** What the ways to send have in common. */
export interface Sending {
  /** The run. */
  readonly run: Run;
  /** What is set. */
  readonly settings: Settings<"send">;
  /** Where to. */
  readonly endpoint: Endpoint;
  /** What to send. */
  readonly gathered: Gathered;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/** Each way to send, by scheme. Loaded when it is used: who goes another way starts sooner. */
const WAYS: ReadonlyMap<string, () => Promise<(sending: Sending) => Promise<ExitCode>>> = new Map([
  ["tcp", async () => (await import("./send_wire.ts")).sendByWire],
  ["tls", async () => (await import("./send_wire.ts")).sendByWire],
  ["http", async () => (await import("./send_http.ts")).sendByHttp],
  ["dict", async () => (await import("./send_dict.ts")).sendByDict],
]);

async function send(run: Run): Promise<ExitCode> {
  const { args, flags, ui, sources, context } = run;
  const { settings } = resolveSettings("send", sources);
  const endpoint = serverEndpoint(flags.to as string | undefined, settings);
  const way = WAYS.get(endpoint.scheme);
  if (way === undefined) {
    throw new UsageError(`Cannot send dictionaries to ${formatEndpoint(endpoint)}`, {
      hint: "Name the server as tcp://, tls://, http:// or dict://host:port.",
    });
  }
  checkFlags(flags, endpoint);
  checkTlsFlags(endpoint, flags);
  checkStdin(args, flags, settings);
  const gathered = await gather(args, { strict: flags.strict === true }, ui);
  warnOfDocument(gathered, ui);
  return await (await way())({ run, settings, endpoint, gathered, signal: context.interrupted() });
}

/** Warns of a dictionary that is sent as a document and may be meant as a manifest. */
function warnOfDocument({ dictionary, entries }: Gathered, ui: Ui): void {
  if (typeof entries !== "string") return;
  const values = Array.from(dictionary.values());
  const isShown = SHOWN_NAMES.every((name) => dictionary.has(name));
  if (!isShown && !values.some(Number.isInteger) && !values.every(isNumber)) return;
  ui.warn(`this is no manifest and is sent as a document: ${showable(entries)}`);
  if (!isShown) return;
  ui.warn("it looks like what --json of `manifests show` prints: --format json gives what it says");
}

/** Some of what stands around the entries of a manifest that is shown. */
const SHOWN_NAMES = ["id", "storedAt", "entries"];

function isNumber(value: Value): boolean {
  return typeof value === "number" || typeof value === "bigint" || value instanceof WholeFloat;
}

/** Flags that do something by some schemes alone, and what to do by another one. */
const MEANT_FOR: readonly {
  name: string;
  flag: string;
  schemes: string[];
  hint: string;
  /** What it is when it does not stand on the command line. Default: `undefined`. */
  unset?: boolean;
}[] = [
  {
    name: "format",
    flag: "--format",
    schemes: ["http", "dict"],
    hint: "The form there is the protocol's own: leave it out.",
  },
  {
    name: "pickleProtocol",
    flag: "--pickle-protocol",
    schemes: ["http", "dict"],
    hint: "The form there is the protocol's own: leave it out.",
  },
  {
    name: "file",
    flag: "--file",
    schemes: ["dict"],
    hint: "Put the file there with wagons put, by tcp:// or tls://.",
  },
  { name: "pause", flag: "--pause", schemes: ["dict"], hint: "Leave it out." },
  { name: "framed", flag: "--framed", schemes: ["dict"], hint: "Leave it out." },
  {
    name: "answer",
    flag: "--no-answer",
    schemes: ["dict"],
    hint: "The servers there answer always: leave it out.",
    unset: true,
  },
  {
    name: "id",
    flag: "--id",
    schemes: ["tcp", "tls"],
    hint: "What is sent there gets its id from the server: leave it out.",
  },
  {
    name: "source",
    flag: "--source",
    schemes: ["tcp", "tls"],
    hint: "Nothing is said there of who sends it: leave it out.",
  },
  {
    name: "plain",
    flag: "--plain",
    schemes: ["tcp", "tls"],
    hint: "What is sealed there is sealed always: leave it out.",
  },
];

function checkFlags(flags: Run["flags"], endpoint: Endpoint): void {
  for (const { name, flag, schemes, hint, unset } of MEANT_FOR) {
    if (flags[name] === unset || schemes.includes(endpoint.scheme)) continue;
    throw new UsageError(`${flag} does nothing for ${formatEndpoint(endpoint)}`, { hint });
  }
}

function checkStdin(args: readonly string[], flags: Run["flags"], settings: Settings<"send">) {
  const named = [
    ...args.filter(isStdin).map(() => "FILE"),
    ...(flags.file !== undefined && isStdin(flags.file as string) ? ["--file"] : []),
    ...(settings.keyFile === "-" ? ["--key-file"] : []),
  ];
  if (named.length < 2) return;
  throw new UsageError(`stdin is named twice, by ${named.join(" and ")}, and there is one`);
}
