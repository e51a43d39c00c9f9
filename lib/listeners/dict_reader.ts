import type { Dictionary } from "../formats/value.ts";

/** A dictionary that has come whole. */
export interface DictBytes {
  /** Its own bytes, held by whoever has read them. */
  readonly bytes: Uint8Array;
  /**
   * Reads it.
   *
   * @throws {FormatError} when it is none.
   */
  readonly read: () => Dictionary;
}

/** What tells the parts of a stream apart. */
export interface DictReader {
  /**
   * Takes the next bytes, which may be changed afterwards.
   *
   * @throws {FormatError} when they can belong to no dictionary that is taken.
   * @throws {WireError} when they are too many, or belong to no token.
   */
  push(bytes: Uint8Array): void;
  /**
   * All has come: gives the dictionary.
   *
   * @throws {FormatError} when it is cut off.
   */
  finish(): DictBytes;
  /** What is held is needed no more. */
  release(): void;
}
