import { showable } from "../ui.ts";
import { counted } from "../units.ts";

/** People are told at most so often: whoever sends junk must not fill their screen. */
const INTERVAL_MS = 10_000;

/** Counts what comes and cannot be read, and tells of it once in a while. */
export class JunkNews {
  #count = 0;
  #untold = 0;
  #last = "";
  #toldAtMs = -Infinity;

  /**
   * One more has come, for that reason, at that time of a clock that only goes on.
   *
   * @returns what to tell, if it is time for it.
   */
  add(reason: string, nowMs: number): string | undefined {
    this.#count++;
    this.#untold++;
    this.#last = reason;
    if (nowMs - this.#toldAtMs < INTERVAL_MS) return undefined;
    this.#toldAtMs = nowMs;
    return this.end();
  }

  /** Nothing more comes: what is left to tell, if anything. */
  end(): string | undefined {
    if (this.#untold === 0) return undefined;
    this.#untold = 0;
    const what = this.#count === 1 ? "is no message" : "are no messages";
    const reason = showable(this.#last).replace(/\.$/, "");
    return `${
      counted(this.#count, "thing")
    } that came ${what}, and not shown (the last: ${reason})`;
  }
}
