/** Where in the bytes or in the text something is wrong. */
export type FormatPlace =
  | { readonly byte: number }
  | { readonly line: number; readonly column: number }
  | { readonly line: number };

/**
 * The bytes are no dictionary in that format, or one that is not taken: what they build is refused, or
 * a bound is passed. Not for bytes that only end too soon in a stream: see `EndFinder`.
 */
export class FormatError extends Error {
  /** What is wrong, as a sentence without its full stop: "the opcode GLOBAL names a function". */
  readonly what: string;
  /** Where. */
  readonly at: FormatPlace | undefined;

  /** Takes what is wrong, and where. */
  constructor(what: string, at?: FormatPlace) {
    super(`${what}${describe(at)}`);
    this.name = "FormatError";
    this.what = what;
    this.at = at;
  }
}

/** The end of a sentence. Bytes are counted from 0, lines and columns from 1. */
function describe(at: FormatPlace | undefined): string {
  if (at === undefined) return "";
  if ("byte" in at) return `, at byte ${at.byte}`;
  return "column" in at ? `, in line ${at.line}, column ${at.column}` : `, in line ${at.line}`;
}
