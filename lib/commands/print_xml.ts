/**
 * What a server has received, as XML: an element in a line for each.
 *
 * @module
 */

import { dictionaryOf } from "../formats/entries.ts";
import type { Dictionary } from "../formats/value.ts";
import { xmlFormat } from "../formats/xml.ts";
import { isLegal } from "../formats/xml_names.ts";
import type { ReceivedEvent } from "./print_records.ts";

/**
 * The element of something, named for what it is, with what is known of it as attributes. What a
 * manifest or a document says is in it, as an element of its own.
 */
export function xmlRecord(
  event: ReceivedEvent,
  facts: readonly (readonly [string, string | number])[],
): string {
  const attributes = facts.map(([name, value]) => ` ${name}="${attribute(String(value))}"`).join(
    "",
  );
  const start = `<${event.event}${attributes}`;
  switch (event.event) {
    case "manifest":
      return `${start}>${inOneLine(dictionaryOf(event.manifest.entries))}</manifest>\n`;
    case "document":
      return `${start}>${inOneLine(event.document.dictionary)}</document>\n`;
    case "file":
      return `${start}/>\n`;
  }
}

/** The root of a document, whose line breaks stand between elements only. */
function inOneLine(dictionary: Dictionary): string {
  const text = new TextDecoder().decode(xmlFormat.write(dictionary));
  return text.replace(/^<\?xml[^>]*\?>/, "").replaceAll("\n", "");
}

/** A text as an attribute. What no XML can say is shown as it would be on a screen. */
function attribute(text: string): string {
  return text.replace(/[&<>"\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]/gu, (one) => {
    const code = one.codePointAt(0)!;
    return isLegal(code) ? `&#${code};` : `\\u{${code.toString(16)}}`;
  });
}
