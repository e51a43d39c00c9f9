/**
 * Unsigned 32-bit varints: groups of 7 bits, least significant first, the high bit set on all but
 * the last byte (Protocol Buffers encoding, "Base 128 Varints").
 *
 * @module
 */

/** The most bytes that a varint32 takes, non-minimal ones included. */
export const MAX_VARINT32_BYTES = 5;

/** How many bytes the minimal varint of `value` takes: 1 to 5. */
export function varint32Length(value: number): number {
  if (value < 0x80) return 1;
  if (value < 0x4000) return 2;
  if (value < 0x200000) return 3;
  return value < 0x10000000 ? 4 : 5;
}

/**
 * Writes the minimal varint of `value` (0 to 2^32 - 1) at `offset` and gives the offset after it.
 * The caller has made room for {@linkcode varint32Length} bytes.
 */
export function writeVarint32(value: number, out: Uint8Array, offset: number): number {
  while (value > 0x7f) {
    out[offset++] = (value & 0x7f) | 0x80;
    value >>>= 7;
  }
  out[offset++] = value;
  return offset;
}
