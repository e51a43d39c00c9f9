/**
 * The messages of files as the rest of the program sees them. What each means, field by field, is
 * in proto/wagons.proto.
 *
 * @module
 */

/** What is known of a file that is kept. */
export interface FileInfo {
  /** Tells the messages apart. */
  readonly kind: "fileInfo";
  /** UUIDv7 in its text form. */
  readonly id: string;
  /** As its sender named it: never to be taken for a path. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** 32 bytes: the SHA-256 of what is in it. */
  readonly sha256: Uint8Array;
  /** Who sent it. */
  readonly source: string;
  /** Milliseconds since the Unix epoch. */
  readonly storedAtMs: number;
  /** From 1 on, in the order that files were stored in. */
  readonly number: number;
}

/** Begins to put a file, or goes on with one. */
export interface PutFile {
  /** Tells the messages apart. */
  readonly kind: "putFile";
  /** UUIDv7 in its text form. */
  readonly id: string;
  /** Not empty, at most 1024 bytes in UTF-8. */
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** 32 bytes. */
  readonly sha256: Uint8Array;
  /** Who sends it. */
  readonly source: string;
  /** Offer it to the room. */
  readonly toRoom: boolean;
}

/** A part of a file. */
export interface FileChunk {
  /** Tells the messages apart. */
  readonly kind: "fileChunk";
  /** The file's UUID. */
  readonly id: string;
  /** Where it stands in the file. */
  readonly offset: number;
  /** What stands there; nothing, from a sender, when it gives up. */
  readonly data: Uint8Array;
}

/** So much of a file is on the server's disk. */
export interface FileProgress {
  /** Tells the messages apart. */
  readonly kind: "fileProgress";
  /** The file's UUID. */
  readonly id: string;
  /** From the beginning on. */
  readonly durableBytes: number;
  /** The longest data of a chunk that is taken. */
  readonly maxChunkBytes: number;
}

/** Asks for files. */
export interface ListFiles {
  /** Tells the messages apart. */
  readonly kind: "listFiles";
  /** Those of a greater number than this. */
  readonly after: number;
  /** How many at most. */
  readonly limit: number;
}

/** The answer to {@linkcode ListFiles}. */
export interface FileList {
  /** Tells the messages apart. */
  readonly kind: "fileList";
  /** In the order of their numbers. None: there are no more. */
  readonly files: readonly FileInfo[];
}

/** Asks for what is known of a file. */
export interface FindFile {
  /** Tells the messages apart. */
  readonly kind: "findFile";
  /** The file's UUID. */
  readonly id: string;
}

/** Asks for a part of a file. */
export interface ReadFile {
  /** Tells the messages apart. */
  readonly kind: "readFile";
  /** The file's UUID. */
  readonly id: string;
  /** Where it begins. */
  readonly offset: number;
  /** Bytes that are wanted. */
  readonly length: number;
}

/** Any message of files. */
export type FileMessage =
  | PutFile
  | FileChunk
  | FileProgress
  | ListFiles
  | FileList
  | FindFile
  | FileInfo
  | ReadFile;
