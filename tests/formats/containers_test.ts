/** How many lists and dictionaries a dictionary may have, which are cheap to write and dear to hold. */

import { assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { FormatError } from "../../lib/formats/format_error.ts";
import { FORMATS } from "../../lib/formats/mod.ts";
import type { FormatName } from "../../lib/formats/format.ts";
import type { Dictionary, List } from "../../lib/formats/value.ts";
import { MAX_DICTIONARY_CONTAINERS } from "../../lib/limits/formats.ts";
import { test } from "../helpers/strict.ts";

/** A dictionary with a list in it, and so many lists or dictionaries in all. */
function withContainers(count: number, make: () => List | Dictionary): Dictionary {
  return new Map([["a", Array.from({ length: count - 2 }, make)]]);
}

for (const [name, format] of FORMATS) {
  for (const make of [() => [], () => new Map()]) {
    const kind = Array.isArray(make()) ? "lists" : "dictionaries";
    test(`as many ${kind} as there may be are written and read: ${name}`, () => {
      const bytes = format.write(withContainers(MAX_DICTIONARY_CONTAINERS, make));
      const values = format.read(bytes).get("a") as List;
      assertEquals(values.length, MAX_DICTIONARY_CONTAINERS - 2);
      const tooMany = withContainers(MAX_DICTIONARY_CONTAINERS + 1, make);
      assertThrows(() => format.write(tooMany), FormatError, "more than 262144 lists and");
    });
  }
}

/** Small ones again and again, with the start and the end of a dictionary around them. */
const TOO_MANY: Record<Exclude<FormatName, "text">, readonly [string, string, string]> = {
  json: ['{"a":[', "{},", "0]}"],
  csv: ['key,value\na,"[', "[],", '0]"\n'],
  xml: ["<a><b>", '<item type="list"/>', "</b></a>"],
  msgpack: ["\x81\xa1a\xdd\0\x06\0\0", "\x80", ""],
  pickle: ["\x80\x02}U\x01a(", "}", "ls."],
};
for (const [name, [head, repeated, tail]] of Object.entries(TOO_MANY)) {
  test(`one list or dictionary too many is refused while it is read: ${name}`, () => {
    const format = FORMATS.get(name as FormatName)!;
    const text = head + repeated.repeat(0x60000) + tail;
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0));
    const { message } = assertThrows(() => format.read(bytes), FormatError);
    assertStringIncludes(message, "there are more than 262144 lists and dictionaries");
  });
}

test("lists and dictionaries are counted over all rows of a table", () => {
  const row = (i: number) => `${i},"[${"[],".repeat(9)}0]"\n`;
  const rows = Array.from({ length: 40_000 }, (_, i) => row(i)).join("");
  const read = () => FORMATS.get("csv")!.read(new TextEncoder().encode(`key,value\n${rows}`));
  // Ten in each row, the first of which is in line 2.
  assertThrows(
    read,
    FormatError,
    "there are more than 262144 lists and dictionaries, in line 26216",
  );
});

for (const name of ["json", "msgpack"] as const) {
  test(`whoever finds the end refuses one list or dictionary too many: ${name}`, () => {
    const [head, repeated] = TOO_MANY[name];
    const bytes = Uint8Array.from(head + repeated.repeat(0x60000), (c) => c.charCodeAt(0));
    const find = () => FORMATS.get(name)!.findEnd().push(bytes);
    assertThrows(find, FormatError, "more than 262144 lists and dictionaries");
  });
}
