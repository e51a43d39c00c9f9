/**
 * XML, JSON, MessagePack and csv that were made to do harm: each must be refused, or be read as the data that
 * it is, at little cost.
 *
 * @module
 */

import type { FormatName } from "../../lib/formats/format.ts";
import { raw } from "./hostile_pickles.ts";

/** One of them. */
export interface HostileText {
  /** What it is. */
  readonly name: string;
  /** The format that it claims to be in. */
  readonly format: FormatName;
  /** Makes its bytes. */
  readonly make: () => Uint8Array;
  /** What the error says; `undefined`: it is data like any other. */
  readonly refused: string | undefined;
}

const LEVELS = 100_000;

/** An entity that is ten times the one before, nine times over: a billion laughs. */
function entityBomb(): string {
  let dtd = '<!ENTITY a0 "lol">';
  for (let i = 1; i <= 9; i++) dtd += `<!ENTITY a${i} "${`&a${i - 1};`.repeat(10)}">`;
  return `<?xml version="1.0"?><!DOCTYPE data [${dtd}]><data><a>&a9;</a></data>`;
}

function external(id: string): string {
  return `<!DOCTYPE data [<!ENTITY e ${id}>]><data><a>&e;</a></data>`;
}

const XML: [name: string, make: () => string, refused: string | undefined][] = [
  ["a billion laughs", entityBomb, "a DTD is not taken"],
  [
    "an entity of 100,000 characters, 100,000 times",
    () =>
      `<!DOCTYPE data [<!ENTITY e "${"x".repeat(LEVELS)}">]><data><a>${
        "&e;".repeat(LEVELS)
      }</a></data>`,
    "a DTD is not taken",
  ],
  ["a file by an entity", () => external('SYSTEM "file:///etc/passwd"'), "a DTD is not taken"],
  ["an address by an entity", () => external('SYSTEM "http://127.0.0.1/x"'), "a DTD is not taken"],
  ["a public entity", () => external('PUBLIC "x" "http://127.0.0.1/x"'), "a DTD is not taken"],
  [
    "a parameter entity",
    () => '<!DOCTYPE data [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]><data/>',
    "a DTD is not taken",
  ],
  ["an external DTD", () => '<!DOCTYPE data SYSTEM "http://127.0.0.1/x.dtd"><data/>', "a DTD"],
  ["an entity of nobody", () => "<data><a>&xxe;</a></data>", 'the entity "&xxe;" is not taken'],
  [
    "another file by XInclude",
    () =>
      '<data xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="/etc/passwd"/></data>',
    "namespaces are not taken",
  ],
  ["a style sheet", () => '<?xml-stylesheet href="x"?><data/>', "instruction"],
  [
    "100,000 levels",
    () => `<a>${"<a>".repeat(LEVELS)}${"</a>".repeat(LEVELS)}</a>`,
    "more than 128 levels deep",
  ],
  ["100,000 start tags", () => "<a>".repeat(LEVELS), "more than 128 levels deep"],
  ["a name twice", () => "<data><a>1</a><a>2</a></data>", 'the name "a" comes twice'],
  [
    "100,000 attributes",
    () => `<data ${Array.from({ length: LEVELS }, (_, i) => `a${i}="1"`).join(" ")}/>`,
    "is not taken in a <data>",
  ],
  ["a name of Object's as a bool", () => '<a><b type="bool">constructor</b></a>', "is no bool"],
  ["__proto__ as a name", () => '<a><key name="__proto__">1</key></a>', undefined],
  ["a number of a million digits", () => `<a><b>${"9".repeat(1e6)}</b></a>`, "4300 digits"],
  ["16 MB of returns", () => `<a>${"\r".repeat(16e6)}</a>`, undefined],
  ["16 MB of tabs in a name", () => `<a><key name="${"\t".repeat(16e6)}">1</key></a>`, undefined],
  ["16 MB of references", () => `<a><b>${"&amp;".repeat(3e6)}</b></a>`, undefined],
  ["16 MB of escapes", () => `<a><b escaped="true">${"\\\\".repeat(8e6)}</b></a>`, undefined],
];

const JSON_TEXTS: [name: string, make: () => string, refused: string | undefined][] = [
  ["100,000 lists", () => "[".repeat(LEVELS) + "]".repeat(LEVELS), "more than 128 levels deep"],
  [
    "100,000 objects",
    () => `${'{"a":'.repeat(LEVELS)}1${"}".repeat(LEVELS)}`,
    "more than 128 levels deep",
  ],
  ["100,000 lists that do not end", () => "[".repeat(LEVELS), "more than 128 levels deep"],
  ["a name twice", () => '{"a": 1, "a": 2}', 'the name "a" comes twice'],
  ["a name twice by an escape", () => '{"a": 1, "\\u0061": 2}', 'the name "a" comes twice'],
  ["__proto__ twice", () => '{"__proto__": 1, "__proto__": 2}', "comes twice"],
  ["__proto__ as a name", () => '{"__proto__": {"isAdmin": true}, "constructor": 1}', undefined],
  ["a number of a million digits", () => `{"a": ${"9".repeat(1e6)}}`, "4300 digits"],
  ["a number beyond any float", () => '{"a": 1e999999999}', undefined],
  ["half a pair of surrogates", () => '{"a": "\\ud800"}', "half of a pair"],
  ["a million lists in a list", () => `[${"[],".repeat(1e6)}0]`, "more than 262144 lists"],
  ["a million objects in a list", () => `[${"{},".repeat(1e6)}0]`, "more than 262144 lists"],
];

const MSGPACK: [name: string, make: () => string, refused: string | undefined][] = [
  ["100,000 lists", () => "\x91".repeat(LEVELS), "more than 128 levels deep"],
  ["a list of 2^32 - 1 values", () => "\xdd\xff\xff\xff\xff", "4294967295 more bytes are needed"],
  ["a map of 2^32 - 1 values", () => "\xdf\xff\xff\xff\xff", "8589934590 more bytes are needed"],
  ["a text of 2^32 - 1 bytes", () => "\x81\xa1a\xdb\xff\xff\xff\xff", "4294967295 more bytes"],
  ["a name twice", () => "\x82\xa1a\x01\xa1a\x02", 'the name "a" comes twice'],
  ["__proto__ as a name", () => "\x81\xa9__proto__\x01", undefined],
  ["a million maps", () => `\xdd\0\x0f\x42\x40${"\x80".repeat(1e6)}`, "more than 262144 lists"],
];

const CSV: [name: string, make: () => string, refused: string | undefined][] = [
  ["16 MB of quotes", () => `key,value\na,"${'"'.repeat(16e6)}"`, "stands where it should end"],
  ["a name twice", () => "key,value\na,1\na,2\n", '"a" comes twice'],
];

/** All of them. */
export const HOSTILE_TEXTS: readonly HostileText[] = [
  ...XML.map(hostile("xml")),
  ...JSON_TEXTS.map(hostile("json")),
  ...MSGPACK.map(hostile("msgpack")),
  ...CSV.map(hostile("csv")),
];

function hostile(format: FormatName) {
  return ([name, make, refused]: [string, () => string, string | undefined]): HostileText => ({
    name,
    format,
    make: () => raw(make()),
    refused,
  });
}
