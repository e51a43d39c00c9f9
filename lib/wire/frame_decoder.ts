import { RefusalCode } from "./messages.ts";
import { MAX_VARINT32_BYTES } from "./varint.ts";
import { WireError } from "./wire_error.ts";

/**
 * Takes a whole frame's body: `bytes` from `start` up to `end`. The bytes are the taker's when
 * `isOwn` says so; else they are only lent, and written over after the call.
 */
export type FrameSink = (bytes: Uint8Array, start: number, end: number, isOwn: boolean) => void;

/** What a decoder is bounded by. */
export interface FrameDecoderOptions {
  /** The longest body that is taken. */
  maxFrameBytes: number;
}

const SMALLEST_BUFFER_BYTES = 256;
/** A body of which so much has come is long. As much has to be missing for a read of its own. */
const LONG_BYTES = 16 * 1024;
/**
 * How many times as much as has come of a long body the buffer may have. A read of 64 KiB is enough
 * for a body of 1 MiB to be held where it stays: each larger buffer costs a copy, and as much memory
 * as it has until the garbage is collected.
 */
const LONG_GROWTH = 32;
const EMPTY = new Uint8Array(0);

/**
 * Cuts a stream into frames: a varint32 length and as many bytes of body, however the stream is
 * split into chunks.
 *
 * A frame that lies whole in a chunk is lent from there without a copy. Of a frame that does not,
 * the part that came is held, in a buffer that grows with what has arrived and not with what the
 * header promises, and that is given away when it is whole. The rest of a long one can be read into
 * that buffer: see {@linkcode FrameDecoder.makeRoom}. Non-minimal lengths of up to 5 bytes are read.
 */
export class FrameDecoder {
  /** The longest body that is taken. It can be changed between two frames. */
  maxFrameBytes: number;
  /** The body's length as far as its header has been read. */
  #length = 0;
  /** Bytes of the header that have been read. */
  #headerBytes = 0;
  /** The header is whole and `#length` is final. */
  #inBody = false;
  /** What has come of a body that is not whole. */
  #held: Uint8Array = EMPTY;
  #heldBytes = 0;
  #failure: unknown;

  /** Takes the bounds. */
  constructor(options: FrameDecoderOptions) {
    this.maxFrameBytes = options.maxFrameBytes;
  }

  /** Bytes of a frame that has begun and is not whole, its header included; 0 between frames. */
  get pendingBytes(): number {
    return this.#headerBytes + this.#heldBytes;
  }

  /** Bytes of memory that the decoder keeps between two chunks. */
  get bufferBytes(): number {
    return this.#held.length;
  }

  /**
   * Takes the next chunk and lends each frame that is now whole to `sink`, in order.
   *
   * @param stopAfter No frame is begun behind so many bytes of the chunk. Default: all are.
   * @returns How many bytes of the chunk were taken.
   * @throws {WireError} for a header that is too long or a body over the limit, before any byte of
   * that body is held; and whatever `sink` throws. After that the stream is lost: every further
   * call throws the same again and delivers nothing.
   */
  decode(chunk: Uint8Array, sink: FrameSink, stopAfter: number = chunk.length): number {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return this.#decode(chunk, sink, Math.min(stopAfter, chunk.length));
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  /**
   * Where the next bytes of the stream are best read to when a long body has begun: its place, and
   * no more than it misses. What was read there is told by {@linkcode fill}. `undefined`: read into a
   * buffer, and give it to {@linkcode decode}.
   */
  makeRoom(): Uint8Array | undefined {
    const held = this.#heldBytes;
    if (held < LONG_BYTES || this.#length - held < LONG_BYTES) return undefined;
    if (this.#held.length - held < LONG_BYTES) this.#grow(LONG_GROWTH * held);
    return this.#held.subarray(held);
  }

  /**
   * Takes the first `count` bytes of {@linkcode makeRoom}, which have been read there. Throws what
   * `sink` throws, as {@linkcode decode} does.
   */
  fill(count: number, sink: FrameSink): void {
    this.#heldBytes += count;
    if (this.#heldBytes < this.#length) return;
    try {
      this.#giveHeld(sink);
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  #decode(chunk: Uint8Array, sink: FrameSink, stopAt: number): number {
    const end = chunk.length;
    let at = 0;
    while (at < stopAt) {
      if (!this.#inBody) {
        const first = chunk[at]!;
        if (this.#headerBytes === 0 && first < 0x80 && first < end - at) {
          // The usual case: a header of one byte, and its body whole behind it.
          if (first > this.maxFrameBytes) throw this.#tooLarge(first);
          sink(chunk, at + 1, at + 1 + first, false);
          at += 1 + first;
          continue;
        }
        at = this.#readHeader(chunk, at);
        if (!this.#inBody) return at;
      }
      at = this.#readBody(chunk, at, sink);
    }
    return at;
  }

  /** Reads as much of a header as there is; gives the offset behind it. */
  #readHeader(chunk: Uint8Array, at: number): number {
    while (at < chunk.length) {
      const byte = chunk[at++]!;
      // A product, not a shift: the fifth group reaches beyond 32 bits.
      this.#length += (byte & 0x7f) * 2 ** (7 * this.#headerBytes);
      this.#headerBytes++;
      if (this.#length > this.maxFrameBytes) throw this.#tooLarge(this.#length);
      if (byte < 0x80) {
        this.#inBody = true;
        // A body of no bytes is whole here, though no further chunk may come.
        return at;
      }
      if (this.#headerBytes === MAX_VARINT32_BYTES) {
        throw new WireError(
          RefusalCode.brokenFrame,
          `A frame's length takes more than ${MAX_VARINT32_BYTES} bytes: this is not the wagons protocol`,
        );
      }
    }
    return at;
  }

  /** Lends the body if it is whole, else holds what there is; gives the offset behind it. */
  #readBody(chunk: Uint8Array, at: number, sink: FrameSink): number {
    const missing = this.#length - this.#heldBytes;
    const here = chunk.length - at;
    if (here < missing) {
      this.#hold(chunk, at);
      return chunk.length;
    }
    if (this.#heldBytes > 0) {
      this.#reserve(this.#length);
      this.#held.set(chunk.subarray(at, at + missing), this.#heldBytes);
      this.#giveHeld(sink);
    } else {
      this.#startOver();
      sink(chunk, at, at + missing, false);
    }
    return at + missing;
  }

  /** Gives the body, which is whole in the buffer, and the buffer with it. */
  #giveHeld(sink: FrameSink): void {
    const [held, length] = [this.#held, this.#length];
    this.#startOver();
    sink(held, 0, length, true);
  }

  #startOver(): void {
    this.#held = EMPTY;
    this.#heldBytes = 0;
    this.#headerBytes = 0;
    this.#length = 0;
    this.#inBody = false;
  }

  #hold(chunk: Uint8Array, at: number): void {
    const part = chunk.subarray(at);
    this.#reserve(this.#heldBytes + part.length);
    this.#held.set(part, this.#heldBytes);
    this.#heldBytes += part.length;
  }

  /** Makes the buffer at least so large, and larger than it has to be, so that it grows seldom. */
  #reserve(bytes: number): void {
    if (this.#held.length >= bytes) return;
    const ample = bytes < LONG_BYTES ? 2 * this.#held.length : LONG_GROWTH * bytes;
    this.#grow(Math.max(bytes, ample, SMALLEST_BUFFER_BYTES));
  }

  /** Makes the buffer so large, but never larger than the body. */
  #grow(bytes: number): void {
    const larger = new Uint8Array(Math.min(this.#length, bytes));
    larger.set(this.#held.subarray(0, this.#heldBytes));
    this.#held = larger;
  }

  #tooLarge(length: number): WireError {
    return new WireError(
      RefusalCode.frameTooLarge,
      `A frame says it is ${length} bytes long: at most ${this.maxFrameBytes} are taken`,
    );
  }
}
