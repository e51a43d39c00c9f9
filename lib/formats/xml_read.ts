/**
 * Reads dictionaries from XML: see xml.ts for how one is written.
 *
 * @module
 */

import { MAX_DICTIONARY_DEPTH } from "../limits/formats.ts";
import { FormatError } from "./format_error.ts";
import { quoteJson } from "./json_write.ts";
import { Tally } from "./tally.ts";
import type { Value } from "./value.ts";
import { unescapeText } from "./xml_escapes.ts";
import { isWholeText, isXmlType, leafOf, type XmlType } from "./xml_leaf.ts";
import { XmlScanner } from "./xml_scanner.ts";

const BANG = 0x21;
const SLASH = 0x2f;
const GREATER = 0x3e;

/**
 * Reads the dictionary, or the list, that a text is.
 *
 * @param text Without a byte order mark.
 * @throws {FormatError} when it is no XML, or XML that is not taken.
 */
export function readXml(text: string): Value {
  const scan = new XmlScanner(text);
  try {
    return new Reader(scan).read();
  } catch (error) {
    // Where a value is wrong, the scanner stands behind it.
    if (error instanceof FormatError && error.at === undefined) throw scan.error(error.what);
    throw error;
  }
}

/** What the start tag of an element says. */
interface Start {
  readonly at: number;
  readonly tag: string;
  /** What its value is called in a dictionary. */
  readonly name: string;
  readonly type: XmlType | undefined;
  readonly isEscaped: boolean;
}

class Reader {
  readonly #scan: XmlScanner;
  /** How many dictionaries and lists are open. */
  #depth = 0;
  readonly #tally = new Tally();

  constructor(scan: XmlScanner) {
    this.#scan = scan;
  }

  read(): Value {
    const scan = this.#scan;
    scan.declaration();
    scan.skipMisc();
    if (scan.at === scan.text.length) throw scan.error("there is no element");
    const start = this.#start();
    const value = this.#value(start);
    scan.skipMisc();
    if (scan.at < scan.text.length) throw scan.error("there is more than one root");
    // Without a type nothing tells a root with nothing in it from a text.
    const isEmpty = start.type === undefined && typeof value === "string" && isBlank(value);
    return isEmpty ? new Map() : value;
  }

  #start(): Start {
    const at = this.#scan.at;
    const tag = this.#scan.startTag();
    // Nearly all of them have no attributes.
    if (this.#scan.text.charCodeAt(this.#scan.at) === GREATER) {
      return { at, tag, name: tag, type: undefined, isEscaped: false };
    }
    return this.#attributes(at, tag);
  }

  #attributes(at: number, tag: string): Start {
    const scan = this.#scan;
    const found = new Map<string, string>();
    for (let attribute; (attribute = scan.attribute()) !== undefined;) {
      const { name, value } = attribute;
      if (found.has(name)) throw scan.error(`the attribute ${name} comes twice`, attribute.at);
      const isTaken = name === "type"
        ? isXmlType(value)
        : name === "escaped"
        ? value === "true"
        : name === "name" && tag === "key";
      if (!isTaken) {
        const shown = quoteJson(value.slice(0, 40));
        throw scan.error(`the attribute ${name}=${shown} is not taken in a <${tag}>`, attribute.at);
      }
      found.set(name, value);
    }
    const isEscaped = found.has("escaped");
    const name = found.get("name") ?? tag;
    return {
      at,
      tag,
      name: isEscaped ? unescapeText(name) : name,
      type: found.get("type") as XmlType | undefined,
      isEscaped,
    };
  }

  /** Reads what is behind the name and the attributes of an element. */
  #value(start: Start): Value {
    const scan = this.#scan;
    this.#refuse(this.#tally.addValues(1));
    if (scan.endOfTag()) return this.#leaf("", start);
    const text = scan.characters();
    if (scan.text.charCodeAt(scan.at + 1) !== SLASH) return this.#content(start, text);
    scan.endTag(start.tag);
    return this.#leaf(text, start);
  }

  /** Reads the rest of an element that has more in it than this text. */
  #content(start: Start, firstText: string): Value {
    const scan = this.#scan;
    let text = firstText;
    let children: Children | undefined;
    for (let next; (next = scan.text.charCodeAt(scan.at + 1)) !== SLASH;) {
      let more = "";
      if (next === BANG) {
        const cdata = scan.cdata();
        if (cdata === undefined) scan.comment();
        else more = cdata;
      } else {
        children ??= this.#open(start, text);
        const child = this.#start();
        const problem = children.add(child.name, child.tag, this.#value(child));
        if (problem !== undefined) throw scan.error(problem, child.at);
      }
      more += scan.characters();
      if (children === undefined) text += more;
      else if (!isBlank(more)) throw this.#mixed(start);
    }
    scan.endTag(start.tag);
    if (children === undefined) return this.#leaf(text, start);
    this.#depth--;
    return children.value;
  }

  /** Begins with the elements in an element, before which this text stands. */
  #open(start: Start, text: string): Children {
    const { type, at } = start;
    this.#depth++;
    this.#checkDepth();
    this.#refuse(this.#tally.addContainer());
    if (type !== undefined && type !== "dict" && type !== "list") {
      throw this.#scan.error(`a value of the type ${type} has elements in it`, at);
    }
    if (!isBlank(text)) throw this.#mixed(start);
    return new Children(type);
  }

  #leaf(text: string, { type, isEscaped, at }: Start): Value {
    if (isEscaped && (type === "str" || (type === undefined && !isWholeText(text)))) {
      return unescapeText(text);
    }
    const value = leafOf(text, type);
    if (value === undefined) {
      throw this.#scan.error(`${quoteJson(text.slice(0, 40))} is no ${type}`, at);
    }
    if (type === "dict" || type === "list") {
      this.#checkDepth(1);
      this.#refuse(this.#tally.addContainer());
    }
    return value;
  }

  /** Takes why what is read is too much, if it is. */
  #refuse(problem: string | undefined): void {
    if (problem !== undefined) throw this.#scan.error(problem);
  }

  #checkDepth(more = 0): void {
    if (this.#depth + more > MAX_DICTIONARY_DEPTH) {
      throw this.#scan.error(`it is more than ${MAX_DICTIONARY_DEPTH} levels deep`);
    }
  }

  #mixed({ tag, at }: Start): FormatError {
    return this.#scan.error(`the <${shorten(tag)}> has a text beside its elements`, at);
  }
}

/** The values of the elements in an element. */
class Children {
  readonly #type: "dict" | "list" | undefined;
  #list: Value[] | undefined;
  #names: Map<string, Value> | undefined;

  constructor(type: "dict" | "list" | undefined) {
    this.#type = type;
    if (type === "list") this.#list = [];
    if (type === "dict") this.#names = new Map();
  }

  /** Adds a value; gives what is wrong with its name. */
  add(name: string, tag: string, value: Value): string | undefined {
    if (this.#names === undefined) {
      // Without a type it is a list for as long as nothing in it has a name.
      if (tag === "item") {
        (this.#list ??= []).push(value);
        return undefined;
      }
      if (this.#type === "list") return `a list has a <${shorten(tag)}> that is no <item>`;
      this.#names = new Map();
      const [item, ...more] = this.#list ?? [];
      if (more.length > 0) return "the name item comes twice";
      if (item !== undefined) this.#names.set("item", item);
    }
    const before = this.#names.size;
    this.#names.set(name, value);
    if (this.#names.size > before) return undefined;
    return `the name ${quoteJson(shorten(name))} comes twice`;
  }

  /** Of them all. */
  get value(): Value {
    return this.#names ?? this.#list ?? [];
  }
}

function isBlank(text: string): boolean {
  return text === "" || text === "\n" || /^[ \t\n\r]*$/.test(text);
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
