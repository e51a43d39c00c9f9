/** The names by which programs tell a message, and that of a server's own. */
const MARKS: readonly string[] = ["userID", "cmd", "server"];

const decoder = new TextDecoder();

/**
 * Whether a program could take data for a message of system B: it begins as an object of JSON, and a
 * name of that, not of one in it, is one by which programs tell a message, or a server's own. Programs
 * differ in what else they take for JSON (Python's takes `NaN`, and a name that comes twice), so the
 * rest need not be JSON at all. Takes a time that grows with the length.
 */
export function hasMessageMark(data: Uint8Array): boolean {
  // A byte order mark is dropped, and a byte that is no UTF-8 stands for no character of JSON.
  const text = decoder.decode(data);
  let at = spaceEnd(text, 0);
  if (text[at] !== "{") return false;
  for (let depth = 0; at < text.length; at++) {
    const character = text[at];
    if (character === "{" || character === "[") depth++;
    else if (character === "}" || character === "]") depth--;
    else if (character === '"') {
      const end = stringEnd(text, at);
      const isName = depth === 1 && text[spaceEnd(text, end)] === ":";
      if (isName && MARKS.includes(unquoted(text.slice(at, end)))) return true;
      at = end - 1;
    }
  }
  return false;
}

/** Where the white space ends that begins there, or does not. */
function spaceEnd(text: string, at: number): number {
  while (" \t\r\n".includes(text[at] ?? "x")) at++;
  return at;
}

/** Where the text in quotes ends that begins there. */
function stringEnd(text: string, at: number): number {
  for (at++; at < text.length; at++) {
    if (text[at] === "\\") at++;
    else if (text[at] === '"') return at + 1;
  }
  return text.length;
}

/** A text in quotes without them. What is none in JSON is no mark in any program. */
function unquoted(text: string): string {
  try {
    return JSON.parse(text);
  } catch {
    return "";
  }
}
