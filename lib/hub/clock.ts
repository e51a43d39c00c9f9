import { formatDateTime } from "../wire/date_time.ts";
import type { FastResponse } from "../wire/messages.ts";

/** The time as the server tells it. Makes one answer in a millisecond, whoever asks. */
export class Clock {
  #timeMs = NaN;
  #response: FastResponse = { kind: "fastResponse", currentDateTime: "" };

  /**
   * The answer with the local time at `timeMs` milliseconds since the Unix epoch. The same object
   * for the same time.
   */
  fastResponse(timeMs: number): FastResponse {
    if (timeMs !== this.#timeMs) {
      const currentDateTime = formatDateTime(timeMs, -new Date(timeMs).getTimezoneOffset());
      this.#response = { kind: "fastResponse", currentDateTime };
      this.#timeMs = timeMs;
    }
    return this.#response;
  }
}
