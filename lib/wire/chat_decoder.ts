import { announcedName, announcesFile } from "./chat_grammar.ts";
import type { ChatEncoding } from "./chat_text.ts";
import { RefusalCode } from "./messages.ts";
import { WireError } from "./wire_error.ts";

/**
 * What a stream of the chat dialect holds, in the order that it comes in. A file is three kinds of
 * parts: `file`, `bytes` as often as some have come, and `fileEnd`.
 */
export type ChatPart =
  | { readonly type: "user"; readonly text: string }
  | { readonly type: "message"; readonly text: string }
  | { readonly type: "file"; readonly name: string; readonly size: number }
  | { readonly type: "bytes"; readonly bytes: Uint8Array }
  | { readonly type: "fileEnd" }
  | { readonly type: "time"; readonly text: string };

/** Takes a part. Its `bytes` are only lent: they are written over after the call. */
export type ChatSink = (part: ChatPart) => void;

/** What a decoder reads and is bounded by. */
export interface ChatDecoderOptions {
  /** Whose messages these are: a client says its name once, a server says who and when each time. */
  sender: "client" | "server";
  /** Bytes of each length's header: 1 to 32. */
  headerBytes: number;
  /** What texts are written in. */
  encoding: ChatEncoding;
  /** The longest text that is taken. */
  maxTextBytes: number;
  /** The longest file that is taken. */
  maxFileBytes: number;
}

const SMALLEST_BUFFER_BYTES = 64;
const EMPTY = new Uint8Array(0);

/** The parts of a stream: texts, and the file behind a message that announces one. */
type Kind = "user" | "message" | "file" | "time";

/**
 * Cuts a stream of system C's dialect into its parts: each a decimal length, padded with spaces to
 * as many bytes as the header has, and so many bytes, however the stream is split into chunks.
 *
 * A text is held until it is whole, in a buffer that grows with what has arrived and not with what
 * the header promises. Of a file nothing is held.
 */
export class ChatDecoder {
  readonly #options: ChatDecoderOptions;
  /** The part that comes next, or that has begun. */
  #kind: Kind = "user";
  readonly #header: Uint8Array;
  #headerBytes = 0;
  /** Bytes of the part's body that have not come. */
  #missing = 0;
  /** What has come of a text that is not whole. */
  #held: Uint8Array = EMPTY;
  #heldBytes = 0;
  /** The name in the message that has announced the file which comes next. */
  #fileName = "";
  #failure: unknown;

  /** Takes what it reads, and the bounds. */
  constructor(options: ChatDecoderOptions) {
    this.#options = options;
    this.#header = new Uint8Array(options.headerBytes);
  }

  /** A part has begun and is not whole. */
  get isMidPart(): boolean {
    return this.#headerBytes > 0;
  }

  /** Bytes of memory that the decoder keeps between two chunks, the header's aside. */
  get bufferBytes(): number {
    return this.#held.length;
  }

  /**
   * Takes the next chunk and gives each part that it completes to `sink`, in order, and of files
   * the bytes that have come.
   *
   * @throws {WireError} for a header that is no length or that is over the limit, before any byte
   * of that part is held, and for a text that is not in the encoding; and whatever `sink` throws.
   * After that the stream is lost: every further call throws the same again and gives nothing.
   */
  decode(chunk: Uint8Array, sink: ChatSink): void {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      let at = 0;
      while (at < chunk.length) {
        at = this.#headerBytes < this.#header.length
          ? this.#readHeader(chunk, at, sink)
          : this.#readBody(chunk, at, sink);
      }
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  /** Reads as much of a header as there is; gives the offset behind it. */
  #readHeader(chunk: Uint8Array, at: number, sink: ChatSink): number {
    const count = Math.min(this.#header.length - this.#headerBytes, chunk.length - at);
    this.#header.set(chunk.subarray(at, at + count), this.#headerBytes);
    this.#headerBytes += count;
    if (this.#headerBytes < this.#header.length) return at + count;
    this.#missing = this.#readLength();
    if (this.#kind === "file") {
      sink({ type: "file", name: this.#fileName, size: this.#missing });
    }
    // A part of no bytes is whole here, though no further chunk may come.
    if (this.#missing === 0) this.#end(EMPTY, sink);
    return at + count;
  }

  #readLength(): number {
    const text = String.fromCharCode(...this.#header);
    const what = this.#kind === "file" ? "file" : "text";
    if (!/^ *[0-9]+ *$/.test(text)) {
      throw new WireError(
        RefusalCode.brokenFrame,
        `${JSON.stringify(text)} stands where the length of a ${what} should be`,
      );
    }
    const length = Number(text);
    const { maxFileBytes, maxTextBytes } = this.#options;
    const limit = this.#kind === "file" ? maxFileBytes : maxTextBytes;
    if (length > limit) {
      throw new WireError(
        RefusalCode.frameTooLarge,
        `A ${what} says it is ${text.trim()} bytes long: at most ${limit} are taken`,
      );
    }
    return length;
  }

  /** Takes as much of a body as there is; gives the offset behind it. */
  #readBody(chunk: Uint8Array, at: number, sink: ChatSink): number {
    const end = Math.min(at + this.#missing, chunk.length);
    const bytes = chunk.subarray(at, end);
    this.#missing -= bytes.length;
    if (this.#kind === "file") sink({ type: "bytes", bytes });
    else if (this.#missing > 0 || this.#heldBytes > 0) this.#hold(bytes);
    if (this.#missing === 0) {
      const body = this.#heldBytes > 0 ? this.#held.subarray(0, this.#heldBytes) : bytes;
      this.#end(body, sink);
    }
    return end;
  }

  /** A part is whole. */
  #end(body: Uint8Array, sink: ChatSink): void {
    const kind = this.#kind;
    this.#headerBytes = 0;
    this.#held = EMPTY;
    this.#heldBytes = 0;
    if (kind === "file") {
      this.#kind = this.#afterMessage();
      return sink({ type: "fileEnd" });
    }
    const text = this.#options.encoding.decode(body);
    if (kind === "message" && announcesFile(text)) {
      this.#kind = "file";
      this.#fileName = announcedName(text);
      return;
    }
    if (kind === "message") this.#kind = this.#afterMessage();
    else this.#kind = kind === "user" ? "message" : "user";
    sink({ type: kind, text });
  }

  #afterMessage(): Kind {
    return this.#options.sender === "client" ? "message" : "time";
  }

  #hold(bytes: Uint8Array): void {
    const needed = this.#heldBytes + bytes.length;
    if (this.#held.length < needed) {
      const doubled = Math.max(needed, 2 * this.#held.length, SMALLEST_BUFFER_BYTES);
      const larger = new Uint8Array(Math.min(needed + this.#missing, doubled));
      larger.set(this.#held.subarray(0, this.#heldBytes));
      this.#held = larger;
    }
    this.#held.set(bytes, this.#heldBytes);
    this.#heldBytes = needed;
  }
}
