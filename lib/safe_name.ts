/**
 * Names that others have given, made fit for a folder. A name is never a path. What comes out is
 * valid on Linux, macOS and Windows, stands for nothing but itself there, and comes out as it is
 * when it goes in again.
 *
 * @module
 */

/** Bytes of a name on all file systems in use. */
const MAX_NAME_BYTES = 255;

/** The greatest number that {@linkcode numberedName} takes. */
export const MAX_NUMBER = 9999;

/** What a number takes at most: ` (9999)`. */
const NUMBER_BYTES = 7;

/** Longer ones are no extensions that any program knows. */
const MAX_EXTENSION_BYTES = 32;

/** What is left when nothing of a name is. */
const NAMELESS = "file";

/**
 * What is not seen, or steers how text is shown: control and format characters (bidi marks and
 * zero-width ones are among these), line and paragraph separators, fillers, variation selectors,
 * halves of surrogate pairs, and code points that are no characters.
 */
const INVISIBLE =
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

/**
 * What separates the parts of a path, a drive or a stream somewhere, what Windows forbids, and the
 * signs that look like a separator, of which some programs of Windows make one. The private
 * characters are how Windows' file systems show forbidden ones to Cygwin, WSL and macOS.
 */
const FORBIDDEN = new RegExp(
  '[/\\\\:<>"|?*' +
    "\u2044\u2215\u2571\u27CB\u29F6\u29F8\uFF0F" + // like a slash
    "\u2216\u2572\u27CD\u29F5\u29F9\uFE68\uFF3C" + // like a backslash
    "\u2236\uA789\uFE55\uFF1A" + // like a colon
    "\uF000-\uF0FF]",
  "gu",
);

/** Names of devices on Windows, with any extension and with spaces before it. */
const DEVICE = /^(?:con|prn|aux|nul|conin\$|conout\$|clock\$|(?:com|lpt)[0-9¹²³])[ ]*(?:\.|$)/i;

/**
 * The name under which a file that others have named may be saved in a folder: at most 248 bytes,
 * so that {@linkcode numberedName} has room.
 */
export function safeName(name: string): string {
  const visible = name.toWellFormed().normalize("NFC").replace(INVISIBLE, "")
    .replace(FORBIDDEN, "_").replace(/[\p{Zs}\u2800]/gu, " ").normalize("NFC");
  // A dot hides it, or means the folder itself; a dash makes it an option of a program.
  const trimmed = trimEnd(visible.replace(/^[.\- \p{M}]+/u, ""));
  // First: what is left of a name that is too long can be a device too.
  const short = shorten(trimmed);
  return (DEVICE.test(short) ? shorten(`_${short}`) : short) || NAMELESS;
}

/**
 * A safe name with a number in front of its extension, for when the name itself is taken: `yard
 * (2).txt`. The number 1 is the name itself.
 */
export function numberedName(name: string, number: number): string {
  if (number === 1) return name;
  const [stem, extension] = splitName(name);
  return `${stem} (${number})${extension}`;
}

/** Windows drops dots and spaces at the end, so that two names would be one. */
function trimEnd(name: string): string {
  return name.replace(/[. ]+$/, "");
}

function shorten(name: string): string {
  const maxBytes = MAX_NAME_BYTES - NUMBER_BYTES;
  if (utf8Bytes(name) <= maxBytes) return name;
  const [stem, extension] = splitName(name);
  return trimEnd(cut(stem, maxBytes - utf8Bytes(extension)) + extension);
}

/** The name up to its last dot, and the rest, where that can be an extension. */
function splitName(name: string): [stem: string, extension: string] {
  const dot = name.lastIndexOf(".");
  const extension = name.slice(dot);
  if (dot < 1 || utf8Bytes(extension) > MAX_EXTENSION_BYTES) return [name, ""];
  return [name.slice(0, dot), extension];
}

/** As many whole characters as fit; of a first one that does not fit, as many code points. */
function cut(text: string, maxBytes: number): string {
  const characters = new Intl.Segmenter("en", { granularity: "grapheme" }).segment(text);
  const whole = take(Array.from(characters, ({ segment }) => segment), maxBytes);
  return whole === "" ? take([...text], maxBytes) : whole;
}

function take(parts: readonly string[], maxBytes: number): string {
  let taken = "";
  let bytes = 0;
  for (const part of parts) {
    bytes += utf8Bytes(part);
    if (bytes > maxBytes) break;
    taken += part;
  }
  return taken;
}

function utf8Bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}
