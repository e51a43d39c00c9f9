/**
 * Dictionaries as MessagePack.
 *
 * @module
 */

import { asDictionary } from "./entries.ts";
import { checkExpandedSize } from "./expanded_size.ts";
import type { Format } from "./format.ts";
import { MsgpackEnd } from "./msgpack_end.ts";
import { readMsgpack } from "./msgpack_read.ts";
import { writeMsgpack } from "./msgpack_write.ts";

/** MessagePack: a map, or a list of entries {city, wagons}. */
export const msgpackFormat: Format = {
  name: "msgpack",
  isText: false,
  read: (bytes) => asDictionary(readMsgpack(bytes)),
  write: (dictionary) => {
    checkExpandedSize(dictionary, new Set());
    return writeMsgpack(dictionary);
  },
  findEnd: () => new MsgpackEnd(),
};
