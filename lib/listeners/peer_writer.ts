import type { DialectTally } from "../hub/tally.ts";
import { EVENT_WRITE_BYTES } from "../limits/room.ts";
import type { Conn } from "../net/conn.ts";
import { OutputBuffer } from "../wire/output_buffer.ts";
import type { RoomEvent } from "../wire/room_messages.ts";
import { EventQueue } from "./event_queue.ts";

/** What a writer needs of its connection. */
export interface PeerWriterOptions {
  /** The frame of an event, made when it is about to be written. */
  readonly frameOf: (event: RoomEvent) => Uint8Array;
  /** Where the bytes that the peer has taken are counted. */
  readonly tally: DialectTally;
  /** Is told, once, that nothing can be written any more. */
  readonly onFailed: (error: unknown) => void;
}

/**
 * Writes what waits for one peer: all answers at once, and some of the room's events with them.
 * Events wait as references until the write before is done; they hold up no answer, and answers do
 * not hold them up.
 */
export class PeerWriter {
  readonly #conn: Conn;
  readonly #options: PeerWriterOptions;
  /** Answers, and the events that are written with them. */
  readonly #output = new OutputBuffer();
  /** Events that are not being written yet. */
  readonly #events = new EventQueue();
  /** The write that is under way, and all that has joined it. Never rejects. */
  #writing: Promise<void> | undefined;
  /** Resolves when no answer waits, as far as somebody wants to know. */
  #answered: PromiseWithResolvers<void> | undefined;
  #writtenBytes = 0;
  #isClosed = false;

  /** Takes the connection. */
  constructor(conn: Conn, options: PeerWriterOptions) {
    this.#conn = conn;
    this.#options = options;
  }

  /** Bytes of answers that wait, beside those that are being written. */
  get answerBytes(): number {
    return this.#output.length;
  }

  /** Something is being written. */
  get isWriting(): boolean {
    return this.#writing !== undefined;
  }

  /** Nothing can be written any more. */
  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Bytes that the peer has taken. */
  get writtenBytes(): number {
    return this.#writtenBytes;
  }

  /** Adds the frame of an answer. It is written with the next {@linkcode flush}. */
  append(frame: Uint8Array): void {
    if (!this.#isClosed) this.#output.append(frame);
  }

  /** Adds an event of that many bytes, to be written soon; false: too many wait already. */
  addEvent(event: RoomEvent, bytes: number): boolean {
    const isTaken = this.#events.add(event, bytes);
    void this.flush();
    return isTaken;
  }

  /** The events that wait will not be written. */
  dropEvents(): void {
    this.#events.clear();
  }

  /** Nothing more is written, and nothing waits. */
  close(): void {
    this.#isClosed = true;
    this.#events.clear();
  }

  /** Resolves when all that waits, and what joins it meanwhile, is written. Never rejects. */
  flush(): Promise<void> {
    const isWaiting = this.#output.length > 0 || this.#events.length > 0;
    // With nothing to write, #write would be over before its promise is kept here, for ever.
    if (this.#writing === undefined && isWaiting) this.#writing = this.#write();
    return this.#writing ?? Promise.resolve();
  }

  /** Resolves when no answer waits any more, whatever events do. Never rejects. */
  flushAnswers(): Promise<void> {
    if (this.#output.length === 0) return Promise.resolve();
    this.#answered ??= Promise.withResolvers();
    const { promise } = this.#answered;
    void this.flush();
    return promise;
  }

  async #write(): Promise<void> {
    try {
      for (;;) {
        if (this.#events.length > 0) this.#takeEvents();
        if (this.#output.length === 0) break;
        // Written here and not by a function of its own: one promise less for each answer.
        const bytes = this.#output.take();
        let written = await this.#conn.write(bytes);
        this.#count(written);
        while (written < bytes.length) {
          const more = await this.#conn.write(bytes.subarray(written));
          this.#count(more);
          written += more;
        }
        if (this.#output.length === 0) this.#tellAnswered();
      }
    } catch (error) {
      this.close();
      this.#options.onFailed(error);
    }
    this.#tellAnswered();
    this.#writing = undefined;
  }

  #count(bytes: number): void {
    this.#writtenBytes += bytes;
    this.#options.tally.sentBytes += bytes;
  }

  #takeEvents(): void {
    for (const event of this.#events.take(EVENT_WRITE_BYTES)) {
      this.#output.append(this.#options.frameOf(event));
    }
  }

  #tellAnswered(): void {
    this.#answered?.resolve();
    this.#answered = undefined;
  }
}
