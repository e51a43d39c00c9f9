import { assert, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";
import fc from "fast-check";
import { KEY_BYTES, keyId } from "../../lib/seal/key.ts";
import {
  RECORD_NONCE_BYTES,
  RECORD_OVERHEAD_BYTES,
  RecordError,
  RecordKey,
  type RecordPlace,
} from "../../lib/seal/record.ts";
import { uuidToBytes } from "../../lib/wire/uuid.ts";

const STORE_KEY = new Uint8Array(KEY_BYTES).map((_, i) => i);
const KEY = new RecordKey(STORE_KEY);
const ID = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f";
const PLACE: RecordPlace = {
  kind: "manifest",
  id: uuidToBytes(ID),
  storedAtMs: 1_800_000_000_123,
};
const NONCE = new Uint8Array(RECORD_NONCE_BYTES).fill(7);
const TEXT = new TextEncoder().encode("Köln = 5");

const bytes = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
const place = fc.record({
  kind: fc.constant("manifest" as const),
  id: bytes(16),
  storedAtMs: fc.integer({ min: -8.64e15, max: 8.64e15 }),
});
const sealing = fc.record({
  storeKey: bytes(KEY_BYTES),
  place,
  plaintext: fc.uint8Array({ maxLength: 300 }),
  nonce: bytes(RECORD_NONCE_BYTES),
});

Deno.test("what is sealed opens with the same key in the same place", () => {
  fc.assert(
    fc.property(sealing, ({ storeKey, place, plaintext, nonce }) => {
      const sealed = new RecordKey(storeKey).seal(place, plaintext, nonce);
      assertEquals(sealed.length, plaintext.length + RECORD_OVERHEAD_BYTES);
      // Another object of the same key: nothing but the key is needed.
      assertEquals(new RecordKey(storeKey).open(place, sealed), plaintext);
    }),
    { numRuns: 2000 },
  );
});

Deno.test("nothing that is changed anywhere opens", () => {
  fc.assert(
    fc.property(sealing, fc.nat(), fc.integer({ min: 1, max: 255 }), (record, at, flip) => {
      const { storeKey, place, plaintext, nonce } = record;
      const key = new RecordKey(storeKey);
      const sealed = key.seal(place, plaintext, nonce);
      const changed = sealed.slice();
      changed[at % sealed.length]! ^= flip;
      assertThrows(() => key.open(place, changed), RecordError);
      assertThrows(() => key.open(place, sealed.subarray(0, at % sealed.length)), RecordError);
      assertThrows(() => key.open(place, Uint8Array.of(...sealed, flip)), RecordError);
      assertEquals(key.open(place, sealed), plaintext);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("every flipped bit is refused, and every length that is too short", () => {
  const sealed = KEY.seal(PLACE, TEXT, NONCE);
  for (let bit = 0; bit < sealed.length * 8; bit++) {
    const changed = sealed.slice();
    changed[bit >> 3]! ^= 1 << (bit & 7);
    assertThrows(() => KEY.open(PLACE, changed), RecordError, ID, `bit ${bit}`);
  }
  for (let length = 0; length < sealed.length; length++) {
    assertThrows(() => KEY.open(PLACE, sealed.subarray(0, length)), RecordError, ID);
  }
});

Deno.test("in another place, and with another key, nothing opens", () => {
  fc.assert(
    fc.property(sealing, place, bytes(KEY_BYTES), ({ storeKey, ...record }, other, otherKey) => {
      const key = new RecordKey(storeKey);
      const sealed = key.seal(record.place, record.plaintext, record.nonce);
      const { id, storedAtMs } = other;
      // What arbitraries give is the same now and then.
      fc.pre(!same(id, record.place.id) && storedAtMs !== record.place.storedAtMs);
      fc.pre(!same(storeKey, otherKey));
      const places = [
        { ...record.place, id },
        { ...record.place, storedAtMs },
        { ...record.place, storedAtMs: record.place.storedAtMs + 1 },
        { ...record.place, kind: "message" as "manifest" },
      ];
      for (const place of places) assertThrows(() => key.open(place, sealed), RecordError);
      assertThrows(() => new RecordKey(otherKey).open(record.place, sealed), RecordError);
    }),
    { numRuns: 1000 },
  );
});

Deno.test("the format is the one that is written down", async () => {
  // The same with another implementation: WebCrypto.
  const secret = await crypto.subtle.importKey("raw", STORE_KEY, "HKDF", false, ["deriveKey"]);
  const aesKey = await crypto.subtle.deriveKey(
    {
      name: "HKDF",
      hash: "SHA-256",
      salt: new Uint8Array(0),
      info: new TextEncoder().encode("wagons records at rest"),
    },
    secret,
    { name: "AES-GCM", length: 256 },
    false,
    ["decrypt"],
  );
  const sealed = KEY.seal(PLACE, TEXT, NONCE);
  assertEquals(sealed[0], 1);
  assertEquals(sealed.slice(1, 13), NONCE);
  const time = new Uint8Array(8);
  new DataView(time.buffer).setBigInt64(0, BigInt(PLACE.storedAtMs));
  const additionalData = Uint8Array.of(
    1,
    ...PLACE.id,
    ...time,
    ...new TextEncoder().encode("manifest"),
  );
  const algorithm = { name: "AES-GCM", iv: sealed.slice(1, 13), additionalData };
  const opened = await crypto.subtle.decrypt(algorithm, aesKey, sealed.slice(13));
  assertEquals(new Uint8Array(opened), TEXT);
});

Deno.test("an empty record is one too", () => {
  const sealed = KEY.seal(PLACE, new Uint8Array(0), NONCE);
  assertEquals(KEY.open(PLACE, sealed), new Uint8Array(0));
});

Deno.test("a key tells its id, and two texts are not alike when sealed", () => {
  assertEquals(KEY.id, keyId(STORE_KEY));
  const other = NONCE.map((byte) => byte + 1);
  assert(!same(KEY.seal(PLACE, TEXT, NONCE), KEY.seal(PLACE, TEXT, other)));
});

Deno.test("a format of another version is named", () => {
  const sealed = KEY.seal(PLACE, TEXT, NONCE);
  sealed[0] = 2;
  const error = assertThrows(() => KEY.open(PLACE, sealed), RecordError, "version 2");
  assertStringIncludes(error.hint!, "backup");
  assertEquals(error.exitCode, 5);
});

Deno.test("a nonce or an id of another length is a mistake of the caller", () => {
  for (const length of [0, 11, 13, 16]) {
    assertThrows(() => KEY.seal(PLACE, TEXT, new Uint8Array(length)), RangeError, `${length}`);
  }
  const place = { ...PLACE, id: new Uint8Array(15) };
  assertThrows(() => KEY.seal(place, TEXT, NONCE), RangeError, "15");
});

function same(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}
