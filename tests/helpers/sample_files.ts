import { createHash } from "node:crypto";
import type { FileChunk, PutFile, ReadFile } from "../../lib/wire/file_messages.ts";
import { sampleId } from "./samples.ts";

/** Bytes that only depend on `number`, and repeat nowhere soon. */
export function sampleBytes(length: number, number = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let state = number * 2654435761 >>> 0;
  for (let i = 0; i < length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    bytes[i] = state >>> 24;
  }
  return bytes;
}

/** The SHA-256 of bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}

/** Begins to put these bytes, with what is wanted otherwise. */
export function samplePut(bytes: Uint8Array, wanted: Partial<PutFile> = {}): PutFile {
  return {
    kind: "putFile",
    id: sampleId(1),
    name: "план.pdf",
    size: bytes.length,
    sha256: sha256(bytes),
    source: "Yard 7",
    toRoom: false,
    ...wanted,
  };
}

/** A part of a file. */
export function chunk(
  bytes: Uint8Array,
  offset: number,
  end = bytes.length,
  id = sampleId(1),
): FileChunk {
  return { kind: "fileChunk", id, offset, data: bytes.slice(offset, end) };
}

/** Asks for a part of a file. */
export function read(offset: number, length: number, id = sampleId(1)): ReadFile {
  return { kind: "readFile", id, offset, length };
}
