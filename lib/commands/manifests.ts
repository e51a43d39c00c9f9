/**
 * `wagons manifests`: looks into a store.
 *
 * @module
 */

import type { Command } from "commander";
import { resolveSettings } from "../config/resolve.ts";
import { BadInputError, ExitCode, UsageError } from "../errors.ts";
import { formatManifestText } from "../manifest/text.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import { STORE_KEY_HINT } from "../store/seal_state.ts";
import type { Range, Store, StoredManifest, StoredRecord } from "../store/store.ts";
import { totalsOf } from "../store/totals.ts";
import { isoTime, showable, type Ui } from "../ui.ts";
import { counted, parseDuration } from "../units.ts";
import { type AddAction, addJsonOption, type Run } from "./command.ts";
import { manifestHeading, manifestJson } from "./manifest_output.ts";
import { addStoreKeyOption, readStoreKey } from "./store_key.ts";
import { storePath } from "./store_path.ts";

/** Completes the command. */
export function define(command: Command, add: AddAction): void {
  const list = reading(command.command("list")).description("one line for each manifest");
  add(addTimes(list), (run) => reads(run, listManifests));
  const show = reading(command.command("show")).description("what one manifest says");
  add(show, (run) => reads(run, showManifest)).argument("<id>", "its id, or the beginning of it");
  const totals = reading(command.command("totals")).description("all wagons of each city");
  add(addTimes(totals), (run) => reads(run, showTotals));
}

function reading(command: Command): Command {
  addJsonOption(command)
    .option("--store <file>", "the server's store (default: WAGONS_STORE, or the user's own)");
  return addStoreKeyOption(command);
}

function addTimes(command: Command): Command {
  const form = "a time like 2026-11-21 or 2026-11-21T06:30, or so long ago, like 12h";
  return command
    .option("--since <time>", `only what was stored from then on: ${form}`)
    .option("--until <time>", "only what was stored before then");
}

function reads(run: Run, action: (run: Run, store: Store) => void): ExitCode {
  const { settings } = resolveSettings("manifests", run.sources);
  const store = openSqliteStore(storePath(settings, run.context.variable), {
    readOnly: true,
    key: readStoreKey(settings),
  });
  try {
    action(run, store);
  } finally {
    store.close();
  }
  return ExitCode.ok;
}

function listManifests({ flags, ui }: Run, store: Store): void {
  let total = 0;
  const locked = new Map<string, number>();
  for (const record of store.records(readRange(flags))) {
    total++;
    const { lockedBy } = record;
    if (lockedBy === undefined) listManifest(ui, record.read());
    else {
      listSealed(ui, record);
      locked.set(lockedBy, (locked.get(lockedBy) ?? 0) + 1);
    }
  }
  for (const [fingerprint, count] of locked) {
    const many = `${count} of ${counted(total, "manifest")}`;
    const which = `sealed with the key ${fingerprint}, which was not given`;
    ui.warn(`${many} ${count === 1 ? "is" : "are"} ${which}. ${STORE_KEY_HINT}`);
  }
}

function listManifest(ui: Ui, { id, source, storedAtMs, madeAtMs, entries }: StoredManifest): void {
  const wagons = entries.reduce((sum, entry) => sum + entry.wagons, 0);
  if (ui.json) {
    const [storedAt, madeAt] = [isoTime(storedAtMs), isoTime(madeAtMs)];
    ui.object({ id, source, storedAt, madeAt, cities: entries.length, wagons });
    return;
  }
  const cells = [
    id,
    isoTime(storedAtMs),
    counted(entries.length, "city", "cities"),
    counted(wagons, "wagon"),
  ];
  ui.text(`${cells.join("  ")}  ${showable(source)}\n`);
}

function listSealed(ui: Ui, { id, storedAtMs }: StoredRecord): void {
  const storedAt = isoTime(storedAtMs);
  if (ui.json) ui.object({ id, storedAt, sealed: true });
  else ui.text(`${id}  ${storedAt}  sealed\n`);
}

function showManifest({ args, ui }: Run, store: Store): void {
  const manifest = find(store, args[0]!.toLowerCase());
  if (ui.json) ui.text(manifestJson(manifest, { storedAt: isoTime(manifest.storedAtMs) }));
  else ui.text(`${manifestHeading(manifest)}${formatManifestText(manifest.entries)}`);
}

function find(store: Store, id: string): StoredManifest {
  const exact = store.manifest(id);
  if (exact !== undefined) return exact;
  const found = Array.from(store.records({})).filter((record) => record.id.startsWith(id));
  const [first, second] = found;
  if (first === undefined) {
    throw new BadInputError(`There is no manifest with the id ${showable(id)}`, {
      hint: "wagons manifests list shows the ids.",
    });
  }
  if (second !== undefined) {
    throw new BadInputError(`${found.length} manifests have ids that begin with ${showable(id)}`, {
      hint: `Write more of it: ${first.id} or ${second.id}?`,
    });
  }
  return first.read();
}

function showTotals({ flags, ui }: Run, store: Store): void {
  const totals = totalsOf(store.manifests(readRange(flags)));
  if (ui.json) {
    // JSON has whole numbers of any size; JavaScript's numbers stop at 2^53.
    for (const { city, wagons, manifests } of totals) {
      ui.text(`{"city":${JSON.stringify(city)},"wagons":${wagons},"manifests":${manifests}}\n`);
    }
    return;
  }
  for (const { city, wagons } of totals) ui.text(`${city} = ${wagons}\n`);
}

function readRange(flags: Run["flags"]): Range {
  const read = (name: string): number | undefined => {
    const text = flags[name] as string | undefined;
    return text === undefined ? undefined : readTime(text, `--${name}`);
  };
  const [sinceMs, untilMs] = [read("since"), read("until")];
  return {
    ...(sinceMs === undefined ? {} : { sinceMs }),
    ...(untilMs === undefined ? {} : { untilMs }),
  };
}

const TIME = /^(\d{4})-(\d\d)-(\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)?)?$/;

function readTime(text: string, flag: string): number {
  const agoMs = parseDuration(text);
  if (agoMs !== undefined) return Date.now() - agoMs;
  const match = TIME.exec(text);
  if (match !== null) {
    const [, year, month, day, time] = match;
    // A date without a time is midnight here, not in UTC as ECMAScript has it.
    const timeMs = Date.parse(time === undefined ? `${text}T00:00` : text);
    // Date.parse takes 31 February for 3 March.
    const isReal = new Date(Date.UTC(+year!, +month! - 1, +day!)).getUTCDate() === +day!;
    if (isReal && !Number.isNaN(timeMs)) return timeMs;
  }
  throw new UsageError(`${flag}: ${JSON.stringify(text)} is no time`, {
    hint: "Write it like 2026-11-21, 2026-11-21T06:30, 2026-11-21T06:30Z, or 12h for 12 hours ago.",
  });
}
