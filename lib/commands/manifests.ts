/**
 * `wagons manifests`: looks into a store.
 *
 * @module
 */

import type { Command } from "commander";
import type { Settings } from "../config/schema.ts";
import { dictionaryOf } from "../formats/entries.ts";
import { formatManifestText } from "../manifest/text.ts";
import type { Store, StoredManifest } from "../store/store.ts";
import { totalsOf } from "../store/totals.ts";
import { isoTime, showable, type Ui } from "../ui.ts";
import { counted } from "../units.ts";
import type { AddAction, Run } from "./command.ts";
import { manifestHeading, manifestJson } from "./manifest_output.ts";
import { addFormOptions, readForm, showDictionary } from "./show_form.ts";
import {
  addStoreOptions,
  addTimes,
  findRecord,
  listRecords,
  readRange,
  readsStore,
} from "./stored_records.ts";

/** Completes the command. */
export function define(command: Command, add: AddAction): void {
  const list = addStoreOptions(command.command("list")).description("one line for each manifest");
  add(addTimes(list), (run) => readsStore(run, listManifests));
  const show = addStoreOptions(command.command("show")).description("what one manifest says");
  add(addFormOptions(show), (run) => readsStore(run, showManifest))
    .argument("<id>", "its id, or the beginning of it");
  const totals = addStoreOptions(command.command("totals")).description("all wagons of each city");
  add(addTimes(totals), (run) => readsStore(run, showTotals));
}

function listManifests(run: Run, store: Store): void {
  const { flags, ui } = run;
  listRecords(run, "manifest", store.records(readRange(flags)), (record) => {
    listManifest(ui, record.read());
  });
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

function showManifest(run: Run, store: Store, settings: Settings<"show">): void {
  const { args, ui } = run;
  const form = readForm(run, settings);
  const id = args[0]!.toLowerCase();
  const manifest = store.manifest(id) ?? findRecord("manifest", id, store.records({})).read();
  if (ui.json) ui.text(manifestJson(manifest, { storedAt: isoTime(manifest.storedAtMs) }));
  else if (form.format === "text") {
    ui.text(`${manifestHeading(manifest)}${formatManifestText(manifest.entries)}`);
  } else showDictionary(ui, dictionaryOf(manifest.entries), form);
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
