import { clause, FailureNews } from "./chat_printer.ts";
import type { HeardMessage, Unreadable } from "../client/message_answer.ts";
import type { WatchEvent } from "../client/message_watch.ts";
import { localIsoTime } from "../local_time.ts";
import { showableLine } from "../terminal/room_lines.ts";
import { isoTime, showable, type Ui } from "../ui.ts";
import { readIsoTime } from "../wire/iso_time.ts";
import { JunkNews } from "./junk_news.ts";

/** What `--json` writes, for the help. */
export const MESSAGE_JSON_HELP = `

With --json each message is a line with userID, timestamp, text, cmd and args as they came, "at", when
it came, and "from", who has sent it: the server's URL, or by UDP host:port.`;

/** Prints messages that come, a line each, and tells of what goes wrong. */
export class MessagePrinter {
  readonly #ui: Ui;
  readonly #failures = new FailureNews();
  readonly #junk = new JunkNews();
  /** Prints who has sent a token: by UDP that may be anybody. */
  readonly #showsSender: boolean;
  #count = 0;

  /** Takes what is written to, and whether to show who has sent each token. */
  constructor(ui: Ui, showsSender: boolean) {
    this.#ui = ui;
    this.#showsSender = showsSender;
  }

  /** How many messages were printed, without what servers greet with. */
  get count(): number {
    return this.#count;
  }

  /** A message has come, now. */
  message(heard: HeardMessage, atMs: number): void {
    this.#count++;
    this.#print(heard, atMs);
  }

  #print({ message, from }: HeardMessage, atMs: number): void {
    if (this.#ui.json) return this.#ui.object({ at: isoTime(atMs), from, ...message });
    const sender = this.#showsSender ? from : undefined;
    this.#ui.text(`${messageLine({ message, from }, atMs, sender)}\n`);
  }

  /** Something has happened to a watch. */
  event(event: WatchEvent, atMs: number): void {
    const isNews = this.#failures.isNews(event);
    switch (event.event) {
      case "heard":
        if (event.isGreeting) return this.#print(event.heard, atMs);
        return this.message(event.heard, atMs);
      case "unreadable":
        return this.#unreadable(event.why);
      case "joined":
        return this.#ui.aside(`listening to ${event.url}`);
      case "failed":
        if (isNews) this.#ui.warn(`${showable(clause(event.error.message))}; trying again`);
        return;
      case "lost":
        this.#ui.warn(
          `${
            showable(clause(event.error.message))
          }; trying again: what others say meanwhile is missed`,
        );
    }
  }

  /** Nothing more comes: what was not told yet is told. */
  end(): void {
    const news = this.#junk.end();
    if (news !== undefined) this.#ui.warn(news);
  }

  #unreadable(why: Unreadable): void {
    const news = this.#junk.add(why.message, performance.now());
    if (news !== undefined) this.#ui.warn(news);
  }
}

/** A message as a line for a person: when, who, by whom if that is given, what, and the command. */
export function messageLine(
  { message: { userID, timestamp, text, cmd, args } }: HeardMessage,
  atMs: number,
  sender?: string,
): string {
  const who = userID === "" ? "somebody" : showable(userID);
  const by = sender === undefined ? "" : ` (from ${showable(sender)})`;
  const command = [cmd, args].filter((part) => part !== "").map(showableLine).join(" ");
  const what = [
    ...(text === "" ? [] : [showableLine(text)]),
    ...(command === "" ? [] : [`[${command}]`]),
  ].join(" ");
  return `${shownTime(timestamp, atMs)} ${who}${by}: ${what}`;
}

/**
 * When a message was made, as a local time: by its maker's clock where it does not say which zone
 * that has, and the time that it came at where it says nothing.
 */
function shownTime(timestamp: string, cameAtMs: number): string {
  const time = readIsoTime(timestamp);
  const shown = time?.utcOffsetMicros === undefined
    ? time === undefined ? localIsoTime(cameAtMs) : new Date(time.wallMs).toISOString()
    : localIsoTime(time.wallMs - Math.floor(time.utcOffsetMicros / 1000));
  return shown.slice(0, 19).replace("T", " ");
}
