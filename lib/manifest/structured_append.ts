/**
 * Structured Append (ISO/IEC 18004, 8): one text spread over 2 to 16 QR codes. The codes may come
 * from several pictures, in any order and more than once.
 *
 * @module
 */

import { concat } from "../bytes.ts";
import { sameBytes, utf8Text } from "./qr_bytes.ts";
import type { AppendPosition, QrCode } from "./qr_code.ts";

/** A whole text: of one code, or of several put together. */
export interface JoinedCode<T extends QrCode> {
  /** The bytes as UTF-8 where they are that, otherwise what the decoder made of each part. */
  text: string;
  /** The content of all parts. */
  bytes: Uint8Array;
  /** The codes that it was read from, in order: one, or the parts of a spread text. */
  parts: T[];
}

/** Parts of a text of which others were not found. */
export interface MissingParts {
  /** See {@linkcode AppendPosition}. */
  id: string;
  /** The indexes that are there, from 0, in order. */
  have: number[];
  /** How many parts the text has. */
  count: number;
}

/** Parts that cannot be of one text: two with different content say that they are the same part. */
export interface ConflictingParts {
  /** See {@linkcode AppendPosition}. */
  id: string;
  /** The indexes, from 0, at which the parts differ or that the text has no place for. */
  indexes: number[];
  /** How many parts the text has. */
  count: number;
}

/** What {@linkcode joinAppended} gives. */
export interface Joined<T extends QrCode> {
  /** Whole texts, each where its first part stood. */
  codes: JoinedCode<T>[];
  /** Texts of which parts are missing. */
  missing: MissingParts[];
  /** Texts of which parts contradict each other: photograph one at a time. */
  conflicting: ConflictingParts[];
}

interface Group<T extends QrCode> extends Pick<AppendPosition, "id" | "count"> {
  parts: Map<number, T>;
  conflicts: Set<number>;
}

/**
 * Puts the parts of each text together. Codes that are no part pass through; parts are of one text
 * when they have the same id and count. A text that is not whole is reported and not delivered.
 */
export function joinAppended<T extends QrCode>(codes: readonly T[]): Joined<T> {
  const groups = new Map<string, Group<T>>();
  const inOrder: (T | Group<T>)[] = [];
  for (const code of codes) {
    if (code.append === undefined) {
      inOrder.push(code);
      continue;
    }
    const { id, count } = code.append;
    const key = `${count} ${id}`;
    let group = groups.get(key);
    if (group === undefined) {
      group = { id, count, parts: new Map(), conflicts: new Set() };
      groups.set(key, group);
      inOrder.push(group);
    }
    addPart(group, code, code.append.index);
  }

  const joined: Joined<T> = { codes: [], missing: [], conflicting: [] };
  for (const item of inOrder) {
    if (!("parts" in item)) {
      joined.codes.push({ text: item.text, bytes: item.bytes, parts: [item] });
      continue;
    }
    const { id, count, parts, conflicts } = item;
    if (conflicts.size > 0) {
      joined.conflicting.push({ id, indexes: ascending(conflicts), count });
    } else if (parts.size < count) {
      joined.missing.push({ id, have: ascending(parts.keys()), count });
    } else {
      joined.codes.push(join(parts));
    }
  }
  return joined;
}

function addPart<T extends QrCode>(
  { count, parts, conflicts }: Group<T>,
  code: T,
  index: number,
): void {
  const known = parts.get(index);
  if (known === undefined) parts.set(index, code);
  else if (!sameBytes(known.bytes, code.bytes)) conflicts.add(index);
  if (index >= count) conflicts.add(index);
}

/** A character may begin in one part and end in the next, so the bytes are joined, not the texts. */
function join<T extends QrCode>(parts: ReadonlyMap<number, T>): JoinedCode<T> {
  const inOrder = ascending(parts.keys()).flatMap((index) => parts.get(index) ?? []);
  const bytes = concat(inOrder.map((part) => part.bytes));
  const text = utf8Text(bytes) ?? inOrder.map(({ text }) => text).join("");
  return { text, bytes, parts: inOrder };
}

function ascending(numbers: Iterable<number>): number[] {
  return [...numbers].sort((a, b) => a - b);
}
