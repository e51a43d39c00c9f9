/** Bytes of the longest header of a frame: flags, a length of 8 bytes, a mask. */
const MAX_HEADER_BYTES = 14;

const FIN = 0x80;
const IS_CONTROL = 0x08;
const MASKED = 0x80;

/**
 * Looks at the bytes that come by a WebSocket and says whether they end in the middle of a message
 * (RFC 6455, section 5.2). What takes the messages apart tells of one only when it is whole, and so
 * cannot say that one has been coming for too long.
 *
 * It never fails: bytes that are no frames have some meaning here too, and end the connection
 * elsewhere.
 */
export class WebSocketWatch {
  readonly #header = new Uint8Array(MAX_HEADER_BYTES);
  #headerBytes = 0;
  /** Bytes of the payload of the frame that are still to come; only once its header is whole. */
  #leftBytes = 0;
  /** A frame of a message has come that is not the last one. */
  #isFragmented = false;
  /** Bytes that have come of the message that is not whole, with those of headers. */
  #pendingBytes = 0;
  #wholeCount = 0;

  /** What has come ends in the middle of a frame, or between the frames of a message. */
  get isMidMessage(): boolean {
    return this.#isFragmented || this.#headerBytes > 0;
  }

  /** Bytes that have come of what is not whole. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /**
   * How often all that had come was whole: with each message, and with each control frame that comes
   * between messages. One between the fragments of a message does not bring that any nearer.
   */
  get wholeCount(): number {
    return this.#wholeCount;
  }

  /** Looks at what comes next. */
  take(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      if (this.#leftBytes === 0) {
        this.#header[this.#headerBytes++] = bytes[at++]!;
        this.#pendingBytes++;
        this.#readHeader();
      } else {
        const count = Math.min(this.#leftBytes, bytes.length - at);
        at += count;
        this.#pendingBytes += count;
        this.#leftBytes -= count;
        if (this.#leftBytes === 0) this.#endFrame();
      }
    }
  }

  #readHeader(): void {
    if (this.#headerBytes < 2) return;
    const second = this.#header[1]!;
    const short = second & ~MASKED;
    const lengthBytes = short === 127 ? 8 : short === 126 ? 2 : 0;
    if (this.#headerBytes < 2 + lengthBytes + ((second & MASKED) === 0 ? 0 : 4)) return;
    this.#leftBytes = lengthBytes === 0 ? short : 0;
    for (let i = 0; i < lengthBytes; i++) {
      this.#leftBytes = this.#leftBytes * 256 + this.#header[2 + i]!;
    }
    if (this.#leftBytes === 0) this.#endFrame();
  }

  #endFrame(): void {
    const first = this.#header[0]!;
    this.#headerBytes = 0;
    if ((first & IS_CONTROL) === 0) this.#isFragmented = (first & FIN) === 0;
    if (this.#isFragmented) return;
    this.#pendingBytes = 0;
    this.#wholeCount++;
  }
}
