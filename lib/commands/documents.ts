/**
 * `wagons documents`: the dictionaries in a store that are no manifests.
 *
 * @module
 */

import type { Command } from "commander";
import type { Settings } from "../config/schema.ts";
import type { DocumentHead } from "../store/document_store.ts";
import type { Store } from "../store/store.ts";
import { isoTime, showable, type Ui } from "../ui.ts";
import { counted } from "../units.ts";
import type { AddAction, Run } from "./command.ts";
import { documentJson, documentText } from "./document_output.ts";
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
  const list = addStoreOptions(command.command("list")).description("one line for each document");
  add(addTimes(list), (run) => readsStore(run, listDocuments));
  const show = addStoreOptions(command.command("show")).description("what one document says");
  add(addFormOptions(show), (run) => readsStore(run, showDocument))
    .argument("<id>", "its id, or the beginning of it");
}

function listDocuments(run: Run, store: Store): void {
  const { flags, ui } = run;
  listRecords(run, "document", store.documentRecords(readRange(flags)), (record) => {
    listDocument(ui, record.head());
  });
}

function listDocument(ui: Ui, { id, source, storedAtMs, madeAtMs, names }: DocumentHead): void {
  const storedAt = isoTime(storedAtMs);
  if (ui.json) ui.object({ id, source, storedAt, madeAt: isoTime(madeAtMs), names });
  else ui.text(`${id}  ${storedAt}  ${counted(names, "name")}  ${showable(source)}\n`);
}

function showDocument(run: Run, store: Store, settings: Settings<"show">): void {
  const { args, ui } = run;
  const form = readForm(run, settings);
  const id = args[0]!.toLowerCase();
  const document = store.document(id) ??
    findRecord("document", id, store.documentRecords({})).read();
  if (ui.json) ui.text(documentJson(document, { storedAt: isoTime(document.storedAtMs) }));
  else if (form.format === "text") ui.text(documentText(document));
  else showDictionary(ui, document.dictionary, form);
}
