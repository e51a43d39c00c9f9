import type { EndFinder } from "./format.ts";

/** The end of a format that has none of its own: the end of the stream. */
export function endOfStream(): EndFinder {
  return { push: () => undefined, finish: () => {} };
}
