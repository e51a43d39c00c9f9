/**
 * Which dictionaries are manifests.
 *
 * @module
 */

import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  asDictionary,
  dictionaryOf,
  entriesOf,
  exactEntriesOf,
} from "../../lib/formats/entries.ts";
import { FormatError } from "../../lib/formats/format_error.ts";
import { type Dictionary, float, type Value } from "../../lib/formats/value.ts";
import { entriesProblem } from "../../lib/manifest/entries.ts";
import { anyDictionary } from "../helpers/dictionaries.ts";
import { test } from "../helpers/strict.ts";
import { anyEntries } from "./arbitraries.ts";

const dictionary = (...members: [string, Value][]): Dictionary => new Map(members);

test("any entries are the entries of their dictionary", () => {
  fc.assert(
    fc.property(anyEntries, (entries) => {
      assertEquals(entriesOf(dictionaryOf(entries)), entries);
      assertEquals(exactEntriesOf(dictionaryOf(entries)), entries);
      const list = entries.map(({ city, wagons }) =>
        dictionary(["city", city], ["wagons", wagons])
      );
      assertEquals(asDictionary(list), dictionaryOf(entries));
    }),
    { numRuns: 1_000 },
  );
});

test("what is a manifest keeps the rules of entries, whatever dictionary it is", () => {
  fc.assert(
    fc.property(anyDictionary(), (dictionary) => {
      const entries = entriesOf(dictionary);
      if (typeof entries !== "string") assertEquals(entriesProblem(entries), undefined);
      assertEquals(asDictionary(dictionary), dictionary);
    }),
    { numRuns: 1_000 },
  );
});

test("names are normalised; then it says not exactly what the dictionary says", () => {
  const decomposed = dictionary(["e\u0301", 7]);
  assertEquals(entriesOf(decomposed), [{ city: "\u00e9", wagons: 7 }]);
  assertEquals(exactEntriesOf(decomposed), undefined);
});

test("what is no manifest is none for a reason", () => {
  const cases: [Dictionary, string][] = [
    [dictionary(), "no entry"],
    [dictionary(["A", "7"]), "has a text where a whole number"],
    [dictionary(["A", float(7)]), "has a floating number where"],
    [dictionary(["A", 1.5]), "A has 1.5 wagons"],
    [dictionary(["A", -0]), "has a floating number where"],
    [dictionary(["A", 2n ** 64n]), "has a number beyond 2^53 where"],
    [dictionary(["A", true]), "has true or false where"],
    [dictionary(["A", null]), "has nothing where"],
    [dictionary(["A", [7]]), "has a list where"],
    [dictionary(["A", dictionary()]), "has a dictionary where"],
    [dictionary(["A=", "7"]), "The city \"A=\" has a '='."],
    [dictionary(["A", -1]), "A has -1 wagons"],
    [dictionary(["A", 4_294_967_296]), "A has 4294967296 wagons"],
    [dictionary(["a=b", 7]), "has a '='"],
    [dictionary(["e\u0301", 7], ["\u00e9", 8]), "comes twice"],
    [dictionary(["x".repeat(5_000), 7]), "is longer than 1000 characters"],
  ];
  for (const [dictionary, reason] of cases) {
    assertStringIncludes(String(entriesOf(dictionary)), reason);
    assertEquals(exactEntriesOf(dictionary), undefined);
  }
});

test("a value or a list that is no dictionary is refused", () => {
  const entry = (city: Value, wagons: Value) => dictionary(["city", city], ["wagons", wagons]);
  const cases: [Value, string][] = [
    ["text", "a single value"],
    [null, "a single value"],
    [[7], "the value 1 of the list is no entry {city, wagons}"],
    [[entry("A", 7), entry(7, 7)], "the value 2 of the list is no entry"],
    [[dictionary(["city", "A"])], "the value 1 of the list is no entry"],
    [[dictionary(["city", "A"], ["wagons", 7], ["x", 1])], "the value 1 of the list is no entry"],
    [[entry("A", 7), entry("A", 8)], 'the city "A" comes twice'],
  ];
  for (const [value, reason] of cases) {
    assertThrows(() => asDictionary(value), FormatError, reason);
  }
  assertEquals(asDictionary([]), dictionary());
});
