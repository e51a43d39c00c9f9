/**
 * Dictionaries as XML, by the convention of Python's dicttoxml, so that programs which build and read
 * elements by hand get along with it.
 *
 * The root, whatever it is called, has an element for each name: its tag is the name, or else it is
 * `<key name="...">`. The attribute `type` says what is in it: str, int, float, bool, null, dict, or
 * list, which holds `<item>`s. Without a type elements make a dictionary, or a list when they all are
 * `<item>`; a text that is a whole number as it is usually written is one; any other text is a text,
 * with its white space. What is written has a type where it would be misread without.
 *
 * Characters that XML cannot have are escaped in an element that says so: see xml_escapes.ts. There
 * are no other attributes: they would be lost. Of XML 1.0 in UTF-8 there is what data needs: no DTD,
 * so no entities but the five, no instructions but the declaration, no namespaces.
 *
 * @module
 */

import { asDictionary } from "./entries.ts";
import type { Format } from "./format.ts";
import { decodeText, encodeText } from "./text_bytes.ts";
import { XmlEnd } from "./xml_end.ts";
import { readXml } from "./xml_read.ts";
import { writeXml } from "./xml_write.ts";

/** The format xml. */
export const xmlFormat: Format = {
  name: "xml",
  isText: true,
  read: (bytes) => asDictionary(readXml(decodeText(bytes))),
  write: (dictionary) => encodeText(writeXml(dictionary)),
  findEnd: () => new XmlEnd(),
};
