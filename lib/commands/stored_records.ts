/**
 * What the commands that look into a store have in common, whichever records they show.
 *
 * @module
 */

import type { Command } from "commander";
import { resolveSettings } from "../config/resolve.ts";
import type { Settings } from "../config/schema.ts";
import { BadInputError, ExitCode, UsageError } from "../errors.ts";
import { openSqliteStore } from "../store/sqlite.ts";
import { STORE_KEY_HINT } from "../store/seal_state.ts";
import type { Range } from "../store/records.ts";
import type { Store } from "../store/store.ts";
import { isoTime, showable } from "../ui.ts";
import { counted, parseDuration } from "../units.ts";
import { addJsonOption, type Run } from "./command.ts";
import { addStoreKeyOption, readStoreKey } from "./store_key.ts";
import { storePath } from "./store_path.ts";

/** What is seen of any record without its key. */
export interface SeenRecord {
  /** Its UUID. */
  readonly id: string;
  /** Milliseconds since the Unix epoch. */
  readonly storedAtMs: number;
  /** The fingerprint of the key that reading it takes, where that was not given. */
  readonly lockedBy: string | undefined;
}

/** The options of a command that reads a store. */
export function addStoreOptions(command: Command): Command {
  addJsonOption(command)
    .option("--store <file>", "the server's store (default: WAGONS_STORE, or the user's own)");
  return addStoreKeyOption(command);
}

/** The options of a command that reads what was stored in some time. */
export function addTimes(command: Command): Command {
  const form = "a time like 2026-11-21 or 2026-11-21T06:30, or so long ago, like 12h";
  return command
    .option("--since <time>", `only what was stored from then on: ${form}`)
    .option("--until <time>", "only what was stored before then");
}

/** What is done with an open store. */
export type StoreAction = (run: Run, store: Store, settings: Settings<"show">) => void;

/** Does something with the store that the settings name, which is only read. */
export function readsStore(run: Run, action: StoreAction): ExitCode {
  const { settings } = resolveSettings("show", run.sources);
  const store = openSqliteStore(storePath(settings, run.context.variable), {
    readOnly: true,
    key: readStoreKey(settings),
  });
  try {
    action(run, store, settings);
  } finally {
    store.close();
  }
  return ExitCode.ok;
}

/**
 * Lists records. Of those that are locked it shows what can be seen, and warns.
 *
 * @param kind What one of them is.
 * @param list Shows one that is not locked.
 */
export function listRecords<Record extends SeenRecord>(
  { ui }: Run,
  kind: string,
  records: Iterable<Record>,
  list: (record: Record) => void,
): void {
  let total = 0;
  const locked = new Map<string, number>();
  for (const record of records) {
    total++;
    const { id, storedAtMs, lockedBy } = record;
    if (lockedBy === undefined) {
      list(record);
      continue;
    }
    const storedAt = isoTime(storedAtMs);
    if (ui.json) ui.object({ id, storedAt, sealed: true });
    else ui.text(`${id}  ${storedAt}  sealed\n`);
    locked.set(lockedBy, (locked.get(lockedBy) ?? 0) + 1);
  }
  for (const [fingerprint, count] of locked) {
    const many = `${count} of ${counted(total, kind)}`;
    const which = `sealed with the key ${fingerprint}, which was not given`;
    ui.warn(`${many} ${count === 1 ? "is" : "are"} ${which}. ${STORE_KEY_HINT}`);
  }
}

/**
 * The record whose id begins so.
 *
 * @param kind What it is.
 * @param all All records of that kind.
 * @throws {BadInputError} when there is none, or more than one.
 */
export function findRecord<Record extends SeenRecord>(
  kind: string,
  id: string,
  all: Iterable<Record>,
): Record {
  const found: Record[] = [];
  for (const record of all) {
    if (record.id === id) return record;
    if (record.id.startsWith(id)) found.push(record);
  }
  const [first, second] = found;
  if (first === undefined) {
    throw new BadInputError(`There is no ${kind} with the id ${showable(id)}`, {
      hint: `wagons ${kind}s list shows the ids.`,
    });
  }
  if (second !== undefined) {
    throw new BadInputError(`${found.length} ${kind}s have ids that begin with ${showable(id)}`, {
      hint: `Write more of it: ${first.id} or ${second.id}?`,
    });
  }
  return first;
}

/**
 * The time that `--since` and `--until` name.
 *
 * @throws {UsageError} for what is no time.
 */
export function readRange(flags: Run["flags"]): Range {
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
