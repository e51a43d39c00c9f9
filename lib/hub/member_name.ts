/**
 * The names of the room's members. A name is what people go by when they decide whom to believe, so
 * two names that look the same are the same, and a name does nothing to the terminal it is shown on.
 *
 * Letters of different scripts that happen to have one shape (Latin a, Cyrillic а) stay apart: to
 * tell who imitates from who is called so takes more than the letters.
 *
 * @module
 */

import { MAX_NAME_CHARS, MAX_RAW_NAME_UNITS } from "../limits/room.ts";

/** A name that can be used, and what it is compared by. */
export interface MemberName {
  /** As it is shown. */
  readonly name: string;
  /** Two names with the same key are the same. */
  readonly key: string;
}

/**
 * By this name the server itself speaks in dialects that have no other way to tell something. No
 * member has it: nobody could tell the two apart.
 */
export const SERVER_NAME = "wagons";

/**
 * What is not seen, or steers what is seen: controls, line and paragraph separators, format
 * characters (soft hyphens, marks and overrides of the direction, byte order marks, tags), and all
 * that Unicode says may be shown as nothing, like the Hangul fillers; the empty Braille pattern too.
 * Not the joiners (ZWNJ, ZWJ) and variation selectors: Persian, Hindi, emoji and Han need them.
 */
const HIDDEN =
  /(?![\u200C\u200D\uFE00-\uFE0F\u{E0100}-\u{E01EF}])[\p{Cc}\p{Zl}\p{Zp}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/u;

/** What makes no difference between two names. */
const IGNORED = /[\u200C\u200D\uFE00-\uFE0F\u{E0100}-\u{E01EF}]/gu;

const SPACES_AROUND = /^\p{Zs}+|\p{Zs}+$/gu;

/**
 * Brings a wanted name into the form in which it is used: NFC, without spaces around.
 *
 * @returns the name, or why it cannot be used, as a sentence.
 */
export function readMemberName(wanted: string): MemberName | string {
  if (wanted.length > MAX_RAW_NAME_UNITS) return TOO_LONG;
  if (!wanted.isWellFormed()) return "The name is no valid Unicode.";
  const name = wanted.normalize("NFC").replace(SPACES_AROUND, "");
  if ([...name].length > MAX_NAME_CHARS) return TOO_LONG;
  if (HIDDEN.test(name)) {
    return "The name has a control character, or another one that is not seen.";
  }
  if (/^\p{M}/u.test(name)) {
    return "The name begins with a mark that belongs to a letter before it.";
  }
  const key = nameKey(name);
  return key === "" ? "The name is empty." : { name, key };
}

const TOO_LONG = `The name is longer than ${MAX_NAME_CHARS} characters.`;

/**
 * The name itself where it is free, else the first free one with a number behind it, from 2 on. A
 * long name is cut for that. {@linkcode SERVER_NAME} is never free.
 */
export function freeName(
  { name, key }: MemberName,
  isTaken: (key: string) => boolean,
): MemberName {
  let digits = 0;
  let cut = "";
  let cutKey = "";
  for (let number = 1;; number++) {
    if (number === 1) {
      if (key !== SERVER_KEY && !isTaken(key)) return { name, key };
      continue;
    }
    const suffix = ` ${number}`;
    // Thousands of one name may come: the rest is done once for each length of the number.
    if (suffix.length !== digits) {
      digits = suffix.length;
      cut = [...name].slice(0, MAX_NAME_CHARS - digits).join("").replace(SPACES_AROUND, "");
      cutKey = nameKey(cut);
    }
    if (!isTaken(cutKey + suffix)) return { name: cut + suffix, key: cutKey + suffix };
  }
}

/**
 * What names are compared by: NFKC, in capitals, each run of spaces as one. Full-width letters,
 * ligatures, K for kelvin, and ſ or ß beside s make no other name.
 */
function nameKey(name: string): string {
  return name.replace(IGNORED, "")
    .normalize("NFKC").toLowerCase().toUpperCase().normalize("NFKC")
    .replace(/\p{Zs}+/gu, " ").replace(SPACES_AROUND, "");
}

const SERVER_KEY = nameKey(SERVER_NAME);
