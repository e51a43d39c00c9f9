/**
 * `wagons store`: what a store is, and the key that seals it.
 *
 * @module
 */

import type { Command } from "commander";
import { resolveSettings } from "../config/resolve.ts";
import { ExitCode, UsageError } from "../errors.ts";
import { readKeyFile } from "../key_file.ts";
import { formatKeyId, keyId } from "../seal/key.ts";
import { type RekeyProgress, rekeyStore } from "../store/rekey.ts";
import { isSameKey } from "../store/seal_state.ts";
import { readStoreInfo } from "../store/sqlite_info.ts";
import type { Ui } from "../ui.ts";
import { counted } from "../units.ts";
import { type AddAction, addJsonOption, type Run } from "./command.ts";
import { addStoreKeyOption, checkKeysDiffer, readStoreKey } from "./store_key.ts";
import { storePath } from "./store_path.ts";

/** Completes the command. */
export function define(command: Command, add: AddAction): void {
  command.addHelpText("after", STORE_HELP);
  const info = onStore(command.command("info")).description("how a store is sealed; needs no key");
  add(info, showInfo);
  const rekey = onStore(command.command("rekey")).description("change the key of a store");
  addStoreKeyOption(rekey)
    .option("--new-store-key-file <file>", "the key to seal it with")
    .option("--unseal", "take the seal away");
  add(rekey, changeKey);
}

const STORE_HELP = `
A store that wagons serve makes with --store-key-file is sealed with the key in that file: the file
of the store shows how many manifests, documents, messages and files there are, their ids, times and
sizes, and nothing of what they say. Without the key nobody reads them again, so keep a copy of it
elsewhere.

  wagons key new -o store.key
  wagons serve --store-key-file store.key

wagons store rekey seals a store that is plain with --new-store-key-file, and gives a sealed one
another key with --store-key-file and --new-store-key-file. Servers take nothing from then on, until
they are started again with the new key. What ends it before it is done does no harm: run it again.`;

function onStore(command: Command): Command {
  return addJsonOption(command)
    .option("--store <file>", "the server's store (default: WAGONS_STORE, or the user's own)");
}

function showInfo({ ui, sources, context }: Run): ExitCode {
  const { settings } = resolveSettings("manifests", sources);
  const path = storePath(settings, context.variable);
  const info = readStoreInfo(path);
  const { version, manifests, documents, messages, files, fileBytes } = info;
  const [key, oldKey] = [info.keyId, info.oldKeyId].map((id) => id ? formatKeyId(id) : null);
  if (ui.json) {
    const rekey = info.isRekeying ? { from: oldKey, left: info.stale } : null;
    const counts = { manifests, documents, messages, files, fileBytes };
    ui.object({ store: path, version, ...counts, sealed: key !== null, key, rekey });
    return ExitCode.ok;
  }
  const lines = [
    ["store", path],
    ["version", String(version)],
    ["manifests", String(manifests)],
    ["documents", String(documents)],
    ["messages", String(messages)],
    ["files", files === 0 ? "0" : `${files}, with ${counted(fileBytes, "byte")}`],
    ["sealed", key === null ? "no" : `yes, with the key ${key}`],
  ];
  if (info.isRekeying) {
    const left = `${counted(info.stale, "record")} left to change`;
    lines.push(["rekey", `not finished: from ${oldKey ?? "no key"}, ${left}`]);
  }
  for (const [name, value] of lines) ui.text(`${name!.padEnd(11)}${value}\n`);
  return ExitCode.ok;
}

async function changeKey(run: Run): Promise<ExitCode> {
  const { ui, sources, context } = run;
  const signal = context.interrupted();
  const { settings, origin } = resolveSettings("manifests", sources);
  const path = storePath(settings, context.variable);
  const newKey = readNewKey(run.flags);
  const oldKey = readStoreKey(settings);
  if (newKey !== undefined && settings.keyFile !== undefined) {
    checkKeysDiffer(newKey, readKeyFile(settings.keyFile));
  }
  // A variable can stand for the new key already; a flag is the old one for sure.
  const isSame = oldKey !== undefined && newKey !== undefined &&
    isSameKey(keyId(oldKey), keyId(newKey));
  if (isSame && origin("storeKeyFile")!.rank === 3) {
    throw new UsageError(`The old key and the new one are the same: ${fingerprintOf(oldKey)}`, {
      hint: "Make a new one with: wagons key new -o FILE",
    });
  }
  const key = fingerprintOf(newKey);
  const onProgress = progressNotes(ui, key === null ? "unsealed" : `sealed with ${key}:`);
  const changed = await rekeyStore(path, { oldKey, newKey, signal, onProgress });
  const is = key === null ? "not sealed" : `sealed with the key ${key}`;
  if (changed === undefined) ui.note(`There is nothing to do: ${path} is ${is}`);
  if (ui.json) ui.object({ store: path, key, changed: changed ?? 0 });
  else if (changed !== undefined) {
    ui.text(`${path}  is ${is} now: ${counted(changed, "record")} changed\n`);
  }
  return ExitCode.ok;
}

function readNewKey(flags: Run["flags"]): Uint8Array | undefined {
  const path = flags.newStoreKeyFile as string | undefined;
  const unseal = flags.unseal === true;
  if (path !== undefined && unseal) {
    throw new UsageError("--new-store-key-file and --unseal are both set", {
      hint: "Keep one of them.",
    });
  }
  if (path !== undefined) return readKeyFile(path);
  if (unseal) return undefined;
  throw new UsageError("It is not said which key the store shall have", {
    hint: "Name its file with --new-store-key-file, or take the seal away with --unseal.",
  });
}

function fingerprintOf(key: Uint8Array | undefined): string | null {
  return key === undefined ? null : formatKeyId(keyId(key));
}

/** Notes at the beginning and whenever another tenth is done: a large store takes minutes. */
function progressNotes(ui: Ui, what: string): (progress: RekeyProgress) => void {
  let tenths = -1;
  return ({ changed, total }) => {
    const now = total === 0 ? 10 : Math.floor(10 * changed / total);
    if (now === tenths) return;
    tenths = now;
    ui.note(`${what} ${changed} of ${counted(total, "record")}`);
  };
}
