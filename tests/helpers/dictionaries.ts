/**
 * Random dictionaries: as arbitraries of fast-check, and fast ones from a seed, for many. And a form
 * of them that JSON carries without loss, for programs in other languages: see tests/interop/peers/
 * dictionaries.py.
 *
 * @module
 */

import fc from "fast-check";
import {
  type Dictionary,
  float,
  isDictionary,
  isList,
  isWhole,
  type Value,
  whole,
  WholeFloat,
} from "../../lib/formats/value.ts";

/** What random dictionaries may hold. */
export interface DictionaryRules {
  /** The least whole number. Default: -10^40. */
  readonly minWhole?: bigint;
  /** The greatest whole number. Default: 10^40. */
  readonly maxWhole?: bigint;
  /** NaN and the infinities too. Default: yes. */
  readonly withOddFloats?: boolean;
  /** Control characters and what XML cannot carry too. Default: yes. */
  readonly withControls?: boolean;
}

/** Whole numbers as MessagePack has them. */
export const MSGPACK_WHOLES: DictionaryRules = { minWhole: -(2n ** 63n), maxWhole: 2n ** 64n - 1n };

const WHOLES = [0, 7, 8, 15, 16, 31, 32, 53, 63, 64, 65, 100]
  .flatMap((bits) => [2n ** BigInt(bits) - 1n, 2n ** BigInt(bits), 2n ** BigInt(bits) + 1n])
  .concat(10n ** 30n, 10n ** 30n - 1n, 300n, 70_000n)
  .flatMap((number) => [number, -number]);
const FLOATS = [
  ...[0, -0, 1, -1, 0.1, 1.5, 1e3, 1e15, 1e16, 1e17, 1e21, 1e22, 1e-4, 1e-5, 1e-6, 1e-7, 5e-324],
  ...[Number.MAX_VALUE, Number.MIN_VALUE, Number.EPSILON, 2 ** 31, 2 ** 53, 2 ** 53 - 1, 2 ** 63],
  ...[2 ** 64, 1 / 3, 123456789.125, -2.5e-310, 3.4028234663852886e38, -1e100],
];
const ODD_FLOATS = [NaN, Infinity, -Infinity];
const TEXTS = [
  ...["", "Köln", "Łódź", "Москва", "Нижний Новгород", "東京", "🚂", "👩‍🚒", "1941", "0", "-1", "00"],
  ...["__proto__", "constructor", "city", "wagons", "item", "key", "type", "a b", " ", "a=b", "#"],
  ...['"', "\\", "'", "<&>", "]]>", "/", ",", ";", "\u2028\u2029", "\ufeff", "\ufffd", "\uffff"],
  ...[
    "true",
    "null",
    "None",
    "1.0",
    "1e3",
    "NaN",
    "nan",
    "Infinity",
    "e\u0301",
    "\u00a0",
    "\u202e",
  ],
];
const CONTROL_TEXTS = ["\n", "\r\n", "\t", "\0", "\u001b[2J", "\u007f", "\u0085", "a\nb", "\ufffe"];

/** Whether a text has what XML 1.0 cannot carry, or what its readers change. */
// deno-lint-ignore no-control-regex -- these are what it is about
const CONTROLS = /[\0-\x1f\x7f-\x9f\ufffe\uffff]/;

function textsOf({ withControls = true }: DictionaryRules): string[] {
  const texts = withControls ? [...TEXTS, ...CONTROL_TEXTS] : TEXTS;
  return texts.filter((text) => withControls || !CONTROLS.test(text));
}

function wholesOf({ minWhole = -(10n ** 40n), maxWhole = 10n ** 40n }: DictionaryRules): bigint[] {
  return WHOLES.filter((number) => number >= minWhole && number <= maxWhole);
}

function floatsOf({ withOddFloats = true }: DictionaryRules): number[] {
  return withOddFloats ? [...FLOATS, ...ODD_FLOATS] : FLOATS;
}

/** Any texts that are valid Unicode. */
export function anyText(rules: DictionaryRules = {}): fc.Arbitrary<string> {
  const { withControls = true } = rules;
  const random = fc.string({ unit: withControls ? "binary" : "grapheme", maxLength: 20 });
  return fc.oneof(fc.constantFrom(...textsOf(rules)), random)
    .filter((text) => text.isWellFormed() && (withControls || !CONTROLS.test(text)));
}

/** Any whole numbers. */
export function anyWhole(rules: DictionaryRules = {}): fc.Arbitrary<number | bigint> {
  const { minWhole: min = -(10n ** 40n), maxWhole: max = 10n ** 40n } = rules;
  return fc.oneof(fc.constantFrom(...wholesOf(rules)), fc.bigInt({ min, max })).map(whole);
}

/** Any floating numbers. */
export function anyFloat(rules: DictionaryRules = {}): fc.Arbitrary<number | WholeFloat> {
  const { withOddFloats = true } = rules;
  const options = { noNaN: !withOddFloats, noDefaultInfinity: !withOddFloats };
  return fc.oneof(fc.constantFrom(...floatsOf(rules)), fc.double(options)).map(float);
}

/** Any values, some levels deep. */
export function anyValue(rules: DictionaryRules = {}): fc.Arbitrary<Value> {
  return arbitraries(rules).value;
}

/** Any dictionaries, some levels deep. */
export function anyDictionary(rules: DictionaryRules = {}): fc.Arbitrary<Dictionary> {
  return arbitraries(rules).dictionary;
}

function arbitraries(
  rules: DictionaryRules,
): { value: fc.Arbitrary<Value>; dictionary: fc.Arbitrary<Dictionary> } {
  const name = anyText(rules);
  return fc.letrec<{ value: Value; dictionary: Dictionary }>((tie) => ({
    value: fc.oneof(
      { depthSize: "small", withCrossShrink: true },
      fc.oneof<fc.Arbitrary<Value>[]>(
        name,
        anyWhole(rules),
        anyFloat(rules),
        fc.boolean(),
        fc.constant(null),
      ),
      fc.array(tie("value"), { maxLength: 5 }),
      tie("dictionary"),
    ),
    dictionary: fc.uniqueArray(fc.tuple(name, tie("value")), {
      selector: ([name]) => name,
      maxLength: 8,
    }).map((members) => new Map(members)),
  }));
}

/**
 * Many random dictionaries, the same ones for the same seed: far faster than the arbitraries. One in
 * eight is a manifest.
 */
export function* randomDictionaries(
  count: number,
  seed: number,
  rules: DictionaryRules = {},
): Generator<Dictionary> {
  const random = new Random(seed, rules);
  for (let i = 0; i < count; i++) yield i % 8 === 0 ? random.manifest() : random.dictionary(0);
}

class Random {
  readonly #texts: string[];
  readonly #wholes: bigint[];
  readonly #floats: number[];
  readonly #min: bigint;
  readonly #max: bigint;
  #state: number;

  constructor(seed: number, rules: DictionaryRules) {
    this.#state = seed >>> 0;
    this.#texts = textsOf(rules);
    this.#wholes = wholesOf(rules);
    this.#floats = floatsOf(rules);
    this.#min = rules.minWhole ?? -(10n ** 40n);
    this.#max = rules.maxWhole ?? 10n ** 40n;
  }

  manifest(): Dictionary {
    const counts = new Map<string, Value>();
    const size = 1 + this.#below(8);
    for (let i = 0; i < size; i++) counts.set(this.#text(), this.#below(2 ** 32));
    return counts;
  }

  dictionary(depth: number): Dictionary {
    const values = new Map<string, Value>();
    const size = this.#below(7);
    for (let i = 0; i < size; i++) values.set(this.#text(), this.#value(depth + 1));
    return values;
  }

  #value(depth: number): Value {
    switch (this.#below(depth > 4 ? 8 : 10)) {
      case 0:
        return null;
      case 1:
        return this.#below(2) === 0;
      case 2:
        return whole(this.#pick(this.#wholes));
      case 3:
        return whole(this.#anyWhole());
      case 4:
        return float(this.#pick(this.#floats));
      case 5:
        return float(this.#anyFloat());
      case 6:
      case 7:
        return this.#text();
      case 8:
        return Array.from({ length: this.#below(5) }, () => this.#value(depth + 1));
      default:
        return this.dictionary(depth);
    }
  }

  #anyWhole(): bigint {
    let number = BigInt(this.#below(2 ** 32));
    for (let words = this.#below(4); words > 0; words--) {
      number = number * 2n ** 32n + BigInt(this.#below(2 ** 32));
    }
    number >>= BigInt(this.#below(32));
    if (this.#below(2) === 0) number = -number;
    if (number < this.#min) return this.#min;
    return number > this.#max ? this.#max : number;
  }

  #anyFloat(): number {
    const words = Uint32Array.of(this.#below(2 ** 32), this.#below(2 ** 32));
    const number = new Float64Array(words.buffer)[0]!;
    // Most floats of random bits are huge or tiny: half of them are as people have them.
    if (this.#below(2) === 0 || !Number.isFinite(number)) return this.#below(2 ** 32) / 1000;
    return number;
  }

  #text(): string {
    if (this.#below(2) === 0) return this.#pick(this.#texts);
    const units = ["abcdefgh XYZ012789_-", "абвгдеёжзийкЯЮЭ", "äöüßéñłŻ"][this.#below(3)]!;
    return Array.from({ length: this.#below(16) }, () => units[this.#below(units.length)]).join("");
  }

  #pick<T>(of: readonly T[]): T {
    return of[this.#below(of.length)]!;
  }

  /** A whole number from 0 to `bound` - 1. The generator is mulberry32. */
  #below(bound: number): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor(((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 * bound);
  }
}

/**
 * A value that JSON carries without loss: texts, true, false and null as they are; ["i", digits] for a
 * whole number, ["f", 16 hexadecimal digits of its bits] for a floating one, ["l", values...] for a
 * list, ["d", [name, value]...] for a dictionary.
 */
export type Told = string | boolean | null | [string, ...(string | Told | [string, Told])[]];

/** A value in the form that JSON carries without loss. */
export function tell(value: Value): Told {
  if (isDictionary(value)) {
    return ["d", ...Array.from(value, ([name, value]): [string, Told] => [name, tell(value)])];
  }
  if (isList(value)) return ["l", ...value.map(tell)];
  if (value instanceof WholeFloat) return tellFloat(value.value);
  if (typeof value === "bigint") return ["i", String(value)];
  if (typeof value !== "number") return value;
  return isWhole(value) ? ["i", String(value)] : tellFloat(value);
}

function tellFloat(number: number): Told {
  // One NaN for all of them.
  if (Number.isNaN(number)) return ["f", "nan"];
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, number);
  return ["f", new Uint8Array(view.buffer).toHex()];
}
