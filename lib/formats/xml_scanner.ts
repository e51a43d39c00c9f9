import { FormatError } from "./format_error.ts";
import { quoteJson } from "./json_write.ts";
import { placeIn } from "./place.ts";
import { TextUnits } from "./text_units.ts";
import { ILLEGAL, isLegal, isName } from "./xml_names.ts";

const TAB = 0x09;
const NEW_LINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const SLASH = 0x2f;
const EQUALS = 0x3d;
const GREATER = 0x3e;

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ["amp", "&"],
  ["lt", "<"],
  ["gt", ">"],
  ["quot", '"'],
  ["apos", "'"],
]);

const DECLARATION =
  /^<\?xml\s+version\s*=\s*(["'])([^"'<]*)\1(?:\s+encoding\s*=\s*(["'])([^"'<]*)\3)?(?:\s+standalone\s*=\s*(["'])(?:yes|no)\5)?\s*\?>/;

/** An attribute of a start tag. */
export interface Attribute {
  /** Without a colon. */
  readonly name: string;
  /** With its references resolved, and its white space normalised to spaces (section 3.3.3). */
  readonly value: string;
  /** Where it stands. */
  readonly at: number;
}

/**
 * The grammar of XML 1.0, as much as data has of it: elements, attributes, texts, CDATA, comments,
 * the five entities, references to characters, the declaration. DTDs and other instructions are
 * refused, and so is what is not well-formed.
 *
 * A scanner stands at a place of the text; each method reads from there and goes on.
 */
export class XmlScanner {
  /** The whole text, its line breaks normalised (section 2.11). */
  readonly text: string;
  /** Where it stands. */
  at = 0;

  /**
   * Takes a text without a byte order mark.
   *
   * @throws {FormatError} when a character is in it that no XML has.
   */
  constructor(text: string) {
    this.text = text.includes("\r") ? normalizeBreaks(text) : text;
    const illegal = this.text.search(ILLEGAL);
    if (illegal >= 0) {
      const code = this.text.charCodeAt(illegal).toString(16).toUpperCase().padStart(4, "0");
      throw this.error(`the character U+${code} stands in no XML`, illegal);
    }
  }

  /** The error that something is wrong at a place. */
  error(what: string, at = this.at): FormatError {
    return new FormatError(what, placeIn(this.text, at));
  }

  /** Reads the declaration, if there is one. */
  declaration(): void {
    if (!/^<\?xml\s/.test(this.text)) return;
    const [all, , version, , encoding] = DECLARATION.exec(this.text) ?? [];
    if (all === undefined) throw this.error("the declaration is not well-formed");
    if (version !== "1.0") throw this.error(`it is XML ${quote(version!)}: only 1.0 is taken`);
    // What Python calls UTF-8 too.
    if (encoding !== undefined && !/^(utf-?8|us-ascii)$/i.test(encoding)) {
      throw this.error(`it is in ${quote(encoding)}: only UTF-8 is taken`);
    }
    const beyond = /ascii/i.test(encoding ?? "") ? this.text.search(/[^\0-\x7f]/) : -1;
    if (beyond >= 0) {
      throw this.error("it says that it is US-ASCII, which has no such character", beyond);
    }
    this.at = all.length;
  }

  /** Passes over white space and comments between elements; stands at a `<` or at the end then. */
  skipMisc(): void {
    for (;;) {
      this.#skipSpace();
      if (this.at === this.text.length) return;
      if (!this.text.startsWith("<", this.at)) throw this.error("a text stands outside the root");
      if (!this.text.startsWith("<!", this.at)) return;
      this.comment();
    }
  }

  /** Reads `<` and the name behind it. */
  startTag(): string {
    const start = this.at;
    this.at++;
    const name = this.#name();
    if (name !== "") return name;
    throw this.error(this.#noTag(), start);
  }

  /** Reads the next attribute of a start tag; `undefined`: there are no more. */
  attribute(): Attribute | undefined {
    const { text } = this;
    const code = text.charCodeAt(this.at);
    if (code === GREATER || code === SLASH) return undefined;
    this.#skipSpace();
    const next = text.charCodeAt(this.at);
    if (next === GREATER || next === SLASH) return undefined;
    const at = this.at;
    const name = this.#name();
    if (name === "" || !isSpace(code)) throw this.error("a tag is not well-formed", at);
    this.#skipSpace();
    if (text.charCodeAt(this.at) !== EQUALS) throw this.error("an attribute has no =");
    this.at++;
    this.#skipSpace();
    const mark = text[this.at];
    if (mark !== '"' && mark !== "'") throw this.error("an attribute's value has no quotes");
    const start = this.at + 1;
    const end = text.indexOf(mark, start);
    if (end < 0) throw this.error("an attribute's value does not end");
    this.at = end + 1;
    const raw = text.slice(start, end);
    const wrong = raw.indexOf("<");
    if (wrong >= 0) throw this.error("a < stands in an attribute's value", start + wrong);
    return { name, value: this.#references(withSpaces(raw), start), at };
  }

  /** Reads the end of a start tag. Gives whether the element has no content: `/>`. */
  endOfTag(): boolean {
    const isEmpty = this.text.charCodeAt(this.at) === SLASH;
    if (isEmpty) this.at++;
    if (this.text.charCodeAt(this.at) !== GREATER) throw this.error("a tag does not end in >");
    this.at++;
    return isEmpty;
  }

  /** Reads a text up to the next `<`. */
  characters(): string {
    const start = this.at;
    const end = this.text.indexOf("<", start);
    if (end < 0) throw this.error("it ends inside an element", this.text.length);
    if (end === start) return "";
    this.at = end;
    const raw = this.text.slice(start, end);
    const wrong = raw.indexOf("]]>");
    if (wrong >= 0) throw this.error("a ]]> stands in a text", start + wrong);
    return this.#references(raw, start);
  }

  /** Reads the end tag that must come here. */
  endTag(name: string): void {
    const start = this.at;
    this.at += 2;
    if (this.text.startsWith(name, this.at)) {
      this.at += name.length;
      this.#skipSpace();
      if (this.text.charCodeAt(this.at) === GREATER) {
        this.at++;
        return;
      }
    }
    const found = this.#nameAt(start + 2);
    throw this.error(`</${found}> ends no <${shorten(name)}>`, start);
  }

  /** Reads CDATA; `undefined`: none stands here. */
  cdata(): string | undefined {
    if (!this.text.startsWith("<![CDATA[", this.at)) return undefined;
    const start = this.at + 9;
    const end = this.text.indexOf("]]>", start);
    if (end < 0) throw this.error("a <![CDATA[ does not end");
    this.at = end + 3;
    return this.text.slice(start, end);
  }

  /** Reads the comment that must stand here. */
  comment(): void {
    const { text, at } = this;
    if (!text.startsWith("<!--", at)) {
      throw this.error(
        text.startsWith("<!DOCTYPE", at) ? "a DTD is not taken" : "a <! begins no comment",
      );
    }
    const end = text.indexOf("--", at + 4);
    if (end < 0) throw this.error("a comment does not end");
    if (text.charCodeAt(end + 2) !== GREATER) throw this.error("a -- stands in a comment", end);
    this.at = end + 3;
  }

  /** Why what stands here is no name of a tag. */
  #noTag(): string {
    const next = this.text[this.at];
    if (next === "?") return `the instruction <?${this.#nameAt(this.at + 1)} is not taken`;
    // ElementTree's tostring does that to letters beyond ASCII when it is not told an encoding.
    return next === "&" ? "a tag has references to characters in its name" : "a < begins no tag";
  }

  #skipSpace(): void {
    while (isSpace(this.text.charCodeAt(this.at))) this.at++;
  }

  /** Reads a name; gives "" when none stands here. */
  #name(): string {
    const { text, at } = this;
    let end = at;
    for (;; end++) {
      const code = text.charCodeAt(end);
      // All of these end a name, and so does the end of the text, which is not equal to itself.
      if (code <= SPACE || (code >= 0x3c && code <= GREATER) || code === SLASH) break;
      if (code !== code) break;
    }
    if (end === at) return "";
    const name = text.slice(at, end);
    if (!isName(name)) {
      if (/^[?!&]/.test(name)) return "";
      const why = name.includes(":") ? "namespaces are not taken" : "it is no name of XML";
      throw this.error(`${quote(name)}: ${why}`, at);
    }
    this.at = end;
    return name;
  }

  #nameAt(at: number): string {
    return shorten(/^[^\s<>/?=]*/.exec(this.text.slice(at, at + 64))![0]);
  }

  /** The text with its references resolved. It is gone through once, and up to the first wrong one. */
  #references(raw: string, start: number): string {
    let at = raw.indexOf("&");
    if (at < 0) return raw;
    const units = new TextUnits(raw.length);
    let from = 0;
    while (at >= 0) {
      units.copy(raw, from, at);
      const end = raw.indexOf(";", at);
      const character = this.#reference(raw.slice(at + 1, Math.max(end, at + 1)), start + at);
      units.copy(character, 0, character.length);
      from = end + 1;
      at = raw.indexOf("&", from);
    }
    units.copy(raw, from, raw.length);
    return units.toString();
  }

  /** The character that stands for what is between `&` and `;`. */
  #reference(name: string, at: number): string {
    const entity = ENTITIES.get(name);
    if (entity !== undefined) return entity;
    const [, decimal, hex] = /^#(?:([0-9]+)|x([0-9A-Fa-f]+))$/.exec(name) ?? [];
    if (decimal === undefined && hex === undefined) {
      const what = isName(name) ? `the entity ${quote(`&${name};`)} is not taken` : undefined;
      throw this.error(what ?? "an & begins no reference", at);
    }
    const code = hex === undefined ? Number(decimal) : parseInt(hex, 16);
    if (isLegal(code)) return String.fromCodePoint(code);
    throw this.error(`the reference ${quote(`&${name};`)} is to no character of XML`, at);
  }
}

/** The text with each line break as one character. One of nothing else is gone through once. */
function normalizeBreaks(text: string): string {
  const units = new TextUnits(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code !== RETURN) units.push(code);
    else if (text.charCodeAt(at + 1) !== NEW_LINE) units.push(NEW_LINE);
  }
  return units.toString();
}

/** The text with a space for each of its other white space. */
function withSpaces(text: string): string {
  if (!/[\t\n]/.test(text)) return text;
  const units = new TextUnits(text.length);
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    units.push(isSpace(code) ? SPACE : code);
  }
  return units.toString();
}

function isSpace(code: number): boolean {
  return code === SPACE || code === NEW_LINE || code === TAB;
}

/** Quoted, escaped, and cut where it is long. */
function quote(text: string): string {
  return quoteJson(shorten(text));
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
