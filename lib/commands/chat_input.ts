/**
 * What a line means that is typed in a chat.
 *
 * @module
 */

import { closestString, levenshteinDistance } from "@std/text";

/** What a line means. */
export type ChatInput =
  | { readonly type: "nothing" }
  | { readonly type: "say"; readonly text: string }
  | { readonly type: "upload"; readonly path: string }
  | { readonly type: "save"; readonly number: number; readonly folder: string }
  | { readonly type: "who" }
  | { readonly type: "help" }
  | { readonly type: "exit" }
  /** It is a command and not right: what to tell the user. */
  | { readonly type: "wrong"; readonly why: string };

/** The commands, and how each is written. */
const FORMS = {
  upload: "!upload FILE",
  save: "!save N [FOLDER]",
  who: "!who",
  help: "!help",
  exit: "!exit",
};

/** What `!help` shows. */
export const CHAT_HELP: readonly string[] = [
  "!upload FILE      offers a file to everyone in the room",
  "!save N [FOLDER]  saves file [N], here or in that folder",
  "!who              tells who is in the room",
  "!exit             leaves, as Ctrl-D does",
  "!!text            says !text",
  "Tab completes commands and file names; Alt-Enter begins another line of the same message.",
];

/**
 * Reads a line. What begins with one `!` is a command and never said; `!!` at the beginning says
 * a text that begins with `!`. `home` is what `~` stands for.
 */
export function readChatInput(line: string, home: string | undefined): ChatInput {
  if (line.trim() === "") return { type: "nothing" };
  if (!line.startsWith("!")) return { type: "say", text: line };
  if (line.startsWith("!!")) return { type: "say", text: line.slice(1) };
  const [, name, rest] = /^!(\S*)\s*([^]*?)\s*$/.exec(line)!;
  switch (name) {
    case "upload":
      if (rest === "") return wrong("upload");
      return { type: "upload", path: readPath(rest!, home) };
    case "save": {
      const match = /^\[?(\d{1,9})\]?(?:\s+([^]+))?$/.exec(rest!);
      if (match === null) return wrong("save");
      return { type: "save", number: Number(match[1]), folder: readPath(match[2] ?? ".", home) };
    }
    case "who":
    case "help":
    case "exit":
      return rest === "" ? { type: name } : wrong(name);
    default: {
      const nearest = closestString(name!, Object.keys(FORMS));
      // With more than half of it mistyped it is no mistyping.
      const isNear = levenshteinDistance(name!, nearest) * 2 <= name!.length;
      const why = `!${name} is no command${isNear ? `: did you mean !${nearest}?` : "."}`;
      return { type: "wrong", why: `${why} !help tells all, !!${name} says it.` };
    }
  }
}

function wrong(name: keyof typeof FORMS): ChatInput {
  return { type: "wrong", why: `Write it as ${FORMS[name]}.` };
}

/**
 * A path as people type it, and as terminals write it for a file that is dropped on them: spaces
 * may stand in it as they are, behind a backslash, or in quotes around all of it.
 */
export function readPath(text: string, home: string | undefined): string {
  const quoted = /^(["'])([^]*)\1$/.exec(text);
  // Only before these: on Windows a backslash is what separates folders.
  const path = quoted === null ? text.replace(/\\([ '"()&])/g, "$1") : quoted[2]!;
  return home === undefined ? path : path.replace(/^~(?=$|[/\\])/, () => home);
}

/** What stands before a word that Tab can complete, and the word. */
const COMMAND = /^!(\S*)$/;
const FILE = /^!upload\s+(["']?)([^]*)$/;

/**
 * What to put behind a line that was begun, so that it is the beginning of a command or of a file's
 * name as far as there is only one way to go on. `list` gives the names in a folder, folders with
 * a slash behind them; nothing for a folder that cannot be read.
 */
export function completeChatInput(
  line: string,
  home: string | undefined,
  list: (folder: string) => readonly string[],
): string {
  const command = COMMAND.exec(line);
  if (command !== null) {
    const names = Object.entries(FORMS).map(([name, form]) =>
      form === `!${name}` ? name : `${name} `
    );
    return commonRest(names, command[1]!);
  }
  const file = FILE.exec(line);
  if (file === null) return "";
  const path = file[1] === "" ? readPath(file[2]!, home) : file[2]!;
  const folder = /^[^]*\//.exec(path)?.[0] ?? "";
  const begun = path.slice(folder.length);
  // Hidden files only for who asks for them. What cannot be typed is not completed to.
  const names = list(folder === "" ? "." : folder)
    .filter((name) => begun !== "" || !name.startsWith("."))
    .filter((name) => !/\p{Cc}/u.test(name));
  return commonRest(names, begun);
}

/** What all words that begin so have in common behind that. */
function commonRest(words: readonly string[], begun: string): string {
  const [first, ...others] = words.filter((word) => word.startsWith(begun));
  if (first === undefined) return "";
  let end = first.length;
  for (const other of others) {
    while (!other.startsWith(first.slice(0, end))) end--;
  }
  // No half of a character.
  if (/[\ud800-\udbff]$/.test(first.slice(0, end))) end--;
  return first.slice(begun.length, Math.max(begun.length, end));
}
