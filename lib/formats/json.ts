/**
 * Dictionaries as JSON.
 *
 * @module
 */

import { asDictionary } from "./entries.ts";
import { checkExpandedSize } from "./expanded_size.ts";
import type { Format } from "./format.ts";
import { JsonEnd } from "./json_end.ts";
import { readJson } from "./json_read.ts";
import { writeJson } from "./json_write.ts";
import { encodeText } from "./text_bytes.ts";
import { WrittenSize } from "./written_size.ts";

/** JSON: an object, or a list of entries {city, wagons}. */
export const jsonFormat: Format = {
  name: "json",
  isText: true,
  read: (bytes) => asDictionary(readJson(bytes)),
  write: (dictionary) => {
    checkExpandedSize(dictionary, new Set());
    return encodeText(writeJson(dictionary, new WrittenSize()));
  },
  findEnd: () => new JsonEnd(),
};
