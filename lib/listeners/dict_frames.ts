import type { FormatName } from "../formats/format.ts";
import { FormatError } from "../formats/format_error.ts";
import { formatOf } from "../formats/mod.ts";
import { MAX_DICTIONARY_BYTES } from "../limits/formats.ts";
import { DICT_HEADER_BYTES, framedFormat, readDictHeader, TOKEN_KIND } from "../wire/dict_frame.ts";
import { RefusalCode } from "../wire/messages.ts";
import { WireError } from "../wire/wire_error.ts";
import { noRoom, tooLong } from "./dict_faults.ts";
import type { DictBytes, DictReader } from "./dict_reader.ts";
import type { DictToken, DictTokenOptions } from "./dict_token.ts";
import { GatheredBytes } from "./gathered_bytes.ts";

/** Reads a dictionary and a token in frames, one of each. */
export class DictFrames implements DictReader {
  readonly #dictionary: GatheredBytes;
  readonly #token: DictToken;
  readonly #maxTokenBytes: number;
  readonly #header = new Uint8Array(DICT_HEADER_BYTES);
  /** Bytes of the header that have come. */
  #headerBytes = 0;
  /** Bytes of the part that have not come. */
  #missing = 0;
  #format: FormatName | undefined;
  /** What the part belongs to. */
  #part: "dictionary" | "token" | undefined;

  /** Takes where the token goes, and the bounds. */
  constructor(token: DictToken, { pending, maxBytes }: DictTokenOptions) {
    this.#dictionary = new GatheredBytes(pending);
    this.#token = token;
    this.#maxTokenBytes = maxBytes;
  }

  /** See {@linkcode DictReader}. */
  push(bytes: Uint8Array): void {
    while (bytes.length > 0) {
      if (this.#missing > 0) {
        const part = bytes.subarray(0, this.#missing);
        this.#take(part);
        this.#missing -= part.length;
        bytes = bytes.subarray(part.length);
      } else {
        const part = bytes.subarray(0, DICT_HEADER_BYTES - this.#headerBytes);
        this.#header.set(part, this.#headerBytes);
        this.#headerBytes += part.length;
        if (this.#headerBytes === DICT_HEADER_BYTES) this.#begin();
        bytes = bytes.subarray(part.length);
      }
    }
  }

  /** See {@linkcode DictReader}. */
  finish(): DictBytes {
    if (this.#missing > 0 || this.#headerBytes > 0) {
      throw new FormatError("the stream ends in the middle of a frame");
    }
    const format = formatOf(this.#format!);
    const { bytes } = this.#dictionary;
    return { bytes, read: () => format.read(bytes) };
  }

  /** See {@linkcode DictReader}. */
  release(): void {
    this.#dictionary.release();
  }

  #begin(): void {
    this.#headerBytes = 0;
    const { length, kind } = readDictHeader(this.#header);
    const before = this.#part;
    if (before === undefined) {
      this.#format = framedFormat(kind);
      if (this.#format === undefined) throw wrongPart(kind, "a dictionary");
      if (length > MAX_DICTIONARY_BYTES) throw tooLong("a dictionary", MAX_DICTIONARY_BYTES);
      this.#part = "dictionary";
    } else {
      if (before === "token" || kind !== TOKEN_KIND) throw wrongPart(kind, "a token or nothing");
      if (length > this.#maxTokenBytes) throw tooLong("a token", this.#maxTokenBytes);
      this.#part = "token";
    }
    this.#missing = length;
  }

  #take(bytes: Uint8Array): void {
    if (this.#part === "token") this.#token.push(bytes);
    else if (!this.#dictionary.push(bytes)) throw noRoom();
  }
}

function wrongPart(kind: number, wanted: string): WireError {
  return new WireError(
    RefusalCode.invalid,
    `A frame says that it is of the format ${kind}, and ${wanted} stands there`,
  );
}
