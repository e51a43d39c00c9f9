/**
 * A stream that carries a dictionary and then, perhaps, something else: a Fernet token.
 *
 * @module
 */

import { MAX_DICTIONARY_BYTES } from "../limits/formats.ts";
import { detectFormat } from "./detect.ts";
import type { EndFinder, FormatName } from "./format.ts";
import { FormatError } from "./format_error.ts";
import { formatOf } from "./mod.ts";
import { TokenLineFinder } from "./token_line.ts";
import type { Dictionary } from "./value.ts";

/** What {@linkcode DictionaryStream} found. */
export interface StreamedDictionary {
  /** The format that the dictionary came in. */
  readonly format: FormatName;
  /** Its own bytes. */
  readonly bytes: Uint8Array;
  /**
   * What it says. It is read only now, and held by nobody: as values it takes many times the memory.
   *
   * @throws {FormatError} when it is none that is taken.
   */
  readonly read: () => Dictionary;
  /**
   * What came behind it so far, without the white space before it. What comes later is the caller's,
   * and may begin with more white space when this is empty.
   */
  readonly rest: Uint8Array;
}

/**
 * Takes a stream in any cuts until the dictionary at its start is whole. Its format is told by its
 * first bytes, and it ends where it ends in that format. Text and csv have no end: there a dictionary
 * goes on to the end of the stream, or to a last line that is a Fernet token from its first to its last
 * character. A token directly behind the last digit of a text is a part of that line, which is refused:
 * nobody could tell where it begins.
 *
 * Holds the dictionary's bytes, at most MAX_DICTIONARY_BYTES and what came with the last of them.
 */
export class DictionaryStream {
  #held = new Uint8Array(1_024);
  #length = 0;
  /** The format is looked for again when so many bytes are there. */
  #lookAt = 1;
  #format: FormatName | undefined;
  #end: EndFinder | undefined;
  #token: TokenLineFinder | undefined;
  #isDone = false;

  /**
   * Takes the next bytes, which may be changed afterwards. Gives the dictionary as soon as it is known
   * to be whole; `undefined`: more bytes are needed, or the end of the stream.
   *
   * @throws {FormatError} when it is no dictionary, or larger than MAX_DICTIONARY_BYTES.
   * @throws {Error} when the dictionary was given, or refused, already.
   */
  push(bytes: Uint8Array): StreamedDictionary | undefined {
    this.#checkOpen();
    try {
      const found = this.#take(bytes);
      this.#isDone = found !== undefined;
      return found;
    } catch (error) {
      this.#isDone = true;
      throw error;
    }
  }

  /**
   * There are no more bytes.
   *
   * @throws {FormatError} when they were no dictionary, or only the beginning of one.
   * @throws {Error} when the dictionary was given, or refused, already.
   */
  finish(): StreamedDictionary {
    this.#checkOpen();
    this.#isDone = true;
    if (this.#length === 0) throw new FormatError("there is no dictionary: no byte has come");
    const end = this.#format === undefined ? this.#look(true) : undefined;
    if (end !== undefined) return this.#give(end);
    this.#end!.finish();
    return this.#give(this.#token?.finish(this.#bytes) ?? this.#length);
  }

  get #bytes(): Uint8Array {
    return this.#held.subarray(0, this.#length);
  }

  #take(bytes: Uint8Array): StreamedDictionary | undefined {
    const before = this.#length;
    this.#hold(bytes);
    const end = this.#format === undefined ? this.#look(false) : this.#find(bytes, before);
    if (end !== undefined) return this.#give(end);
    if (this.#length > MAX_DICTIONARY_BYTES) throw tooLarge();
    return undefined;
  }

  /** Looks for the format; where it is clear, gives the end of the dictionary if that is there. */
  #look(isAll: boolean): number | undefined {
    if (!isAll && this.#length < this.#lookAt) return undefined;
    const format = detectFormat(this.#bytes, isAll);
    if (format === "more") {
      // Not for each byte: all looks together take a time that grows with the bytes.
      this.#lookAt = this.#length + (this.#length >> 3) + 1;
      return undefined;
    }
    this.#format = format;
    this.#end = formatOf(format).findEnd();
    if (format === "text" || format === "csv") {
      this.#token = new TokenLineFinder({ isQuoted: format === "csv" });
    }
    return this.#find(this.#bytes, 0);
  }

  /** Gives the end of the dictionary, when it lies in these bytes, of which so many stand before. */
  #find(bytes: Uint8Array, before: number): number | undefined {
    const token = this.#token?.push(bytes);
    if (token !== undefined) return token;
    const end = this.#end!.push(bytes);
    return end === undefined ? undefined : before + end;
  }

  #give(end: number): StreamedDictionary {
    if (end > MAX_DICTIONARY_BYTES) throw tooLarge();
    const format = this.#format!;
    const bytes = this.#held.subarray(0, end);
    let restAt = end;
    while (restAt < this.#length && isSpace(this.#held[restAt]!)) restAt++;
    const read = () => formatOf(format).read(bytes);
    return { format, bytes, read, rest: this.#held.slice(restAt, this.#length) };
  }

  #hold(bytes: Uint8Array): void {
    const length = this.#length + bytes.length;
    if (length > this.#held.length) {
      const larger = new Uint8Array(Math.max(length, 2 * this.#held.length));
      larger.set(this.#bytes);
      this.#held = larger;
    }
    this.#held.set(bytes, this.#length);
    this.#length = length;
  }

  #checkOpen(): void {
    if (this.#isDone) throw new Error("Cannot take more bytes: the dictionary is given or refused");
  }
}

function tooLarge(): FormatError {
  return new FormatError(`it is larger than ${MAX_DICTIONARY_BYTES} bytes`);
}

function isSpace(byte: number): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
