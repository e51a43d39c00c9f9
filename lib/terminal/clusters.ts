/**
 * Characters as a person sees them: grapheme clusters (UAX #29), and how wide a terminal shows them.
 *
 * @module
 */

import stringWidth from "string-width";

/** Splits texts into grapheme clusters and measures them. */
export class Clusters {
  readonly #segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });

  /** The clusters of a text, in order: together they are the text. */
  split(text: string): string[] {
    if (isSimple(text)) return Array.from(text);
    return Array.from(this.#segmenter.segment(text), ({ segment }) => segment);
  }

  /** Where the cluster before this place begins, in UTF-16 code units; 0 at the beginning. */
  before(text: string, place: number): number {
    if (place <= 0) return 0;
    return this.#segmenter.segment(text).containing(place - 1)?.index ?? 0;
  }

  /** Where the cluster at this place ends, in UTF-16 code units; the length at the end. */
  after(text: string, place: number): number {
    const cluster = this.#segmenter.segment(text).containing(place);
    return cluster === undefined ? text.length : cluster.index + cluster.segment.length;
  }

  /** The place itself where a cluster begins there, else where the cluster around it ends. */
  snap(text: string, place: number): number {
    if (place <= 0) return 0;
    const cluster = this.#segmenter.segment(text).containing(place);
    if (cluster === undefined) return text.length;
    return cluster.index === place ? place : cluster.index + cluster.segment.length;
  }
}

/** The columns that a text takes on a terminal: 0, 1 or 2 for each cluster. */
export function widthOf(text: string): number {
  return isSimple(text) ? text.length : stringWidth(text);
}

/**
 * Letters, digits and signs of Latin, Greek and Cyrillic, each a cluster of its own and one column
 * wide: what is written most is measured some hundred times as fast so.
 */
function isSimple(text: string): boolean {
  return /^[ -~\u00A0-\u00AC\u00AE-\u02FF\u0370-\u0377\u037B-\u0482\u048A-\u052F]*$/.test(text);
}
