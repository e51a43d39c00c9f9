import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { showable } from "../../lib/ui.ts";
import { test } from "../helpers/strict.ts";
import { Clusters, widthOf } from "../../lib/terminal/clusters.ts";
import { edit, EMPTY_LINE, type Line } from "../../lib/terminal/editor.ts";
import { type Drawn, EMPTY_FRAME, layOut, redraw } from "../../lib/terminal/frame.ts";
import type { Key, KeyName } from "../../lib/terminal/keys.ts";
import { ScreenModel } from "../helpers/screen_model.ts";

const RUNS = { numRuns: 1000 };
const clusters = new Clusters();

function frame(text: string, columns: number, rows = 24, cursor = text.length, status = [""]) {
  const content = { status: status[0] === "" ? [] : status, prompt: "> ", text, cursor };
  return layOut(content, { columns, rows }, clusters);
}

test("the line that is typed wraps between characters and leaves the last column free", () => {
  assertEquals(frame("", 10), { rows: ["> "], cursorRow: 0, cursorColumn: 2 });
  assertEquals(frame("abcdef", 10), { rows: ["> abcdef"], cursorRow: 0, cursorColumn: 8 });
  assertEquals(frame("abcdefg", 10).rows, ["> abcdefg", ""]);
  assertEquals(frame("abcdefgh", 10), { rows: ["> abcdefg", "h"], cursorRow: 1, cursorColumn: 1 });
  assertEquals(frame("abcdefgh", 10, 24, 7).cursorRow, 1);
  assertEquals(frame("漢字漢字", 10).rows, ["> 漢字漢", "字"]);
  assertEquals(frame("👩‍👩‍👧🇩🇪e\u0301", 10).cursorColumn, 7);
});

test("line breaks, tabs, and what could steer a terminal are seen as such", () => {
  assertEquals(frame("a\nb\tc", 20), { rows: ["> a⏎", "b⇥c"], cursorRow: 1, cursorColumn: 3 });
  assertEquals(frame("a\n", 20), { rows: ["> a⏎", ""], cursorRow: 1, cursorColumn: 0 });
  assertEquals(frame("\u202e", 20).rows, ["> \\u{202e}"]);
  // One character that is wider than the whole terminal.
  assertEquals(frame("\u202e", 5).rows, ["> \u{fffd}"]);
});

test("lines of status stand above and are cut; a narrow terminal has no prompt", () => {
  const { rows, cursorRow } = frame("x", 12, 24, 1, ["漢字漢字漢字漢字", "short"]);
  assertEquals(rows, ["漢字漢字漢…", "short", "> x"]);
  assertEquals(cursorRow, 2);
  assertEquals(frame("x", 4).rows, ["x"]);
});

test("of more rows than there are on the terminal those around the cursor are shown", () => {
  const text = Array.from({ length: 30 }, (_, i) => `${i}`.padStart(4, "_")).join("");
  const shown = (cursor: number) => {
    const { rows, cursorRow } = frame(text, 5, 6, cursor);
    return rows.map((row, i) => i === cursorRow ? `${row}|` : row);
  };
  assertEquals(shown(0), ["> __|", "_0__", "_1__", "_2__", "_3__"]);
  assertEquals(shown(60), ["12__", "13__", "14__|", "15__", "16__"]);
  assertEquals(shown(120), ["25__", "26__", "27__", "28__", "29|"]);
});

const size = fc.record({
  columns: fc.integer({ min: 2, max: 60 }),
  rows: fc.integer({ min: 2, max: 12 }),
});
const character = fc.oneof(
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 1 }),
  fc.constantFrom("漢", "👩‍👩‍👧", "🇩🇪", "e\u0301", "\n", "\t", "\u202e", "ж", " ", "\u200b"),
).filter((text) => !/[^\P{Cc}\n\t]/u.test(text));
const text = fc.array(character, { maxLength: 80 }).map((characters) => characters.join(""));

test("whatever is typed, no row reaches the edge, and all is shown where there is room", () => {
  fc.assert(
    fc.property(text, size, fc.nat(), (text, size, place) => {
      const starts = [0];
      for (const cluster of clusters.split(text)) starts.push(starts.at(-1)! + cluster.length);
      const cursor = starts[place % starts.length]!;
      const content = { status: [], prompt: "> ", text, cursor };
      const { rows, cursorRow, cursorColumn } = layOut(content, size, clusters);
      assert(rows.length >= 1 && rows.length < Math.max(2, size.rows), `${rows.length} rows`);
      for (const row of rows) {
        assert(widthOf(row) < size.columns, JSON.stringify(row));
        assertEquals(/\p{Cc}/u.test(row), false);
      }
      assert(cursorRow >= 0 && cursorRow < rows.length);
      assert(cursorColumn >= 0 && cursorColumn <= widthOf(rows[cursorRow]!));
    }),
    RUNS,
  );
});

test("where there is room all of the text is shown, and the cursor stands behind what it is behind", () => {
  fc.assert(
    fc.property(text, fc.integer({ min: 20, max: 60 }), fc.nat(), (text, columns, place) => {
      const shown = clusters.split(text).map((cluster) =>
        showable(cluster.replaceAll("\n", "⏎").replaceAll("\t", "⇥"))
      );
      const before = place % (shown.length + 1);
      const cursor = clusters.split(text).slice(0, before).join("").length;
      const content = { status: [], prompt: "> ", text, cursor };
      const { rows, cursorRow, cursorColumn } = layOut(content, { columns, rows: 500 }, clusters);
      assertEquals(rows.join(""), `> ${shown.join("")}`);
      const sum = (texts: readonly string[]) =>
        texts.reduce((width, text) => width + widthOf(text), 0);
      assertEquals(
        sum(rows.slice(0, cursorRow)) + cursorColumn,
        sum(["> ", ...shown.slice(0, before)]),
      );
    }),
    RUNS,
  );
});

const key: fc.Arbitrary<Key> = fc.oneof(
  { weight: 3, arbitrary: text.map((text): Key => ({ type: "text", text })) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<KeyName>("backspace", "left", "right", "home", "end", "enter", "up")
      .map((name): Key => ({ type: "press", name })),
  },
);
const printable = text.map((text) => text.replace(/[\n\t\u202e]/g, ""));

type Step =
  | { type: "print"; lines: string[] }
  | { type: "key"; key: Key }
  | { type: "status"; lines: string[] }
  | { type: "resize"; columns: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ type: fc.constant("print"), lines: fc.array(printable, { maxLength: 3 }) }),
  fc.record({ type: fc.constant("key"), key }),
  fc.record({ type: fc.constant("status"), lines: fc.array(printable, { maxLength: 2 }) }),
  fc.record({ type: fc.constant("resize"), columns: fc.integer({ min: 8, max: 60 }) }),
) as fc.Arbitrary<Step>;

/** Does these steps on a terminal and checks after each what stands there. */
function checkSteps(steps: readonly Step[], columns: number, rows: number): void {
  const screen = new ScreenModel(columns, rows);
  const printed: string[] = [];
  let line: Line = EMPTY_LINE;
  let status: string[] = [];
  let drawn: Drawn = { frame: EMPTY_FRAME, columns };
  for (const step of steps) {
    let above = "";
    if (step.type === "print") {
      printed.push(...step.lines);
      above = step.lines.map((line) => `${line}\n`).join("");
    } else if (step.type === "key") {
      ({ line } = edit(line, step.key, clusters));
    } else if (step.type === "status") {
      status = step.lines;
    } else {
      screen.columns = step.columns;
    }
    const content = { status, prompt: "> ", text: line.text, cursor: line.cursor };
    const frame = layOut(content, screen, clusters);
    const next = { frame, columns: screen.columns };
    screen.write(redraw(drawn, above, next, clusters));
    drawn = next;
    assertEquals(screen.lines, [...printed, ...frame.rows]);
    const { fromLast, column } = screen.cursor;
    assertEquals([frame.rows.length - 1 - fromLast, column], [frame.cursorRow, frame.cursorColumn]);
  }
}

test("lines that come in stand above the line that is typed, and neither tears the other", () => {
  fc.assert(
    fc.property(
      fc.array(step.filter(({ type }) => type !== "resize"), { maxLength: 15 }),
      fc.integer({ min: 8, max: 60 }),
      fc.integer({ min: 2, max: 12 }),
      checkSteps,
    ),
    RUNS,
  );
});

test("the same holds when the terminal becomes narrower and wider meanwhile", () => {
  fc.assert(
    fc.property(
      fc.array(step, { maxLength: 15 }),
      fc.integer({ min: 8, max: 60 }),
      // A line that fills the whole screen would be scrolled out of reach.
      (steps, columns) => checkSteps(steps, columns, 1000),
    ),
    RUNS,
  );
});
