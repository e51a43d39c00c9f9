import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { decodeBase64Url, encodeBase64Url } from "../../lib/seal/base64url.ts";
import { bytes, RUNS } from "./arbitraries.ts";

const ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/** RFC 4648, section 10, and the two letters in which the alphabets differ. */
const EXAMPLES: Record<string, string> = {
  "": "",
  "f": "Zg==",
  "fo": "Zm8=",
  "foo": "Zm9v",
  "foob": "Zm9vYg==",
  "fooba": "Zm9vYmE=",
  "foobar": "Zm9vYmFy",
  "??>": "Pz8-",
  "???": "Pz8_",
};

Deno.test("the examples of RFC 4648", () => {
  for (const [text, encoded] of Object.entries(EXAMPLES)) {
    const bytes = new TextEncoder().encode(text);
    assertEquals(encodeBase64Url(bytes), encoded);
    assertEquals(decodeBase64Url(encoded), bytes);
  }
});

Deno.test("bytes come back as they were", () => {
  fc.assert(
    fc.property(bytes(300), (bytes) => {
      assertEquals(decodeBase64Url(encodeBase64Url(bytes)), Uint8Array.from(bytes));
    }),
    RUNS,
  );
});

Deno.test("what is decoded is encoded as it was, whatever it was", () => {
  const letter = fc.constantFrom(...ALPHABET, "=", "==", "+", "/", " ", "\n");
  let decoded = 0;
  fc.assert(
    fc.property(fc.array(letter, { maxLength: 8, size: "max" }), (letters) => {
      const text = letters.join("");
      const bytes = decodeBase64Url(text);
      if (bytes === undefined) return;
      assertEquals(encodeBase64Url(bytes), text);
      decoded++;
    }),
    { numRuns: 20_000 },
  );
  // Else the property says little.
  assert(decoded > 1000, String(decoded));
});

Deno.test("bits behind the last byte are refused", () => {
  let accepted = 0;
  for (const one of ALPHABET) {
    for (const other of ALPHABET) {
      if (decodeBase64Url(`${one}${other}==`) !== undefined) accepted++;
      if (decodeBase64Url(`A${one}${other}=`) !== undefined) accepted++;
    }
  }
  assertEquals(accepted, 256 + 64 * 16);
});

Deno.test("another form is refused", () => {
  const others = [
    "Z",
    "Zg",
    "Zg=",
    "Zg===",
    "Zg====",
    "Zm8",
    "Zm8==",
    "Zm9v=",
    "Zm9v==",
    "Zm9v====",
    "=",
    "==",
    "===",
    "====",
    "=Zg=",
    "Zg==Zg==",
    "Z===",
    "Pz8+",
    "Pz8/",
    "Zm9v\n",
    "Zm9v\r\n",
    " Zm9v",
    "Zm 9v",
    "Zm9v\t",
    "Zm9v\f",
    "Zm9v\u00a0",
    "Zm9v\0",
    "Zm9\u0412",
    "Zm9%",
    "Zm9\ud83d\ude83",
  ];
  for (const text of others) assertEquals(decodeBase64Url(text), undefined, JSON.stringify(text));
});
