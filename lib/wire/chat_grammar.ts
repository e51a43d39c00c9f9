/**
 * What system C's programs take for the name of a file, and how they write the time.
 *
 * @module
 */

const IS_NAME_START = charSet("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-");
/** Python's `\w`. */
const WORD = /^[\p{L}\p{N}_]$/u;

/**
 * Whether their programs read a file behind this message: whether Python's `re.match` finds
 * `^[a-zA-Z0-9_.+-]+.\w*%$` in it. Takes time in proportion to the text's length, which trying the
 * expression does not: 64 KiB of letters would keep everybody waiting for seconds.
 */
export function announcesFile(message: string): boolean {
  // In Python `$` is also before a line break at the end.
  const end = message.endsWith("\n") ? message.length - 1 : message.length;
  if (message[end - 1] !== "%") return false;
  const body = message.slice(0, end - 1);
  let start = 0;
  while (start < body.length && IS_NAME_START.has(body[start]!)) start++;
  if (start === 0) return false;
  let words = body.length;
  while (words > 0) {
    const before = characterBefore(body, words);
    if (!WORD.test(before)) break;
    words -= before.length;
  }
  // The dot takes one character, behind at least one of the start, and only words follow it.
  if (Math.max(1, words - 1) < start) return true;
  const dot = String.fromCodePoint(body.codePointAt(start) ?? 0x0a);
  return dot !== "\n" && start + dot.length >= words;
}

function charSet(characters: string): ReadonlySet<string> {
  return new Set(characters);
}

function characterBefore(text: string, at: number): string {
  const last = text.codePointAt(at - 2) ?? 0;
  return last > 0xffff ? String.fromCodePoint(last) : text[at - 1]!;
}

/** The file's name in a message that announces one, as their programs take it. */
export function announcedName(message: string): string {
  return message.replace(/%+$/, "");
}

/**
 * A text as it can be said to their programs: one that they could take for the name of a file gets
 * a space behind it. Some more do, whatever Python's version and what the encoding makes of the
 * characters between.
 */
export function saidText(text: string): string {
  return IS_NAME_START.has(text[0] ?? "") && /%\n?$/.test(text) ? `${text} ` : text;
}

/** Characters of a file's name, at most: even the shortest header can say their number. */
const MAX_FILE_NAME_CHARS = 90;
/** As many digits of a file's id as tell it from another one of the same name. */
const TAG_CHARS = 6;
/** Names that are devices on Windows, whatever follows the dot. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i;

/**
 * The message that announces a file of any name to their programs, which save it under the message
 * without its `%` and know no other characters than `A-Z a-z 0-9 _ . + -` in it. A name that had to
 * be changed gets the end of the file's `id` in it, so that two such files do not become one.
 */
export function fileAnnouncement(name: string, id: string): string {
  const tag = id.slice(-TAG_CHARS);
  const plain = name.normalize("NFKD").replaceAll(/\p{M}/gu, "");
  const [stem, extension] = splitName(plain.replaceAll(/[^a-zA-Z0-9_.+-]+/g, "_"));
  const safe = stem.replace(/^[.+-][_.+-]*/, "_").replace(DEVICE, "_$1");
  const room = MAX_FILE_NAME_CHARS - extension.length - tag.length - 1;
  const kept = safe.slice(0, room);
  // The expression wants two characters before the `%`.
  if (kept + extension === name && name.length > 1) return `${name}%`;
  return `${kept.replace(/^_+$/, "") || "file"}-${tag}${extension}%`;
}

/** A name's part before the last dot, and the rest, if that looks like an extension. */
function splitName(name: string): [string, string] {
  const match = /^(.+?)(\.[a-zA-Z0-9]{1,16}|\.tar\.[a-z0-9]{1,4})$/.exec(name);
  return match === null ? [name, ""] : [match[1]!, match[2]!];
}

/**
 * A time in milliseconds since the Unix epoch as their servers send it: `dd-mm-YYYY HH:MM:SS` in
 * UTC.
 *
 * @throws {RangeError} for a year outside of 0000 to 9999.
 */
export function formatChatTime(timeMs: number): string {
  const iso = new Date(timeMs).toISOString();
  if (iso.length !== 24) throw new RangeError(`Cannot format ${iso}: the year has four digits`);
  const [year, month, day] = iso.slice(0, 10).split("-");
  return `${day}-${month}-${year} ${iso.slice(11, 19)}`;
}

/** The time that such a text means, in milliseconds since the Unix epoch; else `undefined`. */
export function parseChatTime(text: string): number | undefined {
  const match = /^(\d\d)-(\d\d)-(\d{4}) (\d\d:\d\d:\d\d)$/.exec(text);
  if (match === null) return undefined;
  const [, day, month, year, time] = match;
  const timeMs = Date.parse(`${year}-${month}-${day}T${time}.000Z`);
  // The 30th of February is no error of Date's.
  return Number.isNaN(timeMs) || formatChatTime(timeMs) !== text ? undefined : timeMs;
}
