/**
 * XML and csv as written here and as programs in Python write them, each read by the other.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { FormatError } from "../../lib/formats/format_error.ts";
import { formatOf } from "../../lib/formats/mod.ts";
import type { Dictionary } from "../../lib/formats/value.ts";
import { findPython } from "../../scripts/bench/peers/peers.ts";
import { randomDictionaries, tell, type Told } from "../helpers/dictionaries.ts";
import { ask } from "./python_dictionaries.ts";

const MANY = 10_000;

const python = await findPython("xml.etree.ElementTree");
const dict2xmlPython = await findPython("dict2xml");

/** A test that says in its name what it lacks, when it is skipped for that. */
function test(name: string, missing: string | undefined, fn: () => Promise<void>): void {
  const reason = missing === undefined ? "" : ` (skipped: ${missing})`;
  Deno.test({ name: `interop: ${name}${reason}`, ignore: missing !== undefined, fn });
}

const noPython = python === undefined ? "no python3: apt-get install python3" : undefined;
const noDict2xml = dict2xmlPython === undefined
  ? "no python3 with dict2xml: apt-get install python3-dict2xml"
  : undefined;

for (const name of ["xml", "csv"] as const) {
  test(
    `${name}: ${MANY} dictionaries are read equal by Python, and Python's here`,
    noPython,
    async () => {
      const dictionaries = [...randomDictionaries(MANY, name.length)];
      const told = dictionaries.map(tell);
      const { read, written } = await ask(python!, name, {
        read: dictionaries.map((dictionary) => formatOf(name).write(dictionary)),
        write: told,
      });
      assertEquals([read.length, written.length], [MANY, MANY]);
      for (const [i, told] of read.entries()) assertEquals(told, tell(dictionaries[i]!));
      for (const [i, bytes] of written.entries()) {
        assertEquals(tell(formatOf(name).read(bytes)), told[i]);
      }
    },
  );
}

/**
 * Dictionaries of texts whose names are tags, and whose texts are no numbers. The names are ASCII:
 * others ElementTree writes as references in the tags, unless it is told an encoding, and that is no
 * XML for anybody.
 */
const plain = fc.dictionary(
  fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.-]{0,8}$/).filter((name) => !/^(item$|xml)/i.test(name)),
  fc.string({ unit: "grapheme", maxLength: 20 })
    .filter((text) => !/^-?[0-9]+$/.test(text)),
  { maxKeys: 8, noNullPrototype: true },
).map((texts): Dictionary => new Map(Object.entries(texts)));

test("XML as system E writes and reads it by hand", noPython, async () => {
  const dictionaries = fc.sample(plain, 1_000);
  const { read, written } = await ask(python!, "xml", {
    option: "plain",
    read: dictionaries.map((dictionary) => formatOf("xml").write(dictionary)),
    write: dictionaries.map(tell),
  });
  for (const [i, bytes] of written.entries()) {
    assert(new TextDecoder().decode(bytes).startsWith("<data"));
    assertEquals(formatOf("xml").read(bytes), dictionaries[i]);
  }
  for (const [i, told] of read.entries()) {
    // It has no text for an element with nothing in it.
    const texts = Array.from(dictionaries[i]!, ([name, text]): [string, Told] => [
      name,
      text === "" ? null : text as string,
    ]);
    assertEquals(told, ["d", ...texts]);
  }
});

test("XML as dict2xml writes it, over several lines", noDict2xml, async () => {
  const nested = fc.tuple(plain, plain, fc.nat(), fc.stringMatching(/^[a-z]{1,8}$/))
    .map(([a, b, number, name]): Dictionary =>
      new Map([...a, ["Станция", number], [`${name}_`, new Map([...b, ["n", number]])]])
    );
  const dictionaries = fc.sample(nested, 300);
  const { written } = await ask(dict2xmlPython!, "xml", {
    option: "dict2xml",
    write: dictionaries.map(tell),
  });
  assertEquals(written.length, 300);
  for (const [i, bytes] of written.entries()) {
    // It sorts the names.
    const sorted = (dictionary: Dictionary): unknown[] =>
      Array.from(
        dictionary,
        ([name, value]) => [name, value instanceof Map ? sorted(value) : value],
      )
        .sort(([a], [b]) => (a as string) < (b as string) ? -1 : 1);
    assertEquals(sorted(formatOf("xml").read(bytes)), sorted(dictionaries[i]!));
  }
});

test(
  "XML that is taken here is taken by Python's expat, with an equal value",
  noPython,
  async () => {
    const pieces = fc.constantFrom(
      ...[
        "<",
        ">",
        "/",
        "</a>",
        "<a>",
        "<b>",
        "</b>",
        "<item>",
        "</item>",
        "<a/>",
        "&",
        "&amp;",
        ";",
      ],
      ...[
        "&#10;",
        "&#x41;",
        "&#0;",
        "&x;",
        '"',
        "'",
        "=",
        " ",
        "\n",
        "\r",
        "\t",
        "!",
        "?",
        "--",
        "-->",
      ],
      ...[
        "<!--",
        "<![CDATA[",
        "]]>",
        "<?x ?>",
        "<!DOCTYPE a>",
        ' type="int"',
        ' type="list"',
        "7",
        "-",
      ],
      ...[' a="b"', "xml", ":", "\u0001", "é", "Ж", ".", "a", "\u00b7", '<key name="x">', "</key>"],
    );
    const edit = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 6 }), pieces);
    const edits = fc.array(edit, { minLength: 0, maxLength: 3 });
    const encode = (text: string) => new TextEncoder().encode(text);
    const sources = [
      ...Array.from(
        randomDictionaries(300, 5),
        (dictionary) => new TextDecoder().decode(formatOf("xml").write(dictionary)),
      ),
      "<data><a>1</a><b type='int'> 7 </b><!-- no --><c><item/><item>x&#x41;</item></c></data>",
      "<?xml version='1.0' encoding='us-ascii' standalone='yes'?><a><b> <c/>\r\n</b></a> <!---->",
      "<a><b><![CDATA[<&>]]]]></b><key name='&lt;a\tb'>x</key></a>",
    ];
    const documents = fc.sample(
      fc.tuple(fc.constantFrom(...sources), edits).map(([source, edits]) =>
        edits.reduce((text, [at, count, piece]) => {
          const start = at % (text.length + 1);
          return text.slice(0, start) + piece + text.slice(start + count);
        }, source)
      ),
      MANY,
    ).map((text) => encode(text.toWellFormed()));
    const { read } = await ask(python!, "xml", { option: "refusing", read: documents });
    let taken = 0;
    let alsoRefused = 0;
    for (const [i, document] of documents.entries()) {
      let ours: Told;
      try {
        ours = tell(formatOf("xml").read(document));
      } catch (error) {
        if (!(error instanceof FormatError)) throw error;
        if (read[i] === null) alsoRefused++;
        continue;
      }
      taken++;
      assertEquals(read[i], ours, new TextDecoder().decode(document));
    }
    assert(taken > MANY / 10 && alsoRefused > MANY / 10, `${taken} taken, ${alsoRefused} refused`);
  },
);
