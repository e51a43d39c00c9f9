import { assert } from "@std/assert";
import { Clusters, widthOf } from "../../lib/terminal/clusters.ts";

/** A row of the screen: which cells of which line. */
interface Row {
  readonly line: number;
  readonly start: number;
  readonly end: number;
}

interface Cell {
  readonly text: string;
  readonly width: number;
}

/**
 * A terminal as far as a line editor needs one: text that wraps at the edge, lines that are wrapped
 * anew when it is resized, and the few sequences that are written to it. Whatever else comes is an
 * error, and so is a cursor that would leave the screen.
 */
export class ScreenModel {
  columns: number;
  rows: number;
  readonly #clusters = new Clusters();
  #lines: Cell[][] = [[]];
  #line = 0;
  #cell = 0;

  constructor(columns: number, rows: number) {
    this.columns = columns;
    this.rows = rows;
  }

  /** All lines from the first one on, as they were written: not as they are wrapped. */
  get lines(): string[] {
    return this.#lines.map((cells) => cells.map(({ text }) => text).join(""));
  }

  /** The cursor: rows from the last one up, and the column from 0. */
  get cursor(): { fromLast: number; column: number } {
    const rows = this.#rows();
    return { fromLast: rows.length - 1 - this.#row(rows), column: this.#column(rows) };
  }

  write(text: string): void {
    for (const [, up, right, other, plain] of text.matchAll(TOKEN)) {
      if (up !== undefined) this.#up(Number(up));
      else if (right !== undefined) this.#right(Number(right));
      else if (plain !== undefined) this.#put(plain);
      else if (other === "\r") this.#toColumn(this.#rows(), this.#row(this.#rows()), 0);
      else if (other === "\n") this.#lineFeed();
      else if (other === "\x1b[J") this.#erase();
      // deno-lint-ignore no-control-regex
      else assert(/^\x1b\[\?2004[hl]$|^\x1b\[[\d;]*m$/.test(other!), JSON.stringify(other));
    }
  }

  /** The screen's rows: where in which line each begins. */
  #rows(): Row[] {
    return this.#lines.flatMap((cells, line) => {
      const rows: Row[] = [];
      let [start, width] = [0, 0];
      for (const [i, cell] of cells.entries()) {
        if (width + cell.width > this.columns) {
          rows.push({ line, start, end: i });
          [start, width] = [i, 0];
        }
        width += cell.width;
      }
      return [...rows, { line, start, end: cells.length }];
    });
  }

  #row(rows: readonly Row[]): number {
    return rows.findLastIndex(({ line, start }) => line === this.#line && start <= this.#cell);
  }

  #column(rows: readonly Row[]): number {
    const { line, start } = rows[this.#row(rows)]!;
    return this.#lines[line]!.slice(start, this.#cell).reduce((sum, { width }) => sum + width, 0);
  }

  #toColumn(rows: readonly Row[], row: number, column: number): void {
    const { line, start, end } = rows[row]!;
    this.#line = line;
    this.#cell = start;
    let width = 0;
    while (width < column) {
      assert(this.#cell < end, "the cursor goes behind the end of a row");
      width += this.#lines[line]![this.#cell++]!.width;
    }
  }

  #up(count: number): void {
    const rows = this.#rows();
    const row = this.#row(rows) - count;
    assert(row >= Math.max(0, rows.length - this.rows), "the cursor leaves the screen");
    this.#toColumn(rows, row, 0);
  }

  #right(count: number): void {
    const rows = this.#rows();
    const row = this.#row(rows);
    this.#toColumn(rows, row, this.#column(rows) + count);
  }

  #lineFeed(): void {
    assert(this.#line === this.#lines.length - 1, "a line feed in the middle");
    this.#lines.push([]);
    this.#line++;
    this.#cell = 0;
  }

  #erase(): void {
    this.#lines.length = this.#line + 1;
    this.#lines[this.#line]!.length = this.#cell;
  }

  #put(text: string): void {
    const cells = this.#lines[this.#line]!;
    assert(this.#cell === cells.length, "text is written over other text");
    for (const cluster of this.#clusters.split(text)) {
      cells.push({ text: cluster, width: widthOf(cluster) });
    }
    this.#cell = cells.length;
  }
}

// deno-lint-ignore no-control-regex
const TOKEN = /\x1b\[(\d+)A|\x1b\[(\d+)C|(\x1b\[[?\d;]*[ -~]|[\x00-\x1f])|([^\x00-\x1f]+)/g;
