import { MAX_SAY_BYTES } from "../limits/room.ts";

/** Bytes in UTF-8 that a unit of UTF-16 takes at most. */
const MAX_UNIT_BYTES = 3;

const encoder = new TextEncoder();

/** What a member says, looked at. */
export type CheckedText =
  | { readonly bytes: number }
  | { readonly problem: string; readonly isTooLong: boolean };

/**
 * Whether a text can be said: its bytes in UTF-8, or what is wrong with it, as a sentence. A carriage
 * return is a control character, unless a line feed follows.
 */
export function checkText(text: string): CheckedText {
  if (text === "") return wrong("The text is empty.");
  if (text.length > MAX_SAY_BYTES) return TOO_LONG;
  if (!text.isWellFormed()) return wrong("The text is no valid Unicode.");
  if (/\r(?!\n)|[^\P{Cc}\t\n\r]/u.test(text)) return wrong("The text has a control character.");
  const bytes = utf8Length(text);
  return bytes > MAX_SAY_BYTES ? TOO_LONG : { bytes };
}

const TOO_LONG: CheckedText = {
  problem: `The text is longer than ${MAX_SAY_BYTES} bytes.`,
  isTooLong: true,
};

function wrong(problem: string): CheckedText {
  return { problem, isTooLong: false };
}

function utf8Length(text: string): number {
  const buffer = new Uint8Array(text.length * MAX_UNIT_BYTES);
  return encoder.encodeInto(text, buffer).written;
}
