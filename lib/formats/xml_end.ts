import { MAX_DICTIONARY_DEPTH } from "../limits/formats.ts";
import type { EndFinder } from "./format.ts";
import { FormatError } from "./format_error.ts";

const BANG = 0x21;
const QUOTE = 0x22;
const APOSTROPHE = 0x27;
const MINUS = 0x2d;
const SLASH = 0x2f;
const LESS = 0x3c;
const GREATER = 0x3e;
const QUESTION = 0x3f;
const OPEN = 0x5b;
const CLOSE = 0x5d;

const BOM = [0xef, 0xbb, 0xbf];
const CDATA = Array.from("CDATA[", (letter) => letter.charCodeAt(0));

/** What the next byte belongs to. */
type State =
  | "text"
  | "opened" // it is behind a <
  | "start" // a start tag
  | "value" // the value of an attribute
  | "end" // an end tag
  | "bang" // it is behind a <!
  | "dash" // it is behind a <!-
  | "comment"
  | "bracket" // <![CDATA[
  | "cdata"
  | "declaration";

/**
 * Finds where the root element ends in a stream of XML in UTF-8. It knows where tags, comments and
 * CDATA begin and end; whether names and texts are right is for the reader to say.
 */
export class XmlEnd implements EndFinder {
  #state: State = "text";
  /** How many elements are open. */
  #depth = 0;
  /** Bytes of earlier calls. */
  #before = 0;
  /** How many bytes have come of what begins or ends something: `-->`, `]]>`, `?>`, `CDATA[`. */
  #matched = 0;
  /** What ends the value of the attribute. */
  #mark = 0;
  /** The last byte of a start tag was a slash. */
  #isSlash = false;

  push(bytes: Uint8Array): number | undefined {
    for (let at = 0; at < bytes.length;) {
      at = this.#next(bytes, at);
      if (this.#depth < 0) return at;
    }
    this.#before += bytes.length;
    return undefined;
  }

  finish(): void {
    throw this.#error("it ends too soon: the root element is not closed", 0);
  }

  /** Takes bytes from there; gives where the next ones are. Below depth 0 the root has ended. */
  #next(bytes: Uint8Array, at: number): number {
    switch (this.#state) {
      case "text": {
        const end = bytes.indexOf(LESS, at);
        if (this.#depth === 0) this.#checkOutside(bytes, at, end < 0 ? bytes.length : end);
        return this.#skipTo(end, bytes, "opened");
      }
      case "opened":
        return this.#opened(bytes, at);
      case "start":
        return this.#startTag(bytes, at);
      case "value":
        return this.#skipTo(bytes.indexOf(this.#mark, at), bytes, "start");
      case "end": {
        const end = bytes.indexOf(GREATER, at);
        if (end >= 0) this.#close();
        return this.#skipTo(end, bytes, "text");
      }
      case "bang":
      case "dash":
      case "bracket":
        return this.#declared(bytes[at]!, at);
      case "comment":
        return this.#skipPast(MINUS, 2, bytes, at);
      case "cdata":
        return this.#skipPast(CLOSE, 2, bytes, at);
      case "declaration":
        return this.#skipPast(QUESTION, 1, bytes, at);
    }
  }

  #opened(bytes: Uint8Array, at: number): number {
    switch (bytes[at]) {
      case SLASH:
        if (this.#depth === 0) throw this.#error("an end tag ends no element", at);
        this.#state = "end";
        return at + 1;
      case BANG:
        this.#state = "bang";
        return at + 1;
      case QUESTION: {
        const start = this.#before + at - 1;
        if (start !== 0 && start !== BOM.length) {
          throw this.#error("an instruction (<?...) is not taken", at);
        }
        this.#state = "declaration";
        this.#matched = 0;
        return at + 1;
      }
      default:
        // The innermost one is a single value.
        if (this.#depth > MAX_DICTIONARY_DEPTH) {
          throw this.#error(`it is more than ${MAX_DICTIONARY_DEPTH} levels deep`, at);
        }
        this.#state = "start";
        this.#isSlash = false;
        return at;
    }
  }

  #startTag(bytes: Uint8Array, from: number): number {
    let isSlash = this.#isSlash;
    for (let at = from; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === GREATER) {
        this.#state = "text";
        if (!isSlash) this.#depth++;
        else if (this.#depth === 0) this.#close();
        return at + 1;
      }
      if (byte === LESS) throw this.#error("a < stands in a tag", at);
      if (byte === QUOTE || byte === APOSTROPHE) {
        this.#state = "value";
        this.#mark = byte;
        this.#isSlash = false;
        return at + 1;
      }
      isSlash = byte === SLASH;
    }
    this.#isSlash = isSlash;
    return bytes.length;
  }

  /** Takes a byte behind a `<!`. */
  #declared(byte: number, at: number): number {
    if (this.#state === "bracket") {
      if (byte !== CDATA[this.#matched++]) throw this.#error("a <![ begins no CDATA", at);
      if (this.#matched === CDATA.length) this.#begin("cdata");
    } else if (byte === MINUS) {
      if (this.#state === "bang") this.#state = "dash";
      else this.#begin("comment");
    } else if (byte === OPEN && this.#state === "bang" && this.#depth > 0) {
      this.#begin("bracket");
    } else throw this.#error("a DTD or another declaration (<!...) is not taken", at);
    return at + 1;
  }

  #begin(state: State): void {
    this.#state = state;
    this.#matched = 0;
  }

  /** Goes behind the next `>` that stands behind so many of these bytes. */
  #skipPast(mark: number, count: number, bytes: Uint8Array, from: number): number {
    let at = from;
    if (this.#matched === 0) {
      at = bytes.indexOf(mark, from);
      if (at < 0) return bytes.length;
    }
    const byte = bytes[at]!;
    if (byte === mark) this.#matched = Math.min(this.#matched + 1, count);
    else if (byte === GREATER && this.#matched === count) this.#state = "text";
    else this.#matched = 0;
    return at + 1;
  }

  #skipTo(end: number, bytes: Uint8Array, state: State): number {
    if (end < 0) return bytes.length;
    this.#state = state;
    return end + 1;
  }

  /** An element ends, and with the outermost one all. */
  #close(): void {
    this.#depth--;
    if (this.#depth <= 0) this.#depth = -1;
  }

  #checkOutside(bytes: Uint8Array, from: number, to: number): void {
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!;
      const isSpace = byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
      if (!isSpace && byte !== BOM[this.#before + at]) {
        throw this.#error("a text stands outside the root", at);
      }
    }
  }

  #error(what: string, at: number): FormatError {
    return new FormatError(what, { byte: this.#before + at });
  }
}
