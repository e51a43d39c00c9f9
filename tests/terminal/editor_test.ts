import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { test } from "../helpers/strict.ts";
import { MAX_TYPED_CHARS, MAX_TYPED_LINES } from "../../lib/limits/client.ts";
import { Clusters } from "../../lib/terminal/clusters.ts";
import { edit, EMPTY_LINE, insert, type Line, type LineAct } from "../../lib/terminal/editor.ts";
import type { Key, KeyName } from "../../lib/terminal/keys.ts";

const RUNS = { numRuns: 1000 };
const clusters = new Clusters();

const NAMES: readonly KeyName[] = [
  "enter",
  "newLine",
  "tab",
  "backspace",
  "delete",
  "left",
  "right",
  "wordLeft",
  "wordRight",
  "up",
  "down",
  "home",
  "end",
  "killToStart",
  "killToEnd",
  "killWord",
  "killNextWord",
  "yank",
  "clear",
  "interrupt",
  "endOfInput",
];

/** Types text and presses keys, which are written in angle brackets. */
function type(keys: string, line: Line = EMPTY_LINE): { line: Line; acts: LineAct[] } {
  const acts: LineAct[] = [];
  for (const [, name, text] of keys.matchAll(/<(\w+)>|([^<]+)/g)) {
    const key: Key = name === undefined
      ? { type: "text", text: text! }
      : { type: "press", name: name as KeyName };
    const edited = edit(line, key, clusters);
    line = edited.line;
    if (edited.act !== undefined) acts.push(edited.act);
  }
  return { line, acts };
}

/** The text with a bar where the cursor is. */
function shown({ text, cursor }: Line): string {
  return `${text.slice(0, cursor)}|${text.slice(cursor)}`;
}

test("keys edit the line as in other line editors", () => {
  const cases: [string, string][] = [
    ["abc", "abc|"],
    ["abc<left><left>x", "ax|bc"],
    ["abc<home>x<end>y", "xabcy|"],
    ["abc<left><backspace>", "a|c"],
    ["abc<home><delete>", "|bc"],
    ["abc<home><endOfInput>", "|bc"],
    ["one two  three<wordLeft>", "one two  |three"],
    ["one two  three<wordLeft><wordLeft><wordRight>", "one two|  three"],
    ["one two  <killWord>", "one |"],
    ["one two<home><killNextWord>", "| two"],
    ["one two<wordLeft><killToEnd>", "one |"],
    ["one two<wordLeft><killToStart>", "|two"],
    ["one two<killWord><home><yank> ", "two |one "],
    ["one<killToEnd><yank>", "one|"],
    ["a<newLine>b", "a\nb|"],
    ["<left><backspace><up><down><yank><killWord>", "|"],
    // What a person sees as one character is one.
    ["👩‍👩‍👧🇩🇪e\u0301<backspace>", "👩‍👩‍👧🇩🇪|"],
    ["👩‍👩‍👧🇩🇪e\u0301<left><left><backspace>", "|🇩🇪e\u0301"],
    ["Москва<left><left><backspace>", "Мос|ва"],
    // A mark that is put before another character joins the one before.
    ["ab<left>\u0301", "a\u0301|b"],
    // Two flags of which the middle is taken out become others: the cursor stays between them.
    ["\u{1F1E9}x\u{1F1EA}<left><backspace>", "\u{1F1E9}\u{1F1EA}|"],
  ];
  for (const [keys, expected] of cases) assertEquals(shown(type(keys).line), expected, keys);
});

test("an entered line is given and kept, and the arrow keys bring it back", () => {
  const { line, acts } = type("one<enter>two<enter>two<enter>  <enter><enter>dra");
  assertEquals(acts.map((act) => "text" in act ? act.text : act.type), [
    "one",
    "two",
    "two",
    "  ",
    "",
  ]);
  assertEquals(line.earlier, ["one", "two"]);
  const ups: [string, string][] = [
    ["<up>", "two|"],
    ["<up><up>", "one|"],
    ["<up><up><up>", "one|"],
    ["<up><up><down>", "two|"],
    ["<up><down>", "dra|"],
    ["<up>!<up><down><down>", "dra|"],
    ["<down>", "dra|"],
  ];
  for (const [keys, expected] of ups) assertEquals(shown(type(keys, line).line), expected, keys);
  assertEquals(type("<up><up><enter>", line).acts, [{ type: "submit", text: "one" }]);
});

test("what is not about the line is given to who asked", () => {
  assertEquals(type("<endOfInput>").acts, [{ type: "endOfInput" }]);
  assertEquals(type("a<endOfInput>").acts, []);
  assertEquals(type("<tab><clear><interrupt>").acts.map(({ type }) => type), [
    "complete",
    "clear",
    "interrupt",
  ]);
});

test("a line that is full takes no more, and no half of a character", () => {
  const { line: almost } = insert(EMPTY_LINE, "x".repeat(MAX_TYPED_CHARS - 1), clusters);
  assertEquals(insert(almost, "👍", clusters), { line: almost, act: { type: "full" } });
  const { line, act } = insert(almost, "yz", clusters);
  assertEquals([line.text, act], [`${almost.text}y`, { type: "full" }]);
  assertEquals(type("<end>z", line), { line, acts: [{ type: "full" }] });
});

test("no more earlier lines are kept than the bound", () => {
  let line = EMPTY_LINE;
  for (let i = 0; i < MAX_TYPED_LINES + 10; i++) line = type(`${i}<enter>`, line).line;
  assertEquals(line.earlier.length, MAX_TYPED_LINES);
  assertEquals(shown(type("<up>", line).line), `${MAX_TYPED_LINES + 9}|`);
});

const key: fc.Arbitrary<Key> = fc.oneof(
  fc.string({ unit: "grapheme", maxLength: 4 })
    .map((text) => text.replace(/\p{Cc}/gu, ""))
    .map((text): Key => ({ type: "text", text })),
  fc.constantFrom("\u0301", "\u200d", "👩", "🇩", "e", "\n", "\ufe0f", "क", "\u094d", " ")
    .map((text): Key => ({ type: "text", text })),
  fc.constantFrom(...NAMES).map((name): Key => ({ type: "press", name })),
);

test("whatever is typed, the cursor stands between characters, and nothing is lost but by keys that delete", () => {
  fc.assert(
    fc.property(fc.array(key, { maxLength: 40 }), (keys) => {
      let line = EMPTY_LINE;
      for (const key of keys) {
        const before = line;
        ({ line } = edit(line, key, clusters));
        const starts = [0];
        for (const cluster of clusters.split(line.text)) {
          starts.push(starts.at(-1)! + cluster.length);
        }
        assert(starts.includes(line.cursor), `${line.cursor} is not among ${starts}`);
        assert(line.shown >= 0 && line.shown <= line.earlier.length);
        assertEquals(clusters.split(line.text).join(""), line.text);
        if (key.type === "text") {
          const { text, cursor } = before;
          assertEquals(line.text, text.slice(0, cursor) + key.text + text.slice(cursor));
        } else if (["left", "right", "home", "end", "wordLeft", "wordRight"].includes(key.name)) {
          assertEquals(line.text, before.text);
        }
      }
    }),
    RUNS,
  );
});

test("left and right pass each character once", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }).filter((text) => !/\p{Cc}/u.test(text)), (text) => {
      const { length } = clusters.split(text);
      let { line } = insert(EMPTY_LINE, text, clusters);
      for (let i = 0; i < length; i++) {
        assert(line.cursor > 0);
        ({ line } = edit(line, { type: "press", name: "left" }, clusters));
      }
      assertEquals(line.cursor, 0);
      for (let i = 0; i < length; i++) {
        assert(line.cursor < text.length);
        ({ line } = edit(line, { type: "press", name: "right" }, clusters));
      }
      assertEquals(line.cursor, text.length);
    }),
    RUNS,
  );
});
