/**
 * Dictionaries as XML, by the convention in lib/formats/xml.ts.
 *
 * @module
 */

import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { FormatError } from "../../lib/formats/format_error.ts";
import { type Dictionary, float, sameValue, type Value } from "../../lib/formats/value.ts";
import { xmlFormat } from "../../lib/formats/xml.ts";
import { isName, isTag } from "../../lib/formats/xml_names.ts";
import { MAX_DICTIONARY_DEPTH } from "../../lib/limits/formats.ts";
import { anyDictionary } from "../helpers/dictionaries.ts";
import { test } from "../helpers/strict.ts";

const encode = (text: string) => new TextEncoder().encode(text);
const read = (xml: string) => xmlFormat.read(encode(xml));
const dictionary = (...members: [string, Value][]): Dictionary => new Map(members);

/** What stands in the file, without the declaration and the root. */
function written(...members: [string, Value][]): string {
  const xml = new TextDecoder().decode(xmlFormat.write(dictionary(...members)));
  const [, inside] = /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<data>\n(.*)<\/data>\n$/s.exec(
    xml,
  )!;
  return inside!;
}

function assertReads(xml: string, ...members: [string, Value][]): void {
  const found = read(xml);
  assert(sameValue(found, dictionary(...members)), `${xml}: ${Deno.inspect(found)}`);
}

/** It is refused for that reason, by the reader; the finder of the end refuses it or leaves it. */
function assertRefuses(xml: string, reason: string): void {
  assertThrows(() => read(xml), FormatError, reason, xml);
}

test("values are written with a type where they would be misread without", () => {
  const cases: [Value, string][] = [
    ["text", "<a>text</a>"],
    ["", "<a/>"],
    [" a\n\tb ", "<a> a&#10;\tb </a>"],
    ["7", '<a type="str">7</a>'],
    ["-7", '<a type="str">-7</a>'],
    ["007", "<a>007</a>"],
    ["-0", "<a>-0</a>"],
    ["1.0", "<a>1.0</a>"],
    [7, "<a>7</a>"],
    [-(10n ** 30n), `<a>-1${"0".repeat(30)}</a>`],
    [float(1), '<a type="float">1.0</a>'],
    [-0, '<a type="float">-0.0</a>'],
    [0.1, '<a type="float">0.1</a>'],
    [NaN, '<a type="float">NaN</a>'],
    [-Infinity, '<a type="float">-Infinity</a>'],
    [true, '<a type="bool">true</a>'],
    [null, '<a type="null"/>'],
    [[], '<a type="list"/>'],
    [[1, ["x"]], "<a><item>1</item><item><item>x</item></item></a>"],
    [dictionary(), '<a type="dict"/>'],
    [dictionary(["b", 1]), "<a><b>1</b></a>"],
    [dictionary(["item", 1]), '<a><key name="item">1</key></a>'],
    [dictionary(["item", 1], ["b", 2]), "<a><item>1</item><b>2</b></a>"],
    ["<&>\"'\r]]>", "<a>&lt;&amp;&gt;\"'&#13;]]&gt;</a>"],
    ["\u009b\u2028\u202e", "<a>&#155;&#8232;&#8238;</a>"],
    ["\0\\\uffff", '<a escaped="true">\\u0000\\\\\\uffff</a>'],
  ];
  for (const [value, xml] of cases) {
    assertEquals(written(["a", value]), `${xml}\n`);
    assertReads(`<x>${xml}</x>`, ["a", value]);
  }
});

test("every character of a tag that is written is one of a name that is read", () => {
  const wrong: string[] = [];
  let tags = 0;
  for (let code = 1; code <= 0xffff; code++) {
    const character = String.fromCharCode(code);
    for (const name of [character, `a${character}`]) {
      if (!isTag(name)) continue;
      tags++;
      if (!isName(name)) wrong.push(name);
    }
  }
  assertEquals(wrong, []);
  assert(tags > 500, `${tags}`);
});

test("names are tags when they are names of XML, else attributes", () => {
  const cases: [string, string][] = [
    ["Москва", "<Москва>7</Москва>"],
    ["key", "<key>7</key>"],
    ["a-b.c_1", "<a-b.c_1>7</a-b.c_1>"],
    ["Нижний Новгород", '<key name="Нижний Новгород">7</key>'],
    ["1941", '<key name="1941">7</key>'],
    ["", '<key name="">7</key>'],
    ["a:b", '<key name="a:b">7</key>'],
    ["xml", '<key name="xml">7</key>'],
    ["__proto__", "<__proto__>7</__proto__>"],
    ["東京", '<key name="東京">7</key>'],
    // Is the same as a Greek letter to who does not mind the case.
    ["µ", '<key name="µ">7</key>'],
    ["XMLish", '<key name="XMLish">7</key>'],
    [`<'"&>\t\n\r`, `<key name="&lt;'&quot;&amp;&gt;&#9;&#10;&#13;">7</key>`],
    ["\x1b\\", '<key name="\\u001b\\\\" escaped="true">7</key>'],
  ];
  for (const [name, xml] of cases) {
    assertEquals(written([name, 7]), `${xml}\n`);
    assertReads(`<x>${xml}</x>`, [name, 7]);
  }
  // Both are escaped when one of them must be.
  assertEquals(written(["\\ ", "\0"]), '<key name="\\\\ " escaped="true">\\u0000</key>\n');
});

test("what people and programs write by hand is read", () => {
  assertReads("<data><key1>Aljunaydi</key1><n>7</n></data>", ["key1", "Aljunaydi"], ["n", 7]);
  assertReads("<a/>");
  assertReads(" <a> \n </a> ");
  assertReads("<!-- - --><a\n><!----><b\t>1</b\n><!-- x --></a><!-- y -->\n", ["b", 1]);
  assertReads("<a><b>x<!-- y -->z</b></a>", ["b", "xz"]);
  assertReads("<a><b><![CDATA[<&]]]]><![CDATA[>]]></b></a>", ["b", "<&]]>"]);
  assertReads("<a><b>1<![CDATA[2]]></b></a>", ["b", 12]);
  assertReads("<a><b>&#x41;&#66;&apos;&quot;</b></a>", ["b", "AB'\""]);
  assertReads("<a><b>1\r\n2\r3&#13;</b></a>", ["b", "1\n2\n3\r"]);
  assertReads("<a><key name='a\r\n\tb'>7</key></a>", ["a  b", 7]);
  assertReads("<a><b> 7 </b></a>", ["b", " 7 "]);
  assertReads("<a><b type = 'int' > +07\n</b></a>", ["b", 7]);
  assertReads('<a><b type="float">1</b><c type="float">-inf</c></a>', ["b", float(1)], [
    "c",
    -Infinity,
  ]);
  assertReads('<a><b type="bool">True</b><c type="null"> </c></a>', ["b", true], ["c", null]);
  assertReads('<a><b type="str"></b><c type="list"> </c><d type="dict"/></a>', ["b", ""], [
    "c",
    [],
  ], ["d", dictionary()]);
  assertReads('<a><b type="list"><item>1</item></b><c type="dict"><item>1</item></c></a>', ["b", [
    1,
  ]], ["c", dictionary(["item", 1])]);
  assertReads("<a><b>1</b><item>2</item></a>", ["b", 1], ["item", 2]);
  assertReads('<a type="dict"><item>2</item></a>', ["item", 2]);
  assertReads("\ufeff<?xml version='1.0' encoding='utf8' standalone='no' ?><a><b/></a>", ["b", ""]);
  assertReads('<?xml version="1.0" encoding="US-ASCII"?>\n<a><b>x</b></a>', ["b", "x"]);
  const entry = "<item><city>Москва</city><wagons>7</wagons></item>";
  assertReads(`<manifest>${entry}</manifest>`, ["Москва", 7]);
});

test("what is no XML is refused, with its place", () => {
  const cases: [string, string][] = [
    ["", "there is no element, in line 1, column 1"],
    ["<!-- -->", "there is no element"],
    ["x", "a text stands outside the root, in line 1, column 1"],
    ["<a/>x", "a text stands outside the root, in line 1, column 5"],
    ["<a/><b/>", "there is more than one root, in line 1, column 5"],
    ["<a>\n<b>", "it ends inside an element, in line 2, column 4"],
    ["<a>\n <!--🚂--> <b></c></a>", "</c> ends no <b>, in line 2, column 14"],
    ["<a><b></bb></a>", "</bb> ends no <b>"],
    ["<a></a", "</a> ends no <a>"],
    ["<1/>", '"1": it is no name of XML'],
    ["<a><b\u00d7/></a>", "it is no name of XML"],
    ["<a:b/>", "namespaces are not taken"],
    ['<a xmlns:x="y"/>', "namespaces are not taken"],
    ["< a/>", "a < begins no tag"],
    ["<a><&#1052;>1</&#1052;></a>", "references to characters in its name"],
    ["<a b/>", "an attribute has no ="],
    ["<a type=int/>", "an attribute's value has no quotes"],
    ['<a type="dict"type="dict"/>', "a tag is not well-formed"],
    ['<a type="dict', "an attribute's value does not end"],
    ['<a type="<"/>', "a < stands in an attribute's value"],
    ['<a type="dict" type="dict"/>', "the attribute type comes twice"],
    ["<a / >", "a tag does not end in >"],
    ["<a><b>]]></b></a>", "a ]]> stands in a text"],
    ["<a><!-- -- --></a>", "a -- stands in a comment"],
    ["<a><!-- </a>", "a comment does not end"],
    ["<a><![CDATA[ </a>", "a <![CDATA[ does not end"],
    ["<a><![cdata[]]></a>", "a <! begins no comment"],
    ["<![CDATA[]]><a/>", "a <! begins no comment"],
    ["<a><b>a & b</b></a>", "an & begins no reference, in line 1, column 9"],
    ["<a><b>&amp</b></a>", "an & begins no reference"],
    ["<a><b>&#xffff;</b></a>", 'the reference "&#xffff;" is to no character of XML'],
    ["<a><b>&#xd800;</b></a>", "is to no character of XML"],
    ["<a><b>&#99999999999999999999;</b></a>", "is to no character of XML"],
    ["<a><b>\u0001</b></a>", "the character U+0001 stands in no XML, in line 1, column 7"],
    ["<a><?php ?></a>", "the instruction <?php is not taken"],
    [' <?xml version="1.0"?><a/>', "the instruction <?xml is not taken"],
    ['<?xml version="1.1"?><a/>', 'it is XML "1.1"'],
    ['<?xml version="1.0" encoding="windows-1251"?><a/>', 'it is in "windows-1251"'],
    ['<?xml version="1.0" encoding="us-ascii"?><é/>', "US-ASCII, which has no such character"],
    ['<?xml encoding="UTF-8"?><a/>', "the declaration is not well-formed"],
  ];
  for (const [xml, reason] of cases) assertRefuses(xml, reason);
  assertThrows(() => xmlFormat.read(Uint8Array.of(0x3c, 0x61, 0xff)), FormatError, "at byte 2");
});

test("what is XML and says no dictionary, or something that would be lost, is refused", () => {
  const cases: [string, string][] = [
    ["<a>7</a>", "it is no dictionary but a single value"],
    ['<a type="str"/>', "it is no dictionary but a single value"],
    ["<a><item>7</item></a>", "the value 1 of the list is no entry"],
    ["<a><b>1</b>\n<b>2</b></a>", 'the name "b" comes twice, in line 2, column 1'],
    ["<a><b/><key name='b'/></a>", 'the name "b" comes twice'],
    ["<a><item/><item/><b/></a>", "the name item comes twice"],
    ["<a>x<b>1</b></a>", "the <a> has a text beside its elements"],
    ["<a><b>1</b>x</a>", "the <a> has a text beside its elements"],
    ["<a><b>1</b><![CDATA[x]]></a>", "the <a> has a text beside its elements"],
    ["<a><b type='list'><c/></b></a>", "a list has a <c> that is no <item>"],
    ["<a><b type='int'><c/></b></a>", "a value of the type int has elements in it"],
    ["<a><b type='int'>1.5</b></a>", '"1.5" is no int, in line 1, column 4'],
    ["<a><b type='float'>1,5</b></a>", '"1,5" is no float'],
    ["<a><b type='bool'>yes</b></a>", '"yes" is no bool'],
    ["<a><b type='bool'>constructor</b></a>", '"constructor" is no bool'],
    ["<a><b type='bool'>__proto__</b></a>", '"__proto__" is no bool'],
    ["<a><b type='int'>\u202e1\u009b</b></a>", '"\\u202e1\\u009b" is no int'],
    ["<a><b type='null'>0</b></a>", '"0" is no null'],
    ["<a><b type='dict'>x</b></a>", '"x" is no dict'],
    ["<a><b type='tuple'/></a>", 'the attribute type="tuple" is not taken in a <b>'],
    ["<a><b count='7'/></a>", 'the attribute count="7" is not taken in a <b>'],
    ["<a><b name='x'/></a>", 'the attribute name="x" is not taken in a <b>'],
    ["<a xmlns='urn:x'/>", 'the attribute xmlns="urn:x" is not taken'],
    ["<a><b escaped='false'/></a>", 'the attribute escaped="false" is not taken'],
    ["<a><b escaped='true'>\\x</b></a>", "a backslash begins no escape"],
    ["<a><b escaped='true'>\\ud800</b></a>", "half of a pair of surrogates"],
    [`<a><b>${"9".repeat(4_301)}</b></a>`, "a whole number has more than 4300 digits"],
  ];
  for (const [xml, reason] of cases) assertRefuses(xml, reason);
});

test("DTDs, entities of whatever kind and endless levels are refused at once, in a stream too", () => {
  const bomb = '<!DOCTYPE a [<!ENTITY b "&c;&c;&c;&c;&c;&c;&c;&c;&c;&c;">]><a><b>&b;</b></a>';
  const cases: [string, string, string][] = [
    [bomb, "a DTD is not taken, in line 1, column 1", "a DTD"],
    ['<?xml version="1.0"?>\n<!DOCTYPE a SYSTEM "file:///etc/passwd">', "a DTD", "a DTD"],
    ["<a><!ENTITY b 'c'></a>", "a <! begins no comment", "a DTD or another declaration"],
    ["<a><b>&bomb;</b></a>", 'the entity "&bomb;" is not taken', ""],
    ["<a>".repeat(100_000), "it is more than 128 levels deep", "it is more than 128 levels deep"],
  ];
  for (const [xml, reason, streamed] of cases) {
    assertRefuses(xml, reason);
    const end = xmlFormat.findEnd();
    if (streamed === "") assertEquals(end.push(encode(xml)), xml.length);
    else assertThrows(() => end.push(encode(xml)), FormatError, streamed);
  }
  const attributes = Array.from({ length: 100_000 }, (_, i) => ` a${i}="b"`).join("");
  assertRefuses(`<a${attributes}/>`, 'the attribute a0="b" is not taken in a <a>');
});

test("as many levels as the bound are taken, and written", () => {
  const deep = (levels: number) => `${"<a>".repeat(levels)}7${"</a>".repeat(levels)}`;
  let value: Value = 7;
  // The outermost element is the dictionary itself.
  for (let i = 0; i < MAX_DICTIONARY_DEPTH; i++) value = dictionary(["a", value]);
  assert(sameValue(read(`<x>${deep(MAX_DICTIONARY_DEPTH)}</x>`), value));
  assert(sameValue(xmlFormat.read(xmlFormat.write(value as Dictionary)), value));
  const end = xmlFormat.findEnd();
  const bytes = encode(`<x>${deep(MAX_DICTIONARY_DEPTH)}</x>`);
  assertEquals(end.push(bytes), bytes.length);

  assertRefuses(`<x>${deep(MAX_DICTIONARY_DEPTH + 1)}</x>`, "levels deep");
  const empty = `${"<a>".repeat(MAX_DICTIONARY_DEPTH)}<b type="dict"/>${
    "</a>".repeat(MAX_DICTIONARY_DEPTH)
  }`;
  assertRefuses(empty, "levels deep");
  assertThrows(() => xmlFormat.write(dictionary(["a", value])), FormatError, "in each other");
});

test("half of a pair of surrogates cannot be written", () => {
  assertThrows(() => xmlFormat.write(dictionary(["a", "\ud83d"])), FormatError, "surrogates");
  assertThrows(() => xmlFormat.write(dictionary(["\ud83d", 1])), FormatError, "surrogates");
});

test("a name that is written as a tag is a name of XML since its first edition", () => {
  // XML 1.0, fourth edition, appendix B, has not these, nor anything beyond the first plane.
  for (
    const letter of ["Ѝ", "ѝ", "Ŀ", "ŉ", "ſ", "東", "ꀀ", "𐐀", "×", "÷", "\u0301", ":", "-", "."]
  ) {
    assert(!isTag(letter), letter);
  }
  for (const name of ["a", "Ё", "Щи_1", "Łódź", "Αθήνα", "ä.b-c"]) assert(isTag(name), name);
});

/** Pieces of which XML, and what is nearly XML, is made. */
const piece = fc.constantFrom(
  ...["<a>", "</a>", "<b>", "</b>", "<a/>", "<item>", "</item>", "<key name='>'>", "</key>", "7"],
  ...["<!-- > -->", "<!--->", "-->", "<![CDATA[</a>]]>", "]]>", "x", " ", "\n", "é", "&lt;", "&"],
  ...['<b type="str">', "<a type='/'/>", "<", ">", "/", '"', "<?xml version='1.0'?>", "<!", "-"],
);
const nearlyXml = fc.tuple(fc.boolean(), fc.array(piece, { maxLength: 12 })).map((
  [isWrapped, pieces],
) => isWrapped ? `<r>${pieces.join("")}</r>` : pieces.join(""));

test("the end is found in any cuts where the reader finds it, or not at all", () => {
  let taken = 0;
  const behind = fc.constantFrom("", " \n", "gAAAAA", "<x>", "<!-- x -->");
  fc.assert(
    fc.property(nearlyXml, behind, fc.integer({ min: 1, max: 9 }), (xml, behind, size) => {
      const bytes = encode(xml + behind);
      const finder = xmlFormat.findEnd();
      let end: number | undefined;
      let isRefused = false;
      try {
        for (let at = 0; at < bytes.length && end === undefined; at += size) {
          const found = finder.push(bytes.subarray(at, at + size));
          if (found !== undefined) end = at + found;
        }
        if (end === undefined) finder.finish();
      } catch (error) {
        assert(error instanceof FormatError);
        isRefused = true;
      }
      let isTaken = true;
      try {
        read(xml);
      } catch (error) {
        assert(error instanceof FormatError);
        isTaken = false;
      }
      if (!isTaken) return;
      taken++;
      assert(!isRefused);
      const root = new TextDecoder().decode(bytes.subarray(0, end));
      assert(root.endsWith(">"));
      assertEquals(xml.slice(root.length).replace(/<!--(?:(?!--)[^])*-->/g, "").trim(), "");
      assert(sameValue(read(root), read(xml)));
    }),
    { numRuns: 10_000 },
  );
  assert(taken > 500, `${taken}`);
});

test("what is cut off is asked on, and refused at the end", () => {
  fc.assert(
    fc.property(anyDictionary(), fc.nat(), (dictionary, at) => {
      const bytes = xmlFormat.write(dictionary);
      // The last > and the line break behind it end it.
      const cut = bytes.subarray(0, at % (bytes.length - 1));
      const finder = xmlFormat.findEnd();
      assertEquals(finder.push(cut), undefined);
      assertThrows(() => finder.finish(), FormatError, "ends too soon");
      assertThrows(() => xmlFormat.read(cut), FormatError);
    }),
    { numRuns: 1_000 },
  );
});
