/**
 * How a server prints what it has received: a record for each manifest, document and file, which is
 * whole lines, in one of the formats that are made of lines. What others have sent can steer no
 * terminal in any of them.
 *
 * @module
 */

import { dictionaryOf } from "../formats/entries.ts";
import { writeJson } from "../formats/json_write.ts";
import type { Value } from "../formats/value.ts";
import type { DocumentEvent, FileEvent, HubEvent, ManifestEvent } from "../hub/events.ts";
import { formatManifestText } from "../manifest/text.ts";
import type { PrintFormat } from "../print/format.ts";
import { isoTime, showable } from "../ui.ts";
import { counted } from "../units.ts";
import { manifestHeading } from "./manifest_output.ts";
import { CSV_HEADING, csvRecord } from "./print_csv.ts";
import { xmlRecord } from "./print_xml.ts";

/** The events that are printed. */
export type ReceivedEvent = ManifestEvent | DocumentEvent | FileEvent;

/** How records look in a format. */
export interface RecordForm {
  /** What stands once above them, a line or nothing. */
  readonly heading: string;
  /** What a file of them begins with. */
  readonly start: string;
  /** One of them: whole lines. */
  readonly record: (event: ReceivedEvent) => string;
}

/** How records look in each format. */
export const RECORD_FORMS: Readonly<Record<PrintFormat, RecordForm>> = {
  text: { heading: "", start: "# ", record: textRecord },
  json: { heading: "", start: "{", record: jsonRecord },
  xml: { heading: "", start: "<", record: (event) => xmlRecord(event, facts(event)) },
  csv: { heading: CSV_HEADING, start: CSV_HEADING, record: csvRecord },
};

/** Whether an event is of something that was received and was not there before. */
export function isNews(event: HubEvent): event is ReceivedEvent {
  const { event: name } = event;
  return (name === "manifest" || name === "document" || name === "file") && !event.duplicate;
}

/** The first line is a comment that says what it is; no other line begins with `#`. */
function textRecord(event: ReceivedEvent): string {
  switch (event.event) {
    case "manifest":
      return manifestHeading(event.manifest) + formatManifestText(event.manifest.entries);
    case "document": {
      const { id, source, madeAtMs, dictionary } = event.document;
      let lines = textHeading(
        id,
        source,
        madeAtMs,
        `a document: ${counted(dictionary.size, "name")}`,
      );
      for (const [name, value] of dictionary) lines += `${writeJson(name)} = ${writeJson(value)}\n`;
      return lines;
    }
    case "file": {
      const { id, name, size, source, storedAtMs } = event.file;
      const what = `a file: ${showable(name)}, ${counted(size, "byte")}`;
      return textHeading(id, source, storedAtMs, what);
    }
  }
}

/** As that of a manifest, with what it is of else. */
function textHeading(id: string, source: string, timeMs: number, what: string): string {
  return `# ${id} from ${showable(source)}, ${isoTime(timeMs)}, ${what}\n`;
}

function jsonRecord(event: ReceivedEvent): string {
  const members = new Map<string, Value>([["event", event.event], ...facts(event)]);
  if (event.event === "manifest") members.set("entries", dictionaryOf(event.manifest.entries));
  if (event.event === "document") members.set("dictionary", event.document.dictionary);
  return `${writeJson(members)}\n`;
}

/** What is known of it, apart from what it says. */
function facts(event: ReceivedEvent): [string, string | number][] {
  const { address: peer } = event.peer;
  if (event.event === "file") {
    const { id, source, storedAtMs, name, size: bytes } = event.file;
    return Object.entries({ id, source, peer, storedAt: isoTime(storedAtMs), name, bytes });
  }
  const { id, source, madeAtMs } = event.event === "manifest" ? event.manifest : event.document;
  const [storedAt, madeAt] = [isoTime(event.storedAtMs), isoTime(madeAtMs)];
  return Object.entries({ id, source, peer, storedAt, madeAt });
}
