import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type ChatInput, completeChatInput, readChatInput } from "../../lib/commands/chat_input.ts";
import { test } from "../helpers/strict.ts";

const HOME = "/home/ann";

test("lines are said, or are commands", () => {
  const cases: [string, ChatInput][] = [
    ["hello", { type: "say", text: "hello" }],
    ["  two  spaces ", { type: "say", text: "  two  spaces " }],
    ["one\n!who", { type: "say", text: "one\n!who" }],
    ["!!who", { type: "say", text: "!who" }],
    ["!!!", { type: "say", text: "!!" }],
    ["", { type: "nothing" }],
    [" \n\t", { type: "nothing" }],
    ["!who", { type: "who" }],
    ["!help ", { type: "help" }],
    ["!exit", { type: "exit" }],
    ["!upload a.txt", { type: "upload", path: "a.txt" }],
    ["!upload   my photo.jpg ", { type: "upload", path: "my photo.jpg" }],
    ['!upload "my photo.jpg"', { type: "upload", path: "my photo.jpg" }],
    ["!upload 'it is \"it\".jpg'", { type: "upload", path: 'it is "it".jpg' }],
    ["!upload my\\ photo\\ \\(1\\).jpg", { type: "upload", path: "my photo (1).jpg" }],
    ["!upload C:\\photos\\x.jpg", { type: "upload", path: "C:\\photos\\x.jpg" }],
    ["!upload ~/x", { type: "upload", path: "/home/ann/x" }],
    ["!upload '~/x y'", { type: "upload", path: "/home/ann/x y" }],
    ["!upload ~bob/x", { type: "upload", path: "~bob/x" }],
    ["!save 3", { type: "save", number: 3, folder: "." }],
    ["!save [3] my files", { type: "save", number: 3, folder: "my files" }],
    ["!save 3 ~", { type: "save", number: 3, folder: "/home/ann" }],
  ];
  for (const [line, expected] of cases) assertEquals(readChatInput(line, HOME), expected, line);
  assertEquals(readChatInput("!upload ~/x", undefined), { type: "upload", path: "~/x" });
});

test("a command that is not right is never said, and is told how it would be", () => {
  const cases: [string, string][] = [
    ["!upload", "Write it as !upload FILE."],
    ["!save", "Write it as !save N [FOLDER]."],
    ["!save x", "Write it as !save N [FOLDER]."],
    ["!who there", "Write it as !who."],
    ["!quit", "!quit is no command: did you mean !exit? !help tells all, !!quit says it."],
    ["!uplaod x", "did you mean !upload?"],
    ["!", "! is no command"],
    ["! ", "! is no command"],
    ["!Wow", "!Wow is no command. !help tells all, !!Wow says it."],
    ["!foo", "!foo is no command. !help tells all, !!foo says it."],
  ];
  for (const [line, expected] of cases) {
    const input = readChatInput(line, HOME);
    assert(input.type === "wrong" && input.why.includes(expected), JSON.stringify(input));
  }
});

test("what begins with one ! is never said, and everything can be said", () => {
  fc.assert(
    fc.property(fc.string({ unit: "grapheme" }), (text) => {
      const command = readChatInput(`!${text}`, HOME);
      if (!text.startsWith("!")) assert(command.type !== "say");
      if (text.trim() === "") return;
      const line = text.startsWith("!") ? `!${text}` : text;
      assertEquals(readChatInput(line, HOME), { type: "say", text });
    }),
    { numRuns: 1000 },
  );
});

const FOLDERS: Record<string, string[]> = {
  ".": ["big one.bin", "big two.bin", "photos/", ".hidden", "bad\nname"],
  "photos/": ["плавание.jpg", "план.jpg", "👍.png", "👎.png"],
  "/home/ann/": ["letter.txt"],
};

test("Tab completes commands and the names of files as far as there is one way", () => {
  const cases: [string, string][] = [
    ["!", ""],
    ["!u", "pload "],
    ["!w", "ho"],
    ["!x", ""],
    ["u", ""],
    ["!upload b", "ig "],
    ["!upload big o", "ne.bin"],
    ["!upload big\\ o", "ne.bin"],
    ['!upload "big t', "wo.bin"],
    ["!upload p", "hotos/"],
    ["!upload photos/п", "ла"],
    ["!upload photos/пла", ""],
    ["!upload photos/план", ".jpg"],
    ["!upload ~/l", "etter.txt"],
    ["!upload .h", "idden"],
    ["!upload bad", ""],
    ["!upload nowhere/x", ""],
    ["!upload photos/👍", ".png"],
    ["!save 1 p", ""],
  ];
  for (const [line, expected] of cases) {
    assertEquals(completeChatInput(line, HOME, (folder) => FOLDERS[folder] ?? []), expected, line);
  }
  // 👍 and 👎 have their first half in common, which is no character.
  const halves = (folder: string) => folder === "." ? ["👍", "👎"] : [];
  assertEquals(completeChatInput("!upload ", HOME, halves), "");
});
