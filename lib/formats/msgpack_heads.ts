/**
 * What the first byte of a value in MessagePack says.
 *
 * @module
 */

import { FormatError } from "./format_error.ts";

/** The first bytes of values that have a form of their own. See the specification's table of formats. */
export const Head = {
  nil: 0xc0,
  false: 0xc2,
  true: 0xc3,
  float32: 0xca,
  float64: 0xcb,
  uint8: 0xcc,
  uint16: 0xcd,
  uint32: 0xce,
  uint64: 0xcf,
  int8: 0xd0,
  int16: 0xd1,
  int32: 0xd2,
  int64: 0xd3,
  str8: 0xd9,
  str16: 0xda,
  str32: 0xdb,
  array16: 0xdc,
  array32: 0xdd,
  map16: 0xde,
  map32: 0xdf,
} as const;

/** The first bytes that hold a length too, which is added to them; the last one is for negative numbers. */
export const Fix = { map: 0x80, array: 0x90, str: 0xa0, end: 0xc0, negative: 0xe0 } as const;

const REFUSED: Readonly<Record<number, string>> = {
  0xc1: "no type",
  0xc4: "bytes (bin 8)",
  0xc5: "bytes (bin 16)",
  0xc6: "bytes (bin 32)",
  0xc7: "a time or another extension type (ext 8)",
  0xc8: "a time or another extension type (ext 16)",
  0xc9: "a time or another extension type (ext 32)",
  0xd4: "an extension type (fixext 1)",
  0xd5: "an extension type (fixext 2)",
  0xd6: "a time or another extension type (fixext 4)",
  0xd7: "a time or another extension type (fixext 8)",
  0xd8: "an extension type (fixext 16)",
};

/** The error that a value of a type that is not taken begins at a byte. */
export function refusedHead(head: number, byte: number): FormatError {
  return new FormatError(`the byte 0x${head.toString(16)} begins ${REFUSED[head]}`, { byte });
}

/** The error that a name is no text. */
export function refusedName(byte: number): FormatError {
  return new FormatError("a name is no text", { byte });
}
