/**
 * The line that is being typed: what keys make of it.
 *
 * @module
 */

import { MAX_TYPED_CHARS, MAX_TYPED_LINES } from "../limits/client.ts";
import type { Clusters } from "./clusters.ts";
import type { Key, KeyName } from "./keys.ts";

/** A line that is being typed. */
export interface Line {
  /** May hold line breaks (`\n`) and tabs, and no other control characters. */
  readonly text: string;
  /** Where the next character goes, in UTF-16 code units: never inside of a grapheme cluster. */
  readonly cursor: number;
  /** What was cut last, to be put back. */
  readonly cut: string;
  /** Earlier lines, the oldest first. */
  readonly earlier: readonly string[];
  /** Which of the earlier lines is shown; their number for the new one. */
  readonly shown: number;
  /** The new line, while an earlier one is shown. */
  readonly draft: string;
}

/** What a key means beyond the line itself. */
export type LineAct =
  | { readonly type: "submit"; readonly text: string }
  | { readonly type: "complete" }
  /** Not all of a text was put in: the line is full. */
  | { readonly type: "full" }
  | { readonly type: "clear" }
  | { readonly type: "interrupt" }
  | { readonly type: "endOfInput" };

/** What a key did. */
export interface Edited {
  /** The line afterwards. */
  readonly line: Line;
  /** What is to be done, where the line is not all. */
  readonly act?: LineAct;
}

/** Nothing is typed yet. */
export const EMPTY_LINE: Line = {
  text: "",
  cursor: 0,
  cut: "",
  earlier: [],
  shown: 0,
  draft: "",
};

/** What a key does to a line. */
export function edit(line: Line, key: Key, clusters: Clusters): Edited {
  if (key.type === "text") return insert(line, key.text, clusters);
  return press(line, key.name, clusters);
}

/** Puts a text where the cursor is, as far as there is room. */
export function insert(line: Line, text: string, clusters: Clusters): Edited {
  const { cursor } = line;
  let room = MAX_TYPED_CHARS - line.text.length;
  // No half of a character.
  if (isLowSurrogate(text.charCodeAt(room))) room--;
  const taken = text.slice(0, Math.max(0, room));
  const whole = line.text.slice(0, cursor) + taken + line.text.slice(cursor);
  return {
    line: { ...line, text: whole, cursor: clusters.snap(whole, cursor + taken.length) },
    ...(taken.length < text.length ? { act: { type: "full" } } : {}),
  };
}

function press(line: Line, name: KeyName, clusters: Clusters): Edited {
  const { text, cursor } = line;
  switch (name) {
    case "enter":
      return submit(line);
    case "newLine":
      return insert(line, "\n", clusters);
    case "backspace":
      return { line: remove(line, clusters.before(text, cursor), cursor, clusters) };
    case "delete":
      return { line: remove(line, cursor, clusters.after(text, cursor), clusters) };
    case "left":
      return { line: { ...line, cursor: clusters.before(text, cursor) } };
    case "right":
      return { line: { ...line, cursor: clusters.after(text, cursor) } };
    case "wordLeft":
      return { line: { ...line, cursor: clusters.snap(text, wordBefore(text, cursor)) } };
    case "wordRight":
      return { line: { ...line, cursor: clusters.snap(text, wordAfter(text, cursor)) } };
    case "home":
      return { line: { ...line, cursor: 0 } };
    case "end":
      return { line: { ...line, cursor: text.length } };
    case "killToStart":
      return { line: cutOut(line, 0, cursor, clusters) };
    case "killToEnd":
      return { line: cutOut(line, cursor, text.length, clusters) };
    case "killWord":
      return { line: cutOut(line, wordBefore(text, cursor), cursor, clusters) };
    case "killNextWord":
      return { line: cutOut(line, cursor, wordAfter(text, cursor), clusters) };
    case "yank":
      return insert(line, line.cut, clusters);
    case "up":
      return { line: show(line, line.shown - 1) };
    case "down":
      return { line: show(line, line.shown + 1) };
    case "endOfInput":
      if (text === "") return { line, act: { type: "endOfInput" } };
      return { line: remove(line, cursor, clusters.after(text, cursor), clusters) };
    case "tab":
      return { line, act: { type: "complete" } };
    case "clear":
    case "interrupt":
      return { line, act: { type: name } };
  }
}

function submit(line: Line): Edited {
  const { text } = line;
  const isKept = text.trim() !== "" && text !== line.earlier.at(-1);
  const earlier = isKept ? [...line.earlier, text].slice(-MAX_TYPED_LINES) : line.earlier;
  return {
    line: { ...EMPTY_LINE, cut: line.cut, earlier, shown: earlier.length },
    act: { type: "submit", text },
  };
}

function remove(line: Line, start: number, end: number, clusters: Clusters): Line {
  const text = line.text.slice(0, start) + line.text.slice(end);
  // What stands before and behind may be one cluster now.
  return { ...line, text, cursor: clusters.snap(text, start) };
}

function cutOut(line: Line, start: number, end: number, clusters: Clusters): Line {
  if (start === end) return line;
  return { ...remove(line, start, end, clusters), cut: line.text.slice(start, end) };
}

function show(line: Line, place: number): Line {
  const { earlier, shown } = line;
  if (place < 0 || place > earlier.length) return line;
  const draft = shown === earlier.length ? line.text : line.draft;
  const text = place === earlier.length ? draft : earlier[place]!;
  return { ...line, text, draft, shown: place, cursor: text.length };
}

/** Where the word before a place begins; spaces end words. */
function wordBefore(text: string, place: number): number {
  return Math.max(0, text.slice(0, place).search(/\S+\s*$/));
}

/** Where the word behind a place ends. */
function wordAfter(text: string, place: number): number {
  return place + /^\s*\S*/.exec(text.slice(place))![0].length;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
