/**
 * Between texts of formats and their bytes.
 *
 * @module
 */

import { MAX_DICTIONARY_BYTES } from "../limits/formats.ts";
import { FormatError } from "./format_error.ts";
import { decodeUtf8 } from "./utf8.ts";

/**
 * The text of a dictionary's bytes, without the byte order mark that may come first.
 *
 * @throws {FormatError} when they are no UTF-8, or more than MAX_DICTIONARY_BYTES.
 */
export function decodeText(bytes: Uint8Array): string {
  checkLength(bytes);
  return decodeUtf8(bytes);
}

/**
 * The bytes of a dictionary's text.
 *
 * @throws {FormatError} when they are more than MAX_DICTIONARY_BYTES, or the text is no valid Unicode.
 */
export function encodeText(text: string): Uint8Array {
  if (!text.isWellFormed()) throw new FormatError("a text has half of a pair of surrogates");
  const bytes = new TextEncoder().encode(text);
  checkLength(bytes);
  return bytes;
}

function checkLength({ length }: Uint8Array): void {
  if (length > MAX_DICTIONARY_BYTES) {
    throw new FormatError(`it is longer than ${MAX_DICTIONARY_BYTES} bytes`);
  }
}
