/**
 * JSON and MessagePack beside CPython's json and msgpack: each reads what the other has written.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { findPython } from "../../scripts/bench/peers/peers.ts";
import type { Format } from "../../lib/formats/format.ts";
import { jsonFormat } from "../../lib/formats/json.ts";
import { msgpackFormat } from "../../lib/formats/msgpack.ts";
import {
  type DictionaryRules,
  MSGPACK_WHOLES,
  randomDictionaries,
  tell,
} from "../helpers/dictionaries.ts";
import { ask } from "./python_dictionaries.ts";

const CASES = 10_000;

/** Each way in which Python is asked to write a format, and what dictionaries it can write so. */
const FORMATS: { format: Format; modules: string; option: string; rules: DictionaryRules }[] = [
  { format: jsonFormat, modules: "json", option: "utf8", rules: {} },
  { format: jsonFormat, modules: "json", option: "ascii", rules: {} },
  { format: msgpackFormat, modules: "msgpack", option: "packb", rules: MSGPACK_WHOLES },
];

for (const [seed, { format, modules, option, rules }] of FORMATS.entries()) {
  const python = await findPython(modules);
  const missing = python === undefined
    ? ` (skipped: no python3 with ${modules}: apt-get install python3 python3-msgpack)`
    : "";
  Deno.test({
    name: `interop: ${CASES} dictionaries in ${format.name} (${option}) and CPython${missing}`,
    ignore: python === undefined,
    fn: async () => {
      const dictionaries = Array.from(randomDictionaries(CASES, seed + 1, rules));
      const { read, written } = await ask(python!, format.name, {
        option,
        read: dictionaries.map((dictionary) => format.write(dictionary)),
        write: dictionaries.map(tell),
      });
      assertEquals([read.length, written.length], [CASES, CASES]);
      for (const [i, dictionary] of dictionaries.entries()) {
        const told = JSON.stringify(tell(dictionary));
        assertEquals(JSON.stringify(read[i]), told);
        assertEquals(JSON.stringify(tell(format.read(written[i]!))), told);
        assertEquals(format.findEnd().push(written[i]!), written[i]!.length);
        // Where MessagePack is the shortest, it is the same.
        if (format === msgpackFormat) assertEquals(format.write(dictionary), written[i]);
      }
      assert(dictionaries.some((dictionary) => dictionary.size > 4));
    },
  });
}
