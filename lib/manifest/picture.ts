/**
 * What a picture file says of itself before anything of it is decoded: its format, its size, and
 * whether it is whole.
 *
 * @module
 */

import { crc32 } from "node:zlib";
import { BadInputError } from "../errors.ts";
import { MAX_PICTURE_PIXELS } from "../limits/manifests.ts";

/** The formats of pictures that can be read. */
export type PictureFormat = "png" | "jpeg";

/** A picture's format and its size in pixels. */
export interface PictureInfo {
  /** By content, whatever the file is called. */
  format: PictureFormat;
  /** Pixels, at least 1. */
  width: number;
  /** Pixels, at least 1. */
  height: number;
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Where the chunk after IHDR begins: the signature, a length, a type, 13 bytes and a CRC. */
const PNG_HEADER_BYTES = 33;
const TAKE_AGAIN = "Copy the file again, or take the picture again.";

/**
 * The format and the size of a picture, from its first bytes alone: PNG (ISO/IEC 15948, the
 * signature and IHDR) or JPEG (ITU-T T.81, up to the frame header).
 *
 * Gives undefined for what is neither. Throws a {@linkcode BadInputError} for a PNG or JPEG whose
 * header is cut off or damaged.
 */
export function sniffPicture(bytes: Uint8Array): PictureInfo | undefined {
  if (isPng(bytes)) return { format: "png", ...pngSize(bytes) };
  if (isJpeg(bytes)) {
    const { width, height } = jpegFrame(bytes);
    return { format: "jpeg", width, height };
  }
  return undefined;
}

/**
 * Throws a {@linkcode BadInputError} when the picture has more than {@linkcode MAX_PICTURE_PIXELS}
 * pixels: decoding it would take too much memory.
 */
export function checkPictureSize({ width, height }: PictureInfo): void {
  const pixels = width * height;
  if (pixels <= MAX_PICTURE_PIXELS) return;
  throw new BadInputError(
    `Cannot read the picture: ${width} x ${height} is ${millions(pixels)} million pixels, ` +
      `the limit is ${millions(MAX_PICTURE_PIXELS)} million`,
    { hint: "Scale it down or cut out the part with the code." },
  );
}

/**
 * What is wrong with the body of a picture whose header {@linkcode sniffPicture} took: undefined
 * when it looks whole. PNG: every chunk is there with the right CRC. JPEG: the image has an end.
 */
export function pictureDamage(bytes: Uint8Array, format: PictureFormat): string | undefined {
  return format === "png" ? pngDamage(bytes) : jpegDamage(bytes);
}

/** The error for a picture that is damaged; `what` completes "Cannot read the picture: ". */
export function damagedPicture(what: string, options: ErrorOptions = {}): BadInputError {
  return new BadInputError(`Cannot read the picture: ${what}`, { hint: TAKE_AGAIN, ...options });
}

/** The first four bytes tell: the rest of the signature is there to show damage. */
function isPng(bytes: Uint8Array): boolean {
  return bytes.length >= 4 && PNG_SIGNATURE.slice(0, 4).every((byte, at) => bytes[at] === byte);
}

function isJpeg(bytes: Uint8Array): boolean {
  return bytes[0] === 0xff && bytes[1] === 0xd8 && (bytes.length === 2 || bytes[2] === 0xff);
}

function pngSize(bytes: Uint8Array): { width: number; height: number } {
  if (bytes.length < PNG_HEADER_BYTES) {
    throw damagedPicture(`the PNG is cut off in its header, after ${bytes.length} bytes`);
  }
  const view = viewOf(bytes);
  const whole = PNG_SIGNATURE.every((byte, at) => bytes[at] === byte) &&
    view.getUint32(8) === 13 && chunkType(bytes, 8) === "IHDR" &&
    view.getUint32(29) === crc32(bytes.subarray(12, 29));
  if (!whole) throw damagedPicture("the header of the PNG is damaged");
  return sized("PNG", view.getUint32(16), view.getUint32(20));
}

/** The size in a JPEG's frame header (SOFn), and the offset of what follows it. */
function jpegFrame(bytes: Uint8Array): { width: number; height: number; end: number } {
  const view = viewOf(bytes);
  let at = 2;
  for (;;) {
    // Between segments some writers leave padding, and any marker may have fill bytes before it.
    at = bytes.indexOf(0xff, at);
    if (at === -1) break;
    while (bytes[at] === 0xff) at++;
    const marker = bytes[at++];
    if (marker === undefined) break;
    if (marker === 0 || marker === 0x01 || (marker >= 0xd0 && marker <= 0xd8)) continue;
    if (marker === 0xd9 || marker === 0xda) break;
    if (at + 2 > bytes.length) break;
    const length = view.getUint16(at);
    if (length < 2) break;
    if (isFrameMarker(marker)) {
      if (length < 8 || at + length > bytes.length) break;
      const size = sized("JPEG", view.getUint16(at + 5), view.getUint16(at + 3));
      return { ...size, end: at + length };
    }
    at += length;
  }
  throw damagedPicture(
    `the JPEG is damaged or cut off: no frame header in its ${bytes.length} bytes`,
  );
}

/** SOF0 to SOF15: the range holds three markers that are no frames, DHT, JPG and DAC. */
function isFrameMarker(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

function sized(name: string, width: number, height: number): { width: number; height: number } {
  if (width > 0 && height > 0) return { width, height };
  throw damagedPicture(`the ${name} says that it is ${width} x ${height} pixels`);
}

function pngDamage(bytes: Uint8Array): string | undefined {
  const view = viewOf(bytes);
  let at = PNG_SIGNATURE.length;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) break;
    const type = chunkType(bytes, at);
    if (view.getUint32(end - 4) !== crc32(bytes.subarray(at + 4, end - 4))) {
      return `the PNG is damaged in the chunk at byte ${at}`;
    }
    if (type === "IEND") return undefined;
    at = end;
  }
  return `the PNG is cut off after ${bytes.length} bytes`;
}

function jpegDamage(bytes: Uint8Array): string | undefined {
  // From the back, since data of the camera may follow; not before the frame, since a thumbnail
  // lies there with an end of its own.
  const frameEnd = jpegFrame(bytes).end;
  let at = bytes.length;
  while ((at = bytes.lastIndexOf(0xd9, at - 1)) > frameEnd) {
    if (bytes[at - 1] === 0xff) return undefined;
  }
  return `the JPEG is cut off after ${bytes.length} bytes`;
}

/** The type of the chunk whose length stands at `at`. */
function chunkType(bytes: Uint8Array, at: number): string {
  return String.fromCharCode(...bytes.subarray(at + 4, at + 8));
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function millions(pixels: number): string {
  return String(Math.ceil(pixels / 100_000) / 10);
}
