/**
 * `wagons put`: files to a server.
 *
 * @module
 */

import type { Command } from "commander";
import { basename } from "node:path";
import type { FileLink } from "../client/file_link.ts";
import { hashFile, type LocalFile } from "../client/local_file.ts";
import { putFile, type PutOptions, type PutWish } from "../client/put_file.ts";
import { resolveSettings } from "../config/resolve.ts";
import type { Settings } from "../config/schema.ts";
import { BadInputError, ExitCode, UsageError } from "../errors.ts";
import { TRANSFER_STALL_TIMEOUT_MS } from "../limits/files.ts";
import { newId } from "../new_id.ts";
import { ProgressBar } from "../progress_bar.ts";
import { SpooledInput } from "../spooled_input.ts";
import { isoTime, showable } from "../ui.ts";
import { formatDuration } from "../units.ts";
import type { Receipt } from "../wire/messages.ts";
import { type AddAction, addJsonOption, type Run } from "./command.ts";
import { serverEndpoint } from "./server_endpoint.ts";
import { addTransferOptions, openFileLink } from "./transfer_options.ts";
import { interruptible, unfinished } from "./unfinished.ts";
import { wantedId } from "./wanted_id.ts";

/** Completes the command. */
export function define(command: Command, add: AddAction): void {
  add(addTransferOptions(addJsonOption(command)), put)
    .argument("<file...>", "the files; - is stdin")
    .option("--to <url>", "the server (default: WAGONS_SERVER, or tcp://127.0.0.1:7117)")
    .option("--source <name>", "who sends them (default: the name of this machine)")
    .option("--name <name>", "the name of the file, of a single one (default: as it is here)")
    .option("--id <uuid>", "the id of a file that was put before, perhaps in vain")
    .addHelpText("after", PUT_HELP);
}

const PUT_HELP = `
A receipt is printed for each file: it means that the file is on the server's disk and has the right
SHA-256. A file is kept once for each id. When it is interrupted, the same file goes on where it
ended, on whatever id; with the --id that was shown it is not kept twice.`;

/** What all files of one run have in common. */
interface Sending {
  readonly run: Run;
  readonly settings: Settings<"put">;
  readonly signal: AbortSignal;
  readonly link: FileLink;
  readonly bar: ProgressBar;
}

async function put(run: Run): Promise<ExitCode> {
  const { args, flags, sources, context } = run;
  const { settings } = resolveSettings("put", sources);
  const endpoint = serverEndpoint(flags.to as string | undefined, settings);
  checkSingle(args, flags);
  const id = wantedId("put", flags);
  const signal = context.interrupted();
  using bar = new ProgressBar(run.ui.barStream);
  await interruptible(signal, "Interrupted before a file was sent", async () => {
    using link = await openFileLink(run, endpoint, settings, signal, bar);
    const sending: Sending = { run, settings, signal, link, bar };
    for (const path of args) await putOne(sending, path, id ?? newId());
  });
  return ExitCode.ok;
}

async function putOne(sending: Sending, path: string, id: string): Promise<void> {
  const { run: { ui, flags }, settings, signal, bar } = sending;
  await using spooled = path === "-" ? await SpooledInput.read(signal) : undefined;
  const name = flags.name as string | undefined ?? (path === "-" ? "stdin" : basename(path));
  const local = await hash(sending, spooled?.path ?? path, name);
  const wish = { id, name, source: settings.source ?? Deno.hostname(), toRoom: false };
  const receipt = await send(sending, local, wish);
  bar.clear();
  const { storedAtMs, duplicate } = receipt;
  const storedAt = isoTime(storedAtMs);
  if (ui.json) {
    const sha256 = local.sha256.toHex();
    ui.object({ id, name, bytes: local.size, sha256, storedAt, duplicate });
  } else {
    const when = `${duplicate ? "was stored before, at" : "stored at"} ${storedAt}`;
    ui.text(`${id}  ${when}  ${showable(name)}\n`);
  }
  signal.throwIfAborted();
}

async function hash({ signal, bar }: Sending, path: string, name: string): Promise<LocalFile> {
  bar.restart();
  return await hashFile(path, {
    signal,
    onProgress: (doneBytes, totalBytes) =>
      bar.show({ label: `reading ${name}`, doneBytes, totalBytes }),
  });
}

async function send(
  { run: { ui }, link, settings, signal, bar }: Sending,
  local: LocalFile,
  wish: PutWish,
): Promise<Receipt> {
  bar.restart();
  let mostBytes = 0;
  let isBusyTold = false;
  const options: PutOptions = {
    timeoutMs: settings.timeout ?? TRANSFER_STALL_TIMEOUT_MS,
    signal,
    onProgress: ({ doneBytes, totalBytes }) => {
      bar.show({ label: wish.name, doneBytes, totalBytes });
    },
    // What is only on its way may never come there.
    onDurable: (bytes) => mostBytes = Math.max(mostBytes, bytes),
    onBusy: ({ message }, waitMs) => {
      if (isBusyTold) return;
      isBusyTold = true;
      bar.clear();
      const how = `asking again every ${formatDuration(waitMs)}`;
      ui.note(`${message.replace(/\.$/, "")}: ${how}`);
    },
  };
  try {
    return await link.use(
      (connection) => putFile(connection, local, wish, options),
      () => mostBytes,
    );
  } catch (error) {
    bar.clear();
    // It may be there already: only the same id makes it one file.
    throw unfinished(error, signal, {
      interrupted: "Interrupted before there was a receipt",
      state: "there is no receipt",
      hint: `Put it again with --id ${wish.id}: it goes on where it ended, and is kept once.`,
    });
  }
}

function checkSingle(args: readonly string[], flags: Run["flags"]): void {
  if (args.filter((path) => path === "-").length > 1) {
    throw new UsageError("- is named twice: there is one stdin");
  }
  for (const name of ["id", "name"]) {
    if (flags[name] === undefined || args.length === 1) continue;
    throw new UsageError(`--${name} is meant for one file, and there are ${args.length}`);
  }
  if (flags.name === "") throw new BadInputError("--name: a file has to have a name");
}
