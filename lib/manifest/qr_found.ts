import { sameBytes } from "./qr_bytes.ts";
import type { QrCode } from "./qr_code.ts";

/** A code and where it lies in the picture. */
export interface FoundCode {
  /** What it says. */
  code: QrCode;
  /** Its four corners in pixels from the top left, in any order. */
  corners: readonly { x: number; y: number }[];
}

/** Adds a code unless one with the same content is there. */
export function addDistinct(found: FoundCode[], { code, corners }: FoundCode): void {
  const known = found.some((other) =>
    other.code.append?.id === code.append?.id &&
    other.code.append?.index === code.append?.index &&
    other.code.append?.count === code.append?.count &&
    sameBytes(other.code.bytes, code.bytes)
  );
  if (!known) found.push({ code, corners });
}

/**
 * The codes from top to bottom and from left to right. Codes are in one row when the middle of
 * each lies within the height of the row's topmost one: nobody holds a camera quite straight.
 */
export function inReadingOrder(found: readonly FoundCode[]): QrCode[] {
  const rest = found.map(placed).sort((a, b) => a.y - b.y);
  const codes: QrCode[] = [];
  while (rest[0] !== undefined) {
    const first = rest[0];
    const next = rest.findIndex(({ y }) => y > first.y + first.height / 2);
    const row = rest.splice(0, next === -1 ? rest.length : next);
    codes.push(...row.sort((a, b) => a.x - b.x).map(({ code }) => code));
  }
  return codes;
}

function placed(
  { code, corners }: FoundCode,
): { code: QrCode; x: number; y: number; height: number } {
  const xs = corners.map(({ x }) => x), ys = corners.map(({ y }) => y);
  const top = Math.min(...ys), bottom = Math.max(...ys);
  return {
    code,
    x: (Math.min(...xs) + Math.max(...xs)) / 2,
    y: (top + bottom) / 2,
    height: bottom - top,
  };
}
