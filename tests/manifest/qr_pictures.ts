/**
 * Pictures for the tests: a PNG written by hand, and grids of modules that are drawn, turned and
 * inverted.
 *
 * @module
 */

import { assert } from "@std/assert";
import { crc32, deflateSync } from "node:zlib";
import { pngPixels } from "../../lib/manifest/qr_pixels.ts";
import { qrPng } from "../../lib/manifest/qr_write.ts";

/** A grey picture: 0 is black, 255 is white. */
export interface Grey {
  /** Pixels. */
  width: number;
  /** Pixels. */
  height: number;
  /** The grey of a pixel. */
  at(x: number, y: number): number;
}

/** What a PNG can have besides its greys. */
export interface PngOptions {
  /** Alpha of each pixel, 0 to 255; a PNG with it is grey + alpha. */
  alphaAt?: (x: number, y: number) => number;
}

/** The signature of a PNG. */
export const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** A chunk of a PNG, with its length and CRC. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(12 + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(new TextEncoder().encode(type), 4);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return chunk;
}

/** The signature and IHDR of a PNG of 8 bits a channel; colour type 0 is grey, 4 is with alpha. */
export function pngHeader(width: number, height: number, colorType = 0): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = 8;
  header[9] = colorType;
  return concat(Uint8Array.from(PNG_SIGNATURE), pngChunk("IHDR", header));
}

/** The file of a PNG. */
export function pngOf({ width, height, at }: Grey, { alphaAt }: PngOptions = {}): Uint8Array {
  const channels = alphaAt === undefined ? 1 : 2;
  const raw = new Uint8Array(height * (1 + width * channels));
  let offset = 0;
  for (let y = 0; y < height; y++) {
    offset++; // The filter of the line: none.
    for (let x = 0; x < width; x++) {
      raw[offset++] = at(x, y);
      if (alphaAt !== undefined) raw[offset++] = alphaAt(x, y);
    }
  }
  return concat(
    pngHeader(width, height, alphaAt === undefined ? 0 : 4),
    pngChunk("IDAT", deflateSync(raw)),
    pngChunk("IEND", new Uint8Array()),
  );
}

/** The code of a text as `qrPng` draws it. */
export async function codeOf(text: string, scalePx = 3): Promise<Grey> {
  const pixels = pngPixels(await qrPng(text, { scalePx }));
  assert(pixels !== undefined);
  const { data, width, height } = pixels;
  return { width, height, at: (x, y) => data[4 * (y * width + x)] ?? 255 };
}

/** Black for white. */
export function inverted(grey: Grey): Grey {
  return { ...grey, at: (x, y) => 255 - grey.at(x, y) };
}

/** Turned by 90 degrees clockwise. */
export function turned({ width, height, at }: Grey): Grey {
  return { width: height, height: width, at: (x, y) => at(y, height - 1 - x) };
}

/** Pictures on a white one, each with its top left corner at a place. */
export function placed(
  size: { width: number; height: number },
  pictures: readonly { grey: Grey; left: number; top: number }[],
): Grey {
  return {
    ...size,
    at(x, y) {
      for (const { grey, left, top } of pictures) {
        const inside = x >= left && x < left + grey.width && y >= top && y < top + grey.height;
        if (inside) return grey.at(x - left, y - top);
      }
      return 255;
    },
  };
}

/** All bytes in one array. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
