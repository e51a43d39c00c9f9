/**
 * Random manifests and streams for the tests of formats.
 *
 * @module
 */

import fc from "fast-check";
import { cityProblem } from "../../lib/manifest/entries.ts";
import { sealFernet } from "../../lib/seal/fernet.ts";
import type { Entry } from "../../lib/wire/messages.ts";

/** Names that mean something in a format, or to JavaScript. */
export const ODD_CITIES = [
  ...["1941", "0", "-1", "007", "1.5", "1e3", "NaN", "true", "null", "None", "", " "],
  ...["__proto__", "constructor", "toString", "city,wagons", "key,value", "city;wagons", "city"],
  ...["item", "key", "name", "data", "xml", "xmlns", "a:b", "type", "-a", "a.b", "a b", "ключ"],
  ...['"', '""', '"a"', "'", ",", ";", "a,b", 'a"b\\c', "\\", "\\u0041", "\\n", "&", "&amp;"],
  ...["<", ">", "<x>", "</data>", "<?xml?>", "<!--", "]]>", "{", "}", "{x}", '{"x', "[", "[]"],
  ...[
    "{}",
    "(x",
    "(dp0",
    "(dVa",
    "(lp0",
    "]",
    "}.",
    "].gAAAAA",
    "c",
    "cos",
    "S'a'",
    "I1",
    ".",
  ],
  ...["gAAAAA", "gAAAAABl", `gAAAAA${"A".repeat(990)}`, "{}gAAAAA", "g", "x".repeat(1000)],
  ...["Москва", "Нижний Новгород", "Ёж", "Köln", "東京", "މާލެ", "ߞ", "ܐ", "🚂", "👩‍🚒", "a\u200bb"],
  ...["\u200b", "a\u00a0b", "a\u3000b", "\u200f", "\ufffd", "\uffff", "\ufffe", "\u{10ffff}", "é"],
].filter((city) => cityProblem(city) === undefined);

const wagons = fc.oneof(
  fc.integer({ min: 0, max: 4_294_967_295 }),
  fc.constantFrom(0, 1, 4_294_967_294, 4_294_967_295),
);

/** Any name of a city. */
export const anyCity: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(...ODD_CITIES),
  fc.string({ unit: "binary", minLength: 1, maxLength: 12, size: "max" }),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 12, size: "max" }),
  fc.array(fc.constantFrom(..."<>{}[]()\"'\\&;,.:!?/-_ 0a"), { minLength: 1, maxLength: 8 })
    .map((parts) => parts.join("")),
).filter((city) => cityProblem(city) === undefined);

/** Any entries of a manifest. */
export const anyEntries: fc.Arbitrary<Entry[]> = fc.uniqueArray(
  fc.record({ city: anyCity, wagons }),
  { selector: ({ city }) => city, minLength: 1, maxLength: 10, size: "max" },
);

/** A token of a file of so many bytes. */
export function tokenOf(bytes: number): string {
  const plaintext = new Uint8Array(bytes).fill(0x41);
  const options = { timeS: 1_800_000_000, iv: new Uint8Array(16).fill(7) };
  return sealFernet(new Uint8Array(32).fill(9), plaintext, options);
}
