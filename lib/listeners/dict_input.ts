/**
 * What comes in one connection by dict: a dictionary in any format, and perhaps a token behind it.
 *
 * @module
 */

import { DictionaryStream, type StreamedDictionary } from "../formats/stream.ts";
import { FRAMED_FIRST_BYTE } from "../wire/dict_frame.ts";
import { noRoom } from "./dict_faults.ts";
import { DictFrames } from "./dict_frames.ts";
import type { DictBytes, DictReader } from "./dict_reader.ts";
import { DictToken, type DictTokenOptions } from "./dict_token.ts";
import type { PendingShare } from "./pending_bytes.ts";

/** All that came. */
export interface DictParts {
  /** The dictionary. */
  readonly dictionary: DictBytes;
  /** Whether something came behind it. */
  readonly hasToken: boolean;
  /** The token, where it is held. */
  readonly token: Uint8Array | undefined;
}

/** Takes the bytes of a connection in any cuts. */
export class DictInput {
  readonly #options: DictTokenOptions;
  readonly #token: DictToken;
  #reader: DictReader | undefined;

  /** Takes the bounds of the token, and what all that is not whole holds. */
  constructor(options: DictTokenOptions) {
    this.#options = options;
    this.#token = new DictToken(options);
  }

  /** Nothing has come. */
  get isEmpty(): boolean {
    return this.#reader === undefined;
  }

  /** See {@linkcode DictReader}. There is one byte or more. */
  push(bytes: Uint8Array): void {
    this.#reader ??= bytes[0] === FRAMED_FIRST_BYTE
      ? new DictFrames(this.#token, this.#options)
      : new DictStream(this.#token, this.#options.pending);
    this.#reader.push(bytes);
  }

  /**
   * All has come.
   *
   * @throws {FormatError} when the dictionary is cut off, or there is none.
   * @throws {WireError} when what is behind it is no token.
   */
  finish(): DictParts {
    const dictionary = this.#reader!.finish();
    return { dictionary, hasToken: this.#token.hasBegun, token: this.#token.bytes };
  }

  /** What is held is needed no more. */
  release(): void {
    this.#reader?.release();
    this.#token.release();
  }
}

/** A dictionary whose own bytes say where it ends, and a token directly behind it. */
class DictStream implements DictReader {
  readonly #token: DictToken;
  readonly #pending: PendingShare;
  readonly #stream = new DictionaryStream();
  #found: StreamedDictionary | undefined;
  #bytes = 0;

  constructor(token: DictToken, pending: PendingShare) {
    this.#token = token;
    this.#pending = pending;
  }

  push(bytes: Uint8Array): void {
    if (this.#found !== undefined) return this.#token.push(bytes);
    const all = this.#bytes + bytes.length;
    if (!this.#pending.change(this.#bytes, all)) throw noRoom();
    this.#bytes = all;
    this.#found = this.#stream.push(bytes);
    if (this.#found !== undefined) this.#token.push(this.#found.rest);
  }

  finish(): DictBytes {
    if (this.#found === undefined) {
      this.#found = this.#stream.finish();
      this.#token.push(this.#found.rest);
    }
    return this.#found;
  }

  release(): void {
    this.#pending.change(this.#bytes, 0);
    this.#bytes = 0;
  }
}
