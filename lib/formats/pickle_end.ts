/**
 * Where a pickle ends in a stream.
 *
 * @module
 */

import { MAX_DICTIONARY_BYTES } from "../limits/formats.ts";
import type { EndFinder } from "./format.ts";
import { FormatError } from "./format_error.ts";
import { Argument, ARGUMENT_OF, nameOf, Op, refusalOf } from "./pickle_opcodes.ts";

/** The highest protocol that there is. */
const MAX_PROTOCOL = 5;

/**
 * Walks over the opcodes of a pickle up to its STOP, in whatever cuts the bytes come, and builds
 * nothing. It refuses an opcode that is not allowed, a byte that is no opcode, and a length that
 * nothing here may have, before the bytes that it counts are there. A frame must end with an opcode,
 * and none stands in another: some readers take all of a frame at once, and would go on behind the STOP,
 * others refuse what is not so.
 */
export class PickleEnd implements EndFinder {
  /** Bytes that were taken before those of the current call. */
  #before = 0;
  /** Bytes to pass over: the rest of what stands behind an opcode. */
  #skip = 0;
  /** Within a line behind an opcode. */
  #inLine = false;
  /** The opcode whose length is being read, where it began, and how many bytes of it are missing. */
  #opcode = 0;
  #opcodeAt = 0;
  #missing = 0;
  #length = 0;
  #scale = 1;
  /** Where the last frame ends. */
  #frameEnd = 0;

  /** See {@linkcode EndFinder}. */
  push(bytes: Uint8Array): number | undefined {
    let at = 0;
    for (;;) {
      at = this.#finishArgument(bytes, at);
      let opcode = bytes[at];
      while (opcode !== undefined && ARGUMENT_OF[opcode] === 0 && opcode !== Op.STOP) {
        opcode = bytes[++at];
      }
      if (opcode === undefined) break;
      if (opcode === Op.STOP) return this.#stop(at);
      this.#opcode = opcode;
      this.#opcodeAt = this.#before + at++;
      const argument = ARGUMENT_OF[opcode]!;
      if (argument < 0) this.#begin(argument);
      else {
        this.#skip = argument;
        this.#checkFrame(at + argument);
      }
    }
    this.#checkTotal(bytes.length);
    this.#before += bytes.length;
    return undefined;
  }

  /** See {@linkcode EndFinder}. */
  finish(): void {
    throw new FormatError("the pickle is cut off before its STOP", { byte: this.#before });
  }

  /** Gives where the next opcode is, or the end of the bytes when more of them are needed. */
  #finishArgument(bytes: Uint8Array, at: number): number {
    const end = bytes.length;
    while (this.#missing > 0) {
      if (at === end) return end;
      this.#length += bytes[at++]! * this.#scale;
      this.#scale *= 256;
      if (--this.#missing === 0) this.#skip = this.#bytesBehind(at);
    }
    if (this.#inLine) {
      while (at < end && bytes[at] !== 0x0a) at++;
      if (at === end) return end;
      this.#inLine = false;
      this.#checkFrame(++at);
    }
    const skipped = Math.min(this.#skip, end - at);
    this.#skip -= skipped;
    return at + skipped;
  }

  /** Gives where the pickle ends: behind its STOP, which stands here. */
  #stop(at: number): number {
    const end = at + 1;
    this.#checkTotal(end);
    if (this.#before + end >= this.#frameEnd) return end;
    const left = this.#frameEnd - this.#before - end;
    throw new FormatError(`the opcode STOP stands ${left} bytes before the end of its frame`, {
      byte: this.#before + at,
    });
  }

  /** Checks that an opcode, of which this is the end, does not go beyond a frame that it began in. */
  #checkFrame(end: number): void {
    if (this.#opcodeAt >= this.#frameEnd || this.#before + end <= this.#frameEnd) return;
    throw new FormatError(`the opcode ${nameOf(this.#opcode)} goes beyond the end of its frame`, {
      byte: this.#opcodeAt,
    });
  }

  #begin(argument: number): void {
    const opcode = this.#opcode;
    const place = { byte: this.#opcodeAt };
    if (argument === Argument.refused) throw new FormatError(refusalOf(opcode)!, place);
    if (argument === Argument.none) {
      const byte = `0x${opcode.toString(16).padStart(2, "0")}`;
      throw new FormatError(`it is no pickle: the byte ${byte} is no opcode`, place);
    }
    if (argument === Argument.line) {
      this.#inLine = true;
      return;
    }
    this.#length = 0;
    this.#scale = 1;
    this.#missing = argument === Argument.counted1 ? 1 : argument === Argument.counted4 ? 4 : 8;
  }

  /** How many bytes follow a length that is complete, which may be refused. */
  #bytesBehind(at: number): number {
    const length = this.#length;
    const name = nameOf(this.#opcode);
    const place = { byte: this.#opcodeAt };
    if (this.#opcode === Op.PROTO) {
      this.#checkFrame(at);
      if (length <= MAX_PROTOCOL) return 0;
      throw new FormatError(`the protocol ${length} of PROTO is none of 0 to 5`, place);
    }
    const isSigned = this.#opcode === Op.BINSTRING || this.#opcode === Op.LONG4;
    if (isSigned && length >= 2 ** 31) {
      throw new FormatError(`the length of ${name} is negative: ${length - 2 ** 32}`, place);
    }
    if (this.#before + at + length > MAX_DICTIONARY_BYTES) {
      const what = `the length of ${name} is ${length}: a pickle has at most`;
      throw new FormatError(`${what} ${MAX_DICTIONARY_BYTES} bytes`, place);
    }
    if (this.#opcode !== Op.FRAME) {
      this.#checkFrame(at + length);
      return length;
    }
    if (this.#opcodeAt < this.#frameEnd) {
      throw new FormatError("the opcode FRAME begins a frame in another", place);
    }
    this.#frameEnd = this.#before + at + length;
    return 0;
  }

  #checkTotal(bytes: number): void {
    if (this.#before + bytes <= MAX_DICTIONARY_BYTES) return;
    throw new FormatError(`the pickle is longer than ${MAX_DICTIONARY_BYTES} bytes`);
  }
}
