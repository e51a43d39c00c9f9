import { assertEquals, assertNotEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { concat } from "../../lib/bytes.ts";
import {
  CHUNK_NONCE_BYTES,
  type ChunkPlace,
  CONTENT_KEY_BYTES,
  ContentKey,
  SEALED_CHUNK_OVERHEAD_BYTES,
} from "../../lib/seal/content.ts";
import { RecordError } from "../../lib/seal/record.ts";
import { uuidToBytes } from "../../lib/wire/uuid.ts";

const ID = "017f22e2-79b0-4cc3-98c4-dc0c0c07398f";
const KEY = new Uint8Array(CONTENT_KEY_BYTES).map((_, i) => i);
const CONTENT = new ContentKey(KEY, uuidToBytes(ID));
const NONCE = new Uint8Array(CHUNK_NONCE_BYTES).fill(7);
const PLACE: ChunkPlace = { index: 3, isLast: false };
const TEXT = new TextEncoder().encode("Waggonliste");

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const sealing = fc.record({
  key: bytes(CONTENT_KEY_BYTES),
  id: bytes(16),
  place: fc.record({ index: fc.maxSafeNat(), isLast: fc.boolean() }),
  nonce: bytes(CHUNK_NONCE_BYTES),
  pieces: fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 5 }),
});

function seal(
  content: ContentKey,
  place: ChunkPlace,
  pieces: readonly Uint8Array[],
  nonce: Uint8Array = NONCE,
): Uint8Array {
  const chunk = content.seal(place, nonce);
  return concat([nonce, ...pieces.map((piece) => chunk.update(piece)), chunk.finish()]);
}

Deno.test("a chunk that is sealed in any pieces opens as a whole", () => {
  fc.assert(
    fc.property(sealing, ({ key, id, place, nonce, pieces }) => {
      const content = new ContentKey(key, id);
      const sealed = seal(content, place, pieces, nonce);
      const plaintext = concat(pieces);
      assertEquals(sealed.length, plaintext.length + SEALED_CHUNK_OVERHEAD_BYTES);
      assertEquals(sealed, seal(content, place, [plaintext], nonce));
      assertEquals(new Uint8Array(content.open(place, sealed)), plaintext);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("a chunk with any bit changed, or cut, or longer, does not open", () => {
  const sealed = seal(CONTENT, PLACE, [TEXT]);
  for (let bit = 0; bit < 8 * sealed.length; bit++) {
    const changed = sealed.slice();
    changed[bit >> 3]! ^= 1 << (bit & 7);
    assertThrows(() => CONTENT.open(PLACE, changed), RecordError, "chunk 3", `bit ${bit}`);
  }
  for (let length = 0; length < sealed.length; length++) {
    assertThrows(() => CONTENT.open(PLACE, sealed.slice(0, length)), RecordError, ID);
  }
  assertThrows(() => CONTENT.open(PLACE, concat([sealed, new Uint8Array(1)])), RecordError);
});

Deno.test("a chunk opens in its own place alone, with its own key", () => {
  const sealed = seal(CONTENT, PLACE, [TEXT]);
  const places = [{ ...PLACE, index: 2 }, { ...PLACE, index: 3 + 2 ** 32 }, {
    ...PLACE,
    isLast: true,
  }];
  for (const place of places) {
    assertThrows(() => CONTENT.open(place, sealed), RecordError, `chunk ${place.index}`);
  }
  const others = [
    new ContentKey(KEY, uuidToBytes(ID.replace("0", "1"))),
    new ContentKey(KEY.slice().reverse(), uuidToBytes(ID)),
  ];
  for (const other of others) assertThrows(() => other.open(PLACE, sealed), RecordError);
  const error = assertThrows(() => others[1]!.open(PLACE, sealed), RecordError, ID);
  assertStringIncludes(error.hint!, "backup");
  assertEquals(new Uint8Array(CONTENT.open(PLACE, sealed)), TEXT);
});

Deno.test("two nonces give two ciphertexts", () => {
  const other = seal(CONTENT, PLACE, [TEXT], new Uint8Array(CHUNK_NONCE_BYTES).fill(8));
  const sealed = seal(CONTENT, PLACE, [TEXT]);
  assertNotEquals(sealed.slice(CHUNK_NONCE_BYTES), other.slice(CHUNK_NONCE_BYTES));
});

Deno.test("the cipher is ChaCha20-Poly1305 as RFC 8439 has it", () => {
  // The vector of section 2.8.2; its tag is for other associated data.
  const key = Uint8Array.from({ length: 32 }, (_, i) => 0x80 + i);
  const nonce = Uint8Array.of(7, 0, 0, 0, 0x40, 0x41, 0x42, 0x43, 0x44, 0x45, 0x46, 0x47);
  const plaintext = new TextEncoder().encode(
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, " +
      "sunscreen would be it.",
  );
  const content = new ContentKey(key, new Uint8Array(16));
  const sealed = seal(content, PLACE, [plaintext], nonce);
  assertEquals(
    sealed.slice(12, 28).toHex(),
    "d31a8d34648e60db7b86afbc53ef7ec2",
  );
});
