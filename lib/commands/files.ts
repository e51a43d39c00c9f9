/**
 * `wagons files`: lists and gets what was put on a server.
 *
 * @module
 */

import type { Command } from "commander";
import { createHash } from "node:crypto";
import { isSameBytes } from "../bytes.ts";
import { type Destination, saveFile, wrongFile, WrongFileError } from "../client/save_file.ts";
import { BadInputError, UsageError } from "../errors.ts";
import { isoTime, showable, type Ui } from "../ui.ts";
import { counted } from "../units.ts";
import type { FileInfo } from "../wire/file_messages.ts";
import { isUuid } from "../wire/uuid.ts";
import { type AddAction, addJsonOption } from "./command.ts";
import { type FileSource, type Reading, withFiles } from "./file_sources.ts";
import { addStoreKeyOption } from "./store_key.ts";
import { addTransferOptions } from "./transfer_options.ts";
import { unfinished } from "./unfinished.ts";

/** Completes the command. */
export function define(command: Command, add: AddAction): void {
  const list = reading(command.command("list")).description("one line for each file");
  add(list, (run) => withFiles(run, listFiles));
  const get = reading(command.command("get")).description("bring a file here");
  add(get, (run) => withFiles(run, getFile))
    .argument("<id>", "its id, or the beginning of it")
    .option(
      "-o, --output <path>",
      "the file or the folder to write to (default: here); - is stdout",
    )
    .addHelpText("after", GET_HELP);
}

const GET_HELP = `
The file appears under its name when all of it is there and its SHA-256 is right; nothing that is
there is overwritten. Names that could be paths, or that some system does not take, are changed: the
path is printed. When it is interrupted, the same command goes on where it ended.`;

function reading(command: Command): Command {
  addTransferOptions(addJsonOption(command))
    .option("--from <url>", "the server (default: WAGONS_SERVER, or tcp://127.0.0.1:7117)")
    .option("--store <file>", "a store to read from, without a server");
  return addStoreKeyOption(command);
}

async function listFiles({ run: { ui }, source }: Reading): Promise<void> {
  for await (const file of source.list()) listFile(ui, file);
}

function listFile(ui: Ui, { id, name, size, sha256, source, storedAtMs }: FileInfo): void {
  const storedAt = isoTime(storedAtMs);
  if (ui.json) {
    ui.object({ id, name, bytes: size, sha256: sha256.toHex(), source, storedAt });
    return;
  }
  const bytes = counted(size, "byte").padStart(18);
  ui.text(`${id}  ${storedAt}  ${bytes}  ${showable(source)}  ${showable(name)}\n`);
}

async function getFile({ run, source, bar, signal }: Reading): Promise<void> {
  const { args, flags, ui } = run;
  const output = flags.output as string | undefined;
  if (output === "-" && ui.json) {
    throw new UsageError("--json and -o - both write to stdout", { hint: "Keep one of them." });
  }
  const file = await findFile(source, args[0]!.toLowerCase());
  try {
    if (output === "-") return await printFile(file, source, ui);
    const path = await saveFile(file, await destination(output), source.fetch(file), {
      signal,
      onProgress: (progress) => bar.show({ label: file.name, ...progress }),
    });
    bar.clear();
    const { id, name, size, sha256 } = file;
    if (ui.json) ui.object({ id, name, bytes: size, sha256: sha256.toHex(), path });
    else ui.text(`${path}\n`);
  } catch (error) {
    bar.clear();
    if (output === "-") throw error;
    throw unfinished(error, signal, {
      interrupted: "Interrupted before all had come",
      hint: "What has come is kept: the same command goes on with it.",
    });
  }
}

async function destination(output: string | undefined): Promise<Destination> {
  if (output === undefined) return { folder: "." };
  try {
    if ((await Deno.stat(output)).isDirectory) return { folder: output };
  } catch {
    // It is not there yet; or why it cannot be written is told by who writes it.
  }
  return /[/\\]$/.test(output) ? { folder: output } : { path: output };
}

/** Writes a file to stdout as it comes. Only at the end it is known whether it was right. */
async function printFile(file: FileInfo, source: FileSource, ui: Ui): Promise<void> {
  const hash = createHash("sha256");
  await source.fetch(file)(0, (bytes) => {
    hash.update(bytes);
    ui.bytes(bytes);
    return Promise.resolve();
  });
  const digest = new Uint8Array(hash.digest());
  if (isSameBytes(digest, file.sha256)) return;
  const { message, hint } = wrongFile(file, digest);
  throw new WrongFileError(`${message}: do not use what was written to stdout`, { hint: hint! });
}

async function findFile(source: FileSource, id: string): Promise<FileInfo> {
  const found: FileInfo[] = [];
  if (isUuid(id)) {
    const file = await source.find(id);
    if (file !== undefined) found.push(file);
  } else {
    for await (const file of source.list()) if (file.id.startsWith(id)) found.push(file);
  }
  const [first, second] = found;
  if (first === undefined) {
    throw new BadInputError(`There is no file with the id ${showable(id)}`, {
      hint: "wagons files list shows the ids.",
    });
  }
  if (second !== undefined) {
    throw new BadInputError(`${found.length} files have ids that begin with ${showable(id)}`, {
      hint: `Write more of it: ${first.id} or ${second.id}?`,
    });
  }
  return first;
}
