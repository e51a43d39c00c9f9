/**
 * Writes dictionaries as XML: see xml.ts for how.
 *
 * @module
 */

import { checkExpandedSize } from "./expanded_size.ts";
import { writeJson } from "./json_write.ts";
import { type Dictionary, isDictionary, isList, isWhole, type Value, WholeFloat } from "./value.ts";
import { escapeText, needsEscapes } from "./xml_escapes.ts";
import { isWholeText, type XmlType } from "./xml_leaf.ts";
import { WrittenSize } from "./written_size.ts";
import { isTag } from "./xml_names.ts";

/**
 * Writes a dictionary, each of its values in a line of its own: line breaks of texts are references.
 *
 * @throws {FormatError} when a bound is passed.
 */
export function writeXml(dictionary: Dictionary): string {
  checkExpandedSize(dictionary, new Set());
  const size = new WrittenSize();
  const lines = Array.from(
    dictionary,
    ([name, value]) => `${writeMember(name, value, dictionary, size)}\n`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>\n<data>\n${lines.join("")}</data>\n`;
}

/** A value of a dictionary, with its name. */
function writeMember(name: string, value: Value, within: Dictionary, size: WrittenSize): string {
  // A lone <item> would be read as a list.
  const isOwnTag = isTag(name) && (name !== "item" || within.size > 1);
  return isOwnTag ? element(name, undefined, value, size) : element("key", name, value, size);
}

/** An element with that tag and, perhaps, that attribute `name`. */
function element(
  tag: string,
  name: string | undefined,
  value: Value,
  size: WrittenSize,
): string {
  const isText = typeof value === "string";
  const isEscaped = needsEscapes(name ?? "") || (isText && needsEscapes(value));
  const escape = isEscaped ? escapeText : (text: string) => text;
  const [content, type] = isText
    ? [escapeMarkup(escape(value), false), isWholeText(value) ? "str" : undefined]
    : contentOf(value, size);
  let start = tag;
  if (name !== undefined) start += ` name="${escapeMarkup(escape(name), true)}"`;
  if (isEscaped) start += ' escaped="true"';
  if (type !== undefined) start += ` type="${type}"`;
  // What is in it has been counted where it was written.
  const isCounted = isList(value) || isDictionary(value);
  size.add(start.length + tag.length + (isCounted ? 0 : content.length));
  return content === "" ? `<${start}/>` : `<${start}>${content}</${tag}>`;
}

/** What stands in the element of a value that is no text, and its type where that is needed. */
function contentOf(value: Exclude<Value, string>, size: WrittenSize): [string, XmlType?] {
  if (value === null) return ["", "null"];
  if (typeof value === "boolean") return [String(value), "bool"];
  if (isList(value) || isDictionary(value)) {
    let content = "";
    if (isList(value)) {
      for (const item of value) content += element("item", undefined, item, size);
      return content === "" ? ["", "list"] : [content];
    }
    for (const [name, member] of value) content += writeMember(name, member, value, size);
    return content === "" ? ["", "dict"] : [content];
  }
  // Numbers have the same digits as in JSON.
  return value instanceof WholeFloat || !isWhole(value)
    ? [writeJson(value), "float"]
    : [writeJson(value)];
}

/**
 * A text with what means something in XML as references, and what could steer a terminal, break a line
 * or turn the text around; in an attribute all white space but spaces, which would be read as spaces.
 */
function escapeMarkup(text: string, isAttribute: boolean): string {
  return text.replace(
    isAttribute ? IN_ATTRIBUTE : IN_TEXT,
    (character) => ENTITIES[character] ?? `&#${character.charCodeAt(0)};`,
  );
}

const IN_TEXT = /[&<>\n\r\u007f-\u009f\u2028\u2029\u202A-\u202E\u2066-\u2069]/g;
const IN_ATTRIBUTE = new RegExp(`${IN_TEXT.source}|["\\t]`, "g");

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};
