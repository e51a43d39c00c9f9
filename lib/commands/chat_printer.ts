import type { SessionEvent } from "../client/room_session.ts";
import { dateOf, showableLine, timeOf } from "../terminal/room_lines.ts";
import { shortBytes } from "../progress.ts";
import { isoTime, showable, type Ui } from "../ui.ts";
import { counted } from "../units.ts";
import type { RoomEvent } from "../wire/room_messages.ts";

/** What `--json` writes, for the help. */
export const CHAT_JSON_HELP = `

With --json each line has a "type", and what belongs to it:
  text, file, came, left   number (null: not kept), at, name, dialect, and
                           id, text | id, file {id, name, size, sha256} | nothing | reason
                           (by chat:// without id, and a file without sha256)
  receipt                  id, text: the server has what was said
  refused                  id, text, reason: the server does not take it
  joined                   url, name: in the room, under that name
  failed, lost             reason, retryMs: no connection, the next try comes after that time
  missed                   count (null: not known): what came meanwhile and is not kept`;

/** Tells whether a person has to hear of it: a server may be tried all night, and be away. */
export class FailureNews {
  #why: string | undefined;

  /** Takes the next event. It is no news when a try fails for the same reason as the one before. */
  isNews(event: { readonly event: string; readonly error?: Error }): boolean {
    switch (event.event) {
      case "joined":
      case "lost":
        this.#why = undefined;
        return true;
      case "failed": {
        const isNews = event.error?.message !== this.#why;
        this.#why = event.error?.message;
        return isNews;
      }
      default:
        return true;
    }
  }
}

/** Prints what happens in a room, for scripts: a line for each event. */
export class ChatPrinter {
  readonly #ui: Ui;
  readonly #failures = new FailureNews();

  /** Takes what is written to. */
  constructor(ui: Ui) {
    this.#ui = ui;
  }

  /** Something happened. What others did goes to stdout, the rest there only as JSON. */
  event(event: SessionEvent): void {
    const ui = this.#ui;
    const isNews = this.#failures.isNews(event);
    switch (event.event) {
      case "happened":
        return ui.json ? ui.object(objectOf(event.what)) : ui.text(
          `${dateOf(event.what.atMs)} ${timeOf(event.what.atMs, true)} ${lineOf(event.what)}\n`,
        );
      case "joined": {
        const { url, name } = event;
        if (ui.json) return ui.object({ type: "joined", url, name });
        return ui.aside(`in the room of ${url} as ${showable(name)}`);
      }
      case "failed":
      case "lost": {
        const { event: type, error: { message: reason }, waitMs: retryMs } = event;
        if (ui.json) ui.object({ type, reason, retryMs });
        if (!isNews) return;
        return ui.warn(`${showable(clause(reason))}; trying again`);
      }
      case "missed":
        if (ui.json) ui.object({ type: "missed", count: event.count });
        return ui.warn(missedText(event.count));
      case "gap":
        if (ui.json) ui.object({ type: "missed", count: null });
        return ui.warn(gapText(event));
      case "said": {
        const { id, text } = event.saying;
        if (ui.json) ui.object({ type: "receipt", id, text });
        return;
      }
      case "refused": {
        const { saying: { id, text }, error: { message: reason } } = event;
        if (ui.json) ui.object({ type: "refused", id, text, reason });
        return ui.warn(`not said: ${showable(reason)}`);
      }
    }
  }
}

/** A message as the first part of a sentence that goes on. */
export function clause(message: string): string {
  return message.replace(/\.$/, "");
}

/** What to tell of events that are not kept any more. */
export function missedText(count: number): string {
  return `${counted(count, "message")} that came meanwhile ${
    count === 1 ? "is" : "are"
  } not kept any more`;
}

/** What to tell when nobody knows what was missed. */
export function gapText(gap: Extract<SessionEvent, { event: "gap" }>): string {
  switch (gap.why) {
    case "noHistory":
      return "what was said meanwhile is not known: this kind of server keeps nothing";
    case "otherRoom":
      return "the server has another history now: what was said meanwhile may be missing";
    case "refused":
      return `what was said before cannot be shown: ${showable(gap.error.message)}`;
  }
}

function lineOf({ name, dialect, what }: RoomEvent): string {
  const who = showable(name);
  switch (what.type) {
    case "text":
      return `${who}: ${showableLine(what.text)}`;
    case "file":
      return `${who} offers ${showable(what.file.name)}, ${shortBytes(what.file.size)}`;
    case "came":
      return `${who} came by ${showable(dialect)}`;
    case "left":
      return `${who} left: ${showable(what.reason)}`;
  }
}

function objectOf({ number, atMs, name, dialect, id, what }: RoomEvent): Record<string, unknown> {
  const common = {
    type: what.type,
    number: number > 0 ? number : null,
    at: isoTime(atMs),
    name,
    dialect,
  };
  switch (what.type) {
    case "text":
      return { ...common, id, text: what.text };
    case "file": {
      const { id: fileId, name: fileName, size, sha256 } = what.file;
      const file = { id: fileId, name: fileName, size, sha256: sha256.toHex() };
      return { ...common, id, file };
    }
    case "came":
      return common;
    case "left":
      return { ...common, reason: what.reason };
  }
}
