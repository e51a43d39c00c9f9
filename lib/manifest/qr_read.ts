/**
 * QR codes in a picture. zxing does the reading, as WebAssembly that is part of the program;
 * pictures that it cannot read at first get further attempts, each dearer than the one before.
 *
 * @module
 */

import { gunzipSync } from "node:zlib";
import {
  prepareZXingModule,
  purgeZXingModule,
  readBarcodes,
  type ReaderOptions,
  type ReadResult,
} from "zxing-wasm/reader";
import { BadInputError } from "../errors.ts";
import { ZXING_WASM_GZIP_BASE64 } from "./generated/zxing_wasm.ts";
import {
  checkPictureSize,
  damagedPicture,
  pictureDamage,
  type PictureInfo,
  sniffPicture,
} from "./picture.ts";
import { utf8Text } from "./qr_bytes.ts";
import type { QrCode } from "./qr_code.ts";
import { addDistinct, type FoundCode, inReadingOrder } from "./qr_found.ts";
import type { Pixels } from "./qr_pixels.ts";

/** Reads QR codes; see {@linkcode createQrReader}. */
export interface QrReader {
  /**
   * All QR codes in a PNG or JPEG file, each once, from top to bottom and from left to right as
   * the pixels lie in the file. None found is an empty array.
   *
   * Throws a {@linkcode BadInputError} when the file is no picture, is damaged or cut off, or has
   * too many pixels.
   */
  read(picture: Uint8Array): Promise<QrCode[]>;
}

const OPTIONS: ReaderOptions = {
  // "QRCode" would be the family: Micro QR, rMQR and Model 1 find nothing more and take time.
  formats: ["QRCodeModel2"],
  tryHarder: true,
  tryRotate: true,
  tryInvert: true,
  tryDownscale: true,
  textMode: "Plain",
  // A code that was seen but not read tells that the next attempt is worth its time.
  returnErrors: true,
};

/** What is tried in turn. Each takes about as long as the first, 30 ms for a million pixels. */
const ATTEMPTS: readonly ReaderOptions[] = [
  {},
  { tryDenoise: true },
  // By default only pictures of more than 500 pixels are also tried at a smaller scale.
  { tryDenoise: true, downscaleThreshold: 150, downscaleFactor: 2 },
  { tryDenoise: true, binarizer: "GlobalHistogram" },
];

/** What zxing-wasm says, in a result without a code, when it cannot decode the file. */
const LOAD_ERROR = "Failed to load image from memory";
/** Pixels of a PNG that is decoded once more for the last attempt: 16 bytes each for a while. */
const MAX_FLATTENED_PIXELS = 4_000_000;
/** Pixels of a picture given to jsqr, which takes over a second for a million of noise. */
const MAX_JSQR_PIXELS = 1_000_000;

/** Loads the decoder (some 15 ms, once in a process) and gives a reader. */
export async function createQrReader(): Promise<QrReader> {
  await loadZxing();
  return {
    async read(picture) {
      try {
        return await readPicture(picture);
      } catch (error) {
        if (!isTrap(error)) throw error;
        // The memory of the decoder is in an unknown state and every later read would fail.
        purgeZXingModule();
        await loadZxing();
        throw damagedPicture("the decoder failed on it: the file is damaged", { cause: error });
      }
    },
  };
}

/** A WebAssembly.RuntimeError: some damaged JPEGs make the decoder reach outside its memory. */
function isTrap(error: unknown): boolean {
  return error instanceof Error && error.name === "RuntimeError";
}

async function loadZxing(): Promise<void> {
  const wasm = gunzipSync(Uint8Array.fromBase64(ZXING_WASM_GZIP_BASE64));
  await prepareZXingModule({
    overrides: { wasmBinary: new Uint8Array(wasm).buffer },
    fireImmediately: true,
    // There is one wasm, so what was loaded before serves again.
    equalityFn: () => true,
  });
}

async function readPicture(picture: Uint8Array): Promise<QrCode[]> {
  const info = pictureInfo(picture);
  const found = await readWithAttempts(picture);
  if (found === undefined) {
    throw damagedPicture(
      pictureDamage(picture, info.format) ??
        `the ${info.format.toUpperCase()} cannot be decoded: it is damaged or of a rare kind`,
    );
  }
  if (found.length > 0) return found;
  const damage = pictureDamage(picture, info.format);
  if (damage !== undefined) throw damagedPicture(damage);
  // For a JPEG this would take a further decoder, six times slower than zxing's own, and it read
  // 3 of 400 made-up bad photos more: not worth a package.
  return info.format === "png" ? await readFromPixels(picture, info) : [];
}

function pictureInfo(picture: Uint8Array): PictureInfo {
  const info = sniffPicture(picture);
  if (info === undefined) {
    throw new BadInputError(
      picture.length === 0
        ? "Cannot read the picture: the file is empty"
        : "Cannot read the picture: it is neither PNG nor JPEG",
      { hint: "Save the picture as PNG or JPEG." },
    );
  }
  checkPictureSize(info);
  return info;
}

/**
 * The codes that zxing finds, in reading order; undefined when it cannot load the picture. The
 * first attempt that finds something ends it, unless a code was seen that could not be read.
 */
async function readWithAttempts(picture: Uint8Array | ImageData): Promise<QrCode[] | undefined> {
  const found: FoundCode[] = [];
  let sawUnreadable = false;
  for (const attempt of ATTEMPTS) {
    const results = await readBarcodes(picture, { ...OPTIONS, ...attempt });
    if (results.some((result) => result.error === LOAD_ERROR)) return undefined;
    for (const result of results) {
      if (result.isValid) addDistinct(found, foundCode(result));
      else sawUnreadable = true;
    }
    if (found.length > 0 && !sawUnreadable) break;
  }
  return inReadingOrder(found);
}

/** The last attempt, for a PNG: without its transparency, and with jsqr to find the code. */
async function readFromPixels(png: Uint8Array, info: PictureInfo): Promise<QrCode[]> {
  if (info.width * info.height > MAX_FLATTENED_PIXELS) return [];
  const { pngPixels, straightened } = await import("./qr_pixels.ts");
  const pixels = pngPixels(png);
  if (pixels === undefined) return [];
  if (pixels.transparent) {
    const codes = await readWithAttempts(imageData(pixels)) ?? [];
    if (codes.length > 0) return codes;
  }
  if (info.width * info.height > MAX_JSQR_PIXELS) return [];
  const upright = straightened(pixels);
  if (upright === undefined) return [];
  const codes = await readWithAttempts(imageData(upright)) ?? [];
  return codes.map((code) => ({ ...code, decoder: "jsqr" }));
}

function imageData({ data, width, height }: Pixels): ImageData {
  return new ImageData(data, width, height);
}

function foundCode(result: ReadResult): FoundCode {
  const { bytes, sequenceSize, sequenceIndex, sequenceId } = result;
  const text = (result.hasECI ? undefined : utf8Text(bytes)) ?? result.text;
  // A byte order mark says how the text is encoded and is not part of it.
  const code: QrCode = { text: text.replace(/^\ufeff/, ""), bytes, decoder: "zxing" };
  if (sequenceSize >= 0) {
    code.append = { index: sequenceIndex, count: sequenceSize, id: sequenceId };
  }
  const { topLeft, topRight, bottomRight, bottomLeft } = result.position;
  return { code, corners: [topLeft, topRight, bottomRight, bottomLeft] };
}
