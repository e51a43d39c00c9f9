/**
 * How a document is printed, the same wherever it is.
 *
 * @module
 */

import { formatOf } from "../formats/mod.ts";
import type { Dictionary } from "../formats/value.ts";
import type { Document } from "../store/document_store.ts";
import { isoTime, showable } from "../ui.ts";

/** A document in its text form, with a comment line over it, which readers of that form skip. */
export function documentText({ id, source, madeAtMs, dictionary }: Document): string {
  const heading = `# ${id} from ${showable(source)}, ${isoTime(madeAtMs)}`;
  const [first, rest] = splitLine(textOf("text", dictionary));
  return `${first}\n${heading}\n${rest}`;
}

/** A document as a line of JSON, with some more members before its dictionary. */
export function documentJson(document: Document, more: Record<string, unknown>): string {
  const { id, source, madeAtMs, dictionary } = document;
  const members = JSON.stringify({ ...more, id, source, madeAt: isoTime(madeAtMs) });
  return `${members.slice(0, -1)},"dictionary":${textOf("json", dictionary)}}\n`;
}

function textOf(format: "text" | "json", dictionary: Dictionary): string {
  return new TextDecoder().decode(formatOf(format).write(dictionary));
}

/** The line that says that it is a dictionary has to be the first one. */
function splitLine(text: string): [string, string] {
  const end = text.indexOf("\n");
  return [text.slice(0, end), text.slice(end + 1)];
}
