/** The text of bytes that are valid UTF-8, without a byte order mark; undefined for all others. */
export function utf8Text(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // A TypeError is how the decoder says no.
    return undefined;
  }
}

/** Whether both hold the same bytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, at) => b[at] === byte);
}
