/**
 * What a store knows of a content: the body of a row of `contents`.
 *
 * A byte of flags (1: there is a hash, 2: there is a key), the size as 8 bytes, most significant
 * first, then the hash and the key, 32 bytes each, where they are there.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import { concat } from "../bytes.ts";
import { CONTENT_KEY_BYTES } from "../seal/content.ts";
import type { ContentInfo } from "./file_store.ts";

const HAS_SHA256 = 1;
const HAS_KEY = 2;
const SHA256_BYTES = 32;

/** What is known of a content. */
export interface ContentRecord extends ContentInfo {
  /** The 32 bytes of the key that its file is sealed with; none: it is plain. */
  readonly key?: Uint8Array;
}

/** A record as it is written to the store, before it is sealed. */
export function encodeContentRecord({ size, sha256, key }: ContentRecord): Uint8Array {
  const head = Buffer.alloc(9);
  head[0] = (sha256 === undefined ? 0 : HAS_SHA256) | (key === undefined ? 0 : HAS_KEY);
  head.writeBigUInt64BE(BigInt(size), 1);
  return concat([head, sha256 ?? new Uint8Array(0), key ?? new Uint8Array(0)]);
}

/**
 * Reads what {@linkcode encodeContentRecord} has written.
 *
 * @throws {RangeError} for anything else.
 */
export function decodeContentRecord(bytes: Uint8Array): ContentRecord {
  const flags = bytes[0] ?? 0;
  const shaBytes = (flags & HAS_SHA256) === 0 ? 0 : SHA256_BYTES;
  const keyBytes = (flags & HAS_KEY) === 0 ? 0 : CONTENT_KEY_BYTES;
  const expected = 9 + shaBytes + keyBytes;
  if (flags > (HAS_SHA256 | HAS_KEY) || bytes.length !== expected) {
    throw new RangeError(
      `Cannot read what is known of a content: ${bytes.length} bytes with the flags ${flags}`,
    );
  }
  const size = Number(Buffer.from(bytes).readBigUInt64BE(1));
  return {
    size,
    ...(shaBytes === 0 ? {} : { sha256: bytes.slice(9, 9 + shaBytes) }),
    ...(keyBytes === 0 ? {} : { key: bytes.slice(9 + shaBytes) }),
  };
}
