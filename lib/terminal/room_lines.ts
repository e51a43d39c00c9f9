/**
 * What happens in a room, as lines for a person.
 *
 * @module
 */

import { showable } from "../ui.ts";
import { shortBytes } from "../progress.ts";
import type { RoomEvent } from "../wire/room_messages.ts";
import { colourOf } from "./name_colours.ts";

/** Stands before the lines of a text but the first, so that none of them passes for another message. */
const MORE = "      ┊ ";
const DIM = "2";
const BOLD = "1";
const YELLOW = "33";

/** Makes lines, in the order of time: the first one of a day comes with its date. */
export class RoomLines {
  readonly #isColoured: boolean;
  #date: string | undefined;

  /** Takes whether the terminal shows colours, and the time of now in milliseconds. */
  constructor(isColoured: boolean, nowMs: number) {
    this.#isColoured = isColoured;
    this.#date = dateOf(nowMs);
  }

  /** Something that others did. A file has the number that it can be saved by. */
  happened({ atMs, name, dialect, what }: RoomEvent, fileNumber?: number): string[] {
    const shown = this.#name(name);
    switch (what.type) {
      case "text":
        return this.#said(atMs, shown, what.text);
      case "file": {
        const { name: fileName, size } = what.file;
        const file = `[${fileNumber}] ${showable(fileName)}, ${shortBytes(size)}`;
        return this.#line(atMs, `${shown} offers ${file}`);
      }
      case "came":
        return this.#line(atMs, `${shown} ${this.#paint(DIM, `came by ${showable(dialect)}`)}`);
      case "left":
        return this.#line(atMs, `${shown} ${this.#paint(DIM, `left: ${showable(what.reason)}`)}`);
    }
  }

  /** Something that the member itself has said. */
  said(atMs: number, name: string, text: string): string[] {
    return this.#said(atMs, this.#ownName(name), text);
  }

  /** A file that the member itself has offered. */
  offered(atMs: number, name: string, fileName: string): string[] {
    return this.#line(atMs, `${this.#ownName(name)} offers ${showable(fileName)}`);
  }

  /** What the program has to say. It is made safe. */
  note(atMs: number, text: string): string[] {
    return this.#line(atMs, this.#paint(DIM, showable(text)));
  }

  /** What the user should look into. It is made safe. */
  warning(atMs: number, text: string): string[] {
    return this.#line(atMs, this.#paint(YELLOW, showable(text)));
  }

  #said(atMs: number, shownName: string, text: string): string[] {
    const [first, ...more] = text.split("\n").map(showableLine);
    const lines = this.#line(atMs, `${shownName}: ${first}`);
    return [...lines, ...more.map((line) => this.#paint(DIM, MORE) + line)];
  }

  #line(atMs: number, text: string): string[] {
    const date = dateOf(atMs);
    const line = `${this.#paint(DIM, timeOf(atMs))} ${text}`;
    if (date === this.#date) return [line];
    this.#date = date;
    return [this.#paint(DIM, `── ${date} ──`), line];
  }

  #name(name: string): string {
    return this.#paint(`38;5;${colourOf(name)}`, showable(name));
  }

  #ownName(name: string): string {
    return this.#paint(`${BOLD};38;5;${colourOf(name)}`, showable(name));
  }

  #paint(code: string, text: string): string {
    return this.#isColoured ? `\x1b[${code}m${text}\x1b[0m` : text;
  }
}

/** What others have said, safe to show: all but tabs that could move a cursor is replaced. */
export function showableLine(text: string): string {
  return text.split("\t").map(showable).join("\t");
}

/** The local date of a time in milliseconds since the Unix epoch: `2026-11-26`. */
export function dateOf(timeMs: number): string {
  const time = new Date(timeMs);
  return [time.getFullYear(), two(time.getMonth() + 1), two(time.getDate())].join("-");
}

/** The local time of a time in milliseconds since the Unix epoch: `10:15`, or with its seconds. */
export function timeOf(timeMs: number, withSeconds = false): string {
  const time = new Date(timeMs);
  const parts = [time.getHours(), time.getMinutes(), ...(withSeconds ? [time.getSeconds()] : [])];
  return parts.map(two).join(":");
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
