/**
 * Dictionaries found in streams, in any format and any cuts, with and without a token behind them.
 *
 * @module
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { concat } from "../../lib/bytes.ts";
import { dictionaryOf } from "../../lib/formats/entries.ts";
import { FORMAT_NAMES, type FormatName } from "../../lib/formats/format.ts";
import { FormatError } from "../../lib/formats/format_error.ts";
import { formatOf } from "../../lib/formats/mod.ts";
import { DictionaryStream, type StreamedDictionary } from "../../lib/formats/stream.ts";
import { type Dictionary, sameValue, type Value } from "../../lib/formats/value.ts";
import { MAX_DICTIONARY_BYTES } from "../../lib/limits/formats.ts";
import { anyDictionary, MSGPACK_WHOLES } from "../helpers/dictionaries.ts";
import { test } from "../helpers/strict.ts";
import { anyEntries, tokenOf } from "./arbitraries.ts";

const RUNS = { numRuns: 1000 };

const manifest = dictionaryOf([{ city: "Москва", wagons: 7 }, { city: "{x}", wagons: 1941 }]);
const dictionary: Dictionary = new Map<string, Value>([
  ["key1", "Aljunaydi"],
  ["list", [1, 2.5, null, true, new Map([["item", "a\nb"]])]],
]);

/** What came of a stream: what it gave and all the bytes behind the dictionary. */
interface Streamed extends StreamedDictionary {
  readonly behind: string;
}

function stream(pieces: Iterable<Uint8Array>): Streamed {
  const stream = new DictionaryStream();
  let found: StreamedDictionary | undefined;
  const behind: Uint8Array[] = [];
  for (const piece of pieces) {
    if (found !== undefined) behind.push(piece);
    else {
      // What was passed in may be used again.
      const lent = piece.slice();
      found = stream.push(lent);
      lent.fill(0xff);
    }
  }
  found ??= stream.finish();
  const text = new TextDecoder().decode(concat([found.rest, ...behind])).trim();
  return { ...found, behind: text };
}

function* cut(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

function bytesOf(name: FormatName, dictionary: Dictionary, behind: string): Uint8Array {
  return concat([formatOf(name).write(dictionary), new TextEncoder().encode(behind)]);
}

for (const name of FORMAT_NAMES) {
  test(`${name}: at every cut, with and without a token behind it`, () => {
    let streams = 0;
    for (const written of [manifest, dictionary]) {
      for (const token of ["", tokenOf(0), tokenOf(100), tokenOf(3_000)]) {
        for (const [before, after] of [["", ""], ["\n", "\n"], [" \r\n\t", "\r\n"]]) {
          const bytes = bytesOf(name, written, before + token + after);
          const cuts = token.length > 500
            ? [1, 5, bytes.length - 1, bytes.length - token.length]
            : bytes.keys();
          for (const at of cuts) {
            const found = stream([bytes.subarray(0, at), bytes.subarray(at)]);
            assertEquals([found.format, found.behind], [name, token], `cut at ${at}`);
            assert(sameValue(found.read(), written));
            streams++;
          }
          const byBytes = stream(cut(bytes, 1));
          assertEquals([byBytes.format, byBytes.behind], [name, token]);
          assert(sameValue(byBytes.read(), written));
        }
      }
    }
    assert(streams > 1000);
  });

  test(`${name}: any dictionary, any manifest, in pieces of any size`, () => {
    const any = fc.oneof(
      anyDictionary(name === "msgpack" ? MSGPACK_WHOLES : {}),
      anyEntries.map(dictionaryOf),
    );
    const token = fc.constantFrom("", tokenOf(0), tokenOf(20), tokenOf(1_500));
    fc.assert(
      fc.property(any, token, fc.integer({ min: 1, max: 200 }), (written, token, size) => {
        const found = stream(cut(bytesOf(name, written, token), size));
        assertEquals([found.format, found.behind], [name, token]);
        assert(sameValue(found.read(), written));
      }),
      RUNS,
    );
  });
}

test("a dictionary with an end is given with the byte that ends it, once its format is clear", () => {
  for (const name of ["xml", "json", "msgpack", "pickle"] as const) {
    const many = new Map(Array.from({ length: 2_000 }, (_, i) => [`name ${i}`, "text"]));
    const bytes = formatOf(name).write(many);
    // White space behind the last `>` is no part of it.
    const end = name === "xml" ? bytes.length - 1 : bytes.length;
    const stream = new DictionaryStream();
    assertEquals(stream.push(bytes.subarray(0, end - 1)), undefined, name);
    const found = stream.push(bytes.subarray(end - 1, end));
    assertEquals([found?.format, found?.read().size], [name, 2_000]);
  }
});

test("the token behind a text is the caller's as soon as it is longer than any name", () => {
  for (const name of ["text", "csv"] as const) {
    const stream = new DictionaryStream();
    const token = tokenOf(100_000);
    const found = stream.push(bytesOf(name, manifest, token.slice(0, 2_000)));
    assertEquals(new TextDecoder().decode(found?.rest), token.slice(0, 2_000));
    assert(sameValue(found!.read(), manifest));
  }
});

test("text and csv: a line that only begins like a token is a line", () => {
  const city = `gAAAAA${"B".repeat(994)}`;
  const odd = dictionaryOf([{ city: "A", wagons: 1 }, { city, wagons: 2 }, {
    city: "gAAAAA",
    wagons: 3,
  }]);
  for (const name of ["text", "csv"] as const) {
    const found = stream(cut(bytesOf(name, odd, ""), 7));
    assertEquals(found.behind, "");
    assert(sameValue(found.read(), odd));
  }
});

test("csv: a line that is a token, inside quotes, is a part of a name", () => {
  const name = `a\n${tokenOf(2_000)}\nb`;
  const table = new TextEncoder().encode(`key,value\n"${name}",1\nb,"[1,""\\n""]"\n`);
  const found = stream(cut(table, 100));
  assertEquals(found.read(), new Map<string, Value>([[name, 1], ["b", [1, "\n"]]]));
});

test("a token directly behind the last digit of a text is refused with its line", () => {
  for (const token of [tokenOf(10), tokenOf(5_000)]) {
    const bytes = new TextEncoder().encode(`A = 1\nМосква = 7${token}`);
    assertThrows(() => stream([bytes]).read(), FormatError, "line 2");
  }
});

test("XML as ElementTree writes it, with the token directly behind it", () => {
  const xml = "<data><key1>Aljunaydi</key1><Azmi>Dong</Azmi><Thomas>Adhir</Thomas></data>";
  const token = tokenOf(120);
  const bytes = new TextEncoder().encode(xml + token);
  for (const at of bytes.keys()) {
    const found = stream([bytes.subarray(0, at), bytes.subarray(at)]);
    assertEquals([found.format, found.behind], ["xml", token]);
    assertEquals([...found.read()], [["key1", "Aljunaydi"], ["Azmi", "Dong"], [
      "Thomas",
      "Adhir",
    ]]);
  }
});

test("no bytes, white space, a token alone, and what is cut off are refused", () => {
  const json = formatOf("json").write(dictionary);
  for (
    const [bytes, reason] of [
      [new Uint8Array(), "no byte has come"],
      [new TextEncoder().encode(" \r\n"), "there is no line"],
      [new TextEncoder().encode(tokenOf(10)), "there is no line"],
      [new TextEncoder().encode(tokenOf(5_000)), "there is no line"],
      [json.subarray(0, 10), "ends"],
      [formatOf("xml").write(dictionary).subarray(0, -10), "ends too soon"],
      [formatOf("pickle").write(dictionary).subarray(0, -1), ""],
      [formatOf("msgpack").write(dictionary).subarray(0, -1), ""],
    ] as const
  ) {
    assertThrows(() => stream([bytes]).read(), FormatError, reason);
    assertThrows(() => stream(cut(bytes, 1)).read(), FormatError, reason);
  }
});

test("once it has given or refused a dictionary it takes no more", () => {
  const given = new DictionaryStream();
  given.push(formatOf("pickle").write(manifest));
  assertThrows(() => given.push(new Uint8Array(1)), Error, "Cannot take more bytes");
  assertThrows(() => given.finish(), Error, "Cannot take more bytes");
  const refused = new DictionaryStream();
  assertThrows(() => refused.push(new TextEncoder().encode("<!DOCTYPE x\n>")), FormatError, "DTD");
  assertThrows(() => refused.finish(), Error, "Cannot take more bytes");
});

test("a dictionary beyond the bound is refused while it comes, what follows is not counted", () => {
  const chunk = new TextEncoder().encode(`${"#".repeat(1_023)}\n`.repeat(1_024));
  const stream = new DictionaryStream();
  stream.push(new TextEncoder().encode("A = 1\n"));
  for (let sent = 0; sent + chunk.length < MAX_DICTIONARY_BYTES; sent += chunk.length) {
    assertEquals(stream.push(chunk), undefined);
  }
  assertThrows(() => stream.push(chunk), FormatError, `larger than ${MAX_DICTIONARY_BYTES}`);

  const rest = new Uint8Array(MAX_DICTIONARY_BYTES).fill(0x41);
  const found = new DictionaryStream().push(concat([formatOf("pickle").write(manifest), rest]));
  assertEquals(found?.rest.length, rest.length);
});

test("any bytes: a dictionary or a FormatError, and the same one in any cuts", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      ...["<a>", "</a>", "<item/>", "<!--", "-->", "{", "}", '"a"', ":", ",", "1", "[", "]", "\n"],
      ...["city,wagons\n", "key,value\n", "A = 1\n", "{x} = 1\n", " = ", "gAAAAA", tokenOf(0)],
      ...["(dp0\n", "Va\np1\n", "I1\n", "s.", "\ufeff", "މ", "\0", "# wagons: dictionary\n", "="],
    ).map((text) => new TextEncoder().encode(text)),
    fc.uint8Array({ maxLength: 6 }),
    fc.constantFrom(0x80, 0x81, 0x92, 0xde, 0xdf, 0x05, 0xa1, 0xff).map((byte) =>
      Uint8Array.of(byte)
    ),
  );
  const told = (pieces: Iterable<Uint8Array>) => {
    try {
      const { format, read, behind } = stream(pieces);
      const dictionary = read();
      return [format, dictionary, behind];
    } catch (error) {
      if (error instanceof FormatError) return "refused";
      throw error;
    }
  };
  let taken = 0;
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }).map(concat), fc.nat(8), (bytes, size) => {
      const whole = told([bytes]);
      assertEquals(told(cut(bytes, size + 1)), whole);
      if (whole !== "refused") taken++;
    }),
    { numRuns: 5_000 },
  );
  assert(taken > 100, `${taken}`);
});
