/**
 * The frames of system E's later programs: before each part stand its length, four bytes, big-endian,
 * and a byte that says what it is.
 *
 * @module
 */

import type { FormatName } from "../formats/format.ts";

/**
 * What a stream of such frames begins with: a dictionary of less than 16 MiB. No dictionary in any
 * format begins so, and no token.
 */
export const FRAMED_FIRST_BYTE = 0x00;

/** Bytes before each part. */
export const DICT_HEADER_BYTES = 5;

/** What a frame says that it is, whose part is a Fernet token. */
export const TOKEN_KIND = 0;

/** The formats of dictionaries by what their frames say. */
const FORMATS: ReadonlyMap<number, FormatName> = new Map([[1, "pickle"], [2, "json"], [3, "xml"]]);

/** The formats that dictionaries have in frames. */
export const FRAMED_FORMATS: readonly FormatName[] = Array.from(FORMATS.values());

/** The format of a dictionary whose frame says that number; `undefined`: of none. */
export function framedFormat(kind: number): FormatName | undefined {
  return FORMATS.get(kind);
}

/** What the frame of a dictionary says; `undefined` for a format that frames have no number for. */
export function kindOfFormat(format: FormatName): number | undefined {
  for (const [kind, name] of FORMATS) if (name === format) return kind;
  return undefined;
}

/** The length of a part, and what its frame says that it is, of the {@linkcode DICT_HEADER_BYTES}. */
export function readDictHeader(header: Uint8Array): { length: number; kind: number } {
  const view = new DataView(header.buffer, header.byteOffset, DICT_HEADER_BYTES);
  return { length: view.getUint32(0), kind: view.getUint8(4) };
}

/** A part in its frame. */
export function encodeDictFrame(kind: number, part: Uint8Array): Uint8Array<ArrayBuffer> {
  const frame = new Uint8Array(DICT_HEADER_BYTES + part.length);
  const view = new DataView(frame.buffer);
  view.setUint32(0, part.length);
  view.setUint8(4, kind);
  frame.set(part, DICT_HEADER_BYTES);
  return frame;
}
