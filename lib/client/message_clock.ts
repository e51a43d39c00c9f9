import { localIsoTime } from "../local_time.ts";

/**
 * The times of the messages of one program, as Python's `datetime.now().isoformat()` tells them. A
 * message that comes back is known by its fields, so a text that is sent twice has two times, and
 * another program that sends it in the same millisecond most likely a third one.
 */
export class MessageClock {
  #lastMicros = -1;
  readonly #nowMs: () => number;

  /** Takes the time, in milliseconds since the Unix epoch. Default: the system's. */
  constructor(nowMs: () => number = Date.now) {
    this.#nowMs = nowMs;
  }

  /** The time now, never the one that it gave last. */
  next(): string {
    let micros = this.#nowMs() * 1000 + Math.floor(Math.random() * 1000);
    if (micros === this.#lastMicros) micros++;
    this.#lastMicros = micros;
    return localIsoTime(Math.floor(micros / 1000), micros % 1000);
  }
}
