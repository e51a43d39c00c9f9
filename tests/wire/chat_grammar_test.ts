/** System C's expression for the name of a file, and its time. */

import { assert, assertEquals, assertLessOrEqual, assertMatch, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  announcedName,
  announcesFile,
  fileAnnouncement,
  formatChatTime,
  parseChatTime,
  saidText,
} from "../../lib/wire/chat_grammar.ts";
import { nameLike } from "./chat_arbitraries.ts";

const RUNS = { numRuns: 5000 };
/** Python's `^[a-zA-Z0-9_.+-]+.\w*%$` in this language: the dot takes all but a line feed. */
const LIKE_PYTHON = /^[a-zA-Z0-9_.+-]+[^\n][\p{L}\p{N}_]*%\n?$/u;

Deno.test("the names of files are those that the expression finds", () => {
  const short = fc.oneof(nameLike, fc.string({ unit: "binary", maxLength: 8 }));
  let matches = 0;
  fc.assert(
    fc.property(short, (text) => {
      const expected = LIKE_PYTHON.test(text);
      matches += Number(expected);
      assertEquals(announcesFile(text), expected, JSON.stringify(text));
    }),
    RUNS,
  );
  assert(matches > 100, `only ${matches} names were tried`);
});

Deno.test("some names and texts are what they are", () => {
  for (
    const name of ["a.b%", "ab%", "a%%", "photo-1.tar.gz%", "x.отчёт%", "done 50%", "a😀%", "ab%\n"]
  ) {
    assert(announcesFile(name), name);
  }
  for (
    const text of ["", "%", "a%", "отчёт.pdf%", "a\n%", "a b c%", "ab% ", "ab%\n\n", "ab", " ab%"]
  ) {
    assert(!announcesFile(text), text);
  }
});

Deno.test("a long text is looked at once, not as often as it has characters", () => {
  const longest = 4 * 1024 * 1024;
  for (
    const text of [
      "a".repeat(longest),
      "a".repeat(longest) + "!!%",
      "a.".repeat(longest / 2) + "! %",
    ]
  ) {
    assertEquals(announcesFile(text), false);
  }
  assert(announcesFile("a".repeat(longest) + "%"));
});

Deno.test("no text that is said is taken for a file, and no more than a space is added", () => {
  fc.assert(
    fc.property(nameLike, (text) => {
      const said = saidText(text);
      assertEquals(announcesFile(said), false, JSON.stringify(said));
      assert(said === text || said === `${text} `);
      if (!announcesFile(text) && !text.endsWith("%") && !text.endsWith("%\n")) {
        assertEquals(said, text);
      }
    }),
    RUNS,
  );
});

Deno.test("a file of any name is announced under a name that is safe and looks alike", () => {
  const alike: [string, string][] = [
    ["report.pdf", "report.pdf"],
    ["photo-1.tar.gz", "photo-1.tar.gz"],
    ["отчёт.pdf", "file-1a2b3c.pdf"],
    ["план 7.xlsx", "_7-1a2b3c.xlsx"],
    ["café.txt", "cafe-1a2b3c.txt"],
    ["a", "a-1a2b3c"],
    ["..", "file-1a2b3c"],
    ["../../etc/passwd", "_etc_passwd-1a2b3c"],
    ["C:\\autoexec.bat", "C_autoexec-1a2b3c.bat"],
    [".bashrc", "_bashrc-1a2b3c"],
    ["-rf", "_rf-1a2b3c"],
    ["NUL", "_NUL-1a2b3c"],
    ["con.txt", "_con-1a2b3c.txt"],
    ["50%", "50_-1a2b3c"],
    ["", "file-1a2b3c"],
    ["a\nb.txt", "a_b-1a2b3c.txt"],
  ];
  for (const [name, expected] of alike) {
    assertEquals(fileAnnouncement(name, "1a2b3c"), `${expected}%`, name);
  }
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 200, size: "max" }), (name) => {
      const message = fileAnnouncement(name, "1a2b3c");
      assert(announcesFile(message), message);
      assertMatch(announcedName(message), /^[a-zA-Z0-9_][a-zA-Z0-9_.+-]*$/);
      assertLessOrEqual(message.length, 98);
    }),
    RUNS,
  );
});

Deno.test("a time is written and read in UTC, to the second", () => {
  assertEquals(formatChatTime(0), "01-01-1970 00:00:00");
  assertEquals(formatChatTime(1_709_210_096_789), "29-02-2024 12:34:56");
  assertThrows(() => formatChatTime(8.64e15), RangeError, "four digits");
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 253_402_300_799 }), (seconds) => {
      assertEquals(parseChatTime(formatChatTime(seconds * 1000)), seconds * 1000);
    }),
    RUNS,
  );
  const wrong = [
    "",
    "30-02-2024 00:00:00",
    "01-01-2024",
    "01-01-2024 24:00:00",
    "2024-01-01 00:00:00",
  ];
  for (const text of wrong) assertEquals(parseChatTime(text), undefined, text);
});
