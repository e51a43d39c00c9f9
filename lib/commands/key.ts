/**
 * `wagons key`: makes keys, and tells them apart.
 *
 * @module
 */

import type { Command } from "commander";
import { ExitCode } from "../errors.ts";
import { readKeyFile, writeKeyFile } from "../key_file.ts";
import { formatKey, formatKeyId, KEY_BYTES, keyId } from "../seal/key.ts";
import { type AddAction, addJsonOption, type Run } from "./command.ts";

/** Completes the command. */
export function define(command: Command, add: AddAction): void {
  command.addHelpText("after", KEY_HELP);
  const make = addJsonOption(command.command("new")).description("make a key")
    .option("-o, --output <file>", "where to write it; - is stdout", "wagons.key");
  add(make, newKey);
  const show = addJsonOption(command.command("show")).description("tell which key a file holds")
    .argument("<file>", "a key file");
  add(show, showKey);
}

const KEY_HELP = `
Whoever holds the key of a server is trusted by it. Copy the file to both sides, by a way that
nobody else can read, and name it there with --key-file, WAGONS_KEY_FILE, or key_file in
wagons.toml. Its fingerprint tells whether two files hold the same key, and nothing else.`;

async function newKey({ flags, ui }: Run): Promise<ExitCode> {
  const key = crypto.getRandomValues(new Uint8Array(KEY_BYTES));
  const fingerprint = formatKeyId(keyId(key));
  const path = flags.output as string;
  if (path === "-") {
    ui.text(`${formatKey(key)}\n`);
    ui.note(`fingerprint ${fingerprint}`);
    return ExitCode.ok;
  }
  await writeKeyFile(path, key);
  if (ui.json) ui.object({ file: path, fingerprint });
  else ui.text(`${path}  ${fingerprint}\n`);
  return ExitCode.ok;
}

function showKey({ args, ui }: Run): ExitCode {
  const fingerprint = formatKeyId(keyId(readKeyFile(args[0]!)));
  if (ui.json) ui.object({ file: args[0], fingerprint });
  else ui.text(`${fingerprint}\n`);
  return ExitCode.ok;
}
