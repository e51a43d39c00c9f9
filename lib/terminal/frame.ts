/**
 * What stands at the bottom of the terminal: lines that change, and the line that is being typed.
 *
 * @module
 */

import { showable } from "../ui.ts";
import { type Clusters, widthOf } from "./clusters.ts";

/** Rows at the bottom of a terminal, and where the cursor stands in them. */
export interface Frame {
  /** What each row shows. None is as wide as the terminal: no row goes on by itself in the next. */
  readonly rows: readonly string[];
  /** The cursor's row in them, from 0. */
  readonly cursorRow: number;
  /** The cursor's column, from 0. */
  readonly cursorColumn: number;
}

/** How large a terminal is. */
export interface TerminalSize {
  /** Characters in a row. */
  readonly columns: number;
  /** Rows. */
  readonly rows: number;
}

/** What a frame shows. */
export interface FrameContent {
  /** Lines above the one that is typed: cut where they are too long. Safe to show as they stand. */
  readonly status: readonly string[];
  /** What stands before the line that is typed. */
  readonly prompt: string;
  /** The line that is typed. */
  readonly text: string;
  /** See the line's. */
  readonly cursor: number;
}

/** No row at all, the cursor in the first column. */
export const EMPTY_FRAME: Frame = { rows: [""], cursorRow: 0, cursorColumn: 0 };

/** How line breaks and tabs in the line that is typed look. */
const NEW_LINE_MARK = "⏎";
const TAB_MARK = "⇥";

/**
 * Lays out a frame: the line that is typed wraps at the edge, between grapheme clusters. Of more
 * rows than the terminal has, those around the cursor are shown.
 */
export function layOut(content: FrameContent, size: TerminalSize, clusters: Clusters): Frame {
  // The last column stays free: what terminals do behind it differs.
  const columns = Math.max(1, size.columns - 1);
  const maxRows = Math.max(1, size.rows - 1);
  const typed = layOutLine(content, columns, clusters);
  const height = Math.min(typed.rows.length, Math.max(1, maxRows - content.status.length));
  const first = Math.min(
    Math.max(0, typed.cursorRow - Math.floor(height / 2)),
    typed.rows.length - height,
  );
  const status = content.status.slice(0, maxRows - height)
    .map((line) => cutToWidth(line, columns, clusters));
  return {
    rows: [...status, ...typed.rows.slice(first, first + height)],
    cursorRow: status.length + typed.cursorRow - first,
    cursorColumn: typed.cursorColumn,
  };
}

function layOutLine(content: FrameContent, columns: number, clusters: Clusters): Frame {
  const { prompt, text, cursor } = content;
  const rows: string[] = [];
  let row = widthOf(prompt) * 2 <= columns ? prompt : "";
  let width = widthOf(row);
  let cursorRow = 0;
  let cursorColumn = width;
  const endRow = () => {
    rows.push(row);
    row = "";
    width = 0;
  };
  let place = 0;
  for (const cluster of clusters.split(text)) {
    const [shown, shownWidth] = shownAs(cluster, columns);
    if (width > 0 && width + shownWidth > columns) endRow();
    if (place === cursor) [cursorRow, cursorColumn] = [rows.length, width];
    row += shown;
    width += shownWidth;
    place += cluster.length;
    if (cluster.includes("\n")) endRow();
  }
  if (place === cursor) {
    if (width >= columns) endRow();
    [cursorRow, cursorColumn] = [rows.length, width];
  }
  endRow();
  return { rows, cursorRow, cursorColumn };
}

/** How a cluster looks, and how wide it is. One that is wider than the terminal is not shown. */
function shownAs(cluster: string, columns: number): [string, number] {
  if (cluster.includes("\n")) return [NEW_LINE_MARK, 1];
  if (cluster === "\t") return [TAB_MARK, 1];
  const shown = showable(cluster);
  const width = widthOf(shown);
  return width > columns ? ["\u{fffd}", 1] : [shown, width];
}

function cutToWidth(line: string, columns: number, clusters: Clusters): string {
  if (widthOf(line) <= columns) return line;
  let cut = "";
  let width = 1;
  for (const cluster of clusters.split(line)) {
    width += widthOf(cluster);
    if (width > columns) break;
    cut += cluster;
  }
  return `${cut}…`;
}

/** A frame that a terminal shows, and how wide that was then. */
export interface Drawn {
  /** What is shown. */
  readonly frame: Frame;
  /** Columns of the terminal when it was drawn. */
  readonly columns: number;
}

/**
 * What to write so that a frame takes the place of another one, with lines above it that stay. The
 * lines above end with line breaks. All of it goes out in one write: nothing is seen half-way.
 */
export function redraw(
  drawn: Drawn,
  above: string,
  { frame, columns }: Drawn,
  clusters: Clusters,
): string {
  const up = rowsAboveCursor(drawn, columns, clusters);
  const back = frame.rows.length - 1 - frame.cursorRow;
  return (up > 0 ? `\x1b[${up}A` : "") + "\r\x1b[J" +
    above.replaceAll("\n", "\r\n") +
    frame.rows.join("\r\n") +
    (back > 0 ? `\x1b[${back}A` : "") + "\r" +
    (frame.cursorColumn > 0 ? `\x1b[${frame.cursorColumn}C` : "");
}

/**
 * How many rows are between the first one of a frame and the cursor now: a terminal that became
 * narrower has wrapped each row that it shows.
 */
function rowsAboveCursor(drawn: Drawn, columns: number, clusters: Clusters): number {
  const { frame } = drawn;
  if (columns >= drawn.columns) return frame.cursorRow;
  return frame.rows.slice(0, frame.cursorRow)
    .reduce(
      (sum, row) => sum + wrap(row, columns, Infinity, clusters) + 1,
      wrap(frame.rows[frame.cursorRow]!, columns, frame.cursorColumn, clusters),
    );
}

/** How often a terminal has wrapped a row before a place in it, which is a number of columns. */
function wrap(row: string, columns: number, place: number, clusters: Clusters): number {
  let wraps = 0;
  let width = 0;
  let passed = 0;
  for (const cluster of clusters.split(row)) {
    const clusterWidth = widthOf(cluster);
    if (width + clusterWidth > columns) {
      wraps++;
      width = 0;
    }
    if (passed >= place) break;
    width += clusterWidth;
    passed += clusterWidth;
  }
  return wraps;
}
