/**
 * Writing DER (X.690), as much of it as a certificate needs.
 *
 * @module
 */

import { concat } from "../bytes.ts";

/** An element: its identifier octet, its length, and what is in it. */
export function element(tag: number, ...content: Uint8Array[]): Uint8Array {
  const bytes = concat(content);
  const length: number[] = [];
  if (bytes.length < 0x80) length.push(bytes.length);
  else {
    for (let rest = bytes.length; rest > 0; rest = Math.floor(rest / 256)) {
      length.unshift(rest % 256);
    }
    length.unshift(0x80 + length.length);
  }
  return concat([Uint8Array.of(tag, ...length), bytes]);
}

/** SEQUENCE */
export function sequence(...content: Uint8Array[]): Uint8Array {
  return element(0x30, ...content);
}

/** SET of one */
export function set(content: Uint8Array): Uint8Array {
  return element(0x31, content);
}

/** INTEGER, of the bytes of a number that is not negative. */
export function integer(bytes: Uint8Array): Uint8Array {
  const first = bytes.findIndex((byte) => byte !== 0);
  const digits = first === -1 ? Uint8Array.of(0) : bytes.subarray(first);
  // The first bit is the sign.
  return element(0x02, ...digits[0]! >= 0x80 ? [Uint8Array.of(0)] : [], digits);
}

/** OBJECT IDENTIFIER, of its form with dots. */
export function oid(text: string): Uint8Array {
  const [first, second, ...arcs] = text.split(".").map(Number) as [number, number, ...number[]];
  const bytes = [first * 40 + second, ...arcs].flatMap((arc) => {
    const groups = [arc % 128];
    for (let rest = Math.floor(arc / 128); rest > 0; rest = Math.floor(rest / 128)) {
      groups.unshift(0x80 + rest % 128);
    }
    return groups;
  });
  return element(0x06, Uint8Array.from(bytes));
}

/** UTF8String */
export function utf8(text: string): Uint8Array {
  return element(0x0c, new TextEncoder().encode(text));
}

/** BOOLEAN TRUE. A FALSE that is a default is left out. */
export function yes(): Uint8Array {
  return element(0x01, Uint8Array.of(0xff));
}

/** OCTET STRING */
export function octets(content: Uint8Array): Uint8Array {
  return element(0x04, content);
}

/** BIT STRING, of which the last so many bits are not used. */
export function bits(content: Uint8Array, unusedBits = 0): Uint8Array {
  return element(0x03, Uint8Array.of(unusedBits), content);
}

/** UTCTime until 2049 and GeneralizedTime from then on, as RFC 5280 wants it (section 4.1.2.5). */
export function time(timeMs: number): Uint8Array {
  const [date, clock] = new Date(timeMs).toISOString().replaceAll(/[-:]/g, "").split(/T|\./);
  const isLate = Number(date!.slice(0, 4)) >= 2050;
  const text = `${isLate ? date! : date!.slice(2)}${clock!}Z`;
  return element(isLate ? 0x18 : 0x17, new TextEncoder().encode(text));
}
