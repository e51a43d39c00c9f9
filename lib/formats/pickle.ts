/**
 * Dictionaries as pickles of Python.
 *
 * A pickle is a program for a small machine, and most pickles that do harm use opcodes that import
 * and call something. Here none of these is known: there is a list of those that build data, and a
 * pickle with any other is refused before anything of it is built.
 *
 * @module
 */

import { MAX_DICTIONARY_BYTES } from "../limits/formats.ts";
import { asDictionary } from "./entries.ts";
import { checkExpandedSize } from "./expanded_size.ts";
import type { Format, WriteOptions } from "./format.ts";
import { FormatError } from "./format_error.ts";
import { PickleEnd } from "./pickle_end.ts";
import { loadPickle } from "./pickle_load.ts";
import { dumpPickle } from "./pickle_write.ts";
import type { Dictionary } from "./value.ts";

/** Python 3.4 and all that came after it read this one. */
const DEFAULT_PROTOCOL = 4;

/** Pickles of protocols 0 to 5, written as ones of protocols 2 to 4. */
export const pickleFormat: Format = {
  name: "pickle",
  isText: false,
  read,
  write,
  findEnd: () => new PickleEnd(),
};

function read(bytes: Uint8Array): Dictionary {
  if (bytes.length > MAX_DICTIONARY_BYTES) {
    throw new FormatError(`the pickle is longer than ${MAX_DICTIONARY_BYTES} bytes`);
  }
  const finder = new PickleEnd();
  const end = finder.push(bytes);
  if (end === undefined) finder.finish();
  else if (end < bytes.length) {
    const what = `${bytes.length - end} bytes follow the STOP of the pickle`;
    throw new FormatError(what, { byte: end });
  }
  return asDictionary(loadPickle(bytes));
}

function write(dictionary: Dictionary, options: WriteOptions = {}): Uint8Array {
  const { pickleProtocol = DEFAULT_PROTOCOL } = options;
  if (![2, 3, 4].includes(pickleProtocol)) {
    throw new FormatError(`pickles are written in protocols 2 to 4, not in ${pickleProtocol}`);
  }
  checkExpandedSize(dictionary, new Set());
  return dumpPickle(dictionary, pickleProtocol);
}
