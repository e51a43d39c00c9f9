import { Buffer } from "node:buffer";

/**
 * A text that is put together from its UTF-16 units: as a string that grows by a few at a time it would
 * be a list of millions of strings.
 */
export class TextUnits {
  readonly #units: Uint16Array<ArrayBuffer>;
  #length = 0;

  /** Takes how many units it has at most. */
  constructor(most: number) {
    this.#units = new Uint16Array(most);
  }

  /** Adds a unit. */
  push(unit: number): void {
    this.#units[this.#length++] = unit;
  }

  /** Adds a character: one unit or two. */
  pushPoint(point: number): void {
    if (point < 0x10000) return this.push(point);
    this.push(0xd7c0 + (point >> 10));
    this.push(0xdc00 + (point & 0x3ff));
  }

  /** Adds those of a text from one place to another. */
  copy(text: string, from: number, to: number): void {
    for (let at = from; at < to; at++) this.#units[this.#length++] = text.charCodeAt(at);
  }

  /** The text. */
  toString(): string {
    const bytes = Buffer.from(this.#units.buffer, 0, 2 * this.#length);
    return bytes.toString("utf16le");
  }
}

/** The number that so many hexadecimal digits at a place are; `undefined`: they are not there. */
export function hexAt(text: string, at: number, count: number): number | undefined {
  let number = 0;
  for (let i = at; i < at + count; i++) {
    const digit = HEX_DIGITS.indexOf(text.charAt(i).toLowerCase());
    if (digit < 0 || i >= text.length) return undefined;
    number = number * 16 + digit;
  }
  return number;
}

const HEX_DIGITS = "0123456789abcdef";
