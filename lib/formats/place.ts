import type { FormatPlace } from "./format_error.ts";

/** The line and the column of a place in a text, in characters. A line ends as in any text file. */
export function placeIn(text: string, at: number): FormatPlace {
  let line = 1;
  let lineStart = 0;
  // No list of the lines: there may be as many as there are characters.
  for (let i = 0; i < at; i++) {
    const code = text.charCodeAt(i);
    if (code !== 0x0a && code !== 0x0d) continue;
    if (code === 0x0d && text.charCodeAt(i + 1) === 0x0a) i++;
    line++;
    lineStart = i + 1;
  }
  let column = 1;
  for (let i = lineStart; i < at; i++) {
    // The second half of a pair belongs to the first one.
    const isSecond = (text.charCodeAt(i) & 0xfc00) === 0xdc00;
    if (!isSecond) column++;
  }
  return { line, column };
}
