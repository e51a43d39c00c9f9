import { assertEquals } from "@std/assert";
import * as fc from "fast-check";
import type { Dictionary } from "../../lib/formats/value.ts";
import { DictInput } from "../../lib/listeners/dict_input.ts";
import { PendingShare } from "../../lib/listeners/pending_bytes.ts";
import { FREE_PENDING_BYTES } from "../../lib/limits/http.ts";
import { concat } from "../helpers/raw_client.ts";
import { test } from "../helpers/strict.ts";
import { dataToken } from "../helpers/tokens.ts";

const utf8 = (text: string) => new TextEncoder().encode(text);
const input = (isHeld = true, pending = new PendingShare(Infinity)) =>
  new DictInput({ maxBytes: 1_000_000, isHeld, pending });

function framed(kind: number, bytes: Uint8Array): Uint8Array {
  const header = new Uint8Array(5);
  new DataView(header.buffer).setUint32(0, bytes.length);
  header[4] = kind;
  return concat(header, bytes);
}

/** Bytes in pieces, cut anywhere. */
function pieces(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const at = [...new Set(cuts.map((cut) => cut % bytes.length))].sort((a, b) => a - b);
  return [0, ...at].map((from, i) => bytes.subarray(from, at[i] ?? bytes.length))
    .filter(({ length }) => length > 0);
}

test("dict input: in any cuts the parts are the same, framed or not, with a token or without", () => {
  const names = fc.dictionary(fc.string({ unit: "grapheme" }), fc.string({ unit: "grapheme" }));
  fc.assert(
    fc.property(
      names,
      fc.option(fc.uint8Array({ maxLength: 200 })),
      fc.boolean(),
      fc.array(fc.nat(), { maxLength: 20 }),
      (object, data, isFramed, cuts) => {
        const json = utf8(JSON.stringify(object));
        const token = data === null ? undefined : utf8(dataToken(data));
        const parts = isFramed
          ? [framed(2, json), ...(token === undefined ? [] : [framed(0, token)])]
          : [json, ...(token === undefined ? [] : [token])];
        const taken = input();
        for (const piece of pieces(concat(...parts), cuts)) taken.push(piece.slice());
        const found = taken.finish();
        const read: Dictionary = found.dictionary.read();
        assertEquals(JSON.stringify(Object.fromEntries(read)), JSON.stringify(object));
        assertEquals([found.hasToken, found.token], [token !== undefined, token]);
      },
    ),
    { numRuns: 1000 },
  );
});

test("dict input: a token that is not held is looked at all the same", () => {
  const taken = input(false);
  taken.push(utf8('{"a": 1}'));
  taken.push(utf8(dataToken("x")));
  const { hasToken, token } = taken.finish();
  assertEquals([hasToken, token], [true, undefined]);
});

test("dict input: gives back all the room that it took", () => {
  const pending = new PendingShare(FREE_PENDING_BYTES);
  for (let i = 0; i < 10; i++) {
    for (
      const bytes of [`{"a": "${"x".repeat(20_000)}"}`, `{"a": 1}${dataToken("x".repeat(9_000))}`]
    ) {
      const taken = input(true, pending);
      taken.push(utf8(bytes));
      taken.finish();
      taken.release();
      taken.release();
    }
  }
});
