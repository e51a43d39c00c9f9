/**
 * The messages of files <-> what the generated code reads and writes.
 *
 * @module
 */

import {
  broken,
  copy,
  readBytes,
  readCount,
  readId,
  readTime,
  type Wrapper,
} from "./codec_values.ts";
import type { FileInfo, FileMessage } from "./file_messages.ts";
import type { TestTask } from "./generated/wagons_pb.js";
import { uuidToBytes } from "./uuid.ts";

/** The fields of a WrapperMessage that are messages of files. */
export const FILE_FIELDS = [
  "putFile",
  "fileChunk",
  "fileProgress",
  "listFiles",
  "fileList",
  "findFile",
  "fileInfo",
  "readFile",
] as const;

/** One of {@linkcode FILE_FIELDS}. */
export type FileField = (typeof FILE_FIELDS)[number];

/** Bytes of a SHA-256. */
const SHA256_BYTES = 32;

/** A message as the generated code writes it. */
export function fileToWrapper(message: FileMessage): Wrapper {
  switch (message.kind) {
    case "putFile": {
      const { name, size, sha256, source, toRoom } = message;
      return { putFile: { id: uuidToBytes(message.id), name, size, sha256, source, toRoom } };
    }
    case "fileChunk": {
      const { offset, data } = message;
      return { fileChunk: { id: uuidToBytes(message.id), offset, data } };
    }
    case "fileProgress": {
      const { durableBytes, maxChunkBytes } = message;
      return { fileProgress: { id: uuidToBytes(message.id), durableBytes, maxChunkBytes } };
    }
    case "listFiles":
      return { listFiles: { after: message.after, limit: message.limit } };
    case "fileList":
      return { fileList: { files: message.files.map(writeFileInfo) } };
    case "findFile":
      return { findFile: { id: uuidToBytes(message.id) } };
    case "fileInfo":
      return { fileInfo: writeFileInfo(message) };
    case "readFile": {
      const { offset, length } = message;
      return { readFile: { id: uuidToBytes(message.id), offset, length } };
    }
  }
}

/**
 * The message in a field that is set.
 *
 * @throws {WireError} for a value that the field cannot have.
 */
export function fileFromWrapper(field: FileField, wrapper: Wrapper): FileMessage {
  switch (field) {
    case "putFile": {
      const { id, name, size, sha256, source, toRoom } = wrapper[field]!;
      return {
        kind: "putFile",
        id: readId(id),
        name,
        size: readCount("size", size),
        sha256: readBytes("sha256", sha256, SHA256_BYTES),
        source,
        toRoom,
      };
    }
    case "fileChunk": {
      const { id, offset, data } = wrapper[field]!;
      return {
        kind: "fileChunk",
        id: readId(id),
        offset: readCount("offset", offset),
        data: copy(data),
      };
    }
    case "fileProgress": {
      const { id, durableBytes, maxChunkBytes } = wrapper[field]!;
      const count = readCount("durable_bytes", durableBytes);
      return { kind: "fileProgress", id: readId(id), durableBytes: count, maxChunkBytes };
    }
    case "listFiles": {
      const { after, limit } = wrapper[field]!;
      return { kind: "listFiles", after: readCount("after", after), limit };
    }
    case "fileList":
      return { kind: "fileList", files: (wrapper[field]!.files ?? []).map(readFileInfo) };
    case "findFile":
      return { kind: "findFile", id: readId(wrapper[field]!.id) };
    case "fileInfo":
      return readFileInfo(wrapper[field]!);
    case "readFile": {
      const { id, offset, length } = wrapper[field]!;
      return { kind: "readFile", id: readId(id), offset: readCount("offset", offset), length };
    }
    default:
      return field satisfies never;
  }
}

/** A FileInfo as the generated code writes it. */
export function writeFileInfo(file: FileInfo): TestTask.Messages.FileInfo.$Properties {
  const { name, size, sha256, source, storedAtMs, number } = file;
  return { id: uuidToBytes(file.id), name, size, sha256, source, storedAtMs, number };
}

/**
 * What is known of a file.
 *
 * @throws {WireError} for a value that a field cannot have.
 */
export function readFileInfo(file: TestTask.Messages.FileInfo.$Properties): FileInfo {
  const { id, name, size, sha256, source, storedAtMs, number } = file;
  if (name === "") throw broken("has a file without a name");
  return {
    kind: "fileInfo",
    id: readId(id),
    name,
    size: readCount("size", size),
    sha256: readBytes("sha256", sha256, SHA256_BYTES),
    source,
    storedAtMs: readTime("stored_at_ms", storedAtMs),
    number: readCount("number", number),
  };
}
