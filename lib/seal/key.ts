/**
 * Keys: 32 random bytes, as urlsafe base64 in a file. That is a Fernet key as it stands.
 *
 * @module
 */

import { hkdfSync } from "node:crypto";
import { decodeBase64Url, encodeBase64Url } from "./base64url.ts";

/** Bytes in a key. */
export const KEY_BYTES = 32;
/** Bytes in a {@linkcode keyId}. */
export const KEY_ID_BYTES = 8;

/** The key in a text: 44 characters and perhaps a line break; `undefined` for any other text. */
export function parseKey(text: string): Uint8Array | undefined {
  const key = decodeBase64Url(text.replace(/\r?\n$/, ""));
  return key?.length === KEY_BYTES ? key : undefined;
}

/** A key as the text that {@linkcode parseKey} reads, without a line break. */
export function formatKey(key: Uint8Array): string {
  return encodeBase64Url(key);
}

/**
 * Some bytes made of a key for one purpose (HKDF-SHA-256, RFC 5869). What one purpose gets tells
 * nothing of the key nor of what another gets.
 *
 * @param key The 32 bytes of a key.
 * @param purpose The `info` of HKDF: a text of its own for each purpose.
 * @param length How many bytes, up to 8160.
 * @param salt What makes it new each time, where it has to be; empty by default.
 */
export function deriveBytes(
  key: Uint8Array,
  purpose: string | Uint8Array,
  length: number,
  salt: Uint8Array = new Uint8Array(0),
): Uint8Array {
  return new Uint8Array(hkdfSync("sha256", key, salt, purpose, length));
}

/** 8 bytes that tell one key from another and say nothing else about it. */
export function keyId(key: Uint8Array): Uint8Array {
  return deriveBytes(key, "wagons key id", KEY_ID_BYTES);
}

/** A {@linkcode keyId} as people compare it: `1f2e-3d4c-5b6a-7988`. */
export function formatKeyId(id: Uint8Array): string {
  const hex = Array.from(id, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.match(/.{4}/g)!.join("-");
}
