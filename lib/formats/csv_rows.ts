import { FormatError } from "./format_error.ts";
import { TextUnits } from "./text_units.ts";

const TAB = 0x09;
const NEW_LINE = 0x0a;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const SEMICOLON = 0x3b;

/** A row of a table of two columns. */
export interface CsvRow {
  /** What its first field says. */
  readonly first: string;
  /** What its second field says. */
  readonly second: string;
  /** Where it begins, counted from 1. */
  readonly line: number;
}

/** Reads the rows of a table of two columns: RFC 4180, with whatever line breaks. */
export class CsvRows {
  readonly #text: string;
  readonly #separator: number;
  /** Where it stands. */
  #at: number;
  #line: number;

  /** Begins at the end of the header, in that line. */
  constructor(text: string, separator: string, { at, line }: { at: number; line: number }) {
    this.#text = text;
    this.#separator = separator.charCodeAt(0);
    this.#at = at;
    this.#line = line;
  }

  /**
   * The next row that has something in it; `undefined`: there are no more.
   *
   * @throws {FormatError} when it is none, or has not two fields.
   */
  next(): CsvRow | undefined {
    this.#skipEmptyLines();
    if (this.#at === this.#text.length) return undefined;
    const line = this.#line;
    const first = this.#field();
    if (this.#text.charCodeAt(this.#at) !== this.#separator) {
      throw this.#error("a row has only one field");
    }
    this.#at++;
    const second = this.#field();
    if (this.#text.charCodeAt(this.#at) === this.#separator) this.#skipEmptyFields();
    return { first, second, line };
  }

  /** Goes to the start of the next line that has something in it but what is between columns. */
  #skipEmptyLines(): void {
    const text = this.#text;
    for (let at = this.#at; at <= text.length; at++) {
      const code = text.charCodeAt(at);
      if (code === SPACE || code === TAB || code === this.#separator) continue;
      const isReturn = code === RETURN;
      if (isReturn || code === NEW_LINE) {
        if (!isReturn || text.charCodeAt(at + 1) !== NEW_LINE) this.#line++;
        this.#at = at + 1;
      } else {
        // Spaces before a field belong to it; before the end of the text they are nothing.
        if (at === text.length) this.#at = at;
        return;
      }
    }
  }

  /** Goes to the end of the line: nothing stands in columns that are too many. */
  #skipEmptyFields(): void {
    for (; this.#at < this.#text.length; this.#at++) {
      const code = this.#text.charCodeAt(this.#at);
      if (code === NEW_LINE || code === RETURN) return;
      if (code === SPACE || code === TAB || code === this.#separator) continue;
      throw this.#error("a row has more than two fields");
    }
  }

  /** Reads a field; stands at a separator, a line break, or the end then. */
  #field(): string {
    const text = this.#text;
    const start = this.#at;
    if (text.charCodeAt(start) === QUOTE) return this.#quoted();
    const { length } = text;
    let at = start;
    for (; at < length; at++) {
      const code = text.charCodeAt(at);
      // Letters, for speed: all that means something is below.
      if (code > SEMICOLON) continue;
      if (code === this.#separator || code === NEW_LINE || code === RETURN) break;
      if (code === QUOTE) throw this.#error("a quote stands in a field that begins with none");
    }
    this.#at = at;
    return text.slice(start, at);
  }

  #quoted(): string {
    const text = this.#text;
    const start = this.#at + 1;
    let end = text.indexOf('"', start);
    let hasQuotes = false;
    while (end >= 0 && text.charCodeAt(end + 1) === QUOTE) {
      hasQuotes = true;
      end = text.indexOf('"', end + 2);
    }
    if (end < 0) throw this.#error("a field in quotes does not end");
    this.#at = end + 1;
    const next = text.charCodeAt(this.#at);
    const isEnd = next === this.#separator || next === NEW_LINE || next === RETURN;
    if (!isEnd && this.#at < text.length) throw this.#error("something stands behind a quote");
    const field = text.slice(start, end);
    this.#line += field.match(/\r\n|\n|\r/g)?.length ?? 0;
    return hasQuotes ? withoutDoubles(field) : field;
  }

  #error(what: string): FormatError {
    return new FormatError(what, { line: this.#line });
  }
}

/** A field in which each quote stands twice, with one of each. */
function withoutDoubles(field: string): string {
  const units = new TextUnits(field.length);
  let from = 0;
  for (let at; (at = field.indexOf('"', from)) >= 0; from = at + 2) units.copy(field, from, at + 1);
  units.copy(field, from, field.length);
  return units.toString();
}

/** A field of a table whose columns a comma separates, in quotes where it must be. */
export function quoteField(field: string): string {
  return /[",\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
}
