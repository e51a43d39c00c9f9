/**
 * Numbers as pickles have them.
 *
 * @module
 */

import { MAX_WHOLE_DIGITS } from "../limits/formats.ts";
import { FormatError } from "./format_error.ts";
import { float, whole, type WholeFloat } from "./value.ts";

/** The first whole number that has too many digits. */
const TOO_LARGE = 10n ** BigInt(MAX_WHOLE_DIGITS);

/** No whole number with as many digits as there may be is longer than this, with its sign. */
const MAX_LONG_BYTES = Math.ceil((MAX_WHOLE_DIGITS * Math.log2(10) + 1) / 8);

/**
 * A whole number in two's complement, the lowest byte first; no bytes are 0. `undefined`: it has more
 * than MAX_WHOLE_DIGITS digits.
 */
export function readLong(bytes: Uint8Array): number | bigint | undefined {
  const count = bytes.length;
  if (count === 0) return 0;
  const isNegative = bytes[count - 1]! >= 0x80;
  if (count <= 6) {
    let value = isNegative ? -(256 ** count) : 0;
    for (let i = 0; i < count; i++) value += bytes[i]! * 256 ** i;
    return value;
  }
  if (count > MAX_LONG_BYTES) return undefined;
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).reverse();
  const value = BigInt.asIntN(8 * count, BigInt(`0x${digits.join("")}`));
  return isShort(value) ? whole(value) : undefined;
}

/**
 * A whole number in two's complement, the lowest byte first, in as few bytes as can be.
 *
 * @throws {FormatError} when it has more than MAX_WHOLE_DIGITS digits.
 */
export function longBytes(value: bigint): Uint8Array {
  if (!isShort(value)) {
    throw new FormatError(`a whole number has more than ${MAX_WHOLE_DIGITS} digits`);
  }
  // A negative number has the bits of the one before its opposite, each turned, and a sign.
  const bits = (value < 0n ? ~value : value).toString(16);
  const count = Math.ceil(bits.length / 2) + (bits.length % 2 === 0 && bits[0]! >= "8" ? 1 : 0);
  const hex = BigInt.asUintN(8 * count, value).toString(16).padStart(2 * count, "0");
  return Uint8Array.from({ length: count }, (_, i) => {
    const at = hex.length - 2 * (i + 1);
    return parseInt(hex.slice(at, at + 2), 16);
  });
}

/**
 * A whole number in decimal digits as Python writes it, no other form that `int()` would take too.
 * `undefined`: it is none, or has too many digits.
 */
export function parseWhole(text: string): number | bigint | undefined {
  if (text.length > MAX_WHOLE_DIGITS + 1 || !/^(0|-?[1-9][0-9]*)$/.test(text)) return undefined;
  const value = BigInt(text);
  return isShort(value) ? whole(value) : undefined;
}

/** A floating number in decimal digits. `undefined`: it is none, or one that no double comes near. */
export function parseFloating(text: string): number | WholeFloat | undefined {
  const named = /^([+-]?)(?:(nan)|inf(?:inity)?)$/i.exec(text);
  if (named !== null) return named[2] !== undefined ? NaN : named[1] === "-" ? -Infinity : Infinity;
  if (!/^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? float(value) : undefined;
}

function isShort(value: bigint): boolean {
  return value < TOO_LARGE && value > -TOO_LARGE;
}
