/**
 * AES-EAX: what others have written down.
 *
 * @module
 */

import { assertEquals } from "@std/assert";
import { Eax } from "../../lib/seal/eax.ts";
import { test } from "../helpers/strict.ts";
import { assertRefused } from "./arbitraries.ts";

/** See tests/vectors/eax/README.md. */
interface Vector {
  name: string;
  key: string;
  nonce: string;
  associatedData: string;
  tagBytes?: number;
  sealed: string;
  expect: "ok" | "wrongTag" | "broken";
  plaintext?: string;
}

const COUNTS: Record<string, Record<Vector["expect"], number>> = {
  paper: { ok: 10, wrongTag: 0, broken: 0 },
  wycheproof: { ok: 90, wrongTag: 81, broken: 0 },
  made: { ok: 103, wrongTag: 15, broken: 5 },
};

for (const [file, counts] of Object.entries(COUNTS)) {
  test(`the vectors of ${file}.json`, async () => {
    const url = new URL(`../vectors/eax/${file}.json`, import.meta.url);
    const vectors = JSON.parse(await Deno.readTextFile(url)) as Vector[];
    const ran = { ok: 0, wrongTag: 0, broken: 0 };
    for (const { name, expect, tagBytes = 16, ...vector } of vectors) {
      using eax = new Eax(Uint8Array.fromHex(vector.key), { tagBytes });
      const nonce = Uint8Array.fromHex(vector.nonce);
      const associatedData = Uint8Array.fromHex(vector.associatedData);
      const sealed = Uint8Array.fromHex(vector.sealed);
      if (expect === "ok") {
        const plaintext = Uint8Array.fromHex(vector.plaintext!);
        assertEquals(eax.seal(nonce, plaintext, associatedData), sealed, name);
        assertEquals(eax.open(nonce, sealed, associatedData), plaintext, name);
      } else {
        assertRefused(() => eax.open(nonce, sealed, associatedData), expect, name);
      }
      ran[expect]++;
    }
    assertEquals(ran, counts);
  });
}
