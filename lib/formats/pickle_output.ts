/**
 * The bytes of a pickle that is being written.
 *
 * @module
 */

import { MAX_DICTIONARY_BYTES } from "../limits/formats.ts";
import { FormatError } from "./format_error.ts";
import { Op } from "./pickle_opcodes.ts";

/** Bytes of a frame, from which on the next opcode begins another one; as CPython. */
const FRAME_BYTES = 64 * 1024;

/** The opcode FRAME and its length. */
const HEADER_BYTES = 9;

/** A frame of fewer bytes is none: they stand without a header. */
const MIN_FRAME_BYTES = 4;

/** A buffer that grows, in frames if the protocol has them. */
export class PickleOutput {
  readonly #isFramed: boolean;
  readonly #encoder = new TextEncoder();
  #bytes = new Uint8Array(1_024);
  #view = new DataView(this.#bytes.buffer);
  #length = 0;
  /** Where the header of the open frame is; `undefined`: no frame is open. */
  #frameAt: number | undefined;

  /** Takes whether the protocol has frames. */
  constructor(isFramed: boolean) {
    this.#isFramed = isFramed;
  }

  /** Writes an opcode of one byte in front of the first frame, and the byte. */
  begin(opcode: number, byte: number): void {
    this.#need(2);
    this.#bytes[this.#length++] = opcode;
    this.#bytes[this.#length++] = byte;
  }

  /** Writes an opcode that nothing is behind. */
  byte(opcode: number): void {
    this.#open(1);
    this.#bytes[this.#length++] = opcode;
  }

  /** Writes an opcode and a whole number of 1, 2 or 4 bytes, the lowest first. */
  uint(opcode: number, value: number, size: 1 | 2 | 4): void {
    this.#open(1 + size);
    this.#bytes[this.#length++] = opcode;
    if (size === 1) this.#bytes[this.#length] = value;
    else if (size === 2) this.#view.setUint16(this.#length, value, true);
    else this.#view.setUint32(this.#length, value, true);
    this.#length += size;
  }

  /** Writes an opcode and a floating number, the highest byte first. */
  float(opcode: number, value: number): void {
    this.#open(9);
    this.#bytes[this.#length++] = opcode;
    this.#view.setFloat64(this.#length, value);
    this.#length += 8;
  }

  /** Writes what belongs to the opcode before. */
  bytes(bytes: Uint8Array): void {
    this.#need(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
  }

  /**
   * Writes a text in UTF-8, behind one opcode and a length of a byte when that is enough and there is
   * such an opcode, else behind another and a length of four. A long text stands outside of frames.
   */
  text(short: number | undefined, long: number, text: string): void {
    if (text.length > MAX_DICTIONARY_BYTES) throw tooLong();
    if (3 * text.length >= 0x100 || short === undefined) return this.#longText(short, long, text);
    this.#open(2 + 3 * text.length);
    const at = this.#length;
    this.#bytes[at] = short;
    this.#bytes[at + 1] = this.#encode(text, at + 2);
    this.#length = at + 2 + this.#bytes[at + 1]!;
  }

  /** All that was written. */
  finish(): Uint8Array {
    this.#closeFrame();
    if (this.#length > MAX_DICTIONARY_BYTES) throw tooLong();
    return this.#bytes.slice(0, this.#length);
  }

  #longText(short: number | undefined, long: number, text: string): void {
    const bytes = this.#encoder.encode(text);
    if (bytes.length >= FRAME_BYTES && this.#isFramed) {
      this.#closeFrame();
      this.#need(5);
      this.#bytes[this.#length] = long;
      this.#view.setUint32(this.#length + 1, bytes.length, true);
      this.#length += 5;
    } else if (bytes.length < 0x100 && short !== undefined) this.uint(short, bytes.length, 1);
    else this.uint(long, bytes.length, 4);
    this.bytes(bytes);
  }

  #encode(text: string, at: number): number {
    // Short texts are ASCII mostly, and to call the encoder takes longer than this.
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) return this.#encoder.encodeInto(text, this.#bytes.subarray(at)).written;
      this.#bytes[at + i] = code;
    }
    return text.length;
  }

  /** Makes room for an opcode of so many bytes in a frame that has not its size yet. */
  #open(bytes: number): void {
    if (this.#isFramed) {
      if (this.#frameAt !== undefined && this.#inFrame(this.#frameAt) >= FRAME_BYTES) {
        this.#closeFrame();
      }
      if (this.#frameAt === undefined) {
        this.#need(HEADER_BYTES);
        this.#frameAt = this.#length;
        this.#length += HEADER_BYTES;
      }
    }
    this.#need(bytes);
  }

  #inFrame(frameAt: number): number {
    return this.#length - frameAt - HEADER_BYTES;
  }

  #closeFrame(): void {
    const at = this.#frameAt;
    if (at === undefined) return;
    this.#frameAt = undefined;
    const length = this.#inFrame(at);
    if (length < MIN_FRAME_BYTES) {
      this.#bytes.copyWithin(at, at + HEADER_BYTES, this.#length);
      this.#length -= HEADER_BYTES;
      return;
    }
    this.#bytes[at] = Op.FRAME;
    this.#view.setBigUint64(at + 1, BigInt(length), true);
  }

  #need(bytes: number): void {
    const length = this.#length + bytes;
    if (length <= this.#bytes.length) return;
    if (this.#length > MAX_DICTIONARY_BYTES) throw tooLong();
    const larger = new Uint8Array(Math.max(length, 2 * this.#bytes.length));
    larger.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer);
  }
}

function tooLong(): FormatError {
  return new FormatError(`the pickle would be longer than ${MAX_DICTIONARY_BYTES} bytes`);
}
