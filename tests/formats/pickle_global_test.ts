/**
 * What a refused pickle would import.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { globalAt } from "../../lib/formats/pickle_global.ts";
import { test } from "../helpers/strict.ts";
import { raw } from "./hostile_pickles.ts";

const at = (text: string, opcode: string) => globalAt(raw(text), text.indexOf(opcode));

test("what Python's picklers write is named", () => {
  const ordered =
    "\x80\x04\x95)\0\0\0\0\0\0\0\x8c\x0bcollections\x94\x8c\x0bOrderedDict\x94\x93\x94)R.";
  assertEquals(at(ordered, "\x93"), "collections.OrderedDict");
  assertEquals(at("\x80\x02ccollections\nOrderedDict\nq\0)R.", "c"), "collections.OrderedDict");
  assertEquals(at("(ios\nsystem\n.", "i"), "os.system");
  assertEquals(at("\x80\x04\x8c\x02os\x8c\x06system\x93.", "\x93"), "os.system");
});

test("what is no name, or stands elsewhere, is not shown", () => {
  assertEquals(at("cos\x1b[2J\nsystem\n.", "c"), undefined);
  assertEquals(at("cos\nsystem", "o"), undefined);
  assertEquals(at("cos", "c"), undefined);
  assertEquals(at(`c${"a".repeat(600)}\nb\n.`, "c"), undefined);
  assertEquals(at("\x80\x04h\0h\x01\x93.", "\x93"), undefined);
});

test("no bytes throw, and what is named can be shown", () => {
  const bytes = fc.array(
    fc.constantFrom(0x63, 0x69, 0x93, 0x8c, 0x94, 0x0a, 0x61, 0x2e, 0x1b, 0xff),
    {
      maxLength: 30,
    },
  );
  fc.assert(
    fc.property(bytes, fc.nat(30), (bytes, at) => {
      const name = globalAt(Uint8Array.from(bytes), at);
      assert(name === undefined || /^[\w.]+$/.test(name));
    }),
    { numRuns: 2_000 },
  );
});
