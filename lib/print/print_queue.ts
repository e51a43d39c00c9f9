import { byteLength, concat } from "../bytes.ts";

/** What records are appended to in the end. */
export interface RecordSink {
  /**
   * Appends whole records. A rejection means that they are not there, and may be tried again; what it
   * resolves to is nothing to a queue.
   */
  append(records: Uint8Array): Promise<unknown>;
}

/** What a queue is bounded by, and who is told what. */
export interface PrintQueueOptions {
  /** Bytes that may wait; one longer record may wait alone. */
  readonly maxBytes: number;
  /** Bytes that are appended at once; one longer record is appended alone. */
  readonly maxBatchBytes: number;
  /** Time after a failed append before it is tried again, in milliseconds. */
  readonly retryMs: number;
  /** Is told, once for each time that it lasts, that records cannot be appended. */
  readonly onFailed: (error: unknown) => void;
  /** Is told, once for each time that it lasts, that what comes now is left out. */
  readonly onFull: () => void;
  /** Is told how many records were left out: when the queue is empty again, or at the end. */
  readonly onLeftOut: (records: number) => void;
}

/**
 * Records on their way to a file, in order: whoever prints never waits for the disk. While appending
 * fails it is tried again and again, and what comes waits; when too much waits, what comes is left
 * out and counted.
 */
export class PrintQueue {
  readonly #sink: RecordSink;
  readonly #options: PrintQueueOptions;
  #waiting: Uint8Array[] = [];
  #waitingBytes = 0;
  #leftOut = 0;
  #isFailing = false;
  #running: Promise<void> | undefined;
  readonly #closing = Promise.withResolvers<void>();
  #isClosing = false;

  /** Takes where the records go. */
  constructor(sink: RecordSink, options: PrintQueueOptions) {
    this.#sink = sink;
    this.#options = options;
  }

  /** Takes a record, or counts it as left out. Not after {@linkcode close}. */
  push(record: Uint8Array): void {
    const { maxBytes, onFull } = this.#options;
    if (this.#waiting.length > 0 && this.#waitingBytes + record.length > maxBytes) {
      if (this.#leftOut === 0) onFull();
      this.#leftOut++;
      return;
    }
    this.#waiting.push(record);
    this.#waitingBytes += record.length;
    this.#running ??= this.#run();
  }

  /**
   * Resolves when all is appended, when that fails once more, or after that time; what is not
   * appended then is told as left out. Never rejects.
   */
  async close(timeoutMs: number): Promise<void> {
    this.#isClosing = true;
    this.#closing.resolve();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const timeout = new Promise<void>((resolve) => timer = setTimeout(resolve, timeoutMs));
    await Promise.race([this.#running, timeout]);
    clearTimeout(timer);
    this.#leftOut += this.#waiting.length;
    this.#waiting = [];
    this.#tellLeftOut();
  }

  async #run(): Promise<void> {
    // What is printed in one turn of the event loop is appended together.
    await Promise.resolve();
    while (this.#waiting.length > 0) {
      const batch = this.#nextBatch();
      const isLastTry = this.#isClosing;
      if (await this.#append(concat(batch))) {
        // Not before: what is being appended takes memory as well.
        this.#waiting.splice(0, batch.length);
        this.#waitingBytes -= byteLength(batch);
      } else if (isLastTry) {
        break;
      } else {
        await this.#pause();
      }
    }
    this.#running = undefined;
    if (this.#waiting.length === 0) this.#tellLeftOut();
  }

  #nextBatch(): Uint8Array[] {
    let bytes = 0;
    const end = this.#waiting.findIndex((record, i) => {
      bytes += record.length;
      return i > 0 && bytes > this.#options.maxBatchBytes;
    });
    return this.#waiting.slice(0, end === -1 ? undefined : end);
  }

  async #append(records: Uint8Array): Promise<boolean> {
    try {
      await this.#sink.append(records);
      this.#isFailing = false;
      return true;
    } catch (error) {
      if (!this.#isFailing) this.#options.onFailed(error);
      this.#isFailing = true;
      return false;
    }
  }

  async #pause(): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const over = new Promise<void>((resolve) => timer = setTimeout(resolve, this.#options.retryMs));
    await Promise.race([over, this.#closing.promise]);
    clearTimeout(timer);
  }

  #tellLeftOut(): void {
    const records = this.#leftOut;
    this.#leftOut = 0;
    if (records > 0) this.#options.onLeftOut(records);
  }
}
