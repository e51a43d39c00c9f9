/**
 * Reading DER (X.690), as much of it as certificates need.
 *
 * @module
 */

/** The tags of what is read here. */
export const Tag = {
  /** INTEGER */
  integer: 0x02,
  /** OCTET STRING */
  octets: 0x04,
  /** OBJECT IDENTIFIER */
  oid: 0x06,
  /** SEQUENCE */
  sequence: 0x30,
  /** SET */
  set: 0x31,
} as const;

/** One element. */
export interface Element {
  /** Its identifier octet. */
  readonly tag: number;
  /** What is in it. */
  readonly content: Uint8Array;
  /** All of it, with tag and length. */
  readonly whole: Uint8Array;
}

/** The elements that stand one after the other in bytes. Throws a TypeError for anything else. */
export function readElements(bytes: Uint8Array): Element[] {
  const elements: Element[] = [];
  let at = 0;
  while (at < bytes.length) {
    const tag = bytes[at]!;
    let length = bytes[at + 1];
    let start = at + 2;
    if (length === undefined || (tag & 0x1f) === 0x1f) throw broken();
    if (length >= 0x80) {
      const count = length - 0x80;
      // Indefinite lengths are for BER, and no certificate has 16 MiB.
      if (count === 0 || count > 3) throw broken();
      length = 0;
      for (const byte of bytes.subarray(start, start + count)) length = length * 256 + byte;
      start += count;
      if (length < 0x80 || length < 256 ** (count - 1)) throw broken();
    }
    const end = start + length;
    if (end > bytes.length) throw broken();
    elements.push({ tag, content: bytes.subarray(start, end), whole: bytes.subarray(at, end) });
    at = end;
  }
  return elements;
}

/** The one element that bytes are, which has that tag. Throws a TypeError when it is another. */
export function readElement(bytes: Uint8Array, tag: number): Element {
  const [element, ...rest] = readElements(bytes);
  if (element === undefined || element.tag !== tag || rest.length > 0) throw broken();
  return element;
}

/** An object identifier with dots. */
export function readOid(content: Uint8Array): string {
  const arcs: number[] = [];
  let arc = 0;
  for (const byte of content) {
    arc = arc * 128 + (byte & 0x7f);
    if (byte >= 0x80) continue;
    arcs.push(arc);
    arc = 0;
  }
  const [first = 0, ...others] = arcs;
  const root = Math.min(Math.floor(first / 40), 2);
  return [root, first - root * 40, ...others].join(".");
}

function broken(): TypeError {
  return new TypeError("This is no DER");
}
