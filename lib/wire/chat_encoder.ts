import { concat } from "../bytes.ts";
import { fileAnnouncement, formatChatTime, saidText } from "./chat_grammar.ts";
import type { ChatEncoding } from "./chat_text.ts";

/** What {@linkcode saidText} may add. */
const SPACE_BYTES = 1;

/** How parts are written. */
export interface ChatEncoderOptions {
  /** Bytes of each length's header: 2 to 32. */
  headerBytes: number;
  /** What texts are written in. */
  encoding: ChatEncoding;
  /** The longest text that is written; what is longer becomes several. */
  maxTextBytes: number;
  /** The longest file that is written. */
  maxFileBytes: number;
}

/** Writes the parts of system C's dialect, for its clients and for its servers. */
export class ChatEncoder {
  readonly #options: ChatEncoderOptions;
  /** The longest text that a header can say. */
  readonly #maxTextBytes: number;
  /** The longest file that is written and that a header can say. */
  readonly maxFileBytes: number;

  /** Takes how parts are written. */
  constructor(options: ChatEncoderOptions) {
    this.#options = options;
    const longest = Math.min(10 ** options.headerBytes - 1, Number.MAX_SAFE_INTEGER);
    this.#maxTextBytes = Math.min(options.maxTextBytes, longest);
    this.maxFileBytes = Math.min(options.maxFileBytes, longest);
  }

  /** The header of a part of so many bytes, which must not be more than its digits can say. */
  header(bytes: number): Uint8Array {
    const text = String(bytes).padEnd(this.#options.headerBytes);
    if (text.length > this.#options.headerBytes) {
      throw new RangeError(`${bytes} bytes do not fit a header of ${this.#options.headerBytes}`);
    }
    return this.#options.encoding.encode(text);
  }

  /** The name that a client says first; one that is too long is cut. */
  user(name: string): Uint8Array {
    return this.#text(this.#pieces(name, 0)[0]!);
  }

  /** A text as a client says it: as one message, or several when it is too long for one. */
  said(text: string): Uint8Array {
    return concat(this.#messages(text));
  }

  /** What announces a file to a server: its name, and the header of its bytes, which follow. */
  fileSaid(name: string, id: string, size: number): Uint8Array {
    return concat([this.#text(fileAnnouncement(name, id)), this.header(size)]);
  }

  /** What a server sends for a text: who, what and when, more than once when it is too long. */
  textEvent(user: string, text: string, atMs: number): Uint8Array {
    const [before, after] = [this.user(user), this.time(atMs)];
    return concat(this.#messages(text).flatMap((message) => [before, message, after]));
  }

  /** What a server sends before the bytes of a file; {@linkcode time} comes behind them. */
  fileEvent(user: string, name: string, id: string, size: number): Uint8Array {
    return concat([this.user(user), this.fileSaid(name, id, size)]);
  }

  /** The part that says when. */
  time(atMs: number): Uint8Array {
    return this.#text(formatChatTime(atMs));
  }

  #text(text: string): Uint8Array {
    const bytes = this.#options.encoding.encode(text);
    return concat([this.header(bytes.length), bytes]);
  }

  #messages(text: string): Uint8Array[] {
    // Of each piece, for any of them may look like the name of a file.
    const pieces = this.#pieces(text, SPACE_BYTES);
    return pieces.map((piece) => this.#text(saidText(piece)));
  }

  /** A text in pieces that end between characters and leave room for so many bytes more. */
  #pieces(text: string, spareBytes: number): string[] {
    const { encoding } = this.#options;
    const maxBytes = this.#maxTextBytes - spareBytes;
    const pieces: string[] = [];
    do {
      const length = encoding.fitting(text, maxBytes);
      pieces.push(text.slice(0, length));
      text = text.slice(length);
    } while (text !== "");
    return pieces;
  }
}
