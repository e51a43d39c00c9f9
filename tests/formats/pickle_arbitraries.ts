/**
 * Random pickles, which no writer here makes: with the memo, with opcodes of old protocols, and broken
 * ones.
 *
 * @module
 */

import fc from "fast-check";
import { pickleFormat } from "../../lib/formats/pickle.ts";
import { anyDictionary } from "../helpers/dictionaries.ts";
import { raw } from "./hostile_pickles.ts";

/** Opcodes with what stands behind them, as bytes of text. */
const PIECES = [
  ...["(", ")", ".", "0", "1", "2", "N", "]", "}", "a", "e", "s", "u", "d", "l", "t"],
  ...["\x85", "\x86", "\x87", "\x88", "\x89", "\x94", "\x80\x02", "\x80\x05"],
  ...["I1\n", "I01\n", "L-7L\n", "F1.5\n", "S'a'\n", "Vb\n", "V\\u041c\n", "p0\n", "g0\n", "p1\n"],
  ...["K\x07", "M\x01\x02", "J\xff\xff\xff\xff", "G\x3f\xf8\0\0\0\0\0\0", "\x8a\x02\0\x80"],
  ...["\x8b\x01\0\0\0\x05", "U\x01c", "T\x01\0\0\0d", "X\x02\0\0\0\xd0\x9c", "\x8c\x01e"],
  ...[
    "\x8d\x01\0\0\0\0\0\0\0f",
    "\x95\x05\0\0\0\0\0\0\0",
    "q\0",
    "h\0",
    "r\x01\0\0\0",
    "j\x01\0\0\0",
  ],
];

/** Opcodes in any order. */
export const anyOpcodes: fc.Arbitrary<Uint8Array> = fc
  .array(fc.constantFrom(...PIECES), { maxLength: 30 })
  .map((pieces) => raw(`${pieces.join("")}.`));

/** Pickles of random dictionaries. */
export const anyPickle: fc.Arbitrary<Uint8Array> = fc
  .tuple(anyDictionary(), fc.constantFrom(2, 3, 4))
  .map(([dictionary, pickleProtocol]) => pickleFormat.write(dictionary, { pickleProtocol }));

/** Pickles with some bytes that are others. */
export const brokenPickle: fc.Arbitrary<Uint8Array> = fc
  .tuple(
    fc.oneof(anyPickle, anyOpcodes),
    fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
  )
  .map(([pickle, changes]) => {
    const bytes = pickle.slice();
    for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
    return bytes;
  });
