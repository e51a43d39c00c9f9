/**
 * What a server has received, as rows for a spreadsheet: a row for each city of a manifest, for each
 * name of a document, and for each file.
 *
 * @module
 */

import { writeJson } from "../formats/json_write.ts";
import { isoTime, showable } from "../ui.ts";
import type { ReceivedEvent } from "./print_records.ts";

/** The row above all others. */
export const CSV_HEADING = "id,stored_at,kind,source,peer,name,value\n";

/**
 * The rows of something (RFC 4180, with a line feed at the end of each): the value is the number of
 * wagons, the value of a name in JSON, or the bytes of a file.
 */
export function csvRecord(event: ReceivedEvent): string {
  switch (event.event) {
    case "manifest": {
      const { manifest: { id, source, entries }, storedAtMs } = event;
      const values = entries.map(({ city, wagons }) => [city, String(wagons)] as const);
      return rows(event, { id, source, storedAtMs }, values);
    }
    case "document": {
      const { document: { id, source, dictionary }, storedAtMs } = event;
      const values = Array.from(dictionary, ([name, value]) => [name, writeJson(value)] as const);
      // An empty one has come, too.
      return rows(event, { id, source, storedAtMs }, values.length === 0 ? [["", ""]] : values);
    }
    case "file":
      return rows(event, event.file, [[event.file.name, String(event.file.size)]]);
  }
}

function rows(
  { event, peer }: ReceivedEvent,
  { id, source, storedAtMs }: { id: string; source: string; storedAtMs: number },
  values: readonly (readonly [string, string])[],
): string {
  const before = [id, isoTime(storedAtMs), event, text(source), peer.address].map(cell).join(",");
  return values.map(([name, value]) => `${before},${cell(text(name))},${cell(value)}\n`).join("");
}

/**
 * A text of others. What a spreadsheet would take for a formula gets an apostrophe before it, and so
 * does what begins with one: without its first apostrophe it is what was sent.
 */
function text(sent: string): string {
  return showable(/^[=+\-@']/.test(sent) ? `'${sent}` : sent);
}

function cell(value: string): string {
  return /[",;]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
