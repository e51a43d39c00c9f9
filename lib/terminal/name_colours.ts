/**
 * A colour for each name.
 *
 * @module
 */

/**
 * Colours of xterm's palette of 256 that can be read on white and on black alike: the contrast
 * (WCAG 2) is at least 4 to both.
 */
export const NAME_COLOURS: readonly number[] = [
  27,
  28,
  30,
  31,
  62,
  64,
  97,
  129,
  130,
  131,
  133,
  161,
  163,
];

/** The colour of a name, a number of xterm's palette: always the same one. */
export function colourOf(name: string): number {
  // FNV-1a, 32 bits, over UTF-16 code units.
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193) >>> 0;
  }
  return NAME_COLOURS[hash % NAME_COLOURS.length]!;
}
