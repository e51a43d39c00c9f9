/**
 * What all that find the end of a dictionary in a stream have in common.
 *
 * @module
 */

import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import type { Format } from "../../lib/formats/format.ts";
import { FormatError } from "../../lib/formats/format_error.ts";

/** Where a dictionary ends in bytes; `undefined` when it does not. The bytes come in pieces. */
export function findEnd(format: Format, pieces: readonly Uint8Array[]): number | undefined {
  const finder = format.findEnd();
  let before = 0;
  for (const piece of pieces) {
    const end = finder.push(piece);
    if (end !== undefined) return before + end;
    before += piece.length;
  }
  return undefined;
}

/** Bytes in any pieces, some of them empty. */
export function cut(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts.map((at) => at % (bytes.length + 1)), bytes.length];
  places.sort((a, b) => a - b);
  return places.slice(1).map((end, i) => bytes.subarray(places[i], end));
}

/** Any cuts for {@linkcode cut}. */
export const anyCuts: fc.Arbitrary<number[]> = fc.array(fc.nat(), { maxLength: 6 });

/** Checks that the end is found at every cut in two, and byte by byte, and that less is too little. */
export function assertEndAtAnyCut(format: Format, bytes: Uint8Array, behind: Uint8Array): void {
  const all = new Uint8Array(bytes.length + behind.length);
  all.set(bytes);
  all.set(behind, bytes.length);
  for (let at = 0; at <= all.length; at++) {
    assertEquals(findEnd(format, [all.subarray(0, at), all.subarray(at)]), bytes.length);
  }
  assertEquals(findEnd(format, Array.from(all, (byte) => Uint8Array.of(byte))), bytes.length);
  for (let at = 0; at < bytes.length; at++) {
    const finder = format.findEnd();
    assertEquals(finder.push(bytes.subarray(0, at)), undefined);
    assertThrows(() => finder.finish(), FormatError, "ends too soon");
  }
}

/** What finding the end says of bytes: the end, undefined, or why they are none. */
export function verdict(
  format: Format,
  pieces: readonly Uint8Array[],
): number | string | undefined {
  try {
    return findEnd(format, pieces);
  } catch (error) {
    if (error instanceof FormatError) return error.message;
    throw error;
  }
}
