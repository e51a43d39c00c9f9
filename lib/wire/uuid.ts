/**
 * UUIDs between their text form and their 16 bytes (RFC 9562, section 4).
 *
 * @module
 */

const TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether `text` is a UUID in its usual form, in lower case. */
export function isUuid(text: string): boolean {
  return TEXT.test(text);
}

/** Whether `text` is a UUID of version 7 in its usual form, in lower case. */
export function isUuidV7(text: string): boolean {
  return isUuid(text) && text[14] === "7" && "89ab".includes(text[19]!);
}

/**
 * The 16 bytes of a UUID in its text form, in lower case.
 *
 * @throws {RangeError} for any other text.
 */
export function uuidToBytes(text: string): Uint8Array {
  if (!isUuid(text)) throw new RangeError(`Cannot read a UUID: ${JSON.stringify(text)} is none`);
  const hex = text.replaceAll("-", "");
  const bytes = new Uint8Array(16);
  for (let i = 0; i < 16; i++) bytes[i] = parseInt(hex.slice(2 * i, 2 * i + 2), 16);
  return bytes;
}

/**
 * The text form, in lower case, of 16 bytes.
 *
 * @throws {RangeError} for any other number of bytes.
 */
export function uuidFromBytes(bytes: Uint8Array): string {
  if (bytes.length !== 16) {
    throw new RangeError(`Cannot write a UUID: it has 16 bytes, not ${bytes.length}`);
  }
  let hex = "";
  for (const byte of bytes) hex += byte.toString(16).padStart(2, "0");
  const groups = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20)];
  return `${groups.join("-")}-${hex.slice(20)}`;
}

/**
 * A UUIDv7 (RFC 9562, section 5.7) of a time in milliseconds since the Unix epoch and 10 random
 * bytes, of which 74 bits are used.
 *
 * @throws {RangeError} for a time that does not fit 48 bits, and for fewer random bytes.
 */
export function makeUuidV7(timeMs: number, random: Uint8Array): string {
  if (!Number.isInteger(timeMs) || timeMs < 0 || timeMs >= 2 ** 48) {
    throw new RangeError(`Cannot make a UUIDv7: ${timeMs} is no time of 48 bits`);
  }
  if (random.length < 10) {
    throw new RangeError(`Cannot make a UUIDv7: it takes 10 random bytes, not ${random.length}`);
  }
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(timeMs) << 16n);
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | (bytes[6]! & 0x0f);
  bytes[8] = 0x80 | (bytes[8]! & 0x3f);
  return uuidFromBytes(bytes);
}

/** The time in a UUIDv7 in its text form, in milliseconds since the Unix epoch. */
export function uuidTimeMs(text: string): number {
  return parseInt(text.slice(0, 8) + text.slice(9, 13), 16);
}
