/**
 * Whether bytes look like a pickle.
 *
 * @module
 */

import { Argument, ARGUMENT_OF, Op } from "./pickle_opcodes.ts";

/** Bytes that are looked at: the opcodes at the start of a pickle are short. */
const LOOKED_AT_BYTES = 4_096;

/** Protocols that there are, and some that may come: to refuse these is the reader's part. */
const MAX_LIKELY_PROTOCOL = 8;

/** Opcodes that are refused and have lines behind them: two names, and what PERSID has. */
const GLOBAL = 0x63;
const INST = 0x69;
const PERSID = 0x50;

/** What the lines behind opcodes must be like to show that it is a pickle. */
const NAME = /^[\p{ID_Start}_][\p{ID_Continue}.]*$/u;
const DIGITS = /^(?:-?[0-9]+L?|-?[0-9]+\.[0-9]*(?:e[+-]?[0-9]+)?)$/;
const QUOTED = /^(?:'.*'|".*")$/;

/** What a line of a manifest is like: it is not what UNICODE or PERSID has behind it. */
const MANIFEST_LINE = /=\s*[0-9]+\s*$/;

/** How a Fernet token begins, until the year 2106. */
const TOKEN_START = "gAAAAA";

/**
 * Whether a stream that begins with these bytes begins with a pickle of protocol 0 to 5, of a
 * dictionary or a list, or with a pickle that imports something at its start, as those do that are
 * made to do harm; `"more"` when the next bytes decide, which they never do where `isAll`.
 *
 * It looks for what only a pickle has: protocol numbers, lines behind opcodes in their forms, control
 * characters in lengths and numbers. So it takes no line of a manifest, no JSON, XML or csv for one,
 * and no dictionary of MessagePack: an empty one is the byte 0x80 as PROTO is, but what follows it is
 * a token or nothing, and no small number. Never throws.
 */
export function looksLikePickle(bytes: Uint8Array, isAll = false): boolean | "more" {
  const window = bytes.subarray(0, LOOKED_AT_BYTES);
  const isEnough = isAll || bytes.length >= LOOKED_AT_BYTES;
  const answer = new Look(window, isAll).answer();
  return answer === "more" && isEnough ? false : answer;
}

class Look {
  readonly #bytes: Uint8Array;
  readonly #isAll: boolean;
  #at = 0;

  constructor(bytes: Uint8Array, isAll: boolean) {
    this.#bytes = bytes;
    this.#isAll = isAll;
  }

  answer(): boolean | "more" {
    const [first, second] = this.#bytes;
    if (first === undefined) return "more";
    if (first === Op.PROTO) return second === undefined ? "more" : second <= MAX_LIKELY_PROTOCOL;
    if (!isStart(first)) return false;
    for (;;) {
      const opcode = this.#bytes[this.#at++];
      if (opcode === undefined) return "more";
      const answer = this.#opcode(opcode);
      if (answer !== undefined) return answer;
    }
  }

  /** `undefined`: it may be one or not, the next opcode has to tell. */
  #opcode(opcode: number): boolean | "more" | undefined {
    // Behind one of ASCII a character should begin, which in no text begins with such a byte.
    if (opcode >= 0x80 && opcode <= 0x98 && this.#bytes[this.#at - 2]! < 0x80) return true;
    if (opcode === Op.STOP) return this.#isEndOrToken();
    if (opcode === GLOBAL || opcode === INST) return this.#names();
    const argument = ARGUMENT_OF[opcode]!;
    if (argument === Argument.none) return false;
    if (argument === Argument.line || opcode === PERSID) return this.#line(opcode);
    if (argument === Argument.counted1) return this.#binary(1, true);
    if (argument === Argument.counted4) return this.#binary(4, true);
    return argument > 0 ? this.#binary(argument, false) : undefined;
  }

  /** Two lines of names. */
  #names(): boolean | "more" {
    for (let i = 0; i < 2; i++) {
      const line = this.#nextLine();
      if (line === undefined) return "more";
      if (!NAME.test(line)) return false;
    }
    return true;
  }

  #line(opcode: number): boolean | "more" | undefined {
    const line = this.#nextLine();
    if (line === undefined) return "more";
    if (opcode === Op.UNICODE || opcode === PERSID) {
      return MANIFEST_LINE.test(line) ? false : undefined;
    }
    return (opcode === Op.STRING ? QUOTED : DIGITS).test(line);
  }

  /** A number, or a length and so many bytes. Control characters other than white space tell. */
  #binary(size: number, isLength: boolean): boolean | "more" | undefined {
    let length = 0;
    for (let i = 0; i < size; i++) {
      const byte = this.#bytes[this.#at++];
      if (byte === undefined) return "more";
      if (byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d) return true;
      length += byte * 256 ** i;
    }
    if (isLength) this.#at += length;
    return undefined;
  }

  #isEndOrToken(): boolean | "more" {
    const rest = this.#bytes.subarray(this.#at, this.#at + TOKEN_START.length);
    const text = String.fromCharCode(...rest);
    if (text === TOKEN_START) return true;
    if (!TOKEN_START.startsWith(text)) return false;
    return this.#isAll ? text === "" : "more";
  }

  #nextLine(): string | undefined {
    const end = this.#bytes.indexOf(0x0a, this.#at);
    if (end < 0) return undefined;
    const line = new TextDecoder().decode(this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return line;
  }
}

/** The first opcode of a dictionary, a list, or of what is made to do harm. */
function isStart(opcode: number): boolean {
  return opcode === Op.MARK || opcode === Op.EMPTY_DICT || opcode === Op.EMPTY_LIST ||
    opcode === Op.EMPTY_TUPLE || opcode === Op.STRING || opcode === GLOBAL;
}
