/** Texts and their bytes in the encodings of the chat dialect. */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { CHAT_ENCODINGS, chatEncoding } from "../../lib/wire/chat_text.ts";

const ENCODINGS = CHAT_ENCODINGS.map((name) => chatEncoding(name)!);

Deno.test("the names that people write are known, others are not", () => {
  const known: [string, string][] = [
    ["utf-8", "utf-8"],
    ["UTF-8", "utf-8"],
    ["utf8", "utf-8"],
    ["utf_8", "utf-8"],
    ["ascii", "ascii"],
    ["US-ASCII", "ascii"],
    ["latin-1", "latin-1"],
    ["latin1", "latin-1"],
    ["iso-8859-1", "latin-1"],
    ["iso-8859-5", "iso8859-5"],
    ["iso8859_5", "iso8859-5"],
    ["cp1251", "cp1251"],
    ["CP1251", "cp1251"],
    ["windows-1251", "cp1251"],
    ["koi8-r", "koi8-r"],
    ["KOI8_R", "koi8-r"],
    ["cp866", "cp866"],
    ["mac_cyrillic", "mac-cyrillic"],
  ];
  for (const [written, name] of known) assertEquals(chatEncoding(written)?.name, name, written);
  for (const written of ["", "utf-16", "utf-32", "utf-7", "cp037", "gbk", "koi8-u", "idna", "x"]) {
    assertEquals(chatEncoding(written), undefined, written);
  }
  for (const encoding of ENCODINGS) assertEquals(chatEncoding(encoding.name)?.name, encoding.name);
});

Deno.test("in each encoding a text that it has comes back, and lengths are digits of ASCII", () => {
  assertEquals(ENCODINGS.length, 28);
  const printable = String.fromCharCode(...Array.from({ length: 0x80 }, (_, i) => i));
  for (const encoding of ENCODINGS) {
    assertEquals(encoding.encode(printable), new TextEncoder().encode(printable), encoding.name);
    assertEquals(encoding.decode(encoding.encode(printable)), printable, encoding.name);
  }
  const cyrillic = "Привет, Щука!";
  for (const name of ["utf-8", "cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic"]) {
    const encoding = chatEncoding(name)!;
    assertEquals(encoding.decode(encoding.encode(cyrillic)), cyrillic, name);
  }
  assertEquals(chatEncoding("cp1251")!.encode("Яя"), Uint8Array.of(0xdf, 0xff));
  assertEquals(chatEncoding("latin-1")!.encode("\x80ÿ"), Uint8Array.of(0x80, 0xff));
});

Deno.test("what an encoding does not have is a question mark for each character", () => {
  const text = chatEncoding("cp1251")!;
  assertEquals(text.decode(text.encode("до 😀 中\x98!")), "до ? ??!");
  assertEquals(chatEncoding("ascii")!.encode("é"), Uint8Array.of(0x3f));
});

Deno.test("any text becomes bytes that the encoding has, and the same again the second time", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", size: "max", maxLength: 50 }),
      fc.constantFrom(...ENCODINGS),
      (text, encoding) => {
        const shown = encoding.decode(encoding.encode(text));
        assertEquals(encoding.decode(encoding.encode(shown)), shown);
        assertEquals([...shown].length, [...text].length);
        if (encoding.name === "utf-8") assertEquals(shown, text);
        else {assert(
            [...shown].every((character, i) => character === "?" || character === [...text][i]),
          );}
      },
    ),
    { numRuns: 1000 },
  );
});

Deno.test("as much of a text fits as takes so many bytes, and no half of a character", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: "binary", size: "max", maxLength: 50 }),
      fc.nat(60),
      fc.constantFrom(...ENCODINGS),
      (text, maxBytes, encoding) => {
        const length = encoding.fitting(text, maxBytes);
        const bytesOf = (text: string) => encoding.encode(text).length;
        const [fits, rest] = [text.slice(0, length), text.slice(length)];
        assertEquals([...fits, ...rest], [...text]);
        assert(bytesOf(fits) <= maxBytes);
        const [next] = rest;
        if (next !== undefined) assert(bytesOf(fits + next) > maxBytes);
      },
    ),
    { numRuns: 1000 },
  );
});
