/**
 * Where a server prints what it receives.
 *
 * @module
 */

/** Where to print. */
export interface PrintTarget {
  /** On stdout. */
  readonly screen: boolean;
  /** At the end of this file. */
  readonly path: string | undefined;
}

/** What a target looks like, for messages. */
export const PRINT_TARGET_FORMS = "screen, none, file:received.txt or both:received.txt";

/** Reads `screen`, `none`, `file:PATH` or `both:PATH`; gives `undefined` for another text. */
export function parsePrintTarget(text: string): PrintTarget | undefined {
  if (text === "screen" || text === "none") return { screen: text === "screen", path: undefined };
  const [, where, path] = /^(file|both):(.+)$/s.exec(text) ?? [];
  // Elsewhere "-" is stdout, which is no file to rotate.
  if (path === undefined || path === "-") return undefined;
  return { screen: where === "both", path };
}
