import { concat } from "./bytes.ts";
import type { OutputStream } from "./ui.ts";

/** What a stream can be written to by. */
export interface SlowStream {
  /** Writes some of the bytes when there is room; gives how many. */
  write(bytes: Uint8Array): Promise<number>;
  /** Whether a person looks at it. */
  isTerminal(): boolean;
}

/** What a queue is bounded by, and who is told that it gave up something. */
export interface QueuedStreamOptions {
  /** Bytes that may wait. */
  maxBytes: number;
  /** Is told when what was written from then on is thrown away, because it is taken too slowly. */
  onFull: () => void;
  /** Is told, once, that nothing can be written any more. */
  onFailed: (error: unknown) => void;
}

/**
 * An output that never makes its writer wait: what is written waits in a bounded queue until it is
 * read. A server prints through it, so that a reader who is slow, or has gone, stops nobody.
 */
export class QueuedStream implements OutputStream {
  readonly #stream: SlowStream;
  readonly #options: QueuedStreamOptions;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #isFull = false;
  #hasFailed = false;
  #writing: Promise<void> | undefined;

  /** Takes where it writes to in the end. */
  constructor(stream: SlowStream, options: QueuedStreamOptions) {
    this.#stream = stream;
    this.#options = options;
  }

  /** Whether a person looks at it. */
  isTerminal(): boolean {
    return this.#stream.isTerminal();
  }

  /**
   * Takes all of the bytes, or, while the queue is full, none; gives their number either way. More
   * than fits in it is taken when it is empty.
   */
  writeSync(bytes: Uint8Array): number {
    if (this.#hasFailed) return bytes.length;
    const isFull = this.#waitingBytes + bytes.length > this.#options.maxBytes;
    if (isFull && this.#waitingBytes > 0) {
      if (!this.#isFull) this.#options.onFull();
      this.#isFull = true;
      return bytes.length;
    }
    this.#isFull = false;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    this.#writing ??= this.#write();
    return bytes.length;
  }

  /** Resolves when nothing waits any more, or after that time. Never rejects. */
  async flush(timeoutMs: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<void>((resolve) => timer = setTimeout(resolve, timeoutMs));
    await Promise.race([this.#writing, timeout]);
    clearTimeout(timer);
  }

  async #write(): Promise<void> {
    // What is written in one turn of the event loop goes out together.
    await Promise.resolve();
    try {
      while (this.#waiting.length > 0) {
        let bytes = concat(this.#waiting);
        this.#waiting = [];
        while (bytes.length > 0) {
          const count = await this.#stream.write(bytes);
          this.#waitingBytes -= count;
          bytes = bytes.subarray(count);
        }
      }
    } catch (error) {
      this.#hasFailed = true;
      this.#waiting = [];
      this.#options.onFailed(error);
    }
    this.#writing = undefined;
  }
}
