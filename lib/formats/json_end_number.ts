/**
 * The grammar of a number in JSON, byte by byte.
 *
 * @module
 */

/** What was there last in a number. */
export const NumberPart = {
  minus: 0,
  zero: 1,
  digits: 2,
  point: 3,
  fraction: 4,
  exponent: 5,
  sign: 6,
  power: 7,
} as const;

/** One of them. */
export type NumberPart = (typeof NumberPart)[keyof typeof NumberPart];

const { minus, zero, digits, point, fraction, exponent, sign, power } = NumberPart;

/** What a byte that a number begins with is; `undefined`: none begins with it. */
export function firstInNumber(byte: number): NumberPart | undefined {
  return byte === MINUS ? minus : nextInNumber(minus, byte);
}

/** What a byte is behind that part; `undefined`: the number has ended, or is none. */
export function nextInNumber(part: NumberPart, byte: number): NumberPart | undefined {
  if (byte >= ZERO && byte <= NINE) {
    switch (part) {
      case minus:
        return byte === ZERO ? zero : digits;
      case zero:
        return undefined;
      case digits:
        return digits;
      case point:
      case fraction:
        return fraction;
      default:
        return power;
    }
  }
  if (byte === POINT) return part === zero || part === digits ? point : undefined;
  if (byte === SMALL_E || byte === CAPITAL_E) {
    return part === zero || part === digits || part === fraction ? exponent : undefined;
  }
  return (byte === PLUS || byte === MINUS) && part === exponent ? sign : undefined;
}

/** Whether a number can end there. */
export function isComplete(part: NumberPart): boolean {
  return part === zero || part === digits || part === fraction || part === power;
}

const PLUS = 0x2b;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const CAPITAL_E = 0x45;
const SMALL_E = 0x65;
