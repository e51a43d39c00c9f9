/**
 * How far something has come, as a line of text. PURE: what draws it is progress_bar.ts.
 *
 * @module
 */

import { showable } from "./ui.ts";

/** How far something has come. */
export interface Progress {
  /** What it is, in a word or two: a file's name, shown as far as there is room. */
  readonly label: string;
  /** Bytes that are done; or how many of something else, see {@linkcode show}. */
  readonly doneBytes: number;
  /** Bytes that there are. */
  readonly totalBytes: number;
  /** Bytes a second; `undefined` while that is not known. */
  readonly bytesPerSecond: number | undefined;
  /** Writes an amount in a few characters. Default: as bytes, {@linkcode shortBytes}. */
  readonly show?: (amount: number) => string;
}

/** Time from one look at it to the next: ten times a second is as often as somebody can look. */
export const REDRAW_MS = 100;

/** Columns of the bar itself: wider ones tell no more. */
const MAX_BAR_COLUMNS = 30;
const MIN_BAR_COLUMNS = 5;
/** A label of less says nothing. */
const MIN_LABEL_COLUMNS = 6;
const MAX_LABEL_COLUMNS = 24;

/**
 * A line of at most so many columns: label, percentage, bar, bytes, rate and time left, as many of
 * them as there is room for.
 */
export function progressLine(progress: Progress, columns: number): string {
  const { doneBytes, totalBytes, bytesPerSecond, show = shortBytes } = progress;
  const part = totalBytes === 0 ? 1 : Math.min(1, doneBytes / totalBytes);
  const percent = `${Math.floor(part * 100)}%`.padStart(4);
  const bytes = `${show(doneBytes)} / ${show(totalBytes)}`;
  const rate = bytesPerSecond === undefined ? "" : `${show(bytesPerSecond)}/s`;
  const left = bytesPerSecond === undefined || bytesPerSecond <= 0
    ? ""
    : `${shortTime((totalBytes - doneBytes) / bytesPerSecond)} left`;
  // The last ones go first where there is no room.
  const cells = [bytes, rate, left].filter((cell) => cell !== "");
  while (cells.length > 0 && columnsOf([percent, ...cells]) > columns) cells.pop();
  let room = columns - columnsOf([percent, ...cells]);
  const labelColumns = Math.min(MAX_LABEL_COLUMNS, room - 2);
  const label = labelColumns < MIN_LABEL_COLUMNS
    ? ""
    : fitColumns(showable(progress.label), labelColumns);
  if (label !== "") room -= textColumns(label) + 2;
  const barColumns = Math.min(MAX_BAR_COLUMNS, room - 2);
  const bar = barColumns < MIN_BAR_COLUMNS ? [] : [drawBar(part, barColumns)];
  return [...(label === "" ? [] : [label]), percent, ...bar, ...cells].join("  ")
    .slice(0, Math.max(0, columns));
}

/** The columns that a text takes on a terminal: wide characters take two, combining ones none. */
export function textColumns(text: string): number {
  let columns = 0;
  for (const character of text) columns += columnsOfCharacter(character);
  return columns;
}

/** As much of a text as fits in so many columns, with an ellipsis where something is left out. */
export function fitColumns(text: string, columns: number): string {
  if (columns < 1) return "";
  if (textColumns(text) <= columns) return text;
  let fitting = "";
  let taken = 1;
  for (const character of text) {
    taken += columnsOfCharacter(character);
    if (taken > columns) break;
    fitting += character;
  }
  return `${fitting}…`;
}

/** A number of bytes in at most five characters and a unit: `1.5 GB`. A MB is a million bytes. */
export function shortBytes(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB", "PB"];
  let unit = 0;
  // What would be rounded to 1000 belongs to the next unit.
  while (bytes >= (unit === 0 ? 1000 : 999.5) && unit < units.length - 1) {
    bytes /= 1000;
    unit++;
  }
  const digits = unit > 0 && bytes < 9.95 ? 1 : 0;
  return `${bytes.toFixed(digits)} ${units[unit]}`;
}

/** A time of any length in a few characters: `8s`, `1m 05s`, `2h 10m`, `3d 04h`. */
export function shortTime(seconds: number): string {
  const whole = Math.ceil(seconds);
  if (!Number.isFinite(whole)) return "?";
  const pair = (large: number, one: string, small: number, other: string) =>
    `${large}${one} ${String(small).padStart(2, "0")}${other}`;
  if (whole < 60) return `${whole}s`;
  if (whole < 3600) return pair(Math.floor(whole / 60), "m", whole % 60, "s");
  const minutes = Math.floor(whole / 60);
  if (minutes < 24 * 60) return pair(Math.floor(minutes / 60), "h", minutes % 60, "m");
  const hours = Math.floor(minutes / 60);
  return pair(Math.floor(hours / 24), "d", hours % 24, "h");
}

function drawBar(part: number, columns: number): string {
  const full = Math.floor(part * columns);
  return "█".repeat(full) + "░".repeat(columns - full);
}

function columnsOf(cells: readonly string[]): number {
  return cells.join("  ").length;
}

const ZERO = /^[\p{Mn}\p{Me}\p{Cf}]$/u;
const WIDE =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303E\uFF01-\uFF60\uFFE0-\uFFE6]$/u;

function columnsOfCharacter(character: string): number {
  if (character < "\u0300") return 1;
  if (ZERO.test(character)) return 0;
  return WIDE.test(character) ? 2 : 1;
}
