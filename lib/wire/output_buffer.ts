/** Buffers larger than this are not kept when they are empty. */
const KEPT_BYTES = 64 * 1024;
const SMALLEST_BUFFER_BYTES = 256;
/** Frames from this size on are not copied: a write of their own costs less. */
const LONG_BYTES = 64 * 1024;

/**
 * Frames that wait to be written. Short ones are put together for one write, in two buffers that take
 * turns: while the bytes of one are written, the other takes what is answered meanwhile. A long one
 * is not copied: it waits as it is, and is written by itself.
 */
export class OutputBuffer {
  /** What goes before the buffer: long frames, and what came before them. */
  readonly #parts: Uint8Array[] = [];
  #partsBytes = 0;
  #filling: Uint8Array = new Uint8Array(SMALLEST_BUFFER_BYTES);
  #resting: Uint8Array = new Uint8Array(SMALLEST_BUFFER_BYTES);
  #filledBytes = 0;

  /** Bytes that wait. */
  get length(): number {
    return this.#partsBytes + this.#filledBytes;
  }

  /** Puts a frame to the end. It has to stay as it is. */
  append(frame: Uint8Array): void {
    if (frame.length >= LONG_BYTES) return this.#appendLong(frame);
    const length = this.#filledBytes + frame.length;
    if (length > this.#filling.length) this.#grow(length);
    this.#filling.set(frame, this.#filledBytes);
    this.#filledBytes = length;
  }

  /**
   * Gives what is to be written next; all that waits, unless there is something long in it. The bytes
   * are lent until the next call.
   */
  take(): Uint8Array {
    if (this.#parts.length > 0) {
      const part = this.#parts.shift()!;
      this.#partsBytes -= part.length;
      return part;
    }
    const taken = this.#filling;
    const bytes = taken.subarray(0, this.#filledBytes);
    this.#filling = this.#resting;
    // A large one is the taker's alone, so that it goes when the write is done, not a write later.
    this.#resting = taken.length > KEPT_BYTES ? new Uint8Array(SMALLEST_BUFFER_BYTES) : taken;
    this.#filledBytes = 0;
    return bytes;
  }

  #appendLong(frame: Uint8Array): void {
    if (this.#filledBytes > 0) {
      this.#addPart(this.#filling.slice(0, this.#filledBytes));
      this.#filledBytes = 0;
    }
    this.#addPart(frame);
  }

  #addPart(part: Uint8Array): void {
    this.#parts.push(part);
    this.#partsBytes += part.length;
  }

  #grow(length: number): void {
    const larger = new Uint8Array(Math.max(length, 2 * this.#filling.length));
    larger.set(this.#filling.subarray(0, this.#filledBytes));
    this.#filling = larger;
  }
}
