/**
 * The last attempt at a PNG in which zxing found nothing: its pixels, laid over white, and a second
 * opinion on where the code is. It loads more code than the rest and is loaded only then.
 *
 * @module
 */

import { Buffer } from "node:buffer";
import jsqr from "jsqr";
// @ts-types="./qr_png.d.ts"
import { PNG } from "pngjs";

/** A picture as 8-bit RGBA, row by row, without transparency. */
export interface Pixels {
  /** 4 bytes a pixel. */
  data: Uint8ClampedArray<ArrayBuffer>;
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
}

// The declarations say that the function is the `default` of what is imported; it is that itself.
const locate = jsqr as unknown as typeof jsqr.default;

/** Where the byte that says "interlaced" lies in a PNG. */
const INTERLACE_AT = 28;
/** Pixels of the straightened code for each of its modules: zxing looks for 3 or more. */
const MODULE_PX = 4;
/** Modules of quiet zone around a code (ISO/IEC 18004). */
const QUIET_MODULES = 4;
/** A module's grey is the mean of nine points of it: 0 is its middle, 0.5 its edge. */
const SAMPLE_OFFSETS = [-0.2, 0, 0.2];

/**
 * The pixels of a PNG, and whether anything in it was transparent: a code drawn in black on
 * nothing, as many programs make them, is black on black to a decoder that skips transparency.
 *
 * Gives undefined for a PNG that pngjs cannot take, and for an interlaced one, whose decompression
 * pngjs does not bound.
 */
export function pngPixels(png: Uint8Array): (Pixels & { transparent: boolean }) | undefined {
  if (png[INTERLACE_AT] !== 0) return undefined;
  const image = decodePng(png);
  if (image === undefined) return undefined;
  const data = new Uint8ClampedArray(image.data);
  let transparent = false;
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] ?? 255;
    if (alpha === 255) continue;
    transparent = true;
    for (let channel = at; channel < at + 3; channel++) {
      data[channel] = 255 - (255 - (data[channel] ?? 255)) * (alpha / 255);
    }
    data[at + 3] = 255;
  }
  return { data, width: image.width, height: image.height, transparent };
}

/**
 * The code that jsqr finds in the picture, drawn upright and without perspective, a grey for each
 * module; undefined when it finds none. What jsqr reads in it is not used: of a part of a
 * Structured Append it reads a wrong text without an error.
 */
export function straightened(picture: Pixels): Pixels | undefined {
  const code = locate(picture.data, picture.width, picture.height);
  if (code === null) return undefined;
  const modules = 17 + 4 * code.version;
  const { topLeftCorner, topRightCorner, bottomRightCorner, bottomLeftCorner } = code.location;
  const toPicture = fromUnitSquare(
    topLeftCorner,
    topRightCorner,
    bottomRightCorner,
    bottomLeftCorner,
  );
  const greyOf = (column: number, row: number): number => {
    let sum = 0;
    for (const dy of SAMPLE_OFFSETS) {
      for (const dx of SAMPLE_OFFSETS) {
        const point = toPicture((column + 0.5 + dx) / modules, (row + 0.5 + dy) / modules);
        sum += greyAt(picture, point);
      }
    }
    return sum / SAMPLE_OFFSETS.length ** 2;
  };
  // The ring inside a finder pattern is as light as the paper, or as dark in an inverted code.
  const quiet = greyOf(1, 1);
  const side = (modules + 2 * QUIET_MODULES) * MODULE_PX;
  const out = { data: new Uint8ClampedArray(4 * side * side), width: side, height: side };
  for (let row = -QUIET_MODULES; row < modules + QUIET_MODULES; row++) {
    for (let column = -QUIET_MODULES; column < modules + QUIET_MODULES; column++) {
      const inside = row >= 0 && row < modules && column >= 0 && column < modules;
      fillModule(
        out,
        column + QUIET_MODULES,
        row + QUIET_MODULES,
        inside ? greyOf(column, row) : quiet,
      );
    }
  }
  return out;
}

interface Point {
  x: number;
  y: number;
}

/** The projection that takes (0,0), (1,0), (1,1), (0,1) to the four points, in this order. */
function fromUnitSquare(a: Point, b: Point, c: Point, d: Point): (u: number, v: number) => Point {
  const dx1 = b.x - c.x, dx2 = d.x - c.x, dx3 = a.x - b.x + c.x - d.x;
  const dy1 = b.y - c.y, dy2 = d.y - c.y, dy3 = a.y - b.y + c.y - d.y;
  const denominator = dx1 * dy2 - dx2 * dy1;
  const g = (dx3 * dy2 - dx2 * dy3) / denominator;
  const h = (dx1 * dy3 - dx3 * dy1) / denominator;
  return (u, v) => {
    const w = g * u + h * v + 1;
    return {
      x: ((b.x - a.x + g * b.x) * u + (d.x - a.x + h * d.x) * v + a.x) / w,
      y: ((b.y - a.y + g * b.y) * u + (d.y - a.y + h * d.y) * v + a.y) / w,
    };
  };
}

/** The green of the pixel under the point, or of the nearest one: close enough to its grey. */
function greyAt({ data, width, height }: Pixels, { x, y }: Point): number {
  const column = Math.max(0, Math.min(width - 1, Math.floor(x)));
  const row = Math.max(0, Math.min(height - 1, Math.floor(y)));
  return data[4 * (row * width + column) + 1] ?? 255;
}

function fillModule({ data, width }: Pixels, column: number, row: number, grey: number): void {
  for (let y = row * MODULE_PX; y < (row + 1) * MODULE_PX; y++) {
    const from = 4 * (y * width + column * MODULE_PX);
    const to = from + 4 * MODULE_PX;
    data.fill(grey, from, to);
    for (let alpha = from + 3; alpha < to; alpha += 4) data[alpha] = 255;
  }
}

function decodePng(
  png: Uint8Array,
): { width: number; height: number; data: Uint8Array } | undefined {
  try {
    return PNG.sync.read(Buffer.from(png.buffer, png.byteOffset, png.byteLength));
  } catch {
    // zxing took this file and looked at all of it, so only the last attempt is lost.
    return undefined;
  }
}
