/**
 * Bytes <-> urlsafe base64 with padding (RFC 4648, section 5), in exactly one text for each bytes.
 *
 * @module
 */

/** The text of bytes: `-` and `_` for 62 and 63, padded with `=` to whole groups of four. */
export function encodeBase64Url(bytes: Uint8Array): string {
  return bytes.toBase64({ alphabet: "base64url" });
}

/**
 * The bytes of a text, or undefined when {@linkcode encodeBase64Url} gives that text for no bytes:
 * another alphabet, padding that is missing or too much, bits behind the last byte, white space.
 */
export function decodeBase64Url(text: string): Uint8Array | undefined {
  // The built-in decoder passes over white space.
  if (/\s/.test(text)) return undefined;
  try {
    return Uint8Array.fromBase64(text, { alphabet: "base64url", lastChunkHandling: "strict" });
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
