import { encodeBody, SEALED_BODY_TAG, SEALED_TAG } from "./codec.ts";
import type { Message } from "./messages.ts";
import { varint32Length, writeVarint32 } from "./varint.ts";

/** The whole frame of a message: a minimal varint32 length and the body. */
export function encodeFrame(message: Message): Uint8Array {
  const body = encodeBody(message);
  const frame = new Uint8Array(varint32Length(body.length) + body.length);
  frame.set(body, writeVarint32(body.length, frame, 0));
  return frame;
}

/**
 * The frame of a Sealed message: the same bytes as {@linkcode encodeFrame} gives, with one copy of
 * the body and not several.
 */
export function encodeSealedFrame(body: Uint8Array): Uint8Array {
  const innerLength = 1 + varint32Length(body.length) + body.length;
  const length = SEALED_TAG.length + varint32Length(innerLength) + innerLength;
  const frame = new Uint8Array(varint32Length(length) + length);
  let at = writeVarint32(length, frame, 0);
  frame.set(SEALED_TAG, at);
  at = writeVarint32(innerLength, frame, at + SEALED_TAG.length);
  frame[at++] = SEALED_BODY_TAG;
  frame.set(body, writeVarint32(body.length, frame, at));
  return frame;
}

/**
 * Makes frames and remembers the last one: a server answers many requests of a millisecond with
 * the same message, to many peers.
 */
export class FrameEncoder {
  #message: Message | undefined;
  #frame: Uint8Array = new Uint8Array(0);

  /** The frame of `message`. It is shared: do not write to it. */
  encode(message: Message): Uint8Array {
    if (message !== this.#message) {
      this.#frame = encodeFrame(message);
      this.#message = message;
    }
    return this.#frame;
  }
}

/** Buffers larger than this are not kept when they are empty. */
const KEPT_BYTES = 64 * 1024;
const SMALLEST_BUFFER_BYTES = 256;

/**
 * Frames that wait for one write. Two buffers take turns: while the bytes of one are written, the
 * other takes what is answered meanwhile.
 */
export class OutputBuffer {
  #filling: Uint8Array = new Uint8Array(SMALLEST_BUFFER_BYTES);
  #resting: Uint8Array = new Uint8Array(SMALLEST_BUFFER_BYTES);
  #length = 0;

  /** Bytes that wait. */
  get length(): number {
    return this.#length;
  }

  /** Copies a frame to the end. */
  append(frame: Uint8Array): void {
    const length = this.#length + frame.length;
    if (length > this.#filling.length) this.#grow(length);
    this.#filling.set(frame, this.#length);
    this.#length = length;
  }

  /** Gives all that waits, and is empty. The bytes are lent until the next call. */
  take(): Uint8Array {
    const taken = this.#filling;
    const bytes = taken.subarray(0, this.#length);
    this.#filling = this.#resting;
    // A large one is the taker's alone, so that it goes when the write is done, not a write later.
    this.#resting = taken.length > KEPT_BYTES ? new Uint8Array(SMALLEST_BUFFER_BYTES) : taken;
    this.#length = 0;
    return bytes;
  }

  #grow(length: number): void {
    const larger = new Uint8Array(Math.max(length, 2 * this.#filling.length));
    larger.set(this.#filling.subarray(0, this.#length));
    this.#filling = larger;
  }
}
