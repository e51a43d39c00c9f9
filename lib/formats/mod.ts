/**
 * All formats of dictionaries, by their names.
 *
 * @module
 */

import { csvFormat } from "./csv.ts";
import type { Format, FormatName } from "./format.ts";
import { jsonFormat } from "./json.ts";
import { pickleFormat } from "./pickle.ts";
import { msgpackFormat } from "./msgpack.ts";
import { textFormat } from "./text.ts";
import { xmlFormat } from "./xml.ts";

/** The formats by their names, in the order of `FORMAT_NAMES`. */
export const FORMATS: ReadonlyMap<FormatName, Format> = new Map(
  [textFormat, jsonFormat, xmlFormat, msgpackFormat, pickleFormat, csvFormat]
    .map((format) => [format.name, format]),
);

/** The format of that name. */
export function formatOf(name: FormatName): Format {
  return FORMATS.get(name)!;
}
