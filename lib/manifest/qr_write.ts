/**
 * QR codes of a text: as PNG, as SVG, and in characters for a terminal.
 *
 * The text is one byte segment of UTF-8. Unless it is ASCII, a header says that it is UTF-8
 * (ECI 26): without it the standard's charset is ISO 8859-1, and readers guess. zbarimg takes one
 * short Cyrillic manifest in thirty for Shift-JIS.
 *
 * @module
 */

// @ts-types="./qr_encoder.d.ts"
import qrcode, { type ByteSegment, type ReadySegment } from "qrcode";
import { BadInputError, UsageError } from "../errors.ts";
import { MAX_PICTURE_PIXELS } from "../limits/manifests.ts";

/** How much of a code may be damaged: 7, 15, 25 or 30 percent. */
export type QrLevel = "L" | "M" | "Q" | "H";

/** What can be chosen for every code. */
export interface QrOptions {
  /** Default M. */
  level?: QrLevel;
}

/** What can be chosen for a picture. */
export interface QrPictureOptions extends QrOptions {
  /** Pixels of a module's side, 1 to {@linkcode MAX_SCALE_PX}. Default 8. */
  scalePx?: number;
}

/** What can be chosen for a terminal. */
export interface QrTerminalOptions extends QrOptions {
  /**
   * Whether the terminal shows light characters on a dark background, or the reverse. A code for
   * the wrong one is inverted, which phones read and some scanners do not. Default "dark".
   */
  background?: "dark" | "light";
}

/** Bytes in byte mode of version 40, the largest (ISO/IEC 18004, table 7). */
const CAPACITY_BYTES = { L: 2953, M: 2331, Q: 1663, H: 1273 } as const;
/** What the ECI header takes of these: its 12 bits do not fit in the 4 that are free. */
const ECI_HEADER_BYTES = 2;
/** Modules on a side of version 40. */
const MAX_MODULES = 177;
/** Light modules around the code (ISO/IEC 18004, 9.1). */
const QUIET_MODULES = 4;
const DEFAULT_LEVEL = "M";
const DEFAULT_SCALE_PX = 8;

/** The largest scale at which every code is a picture that can be read again. */
export const MAX_SCALE_PX: number = Math.floor(
  Math.sqrt(MAX_PICTURE_PIXELS) / (MAX_MODULES + 2 * QUIET_MODULES),
);

/** How many bytes of UTF-8 fit in one code at this level. */
export function qrCapacityBytes(level: QrLevel): number {
  return CAPACITY_BYTES[level];
}

/**
 * The file of a PNG, black on white.
 *
 * Throws a {@linkcode BadInputError} when the text is empty or does not fit, and a
 * {@linkcode UsageError} when the scale is out of its range.
 */
export async function qrPng(text: string, options: QrPictureOptions = {}): Promise<Uint8Array> {
  const { level = DEFAULT_LEVEL } = options;
  const scale = checkedScale(options);
  const png = await qrcode.toBuffer(segmentsOf(text, level), {
    errorCorrectionLevel: level,
    margin: QUIET_MODULES,
    scale,
  });
  return new Uint8Array(png);
}

/** An SVG document, black on white. Throws what {@linkcode qrPng} throws. */
export async function qrSvg(text: string, options: QrPictureOptions = {}): Promise<string> {
  const { level = DEFAULT_LEVEL } = options;
  const scale = checkedScale(options);
  const segments = segmentsOf(text, level);
  const { modules } = qrcode.create(segments, { errorCorrectionLevel: level });
  return await qrcode.toString(segments, {
    type: "svg",
    errorCorrectionLevel: level,
    margin: QUIET_MODULES,
    width: (modules.size + 2 * QUIET_MODULES) * scale,
  });
}

/**
 * Lines of block characters and spaces, two modules high and one wide, without colours; each line
 * ends with a line feed. Throws a {@linkcode BadInputError} when the text is empty or does not fit.
 */
export async function qrTerminal(text: string, options: QrTerminalOptions = {}): Promise<string> {
  const { level = DEFAULT_LEVEL, background = "dark" } = options;
  const lines = await qrcode.toString(segmentsOf(text, level), {
    type: "utf8",
    errorCorrectionLevel: level,
    margin: QUIET_MODULES,
    // On a dark background it is the light modules that are drawn.
    ...(background === "dark" && { color: { dark: "#ffffff", light: "#000000" } }),
  });
  return `${lines}\n`;
}

function checkedScale({ scalePx = DEFAULT_SCALE_PX }: QrPictureOptions): number {
  if (Number.isInteger(scalePx) && scalePx >= 1 && scalePx <= MAX_SCALE_PX) return scalePx;
  throw new UsageError(`Cannot draw a QR code at ${scalePx} pixels a module`, {
    hint: `Choose a whole number from 1 to ${MAX_SCALE_PX}.`,
  });
}

function segmentsOf(text: string, level: QrLevel): readonly (ByteSegment | ReadySegment)[] {
  const bytes = new TextEncoder().encode(text);
  const capacity = qrCapacityBytes(level);
  if (bytes.length === 0) {
    throw new BadInputError("Cannot make a QR code: the text is empty");
  }
  if (bytes.length > capacity) {
    const fitsBelow = level !== "L" && bytes.length <= CAPACITY_BYTES.L;
    throw new BadInputError(
      `Cannot make a QR code: the text is ${bytes.length} bytes, ` +
        `level ${level} holds ${capacity} at most`,
      {
        hint: fitsBelow
          ? `Choose level L, which holds ${CAPACITY_BYTES.L}.`
          : "Split the text over several codes.",
      },
    );
  }
  // Each character of ASCII is one byte. A text of thousands of bytes is not mistaken for another
  // charset, so the last two bytes of room are worth more than the header.
  const isAscii = bytes.length === text.length;
  return isAscii || bytes.length > capacity - ECI_HEADER_BYTES
    ? [{ mode: "byte", data: bytes }]
    : withUtf8Header(bytes);
}

/** A header "ECI 26" and the bytes. */
function withUtf8Header(bytes: Uint8Array): readonly ReadySegment[] {
  const header: ReadySegment = {
    // qrcode writes the length as the count: here that makes the ECI designator, 8 bits below 128.
    mode: { bit: 0b0111, ccBits: [8, 8, 8] },
    getLength: () => 26,
    getBitsLength: () => 0,
    write: () => {},
  };
  const content: ReadySegment = {
    mode: { bit: 0b0100, ccBits: [8, 16, 16] },
    getLength: () => bytes.length,
    getBitsLength: () => 8 * bytes.length,
    write: (buffer) => bytes.forEach((byte) => buffer.put(byte, 8)),
  };
  const segments = [header, content];
  // qrcode makes its segments of an array with `reduce` and knows no kind of segment for an ECI,
  // so this array answers with segments that are ready.
  return Object.defineProperty(segments, "reduce", { value: () => segments });
}
