import { RefusalCode } from "./messages.ts";
import { WireError } from "./wire_error.ts";

/** Between the texts of system C's programs and their bytes. */
export interface ChatEncoding {
  /** As Python has it, in small letters: `utf-8`, `cp1251`. */
  readonly name: string;
  /** The bytes of a text. What the encoding does not have is `?`. */
  encode(text: string): Uint8Array;
  /** How much of a text's beginning takes so many bytes at most: UTF-16 code units. */
  fitting(text: string, maxBytes: number): number;
  /**
   * The text of bytes.
   *
   * @throws {WireError} when the encoding has no such bytes.
   */
  decode(bytes: Uint8Array): string;
}

/**
 * The encodings of one byte that Python and the web define alike, by Python's names. All of them
 * have ASCII in their lower half, so that the digits of a length are the same in each.
 */
const LABELS: Readonly<Record<string, string>> = {
  "cp866": "ibm866",
  "cp874": "windows-874",
  "cp1250": "windows-1250",
  "cp1251": "windows-1251",
  "cp1252": "windows-1252",
  "cp1253": "windows-1253",
  "cp1254": "windows-1254",
  "cp1256": "windows-1256",
  "cp1257": "windows-1257",
  "cp1258": "windows-1258",
  "koi8-r": "koi8-r",
  "mac-cyrillic": "x-mac-cyrillic",
  "mac-roman": "macintosh",
  "iso8859-2": "iso-8859-2",
  "iso8859-3": "iso-8859-3",
  "iso8859-4": "iso-8859-4",
  "iso8859-5": "iso-8859-5",
  "iso8859-6": "iso-8859-6",
  "iso8859-7": "iso-8859-7",
  "iso8859-8": "iso-8859-8",
  "iso8859-10": "iso-8859-10",
  "iso8859-13": "iso-8859-13",
  "iso8859-14": "iso-8859-14",
  "iso8859-15": "iso-8859-15",
  "iso8859-16": "iso-8859-16",
};

/** Other names that people write, without the marks between letters. */
const ALIASES: Readonly<Record<string, string>> = {
  "u8": "utf-8",
  "utf": "utf-8",
  "usascii": "ascii",
  "646": "ascii",
  "latin1": "latin-1",
  "l1": "latin-1",
  "iso88591": "latin-1",
  "88591": "latin-1",
  "cp819": "latin-1",
  "ibm866": "cp866",
  "866": "cp866",
  "maccyrillic": "mac-cyrillic",
  "macroman": "mac-roman",
  "macintosh": "mac-roman",
};

/** The names of all encodings. */
export const CHAT_ENCODINGS: readonly string[] = [
  "utf-8",
  "ascii",
  "latin-1",
  ...Object.keys(LABELS),
];

const REPLACEMENT = 0x3f;

/** The encoding of that name, in any of the forms that Python takes; `undefined` for others. */
export function chatEncoding(name: string): ChatEncoding | undefined {
  const plain = withoutMarks(name).replace(/^windows(?=\d)/, "cp");
  const found = ALIASES[plain] ?? CHAT_ENCODINGS.find((known) => withoutMarks(known) === plain) ??
    CHAT_ENCODINGS.find((known) =>
      withoutMarks(known) === plain.replace(/^iso(?!8859)/, "iso8859")
    );
  if (found === undefined) return undefined;
  if (found === "utf-8") return utf8();
  if (found === "ascii") return singleByte(found, identity(0x80));
  if (found === "latin-1") return singleByte(found, identity(0x100));
  return singleByte(found, table(LABELS[found]!));
}

function withoutMarks(name: string): string {
  return name.toLowerCase().replaceAll(/[-_ ]/g, "");
}

function utf8(): ChatEncoding {
  const encoder = new TextEncoder();
  // A mark of the byte order is a character like others, as Python has it.
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  return {
    name: "utf-8",
    encode: (text) => encoder.encode(text),
    fitting: (text, maxBytes) => encoder.encodeInto(text, new Uint8Array(maxBytes)).read,
    decode: (bytes) => {
      try {
        return decoder.decode(bytes);
      } catch {
        throw notText("utf-8");
      }
    },
  };
}

/** The characters of the bytes from 0 on; `undefined` where the encoding has none. */
type ByteTable = readonly (string | undefined)[];

function identity(count: number): ByteTable {
  return Array.from({ length: count }, (_, byte) => String.fromCharCode(byte));
}

function table(label: string): ByteTable {
  const decoder = new TextDecoder(label, { fatal: true });
  return Array.from({ length: 0x100 }, (_, byte) => {
    try {
      const character = decoder.decode(Uint8Array.of(byte));
      // Where the web has a control character in the upper half, Python often has nothing, and a
      // program in Python ends when it reads that.
      return /[\x80-\x9f]/.test(character) ? undefined : character;
    } catch {
      return undefined;
    }
  });
}

function singleByte(name: string, characters: ByteTable): ChatEncoding {
  const bytesOf = new Map<number, number>();
  for (const [byte, character] of characters.entries()) {
    if (character !== undefined) bytesOf.set(character.codePointAt(0)!, byte);
  }
  return {
    name,
    encode: (text) => {
      const bytes = new Uint8Array(text.length);
      let length = 0;
      for (let at = 0; at < text.length; at += unitsAt(text, at)) {
        bytes[length++] = bytesOf.get(text.codePointAt(at)!) ?? REPLACEMENT;
      }
      return bytes.subarray(0, length);
    },
    fitting: (text, maxBytes) => {
      let at = 0;
      for (let bytes = 0; bytes < maxBytes && at < text.length; bytes++) at += unitsAt(text, at);
      return at;
    },
    decode: (bytes) => {
      let text = "";
      for (const byte of bytes) {
        const character = characters[byte];
        if (character === undefined) throw notText(name);
        text += character;
      }
      return text;
    },
  };
}

/** UTF-16 code units of the character at that place. */
function unitsAt(text: string, at: number): number {
  return text.codePointAt(at)! > 0xffff ? 2 : 1;
}

function notText(name: string): WireError {
  return new WireError(RefusalCode.brokenFrame, `A part that should be a text is not ${name}`);
}
