/**
 * What a dictionary can say, in whatever format it came.
 *
 * @module
 */

/**
 * A value of a dictionary. Whole numbers and others stay apart, as Python has them: a `number` is a
 * whole one where `Number.isSafeInteger` says so and it is not -0; a larger whole number is a
 * `bigint`; any other `number` is a floating one, and a floating one that would look like a whole
 * one is a {@linkcode WholeFloat}. Made with {@linkcode whole} and {@linkcode float}.
 */
export type Value = string | number | bigint | WholeFloat | boolean | null | List | Dictionary;

/** Values in their order. */
export type List = readonly Value[];

/** Values by their names, in the order that they were written in. No name is there twice. */
export type Dictionary = ReadonlyMap<string, Value>;

/** A floating number without a fraction, like 1.0, that is no -0 and not beyond 2^53. */
export class WholeFloat {
  /** Takes the number. */
  constructor(
    /** See {@linkcode WholeFloat}. */
    readonly value: number,
  ) {}
}

/** A whole number as a value. */
export function whole(value: bigint): number | bigint {
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

/** A floating number as a value. */
export function float(value: number): number | WholeFloat {
  return isWhole(value) ? new WholeFloat(value) : value;
}

/** Whether a value that is a `number` or a `bigint` is a whole number. */
export function isWhole(value: number | bigint): boolean {
  return typeof value === "bigint" || (Number.isSafeInteger(value) && !Object.is(value, -0));
}

/** Whether a value is a dictionary. */
export function isDictionary(value: Value): value is Dictionary {
  return value instanceof Map;
}

/** Whether a value is a list. */
export function isList(value: Value): value is List {
  return Array.isArray(value);
}

/** Whether two values say the same, in the same order. A number that is none equals itself. */
export function sameValue(a: Value, b: Value): boolean {
  if (isDictionary(a)) {
    if (!isDictionary(b) || a.size !== b.size) return false;
    const others = b.entries();
    for (const [name, value] of a) {
      const [otherName, other] = others.next().value!;
      if (name !== otherName || !sameValue(value, other)) return false;
    }
    return true;
  }
  if (isList(a)) {
    return isList(b) && a.length === b.length && a.every((value, i) => sameValue(value, b[i]!));
  }
  if (a instanceof WholeFloat) return b instanceof WholeFloat && a.value === b.value;
  return Object.is(a, b);
}
