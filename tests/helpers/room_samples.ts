/**
 * What is said in rooms, and files, for tests.
 *
 * @module
 */

import { createHash } from "node:crypto";
import type { NewEvent } from "../../lib/store/event_store.ts";
import type { AddedFile, FileStore, NewFile } from "../../lib/store/file_store.ts";
import { sampleId } from "./samples.ts";

/** Something that was said, whose id only depends on `number`, with what is wanted otherwise. */
export function sampleEvent(number: number, wanted: Partial<NewEvent> = {}): NewEvent {
  return {
    id: sampleId(number),
    name: "Ольга",
    dialect: "tcp",
    what: { type: "text", text: `Train ${number} has left` },
    ...wanted,
  };
}

/** For reading events all of which have to be readable. */
export function raise(_number: number, error: unknown): never {
  throw error;
}

/** A file whose id only depends on `number`, with what is wanted otherwise. */
export function sampleFile(number: number, wanted: Partial<NewFile> = {}): NewFile {
  return { id: sampleId(number), name: `Waggonliste ${number}.pdf`, source: "Łódź", ...wanted };
}

/** Bytes that only depend on both, and are not alike at any two places. */
export function sampleBytes(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size);
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  for (let i = 0; i < size; i++) {
    // xorshift32
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    bytes[i] = state;
  }
  return bytes;
}

/** The SHA-256 of some bytes. */
export function sha256Of(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(createHash("sha256").update(bytes).digest());
}

/** Puts a file as a whole. */
export async function put(
  store: FileStore,
  file: NewFile,
  bytes: Uint8Array,
  isNamed = true,
): Promise<AddedFile> {
  const upload = await store.openUpload({
    size: bytes.length,
    ...(isNamed ? { sha256: sha256Of(bytes) } : {}),
  });
  try {
    if (upload.durableBytes < bytes.length) await upload.write(bytes.slice(upload.durableBytes));
    return await upload.finish(file);
  } finally {
    await upload.close();
  }
}

/** Reads a file as a whole; none when there is none. */
export async function get(store: FileStore, id: string): Promise<Uint8Array | undefined> {
  const content = await store.openContent(id);
  if (content === undefined) return undefined;
  try {
    return await content.read(0, content.file.size);
  } finally {
    content.close();
  }
}
