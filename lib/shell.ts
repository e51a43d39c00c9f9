/** A word, such as a path, as a POSIX shell takes it: for commands that a message tells to run. */
export function shellWord(text: string): string {
  return /^[\w./:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}
