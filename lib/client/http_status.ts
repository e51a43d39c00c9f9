import { RefusedError } from "../errors.ts";
import { showable } from "../ui.ts";

/** A server has answered with an HTTP status that is no success. */
export class HttpStatusError extends RefusedError {
  /** The status. */
  readonly status: number;

  /** Takes the URL, the status, and what the server says in words, perhaps nothing. */
  constructor(url: string, status: number, words: string) {
    const hint = HINTS[status];
    super(
      `${url} answers ${`${status} ${showable(words)}`.trimEnd()}`,
      hint === undefined ? {} : { hint },
    );
    this.status = status;
  }

  /** The next try would be answered alike, until somebody changes a setting. */
  get isFinal(): boolean {
    return this.status < 500 && this.status !== 408 && this.status !== 429;
  }
}

const PATH =
  "Is the path right? Messages are taken at http://host:port/message and ws://host:port/ws, and " +
  "dictionaries at http://host:port/dictionary.";
const ELSEWHERE = "It sends its clients elsewhere: name that place yourself if it is right.";

/** What to do next, by status. */
const HINTS: Readonly<Record<number, string>> = {
  301: ELSEWHERE,
  302: ELSEWHERE,
  303: ELSEWHERE,
  307: ELSEWHERE,
  308: ELSEWHERE,
  400:
    "It could not open the token: compare the keys of both sides, with wagons key show, and clocks.",
  404: PATH,
  405: PATH,
  413: "It is too long for it.",
  429: "It gets too much at once: run it again later.",
  503: "Nothing is wrong on this side: run it again later.",
};
