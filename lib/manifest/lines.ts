const NEW_LINE = 0x0a;

/**
 * The lines of a text, one after the other, whether LF, CR or CRLF is between them. They are never held
 * all at once: a text may have as many as it has characters.
 */
export class TextLines {
  readonly #text: string;
  /** Where the next line begins; behind the end of the text: there is none. */
  #start = 0;
  /** Where the next ones of these are, not before the start of the line; the end: nowhere. */
  #feed = -1;
  #return = -1;
  #number = 0;
  #end = 0;

  /** Begins at the first line. Each text has one. */
  constructor(text: string) {
    this.#text = text;
  }

  /** The number of the line that was given last, from 1. */
  get number(): number {
    return this.#number;
  }

  /** Where the line ends that was given last: its line break stands there. */
  get end(): number {
    return this.#end;
  }

  /** The next line, without its end; `undefined`: that was the last one. */
  next(): string | undefined {
    const text = this.#text;
    const start = this.#start;
    if (start > text.length) return undefined;
    if (this.#feed < start) this.#feed = this.#find("\n");
    if (this.#return < start) this.#return = this.#find("\r");
    const end = Math.min(this.#feed, this.#return);
    const isPair = end === this.#return && text.charCodeAt(end + 1) === NEW_LINE;
    this.#start = end + (isPair ? 2 : 1);
    this.#end = end;
    this.#number++;
    return text.slice(start, end);
  }

  #find(end: string): number {
    const at = this.#text.indexOf(end, this.#start);
    return at < 0 ? this.#text.length : at;
  }
}
