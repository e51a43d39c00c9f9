/** Which bytes look like a pickle. */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { formatManifestText } from "../../lib/manifest/text.ts";
import { looksLikePickle } from "../../lib/formats/pickle_detect.ts";
import { test } from "../helpers/strict.ts";
import { raw } from "./hostile_pickles.ts";
import { anyPickle } from "./pickle_arbitraries.ts";

const PICKLES = [
  ...[
    "\x80\0N.",
    "\x80\x05}.",
    "(dp0\nVa\np1\nI1\ns.",
    "(dp1\n.",
    "(lp0\n.",
    "}q\0.",
    "}q\x01U\x01aK\x05s.",
  ],
  ...["]q\0.", "}X\x01\0\0\0aK\x05s.", "(X\x01\0\0\0aK\x01d.", "(dVa\nI1\ns.", "(dS'a'\nI1\ns."],
  ...["}.", "].", "(d.", "(l.", ").", "}.gAAAAA", "(K\x01l.", "}(Va\nK\x01u.", "](I1\nI2\ne."],
  ...["cos\nsystem\n(S'ls'\ntR.", "c__builtin__\neval\n(S'1'\ntR.", "(S'ls'\nios\nsystem\n."],
  ...["(cos\nsystem\nS'ls'\no.", "(i__main__\nX\n.", "S'os'\nS'system'\n\x93.", "(Pid\nI1\nl."],
  ...["\x80\x06}.", "cmy.module\nSome_Name\n.", "(l\x88.", "}\x94."],
];
const OTHERS = [
  ...[
    "Москва = 7\n",
    "(Near) = 3\n",
    "(dVor) = 7\n",
    "(list) = 5\n",
    "}q = 5\n",
    "}. = 5\n",
    "].=3\n",
  ],
  ...[
    "cos = 5\ntos = 6\n",
    "c\n",
    "Vologda = 7\nIvanovo = 5\n",
    "(Vologda = 7\n",
    "(I = 5\n",
    "(S = 5\n",
  ],
  ...[
    "Salsk = 4\n",
    "S'x' = 5\n",
    "# a comment\n",
    "\n\n",
    "city,wagons\nA,3\n",
    "key,value\na,1\n",
  ],
  ...['{"a": 1}', '[{"city": "A", "wagons": 1}]', "<a/>", '<?xml version="1.0"?><d/>', " {}"],
  ...[
    "\x81\xa1a\x01",
    "\x8f",
    "\xde\0\x01",
    "\xdf\0\0\0\x01",
    "\x80gAAAAABm",
    "\x90",
    "gAAAAABm",
    ".",
  ],
  ...[
    "N.",
    "I1\n.",
    "(e) = 5\n",
    "(.) = 5\n",
    "(q) = 5\n",
    "](1) = 4\n",
    ").) = 4\n",
    "}(a) = 4\n",
  ],
];

function text(characters: string): Uint8Array {
  return /[^\0-\xff]/.test(characters) ? new TextEncoder().encode(characters) : raw(characters);
}

/** What is said of all beginnings: "more" up to one of them, and one answer from there on. */
function answers(bytes: Uint8Array): (boolean | "more")[] {
  const all = Array.from({ length: bytes.length }, (_, i) => looksLikePickle(bytes.subarray(0, i)));
  const decided = all.findIndex((answer) => answer !== "more");
  return decided < 0 ? [] : [...new Set(all.slice(decided))];
}

for (const [isPickle, samples] of [[true, PICKLES], [false, OTHERS]] as const) {
  for (const sample of samples) {
    const what = isPickle ? "a pickle" : "no pickle";
    test(`${JSON.stringify(sample)} looks like ${what}, and no beginning says otherwise`, () => {
      const bytes = text(sample);
      assertEquals(looksLikePickle(bytes, true), isPickle);
      const early = answers(bytes);
      assert(early.length === 0 || (early.length === 1 && early[0] === isPickle), `${early}`);
    });
  }
}

test("nothing, and what may be an empty map of MessagePack, wait for more", () => {
  assertEquals(looksLikePickle(new Uint8Array()), "more");
  assertEquals(looksLikePickle(raw("\x80")), "more");
  assertEquals(looksLikePickle(raw("}.")), "more");
  assertEquals(looksLikePickle(raw("}.gAA")), "more");
  assertEquals(looksLikePickle(raw("\x80"), true), false);
  assertEquals(looksLikePickle(new Uint8Array(), true), false);
  // A line without an end decides after some thousands of bytes.
  assertEquals(looksLikePickle(raw(`(V${"a".repeat(4_000)}`)), "more");
  assertEquals(looksLikePickle(raw(`(V${"a".repeat(5_000)}`)), false);
});

test("pickles that are written look like ones by two bytes (property)", () => {
  fc.assert(
    fc.property(anyPickle, (pickle) => {
      assertEquals(looksLikePickle(pickle.subarray(0, 2)), true);
      assertEquals(looksLikePickle(pickle.subarray(0, 1)), "more");
    }),
    { numRuns: 1000 },
  );
});

test("the text of a manifest looks like no pickle, whatever its cities are called (property)", () => {
  // What pickles begin with comes in cities too.
  const unit = fc.oneof(
    fc.constantFrom(..."(){}[].cdilpqstVSIXK01'"),
    fc.string({ unit: "grapheme", maxLength: 1, minLength: 1 }),
  );
  const city = fc.string({ unit, minLength: 1, maxLength: 8 })
    .map((name) => name.normalize("NFC").trim())
    .filter((name) => /^[^=#\p{C}\p{Zl}\p{Zp}][^=\p{C}\p{Zl}\p{Zp}]*$/u.test(name));
  const entries = fc.array(fc.record({ city, wagons: fc.nat() }), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(entries, (entries) => {
      const bytes = new TextEncoder().encode(formatManifestText(entries));
      assertEquals(looksLikePickle(bytes, true), false);
      for (let cut = 0; cut < bytes.length; cut++) {
        assert(looksLikePickle(bytes.subarray(0, cut)) !== true, `cut at ${cut}`);
      }
    }),
    { numRuns: 3000 },
  );
});

test("it answers for any bytes (property)", () => {
  const anyStart = fc.constantFrom(..."()[]}cS\x80");
  fc.assert(
    fc.property(anyStart, fc.uint8Array({ maxLength: 40 }), (start, rest) => {
      const bytes = new Uint8Array([...raw(start), ...rest]);
      assertEquals(typeof looksLikePickle(bytes, true), "boolean");
      const early = answers(bytes);
      assert(early.length <= 1, `${early}`);
      if (early.length === 1) assertEquals(looksLikePickle(bytes, true), early[0]);
    }),
    { numRuns: 3000 },
  );
});
