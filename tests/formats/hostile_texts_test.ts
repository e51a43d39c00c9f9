/** XML, JSON, MessagePack and csv that were made to do harm. */

import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { FormatError } from "../../lib/formats/format_error.ts";
import { formatOf } from "../../lib/formats/mod.ts";
import { test } from "../helpers/strict.ts";
import { HOSTILE_TEXTS } from "./hostile_texts.ts";

for (const { name, format, make, refused } of HOSTILE_TEXTS) {
  const outcome = refused === undefined ? "is read as data" : "is refused";
  test(`hostile ${format} ${outcome}: ${name}`, () => {
    const read = () => formatOf(format).read(make());
    if (refused !== undefined) {
      assertStringIncludes(assertThrows(read, FormatError).message, refused);
      return;
    }
    assertEquals(formatOf(format).read(formatOf(format).write(read())), read());
    assertEquals(Object.keys(Object.prototype), []);
  });
}

test("there are hostile texts of each kind", () => {
  const formats = HOSTILE_TEXTS.map(({ format }) => format);
  assertEquals([...new Set(formats)], ["xml", "json", "msgpack", "csv"]);
  assert(HOSTILE_TEXTS.some(({ refused }) => refused === undefined));
});
