/**
 * A FileChunk as encoders write it, without the generated code, which copies its data several times.
 *
 * @module
 */

import type { FileChunk } from "./file_messages.ts";
import { uuidFromBytes, uuidToBytes } from "./uuid.ts";
import { MAX_VARINT32_BYTES, varint32Length, writeVarint32 } from "./varint.ts";

/** The tag of the field 31 of a WrapperMessage, which is length-delimited. */
const CHUNK_TAG = [0xfa, 0x01] as const;
/** The tags of the fields of a FileChunk. */
const ID_TAG = 0x0a;
const OFFSET_TAG = 0x10;
const DATA_TAG = 0x1a;
const ID_BYTES = 16;
/** Groups of 7 bits of an offset that is read here: all of 53 bits. */
const MAX_OFFSET_BYTES = 8;

/** What stands before the data in the body of a chunk; behind the data is nothing. */
export function encodeChunkHead({ id, offset, data }: FileChunk): Uint8Array {
  const inner = 1 + 1 + ID_BYTES + 1 + offsetLength(offset) + 1 + varint32Length(data.length) +
    data.length;
  const headBytes = CHUNK_TAG.length + varint32Length(inner) + inner - data.length;
  const head = new Uint8Array(headBytes);
  head.set(CHUNK_TAG);
  let at = writeVarint32(inner, head, CHUNK_TAG.length);
  head[at++] = ID_TAG;
  head[at++] = ID_BYTES;
  head.set(uuidToBytes(id), at);
  at += ID_BYTES;
  head[at++] = OFFSET_TAG;
  for (; offset > 0x7f; offset = Math.floor(offset / 0x80)) head[at++] = (offset % 0x80) | 0x80;
  head[at++] = offset;
  head[at++] = DATA_TAG;
  writeVarint32(data.length, head, at);
  return head;
}

function offsetLength(offset: number): number {
  let bytes = 1;
  for (; offset > 0x7f; offset = Math.floor(offset / 0x80)) bytes++;
  return bytes;
}

/**
 * The chunk in `bytes` from `start` up to `end`, whose data is a part of them; `undefined` for what
 * is not written as encoders write it, which the generated code reads.
 */
export function readChunk(bytes: Uint8Array, start: number, end: number): FileChunk | undefined {
  if (bytes[start] !== CHUNK_TAG[0] || bytes[start + 1] !== CHUNK_TAG[1]) return undefined;
  let at = readLength(bytes, start + CHUNK_TAG.length, end);
  if (at === undefined || bytes[at] !== ID_TAG || bytes[at + 1] !== ID_BYTES) return undefined;
  const idAt = at + 2;
  at = idAt + ID_BYTES;
  if (at >= end || bytes[at++] !== OFFSET_TAG) return undefined;
  let offset = 0;
  for (let group = 0;; group++) {
    if (group === MAX_OFFSET_BYTES || at >= end) return undefined;
    const byte = bytes[at++]!;
    offset += (byte & 0x7f) * 2 ** (7 * group);
    if (byte < 0x80) break;
  }
  if (!Number.isSafeInteger(offset) || bytes[at] !== DATA_TAG) return undefined;
  const dataAt = readLength(bytes, at + 1, end);
  if (dataAt === undefined) return undefined;
  return {
    kind: "fileChunk",
    id: uuidFromBytes(bytes.subarray(idAt, idAt + ID_BYTES)),
    offset,
    data: bytes.subarray(dataAt, end),
  };
}

/** Where the rest begins behind a length at `at`, when it has just that length. */
export function readLength(bytes: Uint8Array, at: number, end: number): number | undefined {
  let length = 0;
  for (let i = 0; i < MAX_VARINT32_BYTES && at < end; i++) {
    const byte = bytes[at++]!;
    length += (byte & 0x7f) * 2 ** (7 * i);
    if (byte < 0x80) return length === end - at ? at : undefined;
  }
  return undefined;
}
