import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { decodeDocumentHead, encodeDocumentHead } from "../../lib/store/document_head.ts";

const head = fc.record({
  madeAtMs: fc.integer({ min: -8.64e15, max: 8.64e15 }),
  names: fc.nat({ max: 2 ** 32 - 1 }),
  sha256: fc.uint8Array({ minLength: 32, maxLength: 32 }),
  source: fc.string({ unit: "binary", maxLength: 300 }),
});

Deno.test("what is known of a document comes back as it was", () => {
  fc.assert(
    fc.property(head, (head) => assertEquals(decodeDocumentHead(encodeDocumentHead(head)), head)),
    { numRuns: 1000 },
  );
  const edge = { madeAtMs: -1, names: 0, sha256: new Uint8Array(32), source: "\ufeffyard\u0000" };
  assertEquals(decodeDocumentHead(encodeDocumentHead(edge)), edge);
});

const anyBytes = fc.uint8Array({ maxLength: 60, size: "max" });
/** All that comes before the source, which may be empty: a time that is none, as a rule, or one. */
const fixedPart = fc.uint8Array({ minLength: 44, maxLength: 44 });
const withTime = fixedPart.map((bytes) => bytes.fill(0, 0, 2));

Deno.test("other bytes are what they would be written for, or nothing", () => {
  let read = 0;
  fc.assert(
    fc.property(fc.oneof(anyBytes, fixedPart, withTime), (bytes) => {
      try {
        const head = decodeDocumentHead(bytes);
        // What was never written has times that a number does not hold exactly.
        if (Number.isSafeInteger(head.madeAtMs)) assertEquals(encodeDocumentHead(head), bytes);
        read++;
      } catch (error) {
        assertEquals((error as Error).constructor, RangeError);
      }
    }),
    { numRuns: 3000 },
  );
  assertEquals(read > 100, true, `${read} were read`);
});

Deno.test("what is cut off before the source is refused, at every length", () => {
  const bytes = encodeDocumentHead({
    ...{ madeAtMs: 1, names: 2, sha256: new Uint8Array(32), source: "" },
  });
  for (let length = 0; length < bytes.length; length++) {
    assertThrows(() => decodeDocumentHead(bytes.subarray(0, length)), RangeError);
  }
  assertEquals(decodeDocumentHead(bytes).names, 2);
});
