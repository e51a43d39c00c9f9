/**
 * What is written in a format is read as the same dictionary, and told by its content; and so on from
 * format to format.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { readDictionary } from "../../lib/formats/detect.ts";
import { dictionaryOf, entriesOf } from "../../lib/formats/entries.ts";
import { FORMAT_NAMES, type FormatName } from "../../lib/formats/format.ts";
import { formatOf, FORMATS } from "../../lib/formats/mod.ts";
import { type Dictionary, sameValue } from "../../lib/formats/value.ts";
import { formatManifestText } from "../../lib/manifest/text.ts";
import { anyDictionary, MSGPACK_WHOLES } from "../helpers/dictionaries.ts";
import { test } from "../helpers/strict.ts";
import { anyEntries, ODD_CITIES } from "./arbitraries.ts";

const RUNS = { numRuns: 2000 };

/** Each format once, as issue 6 has them in a row. */
const TOUR: readonly FormatName[] = ["text", "pickle", "xml", "msgpack", "csv", "json", "text"];

/** Writes a dictionary and reads it again, by its content and by its name. */
function through(name: FormatName, dictionary: Dictionary): Dictionary {
  const bytes = formatOf(name).write(dictionary);
  const read = readDictionary(bytes);
  assertEquals(read.format, name);
  assert(sameValue(read.dictionary, readDictionary(bytes, name).dictionary));
  return read.dictionary;
}

function tour(dictionary: Dictionary): Dictionary {
  return TOUR.reduce((dictionary, name) => through(name, dictionary), dictionary);
}

test("there is each format, under its name", () => {
  assertEquals([...FORMATS.keys()], [...FORMAT_NAMES]);
  for (const [name, format] of FORMATS) assertEquals(format.name, name);
});

for (const name of FORMAT_NAMES) {
  test(`${name}: any manifest is read as it was written`, () => {
    fc.assert(
      fc.property(anyEntries, (entries) => {
        assertEquals(entriesOf(through(name, dictionaryOf(entries))), entries);
      }),
      RUNS,
    );
  });

  test(`${name}: any dictionary is read as it was written`, () => {
    const dictionary = anyDictionary(name === "msgpack" ? MSGPACK_WHOLES : {});
    fc.assert(
      fc.property(dictionary, (dictionary) => {
        assert(sameValue(through(name, dictionary), dictionary));
      }),
      RUNS,
    );
  });
}

test("a manifest survives all formats, with equal entries in equal order", () => {
  fc.assert(
    fc.property(anyEntries, (entries) => {
      const end = entriesOf(tour(dictionaryOf(entries)));
      assertEquals(end, entries);
      assertEquals(
        new TextDecoder().decode(formatOf("text").write(dictionaryOf(entries))),
        formatManifestText(entries),
      );
    }),
    RUNS,
  );
});

test("each odd name survives all formats, alone and in front of the others", () => {
  assert(ODD_CITIES.length > 70);
  for (const city of ODD_CITIES) {
    const alone = [{ city, wagons: 7 }];
    assertEquals(entriesOf(tour(dictionaryOf(alone))), alone);
    const others = ODD_CITIES.filter((other) => other !== city);
    const all = [city, ...others].map((city, wagons) => ({ city, wagons }));
    assertEquals(entriesOf(tour(dictionaryOf(all))), all);
  }
});

test("any dictionary survives all formats", () => {
  fc.assert(
    fc.property(anyDictionary(MSGPACK_WHOLES), (dictionary) => {
      assert(sameValue(tour(dictionary), dictionary));
    }),
    RUNS,
  );
});

test("lines of text are lines: none has another line break in it", () => {
  fc.assert(
    fc.property(anyDictionary(), fc.constantFrom("text", "json", "csv"), (dictionary, name) => {
      const text = new TextDecoder().decode(formatOf(name as FormatName).write(dictionary));
      // deno-lint-ignore no-control-regex -- these steer terminals and break lines
      assert(!/[\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202A-\u202E\u2066-\u2069]/.test(text));
      const lines = { text: dictionary.size + 1, csv: dictionary.size + 1, json: 0 }[name]!;
      const isManifest = typeof entriesOf(dictionary) !== "string" && name === "text";
      assertEquals(text.split("\n").length - 1, lines - (isManifest ? 1 : 0));
    }),
    RUNS,
  );
});
