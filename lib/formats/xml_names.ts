/**
 * The names and characters of XML 1.0, fifth edition, sections 2.2 and 2.3.
 *
 * @module
 */

/** A character that no document has, not even as a reference. */
// deno-lint-ignore no-control-regex -- these are what it is about
export const ILLEGAL = /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/;

const START = "A-Z_a-z\\u00c0-\\u00d6\\u00d8-\\u00f6\\u00f8-\\u02ff\\u0370-\\u037d\\u037f-\\u1fff" +
  "\\u200c\\u200d\\u2070-\\u218f\\u2c00-\\u2fef\\u3001-\\ud7ff\\uf900-\\ufdcf\\ufdf0-\\ufffd" +
  "\\u{10000}-\\u{effff}";
const NAME = new RegExp(`^[${START}][-.0-9\\u00b7\\u0300-\\u036f\\u203f\\u2040${START}]*$`, "u");

/** Letters that have been in names since the first edition, which Python's reader goes by. */
const OLD = "A-Z_a-zÀ-ÖØ-öø-ıĴ-ľŁ-ňŊ-žΆΈ-ΊΌΎ-ΡΣ-ώЁ-ЌЎ-яё-ќў-ҁ";
const WRITTEN = new RegExp(`^(?![xX][mM][lL])[${OLD}][-.0-9${OLD}]*$`);

/** Whether a text is a name, without a colon: that would be one of a namespace. */
export function isName(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const small = code | 0x20;
    const isPlain = (small >= 0x61 && small <= 0x7a) || (i > 0 && code >= 0x30 && code <= 0x39);
    if (!isPlain) return NAME.test(text);
  }
  return text !== "";
}

/** Whether a name can be written as a tag that all readers take. */
export function isTag(name: string): boolean {
  return WRITTEN.test(name);
}

/** Whether a character can stand in a document, be it as a reference. */
export function isLegal(code: number): boolean {
  if (code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) return false;
  return !ILLEGAL.test(String.fromCodePoint(code));
}
