/**
 * What a store keeps of files.
 *
 * @module
 */

import { RefusedError } from "../errors.ts";
import type { FileInfo } from "../wire/file_messages.ts";

/** What is in a file, as far as it is known before it has come. */
export interface ContentInfo {
  /** In bytes. */
  readonly size: number;
  /** 32 bytes; none when only the end will tell, and then nothing can be gone on with. */
  readonly sha256?: Uint8Array;
}

/** A file that is to be kept. */
export interface NewFile {
  /** Its UUID. */
  readonly id: string;
  /** As its sender named it. */
  readonly name: string;
  /** Who sent it. */
  readonly source: string;
}

/** What {@linkcode Upload.finish} did. */
export interface AddedFile {
  /** As it is kept now. */
  readonly file: FileInfo;
  /** A file of this id was there before. */
  readonly duplicate: boolean;
}

/** Content that is being put into a store. */
export interface Upload {
  /**
   * How many of its bytes are on the disk: what comes begins there. All of them: only finish. It
   * grows by itself while there is written, some 16 MiB at a time.
   */
  readonly durableBytes: number;
  /**
   * Whether somebody else has begun to put the same content after this one was idle for too long, and
   * goes on with it.
   */
  readonly isTakenOver: boolean;
  /**
   * Takes the next bytes, which the caller does not write to any more; waits for earlier ones.
   *
   * @throws {WrongContentError} when they are more than there should be; all is thrown away.
   */
  write(data: Uint8Array): Promise<void>;
  /** Resolves when all that was written is on the disk; gives {@linkcode durableBytes}. */
  sync(): Promise<number>;
  /**
   * All has been written: checks size and hash, and keeps the file under its id, durably.
   *
   * @throws {WrongContentError} when they are others; what has come is thrown away.
   * @throws {ConflictError} when another file has that id: another name, or another content.
   */
  finish(file: NewFile): Promise<AddedFile>;
  /**
   * Ends it. What is on the disk stays there for the next one, unless no hash was given, or the disk
   * took no more of it.
   */
  close(): Promise<void>;
}

/** What came is not what was promised. */
export class WrongContentError extends RefusedError {}

/** All files together would take more than they may. */
export class NoRoomError extends RefusedError {}
/** A content cannot be put now, and soon can be: whoever wants to is to ask again. */
export class BusyContentError extends RefusedError {}

/** The content of a file, open to be read. */
export interface Content {
  /** What is known of the file. */
  readonly file: FileInfo;
  /**
   * Bytes from an offset on: as many as are wanted, or fewer at the end. Several may be asked for at
   * once. In a sealed store it costs least where both are multiples of 256 KiB.
   *
   * @throws {RecordError} when what is on the disk is not what was put there.
   */
  read(offset: number, length: number): Promise<Uint8Array>;
  /** Ends it. */
  close(): void;
}

/** Keeps files: contents once, however many files have them. */
export interface FileStore {
  /**
   * Begins to put content, or goes on with what an earlier upload of the same has left. That one is
   * taken over if it is not closed, and nothing has come of it for a while.
   *
   * @param signal Ends it: nobody waits for the upload any more.
   * @throws {WrongContentError} when there is a content of that hash, and it has another size;
   * {@linkcode NoRoomError} when the store has a bound for all contents, and this one would pass it;
   * {@linkcode BusyContentError} when somebody else is putting the same, and when what is there of it
   * could not be read in {@linkcode HASH_PATIENCE_MS}: the next one goes on with that.
   */
  openUpload(content: ContentInfo, signal?: AbortSignal): Promise<Upload>;
  /** The file of that id. */
  file(id: string): FileInfo | undefined;
  /** Files of a greater number than this, in the order of their numbers. */
  files(after: number, limit: number): FileInfo[];
  /** Opens the content of the file of that id; `undefined` when there is none. */
  openContent(id: string): Promise<Content | undefined>;
  /**
   * Removes what ended processes and uploads have left and nobody goes on with; gives how many files
   * that were. What is not known to be of this store stays.
   *
   * @throws {UsageError} when some of them cannot be removed: it is tried again the next time.
   */
  removeLeftovers(): Promise<number>;
}
