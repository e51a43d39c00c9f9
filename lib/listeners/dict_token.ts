import { RefusalCode } from "../wire/messages.ts";
import { WireError } from "../wire/wire_error.ts";
import { noRoom, tooLong } from "./dict_faults.ts";
import { GatheredBytes } from "./gathered_bytes.ts";
import type { PendingShare } from "./pending_bytes.ts";

/** What a token that comes behind a dictionary is bounded by. */
export interface DictTokenOptions {
  /** Bytes of it. */
  readonly maxBytes: number;
  /** It is kept, because it can be opened; else it is only looked at. */
  readonly isHeld: boolean;
  /** What all that is not whole holds. */
  readonly pending: PendingShare;
}

/** A token as it comes. What can be none any more is refused at once. */
export class DictToken {
  readonly #options: DictTokenOptions;
  readonly #held: GatheredBytes;
  #length = 0;

  /** Takes its bounds. */
  constructor(options: DictTokenOptions) {
    this.#options = options;
    this.#held = new GatheredBytes(options.pending);
  }

  /** Whether something has come that is no white space. */
  get hasBegun(): boolean {
    return this.#length > 0;
  }

  /** The token, with white space behind it or none; `undefined` when none came or it is not held. */
  get bytes(): Uint8Array | undefined {
    return this.#held.length === 0 ? undefined : this.#held.bytes;
  }

  /**
   * Takes the next bytes.
   *
   * @throws {WireError} when they belong to no token, or it is too long.
   */
  push(bytes: Uint8Array): void {
    if (this.#length === 0) bytes = withoutSpaceBefore(bytes);
    if (bytes.length === 0) return;
    const wrong = this.#length === 0 && bytes[0] !== FIRST ? bytes[0] : strangerIn(bytes);
    if (wrong !== undefined) {
      throw new WireError(
        RefusalCode.invalid,
        `What is behind the dictionary is no Fernet token: the byte 0x${
          wrong.toString(16).padStart(2, "0")
        } stands in none there`,
      );
    }
    this.#length += bytes.length;
    if (this.#length > this.#options.maxBytes) {
      throw tooLong("a token", this.#options.maxBytes);
    }
    if (this.#options.isHeld && !this.#held.push(bytes)) throw noRoom();
  }

  /** It is needed no more. */
  release(): void {
    this.#held.release();
  }
}

/** What each token begins with: the first bits of its version. */
const FIRST = 0x67;

const TOKEN_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_= \t\r\n";

/** By byte, 1 where it can stand in a token or behind it. */
const IS_IN_TOKEN: Readonly<Uint8Array> = Uint8Array.from(
  { length: 256 },
  (_, byte) => TOKEN_CHARS.includes(String.fromCharCode(byte)) ? 1 : 0,
);

/** The first byte that stands in no token. A plain loop: there are many million bytes. */
function strangerIn(bytes: Uint8Array): number | undefined {
  for (let i = 0; i < bytes.length; i++) {
    const byte = bytes[i]!;
    if (IS_IN_TOKEN[byte] === 0) return byte;
  }
  return undefined;
}

function withoutSpaceBefore(bytes: Uint8Array): Uint8Array {
  const start = bytes.findIndex((byte) => ![0x20, 0x09, 0x0a, 0x0d].includes(byte));
  return start === -1 ? new Uint8Array() : bytes.subarray(start);
}
