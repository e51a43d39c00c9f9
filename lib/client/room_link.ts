/**
 * A room as its clients see it, whichever dialect the server speaks.
 *
 * @module
 */

import type { FileInfo } from "../wire/file_messages.ts";
import type { History, HistoryRequest, Members, RoomEvent } from "../wire/room_messages.ts";

/** How far a transfer has come. */
export interface TransferProgress {
  /** Bytes of the file that are there: those of an earlier try are among them. */
  readonly doneBytes: number;
  /** Bytes of the file. */
  readonly totalBytes: number;
}

/** How to transfer a file. */
export interface TransferOptions {
  /** Is told often, and at the end. */
  readonly onProgress?: (progress: TransferProgress) => void;
  /** Gives up. */
  readonly signal?: AbortSignal;
}

/** One connection to a room. When it is lost, everything on it fails; who wants makes another. */
export interface RoomLink {
  /** The server's URL. */
  readonly url: string;
  /** The name that this member has. */
  readonly name: string;
  /** The number of the last event before this member came; none where events have no numbers. */
  readonly last: number | undefined;
  /**
   * The next event that others have made.
   *
   * @throws {UnreachableError} when the connection is closed or lost.
   */
  next(): Promise<RoomEvent>;
  /** Says something. Resolves when it is safe with the server, as far as the dialect tells that. */
  say(id: string, text: string): Promise<void>;
  /** Offers the file at that path to the room, under an id that makes another try safe. */
  offer(id: string, path: string, options?: TransferOptions): Promise<void>;
  /** Brings a file that was offered into a folder, under a safe and new name; gives its path. */
  save(file: FileInfo, folder: string, options?: TransferOptions): Promise<string>;
  /** Who is there; `undefined` where the dialect has no such question. */
  who(): Promise<Members> | undefined;
  /** What was said before; `undefined` where the dialect has no such question. */
  history(request: HistoryRequest): Promise<History> | undefined;
  /**
   * Leaves so that the server gets all that was sent. Resolves when it has, or takes too long for
   * it; somebody has to go on calling {@linkcode next} meanwhile.
   */
  finish(): Promise<void>;
  /** Leaves at once. */
  close(): void;
}
