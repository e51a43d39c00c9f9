/** Pickles that were made to do harm, or are cut off: each is refused, by what it is. */

import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import { FormatError } from "../../lib/formats/format_error.ts";
import { pickleFormat } from "../../lib/formats/pickle.ts";
import { HOSTILE_PICKLES, raw } from "./hostile_pickles.ts";
import { test } from "../helpers/strict.ts";

for (const { name, make, refused, hasEnd = false } of HOSTILE_PICKLES) {
  test(`a hostile pickle is refused: ${name}`, () => {
    const bytes = make();
    const error = assertThrows(() => pickleFormat.read(bytes), FormatError);
    assertStringIncludes(error.message, refused);
    const find = () => pickleFormat.findEnd().push(bytes);
    if (hasEnd) {
      const end = find();
      assert(end !== undefined && end > 0, "it has an end");
      assertEquals(bytes[end - 1], 0x2e);
    } else assertStringIncludes(assertThrows(find, FormatError).message, refused);
  });
}

test("there are more than a hundred hostile pickles, each with a name of its own", () => {
  const names = new Set(HOSTILE_PICKLES.map(({ name }) => name));
  assertEquals(names.size, HOSTILE_PICKLES.length);
  assert(names.size > 100, `${names.size}`);
});

test("the error tells the byte at which the opcode is", () => {
  const read = (text: string) => assertThrows(() => pickleFormat.read(raw(text)), FormatError);
  assertEquals(read("}Va\ncos\nsystem\ns.").at, { byte: 4 });
  assertEquals(read("}Va\nK\x01sVa\nK\x02s.").at, { byte: 12 });
  assertEquals(read("}Va\nX\xff\xff\xff\xff").at, { byte: 4 });
  const finder = pickleFormat.findEnd();
  assertEquals(finder.push(raw("}Va")), undefined);
  assertEquals(finder.push(raw("\nK\x01")), undefined);
  assertEquals(assertThrows(() => finder.push(raw("sb")), FormatError).at, { byte: 7 });
});

const WHOLE: [name: string, bytes: string][] = [
  ["protocol 0", "(dp0\nVcity\np1\nI7\nsVb\np2\n(lp3\nF1.5\naL5L\naI01\nasS'x'\nNs."],
  ["protocol 1", "}q\0(X\x01\0\0\0aq\x01K\x07X\x01\0\0\0b](Gxxxxxxxx00eu."],
  [
    "protocol 4",
    "\x80\x04\x95\x14\0\0\0\0\0\0\0}\x94(\x8c\x01a\x94M\x01\x02\x8c\x01b\x94\x8a\x02\x01\x02u.",
  ],
  [
    "long lengths",
    "\x80\x02}(X\x03\0\0\0abc\x8b\x03\0\0\0\x01\x02\x03\x8d\x01\0\0\0\0\0\0\0dJ\x01\0\0\0u.",
  ],
];
for (const [name, text] of WHOLE) {
  test(`a pickle that is cut off at any byte needs more, and is refused: ${name}`, () => {
    const bytes = raw(text);
    assertEquals(pickleFormat.findEnd().push(bytes), bytes.length);
    for (let cut = 0; cut < bytes.length; cut++) {
      const finder = pickleFormat.findEnd();
      assertEquals(finder.push(bytes.subarray(0, cut)), undefined);
      const error = assertThrows(() => finder.finish(), FormatError);
      assertEquals([error.what, error.at], ["the pickle is cut off before its STOP", {
        byte: cut,
      }]);
      assertThrows(() => pickleFormat.read(bytes.subarray(0, cut)), FormatError, "cut off");
    }
  });
}
