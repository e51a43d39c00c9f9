/**
 * The shape that all formats of dictionaries have.
 *
 * @module
 */

import type { Dictionary } from "./value.ts";

/** The names of the formats, as flags and people call them. */
export const FORMAT_NAMES = ["text", "json", "xml", "msgpack", "pickle", "csv"] as const;

/** One of the formats. */
export type FormatName = (typeof FORMAT_NAMES)[number];

/** What a dictionary is written with. */
export interface WriteOptions {
  /** The protocol of a pickle, 2 to 4. Default: 4, which Python reads from 3.4 on. */
  readonly pickleProtocol?: number;
}

/**
 * Finds where a dictionary ends in a stream, in whatever cuts its bytes come, and builds nothing: it
 * refuses as soon as it can what no more bytes could mend. Holds what it must remember of the bytes,
 * never the bytes.
 */
export interface EndFinder {
  /**
   * Takes the next bytes. Gives how many of them belong to the dictionary when it ends there, and
   * takes no more after that; `undefined`: more bytes are needed.
   *
   * @throws {FormatError} when it is no dictionary of that format whatever follows.
   */
  push(bytes: Uint8Array): number | undefined;
  /**
   * There are no more bytes, and none of the calls of {@linkcode push} has found the end. Where the
   * end of the stream is the end of the dictionary, that is all right.
   *
   * @throws {FormatError} when the dictionary is cut off.
   */
  finish(): void;
}

/** A format of dictionaries. */
export interface Format {
  /** What it is called. */
  readonly name: FormatName;
  /** It is lines of text that a person can read: not arbitrary bytes. */
  readonly isText: boolean;
  /**
   * Reads a dictionary that is all of the bytes. A list of entries {city, wagons} is read as the
   * dictionary of them.
   *
   * @throws {FormatError} when they are none, or one that is not taken.
   */
  read(bytes: Uint8Array): Dictionary;
  /**
   * Writes a dictionary; what is written reads as the same dictionary.
   *
   * @throws {FormatError} when the format cannot say something of it.
   */
  write(dictionary: Dictionary, options?: WriteOptions): Uint8Array;
  /** Finds the end of a dictionary in a stream. */
  findEnd(): EndFinder;
}
