import { MAX_SAY_BYTES } from "../limits/room.ts";
import { RefusalCode } from "../wire/messages.ts";
import type { Denial } from "./gate.ts";

/** Bytes in UTF-8 that a unit of UTF-16 takes at most. */
const MAX_UNIT_BYTES = 3;

const encoder = new TextEncoder();

/**
 * Whether a text can be said: its bytes in UTF-8, or why it cannot. A carriage return is a control
 * character, unless a line feed follows.
 */
export function checkText(text: string): { readonly bytes: number } | Denial {
  if (text === "") return wrong("The text is empty.");
  if (text.length > MAX_SAY_BYTES) return TOO_LONG;
  if (!text.isWellFormed()) return wrong("The text is no valid Unicode.");
  if (/\r(?!\n)|[^\P{Cc}\t\n\r]/u.test(text)) return wrong("The text has a control character.");
  const bytes = utf8Length(text);
  return bytes > MAX_SAY_BYTES ? TOO_LONG : { bytes };
}

const TOO_LONG: Denial = [
  RefusalCode.tooLarge,
  `The text is longer than ${MAX_SAY_BYTES} bytes.`,
];

function wrong(problem: string): Denial {
  return [RefusalCode.invalid, problem];
}

function utf8Length(text: string): number {
  const buffer = new Uint8Array(text.length * MAX_UNIT_BYTES);
  return encoder.encodeInto(text, buffer).written;
}
